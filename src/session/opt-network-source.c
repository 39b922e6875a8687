/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-network-source.h"

struct _OptNetworkSource
{
  OptNetworkFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
};

OptNetworkSource *
opt_network_source_new (OptNetworkFunc func, gpointer user_data, GDestroyNotify destroy)
{
  OptNetworkSource *self;

  g_return_val_if_fail (func != NULL, NULL);

  self = g_rc_box_new0 (OptNetworkSource);
  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;

  return self;
}

OptNetworkSource *
opt_network_source_ref (OptNetworkSource *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  OptNetworkSource *self = data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
}

void
opt_network_source_unref (OptNetworkSource *self)
{
  g_rc_box_release_full (self, clear);
}

OptNetwork *
opt_network_source_create (const OptNetworkSource *self, const char *address, GPtrArray *servers)
{
  return self != NULL ? self->func (address, servers, self->user_data) : NULL;
}

OptNetwork *
opt_network_source_create_for (const OptNetworkSource *self, OptAccount *account)
{
  g_autoptr (GPtrArray) servers = g_ptr_array_new ();

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      GPtrArray *all = opt_account_get_servers (account, i);

      for (guint j = 0; j < all->len; j++)
        g_ptr_array_add (servers, g_ptr_array_index (all, j));
    }

  return opt_network_source_create (self,
                                    opt_address_get_text (opt_account_get_address (account)),
                                    servers);
}
