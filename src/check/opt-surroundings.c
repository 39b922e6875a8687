/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the system says of the network that it is in. It is believed only where it explains a
 * failure: a check that works needs no permission. */
#include "opt-surroundings.h"

/* The name of a proxy is not worth more of a person's time. */
#define PATIENCE_MS 1000

/* Reference-counted inside: the system's answer comes even when nobody wants it any more. */
struct _OptProxySearch
{
  OptProxyFunc func; /* NULL once it was called, or the search is over */
  gpointer user_data;
  GCancellable *cancellable;
  GSource *patience;
};

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
clear_search (gpointer data)
{
  OptProxySearch *self = data;

  g_object_unref (self->cancellable);
}

static void
end_search (OptProxySearch *self)
{
  self->func = NULL;
  g_cancellable_cancel (self->cancellable);
  if (self->patience != NULL)
    g_source_destroy (self->patience);
  g_clear_pointer (&self->patience, g_source_unref);
}

static void
answer (OptProxySearch *self, const char *uri)
{
  OptProxyFunc func = self->func;
  gpointer user_data = self->user_data;

  end_search (self);
  if (func != NULL)
    func (uri, user_data);
}

static void
lookup_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OptProxySearch *self = user_data;
  g_auto (GStrv) uris = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, NULL);
  g_autofree char *proxy = NULL;

  for (guint i = 0; proxy == NULL && uris != NULL && uris[i] != NULL; i++)
    if (!g_str_has_prefix (uris[i], "direct:"))
      proxy = without_userinfo (uris[i]);

  answer (self, proxy);
  g_rc_box_release_full (self, clear_search);
}

static gboolean
on_patience (gpointer user_data)
{
  answer (user_data, NULL);

  return G_SOURCE_REMOVE;
}

OptProxySearch *
opt_proxy_search_new (const char *host, OptProxyFunc func, gpointer user_data)
{
  OptProxySearch *self = g_rc_box_new0 (OptProxySearch);
  /* Desktops know proxies for the web and "for everything"; the web's question gets either. */
  g_autofree char *uri = g_strdup_printf ("https://%s/", host);

  self->func = func;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();
  self->patience = g_timeout_source_new (PATIENCE_MS);
  g_source_set_callback (self->patience, on_patience, self, NULL);
  g_source_attach (self->patience, g_main_context_get_thread_default ());
  g_proxy_resolver_lookup_async (g_proxy_resolver_get_default (),
                                 uri,
                                 self->cancellable,
                                 lookup_done,
                                 g_rc_box_acquire (self));

  return self;
}

void
opt_proxy_search_free (OptProxySearch *self)
{
  g_return_if_fail (self != NULL);

  end_search (self);
  g_rc_box_release_full (self, clear_search);
}
