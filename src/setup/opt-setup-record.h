/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OptSetupRecord:
 *
 * What setting a program up has changed on this computer, and so what can be taken back. Never a
 * password. Immutable once made, reference-counted; may be shared between threads.
 */
typedef struct _OptSetupRecord OptSetupRecord;

#define OPT_TYPE_SETUP_RECORD (opt_setup_record_get_type ())
GType opt_setup_record_get_type (void);

/**
 * opt_setup_record_new:
 * @client_id: the client's id
 * @address: whose mail it is
 * @changes: (transfer full) (element-type OptSetupChange): what was changed, in this order
 *
 * Returns: (transfer full): the record
 */
OptSetupRecord *
opt_setup_record_new (const char *client_id, const char *address, GPtrArray *changes);

/**
 * opt_setup_record_new_from_key_file:
 * @file: a list of set-ups
 * @client_id: the client's id
 * @address: whose mail it is
 * @error: return location for a %G_KEY_FILE_ERROR
 *
 * Returns: (transfer full) (nullable): the record that opt_setup_record_save() put there
 */
OptSetupRecord *opt_setup_record_new_from_key_file (GKeyFile *file,
                                                    const char *client_id,
                                                    const char *address,
                                                    GError **error);

/**
 * opt_setup_record_save:
 * @self: a record
 * @file: a list of set-ups
 *
 * Puts it there, in the place of one for the same program and address.
 */
void opt_setup_record_save (const OptSetupRecord *self, GKeyFile *file);

/**
 * opt_setup_record_dup_section:
 * @client_id: the client's id
 * @address: whose mail it is
 *
 * Returns: (transfer full): the section that it has in a list of set-ups
 */
char *opt_setup_record_dup_section (const char *client_id, const char *address);

/**
 * opt_setup_record_ref:
 * @self: a record
 *
 * Returns: (transfer full): @self. Thread-safe.
 */
OptSetupRecord *opt_setup_record_ref (OptSetupRecord *self);

/**
 * opt_setup_record_unref:
 * @self: (transfer full): a record
 *
 * Thread-safe.
 */
void opt_setup_record_unref (OptSetupRecord *self);

/**
 * opt_setup_record_get_client_id:
 * @self: a record
 *
 * Returns: (transfer none): the id of the client that was set up
 */
const char *opt_setup_record_get_client_id (const OptSetupRecord *self);

/**
 * opt_setup_record_get_address:
 * @self: a record
 *
 * Returns: (transfer none): whose mail it is
 */
const char *opt_setup_record_get_address (const OptSetupRecord *self);

/**
 * opt_setup_record_get_changes:
 * @self: a record
 *
 * Returns: (transfer none) (element-type OptSetupChange): what was changed, in this order
 */
GPtrArray *opt_setup_record_get_changes (const OptSetupRecord *self);

/**
 * opt_setup_record_describe:
 * @self: a record
 *
 * Returns: (transfer full) (array zero-terminated=1): what was changed, in the person's language, a
 *   line each: `New file “/home/jane/.config/geary/account_01/geary.ini”`
 */
char **opt_setup_record_describe (const OptSetupRecord *self);

/**
 * opt_setup_record_describe_undo:
 * @self: a record
 *
 * Returns: (transfer full) (array zero-terminated=1): the same as what will be taken back:
 *   `The file “/home/jane/.config/geary/account_01/geary.ini”`
 */
char **opt_setup_record_describe_undo (const OptSetupRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptSetupRecord, opt_setup_record_unref)

G_END_DECLS
