/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-patience.h"

#define MAX_PAUSE_MS 15000

static void
pause_for (OptPatience *self, guint pause_ms, GSourceFunc look, gpointer user_data)
{
  opt_patience_stop (self);
  self->pause = g_timeout_source_new (pause_ms);
  g_source_set_callback (self->pause, look, user_data, NULL);
  g_source_attach (self->pause, g_main_context_get_thread_default ());
}

void
opt_patience_start (OptPatience *self, GSourceFunc look, gpointer user_data)
{
  g_return_if_fail (self != NULL && look != NULL);

  self->since_us = g_get_monotonic_time ();
  pause_for (self, 0, look, user_data);
}

gboolean
opt_patience_go_on (OptPatience *self, GSourceFunc look, gpointer user_data)
{
  guint remaining_ms;

  g_return_val_if_fail (self != NULL && self->since_us != 0 && look != NULL, FALSE);

  remaining_ms = opt_patience_get_remaining_ms (self);
  if (remaining_ms == 0)
    return FALSE;

  pause_for (self, MIN (self->pause_ms, remaining_ms), look, user_data);
  self->pause_ms = MIN (self->pause_ms + self->pause_ms / 2, MAX_PAUSE_MS);

  return TRUE;
}

void
opt_patience_stop (OptPatience *self)
{
  g_return_if_fail (self != NULL);

  if (self->pause == NULL)
    return;

  g_source_destroy (self->pause);
  g_clear_pointer (&self->pause, g_source_unref);
}

guint
opt_patience_get_remaining_ms (const OptPatience *self)
{
  gint64 waited_ms;

  g_return_val_if_fail (self != NULL, 0);

  if (self->since_us == 0)
    return self->limit_ms;

  waited_ms = (g_get_monotonic_time () - self->since_us) / 1000;

  return waited_ms < self->limit_ms ? self->limit_ms - (guint) waited_ms : 0;
}
