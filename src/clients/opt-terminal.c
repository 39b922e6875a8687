/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the programs that run in a terminal have in common: a name for the account that is safe in
 * every syntax, and words that stand in the steps of each. */
#include "opt-terminal.h"

#include <glib/gi18n-lib.h>

char *
opt_terminal_create_label (const OptSettings *settings)
{
  g_autofree char *label = NULL;

  g_return_val_if_fail (settings != NULL, NULL);

  label = g_strdup (opt_settings_get_address (settings));

  return g_strcanon (g_steal_pointer (&label),
                     G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._+@-",
                     '_');
}

const char *
opt_terminal_get_keyring_step (void)
{
  /* Translators: “secret-tool” and “libsecret-tools” stay as they are. */
  return _ ("Make sure that the program “secret-tool” is installed: it takes the password out of "
            "the keyring. Debian and Ubuntu have it in the package “libsecret-tools”.");
}

char *
opt_terminal_create_run_step (const char *command)
{
  g_return_val_if_fail (command != NULL, NULL);

  /* Translators: %s is a command. */
  return g_strdup_printf (_ ("In a terminal, run: %s"), command);
}
