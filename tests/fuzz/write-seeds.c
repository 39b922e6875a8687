/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes what fuzz-read begins with: FOLDER/CLIENT/NUMBER. Prints the clients. */
#include "read-seeds.h"

#include <glib/gstdio.h>

static void
write_seed (const char *path, GPtrArray *files)
{
  g_autoptr (GByteArray) seed = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < files->len; i++)
    {
      const OptClientFile *file = g_ptr_array_index (files, i);

      if (i > 0)
        g_byte_array_append (seed, (const guint8 *) "\f", 1);
      g_byte_array_append (seed,
                           g_bytes_get_data (file->bytes, NULL),
                           (guint) g_bytes_get_size (file->bytes));
    }

  if (!g_file_set_contents (path, (const char *) seed->data, seed->len, &error))
    g_error ("%s", error->message);
}

static void
write_seeds (const char *folder, const OptClient *client)
{
  g_autoptr (GPtrArray) seeds = create_read_seeds (client);
  g_autofree char *own = g_build_filename (folder, client->id, NULL);

  g_mkdir_with_parents (own, 0755);
  for (guint i = 0; i < seeds->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      g_autofree char *path = g_build_filename (own, name, NULL);

      write_seed (path, g_ptr_array_index (seeds, i));
    }
  g_print ("%s\n", client->id);
}

int
main (int argc, char **argv)
{
  guint n_clients;
  const OptClient *const *clients = opt_clients_get (&n_clients);

  if (argc != 2)
    g_error ("usage: write-seeds FOLDER");

  for (guint i = 0; i < n_clients; i++)
    if (opt_client_can_read (clients[i]))
      write_seeds (argv[1], clients[i]);

  return 0;
}
