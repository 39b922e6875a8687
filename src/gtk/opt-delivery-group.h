/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-job-group.h"

#include "opt-delivery-job.h"

G_BEGIN_DECLS

#define OPT_TYPE_DELIVERY_GROUP (opt_delivery_group_get_type ())

/**
 * OptDeliveryGroup:
 *
 * A test message to oneself: the offer, the wait with its countdown, and what became of it.
 */
G_DECLARE_FINAL_TYPE (OptDeliveryGroup, opt_delivery_group, OPT, DELIVERY_GROUP, OptJobGroup)

/**
 * opt_delivery_group_set_job:
 * @self: a group
 * @job: (nullable): what to show; %NULL for nothing
 *
 * Follows @job. The group is visible as long as there is one.
 */
void opt_delivery_group_set_job (OptDeliveryGroup *self, OptDeliveryJob *job);

G_END_DECLS
