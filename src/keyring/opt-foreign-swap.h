/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-foreign-item.h"

G_BEGIN_DECLS

/**
 * OptForeignSwap:
 *
 * What several items hold, exchanged together or not at all. For one thread from beginning to end;
 * its functions block, and their errors are those of #OptKeyringInterface.
 */
typedef struct _OptForeignSwap OptForeignSwap;

/**
 * opt_foreign_swap_new:
 * @cancellable: (nullable): stops all but opt_foreign_swap_put_back()
 *
 * Returns: (transfer full): nothing to exchange yet; the keyring is not asked before there is
 */
OptForeignSwap *opt_foreign_swap_new (GCancellable *cancellable);

/**
 * opt_foreign_swap_free:
 * @self: (transfer full): an exchange
 *
 * What was written stays.
 */
void opt_foreign_swap_free (OptForeignSwap *self);

/**
 * opt_foreign_swap_add:
 * @self: an exchange
 * @item: what the password is for; is copied
 * @content: what it shall hold
 * @n_found: (out): how many items there are for that
 * @error: return location
 *
 * Reads what there is now, and changes nothing. May wait for a person who is asked to unlock the
 * keyring.
 *
 * Returns: whether it was read
 */
gboolean opt_foreign_swap_add (OptForeignSwap *self,
                               const OptForeignItem *item,
                               GBytes *content,
                               guint *n_found,
                               GError **error);

/**
 * opt_foreign_swap_write:
 * @self: an exchange
 * @error: return location; %OPT_ERROR_PASSWORD_MIXED, with the item's label, when after another
 *   failure one item does not take back what it held
 *
 * Returns: whether all items hold their new content; else they hold what they held before
 */
gboolean opt_foreign_swap_write (OptForeignSwap *self, GError **error);

/**
 * opt_foreign_swap_put_back:
 * @self: an exchange that was written
 * @error: return location; %OPT_ERROR_PASSWORD_MIXED, with the item's label, when an item does not
 *   take back what it held
 *
 * Returns: whether all items hold what they held before
 */
gboolean opt_foreign_swap_put_back (OptForeignSwap *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptForeignSwap, opt_foreign_swap_free)

G_END_DECLS
