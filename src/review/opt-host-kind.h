/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-account.h"

G_BEGIN_DECLS

/* What a host that stands in somebody's settings is to the provider. */
typedef enum
{
  OPT_HOST_PREFERRED, /* the first choice for the service */
  OPT_HOST_SIBLING,   /* another choice for it */
  OPT_HOST_RETIRED,   /* switched off */
  OPT_HOST_NAMESAKE,  /* under the provider's domain, but not named for the service */
  OPT_HOST_FOREIGN,   /* anybody's */
  OPT_HOST_INVALID,   /* no host at all */
} OptHostKind;

/**
 * opt_host_fold:
 * @host: a host as it stands in some settings
 *
 * Returns: (transfer full): the same in lower-case ASCII, without the root's dot
 */
char *opt_host_fold (const char *host);

/**
 * opt_host_is_in_domain_of:
 * @host: a host that is folded
 * @provider: a provider
 *
 * Returns: whether @host is below a domain of @provider's customers
 */
gboolean opt_host_is_in_domain_of (const char *host, const OptProvider *provider);

/**
 * opt_host_find_kind:
 * @host: a host that is folded
 * @wanted: the account as the provider wants it
 * @service: the service
 *
 * Returns: what @host is to the provider
 */
OptHostKind opt_host_find_kind (const char *host, const OptAccount *wanted, OptService service);

G_END_DECLS
