/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More than any deadline of a main loop, and a good deal less than Meson's. */
#define NET_WATCHDOG_S 90

/**
 * net_watchdog_start:
 * @timeout_s: how long a test may take until it starts it again
 *
 * A deadline for what no main loop notices: a thread that is joined and does not end, a source that
 * spins, a call that blocks. Past it the program says which test it was in and where each of its
 * threads is, on the standard error that it had at the first call, and aborts.
 */
void net_watchdog_start (guint timeout_s);

G_END_DECLS
