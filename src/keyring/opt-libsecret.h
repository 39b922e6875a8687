/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-foreign-item.h"
#include "opt-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OptLibsecret:
 *
 * One visit to the desktop's keyring, for one thread from beginning to end. Its functions block;
 * their errors are those of #OptKeyringInterface. Our own items are described in the same way as
 * those of other programs.
 */
typedef struct _OptLibsecret OptLibsecret;

/**
 * OptLibsecretEntry:
 * @attributes: (element-type utf8 utf8): what it is for; some are missing when the keyring hides
 * them while locked
 * @label: what the person's keyring manager shows
 * @locked: whether it must be unlocked before it can be read
 *
 * An item found in the keyring.
 */
typedef struct
{
  GHashTable *attributes;
  char *label;
  gboolean locked;

  /*< private >*/
  GObject *found;
} OptLibsecretEntry;

/**
 * opt_libsecret_open:
 * @cancellable: (nullable): stops any of the calls below
 * @error: return location
 *
 * Starts afresh with the service, so that a keyring installed or restarted since is seen.
 *
 * Returns: (transfer full) (nullable): the visit
 */
OptLibsecret *opt_libsecret_open (GCancellable *cancellable, GError **error);

/**
 * opt_libsecret_close:
 * @self: (transfer full): a visit
 */
void opt_libsecret_close (OptLibsecret *self);

/**
 * opt_libsecret_ignore_cancellation:
 * @self: a visit
 *
 * For what has to be undone after a cancellation.
 */
void opt_libsecret_ignore_cancellation (OptLibsecret *self);

/**
 * opt_libsecret_search:
 * @self: a visit
 * @item: the schema, and the attributes that the items must have; there may be none
 * @error: return location
 *
 * Asks nobody to unlock.
 *
 * Returns: (transfer full) (element-type OptLibsecretEntry) (nullable): the items; may be empty
 */
GPtrArray *opt_libsecret_search (OptLibsecret *self, const OptForeignItem *item, GError **error);

/**
 * opt_libsecret_search_unlocked:
 * @self: a visit
 * @item: the schema, and the attributes that the items must have
 * @error: return location
 *
 * As opt_libsecret_search(), but asks to unlock what is locked.
 *
 * Returns: (transfer full) (element-type OptLibsecretEntry) (nullable): the items; may be empty
 */
GPtrArray *
opt_libsecret_search_unlocked (OptLibsecret *self, const OptForeignItem *item, GError **error);

/**
 * opt_libsecret_unlock_default:
 * @self: a visit
 * @error: return location
 *
 * Asks to unlock the place where opt_libsecret_store() puts items, if it is locked.
 *
 * Returns: whether it is unlocked, or is yet to be made
 */
gboolean opt_libsecret_unlock_default (OptLibsecret *self, GError **error);

/**
 * opt_libsecret_dup_default_label:
 * @self: a visit
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the name of that place; empty when it has none or is yet to
 *   be made
 */
char *opt_libsecret_dup_default_label (OptLibsecret *self, GError **error);

/**
 * opt_libsecret_read:
 * @self: a visit
 * @entry: what was found in this visit
 * @error: return location; also an OPT_ERROR_PASSWORD_ code
 *
 * Returns: (transfer full) (nullable): its password
 */
OptSecret *opt_libsecret_read (OptLibsecret *self, const OptLibsecretEntry *entry, GError **error);

/**
 * opt_libsecret_read_bytes:
 * @self: a visit
 * @entry: what was found in this visit
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what it holds, whatever that is; wiped with the last
 *   reference
 */
GBytes *
opt_libsecret_read_bytes (OptLibsecret *self, const OptLibsecretEntry *entry, GError **error);

/**
 * opt_libsecret_store:
 * @self: a visit
 * @item: what it is for
 * @secret: the password
 * @error: return location
 *
 * Returns: whether it is kept; an item for the same was replaced
 */
gboolean opt_libsecret_store (OptLibsecret *self,
                              const OptForeignItem *item,
                              OptSecret *secret,
                              GError **error);

/**
 * opt_libsecret_replace:
 * @self: a visit
 * @entry: what was found in this visit
 * @item: what was searched for
 * @content: what it shall hold; may be freed after the call
 * @error: return location
 *
 * Changes that very item, wherever it is, and nothing else about it.
 *
 * Returns: whether it holds that now
 */
gboolean opt_libsecret_replace (OptLibsecret *self,
                                const OptLibsecretEntry *entry,
                                const OptForeignItem *item,
                                GBytes *content,
                                GError **error);

/**
 * opt_libsecret_remove:
 * @self: a visit
 * @item: what it is for
 * @error: return location
 *
 * Returns: whether it is gone, or was not there
 */
gboolean opt_libsecret_remove (OptLibsecret *self, const OptForeignItem *item, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptLibsecret, opt_libsecret_close)

G_END_DECLS
