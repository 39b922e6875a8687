/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-attempt.h"
#include "opt-diagnosis.h"
#include "opt-message.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* What a delivery is doing. */
typedef enum
{
  OPT_DELIVERY_PREPARES, /* opens the mailbox, so that nothing is sent that nobody could find */
  OPT_DELIVERY_SENDS,
  OPT_DELIVERY_WAITS, /* looks into the mailbox now and then */
  OPT_DELIVERY_ENDED,
} OptDeliveryStage;

/* How it ended. */
typedef enum
{
  OPT_DELIVERY_NONE,     /* it has not */
  OPT_DELIVERY_ARRIVED,  /* there and back */
  OPT_DELIVERY_NOT_YET,  /* sent, and not seen in time: no failure of the settings */
  OPT_DELIVERY_NOT_SENT, /* nothing has left; see opt_delivery_get_problem() */
  OPT_DELIVERY_CANCELLED,
} OptDeliveryResult;

/* What is left of the message. */
typedef enum
{
  OPT_REMAINS_NOTHING,
  OPT_REMAINS_NOT_ANY_MORE, /* it was in the mailbox before, and is not now */
  OPT_REMAINS_UNDER_WAY,    /* it may still arrive */
  OPT_REMAINS_IN_MAILBOX,   /* it arrived, and was not deleted */
  OPT_REMAINS_IN_DOUBT,     /* it arrived, and no server confirmed that it was deleted */
} OptRemains;

/**
 * OptDeliveryOptions:
 * @via: the service by which the mailbox is watched, %OPT_SERVICE_IMAP or %OPT_SERVICE_POP3
 * @timeouts: how long is too long for each server; @timeouts.total_ms and @timeouts.message_ms are
 *   not used
 * @patience_ms: how long to wait for the server to accept the message, and then for the message
 * @first_pause_ms: how long to wait before looking again; each pause is longer than the last
 * @was_seen: whether the message was in the mailbox before; where it is not now, it is gone
 * @accepted_us: how long it took until the server had the message, if it was sent before and that
 * is known, microseconds; else -1
 * @network: (nullable): a world of its own instead of the real network
 */
typedef struct
{
  OptService via;
  OptTimeouts timeouts;
  guint patience_ms;
  guint first_pause_ms;
  gboolean was_seen;
  gint64 accepted_us;
  OptNetwork *network;
} OptDeliveryOptions;

/* What suits a person who waits. */
#define OPT_DELIVERY_OPTIONS_DEFAULT                                                               \
  ((OptDeliveryOptions){ .via = OPT_SERVICE_IMAP,                                                  \
                         .timeouts = OPT_TIMEOUTS_DEFAULT,                                         \
                         .patience_ms = 120000,                                                    \
                         .first_pause_ms = 1000,                                                   \
                         .accepted_us = -1 })

#define OPT_TYPE_DELIVERY (opt_delivery_get_type ())

/**
 * OptDelivery:
 *
 * A test message from a mailbox to itself, there and back: sent, looked for by its Message-ID,
 * deleted. Once only; whoever makes one has asked the person, and opt_delivery_log_admit().
 *
 * Signals: `changed`, whenever the stage changed.
 */
G_DECLARE_FINAL_TYPE (OptDelivery, opt_delivery, OPT, DELIVERY, GObject)

/**
 * opt_delivery_new:
 * @account: an account with a server for @options' way to watch and, if there is something to send,
 *   one for SMTP; of several the first counts
 * @message: (transfer full): what to send; one of opt_message_new_sent() is only looked for
 * @options: how to go about it; copied, with a reference to what it points to
 *
 * Returns: (transfer full): a delivery that does nothing until opt_delivery_run_async()
 */
OptDelivery *
opt_delivery_new (OptAccount *account, OptMessage *message, const OptDeliveryOptions *options);

/**
 * opt_delivery_run_async:
 * @self: a delivery that has not run
 * @secret: the password; a reference is held until it is over
 * @cancellable: (nullable): ends it at once
 * @callback: called when it is over
 * @user_data: for @callback
 */
