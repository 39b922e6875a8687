/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OptSought:
 * @message_id: the Message-ID (RFC 5322 §3.6.4) of the one message that is looked for, without the
 *   angle brackets
 * @known: (element-type utf8 utf8): unique ids (RFC 1939 §7, UIDL) of messages that are others
 * @n_known: how many messages there were before, for servers without UIDL; -1 when that is unknown
 * @header: (nullable): its header as it arrived, once it was found
 * @found_us: when it was found, as g_get_monotonic_time(); 0 until then
 * @in_junk: whether it was found among the junk
 * @removed: whether the server confirmed that it was deleted
 *
 * A message that is looked for in a mailbox, and what is known of it so far. Filled in by the
 * errands that look, over several connections if need be. Reference-counted, one thread.
 */
typedef struct
{
  char *message_id;
  GHashTable *known;
  gint64 n_known;
  char *header;
  gint64 found_us;
  gboolean in_junk;
  gboolean removed;
} OptSought;

/**
 * opt_sought_new:
 * @message_id: the Message-ID to look for, without the angle brackets
 *
 * Returns: (transfer full): a message that was not found yet
 */
OptSought *opt_sought_new (const char *message_id);

/**
 * opt_sought_ref:
 * @self: a message that is looked for
 *
 * Returns: (transfer full): @self
 */
OptSought *opt_sought_ref (OptSought *self);

/**
 * opt_sought_unref:
 * @self: (transfer full): a message that is looked for
 */
void opt_sought_unref (OptSought *self);

/**
 * opt_sought_try_header:
 * @self: a message that is looked for
 * @header: (transfer full): the header of a message in the mailbox
 *
 * Keeps @header if it is the one: its Message-ID is the same, letter by letter.
 *
 * Returns: whether it is
 */
gboolean opt_sought_try_header (OptSought *self, char *header);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptSought, opt_sought_unref)

G_END_DECLS
