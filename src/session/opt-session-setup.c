/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Setting other programs up: a job for each of them, as long as the address is the same. */
#include "opt-session-private.h"

void
opt_session_set_setup_store (OptSession *self, OptSetupStore *store)
{
  g_return_if_fail (OPT_IS_SESSION (self) && store != NULL && self->setup_store == NULL);

  self->setup_store = opt_setup_store_ref (store);
}

OptSetupJob *
opt_session_get_setup (OptSession *self, const OptClient *client)
{
  const OptSetup *setup;
  OptSetupJob *job;

  g_return_val_if_fail (OPT_IS_SESSION (self) && client != NULL, NULL);

  setup = opt_setup_find (client->id);
  if (setup == NULL || self->setup_store == NULL || self->address == NULL)
    return NULL;

  job = g_hash_table_lookup (self->setups, client);
  if (job == NULL)
    {
      job = opt_setup_job_new (setup, opt_address_get_text (self->address), self->setup_store);
      g_hash_table_insert (self->setups, (gpointer) client, job);
    }

  return job;
}

void
opt_session_plan_setup (OptSession *self, OptSetupJob *job, GError **error)
{
  g_autoptr (OptSettings) settings = NULL;

  g_return_if_fail (OPT_IS_SESSION (self) && OPT_IS_SETUP_JOB (job));

  settings = opt_session_dup_settings (self, error);
  if (settings != NULL)
    opt_setup_job_plan (job, settings);
}

void
opt_session_apply_setup (OptSession *self, OptSetupJob *job)
{
  g_return_if_fail (OPT_IS_SESSION (self) && OPT_IS_SETUP_JOB (job));
  g_return_if_fail (self->secret != NULL);

  opt_setup_job_apply (job, self->secret);
}

static gboolean
any_setup_is (OptSession *self, OptSetupState state)
{
  GHashTableIter iter;
  gpointer job;

  g_hash_table_iter_init (&iter, self->setups);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    if (opt_setup_job_get_state (job) == state)
      return TRUE;

  return FALSE;
}

gboolean
opt_session_is_setting_up (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), FALSE);

  return any_setup_is (self, OPT_SETUP_APPLYING) || any_setup_is (self, OPT_SETUP_UNDOING);
}

gboolean
opt_session_has_set_up (OptSession *self)
{
  return any_setup_is (self, OPT_SETUP_DONE);
}

void
opt_session_forget_plans (OptSession *self)
{
  GHashTableIter iter;
  gpointer job;

  g_hash_table_iter_init (&iter, self->setups);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    opt_setup_job_forget_plan (job);
}

void
opt_session_drop_setups (OptSession *self)
{
  GHashTableIter iter;
  gpointer job;

  g_hash_table_iter_init (&iter, self->setups);
  while (g_hash_table_iter_next (&iter, NULL, &job))
    opt_setup_job_cancel (job);
  g_hash_table_remove_all (self->setups);
}
