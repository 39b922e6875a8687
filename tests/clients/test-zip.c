/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Profiles of Thunderbird that come packed: what is found in them wherever it lies, and that none
 * of them can fill the memory. */
#include "found-text.h"
#include "opt-error.h"
#include "opt-place.h"
#include "opt-zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#define PREFS                                                                                      \
  "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n"                                   \
  "user_pref(\"mail.account.account1.server\", \"server1\");\n"                                    \
  "user_pref(\"mail.server.server1.type\", \"imap\");\n"                                           \
  "user_pref(\"mail.server.server1.hostname\", \"imap.optonline.net\");\n"

#define TEXT "- <->\nimap imap.optonline.net:143 none password -\n"

#define MAX_ENTRIES 4

typedef struct
{
  const char *path;
  const char *content;
} Entry;

static la_ssize_t
on_bytes (struct archive *archive, void *user_data, const void *data, size_t size_bytes)
{
  g_byte_array_append (user_data, data, (guint) size_bytes);

  return (la_ssize_t) size_bytes;
}

static struct archive *
start_zip (GByteArray *zip)
{
  struct archive *archive = archive_write_new ();

  g_assert_cmpint (archive_write_set_format_zip (archive), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_set_bytes_in_last_block (archive, 1), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_open (archive, zip, NULL, on_bytes, NULL), ==, ARCHIVE_OK);

  return archive;
}

static void
start_entry (struct archive *archive, const char *path, gsize size_bytes)
{
  struct archive_entry *entry = archive_entry_new ();

  archive_entry_set_pathname (entry, path);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_size (entry, (gint64) size_bytes);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  archive_entry_free (entry);
}

static GByteArray *
pack (const Entry *entries)
{
  GByteArray *zip = g_byte_array_new ();
  struct archive *archive = start_zip (zip);

  for (gsize i = 0; i < MAX_ENTRIES && entries[i].path != NULL; i++)
    {
      gsize n = strlen (entries[i].content);

      start_entry (archive, entries[i].path, n);
      g_assert_cmpint (archive_write_data (archive, entries[i].content, n), ==, n);
    }
  g_assert_cmpint (archive_write_free (archive), ==, ARCHIVE_OK);

  return zip;
}

/* A wanted text of NULL: the file is broken. */
static const struct
{
  const char *name;
  Entry entries[MAX_ENTRIES];
  const char *want;
} zips[] = {
  { "bare", { { "prefs.js", PREFS } }, TEXT },
  { "profile", { { "a.default/cert9.db", "\1" }, { "a.default/prefs.js", PREFS } }, TEXT },
  { "two-profiles", { { "t/a/prefs.js", PREFS }, { "t/b/prefs.js", PREFS } }, TEXT TEXT },
  { "name-with-umlaut", { { "Zo\xc3\xab/prefs.js", PREFS } }, TEXT },
  { "upwards", { { "../../prefs.js", PREFS } }, TEXT },
  { "of-an-extension", { { "a/prefs.js", PREFS }, { "a/x/prefs.js", "alert(1);" } }, TEXT },
  { "eight-deep", { { "1/2/3/4/5/6/7/8/prefs.js", PREFS } }, TEXT },
  { "too-deep", { { "1/2/3/4/5/6/7/8/9/prefs.js", PREFS } }, "" },
  { "another-name", { { "xprefs.js", PREFS }, { "prefs.js.bak", PREFS } }, "" },
  { "empty", { { NULL } }, "" },
  { "all-broken", { { "prefs.js", "alert(1);" } }, NULL },
};

static void
test_zip (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) zip = pack (zips[i].entries);
  g_autoptr (GPtrArray) founds = NULL;
  g_autofree char *text = NULL;

  /* Without an entry there is nothing that begins as a ZIP file. */
  if (zips[i].entries[0].path == NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (zip->data, zip->len);

      g_assert_false (opt_zip_looks_like (bytes));
      return;
    }

  founds = read_bytes ("thunderbird", zip->data, zip->len, &error);
  if (zips[i].want == NULL)
    g_assert_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN);
  else
    g_assert_no_error (error);
  text = founds != NULL ? create_found_text (founds) : NULL;
  g_assert_cmpstr (text, ==, zips[i].want);
}

/* Many times what it may come out to, in as many files of the name as there are; as zeros, it is
 * small. */
static GByteArray *
pack_bomb (const char *path, guint n_files, gsize n_megabytes)
{
  GByteArray *zip = g_byte_array_new ();
  struct archive *archive = start_zip (zip);
  gsize chunk_bytes = 1024 * 1024;
  g_autofree char *chunk = g_malloc0 (chunk_bytes);

  memset (chunk, ' ', chunk_bytes);
  for (guint i = 0; i < n_files; i++)
    {
      g_autofree char *numbered = g_strdup_printf ("%u/%s", i, path);

      start_entry (archive, numbered, n_megabytes * chunk_bytes);
      for (gsize k = 0; k < n_megabytes; k++)
        g_assert_cmpint (archive_write_data (archive, chunk, chunk_bytes), ==, chunk_bytes);
    }
  g_assert_cmpint (archive_write_free (archive), ==, ARCHIVE_OK);
  g_assert_cmpuint (zip->len, <, OPT_PLACE_MAX_BYTES);

  return zip;
}

static const struct
{
  const char *name, *path;
  guint n_files;
  gsize n_megabytes;
  gboolean is_large;
} bombs[] = {
  { "one-file", "prefs.js", 1, 100, TRUE },
  { "many-files", "prefs.js", 12, 1, TRUE },
  { "other-files", "Mail/Inbox", 2, 50, FALSE },
  { "within", "prefs.js", 9, 1, FALSE },
};

static void
test_bomb (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) zip = pack_bomb (bombs[i].path, bombs[i].n_files, bombs[i].n_megabytes);
  g_autoptr (GPtrArray) founds = read_bytes ("thunderbird", zip->data, zip->len, &error);

  if (bombs[i].is_large)
    g_assert_error (error, OPT_ERROR, OPT_ERROR_READ_LARGE);
  else
    g_assert_no_error (error);
  g_assert_cmpint (founds == NULL, ==, bombs[i].is_large);
}

/* Cut anywhere, and with any byte changed: accounts or an error, and never anything else. */
static void
test_damaged (void)
{
  const Entry entries[MAX_ENTRIES] = { { "a/prefs.js", PREFS } };
  g_autoptr (GByteArray) zip = pack (entries);

  for (guint n = 4; n < zip->len; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) founds = read_bytes ("thunderbird", zip->data, n, &error);

      g_assert_null (founds);
      g_assert_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN);
    }

  for (guint i = 4; i < zip->len; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) founds = NULL;

      zip->data[i] ^= 0xff;
      founds = read_bytes ("thunderbird", zip->data, zip->len, &error);
      zip->data[i] ^= 0xff;
      g_assert_true ((founds != NULL) != (error != NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (zips); i++)
    {
      g_autofree char *path = g_strdup_printf ("/zip/%s", zips[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_zip);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bombs); i++)
    {
      g_autofree char *path = g_strdup_printf ("/zip/bomb/%s", bombs[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bomb);
    }
  g_test_add_func ("/zip/damaged", test_damaged);

  return g_test_run ();
}
