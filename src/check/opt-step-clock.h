/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-evidence.h"

G_BEGIN_DECLS

/**
 * OptStepClock:
 * @step: the step that it runs for
 * @since_us: since when, as g_get_monotonic_time(); 0 while it has never run
 * @deadline: (nullable): what goes off when that takes too long
 *
 * How long each step of an attempt takes, and how long it may. All zero, it is a new one.
 */
typedef struct
{
  OptStep step;
  gint64 since_us;
  GSource *deadline;
} OptStepClock;

/**
 * opt_step_clock_start:
 * @self: a clock
 * @step: the step that begins now
 */
void opt_step_clock_start (OptStepClock *self, OptStep step);

/**
 * opt_step_clock_note:
 * @self: a clock that was started
 * @evidence: where the time until now is added to that of the step
 */
void opt_step_clock_note (OptStepClock *self, OptEvidence *evidence);

/**
 * opt_step_clock_follow:
 * @self: a clock that was started
 * @evidence: whose step may have moved on; the time until now belongs to the one before
 *
 * Returns: whether it had
 */
gboolean opt_step_clock_follow (OptStepClock *self, OptEvidence *evidence);

/**
 * opt_step_clock_set_deadline:
 * @self: a clock
 * @timeout_ms: how long from now
 * @func: called then, in the thread's main context, unless another one is set or it is cleared
 * @user_data: for @func
 */
void opt_step_clock_set_deadline (OptStepClock *self,
                                  guint timeout_ms,
                                  GSourceFunc func,
                                  gpointer user_data);

/**
 * opt_step_clock_clear_deadline:
 * @self: a clock
 */
void opt_step_clock_clear_deadline (OptStepClock *self);

G_END_DECLS
