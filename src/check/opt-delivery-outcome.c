/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a delivery has found out so far. */
#include "opt-delivery-private.h"

#include "opt-diagnose.h"

OptAccount *
opt_delivery_get_account (OptDelivery *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY (self), NULL);

  return self->account;
}

const OptMessage *
opt_delivery_get_message (OptDelivery *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY (self), NULL);

  return self->message;
}

OptService
opt_delivery_get_via (OptDelivery *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY (self), OPT_SERVICE_IMAP);

  return self->options.via;
}

OptDeliveryStage
opt_delivery_get_stage (OptDelivery *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY (self), OPT_DELIVERY_ENDED);

  return self->stage;
}

OptDeliveryResult
opt_delivery_get_result (OptDelivery *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY (self), OPT_DELIVERY_NONE);

  return self->result;
}

guint
opt_delivery_get_remaining_ms (OptDelivery *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY (self), 0);

  return self->stage == OPT_DELIVERY_ENDED ? 0 : opt_patience_get_remaining_ms (&self->patience);
}

static OptSending
get_sending (const OptDelivery *self)
{
  return self->sending != NULL ? opt_errand_send_get_state (self->sending) : OPT_SENDING_NOTHING;
}

gint64
opt_delivery_get_accepted_us (OptDelivery *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY (self), -1);

  if (self->message->bytes == NULL)
    return self->options.accepted_us;

  return get_sending (self) == OPT_SENDING_ACCEPTED ? self->patience.since_us - self->begun_us : -1;
}

gint64
opt_delivery_get_arrived_us (OptDelivery *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY (self), -1);

  if (self->sought->found_us == 0 || self->begun_us == 0)
    return -1;

  return self->sought->found_us - self->patience.since_us;
}

gint64
opt_delivery_get_found_s (OptDelivery *self)
{
  gint64 found_s;

  g_return_val_if_fail (OPT_IS_DELIVERY (self), -1);

  if (self->message->bytes != NULL || self->message->sent_s <= 0 || self->sought->found_us == 0)
    return -1;

  found_s =
    (g_get_real_time () - (g_get_monotonic_time () - self->sought->found_us)) / G_USEC_PER_SEC;

  /* The clock may have been set back. */
  return MAX (found_s - self->message->sent_s, -1);
}

const OptArrival *
opt_delivery_get_arrival (OptDelivery *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY (self), NULL);

  return self->arrival;
}

gboolean
opt_delivery_is_in_junk (OptDelivery *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY (self), FALSE);

  return self->sought->in_junk;
}

OptRemains
opt_delivery_get_remains (OptDelivery *self)
{
  g_return_val_if_fail (OPT_IS_DELIVERY (self), OPT_REMAINS_NOTHING);

  switch (self->sought->removal)
    {
    case OPT_REMOVAL_DONE:
      return OPT_REMAINS_NOTHING;
    case OPT_REMOVAL_BY_OTHERS:
      return OPT_REMAINS_NOT_ANY_MORE;
    case OPT_REMOVAL_AT_RISK:
      return OPT_REMAINS_IN_DOUBT;
    case OPT_REMOVAL_NOTHING:
      break;
    }

  if (self->sought->header != NULL)
    return OPT_REMAINS_IN_MAILBOX;

  return self->message->bytes == NULL || get_sending (self) != OPT_SENDING_NOTHING
           ? OPT_REMAINS_UNDER_WAY
           : OPT_REMAINS_NOTHING;
}

gboolean
opt_delivery_is_left (OptDelivery *self)
{
  return opt_delivery_get_remains (self) >= OPT_REMAINS_UNDER_WAY;
}

const OptEvidence *
opt_delivery_get_problem (OptDelivery *self, OptDiagnosis *diagnosis)
{
  g_return_val_if_fail (OPT_IS_DELIVERY (self) && diagnosis != NULL, NULL);

  *diagnosis = self->problem != NULL ? opt_diagnose (self->problem) : OPT_DIAGNOSIS_WORKS;

  return self->problem;
}
