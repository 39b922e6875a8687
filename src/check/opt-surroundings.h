/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-evidence.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * opt_surroundings_note:
 * @evidence: where to write it down
 *
 * Asks the system whether there is a network, and whether a sign-in page stands before it. This may
 * start services on the bus.
 */
void opt_surroundings_note (OptEvidence *evidence);

/**
 * opt_surroundings_find_proxy_async:
 * @host: a host that is going to be connected to
 * @cancellable: (nullable): ends the search
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Finds out which proxy the system is set to use for @host, if mail used one.
 */
void opt_surroundings_find_proxy_async (const char *host,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

/**
 * opt_surroundings_find_proxy_finish:
 * @result: what the callback got
 *
 * Returns: (transfer full) (nullable): its URI, without user name and password; %NULL if there is
 *   none
 */
char *opt_surroundings_find_proxy_finish (GAsyncResult *result);

G_END_DECLS
