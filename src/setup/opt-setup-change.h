/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-foreign-item.h"
#include "opt-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _OptSetupKind OptSetupKind;

/**
 * OptSetupOwn:
 * @folder: (nullable): the program's folder, below that of all settings
 * @file_pattern: (nullable): a regular expression for the files below it that may be made
 * @schema: (nullable): the schema of its keyring items
 * @attributes: (nullable) (array zero-terminated=1): the names of their attributes
 *
 * What may be changed for one program. A record that says otherwise is refused: nobody knows who
 * wrote it.
 */
typedef struct
{
  const char *folder;
  const char *file_pattern;
  const char *schema;
  const char *const *attributes;
} OptSetupOwn;

/**
 * OptSetupText:
 *
 * How a change is described: as what is made, or as what was made and is taken back, or stays.
 */
typedef enum
{
  OPT_SETUP_TEXT_NEW,
  OPT_SETUP_TEXT_OLD,
} OptSetupText;

/**
 * OptSetupChange:
 * @kind: what is changed
 * @words: (array zero-terminated=1): all that is needed to take it back; goes into the record, and
 *   so never has a password
 * @content: (nullable): what else is needed to make it
 * @is_ours: whether this very run has made it, or has begun to and could not clear up: only then
 *   is it taken back when something later fails
 *
 * One thing that setting a program up changes on this computer.
 */
typedef struct
{
  const OptSetupKind *kind;
  char **words;
  GVariant *content;
  gboolean is_ours;
} OptSetupChange;

/**
 * OptSetupKind:
 * @name: what the record calls it; never changes once released
 * @n_words: how many words there are at least
 * @is_valid: whether words from a record can be of a change to this program
 * @check_free: (nullable): whether nothing is there yet; else %OPT_ERROR_SETUP_EXISTS
 * @make: makes the change, and says in @is_ours whether there is anything to take back, be it after
 *   an error. What was there already is never ours. May add to the words
 * @take_back: takes exactly that away again; gone already is fine. An error of %G_IO_ERROR says
 * that it is no longer ours and stays for good, in the person's language; any other, that there may
 * be a next time
 * @describe: adds what is changed, in the person's language, a line each
 * @dup_item: (nullable): the item in the keyring that has the password by now, as words of
 *   #opt_setup_kind_item; %NULL when that is not known
 * @tell: (nullable): lets the program know that what the item holds was changed. Waits for nobody
 *
 * A constant table for each kind of change, beside the code that makes it. The functions block.
 */
struct _OptSetupKind
{
  const char *name;
  guint n_words;
  gboolean (*is_valid) (char **words, const OptSetupOwn *own);
  gboolean (*check_free) (const OptSetupChange *change, GCancellable *cancellable, GError **error);
  gboolean (*make) (OptSetupChange *change,
                    OptSecret *secret,
                    GCancellable *cancellable,
                    GError **error);
  gboolean (*take_back) (const OptSetupChange *change, GError **error);
  void (*describe) (const OptSetupChange *change, OptSetupText text, GStrvBuilder *lines);
  char **(*dup_item) (const OptSetupChange *change);
  void (*tell) (const OptSetupChange *change);
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
 * opt_setup_get_item:
 * @words: (array zero-terminated=1): words of #opt_setup_kind_item
 *
 * Returns: the keyring item; borrows the words
 */
OptForeignItem opt_setup_get_item (char **words);

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

/**
 * opt_setup_is_id:
 * @word: what a record has for an identifier
 *
 * Returns: whether it can be one: it names no folder, and has no surprises
 */
gboolean opt_setup_is_id (const char *word);

G_END_DECLS
