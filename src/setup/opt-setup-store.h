/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
 * @error: return location
 *
 * Returns: whether it is in the list, in the place of one for the same program and address
 */
gboolean opt_setup_store_save (OptSetupStore *self, const OptSetupRecord *record, GError **error);

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
