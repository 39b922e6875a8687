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
 * OptProxySearch:
 *
 * Finds out which proxy the system would have us use, if mail used one.
 */
typedef struct _OptProxySearch OptProxySearch;

/**
 * OptProxyFunc:
 * @uri: (nullable): the proxy's URI, without user name and password; %NULL if there is none, or the
 *   system did not say in time
 * @user_data: what was given with the function
 *
 * Called once, from the main context; it may free the search.
 */
typedef void (*OptProxyFunc) (const char *uri, gpointer user_data);

/**
 * opt_proxy_search_new:
 * @host: a host that is going to be connected to
 * @func: called with the answer
 * @user_data: for @func
 *
 * Returns: (transfer full): a search that has begun, and ends within a second
 */
OptProxySearch *opt_proxy_search_new (const char *host, OptProxyFunc func, gpointer user_data);

/**
 * opt_proxy_search_free:
 * @self: (transfer full): a search
 *
 * Ends it, if it has not ended, without calling back.
 */
void opt_proxy_search_free (OptProxySearch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptProxySearch, opt_proxy_search_free)

G_END_DECLS
