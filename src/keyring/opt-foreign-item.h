/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* As many as libsecret takes. */
#define OPT_FOREIGN_ITEM_MAX_ATTRIBUTES 31

/**
 * OptForeignItem:
 * @schema: the program's schema
 * @label: what the person's keyring manager shows
 * @attributes: (array zero-terminated=1): names and values in turn, at most
 *   %OPT_FOREIGN_ITEM_MAX_ATTRIBUTES of each, by which the program looks for it
 *
 * An item in the keyring as another mail program would have put it there itself; never the
 * password. Borrows its strings.
 */
typedef struct
{
  const char *schema;
  const char *label;
  const char *const *attributes;
} OptForeignItem;

/**
 * opt_foreign_item_check_free:
 * @self: what a password shall be for
 * @cancellable: (nullable): to stop it
 * @error: return location for %OPT_ERROR_SETUP_EXISTS when there is an item for the same; else see
 *   #OptKeyringInterface
 *
 * Asks nobody to unlock. Blocks.
 *
 * Returns: whether the keyring has none yet, as far as it tells
 */
gboolean
opt_foreign_item_check_free (const OptForeignItem *self, GCancellable *cancellable, GError **error);

/**
 * opt_foreign_item_look:
 * @self: what a password is for
 * @is_there: (out): whether the keyring has it, locked or not
 * @cancellable: (nullable): to stop it
 * @error: return location; see #OptKeyringInterface
 *
 * Asks nobody to unlock. Blocks.
 *
 * Returns: whether the keyring has told
 */
gboolean opt_foreign_item_look (const OptForeignItem *self,
                                gboolean *is_there,
                                GCancellable *cancellable,
                                GError **error);

/**
 * opt_foreign_item_read:
 * @self: what a password is for
 * @cancellable: (nullable): to stop it
 * @error: return location for %OPT_ERROR_KEYRING_NOT_FOUND when there is no such item; else see
 *   #OptKeyringInterface
 *
 * Blocks, and may wait for a person who is asked to unlock the keyring.
 *
 * Returns: (transfer full) (nullable): what the program keeps there, in the way it packs passwords;
 *   wiped with the last reference
 */
GBytes *
opt_foreign_item_read (const OptForeignItem *self, GCancellable *cancellable, GError **error);

/**
 * opt_foreign_item_store:
 * @self: what the password is for
 * @secret: the password
 * @is_there: (out): whether the item is there by now, and ours; after a failure, whether it may be
 * @cancellable: (nullable): to stop it
 * @error: return location for %OPT_ERROR_SETUP_EXISTS when there is an item for the same, which
 *   stays as it is; else see #OptKeyringInterface
 *
 * Keeps the password for the program. After a failure the keyring is as it was before, as far as
 * it lets us. Blocks, and may wait for a person who is asked to unlock the keyring.
 *
 * Returns: whether it is kept
 */
gboolean opt_foreign_item_store (const OptForeignItem *self,
                                 OptSecret *secret,
                                 gboolean *is_there,
                                 GCancellable *cancellable,
                                 GError **error);

/**
 * opt_foreign_item_remove:
 * @self: what the password is for
 * @cancellable: (nullable): to stop it
 * @error: return location; see #OptKeyringInterface
 *
 * Blocks, and may wait for a person who is asked to unlock the keyring.
 *
 * Returns: whether it is gone, or was not there
 */
gboolean
opt_foreign_item_remove (const OptForeignItem *self, GCancellable *cancellable, GError **error);

G_END_DECLS
