/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-account.h"

G_BEGIN_DECLS

/**
 * OptMessage:
 * @id: its Message-ID (RFC 5322 §3.6.4), without the angle brackets; unique
 * @subject: its subject, as people read it
 * @sent_s: when it was sent, seconds since 1970; 0 where that is not known
 * @bytes: (nullable): all of it, with CRLF line ends, in ASCII; %NULL of one that was sent before
 *
 * A test message from somebody to themselves.
 */
typedef struct
{
  char *id;
  char *subject;
  gint64 sent_s;
  GBytes *bytes;
} OptMessage;

/**
 * OptArrival:
 * @servers: (array zero-terminated=1): the servers that took the message, in the order in which
 *   they did (RFC 5321 §4.4)
 * @subject: (nullable): its subject now, if somebody changed it
 * @marked_junk: whether a filter wrote into the header that it takes it for junk
 *
 * What the header of a message tells of its way. Written by servers: not to be trusted as text.
 */
typedef struct
{
  char **servers;
  char *subject;
  gboolean marked_junk;
} OptArrival;

/**
 * opt_message_new:
 * @account: whose it is: sender and recipient
 * @subject: its subject
 * @text: its words, lines separated by newlines
 * @now: the time to date it with
 *
 * Says that a program wrote it (RFC 3834 §5), so that nobody's holiday notice answers it.
 *
 * Returns: (transfer full): a message
 */
OptMessage *
opt_message_new (OptAccount *account, const char *subject, const char *text, GDateTime *now);

/**
 * opt_message_new_sent:
 * @id: the Message-ID of a message that was sent before, without the angle brackets
 * @subject: its subject
 * @sent_s: when it was sent, seconds since 1970; 0 where that is not known
 *
 * Returns: (transfer full): what is still known of it
 */
OptMessage *opt_message_new_sent (const char *id, const char *subject, gint64 sent_s);

/**
 * opt_message_free:
 * @self: (transfer full): a message
 */
void opt_message_free (OptMessage *self);

/**
 * opt_message_is_id:
 * @id: text that somebody typed
 *
 * Returns: whether it has the form of our own messages' ids
 */
gboolean opt_message_is_id (const char *id);

/**
 * opt_message_dup_id:
 * @header: the header of some message, as it came from a server
 *
 * Returns: (transfer full) (nullable): its Message-ID without the angle brackets, if it has one
 */
char *opt_message_dup_id (const char *header);

/**
 * opt_arrival_new:
 * @header: the header of a message that arrived
 * @subject: the subject that it was sent with
 *
 * Returns: (transfer full): what it tells
 */
OptArrival *opt_arrival_new (const char *header, const char *subject);

/**
 * opt_arrival_free:
 * @self: (transfer full): an arrival
 */
void opt_arrival_free (OptArrival *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptMessage, opt_message_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptArrival, opt_arrival_free)

G_END_DECLS
