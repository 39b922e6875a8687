/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-account.h"
#include "opt-network.h"

G_BEGIN_DECLS

/**
 * OptNetworkFunc:
 * @address: the address whose servers are about to be asked
 * @servers: (element-type OptServer): those servers
 * @user_data: what was given with the function
 *
 * Returns: (transfer full) (nullable): the world to check them in, or %NULL for the real network
 */
typedef OptNetwork *(*OptNetworkFunc) (const char *address, GPtrArray *servers, gpointer user_data);

/**
 * OptNetworkSource:
 *
 * Where checks get their world from. Shared by all that check, so that none of them can reach the
 * real network from practice, not even one that outlives the others. Reference-counted, one thread.
 */
typedef struct _OptNetworkSource OptNetworkSource;

/**
 * opt_network_source_new:
 * @func: chooses the world of a check
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data
 *
 * Returns: (transfer full): a source
 */
OptNetworkSource *
opt_network_source_new (OptNetworkFunc func, gpointer user_data, GDestroyNotify destroy);

/**
 * opt_network_source_ref:
 * @self: a source
 *
 * Returns: (transfer full): @self
 */
OptNetworkSource *opt_network_source_ref (OptNetworkSource *self);

/**
 * opt_network_source_unref:
 * @self: (transfer full): a source
 */
void opt_network_source_unref (OptNetworkSource *self);

/**
 * opt_network_source_create:
 * @self: (nullable): a source; %NULL for the real network
 * @address: the address whose servers are about to be asked
 * @servers: (element-type OptServer): those servers
 *
 * Returns: (transfer full) (nullable): the world to check them in, or %NULL for the real network
 */
OptNetwork *
opt_network_source_create (const OptNetworkSource *self, const char *address, GPtrArray *servers);

/**
 * opt_network_source_create_for:
 * @self: (nullable): a source; %NULL for the real network
 * @account: an account that is about to be checked
 *
 * Returns: (transfer full) (nullable): as opt_network_source_create(), for all of its servers
 */
OptNetwork *opt_network_source_create_for (const OptNetworkSource *self, OptAccount *account);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptNetworkSource, opt_network_source_unref)

G_END_DECLS
