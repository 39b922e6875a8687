/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The servers of the account: the provider's, or those typed by hand in their place. */
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

OptSettings *
opt_session_dup_settings (OptSession *self, GError **error)
{
  g_autoptr (OptAccount) account = NULL;

  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  account = opt_session_dup_account (self);
  g_return_val_if_fail (account != NULL, NULL);

  return opt_settings_new (account, self->incoming, error);
}
