/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-owner.h"

#include "opt-host-kind.h"

#include <string.h>

/* Whether the provider names the host before all others. */
static gboolean
prefers_host (const OptProvider *provider, OptService service, const char *user, const char *host)
{
  g_autoptr (GPtrArray) servers = opt_provider_create_servers (provider, service, user);

  return servers->len > 0 &&
         g_str_equal (opt_server_get_host (g_ptr_array_index (servers, 0)), host);
}

/* What was switched off was for the customers of its own domain, whoever has the rest now. */
static gboolean
has_host (const OptProvider *provider, OptService service, const char *user, const char *host)
{
  g_autoptr (GPtrArray) servers = opt_provider_create_servers (provider, service, user);

  for (guint i = 0; i < servers->len; i++)
    if (g_str_equal (opt_server_get_host (g_ptr_array_index (servers, i)), host))
      return TRUE;

  return opt_provider_is_retired_host (provider, host) && opt_host_is_in_domain_of (host, provider);
}

typedef gboolean (*HostFunc) (const OptProvider *provider,
                              OptService service,
                              const char *user,
                              const char *host);

/* The one of whose host @func is true; NULL if they are several. */
static OptProvider *
find_only_with (OptProviders *providers,
                OptService service,
                const OptFoundServer *server,
                HostFunc func)
{
  g_autofree char *host = opt_host_fold (server->host);
  OptProvider *only = NULL;

  for (guint i = 0; i < opt_providers_get_n_providers (providers); i++)
    {
      OptProvider *provider = opt_providers_get_provider (providers, i);

      if (!func (provider, service, server->user != NULL ? server->user : "", host))
        continue;
      if (only != NULL)
        return NULL;
      only = provider;
    }

  return only;
}

/* Providers of one company lend each other their hosts, yet each prefers its own. */
static OptProvider *
find_likeliest (OptProviders *providers, OptService service, const OptFoundServer *server)
{
  OptProvider *provider = find_only_with (providers, service, server, prefers_host);

  return provider != NULL ? provider : find_only_with (providers, service, server, has_host);
}

OptAddress *
opt_owner_find_address (const OptFound *found, OptProviders *providers)
{
  g_return_val_if_fail (found != NULL && providers != NULL, NULL);

  if (found->address != NULL)
    return opt_address_parse (found->address, NULL);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      const OptFoundServer *server = found->servers[i];
      OptProvider *provider =
        server != NULL && server->user != NULL ? find_likeliest (providers, i, server) : NULL;
      g_autofree char *address = NULL;

      if (provider == NULL)
        continue;

      address = g_strdup_printf ("%s@%s", server->user, opt_provider_get_domains (provider)[0]);
      return opt_address_parse (address, NULL);
    }

  return NULL;
}

static OptProvider *
find_domain (OptProviders *providers, const char *domain)
{
  g_autofree char *folded = domain != NULL ? opt_host_fold (domain) : NULL;

  return folded != NULL ? opt_providers_find_domain (providers, folded) : NULL;
}

OptAddress *
opt_owner_find_anybody (const OptFound *found, OptProviders *providers)
{
  OptProvider *provider;
  g_autofree char *address = NULL;

  g_return_val_if_fail (found != NULL && providers != NULL, NULL);

  if (found->address != NULL)
    return NULL;

  provider = find_domain (providers, found->domain);
  for (guint i = 0; found->domain == NULL && provider == NULL && i < OPT_N_SERVICES; i++)
    if (found->servers[i] != NULL)
      provider = find_likeliest (providers, i, found->servers[i]);
  if (provider == NULL)
    return NULL;

  address = g_strconcat ("nobody@", opt_provider_get_domains (provider)[0], NULL);

  return opt_address_parse (address, NULL);
}

/* Whether a server of the account is one of the provider's; or even, at home, under its own domain,
 * as providers of one company lend each other their hosts. */
static gboolean
uses_provider (const OptFound *found, const OptProvider *provider, gboolean at_home)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      const OptFoundServer *server = found->servers[i];
      g_autofree char *host = server != NULL ? opt_host_fold (server->host) : NULL;

      if (host != NULL && has_host (provider, i, "", host) &&
          (!at_home || opt_host_is_in_domain_of (host, provider)))
        return TRUE;
    }

  return FALSE;
}

static OptAddress *
find_suggestion (const OptFound *found,
                 GPtrArray *suggestions,
                 OptProviders *providers,
                 gboolean at_home)
{
  for (guint i = 0; i < suggestions->len; i++)
    {
      OptAddress *address = g_ptr_array_index (suggestions, i);
      OptProvider *provider =
        opt_providers_find_domain (providers, opt_address_get_domain (address));

      if (provider != NULL && uses_provider (found, provider, at_home))
        return opt_address_ref (address);
    }

  return NULL;
}

OptAddress *
opt_owner_find_meant (const OptFound *found, const OptDetection *detection, OptProviders *providers)
{
  GPtrArray *suggestions;
  OptAddress *address;

  g_return_val_if_fail (found != NULL && detection != NULL && providers != NULL, NULL);

  suggestions = opt_detection_get_suggestions (detection);
  address = find_suggestion (found, suggestions, providers, TRUE);

  return address != NULL ? address : find_suggestion (found, suggestions, providers, FALSE);
}
