/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-delivery-job.h"

#include "opt-delivery-log.h"

struct _OptDeliveryJob
{
  GObject parent_instance;

  OptAccount *account;
  OptService via;
  OptSecret *secret;
  OptNetworkSource *network_source;
  char *log_path;

  OptDelivery *delivery;
  OptMessage *earlier;       /* another one that may still arrive */
  GCancellable *cancellable; /* while it is busy */
  GError *error;
};

G_DEFINE_FINAL_TYPE (OptDeliveryJob, opt_delivery_job, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
tell (OptDeliveryJob *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
drop_delivery (OptDeliveryJob *self)
{
  if (self->delivery != NULL)
    g_signal_handlers_disconnect_by_data (self->delivery, self);
  g_clear_object (&self->delivery);
}

static void
opt_delivery_job_dispose (GObject *object)
{
  OptDeliveryJob *self = OPT_DELIVERY_JOB (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  drop_delivery (self);
  g_clear_pointer (&self->secret, opt_secret_unref);

  G_OBJECT_CLASS (opt_delivery_job_parent_class)->dispose (object);
}

static void
opt_delivery_job_finalize (GObject *object)
{
  OptDeliveryJob *self = OPT_DELIVERY_JOB (object);

  opt_account_unref (self->account);
  g_clear_pointer (&self->network_source, opt_network_source_unref);
  g_free (self->log_path);
  g_clear_pointer (&self->earlier, opt_message_free);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (opt_delivery_job_parent_class)->finalize (object);
}

static void
opt_delivery_job_class_init (OptDeliveryJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = opt_delivery_job_dispose;
  object_class->finalize = opt_delivery_job_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   OPT_TYPE_DELIVERY_JOB,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
opt_delivery_job_init (OptDeliveryJob *self)
{
}

static gboolean
is_left (OptDeliveryJob *self)
{
  return self->delivery != NULL && opt_delivery_is_left (self->delivery);
}

/* What the first look has found out is still so at the next. What was in the mailbox and is not
 * there then was deleted after all. */
static void
note_known (OptDelivery *delivery, OptDeliveryOptions *options)
{
  OptRemains remains = opt_delivery_get_remains (delivery);

  options->was_seen = remains == OPT_REMAINS_IN_MAILBOX || remains == OPT_REMAINS_IN_DOUBT;
  options->accepted_us = opt_delivery_get_accepted_us (delivery);
}

/* The one at hand comes first. */
static void
find_earlier (OptDeliveryJob *self)
{
  g_clear_pointer (&self->earlier, opt_message_free);
  if (self->log_path != NULL && !is_left (self))
    self->earlier = opt_delivery_log_find_open (self->log_path,
                                                opt_account_get_address (self->account),
                                                g_get_real_time () / G_USEC_PER_SEC);
}

OptDeliveryJob *
opt_delivery_job_new (OptCheck *check,
                      OptService incoming,
                      OptSecret *secret,
                      OptNetworkSource *network_source,
                      const char *log_path)
{
  OptDeliveryJob *self;
  OptService via;

  g_return_val_if_fail (OPT_IS_CHECK (check) && secret != NULL, NULL);
  g_return_val_if_fail (incoming != OPT_SERVICE_SMTP, NULL);

  if (!opt_check_works (check, OPT_SERVICE_SMTP) ||
      !opt_check_find_incoming (check, incoming, &via))
    return NULL;

  self = g_object_new (OPT_TYPE_DELIVERY_JOB, NULL);
  self->account = opt_check_dup_account (check);
  self->via = via;
  self->secret = opt_secret_ref (secret);
  self->network_source = network_source != NULL ? opt_network_source_ref (network_source) : NULL;
  self->log_path = g_strdup (log_path);
  find_earlier (self);

  return self;
}

static void
note_end (OptDeliveryJob *self, OptDelivery *delivery)
{
  if (self->log_path != NULL && !opt_delivery_is_left (delivery))
    opt_delivery_log_close (self->log_path, opt_delivery_get_message (delivery)->id);
}

static void
delivery_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptDeliveryJob) self = user_data;

  opt_delivery_run_finish (OPT_DELIVERY (source), result);
  note_end (self, OPT_DELIVERY (source));
  if (self->delivery != OPT_DELIVERY (source))
    return;

  g_clear_object (&self->cancellable);
  find_earlier (self);
  tell (self);
}

/* Takes @message. */
static void
begin (OptDeliveryJob *self, OptMessage *message)
{
  OptDeliveryOptions options = OPT_DELIVERY_OPTIONS_DEFAULT;
  g_autoptr (OptNetwork) network = NULL;

  network = opt_network_source_create_for (self->network_source, self->account);
  options.via = self->via;
  options.network = network;
  if (message->bytes == NULL && is_left (self))
    note_known (self->delivery, &options);

  drop_delivery (self);
  self->delivery = opt_delivery_new (self->account, message, &options);
  self->cancellable = g_cancellable_new ();
  g_signal_connect_swapped (self->delivery, "changed", G_CALLBACK (tell), self);
  opt_delivery_run_async (self->delivery,
                          self->secret,
                          self->cancellable,
                          delivery_done,
                          g_object_ref (self));
  tell (self);
}

void
opt_delivery_job_send (OptDeliveryJob *self)
{
  g_autoptr (OptMessage) message = NULL;

  g_return_if_fail (OPT_IS_DELIVERY_JOB (self) && self->cancellable == NULL);

  g_clear_error (&self->error);
  message = opt_delivery_log_create_message (self->log_path, self->account, &self->error);
  if (message == NULL)
    tell (self);
  else
    begin (self, g_steal_pointer (&message));
}

void
opt_delivery_job_look_again (OptDeliveryJob *self)
{
  const OptMessage *message;

  g_return_if_fail (OPT_IS_DELIVERY_JOB (self) && self->cancellable == NULL);
  g_return_if_fail (is_left (self) || self->earlier != NULL);

  g_clear_error (&self->error);
  message = is_left (self) ? opt_delivery_get_message (self->delivery) : self->earlier;
  begin (self, opt_message_new_sent (message->id, message->subject, message->sent_s));
}

void
opt_delivery_job_cancel (OptDeliveryJob *self)
{
  g_return_if_fail (OPT_IS_DELIVERY_JOB (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

OptDeliveryState
opt_delivery_job_get_state (OptDeliveryJob *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY_JOB (self), OPT_DELIVERY_READY);

  if (self->delivery == NULL)
    return OPT_DELIVERY_READY;

  return opt_delivery_get_stage (self->delivery) == OPT_DELIVERY_ENDED ? OPT_DELIVERY_SETTLED
                                                                       : OPT_DELIVERY_BUSY;
}

gboolean
opt_delivery_job_is_under_way (OptDeliveryJob *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY_JOB (self), FALSE);

  return opt_delivery_job_get_state (self) == OPT_DELIVERY_BUSY &&
         opt_delivery_is_left (self->delivery);
}

gboolean
opt_delivery_job_has_earlier (OptDeliveryJob *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY_JOB (self), FALSE);

  return self->earlier != NULL;
}

OptDelivery *
opt_delivery_job_get_delivery (OptDeliveryJob *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY_JOB (self), NULL);

  return self->delivery;
}

const GError *
opt_delivery_job_get_error (OptDeliveryJob *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY_JOB (self), NULL);

  return self->error;
}
