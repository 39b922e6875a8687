/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* GIO looks for these two by extension point, so a test can put its own there and the product needs
 * no hook. */
#include "net-system.h"

#define FIRST_CHOICE 1000

static NetSystem current;
static GSList *unanswered; /* of GTask */

#define NET_TYPE_MONITOR (net_monitor_get_type ())
G_DECLARE_FINAL_TYPE (NetMonitor, net_monitor, NET, MONITOR, GObject)

struct _NetMonitor
{
  GObject parent_instance;
};

enum
{
  PROP_AVAILABLE = 1,
  PROP_METERED,
  PROP_CONNECTIVITY,
};

static void
init_monitor (GNetworkMonitorInterface *iface)
{
}

static gboolean
net_monitor_init_now (GInitable *initable, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
init_initable (GInitableIface *iface)
{
  iface->init = net_monitor_init_now;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (NetMonitor,
                               net_monitor,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, init_initable)
                                 G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, init_monitor))

static void
net_monitor_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_AVAILABLE:
      g_value_set_boolean (value, !current.offline);
      break;
    case PROP_METERED:
      g_value_set_boolean (value, FALSE);
      break;
    case PROP_CONNECTIVITY:
      g_value_set_enum (value,
                        current.portal ? G_NETWORK_CONNECTIVITY_PORTAL
                                       : G_NETWORK_CONNECTIVITY_FULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
net_monitor_class_init (NetMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = net_monitor_get_property;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
net_monitor_init (NetMonitor *self)
{
}

#define NET_TYPE_PROXY_RESOLVER (net_proxy_resolver_get_type ())
G_DECLARE_FINAL_TYPE (NetProxyResolver, net_proxy_resolver, NET, PROXY_RESOLVER, GObject)

struct _NetProxyResolver
{
  GObject parent_instance;
};

static gboolean
is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
create_answer (void)
{
  const char *uris[] = { current.proxy != NULL ? current.proxy : "direct://", NULL };

  return g_strdupv ((char **) uris);
}

static char **
lookup (GProxyResolver *resolver, const char *uri, GCancellable *cancellable, GError **error)
{
  return create_answer ();
}

static void
lookup_async (GProxyResolver *resolver,
              const char *uri,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  /* Not even when cancelled: a look-up in a thread of its own may be so. */
  if (current.silent)
    unanswered = g_slist_prepend (unanswered, g_steal_pointer (&task));
  else
    g_task_return_pointer (task, create_answer (), (GDestroyNotify) g_strfreev);
}

static char **
lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
init_proxy_resolver (GProxyResolverInterface *iface)
{
  iface->is_supported = is_supported;
  iface->lookup = lookup;
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (NetProxyResolver,
                               net_proxy_resolver,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, init_proxy_resolver))

static void
net_proxy_resolver_class_init (NetProxyResolverClass *klass)
{
}

static void
net_proxy_resolver_init (NetProxyResolver *self)
{
}

/* The variable wins over the priority. */
static void
take_place (const char *extension_point, GType type, const char *variable)
{
  g_setenv (variable, "net-test", TRUE);
  g_io_extension_point_register (extension_point);
  g_io_extension_point_implement (extension_point, type, "net-test", FIRST_CHOICE);
}

void
net_system_set (const NetSystem *system)
{
  static gsize installed = 0;

  current = *system;
  for (GSList *l = unanswered; l != NULL; l = l->next)
    g_task_return_pointer (l->data, NULL, NULL);
  g_clear_slist (&unanswered, g_object_unref);
  if (!g_once_init_enter (&installed))
    return;

  take_place (G_NETWORK_MONITOR_EXTENSION_POINT_NAME, NET_TYPE_MONITOR, "GIO_USE_NETWORK_MONITOR");
  take_place (G_PROXY_RESOLVER_EXTENSION_POINT_NAME,
              NET_TYPE_PROXY_RESOLVER,
              "GIO_USE_PROXY_RESOLVER");
  g_assert_true (NET_IS_MONITOR (g_network_monitor_get_default ()));
  g_assert_true (NET_IS_PROXY_RESOLVER (g_proxy_resolver_get_default ()));
  g_once_init_leave (&installed, 1);
}
