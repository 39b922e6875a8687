/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-error.h"
#include "opt-file.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  char *path;
  GBytes *bytes;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("opt-file-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "settings.xml", NULL);
  fixture->bytes = g_bytes_new_static ("new\0text", 8);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_bytes_unref (fixture->bytes);
  g_unlink (fixture->path);
  /* Fails if anything else was left behind. */
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
assert_content (const char *path, const char *want, gsize want_bytes)
{
  g_autofree char *got = NULL;
  gsize got_bytes;

  g_assert_true (g_file_get_contents (path, &got, &got_bytes, NULL));
  g_assert_cmpmem (got, got_bytes, want, want_bytes);
}

static void
assert_n_files (const char *folder, guint want)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  g_assert_cmpuint (n, ==, want);
}

static void
test_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf found;
  mode_t mask = umask (0);

  g_assert_true (opt_file_write (fixture->path, fixture->bytes, OPT_FILE_NEW, &error));
  umask (mask);
  g_assert_no_error (error);
  assert_content (fixture->path, "new\0text", 8);
  g_assert_cmpint (g_lstat (fixture->path, &found), ==, 0);
  g_assert_cmpint (found.st_mode, ==, S_IFREG | 0600);
  g_assert_cmpint (found.st_nlink, ==, 1);
  assert_n_files (fixture->folder, 1);
}

/* A umask may take away what the owner needs. */
static void
test_umask (Fixture *fixture, gconstpointer data)
{
  GStatBuf found;
  mode_t mask = umask (0777);

  g_assert_true (opt_file_write (fixture->path, fixture->bytes, OPT_FILE_NEW, NULL));
  umask (mask);
  g_assert_cmpint (g_lstat (fixture->path, &found), ==, 0);
  g_assert_cmpint (found.st_mode, ==, S_IFREG | 0600);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  g_assert_true (opt_file_write (fixture->path, nothing, OPT_FILE_NEW, NULL));
  assert_content (fixture->path, "", 0);
}

static void
test_existing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "old", 3, NULL));
  g_assert_false (opt_file_write (fixture->path, fixture->bytes, OPT_FILE_NEW, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_FILE_EXISTS);
  assert_content (fixture->path, "old", 3);
  assert_n_files (fixture->folder, 1);
}

static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GStatBuf found;

  g_assert_true (g_file_set_contents (fixture->path, "old and longer", 14, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  g_assert_true (opt_file_write (fixture->path, fixture->bytes, OPT_FILE_REPLACE, &error));
  g_assert_no_error (error);
  assert_content (fixture->path, "new\0text", 8);
  g_assert_cmpint (g_lstat (fixture->path, &found), ==, 0);
  g_assert_cmpint (found.st_mode, ==, S_IFREG | 0600);
  assert_n_files (fixture->folder, 1);

  /* There need not be anything to replace. */
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_assert_true (opt_file_write (fixture->path, fixture->bytes, OPT_FILE_REPLACE, &error));
}

static const OptFileFlags both[] = { OPT_FILE_NEW, OPT_FILE_REPLACE };

static void
test_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);

  g_assert_true (g_file_set_contents (target, "old", 3, NULL));
  g_assert_cmpint (symlink (target, fixture->path), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (opt_file_write (fixture->path, fixture->bytes, both[i], &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_FILE_LINK);
    }
  assert_content (target, "old", 3);
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
  assert_n_files (fixture->folder, 2);
  g_assert_cmpint (g_unlink (target), ==, 0);
}

static void
test_dangling_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "target", NULL);

  g_assert_cmpint (symlink (target, fixture->path), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (opt_file_write (fixture->path, fixture->bytes, both[i], &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_FILE_LINK);
    }
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
  assert_n_files (fixture->folder, 1);
}

/* What would be in the way is found, and nothing is written to find it. */
static void
test_check (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = g_build_filename (fixture->folder, "missing", "x", NULL);
  g_autoptr (GError) exists = NULL;
  g_autoptr (GError) link = NULL;
  g_autoptr (GError) folder = NULL;

  g_assert_true (opt_file_check (fixture->path, OPT_FILE_NEW, NULL));
  assert_n_files (fixture->folder, 0);
  g_assert_true (g_file_set_contents (fixture->path, "old", 3, NULL));
  g_assert_true (opt_file_check (fixture->path, OPT_FILE_REPLACE, NULL));
  g_assert_false (opt_file_check (fixture->path, OPT_FILE_NEW, &exists));
  g_assert_error (exists, OPT_ERROR, OPT_ERROR_FILE_EXISTS);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_assert_cmpint (symlink ("target", fixture->path), ==, 0);
  g_assert_false (opt_file_check (fixture->path, OPT_FILE_REPLACE, &link));
  g_assert_error (link, OPT_ERROR, OPT_ERROR_FILE_LINK);
  g_assert_false (opt_file_check (missing, OPT_FILE_NEW, &folder));
  g_assert_error (folder, OPT_ERROR, OPT_ERROR_FILE_NOT_WRITTEN);
  assert_n_files (fixture->folder, 1);
}

