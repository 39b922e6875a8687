/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-cli-progress.h"
#include "opt-cli.h"
#include "opt-delivery.h"

G_BEGIN_DECLS

/**
 * OptCliDelivery:
 * @check: a check that is over
 * @secret: the password
 * @network: (nullable): a world of its own instead of the real network
 * @timeouts: how long is too long for a server
 * @resume_id: (nullable): the id of a message that was sent before, to look for that one only
 * @parts: what to print while it runs
 *
 * What a test message is sent with.
 */
typedef struct
{
  OptCheck *check;
  OptSecret *secret;
  OptNetwork *network;
  const OptTimeouts *timeouts;
  const char *resume_id;
  OptCliProgressParts parts;
} OptCliDelivery;

/**
 * opt_cli_deliver:
 * @cli: the program
 * @wish: what to send it with
 * @delivery: (out) (transfer full) (nullable): return location for the delivery, which is over;
 *   %NULL where none was begun
 *
 * Sends the test message through the servers that work, if they are enough for it and the limits
 * allow one more, and waits for it. Complains where it does not.
 *
 * Returns: how to end
 */
OptCliStatus
opt_cli_deliver (OptCli *cli, const OptCliDelivery *wish, OptDelivery **delivery);

/**
 * opt_cli_print_delivery:
 * @delivery: a delivery that is over
 *
 * Prints how it ended, and how to look for the message again.
 */
void opt_cli_print_delivery (OptDelivery *delivery);

G_END_DECLS
