/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-address.h"
#include "opt-provider.h"
#include "opt-server.h"

G_BEGIN_DECLS

/**
 * OptAccount:
 *
 * One person's mail account: name, address, and for every service the servers to try in order of
 * preference. Never a password. Immutable and reference-counted; may be shared between threads.
 */
typedef struct _OptAccount OptAccount;

#define OPT_TYPE_ACCOUNT (opt_account_get_type ())
GType opt_account_get_type (void);

/**
 * opt_account_new:
 * @name: (nullable): the person's name as it stands in From; %NULL or empty when not known
 * @address: the address
 * @provider: (nullable): who runs its servers; %NULL when they were typed by hand
 *
 * With a provider the account has that provider's servers, with the whole address as sign-in
 * name; without one it has none until opt_account_with_server().
 *
 * Returns: (transfer full): the account
 */
OptAccount *opt_account_new (const char *name, OptAddress *address, OptProvider *provider);

/**
 * opt_account_with_server:
 * @self: an account
 * @server: a server
 *
 * Returns: (transfer full): @self with @server as the only one for its service
 */
OptAccount *opt_account_with_server (const OptAccount *self, OptServer *server);

/**
 * opt_account_with_name:
 * @self: an account
 * @name: (nullable): the person's name
 *
 * Returns: (transfer full): @self with another name
 */
OptAccount *opt_account_with_name (const OptAccount *self, const char *name);

/**
 * opt_account_ref:
 * @self: an account
 *
 * Returns: (transfer full): @self. Thread-safe.
 */
OptAccount *opt_account_ref (OptAccount *self);

/**
 * opt_account_unref:
 * @self: (transfer full): an account
 *
 * Thread-safe.
 */
void opt_account_unref (OptAccount *self);

/**
 * opt_account_get_name:
 * @self: an account
 *
 * Returns: (transfer none): the person's name, or the empty string
 */
const char *opt_account_get_name (const OptAccount *self);

/**
 * opt_account_get_address:
 * @self: an account
 *
 * Returns: (transfer none): the address
 */
OptAddress *opt_account_get_address (const OptAccount *self);

/**
 * opt_account_get_provider:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the provider
 */
OptProvider *opt_account_get_provider (const OptAccount *self);

/**
 * opt_account_get_servers:
 * @self: an account
 * @service: a service
 *
 * Returns: (transfer none) (element-type OptServer): the servers in order of preference; empty
 *   when the account does not have this service
 */
GPtrArray *opt_account_get_servers (const OptAccount *self, OptService service);

/**
 * opt_account_get_server:
 * @self: an account
 * @service: a service
 *
 * Returns: (transfer none) (nullable): the preferred server
 */
OptServer *opt_account_get_server (const OptAccount *self, OptService service);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptAccount, opt_account_unref)

G_END_DECLS
