/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking for accounts is always safe: in a home with all that can be wrong with one, nothing is
 * changed, nothing is started, and what is good is found. */
#include "opt-error.h"
#include "opt-scan.h"
#include "tree.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFS                                                                                      \
  "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n"                                   \
  "user_pref(\"mail.account.account1.server\", \"server1\");\n"                                    \
  "user_pref(\"mail.server.server1.type\", \"imap\");\n"                                           \
  "user_pref(\"mail.server.server1.hostname\", \"%s\");\n"

#define PROFILES                                                                                   \
  "[Profile0]\nPath=good\n[Profile1]\nPath=broken\n[Profile2]\nPath=pipe\n"                        \
  "[Profile3]\nPath=large\n[Profile4]\nPath=again\n[Profile5]\nPath=linked\n"                      \
  "[Profile6]\nPath=dangling\n"

#define SOURCE                                                                                     \
  "[Data Source]\nEnabled=true\nParent=\n[Mail Account]\nBackendName=imapx\nIdentityUid=\n"        \
  "[Authentication]\nHost=evolution.example\nPort=993\nUser=jane\nMethod=PLAIN\n"                  \
  "[Security]\nMethod=ssl-on-alternate-port\n"

typedef struct
{
  char *folder;
  OptMachine machine;
} Fixture;

static char *
build_path (Fixture *fixture, const char *name)
{
  char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);

  return path;
}

