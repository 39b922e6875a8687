/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-check.h"
#include "opt-delivery.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * opt_report_add_servers:
 * @builder: a builder inside an array
 * @account: an account
 *
 * Adds `{"service":…,"host":…,"port":…,"security":…}` for the preferred server of each service.
 */
void opt_report_add_servers (JsonBuilder *builder, OptAccount *account);

/**
 * opt_report_create_json:
 * @check: a check that is over
 *
 * Returns: (transfer full): the result as README.md documents it, schema 1
 */
JsonNode *opt_report_create_json (OptCheck *check);

/**
 * opt_report_create_text:
 * @check: a check that is over
 *
 * All that somebody who helps from afar would ask for: versions, steps with their times, addresses,
 * TLS, certificates, the dialogue, diagnosis and advice. It holds the address of the account and
 * what the servers said, but never the password.
 *
 * Returns: (transfer full): plain text, valid UTF-8, with a line break at the end
 */
char *opt_report_create_text (OptCheck *check);

/**
 * opt_report_add_delivery:
 * @root: a result of opt_report_create_json()
 * @delivery: a delivery that is over
 *
 * Adds `delivery` to it, as README.md documents it.
 */
void opt_report_add_delivery (JsonNode *root, OptDelivery *delivery);

/**
 * opt_report_create_delivery_text:
 * @delivery: a delivery that is over
 *
 * What belongs below the text of opt_report_create_text(): how a test message fared, and what was
 * said about it. Nothing of other messages is in it.
 *
 * Returns: (transfer full): plain text, valid UTF-8, with a line break at the end
 */
char *opt_report_create_delivery_text (OptDelivery *delivery);

G_END_DECLS
