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
 * opt_foreign_item_store:
 * @self: what the password is for
 * @secret: the password
 * @before: (out) (optional) (nullable) (transfer full): the password that was kept for the same
 *   until now; %NULL when there was none
 * @cancellable: (nullable): to stop it
 * @error: return location; see #OptKeyringInterface
 *
 * Keeps the password for the program. After a failure the keyring is as it was before, as far as
 * it lets us. Blocks, and may wait for a person who is asked to unlock the keyring.
 *
 * Returns: whether it is kept
 */
gboolean opt_foreign_item_store (const OptForeignItem *self,
                                 OptSecret *secret,
                                 OptSecret **before,
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
