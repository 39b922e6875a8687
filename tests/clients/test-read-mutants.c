/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that went wrong on the way, thousands of them, the same ones each time: every file
 * of a client with a bit turned, a piece cut out, doubled, or brought in from another place, zeros
 * or a long run. What a reader makes of them must be fit to be shown, or a proper error. The
 * libFuzzer targets in tests/fuzz go on from here. */
#include "found-check.h"
#include "read-seeds.h"

#include <string.h>

#define SEED 20240229
#define MAX_CHANGES 4
#define MAX_PIECE_BYTES 64
#define MAX_RUN_BYTES 5000

static gsize
pick (GRand *rand, gsize n)
{
  return n > 0 ? (gsize) g_rand_int_range (rand, 0, (gint32) MIN (n, G_MAXINT32)) : 0;
}

static void
turn_bit (GRand *rand, GByteArray *file)
{
  if (file->len > 0)
    file->data[pick (rand, file->len)] ^= (guint8) (1u << pick (rand, 8));
}

static gsize
pick_piece (GRand *rand, const GByteArray *file, gsize start)
{
  gsize n = 1 + pick (rand, MAX_PIECE_BYTES);

  return MIN (n, file->len - start);
}

static void
cut (GRand *rand, GByteArray *file)
{
  gsize start = pick (rand, file->len);
  gsize n = pick_piece (rand, file, start);

  if (n > 0)
    g_byte_array_remove_range (file, (guint) start, (guint) n);
}

static void
cut_end (GRand *rand, GByteArray *file)
{
  g_byte_array_set_size (file, (guint) pick (rand, file->len));
}

static void
insert (GByteArray *file, gsize at, const guint8 *piece, gsize n)
{
  g_autoptr (GByteArray) whole = g_byte_array_new ();

  g_byte_array_append (whole, file->data, (guint) at);
  g_byte_array_append (whole, piece, (guint) n);
  g_byte_array_append (whole, file->data + at, file->len - (guint) at);
  g_byte_array_set_size (file, 0);
  g_byte_array_append (file, whole->data, whole->len);
}

/* From anywhere to anywhere, which may be right behind. */
static void
splice (GRand *rand, GByteArray *file)
{
  gsize start = pick (rand, file->len);
  gsize n = pick_piece (rand, file, start);
  g_autofree guint8 *piece = g_memdup2 (file->data + start, n);

  if (n > 0)
    insert (file, pick (rand, file->len), piece, n);
}

static void
insert_run (GRand *rand, GByteArray *file)
{
  static const guint8 letters[] = { 0, 'a', '9', '<', '[', '{', '"', '\\', '\n', ' ', 0xff };
  gsize n = 1 + pick (rand, pick (rand, 8) == 0 ? MAX_RUN_BYTES : 12);
  g_autofree guint8 *piece = g_malloc (n);

  memset (piece, letters[pick (rand, sizeof letters)], n);
  insert (file, pick (rand, file->len), piece, n);
}

static void (*const changes[]) (GRand *rand, GByteArray *file) = {
  turn_bit, cut, cut_end, splice, insert_run,
};

/* One of the files is a mutant, the others are as they were. */
static void
check_mutant (GRand *rand, const OptClient *client, GPtrArray *files)
{
  g_autoptr (GPtrArray) mutants = opt_client_files_new ();
  g_autoptr (GPtrArray) founds = NULL;
  g_autoptr (GError) error = NULL;
  gsize victim = pick (rand, files->len);
  gsize n = 1 + pick (rand, MAX_CHANGES);

  for (guint i = 0; i < files->len; i++)
    {
      const OptClientFile *file = g_ptr_array_index (files, i);
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      g_byte_array_append (bytes,
                           g_bytes_get_data (file->bytes, NULL),
                           (guint) g_bytes_get_size (file->bytes));
      for (gsize k = 0; i == victim && k < n; k++)
        changes[pick (rand, G_N_ELEMENTS (changes))](rand, bytes);
      g_ptr_array_add (mutants,
                       opt_client_file_new (file->name,
                                            g_byte_array_free_to_bytes (g_steal_pointer (&bytes))));
      opt_client_recognises (client, g_ptr_array_index (mutants, i));
    }

  founds = opt_client_read (client, "/there", mutants, &error);
  check_founds (founds, error);
}

static void
test_mutants (gconstpointer data)
{
  const OptClient *client = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  g_autoptr (GPtrArray) seeds = create_read_seeds (client);
  guint64 n_mutants = g_ascii_strtoull (g_getenv ("OPT_MUTANTS"), NULL, 10);

  g_assert_cmpuint (seeds->len, >, 0);
  g_assert_cmpuint (n_mutants, >, 0);
  for (guint i = 0; i < n_mutants; i++)
    check_mutant (rand, client, g_ptr_array_index (seeds, i % seeds->len));
}

int
main (int argc, char **argv)
{
  guint n_clients;
  const OptClient *const *clients = opt_clients_get (&n_clients);

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < n_clients; i++)
    {
      g_autofree char *path = g_strdup_printf ("/read-mutants/%s", clients[i]->id);

      if (opt_client_can_read (clients[i]))
        g_test_add_data_func (path, clients[i], test_mutants);
    }

  return g_test_run ();
}
