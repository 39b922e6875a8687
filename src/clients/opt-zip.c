/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ZIP files from anywhere. A few bytes may unpack to all that a disk holds, so it is counted what
 * comes out, and not what the file says of itself; and what nobody asked for stays packed. */
#include "opt-zip.h"

#include "opt-error.h"
#include "opt-place.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#define MAGIC "PK\3\4"

/* Folders within folders, and files of one name, in anything that a person has packed. */
#define MAX_DEPTH 8
#define MAX_FILES 16

#define CHUNK_BYTES (16 * 1024)

typedef struct archive OptArchive;
typedef struct archive_entry OptArchiveEntry;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptArchive, archive_read_free)

gboolean
opt_zip_looks_like (GBytes *bytes)
{
  gsize size_bytes;
  const char *data = g_bytes_get_data (bytes, &size_bytes);

  return size_bytes > strlen (MAGIC) && memcmp (data, MAGIC, strlen (MAGIC)) == 0;
}

static gboolean
is_wanted (OptArchiveEntry *entry, const char *name)
{
  const char *path = archive_entry_pathname (entry);
  const char *base = path;
  guint depth = 0;

  if (path == NULL || archive_entry_filetype (entry) != AE_IFREG)
    return FALSE;

  for (const char *p = path; *p != '\0'; p++)
    if (*p == '/')
      {
        base = p + 1;
        depth++;
      }

  return depth <= MAX_DEPTH && g_str_equal (base, name);
}

/* @room_bytes is what may still come out. */
static GBytes *
unpack (OptArchive *archive, gsize *room_bytes, GError **error)
{
  g_autoptr (GByteArray) content = g_byte_array_new ();
  guint8 chunk[CHUNK_BYTES];
  la_ssize_t n;

  while ((n = archive_read_data (archive, chunk, sizeof chunk)) > 0)
    {
      if ((gsize) n > *room_bytes)
        {
          g_set_error (error, OPT_ERROR, OPT_ERROR_READ_LARGE, "the ZIP file unpacks to too much");
          return NULL;
        }
      *room_bytes -= (gsize) n;
      g_byte_array_append (content, chunk, (guint) n);
    }

  if (n < 0)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN, "the ZIP file cannot be unpacked");
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&content));
}

static gboolean
unpack_all (OptArchive *archive, const char *name, GPtrArray *contents, GError **error)
{
  gsize room_bytes = OPT_PLACE_MAX_BYTES;
  OptArchiveEntry *entry;
  int status;

  /* A warning is about a name that has letters of another language. */
  while ((status = archive_read_next_header (archive, &entry)) == ARCHIVE_OK ||
         status == ARCHIVE_WARN)
    {
      GBytes *content;

      if (contents->len == MAX_FILES || !is_wanted (entry, name))
        continue;

      content = unpack (archive, &room_bytes, error);
      if (content == NULL)
        return FALSE;

      g_ptr_array_add (contents, content);
    }

  if (status != ARCHIVE_EOF)
    g_set_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN, "the ZIP file is damaged");

  return status == ARCHIVE_EOF;
}

/* By its directory at the end, which says where everything is, so that nothing has to be unpacked
 * to get past it. */
GPtrArray *
opt_zip_read (GBytes *zip, const char *name, GError **error)
{
  g_autoptr (GPtrArray) contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (OptArchive) archive = archive_read_new ();
  gsize size_bytes;
  const void *data;

  g_return_val_if_fail (zip != NULL && name != NULL, NULL);

  data = g_bytes_get_data (zip, &size_bytes);
  if (archive_read_support_format_zip_seekable (archive) != ARCHIVE_OK ||
      archive_read_open_memory (archive, data, size_bytes) != ARCHIVE_OK)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN, "not a ZIP file");
      return NULL;
    }

  return unpack_all (archive, name, contents, error) ? g_steal_pointer (&contents) : NULL;
}
