/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-settings.h"

G_BEGIN_DECLS

/**
 * opt_limit_refuse_name:
 * @name: the person's name
 * @characters: those of it that the format cannot hold
 * @error: return location for %OPT_ERROR_CLIENT_NAME
 *
 * Returns: %FALSE
 */
gboolean opt_limit_refuse_name (const char *name, const char *characters, GError **error);

/**
 * opt_limit_refuse_text:
 * @text: a user name, an address or a host
 * @error: return location for %OPT_ERROR_CLIENT_VALUE
 *
 * For what the program would read as something else than it is.
 *
 * Returns: %FALSE
 */
gboolean opt_limit_refuse_text (const char *text, GError **error);

/**
 * opt_limit_refuse_security:
 * @server: a server
 * @error: return location for %OPT_ERROR_CLIENT_VALUE
 *
 * For a kind of encryption that the program does not have, or not on this port.
 *
 * Returns: %FALSE
 */
gboolean opt_limit_refuse_security (const OptServer *server, GError **error);

/**
 * opt_limit_refuse_length:
 * @error: return location for %OPT_ERROR_CLIENT_VALUE
 *
 * For settings that are too long.
 *
 * Returns: %FALSE
 */
gboolean opt_limit_refuse_length (GError **error);

/**
 * opt_limit_find_characters:
 * @text: text
 * @fits: whether the format can hold a character
 *
 * Returns: (transfer full) (nullable): the characters of @text that it cannot hold, each of them
 *   once; %NULL when there are none
 */
char *opt_limit_find_characters (const char *text, gboolean (*fits) (gunichar c));

G_END_DECLS
