/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-cli.h"
#include "opt-detect.h"
#include "opt-network.h"
#include "opt-practice-world.h"
#include "opt-verdict.h"

G_BEGIN_DECLS

/**
 * OptCliAccount:
 * @account: the account
 * @saved: whether it is one of the store's
 * @new_host: whether a host given by hand is none that the account had before
 * @password_kept: whether the password came from the keyring
 * @keeper: (nullable): the name of a mail program that may keep the password, too
 *
 * The account that an address stands for.
 */
typedef struct
{
  OptAccount *account;
  gboolean saved;
  gboolean new_host;
  gboolean password_kept;
  const char *keeper;
} OptCliAccount;

/**
 * opt_cli_account_clear:
 * @self: an account
 */
void opt_cli_account_clear (OptCliAccount *self);

/**
 * opt_cli_detect_address:
 * @cli: the program
 * @address: an address
 * @error: return location; only ever %G_IO_ERROR_CANCELLED
 *
 * As opt_detect_async(), but practicing asks no DNS.
 *
 * Returns: (transfer full) (nullable): what was found
 */
OptDetection *opt_cli_detect_address (OptCli *cli, OptAddress *address, GError **error);

/**
 * opt_cli_find_account:
 * @cli: the program
 * @text: the address as it was typed
 * @servers: (nullable) (array zero-terminated=1): servers given by hand, `imap=tls://HOST:PORT`
 * @found: return location, holding nothing
 *
 * The account that is saved for the address, else the one that is detected; with the servers
 * given by hand in place of its own. A slip of the finger is never corrected by itself.
 *
 * Returns: %OPT_CLI_DONE, or how to end after what was complained about
 */
OptCliStatus
opt_cli_find_account (OptCli *cli, const char *text, char **servers, OptCliAccount *found);

/**
 * opt_cli_find_saved:
 * @cli: the program
 * @address: an address
 * @found: return location, holding nothing
 * @error: return location for %OPT_ERROR_ACCOUNTS_INVALID, or %OPT_ERROR_ACCOUNT_UNKNOWN when
 *   nothing is kept for @address, which is so whenever one practices
 *
 * Returns: whether the account is kept, and in @found
 */
gboolean
opt_cli_find_saved (OptCli *cli, OptAddress *address, OptCliAccount *found, GError **error);

/**
 * opt_cli_has_host:
 * @account: an account
 * @host: a host
 *
 * Returns: whether one of its servers is @host
 */
gboolean opt_cli_has_host (OptAccount *account, const char *host);

/**
 * opt_cli_note_check:
 * @cli: the program
 * @found: an account that was checked as a whole, and as it is kept
 * @verdict: what came of it
 *
 * A list of accounts says when each was last seen to work. Does nothing for one that is not kept,
 * or for a check that was stopped; what goes wrong is complained about.
 */
void opt_cli_note_check (OptCli *cli, const OptCliAccount *found, OptVerdict verdict);

/**
 * opt_cli_create_network:
 * @world: the practice servers
 * @account: who is practicing
 *
 * Returns: (transfer full): the ways to the servers of @account in @world
 */
OptNetwork *opt_cli_create_network (OptPracticeWorld *world, OptAccount *account);

/**
 * opt_cli_add_route:
 * @network: a network of opt_cli_create_network()
 * @world: the practice servers
 * @address: who is practicing
 * @host: a server
 * @port: its port
 *
 * Adds the way to one more server, if there is such a one in @world.
 */
void opt_cli_add_route (OptNetwork *network,
                        OptPracticeWorld *world,
                        const char *address,
                        const char *host,
                        guint16 port);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OptCliAccount, opt_cli_account_clear)

G_END_DECLS
