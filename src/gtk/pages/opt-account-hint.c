/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-account-hint.h"

#include "opt-join.h"

#include <glib/gi18n.h>

static OptAccountHint
describe_unknown (OptSession *session, OptDetection *detection)
{
  if (opt_session_is_looking_up (session))
    return (OptAccountHint){ "content-loading-symbolic", "dim-label", g_strdup (_ ("Looking…")) };

  if (opt_detection_is_company_domain (detection))
    return (OptAccountHint){
      "dialog-warning-symbolic",
      "warning",
      /* Translators: %s is a domain such as optimum.com */
      g_strdup_printf (_ ("%s is the company’s own domain. Customers’ mail ends in optimum.net or "
                          "optonline.net."),
                       opt_address_get_domain (opt_detection_get_address (detection))),
      .offers_servers = TRUE,
    };

  return (OptAccountHint){ "dialog-information-symbolic",
                           "dim-label",
                           g_strdup (_ ("This is not an Optimum address.")),
                           .offers_servers = TRUE };
}

/* Whoever types a host is told once more where the password will go. */
static OptAccountHint
describe_own_servers (OptSession *session)
{
  g_autoptr (OptAccount) account = opt_session_dup_account (session);
  g_autoptr (GPtrArray) hosts = g_ptr_array_new ();
  g_autofree char *list = NULL;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptServer *server = opt_account_get_server (account, i);
      const char *host = server != NULL ? opt_server_get_host (server) : NULL;

      if (host != NULL && !g_ptr_array_find_with_equal_func (hosts, host, g_str_equal, NULL))
        g_ptr_array_add (hosts, (gpointer) host);
    }
  g_ptr_array_add (hosts, NULL);
  list = opt_join_list ((const char *const *) hosts->pdata);

  return (OptAccountHint){ "dialog-information-symbolic",
                           "dim-label",
                           /* Translators: %s is a list of servers */
                           g_strdup_printf (_ ("Your password will be sent to %s."), list),
                           .offers_servers = TRUE };
}

static OptAccountHint
describe_detection (OptSession *session, OptDetection *detection)
{
  OptProvider *provider = opt_detection_get_provider (detection);

  if (opt_session_has_own_servers (session))
    return describe_own_servers (session);

  switch (opt_detection_get_how (detection))
    {
    case OPT_DETECTED_BY_DOMAIN:
      return (
        OptAccountHint){ "object-select-symbolic",
                         "success",
                         /* Translators: %s is a provider, for example Optonline */
                         g_strdup_printf (_ ("This address belongs to %s. We know its servers; you "
                                             "need not."),
                                          opt_provider_get_name (provider)) };
    case OPT_DETECTED_BY_MX:
      return (OptAccountHint){
        "object-select-symbolic",
        "success",
        /* Translators: first a domain, then a provider, for example Optimum */
        g_strdup_printf (_ ("%s has its mail at %s. We know its servers; you need "
                            "not."),
                         opt_address_get_domain (opt_detection_get_address (detection)),
                         opt_provider_get_name (provider))
      };
    case OPT_DETECTED_BY_TYPO:
      return (OptAccountHint){ "dialog-question-symbolic",
                               "warning",
                               g_strdup (_ ("Did you mean this?")),
                               .suggestions = detection,
                               .offers_servers = TRUE };
    case OPT_DETECTED_BY_NONE:
      return describe_unknown (session, detection);
    }

  g_assert_not_reached ();
}

OptAccountHint
opt_account_hint_create (OptSession *session)
{
  OptDetection *detection = opt_session_get_detection (session);

  return detection != NULL ? describe_detection (session, detection) : (OptAccountHint){ NULL };
}
