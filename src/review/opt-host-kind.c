/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-host-kind.h"

#include <string.h>

char *
opt_host_fold (const char *host)
{
  char *folded;

  g_return_val_if_fail (host != NULL, NULL);

  folded = g_hostname_to_ascii (host);
  if (folded == NULL)
    folded = g_ascii_strdown (host, -1);
  if (g_str_has_suffix (folded, "."))
    folded[strlen (folded) - 1] = '\0';

  return folded;
}

static gboolean
is_below (const char *host, const char *domain)
{
  g_autofree char *suffix = g_strconcat (".", domain, NULL);

  return g_str_has_suffix (host, suffix);
}

gboolean
opt_host_is_in_domain_of (const char *host, const OptProvider *provider)
{
  const char *const *domains;

  g_return_val_if_fail (host != NULL && provider != NULL, FALSE);

  domains = opt_provider_get_domains (provider);
  for (guint i = 0; domains[i] != NULL; i++)
    if (is_below (host, domains[i]))
      return TRUE;

  return FALSE;
}

/* RFC 1123 §2.1; a numeric address is a host, too, if none of a provider's. */
static gboolean
is_host (const char *text)
{
  g_autoptr (OptServer) server = NULL;

  if (g_hostname_is_ip_address (text))
    return TRUE;

  server = opt_server_new (OPT_SERVICE_IMAP,
                           text,
                           opt_server_get_usual_port (OPT_SERVICE_IMAP, OPT_SECURITY_TLS),
                           OPT_SECURITY_TLS,
                           "",
                           NULL);

  return server != NULL;
}

OptHostKind
opt_host_find_kind (const char *host, const OptAccount *wanted, OptService service)
{
  const OptProvider *provider;
  GPtrArray *servers;

  g_return_val_if_fail (host != NULL && wanted != NULL, OPT_HOST_FOREIGN);

  if (!is_host (host))
    return OPT_HOST_INVALID;

  servers = opt_account_get_servers (wanted, service);
  for (guint i = 0; i < servers->len; i++)
    if (g_str_equal (opt_server_get_host (g_ptr_array_index (servers, i)), host))
      return i == 0 ? OPT_HOST_PREFERRED : OPT_HOST_SIBLING;

  provider = opt_account_get_provider (wanted);
  if (provider == NULL)
    return OPT_HOST_FOREIGN;
  if (opt_provider_is_retired_host (provider, host))
    return OPT_HOST_RETIRED;

  return opt_host_is_in_domain_of (host, provider) ? OPT_HOST_NAMESAKE : OPT_HOST_FOREIGN;
}