static char *
add_file (Fixture *fixture, const char *name, const char *text)
{
  char *path = build_path (fixture, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

static void
add_link (Fixture *fixture, const char *name, const char *target)
{
  g_autofree char *path = build_path (fixture, name);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

/* A program that leaves a trace of having been run. */
static void
add_trap (Fixture *fixture, const char *name)
{
  g_autofree char *below = g_build_filename ("bin", name, NULL);
  g_autofree char *script = g_strdup_printf ("#!/bin/sh\n: > '%s/sprung'\n", fixture->folder);
  g_autofree char *path = add_file (fixture, below, script);

  g_assert_cmpint (g_chmod (path, 0755), ==, 0);
}

/* One for every mail program that we know, and for what is often asked by way of a program. */
static void
add_traps (Fixture *fixture)
{
  static const char *const others[] = { "sh", "secret-tool", "gpg", "dconf", "unzip", "flatpak" };
  guint n_clients;
  const OptClient *const *clients = opt_clients_get (&n_clients);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    add_trap (fixture, others[i]);
  for (guint i = 0; i < n_clients; i++)
    add_trap (fixture, clients[i]->id);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("optsetup-XXXXXX", NULL);
  fixture->machine.home_folder = g_build_filename (fixture->folder, "home", NULL);
  fixture->machine.config_folder = g_build_filename (fixture->folder, "home", ".config", NULL);
  fixture->machine.flatpak_folders = g_new0 (char *, 1);
  fixture->machine.snap_folders = g_new0 (char *, 1);
  fixture->machine.path = g_build_filename (fixture->folder, "bin", NULL);
  g_assert_cmpint (g_mkdir (fixture->machine.home_folder, 0700), ==, 0);
  add_traps (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->folder);
  g_free (fixture->machine.home_folder);
  g_free (fixture->machine.config_folder);
  g_strfreev (fixture->machine.flatpak_folders);
  g_strfreev (fixture->machine.snap_folders);
  g_free (fixture->machine.path);
  g_free (fixture->folder);
}

/* Profiles of Thunderbird that are good, broken, no files at all, too large, the same as another
 * one, kept elsewhere, and gone. */
static void
add_home (Fixture *fixture)
{
  g_autofree char *prefs = g_strdup_printf (PREFS, "good.example");
  g_autofree char *linked = g_strdup_printf (PREFS, "linked.example");
  g_autofree char *pipe = build_path (fixture, "home/.thunderbird/pipe/prefs.js");
  g_autofree char *large = NULL;

  g_free (add_file (fixture, "home/.thunderbird/profiles.ini", PROFILES));
  g_free (add_file (fixture, "home/.thunderbird/good/prefs.js", prefs));
  g_free (add_file (fixture, "home/.thunderbird/broken/prefs.js", "user_pref(\"mail"));
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  large = add_file (fixture, "home/.thunderbird/large/prefs.js", "");
  g_assert_cmpint (truncate (large, OPT_PLACE_MAX_BYTES + 1), ==, 0);
  add_link (fixture, "home/.thunderbird/again", "good");
  g_free (add_file (fixture, "home/dotfiles/prefs.js", linked));
  add_link (fixture, "home/.thunderbird/linked/prefs.js", "../../dotfiles/prefs.js");
  add_link (fixture, "home/.thunderbird/dangling/prefs.js", "nowhere");
  g_free (add_file (fixture,
                    "home/.msmtprc",
                    "account a\nhost msmtp.example\nuser jane\npasswordeval secret-tool\n"));
}

typedef struct
{
  OptScan *scan;
  GError *error;
  gboolean done;
} Waiting;

static void
on_scanned (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Waiting *waiting = user_data;

  waiting->scan = opt_scan_machine_finish (result, &waiting->error);
  waiting->done = TRUE;
}

static void
wait_for (Waiting *waiting)
{
  while (!waiting->done)
    g_main_context_iteration (NULL, TRUE);
}

static OptScan *
scan (Fixture *fixture)
{
  Waiting waiting = { 0 };

  opt_scan_machine_async (&fixture->machine, NULL, NULL, on_scanned, &waiting);
  g_assert_false (waiting.done);
  wait_for (&waiting);
  g_assert_no_error (waiting.error);

  return waiting.scan;
}

static gboolean
has_host (GPtrArray *founds, const char *host)
{
  gboolean has = FALSE;

  for (guint i = 0; i < founds->len; i++)
    for (guint k = 0; k < OPT_N_SERVICES; k++)
      {
        const OptFoundServer *server = ((OptFound *) founds->pdata[i])->servers[k];

        if (server != NULL && g_str_equal (server->host, host))
          {
            /* Never twice. */
            g_assert_false (has);
            has = TRUE;
          }
      }

  return has;
}

static void
assert_trouble (Fixture *fixture, const OptScan *scan, const char *name, OptError code)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  for (guint i = 0; i < scan->troubles->len; i++)
    {
      const OptScanTrouble *trouble = scan->troubles->pdata[i];

      if (g_str_equal (trouble->path, path))
        {
          g_assert_error (trouble->error, OPT_ERROR, (int) code);
          return;
        }
    }

  g_error ("no trouble with %s", name);
}

static void
test_home (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OptScan) found = NULL;

  add_home (fixture);
  found = scan (fixture);

  g_assert_cmpuint (found->founds->len, ==, 3);
  g_assert_true (has_host (found->founds, "good.example"));
  g_assert_true (has_host (found->founds, "linked.example"));
  g_assert_true (has_host (found->founds, "msmtp.example"));
  g_assert_cmpuint (found->troubles->len, ==, 3);
  assert_trouble (fixture, found, "home/.thunderbird/broken/prefs.js", OPT_ERROR_READ_BROKEN);
  assert_trouble (fixture, found, "home/.thunderbird/pipe/prefs.js", OPT_ERROR_READ_NOT_FILE);
  assert_trouble (fixture, found, "home/.thunderbird/large/prefs.js", OPT_ERROR_READ_LARGE);
}

/* Of Evolution's files, one that cannot be read hides no other. */
static void
test_one_of_several (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OptScan) found = NULL;
  g_autofree char *pipe = build_path (fixture, "home/.config/evolution/sources/b.source");

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_free (add_file (fixture, "home/.config/evolution/sources/a.source", SOURCE));
  found = scan (fixture);

  g_assert_true (has_host (found->founds, "evolution.example"));
  g_assert_cmpuint (found->troubles->len, ==, 1);
  assert_trouble (fixture,
                  found,
                  "home/.config/evolution/sources/b.source",
                  OPT_ERROR_READ_NOT_FILE);
}

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (OptScan) found = scan (fixture);

  g_assert_cmpuint (found->founds->len, ==, 0);
  g_assert_cmpuint (found->troubles->len, ==, 0);
}