void opt_delivery_run_async (OptDelivery *self,
                             OptSecret *secret,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * opt_delivery_run_finish:
 * @self: a delivery
 * @result: what the callback got
 *
 * Returns: how it ended
 */
OptDeliveryResult opt_delivery_run_finish (OptDelivery *self, GAsyncResult *result);

/**
 * opt_delivery_get_account:
 * @self: a delivery
 *
 * Returns: (transfer none): the account
 */
OptAccount *opt_delivery_get_account (OptDelivery *self);

/**
 * opt_delivery_get_message:
 * @self: a delivery
 *
 * Returns: (transfer none): what is sent, or looked for
 */
const OptMessage *opt_delivery_get_message (OptDelivery *self);

/**
 * opt_delivery_get_via:
 * @self: a delivery
 *
 * Returns: the service by which the mailbox is watched
 */
OptService opt_delivery_get_via (OptDelivery *self);

/**
 * opt_delivery_get_stage:
 * @self: a delivery
 *
 * Returns: what it is doing
 */
OptDeliveryStage opt_delivery_get_stage (OptDelivery *self);

/**
 * opt_delivery_get_result:
 * @self: a delivery
 *
 * Returns: how it ended; %OPT_DELIVERY_NONE until then
 */
OptDeliveryResult opt_delivery_get_result (OptDelivery *self);

/**
 * opt_delivery_get_remaining_ms:
 * @self: a delivery
 *
 * Returns: how much longer it would wait, milliseconds; all of it before it waits, 0 afterwards
 */
guint opt_delivery_get_remaining_ms (OptDelivery *self);

/**
 * opt_delivery_get_accepted_us:
 * @self: a delivery
 *
 * Returns: how long it took until the server for SMTP had the message, microseconds, or -1
 */
gint64 opt_delivery_get_accepted_us (OptDelivery *self);

/**
 * opt_delivery_get_arrived_us:
 * @self: a delivery
 *
 * Returns: how long it took from there until the message was seen, microseconds, or -1
 */
gint64 opt_delivery_get_arrived_us (OptDelivery *self);

/**
 * opt_delivery_get_found_s:
 * @self: a delivery
 *
 * Returns: of a message that was sent before, how long it took at most from there until it was in
 *   the mailbox, seconds, or -1
 */
gint64 opt_delivery_get_found_s (OptDelivery *self);

/**
 * opt_delivery_get_arrival:
 * @self: a delivery
 *
 * Returns: (transfer none) (nullable): what its header tells, once it was found
 */
const OptArrival *opt_delivery_get_arrival (OptDelivery *self);

/**
 * opt_delivery_is_in_junk:
 * @self: a delivery
 *
 * Returns: whether it was found in the mailbox for junk
 */
gboolean opt_delivery_is_in_junk (OptDelivery *self);

/**
 * opt_delivery_get_remains:
 * @self: a delivery
 *
 * Returns: what is left of the message, as far as is known
 */
OptRemains opt_delivery_get_remains (OptDelivery *self);

/**
 * opt_delivery_is_left:
 * @self: a delivery
 *
 * Returns: whether the message is, or may be, on its way or in the mailbox
 */
gboolean opt_delivery_is_left (OptDelivery *self);

/**
 * opt_delivery_get_problem:
 * @self: a delivery
 * @diagnosis: (out): return location for what it means
 *
 * What kept it from being sent, from being seen or from being deleted.
 *
 * Returns: (transfer none) (nullable): the evidence, with the server that it is about, or %NULL
 */
const OptEvidence *opt_delivery_get_problem (OptDelivery *self, OptDiagnosis *diagnosis);

/**
 * opt_delivery_dup_transcripts:
 * @self: a delivery
 *
 * Returns: (transfer full) (element-type OptTranscript): what was said so far, a dialogue each
 */
GPtrArray *opt_delivery_dup_transcripts (OptDelivery *self);

G_END_DECLS
