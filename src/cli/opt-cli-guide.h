/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-cli.h"

#include "opt-client.h"

G_BEGIN_DECLS

/**
 * opt_cli_measure_client_ids:
 *
 * Returns: how many columns the longest id of a client takes, for lists
 */
int opt_cli_measure_client_ids (void);

/**
 * opt_cli_print_guide:
 * @stream: stdout, or stderr where the settings themselves go to stdout
 * @client: a mail program or format
 * @settings: what is handed to it
 * @with_password: whether the password is in its file
 *
 * Tells the person how to go on: the steps, what to type where there is no file, where the password
 * comes from, what was tried, and whether the program has to be restarted.
 */
void opt_cli_print_guide (FILE *stream,
                          const OptClient *client,
                          const OptSettings *settings,
                          gboolean with_password);

G_END_DECLS
