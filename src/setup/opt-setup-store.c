/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What was set up where. The file is written whole or not at all, never with a password, and never
 * over one that we could not read. */
#include "opt-setup-store.h"

#include "opt-error.h"
#include "opt-file.h"

#include <errno.h>
#include <string.h>

#define FOLDER_MODE 0700

struct _OptSetupStore
{
  char *path;
};

OptSetupStore *
opt_setup_store_new (const char *path)
{
  OptSetupStore *self;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_atomic_rc_box_new0 (OptSetupStore);
  self->path = g_strdup (path);

  return self;
}

char *
opt_setup_store_dup_default_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "optsetup", "setups.ini", NULL);
}

OptSetupStore *
opt_setup_store_ref (OptSetupStore *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_store (gpointer data)
{
  OptSetupStore *self = data;

  g_free (self->path);
}

void
opt_setup_store_unref (OptSetupStore *self)
{
  g_atomic_rc_box_release_full (self, clear_store);
}

static gboolean
fail_invalid (const OptSetupStore *self, const GError *reason, GError **error)
{
  g_set_error (error, OPT_ERROR, OPT_ERROR_SETUPS_INVALID, "“%s”: %s", self->path, reason->message);

  return FALSE;
}

static GKeyFile *
read_file (const OptSetupStore *self, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) reason = NULL;

  if (g_key_file_load_from_file (file, self->path, G_KEY_FILE_KEEP_COMMENTS, &reason) ||
      g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return g_steal_pointer (&file);

  fail_invalid (self, reason, error);

  return NULL;
}

static gboolean
write_file (const OptSetupStore *self, GKeyFile *file, GError **error)
{
  gsize size_bytes;
  char *text = g_key_file_to_data (file, &size_bytes, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, size_bytes);

  return opt_file_write (self->path, bytes, OPT_FILE_REPLACE | OPT_FILE_SWEEP, error);
}

static gboolean
make_folder (const OptSetupStore *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (g_mkdir_with_parents (folder, FOLDER_MODE) == 0)
    return TRUE;

  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_FILE_NOT_WRITTEN,
               "cannot make “%s”: %s",
               folder,
               g_strerror (errno));

  return FALSE;
}

/* Whoever types an address need not remember its capitals. */
static char *
find_section (GKeyFile *file, const char *client_id, const char *address)
{
  g_autofree char *wanted = opt_setup_record_dup_section (client_id, address);
  g_auto (GStrv) sections = g_key_file_get_groups (file, NULL);

  for (guint i = 0; sections[i] != NULL; i++)
    if (g_ascii_strcasecmp (sections[i], wanted) == 0)
      return g_strdup (sections[i]);

  return NULL;
}

OptSetupRecord *
opt_setup_store_find (OptSetupStore *self,
                      const char *client_id,
                      const char *address,
                      GError **error)
{
  g_autofree char *section = NULL;
  g_autoptr (GKeyFile) file = NULL;
  g_autoptr (GError) reason = NULL;
  OptSetupRecord *record;

  g_return_val_if_fail (self != NULL && client_id != NULL && address != NULL, NULL);

  file = read_file (self, error);
  if (file == NULL)
    return NULL;

  section = find_section (file, client_id, address);
  if (section == NULL)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_SETUP_UNKNOWN, "no set-up for %s", address);
      return NULL;
    }

  record =
    opt_setup_record_new_from_key_file (file, client_id, section + strlen (client_id) + 1, &reason);
  if (record == NULL)
    fail_invalid (self, reason, error);

  return record;
}

/* The folder's folder, as the folder itself is locked for each change of the list. */
OptFileLock
opt_setup_store_lock (OptSetupStore *self)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (self != NULL, OPT_FILE_UNLOCKED);

  folder = g_path_get_dirname (self->path);
  if (g_mkdir_with_parents (folder, FOLDER_MODE) != 0)
    g_debug ("cannot make “%s”: %s", folder, g_strerror (errno));

  return opt_file_lock (folder);
}

static gboolean
put (OptSetupStore *self, const OptSetupRecord *record, gboolean replaces, GError **error)
{
  const char *address = opt_setup_record_get_address (record);
  g_autofree char *before = NULL;
  g_autoptr (GKeyFile) file = NULL;
  g_auto (OptFileLock) lock = OPT_FILE_UNLOCKED;

  if (!make_folder (self, error))
    return FALSE;

  lock = opt_file_lock (self->path);
  file = read_file (self, error);
  if (file == NULL)
    return FALSE;

  before = find_section (file, opt_setup_record_get_client_id (record), address);
  if (before != NULL && !replaces)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_SETUP_KNOWN, "%s was set up before", address);
      return FALSE;
    }
  if (before != NULL)
    g_key_file_remove_group (file, before, NULL);
  opt_setup_record_save (record, file);

  return write_file (self, file, error);
}

gboolean
opt_setup_store_save (OptSetupStore *self, const OptSetupRecord *record, GError **error)
{
  g_return_val_if_fail (self != NULL && record != NULL, FALSE);

  return put (self, record, FALSE, error);
}

gboolean
opt_setup_store_replace (OptSetupStore *self, const OptSetupRecord *record, GError **error)
{
  g_return_val_if_fail (self != NULL && record != NULL, FALSE);

  return put (self, record, TRUE, error);
}

gboolean
opt_setup_store_forget (OptSetupStore *self, const OptSetupRecord *record, GError **error)
{
  g_autofree char *section = NULL;
  g_autoptr (GKeyFile) file = NULL;
  g_auto (OptFileLock) lock = OPT_FILE_UNLOCKED;

  g_return_val_if_fail (self != NULL && record != NULL, FALSE);

  lock = opt_file_lock (self->path);
  file = read_file (self, error);
  if (file == NULL)
    return FALSE;

  section = opt_setup_record_dup_section (opt_setup_record_get_client_id (record),
                                          opt_setup_record_get_address (record));

  return !g_key_file_remove_group (file, section, NULL) || write_file (self, file, error);
}
