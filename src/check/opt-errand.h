/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-sought.h"

G_BEGIN_DECLS

/**
 * OptErrand:
 *
 * What a dialogue does beyond the proof that the mailbox works: it begins where a check would end.
 * One errand is for one connection. Reference-counted, one thread.
 */
typedef struct _OptErrand OptErrand;

/* How far the sending of a message is. */
typedef enum
{
  OPT_SENDING_NOTHING,  /* no server has any of it */
  OPT_SENDING_AT_RISK,  /* it went out, and no answer came: the server has it, or not */
  OPT_SENDING_ACCEPTED, /* the server has it, and answers for it (RFC 5321 §4.2.5) */
} OptSending;

/**
 * opt_errand_send_new:
 * @message: a message with CRLF line ends
 *
 * For SMTP: sends @message from the mailbox to itself.
 *
 * Returns: (transfer full): an errand
 */
OptErrand *opt_errand_send_new (GBytes *message);

/**
 * opt_errand_send_get_state:
 * @self: an errand of opt_errand_send_new()
 *
 * Returns: how far it is
 */
OptSending opt_errand_send_get_state (const OptErrand *self);

/**
 * opt_errand_pop3_new:
 * @sought: what to look for; where to note what is found
 * @look: whether to look; %FALSE to learn which messages are there before it comes
 *
 * For POP3: a mailbox shows what arrived only to a new connection (RFC 1939 §4), so each is one
 * look. It asks for the headers of new messages only, newest first, 200 at most. When the message
 * is found it is deleted, and only then is the connection ended with QUIT, which carries that out
 * (RFC 1939 §6).
 *
 * Returns: (transfer full): an errand
 */
OptErrand *opt_errand_pop3_new (OptSought *sought, gboolean look);

/**
 * opt_errand_imap_new:
 * @sought: what to look for; where to note what is found
 *
 * For IMAP: opens INBOX read-only and waits; each time that it is told to go on it searches INBOX
 * and the mailbox for junk, if there is one, and waits again unless the message is there. When it
 * is, it is deleted and expunged, and no other message is.
 *
 * Returns: (transfer full): an errand
 */
OptErrand *opt_errand_imap_new (OptSought *sought);

/**
 * opt_errand_ref:
 * @self: an errand
 *
 * Returns: (transfer full): @self
 */
OptErrand *opt_errand_ref (OptErrand *self);

/**
 * opt_errand_unref:
 * @self: (transfer full): an errand
 */
void opt_errand_unref (OptErrand *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptErrand, opt_errand_unref)

G_END_DECLS
