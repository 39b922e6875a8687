/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-secret.h"
#include "opt-server.h"

G_BEGIN_DECLS

/* What GNOME Online Accounts keeps in the keyring for an account of mail: a GVariant of type a{sv}
 * in its text form, with a password for each of two servers. */

/**
 * opt_goa_password_pack:
 * @secret: the password of both servers
 *
 * Returns: (transfer full): the text; wiped with the last reference
 */
GBytes *opt_goa_password_pack (OptSecret *secret);

/**
 * opt_goa_password_unpack:
 * @content: what the keyring has
 * @service: for whose server
 * @error: return location for %OPT_ERROR_KEYRING_NOT_FOUND when it has none for this server,
 *   %OPT_ERROR_PASSWORD_NOT_TEXT when it is no such text, or another OPT_ERROR_PASSWORD_ code
 *
 * Returns: (transfer full) (nullable): the password
 */
OptSecret *opt_goa_password_unpack (GBytes *content, OptService service, GError **error);

G_END_DECLS
