/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders of files appear whole or not at all, and take nothing away that is not theirs. */
#include "opt-error.h"
#include "opt-file.h"
#include "tree.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define N_FILES 3

typedef struct
{
  char *root;
  char *path;
  OptFile files[N_FILES];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "account", "identity", "transport" };
  g_autoptr (GError) error = NULL;

  fixture->root = g_dir_make_tmp ("opt-folder-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->root, "settings", NULL);
  for (gsize i = 0; i < N_FILES; i++)
    {
      fixture->files[i].name = names[i];
      fixture->files[i].bytes = g_bytes_new_static (names[i], strlen (names[i]));
    }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->root);
  for (gsize i = 0; i < N_FILES; i++)
    g_bytes_unref (fixture->files[i].bytes);
  g_free (fixture->path);
  g_free (fixture->root);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Exactly these are in @folder: names with spaces between them, sorted. */
static void
assert_names (const char *folder, const char *want)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *got = NULL;

  g_assert_nonnull (dir);
  for (const char *name; (name = g_dir_read_name (dir)) != NULL;)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  got = g_strjoinv (" ", (char **) names->pdata);
  g_assert_cmpstr (got, ==, want);
}

static void
assert_mode (const char *path, guint want)
{
  GStatBuf found;

  g_assert_cmpint (g_lstat (path, &found), ==, 0);
  g_assert_cmpint (found.st_mode, ==, want);
}

static void
assert_text (const char *folder, const char *name, const char *want)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *got = NULL;

  g_assert_true (g_file_get_contents (path, &got, NULL, NULL));
  g_assert_cmpstr (got, ==, want);
  assert_mode (path, S_IFREG | 0600);
}

static void
assert_written (Fixture *fixture)
{
  for (gsize i = 0; i < N_FILES; i++)
    assert_text (fixture->path, fixture->files[i].name, fixture->files[i].name);
}

static gboolean
write_folder (Fixture *fixture, const char *path, OptFileFlags flags, GError **error)
{
  return opt_file_write_folder (path, fixture->files, N_FILES, flags, error);
}

static void
put (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* Whatever the umask takes away, and with a slash at the end or without. */
static void
test_new (Fixture *fixture, gconstpointer data)
{
  static const mode_t masks[] = { 0, 022, 0777 };
  g_autofree char *slashes = g_strconcat (fixture->path, "//", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (masks); i++)
    {
      g_autoptr (GError) error = NULL;
      mode_t before = umask (masks[i]);

      write_folder (fixture, i == 0 ? slashes : fixture->path, OPT_FILE_NEW, &error);
      umask (before);
      g_assert_no_error (error);
      assert_mode (fixture->path, S_IFDIR | 0700);
      assert_names (fixture->path, "account identity transport");
      assert_written (fixture);
      assert_names (fixture->root, "settings");
      remove_tree (fixture->path);
    }
}

static void
test_no_files (Fixture *fixture, gconstpointer data)
{
  g_assert_true (opt_file_write_folder (fixture->path, NULL, 0, OPT_FILE_NEW, NULL));
  assert_mode (fixture->path, S_IFDIR | 0700);
  assert_names (fixture->path, "");
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->path, 0755), ==, 0);
  write_folder (fixture, fixture->path, OPT_FILE_NEW, &error);
  g_assert_no_error (error);
  assert_names (fixture->path, "account identity transport");
  assert_written (fixture);
  assert_names (fixture->root, "settings");
}

