/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-check.h"
#include "opt-cli.h"

G_BEGIN_DECLS

/**
 * opt_cli_print_problems:
 * @cli: the program
 * @check: a check that is over
 * @advise: whether to add what to type for a check that may work
 *
 * Prints to stdout what does not work, why, and what to do, as far as a person does not know it.
 */
void opt_cli_print_problems (const OptCli *cli, OptCheck *check, gboolean advise);

G_END_DECLS
