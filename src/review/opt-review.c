/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Two checks, one after the other: the account as it is, and if that does not do, the account as
 * its provider wants it. What each of them asks, opt-review-plan.c decides. */
#include "opt-review-private.h"

#include "opt-host-kind.h"

struct _OptReview
{
  GObject parent_instance;

  OptReviewState state;

  /* While it is being tested. */
  GTask *task;
  OptSecret *secret;
  OptTimeouts timeouts;
  OptNetwork *network;
};

G_DEFINE_FINAL_TYPE (OptReview, opt_review, G_TYPE_OBJECT)

enum
{
  PROP_VERDICT = 1,
  PROP_RUNNING,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
opt_review_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OptReview *self = OPT_REVIEW (object);

  switch (id)
    {
    case PROP_VERDICT:
      g_value_set_enum (value, (int) self->state.verdict);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, opt_review_is_running (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
opt_review_finalize (GObject *object)
{
  OptReview *self = OPT_REVIEW (object);

  opt_found_unref (self->state.found);
  g_clear_pointer (&self->state.wanted, opt_account_unref);
  g_clear_pointer (&self->state.compared, opt_account_unref);
  g_ptr_array_unref (self->state.differences);
  opt_review_plan_clear (&self->state.plan_now);
  opt_review_plan_clear (&self->state.plan_wanted);
  g_clear_object (&self->state.check_now);
  g_clear_object (&self->state.check_wanted);

  G_OBJECT_CLASS (opt_review_parent_class)->finalize (object);
}

static void
opt_review_class_init (OptReviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = opt_review_get_property;
  object_class->finalize = opt_review_finalize;

  props[PROP_VERDICT] = g_param_spec_enum ("verdict",
                                           NULL,
                                           NULL,
                                           OPT_TYPE_REVIEW_VERDICT,
                                           OPT_REVIEW_NONE,
                                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_RUNNING] =
    g_param_spec_boolean ("running", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[CHANGED] = g_signal_new ("changed",
                                   OPT_TYPE_REVIEW,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
opt_review_init (OptReview *self)
{
}

OptReview *
opt_review_new (OptFound *found, OptProviders *providers)
{
  OptReview *self;

  g_return_val_if_fail (found != NULL && providers != NULL, NULL);

  self = g_object_new (OPT_TYPE_REVIEW, NULL);
  self->state.found = opt_found_ref (found);
  opt_review_state_compare (&self->state, providers);
  opt_review_plan_now (&self->state.plan_now, found, self->state.wanted);

  return self;
}

OptFound *
opt_review_get_found (OptReview *self)
{
  g_return_val_if_fail (OPT_IS_REVIEW (self), NULL);

  return self->state.found;
}

OptAccount *
opt_review_get_wanted (OptReview *self)
{
  g_return_val_if_fail (OPT_IS_REVIEW (self), NULL);

  return self->state.wanted;
}

OptAccount *
opt_review_get_compared (OptReview *self)
{
  g_return_val_if_fail (OPT_IS_REVIEW (self), NULL);

  return self->state.compared;
}

gboolean
opt_review_needs_address (OptReview *self)
{
  const OptFound *found;

  g_return_val_if_fail (OPT_IS_REVIEW (self), FALSE);

  found = self->state.found;
  if (found->address != NULL || self->state.wanted != NULL)
    return FALSE;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (found->servers[i] != NULL && found->servers[i]->user == NULL &&
        found->servers[i]->auth != OPT_FOUND_AUTH_NONE)
      return TRUE;

  return FALSE;
}

const char *
opt_review_get_address (OptReview *self)
{
  g_return_val_if_fail (OPT_IS_REVIEW (self), NULL);

  if (self->state.found->address != NULL)
    return self->state.found->address;

  return self->state.wanted != NULL
           ? opt_address_get_text (opt_account_get_address (self->state.wanted))
           : NULL;
}

GPtrArray *
opt_review_get_differences (OptReview *self)
{
  g_return_val_if_fail (OPT_IS_REVIEW (self), NULL);

  return self->state.differences;
}

/* A host that is the provider's for one service is so for all. */
static gboolean
is_providers (OptReview *self, const char *host)
{
  if (self->state.wanted == NULL)
    return FALSE;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    switch (opt_host_find_kind (host, self->state.wanted, i))
      {
      case OPT_HOST_PREFERRED:
      case OPT_HOST_SIBLING:
      case OPT_HOST_RETIRED:
        return TRUE;
      case OPT_HOST_NAMESAKE:
      case OPT_HOST_FOREIGN:
      case OPT_HOST_INVALID:
        break;
      }

  return FALSE;
}

char **
opt_review_dup_unconfirmed_hosts (OptReview *self)
{
  g_autoptr (GStrvBuilder) hosts = NULL;
  g_autoptr (GHashTable) seen = NULL;

  g_return_val_if_fail (OPT_IS_REVIEW (self), NULL);

  hosts = g_strv_builder_new ();
  seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (opt_review_plan_signs_in (&self->state.plan_now, i))
      {
        const char *host =
          opt_server_get_host (opt_account_get_server (self->state.plan_now.account, i));

        if (!is_providers (self, host) && g_hash_table_add (seen, (char *) host))
          g_strv_builder_add (hosts, host);
      }

  return g_strv_builder_end (hosts);
}

gboolean
opt_review_can_test (OptReview *self)
{
  g_return_val_if_fail (OPT_IS_REVIEW (self), FALSE);

  return self->state.plan_now.account != NULL || self->state.wanted != NULL;
}

static void
set_verdict (OptReview *self, OptReviewVerdict verdict)
{
  if (self->state.verdict == verdict)
    return;

  self->state.verdict = verdict;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VERDICT]);
}

static void
finish (OptReview *self, OptReviewVerdict verdict)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_clear_pointer (&self->secret, opt_secret_unref);
  g_clear_pointer (&self->network, opt_network_unref);
  if (verdict != OPT_REVIEW_CANCELLED)
    opt_review_state_revise (&self->state);
  set_verdict (self, verdict);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
  g_signal_emit (self, signals[CHANGED], 0);
  g_task_return_int (task, (gssize) verdict);
}

static void
on_check_changed (OptCheck *check, OptReview *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
begin_check (OptReview *self,
             OptCheck **check,
             const OptReviewPlan *plan,
             GAsyncReadyCallback callback)
{
  *check = opt_review_plan_create_check (plan, &self->timeouts, self->network);
  g_signal_connect_object (*check, "changed", G_CALLBACK (on_check_changed), self, 0);
  opt_check_run_async (*check,
                       self->secret,
                       g_task_get_cancellable (self->task),
                       callback,
                       g_object_ref (self));
}

static void
check_wanted_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptReview) self = user_data;
  OptVerdict verdict = opt_check_run_finish (OPT_CHECK (source), result);

  finish (self,
          verdict == OPT_VERDICT_CANCELLED ? OPT_REVIEW_CANCELLED
                                           : opt_review_state_reach_verdict (&self->state));
}

static void
begin_wanted (OptReview *self)
{
  if (g_cancellable_is_cancelled (g_task_get_cancellable (self->task)))
    {
      finish (self, OPT_REVIEW_CANCELLED);
      return;
    }

  if (opt_review_state_reach_verdict (&self->state) != OPT_REVIEW_WORKS)
    opt_review_plan_wanted (&self->state.plan_wanted,
                            self->state.needed,
                            self->state.wanted,
                            self->state.check_now);

  if (self->state.plan_wanted.account != NULL)
    begin_check (self, &self->state.check_wanted, &self->state.plan_wanted, check_wanted_done);
  else
    finish (self, opt_review_state_reach_verdict (&self->state));
}

static void
check_now_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptReview) self = user_data;

