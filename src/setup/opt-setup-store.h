/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-file-lock.h"
#include "opt-setup-record.h"

G_BEGIN_DECLS

/**
 * OptSetupStore:
 *
 * The list of what was set up in other programs, a key file in the person's state folder, so that
 * it can be undone later. Its functions block for as long as the disk takes; may be shared between
 * threads.
 *
 * Their errors are %OPT_ERROR_SETUPS_INVALID when the file cannot be read, and those of
 * opt_file_write().
 */
typedef struct _OptSetupStore OptSetupStore;

/**
 * opt_setup_store_new:
 * @path: where the list is; nothing has to be there yet
 *
 * Returns: (transfer full): the list; free with opt_setup_store_unref()
 */
OptSetupStore *opt_setup_store_new (const char *path);

/**
 * opt_setup_store_dup_default_path:
 *
 * Returns: (transfer full): `$XDG_STATE_HOME/optsetup/setups.ini`
 */
char *opt_setup_store_dup_default_path (void);

/**
 * opt_setup_store_ref:
 * @self: a list
 *
 * Returns: (transfer full): @self. Thread-safe.
 */
OptSetupStore *opt_setup_store_ref (OptSetupStore *self);

/**
 * opt_setup_store_unref:
 * @self: (transfer full): a list
 *
 * Thread-safe.
 */
void opt_setup_store_unref (OptSetupStore *self);

/**
 * opt_setup_store_find:
 * @self: a list
 * @client_id: the client's id
 * @address: whose mail it is
 * @error: return location; also %OPT_ERROR_SETUP_UNKNOWN when nothing was set up there
 *
 * Returns: (transfer full) (nullable): what was set up
 */
OptSetupRecord *opt_setup_store_find (OptSetupStore *self,
                                      const char *client_id,
                                      const char *address,
                                      GError **error);

/**
 * opt_setup_store_save:
 * @self: a list
 * @record: what was set up
 * @error: return location; also %OPT_ERROR_SETUP_KNOWN when there is one for the same program and
 *   address, which stays: it may be all that is known of what was done then
 *
 * Returns: whether it is in the list
 */
gboolean opt_setup_store_save (OptSetupStore *self, const OptSetupRecord *record, GError **error);

/**
 * opt_setup_store_replace:
 * @self: a list
 * @record: what was set up
 * @error: return location
 *
 * Returns: whether it is in the list, in the place of the caller's own for the same program and
 *   address
 */
gboolean
opt_setup_store_replace (OptSetupStore *self, const OptSetupRecord *record, GError **error);

/**
 * opt_setup_store_lock:
 * @self: a list
 *
 * Programs are set up, and that undone, one at a time: waits until nobody else does. The other
 * functions can be called meanwhile.
 *
 * Returns: the right to, for g_auto() or opt_file_unlock()
 */
OptFileLock opt_setup_store_lock (OptSetupStore *self);

/**
 * opt_setup_store_forget:
 * @self: a list
 * @record: what was set up
 * @error: return location
 *
 * Returns: whether it is no longer in the list
 */
gboolean opt_setup_store_forget (OptSetupStore *self, const OptSetupRecord *record, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptSetupStore, opt_setup_store_unref)

G_END_DECLS
