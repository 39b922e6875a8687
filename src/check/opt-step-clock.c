/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The time of a step is a sum of what was noted: while an attempt waits for its turn to sign in, no
 * time is counted. */
#include "opt-step-clock.h"

void
opt_step_clock_start (OptStepClock *self, OptStep step)
{
  g_return_if_fail (self != NULL);

  self->step = step;
  self->since_us = g_get_monotonic_time ();
}

void
opt_step_clock_note (OptStepClock *self, OptEvidence *evidence)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 *step_us;

  g_return_if_fail (self != NULL && evidence != NULL);

  step_us = &evidence->step_us[self->step];
  *step_us = MAX (*step_us, 0) + (now_us - self->since_us);
  self->since_us = now_us;
}

gboolean
opt_step_clock_follow (OptStepClock *self, OptEvidence *evidence)
{
  g_return_val_if_fail (self != NULL && evidence != NULL, FALSE);

  if (self->step == evidence->step)
    return FALSE;

  opt_step_clock_note (self, evidence);
  self->step = evidence->step;

  return TRUE;
}

void
opt_step_clock_set_deadline (OptStepClock *self,
                             guint timeout_ms,
                             GSourceFunc func,
                             gpointer user_data)
{
  g_return_if_fail (self != NULL && func != NULL);

  opt_step_clock_clear_deadline (self);
  self->deadline = g_timeout_source_new (timeout_ms);
  g_source_set_callback (self->deadline, func, user_data, NULL);
  g_source_attach (self->deadline, g_main_context_get_thread_default ());
}

void
opt_step_clock_clear_deadline (OptStepClock *self)
{
  g_return_if_fail (self != NULL);

  if (self->deadline == NULL)
    return;

  g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);
}