  opt_check_run_finish (OPT_CHECK (source), result);
  begin_wanted (self);
}

/* What an earlier test has left. */
static void
forget_test (OptReview *self)
{
  opt_review_plan_clear (&self->state.plan_wanted);
  g_clear_object (&self->state.check_now);
  g_clear_object (&self->state.check_wanted);
  opt_review_state_revise (&self->state);
  set_verdict (self, OPT_REVIEW_NONE);
}

void
opt_review_test_async (OptReview *self,
                       OptSecret *secret,
                       const OptTimeouts *timeouts,
                       OptNetwork *network,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (OPT_IS_REVIEW (self) && self->task == NULL && opt_review_can_test (self));
  g_return_if_fail (secret != NULL && timeouts != NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, opt_review_test_async);
  g_task_set_check_cancellable (self->task, FALSE);
  self->secret = opt_secret_ref (secret);
  self->timeouts = *timeouts;
  self->network = network != NULL ? opt_network_ref (network) : NULL;
  forget_test (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);

  if (self->state.plan_now.account != NULL)
    begin_check (self, &self->state.check_now, &self->state.plan_now, check_now_done);
  else
    begin_wanted (self);
}

OptReviewVerdict
opt_review_test_finish (OptReview *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), OPT_REVIEW_NONE);

  return (OptReviewVerdict) g_task_propagate_int (G_TASK (result), NULL);
}

OptReviewVerdict
opt_review_get_verdict (OptReview *self)
{
  g_return_val_if_fail (OPT_IS_REVIEW (self), OPT_REVIEW_NONE);

  return self->state.verdict;
}

gboolean
opt_review_is_running (OptReview *self)
{
  g_return_val_if_fail (OPT_IS_REVIEW (self), FALSE);

  return self->task != NULL;
}

OptCheck *
opt_review_get_check_now (OptReview *self)
{
  g_return_val_if_fail (OPT_IS_REVIEW (self), NULL);

  return self->state.check_now;
}

OptCheck *
opt_review_get_check_wanted (OptReview *self)
{
  g_return_val_if_fail (OPT_IS_REVIEW (self), NULL);

  return self->state.check_wanted;
}

gboolean
opt_review_was_only_looked_at (OptReview *self, OptService service)
{
  g_return_val_if_fail (OPT_IS_REVIEW (self) && service < OPT_N_SERVICES, FALSE);

  return self->state.check_now != NULL &&
         opt_check_get_probe (self->state.check_now, service) != NULL &&
         self->state.plan_now.look_only[service];
}

gboolean
opt_review_was_name_refused (OptReview *self)
{
  g_return_val_if_fail (OPT_IS_REVIEW (self), FALSE);

  return opt_review_state_was_name_refused (&self->state);
}

const char *
opt_review_get_title (OptReview *self)
{
  g_return_val_if_fail (OPT_IS_REVIEW (self), NULL);

  return opt_review_state_get_title (&self->state);
}

char *
opt_review_create_text (OptReview *self)
{
  g_return_val_if_fail (OPT_IS_REVIEW (self), NULL);

  return opt_review_state_create_text (&self->state);
}

OptAccount *
opt_review_dup_account (OptReview *self)
{
  g_return_val_if_fail (OPT_IS_REVIEW (self), NULL);

  return opt_review_state_dup_account (&self->state);
}
