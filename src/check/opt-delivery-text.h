/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-delivery.h"

G_BEGIN_DECLS

/**
 * opt_delivery_text_create_message:
 * @account: whose test message it is
 *
 * Returns: (transfer full): the message in the language of the person, dated now
 */
OptMessage *opt_delivery_text_create_message (OptAccount *account);

/**
 * opt_delivery_text_create_stage:
 * @delivery: a delivery
 *
 * Returns: (transfer full): what it is doing now, with a countdown while it waits; translated
 */
char *opt_delivery_text_create_stage (OptDelivery *delivery);

/**
 * opt_delivery_text_get_heading:
 * @delivery: a delivery that is over
 *
 * Returns: (transfer none): how it ended, in a few words; translated
 */
const char *opt_delivery_text_get_heading (OptDelivery *delivery);

/**
 * opt_delivery_text_create_sentences:
 * @delivery: a delivery that is over
 *
 * How it ended, what is known of the message and what is left of it, the most important first. What
 * servers said is cleaned.
 *
 * Returns: (transfer full) (array zero-terminated=1): sentences, translated
 */
char **opt_delivery_text_create_sentences (OptDelivery *delivery);

G_END_DECLS
