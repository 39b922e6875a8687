/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-server.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Pages that a provider has for its customers. */
typedef enum
{
  OPT_LINK_WEB_MAIL,
  OPT_LINK_RESET_PASSWORD,
  OPT_LINK_RECOVER_ID,
  OPT_LINK_SETTINGS_HELP,
  OPT_LINK_CONTACT,
} OptLink;

#define OPT_N_LINKS 5

/**
 * OptProvider:
 *
 * What is known of one mail provider: one section of a providers file. Immutable and
 * reference-counted; may be shared between threads.
 */
typedef struct _OptProvider OptProvider;

#define OPT_TYPE_PROVIDER (opt_provider_get_type ())
GType opt_provider_get_type (void);

/**
 * opt_provider_new_from_key_file:
 * @file: a providers file
 * @group: the section, which is the provider's id
 * @error: return location for %OPT_ERROR_PROVIDERS_INVALID
 *
 * Returns: (transfer full) (nullable): the provider
 */
OptProvider *opt_provider_new_from_key_file (GKeyFile *file, const char *group, GError **error);

/**
 * opt_provider_ref:
 * @self: a provider
 *
 * Returns: (transfer full): @self. Thread-safe.
 */
OptProvider *opt_provider_ref (OptProvider *self);

/**
 * opt_provider_unref:
 * @self: (transfer full): a provider
 *
 * Thread-safe.
 */
void opt_provider_unref (OptProvider *self);

/**
 * opt_provider_get_id:
 * @self: a provider
 *
 * Returns: (transfer none): the id, `optonline`
 */
const char *opt_provider_get_id (const OptProvider *self);

/**
 * opt_provider_get_name:
 * @self: a provider
 *
 * Returns: (transfer none): the name its customers know, `Optonline`; a brand, never translated
 */
const char *opt_provider_get_name (const OptProvider *self);

/**
 * opt_provider_get_domains:
 * @self: a provider
 *
 * Returns: (transfer none) (array zero-terminated=1): the domains of its customers' addresses, in
 *   lower-case ASCII
 */
const char *const *opt_provider_get_domains (const OptProvider *self);

/**
 * opt_provider_get_typos:
 * @self: a provider
 *
 * Returns: (transfer none) (array zero-terminated=1): mistyped forms of its first domain that
 *   people were seen to use
 */
const char *const *opt_provider_get_typos (const OptProvider *self);

/**
 * opt_provider_owns_mail_exchanger:
 * @self: a provider
 * @host: a host from an MX record
 *
 * Returns: whether mail for a domain with this exchanger ends up at the provider
 */
gboolean opt_provider_owns_mail_exchanger (const OptProvider *self, const char *host);

/**
 * opt_provider_lowers_local_part:
 * @self: a provider
 *
 * Returns: whether the provider compares the sender with the mailbox name in lower case
 */
gboolean opt_provider_lowers_local_part (const OptProvider *self);

/**
 * opt_provider_get_link:
 * @self: a provider
 * @link: which page
 *
 * Returns: (transfer none) (nullable): an https address
 */
const char *opt_provider_get_link (const OptProvider *self, OptLink link);

/**
 * opt_provider_create_servers:
 * @self: a provider
 * @service: a service
 * @user: the name to sign in with
 *
 * Returns: (transfer full) (element-type OptServer): the servers in order of preference, never
 *   empty
 */
GPtrArray *
opt_provider_create_servers (const OptProvider *self, OptService service, const char *user);

/**
 * opt_provider_is_retired_host:
 * @self: a provider
 * @host: a host name, in any case
 *
 * Returns: whether old settings name @host, and the provider has switched it off
 */
gboolean opt_provider_is_retired_host (const OptProvider *self, const char *host);

/**
 * OptProviders:
 *
 * All providers that are known here: those compiled in, and those of an administrator's
 * `optsetup/providers.d` folders. Immutable and reference-counted; may be shared between threads.
 */
typedef struct _OptProviders OptProviders;

/**
 * opt_providers_load:
 *
 * Reads the compiled-in providers and `optsetup/providers.d/` (every `.ini` file) in each folder
 * of `$XDG_CONFIG_DIRS`; a section there with a known id replaces that provider. A file that
 * cannot be used is left out, with a line in the log. Blocks; the files are small and local.
 *
 * Returns: (transfer full): the providers
 */
OptProviders *opt_providers_load (void);

/**
 * opt_providers_ref:
 * @self: providers
 *
 * Returns: (transfer full): @self. Thread-safe.
 */
OptProviders *opt_providers_ref (OptProviders *self);

/**
 * opt_providers_unref:
 * @self: (transfer full): providers
 *
 * Thread-safe.
 */
void opt_providers_unref (OptProviders *self);

/**
 * opt_providers_get_n_providers:
 * @self: providers
 *
 * Returns: how many there are
 */
guint opt_providers_get_n_providers (const OptProviders *self);

/**
 * opt_providers_get_provider:
 * @self: providers
 * @index: 0 to opt_providers_get_n_providers() - 1
 *
 * Returns: (transfer none): a provider, in the order of the file
 */
OptProvider *opt_providers_get_provider (const OptProviders *self, guint index);

/**
 * opt_providers_find:
 * @self: providers
 * @id: an id
 *
 * Returns: (transfer none) (nullable): the provider with this id
 */
OptProvider *opt_providers_find (const OptProviders *self, const char *id);

/**
 * opt_providers_find_domain:
 * @self: providers
 * @domain: a domain in lower-case ASCII
 *
 * Returns: (transfer none) (nullable): the provider whose customers have addresses there
 */
OptProvider *opt_providers_find_domain (const OptProviders *self, const char *domain);

/**
 * opt_providers_is_other_domain:
 * @self: providers
 * @domain: a domain in lower-case ASCII
 *
 * Returns: whether @domain looks like one of ours but is known to be somebody else's, so that it
 *   is never taken for a typo
 */
gboolean opt_providers_is_other_domain (const OptProviders *self, const char *domain);

/**
 * opt_providers_is_company_domain:
 * @self: providers
 * @domain: a domain in lower-case ASCII
 *
 * Returns: whether @domain is one that the company uses for itself and not for its customers
 */
gboolean opt_providers_is_company_domain (const OptProviders *self, const char *domain);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptProvider, opt_provider_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptProviders, opt_providers_unref)

G_END_DECLS
