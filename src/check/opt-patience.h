/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OptPatience:
 * @limit_ms: how long to wait altogether
 * @pause_ms: how long the next pause is; each is half as long again as the one before
 * @since_us: since when, as g_get_monotonic_time(); 0 while it is not running
 * @pause: (nullable): the pause that is under way
 *
 * Waiting for something that has to be looked for now and then. All zero but @limit_ms and
 * @pause_ms, it is a new one.
 */
typedef struct
{
  guint limit_ms;
  guint pause_ms;
  gint64 since_us;
  GSource *pause;
} OptPatience;

/**
 * opt_patience_start:
 * @self: a new patience
 * @look: called for the first look, very soon, in the thread's main context
 * @user_data: for @look
 */
void opt_patience_start (OptPatience *self, GSourceFunc look, gpointer user_data);

/**
 * opt_patience_go_on:
 * @self: a patience that was started
 * @look: called for the next look; for the last one when the time is up
 * @user_data: for @look
 *
 * Returns: whether there is another look
 */
gboolean opt_patience_go_on (OptPatience *self, GSourceFunc look, gpointer user_data);

/**
 * opt_patience_stop:
 * @self: a patience
 *
 * There is no other look.
 */
void opt_patience_stop (OptPatience *self);

/**
 * opt_patience_get_remaining_ms:
 * @self: a patience
 *
 * Returns: how much longer it lasts, milliseconds
 */
guint opt_patience_get_remaining_ms (const OptPatience *self);

G_END_DECLS
