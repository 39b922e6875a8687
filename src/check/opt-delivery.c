/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Opens the mailbox, sends the message, looks until it is there. The mailbox comes first, so that
 * no message is sent that could not be found and deleted again. */
#include "opt-delivery-private.h"

G_DEFINE_FINAL_TYPE (OptDelivery, opt_delivery, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
hang_up (OptDelivery *self)
{
  opt_patience_stop (&self->patience);
  if (self->cancellation != NULL)
    g_source_destroy (self->cancellation);
  g_clear_pointer (&self->cancellation, g_source_unref);
  g_clear_pointer (&self->attempt, opt_attempt_free);
  g_clear_pointer (&self->watcher, opt_watcher_free);
  g_clear_pointer (&self->secret, opt_secret_unref);
}

static void
opt_delivery_dispose (GObject *object)
{
  OptDelivery *self = OPT_DELIVERY (object);

  hang_up (self);

  G_OBJECT_CLASS (opt_delivery_parent_class)->dispose (object);
}

static void
opt_delivery_finalize (GObject *object)
{
  OptDelivery *self = OPT_DELIVERY (object);

  opt_account_unref (self->account);
  opt_message_free (self->message);
  g_clear_pointer (&self->options.network, opt_network_unref);
  opt_transport_group_unref (self->group);
  opt_sought_unref (self->sought);
  g_clear_pointer (&self->sending, opt_errand_unref);
  g_ptr_array_unref (self->transcripts);
  g_clear_pointer (&self->problem, opt_evidence_unref);
  g_clear_pointer (&self->arrival, opt_arrival_free);

  G_OBJECT_CLASS (opt_delivery_parent_class)->finalize (object);
}

static void
opt_delivery_class_init (OptDeliveryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = opt_delivery_dispose;
  object_class->finalize = opt_delivery_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   OPT_TYPE_DELIVERY,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
opt_delivery_init (OptDelivery *self)
{
  self->transcripts = g_ptr_array_new_with_free_func ((GDestroyNotify) opt_transcript_unref);
}

OptDelivery *
opt_delivery_new (OptAccount *account, OptMessage *message, const OptDeliveryOptions *options)
{
  OptDelivery *self;

  g_return_val_if_fail (account != NULL && message != NULL && options != NULL, NULL);
  g_return_val_if_fail (options->via != OPT_SERVICE_SMTP, NULL);

  self = g_object_new (OPT_TYPE_DELIVERY, NULL);
  self->account = opt_account_ref (account);
  self->message = message;
  self->options = *options;
  if (options->network != NULL)
    opt_network_ref (options->network);
  self->group = opt_transport_group_new (options->network);
  /* To wait for the server is a part of waiting for the message. */
  self->options.timeouts.message_ms = options->patience_ms;
  self->sought = opt_sought_new (message->id);
  self->patience =
    (OptPatience){ .limit_ms = options->patience_ms, .pause_ms = options->first_pause_ms };

  return self;
}

static void
enter (OptDelivery *self, OptDeliveryStage stage)
{
  self->stage = stage;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_problem (OptDelivery *self, const OptEvidence *evidence)
{
  g_clear_pointer (&self->problem, opt_evidence_unref);
  if (evidence != NULL)
    self->problem = opt_evidence_ref ((OptEvidence *) evidence);
}

static void
add_transcripts (GPtrArray *transcripts, GPtrArray *more)
{
  for (guint i = 0; i < more->len; i++)
    g_ptr_array_add (transcripts, opt_transcript_ref (more->pdata[i]));
}

static void
finish (OptDelivery *self, OptDeliveryResult result)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (task == NULL)
    return;

  if (self->watcher != NULL)
    add_transcripts (self->transcripts, opt_watcher_get_transcripts (self->watcher));
  hang_up (self);
  self->result = result;
  enter (self, OPT_DELIVERY_ENDED);
  g_task_return_int (task, result);
}

static gboolean
on_time_to_look (gpointer user_data)
{
  g_autoptr (OptDelivery) self = g_object_ref (user_data);

  opt_patience_stop (&self->patience);
  opt_watcher_look (self->watcher);

  return G_SOURCE_REMOVE;
}

static void
wait_more (OptDelivery *self)
{
  if (self->options.was_seen && opt_watcher_get_problem (self->watcher) == NULL)
    {
      self->sought->removal = OPT_REMOVAL_BY_OTHERS;
      finish (self, OPT_DELIVERY_ARRIVED);
      return;
    }

  if (opt_patience_go_on (&self->patience, on_time_to_look, self))
    return;

  if (opt_watcher_get_problem (self->watcher) != NULL)
    set_problem (self, opt_watcher_get_problem (self->watcher));
  finish (self, OPT_DELIVERY_NOT_YET);
}

/* From here the time to wait is counted, whether or not the server has said that it has it; it had
 * as much time to say so. */
static void
start_waiting (OptDelivery *self)
{
  /* With a look at once: some servers deliver before they answer. */
  opt_patience_start (&self->patience, on_time_to_look, self);
  enter (self, OPT_DELIVERY_WAITS);
}

static void
sending_ended (OptDelivery *self)
{
  g_autoptr (OptEvidence) evidence = opt_evidence_ref (opt_attempt_get_evidence (self->attempt));
  OptSending sent = opt_errand_send_get_state (self->sending);

  g_clear_pointer (&self->attempt, opt_attempt_free);
  if (sent == OPT_SENDING_NOTHING || evidence->failure != OPT_FAILURE_NONE)
    set_problem (self, evidence);

  /* All the time was spent on the server: one look is left. */
  if (evidence->failure == OPT_FAILURE_DEADLINE)
    self->patience.limit_ms = 0;

  if (sent == OPT_SENDING_NOTHING)
    finish (self, OPT_DELIVERY_NOT_SENT);
  else
    start_waiting (self);
}

static void
on_sending_changed (OptAttempt *attempt, gpointer user_data)
{
  g_autoptr (OptDelivery) self = g_object_ref (user_data);

  switch (opt_attempt_get_state (attempt))
    {
    case OPT_ATTEMPT_RUNNING:
    case OPT_ATTEMPT_WAITS:
      break;
    case OPT_ATTEMPT_READY:
      opt_attempt_sign_in (attempt, self->secret);
      break;
    case OPT_ATTEMPT_ENDED:
      sending_ended (self);
      break;
    }
}

static void
begin_sending (OptDelivery *self)
{
  self->sending = opt_errand_send_new (self->message->bytes);
  self->attempt = opt_attempt_new (opt_account_get_server (self->account, OPT_SERVICE_SMTP),
                                   opt_account_get_address (self->account),
                                   self->sending,
                                   self->group,
                                   self->options.network,
                                   &self->options.timeouts,
                                   on_sending_changed,
                                   self);
  g_ptr_array_add (self->transcripts,
                   opt_transcript_ref (opt_attempt_get_transcript (self->attempt)));
  self->begun_us = g_get_monotonic_time ();
  enter (self, OPT_DELIVERY_SENDS);
  opt_attempt_start (self->attempt);
}

static void
found (OptDelivery *self)
{
  self->arrival = opt_arrival_new (self->sought->header, self->message->subject);
  set_problem (self,
               self->sought->removal == OPT_REMOVAL_DONE ? NULL
                                                         : opt_watcher_get_problem (self->watcher));
  finish (self, OPT_DELIVERY_ARRIVED);
}

static void
on_watcher_changed (OptWatcher *watcher, gpointer user_data)
{
  g_autoptr (OptDelivery) self = g_object_ref (user_data);

  switch (opt_watcher_get_state (watcher))
    {
    case OPT_WATCHER_PREPARING:
    case OPT_WATCHER_LOOKS:
      break;
    case OPT_WATCHER_RESTS:
      if (self->stage == OPT_DELIVERY_PREPARES)
        begin_sending (self);
      else
        wait_more (self);
      break;
    case OPT_WATCHER_FOUND:
      found (self);
      break;
    case OPT_WATCHER_FAILED:
      set_problem (self, opt_watcher_get_problem (watcher));
      finish (self,
              self->stage == OPT_DELIVERY_PREPARES ? OPT_DELIVERY_NOT_SENT : OPT_DELIVERY_NOT_YET);
      break;
    }
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (OptDelivery) self = g_object_ref (user_data);

  finish (self, OPT_DELIVERY_CANCELLED);

  return G_SOURCE_REMOVE;
}

static void
watch_user (OptDelivery *self, GCancellable *cancellable)
{
  if (cancellable == NULL)
    return;

  self->cancellation = g_cancellable_source_new (cancellable);
  g_source_set_priority (self->cancellation, G_PRIORITY_HIGH);
  g_source_set_callback (self->cancellation, G_SOURCE_FUNC (on_cancelled), self, NULL);
  g_source_attach (self->cancellation, g_main_context_get_thread_default ());
}

void
opt_delivery_run_async (OptDelivery *self,
                        OptSecret *secret,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (OPT_IS_DELIVERY (self) && self->watcher == NULL && secret != NULL);

  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, opt_delivery_run_async);
  g_task_set_check_cancellable (self->task, FALSE);
  self->secret = opt_secret_ref (secret);
  watch_user (self, cancellable);

  self->watcher = opt_watcher_new (opt_account_get_server (self->account, self->options.via),
                                   opt_account_get_address (self->account),
                                   secret,
                                   self->sought,
                                   self->group,
                                   self->options.network,
                                   &self->options.timeouts,
                                   on_watcher_changed,
                                   self);
  if (self->message->bytes != NULL)
    opt_watcher_prepare (self->watcher);
  else
    {
      opt_watcher_prepare_nothing (self->watcher);
      start_waiting (self);
    }
}

OptDeliveryResult
opt_delivery_run_finish (OptDelivery *self, GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), OPT_DELIVERY_NONE);

  return (OptDeliveryResult) g_task_propagate_int (G_TASK (result), NULL);
}

GPtrArray *
opt_delivery_dup_transcripts (OptDelivery *self)
{
  GPtrArray *transcripts;

  g_return_val_if_fail (OPT_IS_DELIVERY (self), NULL);

  transcripts = g_ptr_array_new_with_free_func ((GDestroyNotify) opt_transcript_unref);
  add_transcripts (transcripts, self->transcripts);

  return transcripts;
}
