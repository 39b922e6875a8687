/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-account-store.h"
#include "opt-found-item.h"
#include "opt-network-source.h"

G_BEGIN_DECLS

/* For OptFoundList, which makes the items and is the only one to change them. */

struct _OptFoundItem
{
  GObject parent_instance;

  guint id;
  OptReview *review;
  char *file;
  GDateTime *saved; /* NULL in other programs */
  GDateTime *checked;
  char *last_verdict;
  OptSecret *secret;
  gboolean kept;             /* our keyring has its password */
  GCancellable *cancellable; /* while it is busy */
  gboolean testing;
  gboolean waiting; /* for the test of another account with the same address */
};

/**
 * opt_found_item_new:
 * @id: a number that no other has
 * @found: the account as it was found
 * @providers: the providers that it may belong to
 * @file: (nullable): the file that it was opened from by hand
 *
 * Returns: (transfer full): an account of a list
 */
OptFoundItem *
opt_found_item_new (guint id, OptFound *found, OptProviders *providers, const char *file);

/**
 * opt_found_item_set_saved:
 * @self: an account that was set up with us
 * @saved: what is known of it
 */
void opt_found_item_set_saved (OptFoundItem *self, const OptSavedAccount *saved);

/**
 * opt_found_item_set_kept:
 * @self: an account
 * @kept: whether our keyring has its password
 */
void opt_found_item_set_kept (OptFoundItem *self, gboolean kept);

/**
 * opt_found_item_set_secret:
 * @self: an account
 * @secret: (nullable): its password
 */
void opt_found_item_set_secret (OptFoundItem *self, OptSecret *secret);

/**
 * opt_found_item_begin:
 * @self: an account that is not busy
 *
 * It is busy from now on.
 *
 * Returns: (transfer none): to end that with
 */
GCancellable *opt_found_item_begin (OptFoundItem *self);

/**
 * opt_found_item_end:
 * @self: an account that is busy
 */
void opt_found_item_end (OptFoundItem *self);

/**
 * opt_found_item_create_account:
 * @self: an account
 *
 * Returns: (transfer full) (nullable): whose password to look for in our keyring: with every server
 *   that it may have been given for
 */
OptAccount *opt_found_item_create_account (OptFoundItem *self);

/**
 * opt_found_item_create_servers:
 * @self: an account
 *
 * Returns: (transfer full) (element-type OptServer): every server that a test may ask, as it is or
 *   as it should be
 */
GPtrArray *opt_found_item_create_servers (OptFoundItem *self);

G_END_DECLS