/* A folder that is a link is the person's own arrangement. */
static void
test_linked_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_strconcat (fixture->folder, "-link", NULL);
  g_autofree char *path = g_build_filename (link, "settings.xml", NULL);

  g_assert_cmpint (symlink (fixture->folder, link), ==, 0);
  g_assert_true (opt_file_write (path, fixture->bytes, OPT_FILE_NEW, NULL));
  g_assert_cmpint (g_unlink (link), ==, 0);
  assert_content (fixture->path, "new\0text", 8);
}

/* Below the folder of the test, unless absolute. */
static const struct
{
  const char *name, *path;
} unwritable[] = {
  { "no-folder", "missing/settings.xml" },
  { "below-a-file", "file/settings.xml" },
  { "a-folder", "." },
  { "slash", "new/" },
  { "the-root", "/" },
  { "the-kernel", "/proc/settings.xml" },
  { "name-too-long", "%0300d" },
};

static void
test_unwritable (Fixture *fixture, gconstpointer data)
{
  const char *path = data;
  g_autofree char *file = g_build_filename (fixture->folder, "file", NULL);
  g_autofree char *long_name = g_strnfill (300, 'a');
  g_autofree char *below = g_build_filename (fixture->folder, path, NULL);

  g_assert_true (g_file_set_contents (file, "old", 3, NULL));
  if (path[0] == '%')
    {
      g_free (below);
      below = g_build_filename (fixture->folder, long_name, NULL);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (
        opt_file_write (path[0] == '/' ? path : below, fixture->bytes, both[i], &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_FILE_NOT_WRITTEN);
    }
  assert_content (file, "old", 3);
  assert_n_files (fixture->folder, 1);
  g_assert_cmpint (g_unlink (file), ==, 0);
}

/* A pipe would block, or swallow the file. */
static void
test_pipe (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (opt_file_write (fixture->path, fixture->bytes, both[i], &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_FILE_EXISTS);
    }
}

/* The disk is full when half of the file is written. */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) big = g_bytes_new_take (g_strnfill (100000, 'x'), 100000);
  g_autoptr (GError) error = NULL;
  gboolean written;
  struct rlimit before, small;

  g_assert_true (g_file_set_contents (fixture->path, "old", 3, NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 50000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  written = opt_file_write (fixture->path, big, OPT_FILE_REPLACE, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);

  g_assert_false (written);
  g_assert_error (error, OPT_ERROR, OPT_ERROR_FILE_NOT_WRITTEN);
  g_assert_nonnull (strstr (error->message, g_strerror (EFBIG)));
  assert_content (fixture->path, "old", 3);
  assert_n_files (fixture->folder, 1);
}

#define N_WRITERS 8

static gpointer
write_once (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;

  if (opt_file_write (fixture->path, fixture->bytes, OPT_FILE_NEW, &error))
    return GINT_TO_POINTER (1);

  g_assert_error (error, OPT_ERROR, OPT_ERROR_FILE_EXISTS);

  return NULL;
}

/* Many at the same instant: one wins, and nobody's file gives way. */
static void
test_race (Fixture *fixture, gconstpointer data)
{
  for (guint round = 0; round < 20; round++)
    {
      GThread *writers[N_WRITERS];
      int n_written = 0;

      for (guint i = 0; i < N_WRITERS; i++)
        writers[i] = g_thread_new (NULL, write_once, fixture);
      for (guint i = 0; i < N_WRITERS; i++)
        n_written += GPOINTER_TO_INT (g_thread_join (writers[i]));

      g_assert_cmpint (n_written, ==, 1);
      assert_n_files (fixture->folder, 1);
      g_assert_cmpint (g_unlink (fixture->path), ==, 0);
    }
}

#define ADD(path, test) g_test_add ("/file/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("new", test_new);
  ADD ("umask", test_umask);
  ADD ("empty", test_empty);
  ADD ("existing", test_existing);
  ADD ("replace", test_replace);
  ADD ("link", test_link);
  ADD ("dangling-link", test_dangling_link);
  ADD ("check", test_check);
  ADD ("linked-folder", test_linked_folder);
  ADD ("pipe", test_pipe);
  ADD ("full-disk", test_full_disk);
  ADD ("race", test_race);
  for (gsize i = 0; i < G_N_ELEMENTS (unwritable); i++)
    {
      g_autofree char *path = g_strdup_printf ("/file/unwritable/%s", unwritable[i].name);

      g_test_add (path, Fixture, unwritable[i].path, set_up, test_unwritable, tear_down);
    }

  return g_test_run ();
}
