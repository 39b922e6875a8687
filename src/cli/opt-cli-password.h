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
 * before: a password that was kept goes to the hosts that it was kept for.
 *
 * Returns: %OPT_CLI_DONE, or how to end after what was complained about
 */
OptCliStatus
opt_cli_get_password (OptCli *cli, OptCliAccount *found, const char *fd_text, OptSecret **secret);

G_END_DECLS
