/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How far the deletion of a message is. */
typedef enum
{
  OPT_REMOVAL_NOTHING, /* it was not asked for, or refused */
  OPT_REMOVAL_AT_RISK, /* it was asked for, and no answer came: the message is there, or not */
  OPT_REMOVAL_DONE,
  OPT_REMOVAL_BY_OTHERS, /* it was seen before, and is not there any more */
} OptRemoval;

/**
 * OptSought:
 * @message_id: the Message-ID (RFC 5322 §3.6.4) of the one message that is looked for, without the
 *   angle brackets
 * @known: (element-type utf8 utf8): unique ids (RFC 1939 §7, UIDL) of messages that are others
 * @n_known: how many messages there were before, for servers without UIDL; -1 when that is unknown
 * @header: (nullable): its header as it arrived, once it was found
 * @found_us: when it was found, as g_get_monotonic_time(); 0 until then
 * @in_junk: whether it was found among the junk
 * @removal: how far its deletion is
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
  OptRemoval removal;
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
