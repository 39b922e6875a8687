/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-cli-account.h"

#include "opt-client.h"

G_BEGIN_DECLS

/**
 * OptCliExport:
 * @account: the account
 * @has_protocol: whether @protocol was asked for
 * @protocol: the way in
 * @has_days: whether @leave_on_server was asked for
 * @leave_on_server: for how many days POP3 mail stays on the server
 * @output: (nullable): where to write
 * @force: whether files that are there give way
 *
 * What shall be handed over, to one mail program or to all.
 */
typedef struct
{
  OptAccount *account;
  gboolean has_protocol;
  OptService protocol;
  gboolean has_days;
  guint leave_on_server;
  const char *output;
  gboolean force;
} OptCliExport;

/**
 * opt_cli_export_create_settings:
 * @self: what shall be handed over
 * @client: to whom
 * @error: return location for %OPT_ERROR_CLIENT_PROTOCOL when @client does not take the way in that
 *   was asked for, and the errors of opt_settings_new()
 *
 * Without a way in that was asked for, it is IMAP for whoever takes that.
 *
 * Returns: (transfer full) (nullable): the settings for @client
 */
OptSettings *
opt_cli_export_create_settings (const OptCliExport *self, const OptClient *client, GError **error);

/**
 * opt_cli_export_create_reason:
 * @self: what shall be handed over
 * @client: a client for which there are no settings, with %OPT_ERROR_CLIENT_PROTOCOL
 *
 * Returns: (transfer full): why, in the person's language
 */
char *opt_cli_export_create_reason (const OptCliExport *self, const OptClient *client);

/**
 * opt_cli_export_to_all:
 * @self: what shall be handed over, with the folder to write to
 *
 * Writes for every client that has a file and takes the way in, and says which ones. One that fails
 * is complained about, and does not keep the others from being written.
 *
 * Returns: %OPT_CLI_DONE, or how the program shall end
 */
OptCliStatus opt_cli_export_to_all (const OptCliExport *self);

G_END_DECLS
