/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OptPracticeMessage:
 * @uid: its unique number, from 1
 * @text: all of it, with CRLF line ends
 * @in_junk: whether it lies in the mailbox for junk
 * @deleted: whether it is marked, as IMAP does
 * @available_us: from when on anybody sees it, as g_get_monotonic_time()
 *
 * One message that was delivered.
 */
typedef struct
{
  guint uid;
  char *text;
  gboolean in_junk;
  gboolean deleted;
  gint64 available_us;
} OptPracticeMessage;

/**
 * OptPracticeStore:
 *
 * The messages that were delivered to an account, shared by the servers that it has: what goes in
 * by SMTP comes out by POP3 and IMAP. Reference-counted and thread-safe.
 */
typedef struct _OptPracticeStore OptPracticeStore;

/**
 * opt_practice_store_new:
 *
 * Returns: (transfer full): a store with nothing in it
 */
OptPracticeStore *opt_practice_store_new (void);

/**
 * opt_practice_store_ref:
 * @self: a store
 *
 * Returns: (transfer full): @self
 */
OptPracticeStore *opt_practice_store_ref (OptPracticeStore *self);

/**
 * opt_practice_store_unref:
 * @self: (transfer full): a store
 */
void opt_practice_store_unref (OptPracticeStore *self);

/**
 * opt_practice_store_set_delivery:
 * @self: a store
 * @delay_ms: how long each message is on its way from now on
 * @header: (nullable): what to put above each, lines with CRLF
 * @in_junk: whether to put each into the mailbox for junk
 */
void opt_practice_store_set_delivery (OptPracticeStore *self,
                                      guint delay_ms,
                                      const char *header,
                                      gboolean in_junk);

/**
 * opt_practice_store_add:
 * @self: a store
 * @text: a message with CRLF line ends
 */
void opt_practice_store_add (OptPracticeStore *self, const char *text);

/**
 * opt_practice_store_dup_messages:
 * @self: a store
 * @in_junk: those in the mailbox for junk, or the others
 *
 * Returns: (transfer full) (element-type OptPracticeMessage): copies of what is there now, in the
 *   order of their arrival
 */
GPtrArray *opt_practice_store_dup_messages (OptPracticeStore *self, gboolean in_junk);

/**
 * opt_practice_store_mark:
 * @self: a store
 * @uid: a message
 * @deleted: whether it is to be marked as deleted
 */
void opt_practice_store_mark (OptPracticeStore *self, guint uid, gboolean deleted);

/**
 * opt_practice_store_remove:
 * @self: a store
 * @uid: a message, which is gone afterwards
 */
void opt_practice_store_remove (OptPracticeStore *self, guint uid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptPracticeStore, opt_practice_store_unref)

G_END_DECLS
