/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-delivery.h"
#include "opt-patience.h"
#include "opt-watcher.h"

G_BEGIN_DECLS

struct _OptDelivery
{
  GObject parent_instance;

  OptAccount *account;
  OptMessage *message;
  OptDeliveryOptions options;
  OptTransportGroup *group;
  OptSecret *secret;

  OptDeliveryStage stage;
  OptDeliveryResult result;
  OptSought *sought;
  OptWatcher *watcher;
  OptErrand *sending;
  OptAttempt *attempt; /* to send */
  GPtrArray *transcripts;
  OptEvidence *problem;
  OptArrival *arrival;
  OptPatience patience;
  gint64 begun_us;

  GTask *task;
  GSource *cancellation;
};

G_END_DECLS
