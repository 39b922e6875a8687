/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-cli.h"

G_BEGIN_DECLS

/**
 * opt_cli_parse:
 * @verb: the verb
 * @entries: its options; text as %G_OPTION_ARG_FILENAME, so that no character set is assumed
 * @argv: (array zero-terminated=1): what was typed, from the verb on
 * @operand: (out) (nullable) (transfer full): return location for what @verb's operands ask for;
 *   %NULL when it takes none, or was not given one that may be left out
 * @status: (out): how to end when there is nothing to do
 *
 * Reads a verb's options. `--help` is printed, mistakes are complained about.
 *
 * Returns: whether to go on
 */
gboolean opt_cli_parse (const OptCliVerb *verb,
                        const GOptionEntry *entries,
                        char **argv,
                        char **operand,
                        OptCliStatus *status);

/**
 * opt_cli_parse_number:
 * @option: the option, `--timeout`
 * @text: what was given with it
 * @min: the smallest number allowed
 * @max: the largest number allowed
 * @number: (out): return location
 *
 * Returns: whether @text is such a number; if not, that was complained about
 */
gboolean
opt_cli_parse_number (const char *option, const char *text, guint min, guint max, guint *number);

/**
 * opt_cli_check_name:
 * @name: (nullable): a person's name
 *
 * Returns: whether it can be one; if not, that was complained about
 */
gboolean opt_cli_check_name (const char *name);

/**
 * opt_cli_refuse_practice:
 * @cli: the program
 * @verb: a verb that works on what is kept
 *
 * Returns: whether this is only practice, which was complained about
 */
gboolean opt_cli_refuse_practice (const OptCli *cli, const OptCliVerb *verb);

/**
 * opt_cli_print_help:
 * @context: options
 */
void opt_cli_print_help (GOptionContext *context);

G_END_DECLS
