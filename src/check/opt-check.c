/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* All servers of an account at the same time, up to the sign-in, where OptGate has them wait until
 * one of them has shown what the password is worth. */
#include "opt-check.h"

#include "opt-cross-check.h"
#include "opt-gate.h"
#include "opt-surroundings.h"

struct _OptCheck
{
  GObject parent_instance;

  OptAccount *account;
  OptCheckOptions options;
  OptTransportGroup *group;
  OptProbe *probes[OPT_N_SERVICES];
  OptSecret *secret;
  OptGate gate;
  OptVerdict verdict;
  gint64 started_us;
  gint64 ended_us;

  GTask *task;
  GSource *deadline;
  GSource *cancellation;
  gboolean starting; /* nobody may be the first before all have begun */

  OptProxySearch *proxy_search;
  char *unused_proxy;
};

G_DEFINE_FINAL_TYPE (OptCheck, opt_check, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void on_probe_changed (OptProbe *probe, OptCheck *self);

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
opt_check_dispose (GObject *object)
{
  OptCheck *self = OPT_CHECK (object);

  clear_source (&self->deadline);
  clear_source (&self->cancellation);
  g_clear_pointer (&self->proxy_search, opt_proxy_search_free);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    g_clear_object (&self->probes[i]);
  g_clear_pointer (&self->secret, opt_secret_unref);

  G_OBJECT_CLASS (opt_check_parent_class)->dispose (object);
}

static void
opt_check_finalize (GObject *object)
{
  OptCheck *self = OPT_CHECK (object);

  opt_account_unref (self->account);
  g_clear_pointer (&self->options.network, opt_network_unref);
  g_clear_pointer (&self->options.given_up, g_ptr_array_unref);
  opt_transport_group_unref (self->group);
  g_free (self->unused_proxy);

  G_OBJECT_CLASS (opt_check_parent_class)->finalize (object);
}

static void
opt_check_class_init (OptCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = opt_check_dispose;
  object_class->finalize = opt_check_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   OPT_TYPE_CHECK,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
opt_check_init (OptCheck *self)
{
}

OptCheck *
opt_check_new (OptAccount *account, const OptCheckOptions *options)
{
  OptCheck *self;

  g_return_val_if_fail (account != NULL && options != NULL, NULL);

  self = g_object_new (OPT_TYPE_CHECK, NULL);
  self->account = opt_account_ref (account);
  self->options = *options;
  self->gate.all_sign_ins = options->all_sign_ins;
  if (options->network != NULL)
    opt_network_ref (options->network);
  if (options->given_up != NULL)
    g_ptr_array_ref (options->given_up);
  self->group = opt_transport_group_new (options->network);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      GPtrArray *servers = opt_account_get_servers (account, i);

      if (servers->len == 0 || options->skip[i])
        continue;

      self->probes[i] = opt_probe_new (servers,
                                       opt_account_get_address (account),
                                       self->group,
                                       options->network,
                                       &options->timeouts);
      if (options->look_only[i])
        opt_probe_look_only (self->probes[i]);
      g_signal_connect_object (self->probes[i], "changed", G_CALLBACK (on_probe_changed), self, 0);
    }

  return self;
}

static gboolean
all_have_ended (OptCheck *self)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->probes[i] != NULL && !opt_probe_has_ended (self->probes[i]))
      return FALSE;

  return TRUE;
}

static void
stop_all (OptCheck *self, OptFailure reason)
{
  g_autoptr (OptCheck) alive = g_object_ref (self);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->probes[i] != NULL)
      {
        gboolean waits = opt_probe_get_state (self->probes[i]) == OPT_PROBE_READY;

        /* A server that only waited for its turn was not too slow. */
        opt_probe_stop (self->probes[i],
                        waits && reason == OPT_FAILURE_DEADLINE ? OPT_FAILURE_SKIPPED : reason);
      }
}

/* What is only looked at does not sign in, so it may go on. */
static void
skip_sign_ins (OptCheck *self)
{
  g_autoptr (OptCheck) alive = g_object_ref (self);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->probes[i] != NULL && !self->options.look_only[i])
      opt_probe_stop (self->probes[i], OPT_FAILURE_SKIPPED);
}

