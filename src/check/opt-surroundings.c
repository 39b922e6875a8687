/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the system says of the network that it is in. It is believed only where it explains a
 * failure: a check that works needs no permission. */
#include "opt-surroundings.h"

void
opt_surroundings_note (OptEvidence *evidence)
{
  GNetworkMonitor *monitor = g_network_monitor_get_default ();

  g_return_if_fail (evidence != NULL);

  evidence->network_available = g_network_monitor_get_network_available (monitor);
  evidence->network_portal =
    g_network_monitor_get_connectivity (monitor) == G_NETWORK_CONNECTIVITY_PORTAL;
}

/* A proxy's user name and password are nobody's business. */
static char *
without_userinfo (const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_HAS_PASSWORD, NULL);

  return parsed != NULL ? g_uri_to_string_partial (parsed, G_URI_HIDE_USERINFO) : NULL;
}

static void
lookup_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_auto (GStrv) uris = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, NULL);

  for (guint i = 0; uris != NULL && uris[i] != NULL; i++)
    if (!g_str_has_prefix (uris[i], "direct:"))
      {
        g_task_return_pointer (task, without_userinfo (uris[i]), g_free);
        return;
      }

  g_task_return_pointer (task, NULL, NULL);
}

void
opt_surroundings_find_proxy_async (const char *host,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  /* Desktops know proxies for the web and "for everything"; the web's question gets either. */
  g_autofree char *uri = g_strdup_printf ("https://%s/", host);

  g_task_set_source_tag (task, opt_surroundings_find_proxy_async);
  g_proxy_resolver_lookup_async (g_proxy_resolver_get_default (),
                                 uri,
                                 cancellable,
                                 lookup_done,
                                 g_steal_pointer (&task));
}

char *
opt_surroundings_find_proxy_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}
