/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-review.h"

G_BEGIN_DECLS

/* What is known of the password of a found account. */
typedef enum
{
  OPT_FOUND_PASSWORD_UNKNOWN, /* somebody has to type it */
  OPT_FOUND_PASSWORD_KEPT,    /* our keyring has it */
  OPT_FOUND_PASSWORD_HELD,    /* it was typed, or found, in this session */
} OptFoundPassword;

#define OPT_TYPE_FOUND_PASSWORD (opt_found_password_get_type ())
GType opt_found_password_get_type (void);

/* How an account stands, as far as is known; what a list shows as an icon. */
typedef enum
{
  OPT_STANDING_UNKNOWN, /* of no provider that we know, and not tested */
  OPT_STANDING_GOOD,
  OPT_STANDING_OLD, /* works, but there is something to do */
  OPT_STANDING_BAD, /* does not work, or is not safe */
  OPT_STANDING_BUSY,
} OptStanding;

#define OPT_TYPE_FOUND_ITEM (opt_found_item_get_type ())

/**
 * OptFoundItem:
 *
 * One account of an #OptFoundList: what was found, what is thought of it, and what came of its
 * test.
 *
 * Properties: `password` (an #OptFoundPassword), `busy`: whether it is being tested, or its
 * password looked for. Signals: `changed`, whenever anything about it changed.
 */
G_DECLARE_FINAL_TYPE (OptFoundItem, opt_found_item, OPT, FOUND_ITEM, GObject)

/**
 * opt_found_item_get_id:
 * @self: an account
 *
 * Returns: a number that no other account of its list has or had
 */
guint opt_found_item_get_id (OptFoundItem *self);

/**
 * opt_found_item_get_found:
 * @self: an account
 *
 * Returns: (transfer none): the account as it was found
 */
OptFound *opt_found_item_get_found (OptFoundItem *self);

/**
 * opt_found_item_get_review:
 * @self: an account
 *
 * Returns: (transfer none): what is thought of it
 */
OptReview *opt_found_item_get_review (OptFoundItem *self);

/**
 * opt_found_item_get_address:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): whose it is, see opt_review_get_address()
 */
const char *opt_found_item_get_address (OptFoundItem *self);

/**
 * opt_found_item_is_saved:
 * @self: an account
 *
 * Returns: whether it was set up with us
 */
gboolean opt_found_item_is_saved (OptFoundItem *self);

/**
 * opt_found_item_get_checked:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): for one that was set up with us, when it was last checked
 */
GDateTime *opt_found_item_get_checked (OptFoundItem *self);

/**
 * opt_found_item_get_last_verdict:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): for one that was set up with us, what came of the last
 *   check: `works`, `partly` or `fails`
 */
const char *opt_found_item_get_last_verdict (OptFoundItem *self);

/**
 * opt_found_item_get_file:
 * @self: an account
 *
 * Returns: (transfer none) (nullable): the file that it was opened from by hand
 */
const char *opt_found_item_get_file (OptFoundItem *self);

/**
 * opt_found_item_get_password:
 * @self: an account
 *
 * Returns: what is known of its password
 */
OptFoundPassword opt_found_item_get_password (OptFoundItem *self);

/**
 * opt_found_item_is_busy:
 * @self: an account
 *
 * Returns: whether it is being tested, or its password looked for
 */
gboolean opt_found_item_is_busy (OptFoundItem *self);

/**
 * opt_found_item_get_standing:
 * @self: an account
 *
 * Returns: how it stands: after a test by that, before one by what differs
 */
OptStanding opt_found_item_get_standing (OptFoundItem *self);

/**
 * opt_found_item_was_refused:
 * @self: an account
 *
 * Returns: whether the last test ended with a server that did not accept the password
 */
gboolean opt_found_item_was_refused (OptFoundItem *self);

G_END_DECLS