/* Watches a folder and those in it for all but reading. */
static void
watch_tree (int watch, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_cmpint (inotify_add_watch (watch,
                                      folder,
                                      IN_ATTRIB | IN_CLOSE_WRITE | IN_CREATE | IN_DELETE |
                                        IN_DELETE_SELF | IN_MODIFY | IN_MOVE | IN_MOVE_SELF),
                   >=,
                   0);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        watch_tree (watch, path);
    }
}

static void
test_changes_nothing (Fixture *fixture, gconstpointer data)
{
  int watch = inotify_init1 (IN_CLOEXEC | IN_NONBLOCK);
  char events[4096];
  g_autofree char *first = NULL;
  g_autoptr (OptScan) found = NULL;

  add_home (fixture);
  watch_tree (watch, fixture->folder);
  found = scan (fixture);
  g_assert_cmpint (read (watch, events, sizeof events), <, 0);

  /* That the watch would have told. */
  first = add_file (fixture, "home/.thunderbird/new", "");
  g_assert_cmpint (read (watch, events, sizeof events), >, 0);
  close (watch);
}

/* As a program that is looked for would be: by its name, in $PATH. */
static void
test_starts_nothing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  g_autofree char *trace = g_build_filename (fixture->folder, "sprung", NULL);
  g_autoptr (OptScan) found = NULL;

  g_setenv ("PATH", fixture->machine.path, TRUE);
  add_home (fixture);
  found = scan (fixture);
  g_assert_cmpuint (found->founds->len, >, 0);
  g_assert_false (g_file_test (trace, G_FILE_TEST_EXISTS));

  /* That the traps would have sprung. */
  g_assert_true (g_spawn_command_line_sync ("msmtp", NULL, NULL, NULL, NULL));
  g_assert_true (g_file_test (trace, G_FILE_TEST_EXISTS));
  g_setenv ("PATH", path, TRUE);
}

static void
test_one_client (Fixture *fixture, gconstpointer data)
{
  Waiting waiting = { 0 };
  g_autoptr (OptScan) found = NULL;

  add_home (fixture);
  opt_scan_client_async (&fixture->machine, opt_client_find ("msmtp"), NULL, on_scanned, &waiting);
  wait_for (&waiting);
  found = waiting.scan;
  g_assert_cmpuint (found->founds->len, ==, 1);
  g_assert_cmpuint (found->troubles->len, ==, 0);
}

/* Before it begins, and while it runs, at whatever point that is. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  add_home (fixture);
  for (guint before = 0; before < 2; before++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Waiting waiting = { 0 };

      if (before)
        g_cancellable_cancel (cancellable);
      opt_scan_machine_async (&fixture->machine, NULL, cancellable, on_scanned, &waiting);
      g_assert_false (waiting.done);
      g_cancellable_cancel (cancellable);
      wait_for (&waiting);
      g_assert_null (waiting.scan);
      g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&waiting.error);
    }
}

static const struct
{
  const char *path;
  void (*run) (Fixture *fixture, gconstpointer data);
} tests[] = {
  { "/scan/home", test_home },
  { "/scan/one-of-several", test_one_of_several },
  { "/scan/nothing", test_nothing },
  { "/scan/changes-nothing", test_changes_nothing },
  { "/scan/starts-nothing", test_starts_nothing },
  { "/scan/one-client", test_one_client },
  { "/scan/cancel", test_cancel },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);

  return g_test_run ();
}
