/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Key files of other programs. GKeyFile says what is wrong by quoting the line, which nobody may
 * see; and a value that is missing is no error here, as programs do not write what is usual. */
#include "opt-key-file.h"

#include "opt-error.h"

GKeyFile *
opt_key_file_parse (GBytes *bytes, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_return_val_if_fail (bytes != NULL, NULL);

  if (g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL))
    return g_steal_pointer (&file);

  g_set_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN, "not a well-formed key file");

  return NULL;
}

char *
opt_key_file_dup_text (GKeyFile *file, const char *group, const char *key)
{
  g_autofree char *text = g_key_file_get_string (file, group, key, NULL);

  return text != NULL && text[0] != '\0' ? g_steal_pointer (&text) : NULL;
}

gboolean
opt_key_file_get_boolean (GKeyFile *file, const char *group, const char *key, gboolean fallback)
{
  g_autoptr (GError) error = NULL;
  gboolean value = g_key_file_get_boolean (file, group, key, &error);

  return error == NULL ? value : fallback;
}

int
opt_key_file_get_number (GKeyFile *file, const char *group, const char *key)
{
  return g_key_file_get_integer (file, group, key, NULL);
}
