/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-server.h"

G_BEGIN_DECLS

/**
 * opt_lookup_create_arguments:
 * @server: a server whose password is in the keyring
 * @error: return location for %OPT_ERROR_CLIENT_VALUE when a name has a character that a shell
 *   would not leave alone
 *
 * Many programs take the password from the output of a command. This one looks into the keyring,
 * where OptSetup put it under the server's host, service and user name.
 *
 * Returns: (transfer full) (nullable) (array zero-terminated=1): the command and its arguments;
 *   joined by spaces they mean the same to a shell
 */
char **opt_lookup_create_arguments (const OptServer *server, GError **error);

/**
 * opt_lookup_create_command:
 * @server: a server whose password is in the keyring
 * @error: return location, as in opt_lookup_create_arguments()
 *
 * Returns: (transfer full) (nullable): the command as one line for a shell; only letters, digits,
 *   spaces and `._+@-`, so that no syntax has to escape anything in it
 */
char *opt_lookup_create_command (const OptServer *server, GError **error);

G_END_DECLS
