/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-cli-account.h"
#include "opt-secret.h"

G_BEGIN_DECLS

/**
 * opt_cli_get_password:
 * @cli: the program
 * @found: whose password; whether it came from the keyring is noted there
 * @fd_text: (nullable): what was given with `--password-fd`
 * @secret: (out): return location
 *
 * The password comes from the descriptor that was given; without one from the keyring, else from
 * the person at the terminal. Never from an argument or the environment, which other programs can
 * read. The keyring is not asked when a server was given by hand that the account did not have
 * before: a password that was kept goes to the hosts that it was kept for. When another program may
 * keep it, the person at the terminal is told of that first.
 *
 * Returns: %OPT_CLI_DONE, or how to end after what was complained about
 */
OptCliStatus
opt_cli_get_password (OptCli *cli, OptCliAccount *found, const char *fd_text, OptSecret **secret);

/**
 * opt_cli_judge_keyring:
 * @error: why there is no password
 *
 * Says so, unless it is only that none is kept.
 *
 * Returns: %OPT_CLI_NO_PASSWORD, or %OPT_CLI_CANCELLED
 */
OptCliStatus opt_cli_judge_keyring (const GError *error);

/**
 * opt_cli_find_password:
 * @cli: the program
 * @account: whose password
 * @secret: (out): return location
 *
 * As opt_cli_get_password(), from the keyring only, and without a word when it has none.
 *
 * Returns: %OPT_CLI_DONE, %OPT_CLI_NO_PASSWORD, or %OPT_CLI_CANCELLED, which was said
 */
OptCliStatus opt_cli_find_password (OptCli *cli, OptAccount *account, OptSecret **secret);

/**
 * opt_cli_get_new_password:
 * @cli: the program
 * @account: whose password
 * @fd_text: (nullable): what was given with `--password-fd`
 * @secret: (out): return location
 *
 * A password that nobody keeps yet: from the descriptor, else from the person at the terminal, who
 * types it twice because nothing shows it.
 *
 * Returns: %OPT_CLI_DONE, or how to end after what was complained about
 */
OptCliStatus opt_cli_get_new_password (OptCli *cli,
                                       OptAccount *account,
                                       const char *fd_text,
                                       OptSecret **secret);

G_END_DECLS
