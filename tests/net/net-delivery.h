/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net-fixture.h"

#include "opt-delivery.h"

G_BEGIN_DECLS

/* What no healthy server needs, and what somebody has who wants to see a message missing. */
#define NET_DELIVERY_PATIENCE_MS 20000
#define NET_DELIVERY_SHORT_PATIENCE_MS 150

/* How long messages are on their way. */
#define NET_DELIVERY_LATE_MS 200
#define NET_DELIVERY_NEVER_MS 600000

/* A server that knows nothing newer than RFC 3501. */
#define NET_DELIVERY_OLD_IMAP                                                                      \
  {                                                                                                \
    "CAPABILITY", OPT_PRACTICE_TLS_AFTER, .reply = "* CAPABILITY IMAP4rev1\r\n%t OK Done\r\n"      \
  }

/* The three servers of one mailbox, and the way to it. */
typedef struct
{
  NetFixture *fixture;
  OptPracticeStore *store;
  OptPracticeServer *servers[OPT_N_SERVICES];
  OptAccount *account;
  OptSecret *secret;
} NetDelivery;

/**
 * net_delivery_set_up:
 * @self: (out caller-allocates): the servers
 * @security: the kind of TLS of all of them
 * @n_others: how many messages there are in the mailbox
 */
void net_delivery_set_up (NetDelivery *self, OptSecurity security, guint n_others);

/**
 * net_delivery_tear_down:
 * @self: the servers
 */
void net_delivery_tear_down (NetDelivery *self);

/**
 * net_delivery_create_delivery:
 * @self: the servers
 * @via: how the mailbox is watched
 * @patience_ms: how long to wait for the message
 *
 * Returns: (transfer full): a delivery of a new message
 */
OptDelivery *net_delivery_create_delivery (NetDelivery *self, OptService via, guint patience_ms);

/**
 * net_delivery_run:
 * @self: the servers
 * @delivery: a delivery that has not run
 * @cancellable: (nullable): ends it
 *
 * Runs it to its end.
 */
void net_delivery_run (NetDelivery *self, OptDelivery *delivery, GCancellable *cancellable);

/**
 * net_delivery_count_messages:
 * @self: the servers
 *
 * Returns: how many messages were delivered and are still there
 */
guint net_delivery_count_messages (NetDelivery *self);

/**
 * net_delivery_assert_hidden:
 * @self: the servers
 * @delivery: a delivery that is over
 *
 * Fails the test if the password was sent in the clear, or stands in what is shown.
 */
void net_delivery_assert_hidden (NetDelivery *self, OptDelivery *delivery);

/**
 * net_delivery_assert_sentences:
 * @delivery: a delivery that is over
 * @part: (nullable): what must be among the words about it
 *
 * Fails the test if it is not, or if a server's tricks show in the words.
 */
void net_delivery_assert_sentences (OptDelivery *delivery, const char *part);

G_END_DECLS
