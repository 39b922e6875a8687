/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "read-seeds.h"

#include "nasty.h"

#include <string.h>

#define ADDRESS "jane.doe@optonline.net"

static void
add_rendered (GPtrArray *seeds, const OptClient *client, OptService service)
{
  g_autoptr (OptSettings) plain = create_nasty_settings (ADDRESS, "Jane", ADDRESS, service);
  g_autoptr (OptSettings) settings =
    vary_nasty_settings (plain, "tls", OPT_LEAVE_ON_SERVER_DEFAULT);
  g_autoptr (GError) error = NULL;
  GPtrArray *files = opt_client_render_files (client, settings, &error);

  g_assert_no_error (error);
  g_ptr_array_add (seeds, files);
}

static gboolean
is_named_after (const OptClientFile *file, const OptClient *client)
{
  g_autofree char *prefix = g_strconcat (client->id, "-", NULL);

  return g_str_has_prefix (file->name, prefix);
}

static gboolean
is_recognised (const OptClientFile *file, const OptClient *client)
{
  return opt_client_recognises (client, file);
}

static void
add_folder (GPtrArray *seeds,
            const OptClient *client,
            const char *folder,
            gboolean (*is_for) (const OptClientFile *file, const OptClient *client))
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GPtrArray) files = opt_client_files_new ();
      GBytes *bytes = opt_place_read_file (path, &error);

      g_assert_no_error (error);
      g_ptr_array_add (files, opt_client_file_new (name, bytes));
      if (is_for (g_ptr_array_index (files, 0), client))
        g_ptr_array_add (seeds, g_steal_pointer (&files));
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const OptClientFile *first = g_ptr_array_index (*(GPtrArray *const *) a, 0);
  const OptClientFile *second = g_ptr_array_index (*(GPtrArray *const *) b, 0);
  int order = strcmp (first->name, second->name);

  return order != 0 ? order : g_bytes_compare (first->bytes, second->bytes);
}

/* What we write for the client; of the golden files those that it takes, for some of ours are
 * packed, and few changes go through to what is inside; and what we have for those that take no
 * file of ours. */
GPtrArray *
create_read_seeds (const OptClient *client)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint service = OPT_SERVICE_IMAP; service <= OPT_SERVICE_POP3; service++)
    if (opt_client_has_file (client) && opt_client_takes (client, service))
      add_rendered (seeds, client, service);
  add_folder (seeds, client, g_getenv ("OPT_GOLDEN_FOLDER"), is_recognised);
  add_folder (seeds, client, g_getenv ("OPT_SEEDS_FOLDER"), is_named_after);
  /* A folder has its files in any order. */
  g_ptr_array_sort (seeds, compare);

  return seeds;
}