static void
test_not_empty (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  put (fixture->path, "mine", "mine");
  g_assert_false (write_folder (fixture, fixture->path, OPT_FILE_NEW, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_FILE_EXISTS);
  assert_names (fixture->path, "mine");
  assert_names (fixture->root, "settings");
}

static void
test_replace (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  put (fixture->path, "mine", "mine");
  put (fixture->path, "identity", "old and longer");
  write_folder (fixture, fixture->path, OPT_FILE_REPLACE, &error);
  g_assert_no_error (error);
  assert_names (fixture->path, "account identity mine transport");
  assert_written (fixture);
  assert_text (fixture->path, "mine", "mine");
}

/* One of the files cannot give way: none of the others does. */
static void
test_replace_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *last = g_build_filename (fixture->path, "transport", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  put (fixture->path, "account", "old");
  g_assert_cmpint (symlink ("account", last), ==, 0);
  g_assert_false (write_folder (fixture, fixture->path, OPT_FILE_REPLACE, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_FILE_LINK);
  assert_names (fixture->path, "account transport");
  assert_text (fixture->path, "account", "old");
}

static const OptFileFlags both[] = { OPT_FILE_NEW, OPT_FILE_REPLACE };

static void
assert_refused (Fixture *fixture, const char *path, OptError code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (both); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (write_folder (fixture, path, both[i], &error));
      g_assert_error (error, OPT_ERROR, (int) code);
    }
}

static void
test_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->root, "target", NULL);

  g_assert_cmpint (symlink (target, fixture->path), ==, 0);
  assert_refused (fixture, fixture->path, OPT_ERROR_FILE_LINK);
  g_assert_cmpint (g_mkdir (target, 0700), ==, 0);
  assert_refused (fixture, fixture->path, OPT_ERROR_FILE_LINK);
  assert_names (target, "");
  assert_names (fixture->root, "settings target");
}

static void
test_in_the_way (Fixture *fixture, gconstpointer data)
{
  g_autofree char *below = g_build_filename (fixture->root, "none", "settings", NULL);
  g_autofree char *long_name = g_strnfill (300, 'a');
  g_autofree char *too_long = g_build_filename (fixture->root, long_name, NULL);

  put (fixture->root, "settings", "a file");
  assert_refused (fixture, fixture->path, OPT_ERROR_FILE_NOT_WRITTEN);
  assert_refused (fixture, below, OPT_ERROR_FILE_NOT_WRITTEN);
  assert_refused (fixture, too_long, OPT_ERROR_FILE_NOT_WRITTEN);
  assert_refused (fixture, "", OPT_ERROR_FILE_NOT_WRITTEN);
  assert_refused (fixture, "/", OPT_ERROR_FILE_NOT_WRITTEN);
  assert_refused (fixture, "/proc/settings", OPT_ERROR_FILE_NOT_WRITTEN);
  assert_names (fixture->root, "settings");
  assert_text (fixture->root, "settings", "a file");
}

static void
limit_files (rlim_t size_bytes)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = size_bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* The disk is full when half of the files are written. */
static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_bytes_unref (fixture->files[1].bytes);
  fixture->files[1].bytes = g_bytes_new_take (g_strnfill (100000, 'x'), 100000);
  limit_files (50000);
  assert_refused (fixture, fixture->path, OPT_ERROR_FILE_NOT_WRITTEN);
  assert_names (fixture->root, "");
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_refused (fixture, fixture->path, OPT_ERROR_FILE_NOT_WRITTEN);
  assert_names (fixture->path, "");
  put (fixture->path, "account", "old");
  g_assert_false (write_folder (fixture, fixture->path, OPT_FILE_REPLACE, &error));
  limit_files (RLIM_INFINITY);

  g_assert_error (error, OPT_ERROR, OPT_ERROR_FILE_NOT_WRITTEN);
  assert_names (fixture->path, "account");
  assert_text (fixture->path, "account", "old");
}

#define N_WRITERS 8

static gpointer
write_once (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GError) error = NULL;

  return GINT_TO_POINTER (write_folder (fixture, fixture->path, OPT_FILE_NEW, &error) ? 1 : 0);
}

/* Many at the same instant: one wins, with all its files and nobody else's. */
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
      assert_names (fixture->root, "settings");
      assert_names (fixture->path, "account identity transport");
      assert_written (fixture);
      remove_tree (fixture->path);
    }
}

#define ADD(path, test) g_test_add ("/folder/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("new", test_new);
  ADD ("no-files", test_no_files);
  ADD ("empty", test_empty);
  ADD ("not-empty", test_not_empty);
  ADD ("replace", test_replace);
  ADD ("replace-link", test_replace_link);
  ADD ("link", test_link);
  ADD ("in-the-way", test_in_the_way);
  ADD ("full-disk", test_full_disk);
  ADD ("race", test_race);

  return g_test_run ();
}
