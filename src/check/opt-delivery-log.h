/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-account.h"
#include "opt-message.h"

G_BEGIN_DECLS

/* So that nobody makes a mailer of this program. */
#define OPT_DELIVERY_LOG_PAUSE_S 60
#define OPT_DELIVERY_LOG_MAX_A_DAY 5

/**
 * opt_delivery_log_dup_default_path:
 *
 * Returns: (transfer full): the file in the user's state folder
 */
char *opt_delivery_log_dup_default_path (void);

/**
 * opt_delivery_log_admit:
 * @path: the file
 * @address: whose message it would be
 * @message: the message
 * @now_s: the time, seconds since 1970
 * @error: return location for %OPT_ERROR_DELIVERY_TOO_SOON, %OPT_ERROR_DELIVERY_TOO_MANY or the
 *   errors of opt_file_write()
 *
 * Asks whether another test message may be sent, and notes that it is: at most one a minute and
 * five in 24 hours for an address, over all programs of ours. A time that lies ahead, because
 * the clock was set back, holds nobody up for the minute, and counts for the day if it is not
 * further away than one. A log that cannot be read is begun anew; one that cannot be written admits
 * nothing. Blocks for a moment.
 *
 * Returns: whether it may
 */
gboolean opt_delivery_log_admit (
  const char *path, OptAddress *address, const OptMessage *message, gint64 now_s, GError **error);

/**
 * opt_delivery_log_create_message:
 * @path: (nullable): the file; %NULL to practice, which floods nobody and keeps nothing
 * @account: whose test message it is
 * @error: return location for the errors of opt_delivery_log_admit()
 *
 * Returns: (transfer full) (nullable): a test message that may be sent now, see
 *   opt_delivery_text_create_message(); %NULL if none may
 */
OptMessage *opt_delivery_log_create_message (const char *path, OptAccount *account, GError **error);

/**
 * opt_delivery_log_find:
 * @path: the file
 * @address: whose message it was
 * @id: its Message-ID, without the angle brackets
 * @now_s: the time, seconds since 1970
 * @error: return location for %OPT_ERROR_DELIVERY_UNKNOWN
 *
 * Whatever is older than 30 days leaves the file. Blocks for a moment.
 *
 * Returns: (transfer full) (nullable): what is still known of a message that was sent in the last
 *   30 days
 */
OptMessage *opt_delivery_log_find (
  const char *path, OptAddress *address, const char *id, gint64 now_s, GError **error);

/**
 * opt_delivery_log_find_open:
 * @path: the file
 * @address: whose message it would be
 * @now_s: the time, seconds since 1970
 *
 * Whatever is older than 30 days leaves the file. Blocks for a moment.
 *
 * Returns: (transfer full) (nullable): the youngest message that may still be on its way or in the
 *   mailbox: admitted within five days, and no opt_delivery_log_close() since
 */
OptMessage *opt_delivery_log_find_open (const char *path, OptAddress *address, gint64 now_s);

/**
 * opt_delivery_log_close:
 * @path: the file
 * @id: the Message-ID of a message that was admitted, without the angle brackets
 *
 * Notes that nothing is left of it. Its time still counts for the limits. Blocks for a moment.
 */
void opt_delivery_log_close (const char *path, const char *id);

/**
 * opt_delivery_log_forget:
 * @path: the file
 * @address: whose messages
 * @error: return location for the errors of opt_file_write()
 *
 * Forgets them all, and with them what they count for the limits. Blocks for a moment.
 *
 * Returns: how many there were; 0 also where they could not be forgotten
 */
guint opt_delivery_log_forget (const char *path, OptAddress *address, GError **error);

G_END_DECLS
