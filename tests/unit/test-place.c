/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A home may hold anything under the name of a file. */
#include "opt-error.h"
#include "opt-place.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("optsetup-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "settings", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
write_file (const char *path, const char *bytes, gsize size_bytes)
{
  g_assert_true (g_file_set_contents (path, bytes, (gssize) size_bytes, NULL));
}

static char *
add_file (Fixture *fixture, const char *name)
{
  char *path = g_build_filename (fixture->folder, name, NULL);

  write_file (path, name, strlen (name));

  return path;
}

static void
assert_refused (const char *path, OptError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (opt_place_read_file (path, &error));
  g_assert_error (error, OPT_ERROR, (int) code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
assert_reads (const char *path, const char *bytes, gsize size_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) read = opt_place_read_file (path, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (read, NULL), g_bytes_get_size (read), bytes, size_bytes);
}

static void
test_bytes (Fixture *fixture, gconstpointer data)
{
  static const char bytes[] = "a\0b\xff\r\n";

  write_file (fixture->path, bytes, sizeof bytes);
  assert_reads (fixture->path, bytes, sizeof bytes);
  write_file (fixture->path, "", 0);
  assert_reads (fixture->path, "", 0);
}

static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) read = NULL;

  write_file (fixture->path, "", 0);
  g_assert_cmpint (truncate (fixture->path, OPT_PLACE_MAX_BYTES), ==, 0);
  read = opt_place_read_file (fixture->path, NULL);
  g_assert_cmpuint (g_bytes_get_size (read), ==, OPT_PLACE_MAX_BYTES);

  g_assert_cmpint (truncate (fixture->path, OPT_PLACE_MAX_BYTES + 1), ==, 0);
  assert_refused (fixture->path, OPT_ERROR_READ_LARGE);
}

/* Not even opened, for that alone lets whoever writes into a pipe go on. */
static void
test_pipe (Fixture *fixture, gconstpointer data)
{
  int watch = inotify_init1 (IN_CLOEXEC | IN_NONBLOCK);
  char events[4096];

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  g_assert_cmpint (inotify_add_watch (watch, fixture->path, IN_OPEN), >=, 0);
  assert_refused (fixture->path, OPT_ERROR_READ_NOT_FILE);
  g_assert_cmpint (read (watch, events, sizeof events), <, 0);
  g_assert_cmpint (errno, ==, EAGAIN);
  close (watch);
}

static void
test_socket (Fixture *fixture, gconstpointer data)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (address.sun_path, fixture->path, sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  assert_refused (fixture->path, OPT_ERROR_READ_NOT_FILE);
  close (fd);
}

static void
test_no_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (300, 'a');
  g_autofree char *long_path = g_build_filename (fixture->folder, long_name, NULL);
  g_autofree char *odd_path = g_build_filename (fixture->folder, "\xff", NULL);
  g_autofree char *below = g_build_filename (fixture->path, "below", NULL);

  assert_refused (fixture->folder, OPT_ERROR_READ_NOT_FILE);
  assert_refused ("/dev/null", OPT_ERROR_READ_NOT_FILE);
  assert_refused ("/dev/zero", OPT_ERROR_READ_NOT_FILE);
  assert_refused (fixture->path, OPT_ERROR_READ_FAILED);
  assert_refused (long_path, OPT_ERROR_READ_FAILED);
  assert_refused (odd_path, OPT_ERROR_READ_FAILED);
  write_file (fixture->path, "a", 1);
  assert_refused (below, OPT_ERROR_READ_FAILED);
}

/* Many people keep such files elsewhere and link to them. */
static void
test_links (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link_path = g_build_filename (fixture->folder, "link", NULL);

  g_assert_cmpint (symlink ("settings", link_path), ==, 0);
  assert_refused (link_path, OPT_ERROR_READ_FAILED);
  write_file (fixture->path, "a", 1);
  assert_reads (link_path, "a", 1);

  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  g_assert_cmpint (symlink ("link", fixture->path), ==, 0);
  assert_refused (link_path, OPT_ERROR_READ_FAILED);

  g_assert_cmpint (g_remove (fixture->path), ==, 0);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_refused (link_path, OPT_ERROR_READ_NOT_FILE);
}

