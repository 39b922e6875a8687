/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The libFuzzer target for the readers: one program for all of them, as the table of clients has
 * them; $OPT_FUZZ_CLIENT says which one. What it demands of a reader is in found-check.c. */
#include "found-check.h"

#include <string.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes);

static const OptClient *client;

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  const char *id = g_getenv ("OPT_FUZZ_CLIENT");

  client = id != NULL ? opt_client_find (id) : NULL;
  if (client == NULL || !opt_client_can_read (client))
    g_error ("OPT_FUZZ_CLIENT must be the id of a client that we can read");

  return 0;
}

/* A client that takes no single file gets several, parted by form feeds. */
static void
check_several (const char *data, gsize size_bytes)
{
  g_autoptr (GPtrArray) files = opt_client_files_new ();
  g_autoptr (GPtrArray) founds = NULL;
  g_autoptr (GError) error = NULL;
  const char *end = data + size_bytes;

  while (data != NULL && files->len < OPT_PLACE_MAX_FILES)
    {
      const char *next = memchr (data, '\f', (gsize) (end - data));
      gsize n = (gsize) ((next != NULL ? next : end) - data);
      g_autofree char *name = g_strdup_printf ("%u.source", files->len);

      g_ptr_array_add (files, opt_client_file_new (name, g_bytes_new (data, n)));
      data = next != NULL ? next + 1 : NULL;
    }

  founds = opt_client_read (client, "/there", files, &error);
  check_founds (founds, error);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size_bytes)
{
  if (client->recognises != NULL)
    check_read (client, data, size_bytes);
  else if (size_bytes > 0)
    check_several ((const char *) data, size_bytes);

  return 0;
}
