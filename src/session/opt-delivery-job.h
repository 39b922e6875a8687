/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-check.h"
#include "opt-delivery.h"
#include "opt-network-source.h"
#include "opt-secret.h"

G_BEGIN_DECLS

/* Where a test message is. */
typedef enum
{
  OPT_DELIVERY_READY,   /* may be sent; an error says why the last wish was refused */
  OPT_DELIVERY_BUSY,    /* see opt_delivery_get_stage() */
  OPT_DELIVERY_SETTLED, /* see opt_delivery_get_result() */
} OptDeliveryState;

#define OPT_TYPE_DELIVERY_JOB (opt_delivery_job_get_type ())

/**
 * OptDeliveryJob:
 *
 * A test message of somebody who has checked an account: sent when they ask for it and at no other
 * time, looked for again when they ask for that.
 *
 * Signals: `changed`, whenever there is something else to show.
 */
G_DECLARE_FINAL_TYPE (OptDeliveryJob, opt_delivery_job, OPT, DELIVERY_JOB, GObject)

/**
 * opt_delivery_job_new:
 * @check: a check that is over
 * @incoming: the way of receiving that the person uses, preferred for looking
 * @secret: the password; a reference is held
 * @network_source: (nullable): where the network comes from
 * @log_path: (nullable): the log of test messages; %NULL for no log and no limits, for practice
 *
 * Returns: (transfer full) (nullable): a job, or %NULL where too little works for it: sending, and
 *   one way of receiving
 */
OptDeliveryJob *opt_delivery_job_new (OptCheck *check,
                                      OptService incoming,
                                      OptSecret *secret,
                                      OptNetworkSource *network_source,
                                      const char *log_path);

/**
 * opt_delivery_job_send:
 * @self: a job that is not busy
 *
 * Sends another test message, if the limits allow one.
 */
void opt_delivery_job_send (OptDeliveryJob *self);

/**
 * opt_delivery_job_look_again:
 * @self: a job that is not busy, and whose message is left, or that has an earlier one
 *
 * Looks again for the message that was sent, and sends none.
 */
void opt_delivery_job_look_again (OptDeliveryJob *self);

/**
 * opt_delivery_job_cancel:
 * @self: a job
 *
 * Stops it, if it is busy.
 */
void opt_delivery_job_cancel (OptDeliveryJob *self);

/**
 * opt_delivery_job_get_state:
 * @self: a job
 *
 * Returns: where it is
 */
OptDeliveryState opt_delivery_job_get_state (OptDeliveryJob *self);

/**
 * opt_delivery_job_is_under_way:
 * @self: a job
 *
 * Returns: whether a message is, or may be, on its way, and will be deleted when it is found; if it
 *   is stopped now, the message is left
 */
gboolean opt_delivery_job_is_under_way (OptDeliveryJob *self);

/**
 * opt_delivery_job_has_earlier:
 * @self: a job that is not busy
 *
 * Returns: whether nothing is left of its message, or there was none, but the log knows of an
 *   earlier one of this address that may still arrive
 */
gboolean opt_delivery_job_has_earlier (OptDeliveryJob *self);

/**
 * opt_delivery_job_get_delivery:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the delivery that is under way or settled
 */
OptDelivery *opt_delivery_job_get_delivery (OptDeliveryJob *self);

/**
 * opt_delivery_job_get_error:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): why no message was sent when it was asked for
 */
const GError *opt_delivery_job_get_error (OptDeliveryJob *self);

G_END_DECLS
