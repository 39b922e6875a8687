/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes changes back, the last first, and goes on past what resists: the more is gone the better.
 */
#include "opt-setup-private.h"

static void
free_leftover (gpointer data)
{
  OptSetupLeftover *leftover = data;

  g_strfreev (leftover->what);
  g_error_free (leftover->reason);
  g_free (leftover);
}

GPtrArray *
opt_setup_leftovers_new (void)
{
  return g_ptr_array_new_with_free_func (free_leftover);
}

void
opt_setup_leftovers_add (GPtrArray *leftovers, char **what, GError *reason)
{
  OptSetupLeftover *leftover;

  g_return_if_fail (leftovers != NULL && what != NULL && reason != NULL);

  leftover = g_new0 (OptSetupLeftover, 1);
  leftover->what = what;
  leftover->reason = reason;
  g_ptr_array_add (leftovers, leftover);
}

static char **
describe (const OptSetupChange *change)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  change->kind->describe (change, OPT_SETUP_TEXT_OLD, lines);

  return g_strv_builder_end (lines);
}

GPtrArray *
opt_setup_take_back (GPtrArray *changes, guint n_changes, GPtrArray *leftovers)
{
  g_autoptr (GPtrArray) backwards = opt_setup_changes_new ();
  GPtrArray *rest = opt_setup_changes_new ();

  g_return_val_if_fail (changes != NULL && n_changes <= changes->len && leftovers != NULL, rest);

  for (guint i = n_changes; i > 0; i--)
    {
      const OptSetupChange *change = g_ptr_array_index (changes, i - 1);
      GError *reason = NULL;

      if (change->kind->take_back (change, &reason))
        continue;

      if (reason->domain != G_IO_ERROR)
        opt_setup_changes_add (backwards, change->kind, g_strdupv (change->words), NULL);
      opt_setup_leftovers_add (leftovers, describe (change), reason);
    }

  while (backwards->len > 0)
    g_ptr_array_add (rest, g_ptr_array_steal_index (backwards, backwards->len - 1));

  return rest;
}
