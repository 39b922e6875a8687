/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Checking what the session holds, and what is left of the result when that changes. */
#include "opt-session-private.h"

#include "opt-advice.h"
#include "opt-report.h"

static void
set_delivery_job (OptSession *self, OptDeliveryJob *job)
{
  if (self->delivery_job != NULL)
    opt_delivery_job_cancel (self->delivery_job);
  if (g_set_object (&self->delivery_job, job))
    opt_session_notify (self, OPT_SESSION_PROP_DELIVERY_JOB);
}

void
opt_session_make_stale (OptSession *self)
{
  opt_session_cancel_check (self);
  opt_session_forget_saving (self);
  opt_session_forget_plans (self);
  set_delivery_job (self, NULL);
  if (self->check != NULL)
    {
      g_clear_object (&self->check);
      opt_session_notify (self, OPT_SESSION_PROP_CHECK);
    }
  opt_session_notify (self, OPT_SESSION_PROP_CAN_CHECK);
}

gboolean
opt_session_can_check (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), FALSE);

  return self->secret != NULL && self->detection != NULL &&
         (opt_detection_get_provider (self->detection) != NULL ||
          opt_session_has_own_servers (self));
}

/* Or two servers that do not answer would be offered in each other's place for ever. */
static void
note_given_up (OptSession *self)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (self->check, i);
      GPtrArray *tried;

      if (probe == NULL || opt_probe_get_state (probe) != OPT_PROBE_FAILS ||
          opt_advice_get_action (opt_probe_get_diagnosis (probe)) != OPT_ACTION_USE_SERVER)
        continue;

      tried = opt_probe_get_tried (probe);
      for (guint j = 0; j < tried->len; j++)
        {
          const OptEvidence *evidence = g_ptr_array_index (tried, j);

          g_ptr_array_add (self->given_up, opt_server_ref (evidence->server));
        }
    }
}

static void
allow_delivery (OptSession *self)
{
  g_autoptr (OptDeliveryJob) job = opt_delivery_job_new (self->check,
                                                         self->incoming,
                                                         self->secret,
                                                         self->network_source,
                                                         self->delivery_log);

  set_delivery_job (self, job);
}

static void
check_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptSession) self = user_data;

  opt_check_run_finish (OPT_CHECK (source), result);
  /* An edit or another check may have come since. */
  if (self->check != OPT_CHECK (source))
    return;

  note_given_up (self);
  allow_delivery (self);
  self->checking = FALSE;
  g_clear_object (&self->check_cancellable);
  opt_session_notify (self, OPT_SESSION_PROP_CHECKING);
}

static gboolean
all_hosts_confirmed (OptSession *self)
{
  g_auto (GStrv) hosts = opt_session_dup_unconfirmed_hosts (self);

  return hosts[0] == NULL;
}

void
opt_session_start_check (OptSession *self, gboolean all_sign_ins)
{
  OptCheckOptions options = OPT_CHECK_OPTIONS_DEFAULT;
  g_autoptr (OptNetwork) network = NULL;
  g_autoptr (OptAccount) account = NULL;

  g_return_if_fail (OPT_IS_SESSION (self) && opt_session_can_check (self));
  g_return_if_fail (all_hosts_confirmed (self));

  opt_session_make_stale (self);
  account = opt_session_create_account (self);
  network = opt_network_source_create_for (self->network_source, account);
  options.network = network;
  options.all_sign_ins = all_sign_ins;
  options.given_up = self->given_up;

  self->check = opt_check_new (account, &options);
  self->check_cancellable = g_cancellable_new ();
  self->checking = TRUE;
  opt_session_notify (self, OPT_SESSION_PROP_CHECK);
  opt_session_notify (self, OPT_SESSION_PROP_CHECKING);
  opt_check_run_async (self->check,
                       self->secret,
                       self->check_cancellable,
                       check_done,
                       g_object_ref (self));
}

void
opt_session_cancel_check (OptSession *self)
{
  g_return_if_fail (OPT_IS_SESSION (self));

  if (self->check_cancellable != NULL)
    g_cancellable_cancel (self->check_cancellable);
  g_clear_object (&self->check_cancellable);
  if (!self->checking)
    return;

  self->checking = FALSE;
  opt_session_notify (self, OPT_SESSION_PROP_CHECKING);
}

void
opt_session_set_delivery_log (OptSession *self, const char *path)
{
  g_return_if_fail (OPT_IS_SESSION (self) && path != NULL);

  g_free (self->delivery_log);
  self->delivery_log = g_strdup (path);
}

OptDeliveryJob *
opt_session_get_delivery_job (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  return self->delivery_job;
}

OptCheck *
opt_session_get_check (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  return self->check;
}

char *
opt_session_create_report (OptSession *self)
{
  g_autofree char *check = NULL;
  g_autofree char *delivery = NULL;

  g_return_val_if_fail (OPT_IS_SESSION (self) && self->check != NULL, NULL);

  check = opt_report_create_text (self->check);
  if (self->delivery_job == NULL ||
      opt_delivery_job_get_state (self->delivery_job) != OPT_DELIVERY_SETTLED)
    return g_steal_pointer (&check);

  delivery = opt_report_create_delivery_text (opt_delivery_job_get_delivery (self->delivery_job));

  return g_strconcat (check, delivery, NULL);
}

gboolean
opt_session_is_checking (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), FALSE);

  return self->checking;
}
