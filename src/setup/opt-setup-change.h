/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _OptSetupKind OptSetupKind;

/**
 * OptSetupChange:
 * @kind: what is changed
 * @words: (array zero-terminated=1): all that is needed to take it back; goes into the record, and
 *   so never has a password
 * @content: (nullable): what else is needed to make it
 * @before: (nullable): a password that gave way to ours
 *
 * One thing that setting a program up changes on this computer.
 */
typedef struct
{
  const OptSetupKind *kind;
  char **words;
  GVariant *content;
  OptSecret *before;
} OptSetupChange;

/**
 * OptSetupKind:
 * @name: what the record calls it; never changes once released
 * @n_words: how many words there are at least
 * @make: makes the change; after an error all is as it was. May add to the words
 * @take_back: takes exactly that away again; gone already is fine. An error of %G_IO_ERROR says
 * that it is no longer ours and stays for good, in the person's language; any other, that there may
 * be a next time
 * @describe: adds what is changed, in the person's language, a line each
 *
 * A constant table for each kind of change, beside the code that makes it. The functions block.
 */
struct _OptSetupKind
{
  const char *name;
  guint n_words;
  gboolean (*make) (OptSetupChange *change,
                    OptSecret *secret,
                    GCancellable *cancellable,
                    GError **error);
  gboolean (*take_back) (const OptSetupChange *change, GError **error);
  void (*describe) (const OptSetupChange *change, GStrvBuilder *lines);
};

/* Words: its path. Taken back when it is empty. */
extern const OptSetupKind opt_setup_kind_folder;

/* Words: its path, and a text that it holds as long as it is ours. Content: its bytes. */
extern const OptSetupKind opt_setup_kind_file;

/* Words: schema, label, and the attributes' names and values in turn. */
extern const OptSetupKind opt_setup_kind_item;

/* Evolution's. Words: the address, and the sources' UIDs. Content: UIDs and key files, a{ss}. */
extern const OptSetupKind opt_setup_kind_sources;

/* Of GNOME Online Accounts. Words: the address, and the account's id once it has one. Content: the
 * details, a{ss}. */
extern const OptSetupKind opt_setup_kind_online_account;

/**
 * opt_setup_kind_find:
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the kind of this name
 */
const OptSetupKind *opt_setup_kind_find (const char *name);

/**
 * opt_setup_changes_new:
 *
 * Returns: (transfer full) (element-type OptSetupChange): no changes yet
 */
GPtrArray *opt_setup_changes_new (void);

/**
 * opt_setup_changes_add:
 * @changes: (element-type OptSetupChange): an array of opt_setup_changes_new()
 * @kind: what is changed
 * @words: (transfer full) (array zero-terminated=1): as @kind wants them
 * @content: (nullable): as @kind wants it; a floating reference is taken
 */
void opt_setup_changes_add (GPtrArray *changes,
                            const OptSetupKind *kind,
                            char **words,
                            GVariant *content);

/**
 * opt_setup_changes_add_folders:
 * @changes: (element-type OptSetupChange): an array of opt_setup_changes_new()
 * @path: a folder
 *
 * Adds the folder, and those above it, as far as they are not there. Reads the disk.
 */
void opt_setup_changes_add_folders (GPtrArray *changes, const char *path);

G_END_DECLS
