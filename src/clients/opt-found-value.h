/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-found.h"

G_BEGIN_DECLS

/**
 * opt_found_value_get_port:
 * @number: a port as some settings have it; 0 where they say nothing
 * @service: what the server does
 * @security: how the connection is protected
 *
 * Returns: @number, or where nothing is said what most programs then use; 0, as in
 *   #OptFoundServer, for what is no port
 */
guint16 opt_found_value_get_port (gint64 number, OptService service, OptFoundSecurity security);

/**
 * opt_found_value_parse_port:
 * @text: (nullable): a port as some settings have it in text
 *
 * Returns: the number for opt_found_value_get_port()
 */
gint64 opt_found_value_parse_port (const char *text);

/**
 * opt_found_value_get_leave_on_server:
 * @leaves: whether POP3 mail stays on the server at all
 * @days: for how many days; nothing above 0: for ever
 *
 * Returns: what it is for #OptFound
 */
guint opt_found_value_get_leave_on_server (gboolean leaves, gint64 days);

/**
 * opt_found_value_get_auth:
 * @mechanism: (nullable): the name of a SASL mechanism, in whatever case, or of POP3's APOP
 *
 * Returns: what kind it is of; %OPT_FOUND_AUTH_ANY for one that is not known
 */
OptFoundAuth opt_found_value_get_auth (const char *mechanism);

G_END_DECLS
