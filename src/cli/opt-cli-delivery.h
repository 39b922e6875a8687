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
 * @patience_s: how long to wait for the message at most, seconds; 0 for as long as is usual
 * @sent_before: (nullable): a message to look for, in place of sending one
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
  guint patience_s;
  OptMessage *sent_before;
  OptCliProgressParts parts;
} OptCliDelivery;

/**
 * opt_cli_find_delivery:
 * @account: whose test message it was
 * @id: the id under which it was sent
 * @message: (out) (transfer full): return location for what is known of it
 *
 * Complains about an id that is not known.
 *
 * Returns: %OPT_CLI_DONE, or how to end
 */
OptCliStatus opt_cli_find_delivery (OptAccount *account, const char *id, OptMessage **message);

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
OptCliStatus opt_cli_deliver (OptCli *cli, const OptCliDelivery *wish, OptDelivery **delivery);

/**
 * opt_cli_print_delivery:
 * @cli: the program
 * @delivery: a delivery that is over
 *
 * Prints how it ended, and how to look for the message again, except in practice, which keeps
 * nothing of it.
 */
void opt_cli_print_delivery (OptCli *cli, OptDelivery *delivery);

G_END_DECLS
