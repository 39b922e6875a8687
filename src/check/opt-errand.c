/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-errand-private.h"

OptErrand *
opt_errand_ref (OptErrand *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

static void
clear_errand (gpointer data)
{
  OptErrand *self = data;

  self->klass->clear (self);
}

void
opt_errand_unref (OptErrand *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, clear_errand);
}
