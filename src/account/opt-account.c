/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One account as a value: every change makes a new one, so that a check that is under way, a page
 * and an export never see each other's edits. */
#include "opt-account.h"

struct _OptAccount
{
  char *name;
  OptAddress *address;
  OptProvider *provider;
  GPtrArray *servers[OPT_N_SERVICES];
};

G_DEFINE_BOXED_TYPE (OptAccount, opt_account, opt_account_ref, opt_account_unref)

static void
clear_account (gpointer data)
{
  OptAccount *self = data;

  g_free (self->name);
  opt_address_unref (self->address);
  g_clear_pointer (&self->provider, opt_provider_unref);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    g_ptr_array_unref (self->servers[i]);
}

OptAccount *
opt_account_new (const char *name, OptAddress *address, OptProvider *provider)
{
  OptAccount *self;

  g_return_val_if_fail (address != NULL, NULL);

  self = g_atomic_rc_box_new0 (OptAccount);
  self->name = g_strdup (name != NULL ? name : "");
  self->address = opt_address_ref (address);

  if (provider != NULL)
    self->provider = opt_provider_ref (provider);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    self->servers[i] = provider != NULL
                         ? opt_provider_create_servers (provider, i, opt_address_get_text (address))
                         : g_ptr_array_new_with_free_func ((GDestroyNotify) opt_server_unref);

  return self;
}

static OptAccount *
copy_account (const OptAccount *self)
{
  OptAccount *copy = g_atomic_rc_box_new0 (OptAccount);

  copy->name = g_strdup (self->name);
  copy->address = opt_address_ref (self->address);
  if (self->provider != NULL)
    copy->provider = opt_provider_ref (self->provider);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    copy->servers[i] = g_ptr_array_ref (self->servers[i]);

  return copy;
}

OptAccount *
opt_account_with_server (const OptAccount *self, OptServer *server)
{
  OptAccount *copy;
  OptService service;

  g_return_val_if_fail (self != NULL && server != NULL, NULL);

  service = opt_server_get_service (server);
  copy = copy_account (self);
  g_ptr_array_unref (copy->servers[service]);
  copy->servers[service] = g_ptr_array_new_with_free_func ((GDestroyNotify) opt_server_unref);
  g_ptr_array_add (copy->servers[service], opt_server_ref (server));

  return copy;
}

OptAccount *
opt_account_with_name (const OptAccount *self, const char *name)
{
  OptAccount *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = copy_account (self);
  g_free (copy->name);
  copy->name = g_strdup (name != NULL ? name : "");

  return copy;
}

OptAccount *
opt_account_ref (OptAccount *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
opt_account_unref (OptAccount *self)
{
  g_atomic_rc_box_release_full (self, clear_account);
}

const char *
opt_account_get_name (const OptAccount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

OptAddress *
opt_account_get_address (const OptAccount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->address;
}

OptProvider *
opt_account_get_provider (const OptAccount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->provider;
}

GPtrArray *
opt_account_get_servers (const OptAccount *self, OptService service)
{
  g_return_val_if_fail (self != NULL && service < OPT_N_SERVICES, NULL);

  return self->servers[service];
}

OptServer *
opt_account_get_server (const OptAccount *self, OptService service)
{
  GPtrArray *servers = opt_account_get_servers (self, service);

  return servers != NULL && servers->len > 0 ? g_ptr_array_index (servers, 0) : NULL;
}
