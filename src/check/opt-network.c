/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-network.h"

struct _OptNetwork
{
  char *trust_pem;
  GHashTable *routes; /* "host:port" -> port of 127.0.0.1 */
};

OptNetwork *
opt_network_new (const char *trust_pem)
{
  OptNetwork *self;

  g_return_val_if_fail (trust_pem != NULL, NULL);

  self = g_rc_box_new0 (OptNetwork);
  self->trust_pem = g_strdup (trust_pem);
  self->routes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

static void
clear_network (gpointer data)
{
  OptNetwork *self = data;

  g_free (self->trust_pem);
  g_hash_table_unref (self->routes);
}

OptNetwork *
opt_network_ref (OptNetwork *self)
{
  return g_rc_box_acquire (self);
}

void
opt_network_unref (OptNetwork *self)
{
  g_rc_box_release_full (self, clear_network);
}

void
opt_network_add_route (OptNetwork *self, const char *host, guint16 port, guint16 local_port)
{
  g_return_if_fail (self != NULL && host != NULL);

  g_hash_table_insert (self->routes,
                       g_strdup_printf ("%s:%u", host, (guint) port),
                       GUINT_TO_POINTER (local_port));
}

guint16
opt_network_find_route (const OptNetwork *self, const OptServer *server)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (self != NULL && server != NULL, 0);

  key =
    g_strdup_printf ("%s:%u", opt_server_get_host (server), (guint) opt_server_get_port (server));

  return (guint16) GPOINTER_TO_UINT (g_hash_table_lookup (self->routes, key));
}

const char *
opt_network_get_trust (const OptNetwork *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->trust_pem;
}
