/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The servers of the account: the provider's, or those typed by hand in their place. The password
 * goes to the provider's own hosts; to any other one only after the person has said so by name. */
#include "opt-session-private.h"

void
opt_session_set_server (OptSession *self, OptServer *server)
{
  OptService service;

  g_return_if_fail (OPT_IS_SESSION (self) && server != NULL);

  service = opt_server_get_service (server);
  g_clear_pointer (&self->servers[service], opt_server_unref);
  self->servers[service] = opt_server_ref (server);
  opt_session_make_stale (self);
}

void
opt_session_clear_servers (OptSession *self)
{
  g_return_if_fail (OPT_IS_SESSION (self));

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    g_clear_pointer (&self->servers[i], opt_server_unref);
  opt_session_make_stale (self);
}

gboolean
opt_session_has_own_servers (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), FALSE);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->servers[i] != NULL)
      return TRUE;

  return FALSE;
}

OptAccount *
opt_session_create_account (OptSession *self)
{
  OptProvider *provider;
  OptAccount *account;

  if (self->detection == NULL)
    return NULL;

  provider = opt_detection_get_provider (self->detection);
  if (provider == NULL && !opt_session_has_own_servers (self))
    return NULL;

  account = opt_account_new (self->name, opt_detection_get_address (self->detection), provider);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->servers[i] != NULL)
      {
        OptAccount *changed = opt_account_with_server (account, self->servers[i]);

        opt_account_unref (account);
        account = changed;
      }

  return account;
}

OptAccount *
opt_session_dup_account (OptSession *self)
{
  g_autoptr (OptAccount) checked = NULL;

  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  if (self->check == NULL || opt_check_get_verdict (self->check) == OPT_VERDICT_NONE)
    return opt_session_create_account (self);

  checked = opt_check_dup_account (self->check);

  return opt_account_with_name (checked, self->name);
}

/* All candidates count, not only those that are used: a provider's spare host is its own too. */
static gboolean
is_own_host (OptProvider *provider, const char *host)
{
  for (guint i = 0; provider != NULL && i < OPT_N_SERVICES; i++)
    {
      g_autoptr (GPtrArray) servers = opt_provider_create_servers (provider, i, "");

      for (guint j = 0; j < servers->len; j++)
        if (g_str_equal (opt_server_get_host (g_ptr_array_index (servers, j)), host))
          return TRUE;
    }

  return FALSE;
}

static gboolean
needs_confirmation (OptSession *self, const char *host)
{
  OptProvider *provider =
    self->detection != NULL ? opt_detection_get_provider (self->detection) : NULL;

  return !is_own_host (provider, host) && !g_hash_table_contains (self->confirmed_hosts, host);
}

char **
opt_session_dup_unconfirmed_hosts (OptSession *self)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      const char *host = self->servers[i] != NULL ? opt_server_get_host (self->servers[i]) : NULL;

      if (host != NULL && needs_confirmation (self, host) &&
          !g_ptr_array_find_with_equal_func (hosts, host, g_str_equal, NULL))
        g_ptr_array_add (hosts, g_strdup (host));
    }
  g_ptr_array_add (hosts, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&hosts), FALSE);
}

void
opt_session_confirm_host (OptSession *self, const char *host)
{
  g_return_if_fail (OPT_IS_SESSION (self) && host != NULL);

  g_hash_table_add (self->confirmed_hosts, g_strdup (host));
}