/* The superuser, whom nothing is forbidden, becomes somebody else for it. */
static void
test_forbidden (Fixture *fixture, gconstpointer data)
{
  int status = 0;
  pid_t child;

  write_file (fixture->path, "a", 1);
  g_assert_cmpint (g_chmod (fixture->path, 0), ==, 0);
  child = fork ();
  if (child == 0)
    {
      g_autoptr (GError) error = NULL;

      if (geteuid () == 0 && (setgid (NOBODY) != 0 || setuid (NOBODY) != 0))
        _exit (1);

      _exit (opt_place_read_file (fixture->path, &error) == NULL &&
                 g_error_matches (error, OPT_ERROR, OPT_ERROR_READ_FAILED)
               ? 0
               : 2);
    }

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* By whatever name: as it is, through either kind of link, or by a way around. */
static void
test_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) places = opt_places_new ();
  g_autofree char *soft = g_build_filename (fixture->folder, "soft", NULL);
  g_autofree char *hard = g_build_filename (fixture->folder, "hard", NULL);
  g_autofree char *around = g_build_filename (fixture->folder, ".", "settings", NULL);
  g_autofree char *other = add_file (fixture, "other");

  write_file (fixture->path, "a", 1);
  g_assert_cmpint (symlink ("settings", soft), ==, 0);
  g_assert_cmpint (link (fixture->path, hard), ==, 0);
  opt_places_add_file (places, g_strdup (soft));
  opt_places_add_file (places, g_strdup (fixture->path));
  opt_places_add_file (places, g_strdup (hard));
  opt_places_add_file (places, g_strdup (around));
  opt_places_add_file (places, g_strdup (other));
  opt_places_add_file (places, g_strdup (fixture->folder));
  opt_places_add_file (places, g_build_filename (fixture->folder, "nothing", NULL));

  g_assert_cmpuint (places->len, ==, 2);
  g_assert_cmpstr (((OptPlace *) places->pdata[0])->path, ==, soft);
  g_assert_cmpstr (((OptPlace *) places->pdata[1])->path, ==, other);
}

static void
test_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) places = opt_places_new ();
  g_autofree char *second = add_file (fixture, "b.source");
  g_autofree char *first = add_file (fixture, "a.source");
  g_autofree char *other = add_file (fixture, "a.txt");
  g_autofree char *around = g_build_filename (fixture->folder, ".", NULL);
  const OptPlace *place;

  opt_places_add_folder (places, g_strdup (fixture->folder), ".nothing");
  g_assert_cmpuint (places->len, ==, 0);
  opt_places_add_folder (places, g_strdup (fixture->folder), ".source");
  opt_places_add_folder (places, g_strdup (around), ".source");
  g_assert_cmpuint (places->len, ==, 1);
  place = places->pdata[0];
  g_assert_cmpstr (place->path, ==, fixture->folder);
  g_assert_cmpstr (place->files[0], ==, first);
  g_assert_cmpstr (place->files[1], ==, second);
  g_assert_null (place->files[2]);
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) places = opt_places_new ();
  g_autoptr (GPtrArray) folders = opt_places_new ();

  for (guint i = 0; i <= OPT_PLACE_MAX_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.source", i);

      opt_places_add_file (places, add_file (fixture, name));
    }
  g_assert_cmpuint (places->len, ==, OPT_PLACE_MAX_FILES);

  opt_places_add_folder (folders, g_strdup (fixture->folder), ".source");
  g_assert_cmpuint (g_strv_length (((OptPlace *) folders->pdata[0])->files),
                    ==,
                    OPT_PLACE_MAX_FILES);
  opt_places_add_folder (places, g_strdup (fixture->folder), ".source");
  g_assert_cmpuint (places->len, ==, OPT_PLACE_MAX_FILES);
}

static const struct
{
  const char *path;
  void (*run) (Fixture *fixture, gconstpointer data);
} tests[] = {
  { "/place/bytes", test_bytes },         { "/place/limit", test_limit },
  { "/place/pipe", test_pipe },           { "/place/socket", test_socket },
  { "/place/no-file", test_no_file },     { "/place/links", test_links },
  { "/place/forbidden", test_forbidden }, { "/place/once", test_once },
  { "/place/folder", test_folder },       { "/place/many", test_many },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);

  return g_test_run ();
}
