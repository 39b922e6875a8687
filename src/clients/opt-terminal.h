/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-settings.h"

G_BEGIN_DECLS

/**
 * opt_terminal_create_label:
 * @settings: settings
 *
 * What the files of terminal programs call the account and its folder below `~/Mail`. Nobody signs
 * in with it, so it may differ from the address where that has an unusual character.
 *
 * Returns: (transfer full): the address, only of letters, digits and `._+@-`, so that no syntax has
 *   to escape anything in it
 */
char *opt_terminal_create_label (const OptSettings *settings);

/**
 * opt_terminal_get_keyring_step:
 *
 * Returns: (transfer none): in the person's language, the step by which the program that looks into
 *   the keyring gets there
 */
const char *opt_terminal_get_keyring_step (void);

/**
 * opt_terminal_create_run_step:
 * @command: a command
 *
 * Returns: (transfer full): in the person's language, the step of running @command in a terminal
 */
char *opt_terminal_create_run_step (const char *command);

G_END_DECLS