static void
compare_results (OptCheck *self)
{
  OptFinding findings[OPT_N_SERVICES];
  OptProbe *probes[OPT_N_SERVICES];
  guint n = 0;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->probes[i] != NULL)
      {
        probes[n] = self->probes[i];
        findings[n] = (OptFinding){ opt_probe_get_tried (probes[n]),
                                    opt_probe_get_evidence (probes[n]),
                                    opt_probe_get_alternative (probes[n]),
                                    opt_probe_get_diagnosis (probes[n]) };
        n++;
      }

  opt_cross_check (findings, n);
  for (guint i = 0; i < n; i++)
    opt_probe_correct_diagnosis (probes[i], findings[i].diagnosis);
}

static OptVerdict
reach_verdict (OptCheck *self)
{
  guint n = 0;
  guint n_work = 0;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (self->task)))
    return OPT_VERDICT_CANCELLED;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->probes[i] != NULL)
      {
        n++;
        if (opt_probe_get_state (self->probes[i]) == OPT_PROBE_WORKS)
          n_work++;
      }

  return n_work == 0 ? OPT_VERDICT_FAILS : n_work == n ? OPT_VERDICT_WORKS : OPT_VERDICT_PARTLY;
}

static void
finish (OptCheck *self)
{
  g_autoptr (GTask) task = NULL;

  if (self->verdict != OPT_VERDICT_NONE)
    return;

  self->verdict = reach_verdict (self);
  self->ended_us = g_get_monotonic_time ();
  clear_source (&self->deadline);
  clear_source (&self->cancellation);
  g_clear_pointer (&self->secret, opt_secret_unref);
  g_clear_pointer (&self->proxy_search, opt_proxy_search_free);
  compare_results (self);

  g_signal_emit (self, signals[CHANGED], 0);
  task = g_steal_pointer (&self->task);
  g_task_return_int (task, self->verdict);
}

/* Which proxy is not used explains why nobody was reached, so then its name is waited for. */
static gboolean
waits_for_proxy (OptCheck *self)
{
  if (self->proxy_search == NULL)
    return FALSE;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->probes[i] != NULL && opt_probe_get_state (self->probes[i]) == OPT_PROBE_FAILS &&
        opt_probe_get_evidence (self->probes[i])->step <= OPT_STEP_CONNECT)
      return TRUE;

  return FALSE;
}

static void
finish_if_over (OptCheck *self)
{
  if (self->verdict == OPT_VERDICT_NONE && all_have_ended (self) && !waits_for_proxy (self))
    finish (self);
}

static void
on_probe_changed (OptProbe *probe, OptCheck *self)
{
  g_autoptr (OptCheck) alive = NULL;

  if (self->starting || self->verdict != OPT_VERDICT_NONE)
    return;

  alive = g_object_ref (self);
  g_signal_emit (self, signals[CHANGED], 0);
  if (!opt_gate_tend (&self->gate, self->probes, self->secret))
    skip_sign_ins (self);
  finish_if_over (self);
}

/* Nobody who waits at the gate may go through because the leader was sent away. */
static void
end_all (OptCheck *self, OptFailure reason)
{
  opt_gate_block (&self->gate);
  g_clear_pointer (&self->proxy_search, opt_proxy_search_free);
  stop_all (self, reason);
  /* Nobody else would notice, where all had ended and only the proxy was waited for. */
  finish_if_over (self);
}

static gboolean
on_deadline (gpointer user_data)
{
  end_all (user_data, OPT_FAILURE_DEADLINE);

  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  end_all (user_data, OPT_FAILURE_CANCELLED);

  return G_SOURCE_REMOVE;
}

static void
watch_clock_and_user (OptCheck *self, GCancellable *cancellable)
{
  GMainContext *context = g_main_context_get_thread_default ();

  self->deadline = g_timeout_source_new (self->options.timeouts.total_ms);
  g_source_set_callback (self->deadline, on_deadline, self, NULL);
  g_source_attach (self->deadline, context);

  if (cancellable == NULL)
    return;

  self->cancellation = g_cancellable_source_new (cancellable);
  g_source_set_priority (self->cancellation, G_PRIORITY_HIGH);
  g_source_set_callback (self->cancellation, G_SOURCE_FUNC (on_cancelled), self, NULL);
  g_source_attach (self->cancellation, context);
}

static void
on_proxy_found (const char *uri, gpointer user_data)
{
  g_autoptr (OptCheck) self = g_object_ref (user_data);

  self->unused_proxy = g_strdup (uri);
  g_clear_pointer (&self->proxy_search, opt_proxy_search_free);
  finish_if_over (self);
}

