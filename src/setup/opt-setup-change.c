/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of what is changed, and the kinds that there are. */
#include "opt-setup-change.h"

static const OptSetupKind *const kinds[] = {
  &opt_setup_kind_folder,  &opt_setup_kind_file,           &opt_setup_kind_item,
  &opt_setup_kind_sources, &opt_setup_kind_online_account,
};

const OptSetupKind *
opt_setup_kind_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i]->name, name))
      return kinds[i];

  return NULL;
}

static void
free_change (gpointer data)
{
  OptSetupChange *change = data;

  g_strfreev (change->words);
  g_clear_pointer (&change->content, g_variant_unref);
  g_free (change);
}

GPtrArray *
opt_setup_changes_new (void)
{
  return g_ptr_array_new_with_free_func (free_change);
}

void
opt_setup_changes_add (GPtrArray *changes,
                       const OptSetupKind *kind,
                       char **words,
                       GVariant *content)
{
  OptSetupChange *change;

  g_return_if_fail (changes != NULL && kind != NULL && words != NULL);

  change = g_new0 (OptSetupChange, 1);
  change->kind = kind;
  change->words = words;
  change->content = content != NULL ? g_variant_ref_sink (content) : NULL;
  g_ptr_array_add (changes, change);
}

void
opt_setup_changes_add_folders (GPtrArray *changes, const char *path)
{
  const char *words[] = { path, NULL };
  g_autofree char *above = NULL;

  g_return_if_fail (changes != NULL && path != NULL);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return;

  above = g_path_get_dirname (path);
  if (!g_str_equal (above, path))
    opt_setup_changes_add_folders (changes, above);
  opt_setup_changes_add (changes, &opt_setup_kind_folder, g_strdupv ((char **) words), NULL);
}

gboolean
opt_setup_is_id (const char *word)
{
  return g_regex_match_simple ("\\A[A-Za-z0-9._@+-]+\\z", word, 0, 0);
}
