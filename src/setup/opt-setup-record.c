/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A record is a section of a key file, and each change a line of it: the kind, and then the words
 * that the kind takes. What it does not know, it refuses: half an undo would be worse than none. */
#include "opt-setup-record.h"

#include "opt-setup-private.h"

struct _OptSetupRecord
{
  char *client_id;
  char *address;
  GPtrArray *changes;
};

G_DEFINE_BOXED_TYPE (OptSetupRecord, opt_setup_record, opt_setup_record_ref, opt_setup_record_unref)

OptSetupRecord *
opt_setup_record_new (const char *client_id, const char *address, GPtrArray *changes)
{
  OptSetupRecord *self;

  g_return_val_if_fail (client_id != NULL && address != NULL && changes != NULL, NULL);

  self = g_atomic_rc_box_new0 (OptSetupRecord);
  self->client_id = g_strdup (client_id);
  self->address = g_strdup (address);
  self->changes = changes;

  return self;
}

static char *
dup_key (guint i)
{
  return g_strdup_printf ("change-%u", i + 1);
}

static gboolean
add_change (GPtrArray *changes, const OptSetupOwn *own, char **line, GError **error)
{
  const OptSetupKind *kind = line[0] != NULL ? opt_setup_kind_find (line[0]) : NULL;

  if (kind == NULL || g_strv_length (line + 1) < kind->n_words || !kind->is_valid (line + 1, own))
    {
      g_set_error (error,
                   G_KEY_FILE_ERROR,
                   G_KEY_FILE_ERROR_INVALID_VALUE,
                   "“%s” is not a change",
                   line[0] != NULL ? line[0] : "");
      return FALSE;
    }

  opt_setup_changes_add (changes, kind, g_strdupv (line + 1), NULL);

  return TRUE;
}

OptSetupRecord *
opt_setup_record_new_from_key_file (GKeyFile *file,
                                    const char *client_id,
                                    const char *address,
                                    GError **error)
{
  g_autofree char *section = opt_setup_record_dup_section (client_id, address);
  g_autoptr (GPtrArray) changes = opt_setup_changes_new ();
  const OptSetup *setup = opt_setup_find (client_id);

  if (setup == NULL)
    {
      g_set_error (error,
                   G_KEY_FILE_ERROR,
                   G_KEY_FILE_ERROR_INVALID_VALUE,
                   "“%s” is no program to set up",
                   client_id);
      return NULL;
    }

  for (guint i = 0;; i++)
    {
      g_autofree char *key = dup_key (i);
      g_auto (GStrv) line = NULL;

      if (i > 0 && !g_key_file_has_key (file, section, key, NULL))
        break;

      line = g_key_file_get_string_list (file, section, key, NULL, error);
      if (line == NULL || !add_change (changes, &setup->own, line, error))
        return NULL;
    }

  return opt_setup_record_new (client_id, address, g_steal_pointer (&changes));
}

void
opt_setup_record_save (const OptSetupRecord *self, GKeyFile *file)
{
  g_autofree char *section = NULL;

  g_return_if_fail (self != NULL && file != NULL);

  section = opt_setup_record_dup_section (self->client_id, self->address);
  g_key_file_remove_group (file, section, NULL);
  for (guint i = 0; i < self->changes->len; i++)
    {
      const OptSetupChange *change = g_ptr_array_index (self->changes, i);
      g_autofree char *key = dup_key (i);
      g_autoptr (GPtrArray) line = g_ptr_array_new ();

      g_ptr_array_add (line, (char *) change->kind->name);
      for (guint j = 0; change->words[j] != NULL; j++)
        g_ptr_array_add (line, change->words[j]);
      g_key_file_set_string_list (file, section, key, (const char *const *) line->pdata, line->len);
    }
}

char *
opt_setup_record_dup_section (const char *client_id, const char *address)
{
  g_return_val_if_fail (client_id != NULL && address != NULL, NULL);

  return g_strconcat (client_id, " ", address, NULL);
}

OptSetupRecord *
opt_setup_record_ref (OptSetupRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_record (gpointer data)
{
  OptSetupRecord *self = data;

  g_free (self->client_id);
  g_free (self->address);
  g_ptr_array_unref (self->changes);
}

void
opt_setup_record_unref (OptSetupRecord *self)
{
  g_atomic_rc_box_release_full (self, clear_record);
}

const char *
opt_setup_record_get_client_id (const OptSetupRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->client_id;
}

const char *
opt_setup_record_get_address (const OptSetupRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->address;
}

GPtrArray *
opt_setup_record_get_changes (const OptSetupRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->changes;
}

static char **
describe (const OptSetupRecord *self, OptSetupText text)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  for (guint i = 0; i < self->changes->len; i++)
    {
      const OptSetupChange *change = g_ptr_array_index (self->changes, i);

      change->kind->describe (change, text, lines);
    }

  return g_strv_builder_end (lines);
}

char **
opt_setup_record_describe (const OptSetupRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return describe (self, OPT_SETUP_TEXT_NEW);
}

char **
opt_setup_record_describe_undo (const OptSetupRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return describe (self, OPT_SETUP_TEXT_OLD);
}