static void
search_proxy (OptCheck *self)
{
  OptServer *server = NULL;

  for (guint i = 0; server == NULL && i < OPT_N_SERVICES; i++)
    server = opt_account_get_server (self->account, i);
  if (self->options.network == NULL && server != NULL)
    self->proxy_search = opt_proxy_search_new (opt_server_get_host (server), on_proxy_found, self);
}

void
opt_check_run_async (OptCheck *self,
                     OptSecret *secret,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_return_if_fail (OPT_IS_CHECK (self) && self->started_us == 0 && secret != NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, opt_check_run_async);
  g_task_set_check_cancellable (self->task, FALSE);
  self->secret = opt_secret_ref (secret);
  self->started_us = g_get_monotonic_time ();
  watch_clock_and_user (self, cancellable);
  search_proxy (self);

  self->starting = TRUE;
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->probes[i] != NULL)
      opt_probe_start (self->probes[i]);
  self->starting = FALSE;

  g_signal_emit (self, signals[CHANGED], 0);
  finish_if_over (self);
}

OptVerdict
opt_check_run_finish (OptCheck *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), OPT_VERDICT_FAILS);

  return (OptVerdict) g_task_propagate_int (G_TASK (result), NULL);
}

OptAccount *
opt_check_get_account (OptCheck *self)
{
  g_return_val_if_fail (OPT_IS_CHECK (self), NULL);

  return self->account;
}

OptProbe *
opt_check_get_probe (OptCheck *self, OptService service)
{
  g_return_val_if_fail (OPT_IS_CHECK (self) && service < OPT_N_SERVICES, NULL);

  return self->probes[service];
}

gboolean
opt_check_works (OptCheck *self, OptService service)
{
  g_return_val_if_fail (OPT_IS_CHECK (self) && service < OPT_N_SERVICES, FALSE);

  return self->probes[service] != NULL &&
         opt_probe_get_state (self->probes[service]) == OPT_PROBE_WORKS;
}

gboolean
opt_check_find_incoming (OptCheck *self, OptService preferred, OptService *incoming)
{
  OptService other = preferred == OPT_SERVICE_IMAP ? OPT_SERVICE_POP3 : OPT_SERVICE_IMAP;

  g_return_val_if_fail (preferred != OPT_SERVICE_SMTP && incoming != NULL, FALSE);

  *incoming = opt_check_works (self, preferred) ? preferred : other;

  return opt_check_works (self, *incoming);
}

OptVerdict
opt_check_get_verdict (OptCheck *self)
{
  g_return_val_if_fail (OPT_IS_CHECK (self), OPT_VERDICT_NONE);

  return self->verdict;
}

gboolean
opt_check_accepted_password (OptCheck *self)
{
  g_return_val_if_fail (OPT_IS_CHECK (self), FALSE);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->probes[i] != NULL && opt_probe_get_evidence (self->probes[i])->signed_in)
      return TRUE;

  return FALSE;
}

const char *
opt_check_get_unused_proxy (OptCheck *self)
{
  g_return_val_if_fail (OPT_IS_CHECK (self), NULL);

  return self->unused_proxy;
}

GPtrArray *
opt_check_get_given_up (OptCheck *self)
{
  g_return_val_if_fail (OPT_IS_CHECK (self), NULL);

  return self->options.given_up;
}

gint64
opt_check_get_elapsed_us (OptCheck *self)
{
  g_return_val_if_fail (OPT_IS_CHECK (self), 0);

  if (self->started_us == 0)
    return 0;

  return (self->ended_us != 0 ? self->ended_us : g_get_monotonic_time ()) - self->started_us;
}

OptAccount *
opt_check_dup_account (OptCheck *self)
{
  g_autoptr (OptAccount) account = NULL;

  g_return_val_if_fail (OPT_IS_CHECK (self), NULL);

  account = opt_account_ref (self->account);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->probes[i] != NULL && opt_probe_get_state (self->probes[i]) == OPT_PROBE_WORKS)
      {
        OptServer *server = opt_probe_get_evidence (self->probes[i])->server;
        OptAccount *better = opt_account_with_server (account, server);

        opt_account_unref (account);
        account = better;
      }

  return g_steal_pointer (&account);
}
