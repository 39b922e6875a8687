/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What mail programs are at work with: open profiles, and files that must not give way. */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-live-file.h"
#include "tree.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char *root;
  OptMachine *machine;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->root = g_dir_make_tmp ("opt-live-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->machine = g_new0 (OptMachine, 1);
  fixture->machine->home_folder = g_strdup (fixture->root);
  fixture->machine->config_folder = g_build_filename (fixture->root, "config", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->root);
  opt_machine_free (fixture->machine);
  g_free (fixture->root);
}

/* Returns where it is. */
static char *
make_file (Fixture *fixture, const char *name, const char *text)
{
  char *path = g_build_filename (fixture->root, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

static const struct
{
  const char *name, *profiles, *ini, *lock;
  gboolean found;
} profiles[] = {
  { "package",
    ".thunderbird/profiles.ini",
    "[Profile0]\nName=default\nIsRelative=1\nPath=a.default\n",
    ".thunderbird/a.default/.parentlock",
    TRUE },
  { "second",
    ".thunderbird/profiles.ini",
    "[Profile1]\nPath=a\n[Profile0]\nPath=Profiles/b c\n[General]\nVersion=2\n",
    ".thunderbird/Profiles/b c/.parentlock",
    TRUE },
  { "of-the-installation",
    ".thunderbird/profiles.ini",
    "[Install1A2B]\nDefault=a\n[Profile0]\nPath=a\n",
    ".thunderbird/a/.parentlock",
    TRUE },
  { "flatpak",
    ".var/app/org.mozilla.Thunderbird/.thunderbird/profiles.ini",
    "[Profile0]\nPath=a\n",
    ".var/app/org.mozilla.Thunderbird/.thunderbird/a/.parentlock",
    TRUE },
  { "flatpak-new-name",
    ".var/app/net.thunderbird.Thunderbird/.thunderbird/profiles.ini",
    "[Profile0]\nPath=a\n",
    ".var/app/net.thunderbird.Thunderbird/.thunderbird/a/.parentlock",
    TRUE },
  { "snap",
    "snap/thunderbird/common/.thunderbird/profiles.ini",
    "[Profile0]\nPath=a\n",
    "snap/thunderbird/common/.thunderbird/a/.parentlock",
    TRUE },
  { "not-listed",
    ".thunderbird/profiles.ini",
    "[Profile0]\nPath=a\n",
    ".thunderbird/b/.parentlock",
    FALSE },
  { "no-path",
    ".thunderbird/profiles.ini",
    "[Profile0]\nName=a\n",
    ".thunderbird/a/.parentlock",
    FALSE },
  { "broken", ".thunderbird/profiles.ini", "\1\2\nPath=a", ".thunderbird/a/.parentlock", FALSE },
  { "empty", ".thunderbird/profiles.ini", "", ".thunderbird/a/.parentlock", FALSE },
  { "elsewhere", ".mozilla/profiles.ini", "[Profile0]\nPath=a\n", ".mozilla/a/.parentlock", FALSE },
};

/* The kind of lock that is not this process's own, as the lock of another program is not. */
static void
lock_file (int fd, short type)
{
  struct flock lock = { .l_type = type, .l_whence = SEEK_SET };

  g_assert_cmpint (fcntl (fd, F_OFD_SETLK, &lock), ==, 0);
}

static void
assert_running (Fixture *fixture, gboolean wanted)
{
  const OptClient *thunderbird = opt_client_find ("thunderbird");

  g_assert_cmpint (opt_client_is_running (thunderbird, fixture->machine), ==, wanted);
}

static void
test_running (Fixture *fixture, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *ini = make_file (fixture, profiles[i].profiles, profiles[i].ini);
  g_autofree char *lock = make_file (fixture, profiles[i].lock, "");
  int fd = g_open (lock, O_RDWR | O_CLOEXEC, 0);

  /* Left behind when it ended. */
  assert_running (fixture, FALSE);
  lock_file (fd, F_WRLCK);
  assert_running (fixture, profiles[i].found);
  lock_file (fd, F_UNLCK);
  assert_running (fixture, FALSE);
  g_assert_true (g_close (fd, NULL));
}

static void
test_absolute_profile (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lock = make_file (fixture, "mail/.parentlock", "");
  g_autofree char *profile = g_path_get_dirname (lock);
  g_autofree char *text = g_strdup_printf ("[Profile0]\nIsRelative=0\nPath=%s\n", profile);
  g_autofree char *ini = make_file (fixture, ".thunderbird/profiles.ini", text);
  int fd = g_open (lock, O_RDWR | O_CLOEXEC, 0);

  lock_file (fd, F_WRLCK);
  assert_running (fixture, TRUE);
  g_assert_true (g_close (fd, NULL));
}

/* Nobody knows that of a sheet of paper. */
static void
test_running_nothing (Fixture *fixture, gconstpointer data)
{
  const OptClient *thunderbird = opt_client_find ("thunderbird");
  g_autofree char *text = opt_client_create_restart_text (thunderbird);

  assert_running (fixture, FALSE);
  g_assert_false (opt_client_is_running (opt_client_find ("sheet-text"), fixture->machine));
  g_assert_nonnull (strstr (text, "Thunderbird"));
  g_assert_nonnull (strstr (text, "restart"));
}

static const struct
{
  const char *name, *file;
  gboolean live;
  const char *taken; /* a folder of a program that takes what is new there for its own */
} files[] = {
  { "msmtp", ".msmtprc", TRUE },
  { "msmtp-config", "config/msmtp/config", TRUE },
  { "mutt", ".muttrc", TRUE },
  { "fetchmail", ".fetchmailrc", TRUE },
  { "aerc", "config/aerc/accounts.conf", TRUE },
  { "claws", ".claws-mail/accountrc", TRUE },
  { "evolution", "config/evolution/sources/a.source", TRUE, "config/evolution" },
  { "geary", "config/geary/account_01/geary.ini", TRUE, "config/geary" },
  { "geary-folder", "config/geary/account_02", TRUE, "config/geary" },
  { "getmail-as-told", "config/getmail/jane@optonline.net", TRUE },
  { "thunderbird", ".thunderbird/a.default/prefs.js", TRUE },
  { "beside", "config/optsetup/optonline", FALSE },
  { "name-elsewhere", "Documents/.msmtprc", FALSE },
  { "folder-elsewhere", "Documents/evolution/sources/a.source", FALSE },
  { "plain", "mail-settings.txt", FALSE },
};

static void
assert_live (Fixture *fixture, const char *path, gboolean wanted)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (opt_live_file_check (fixture->machine, path, &error), ==, !wanted);
  if (wanted)
    g_assert_error (error, OPT_ERROR, OPT_ERROR_FILE_LIVE);
  else
    g_assert_no_error (error);
}

static void
test_live (Fixture *fixture, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *path = g_build_filename (fixture->root, files[i].file, NULL);
  g_autofree char *link = g_build_filename (fixture->root, "link", NULL);
  g_autofree char *linked_folder = g_build_filename (fixture->root, "linked", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *through_link = g_build_filename (linked_folder, base, NULL);
  g_autofree char *dotted = g_build_filename (folder, ".", base, NULL);

  /* A name at which nothing is yet. */
  assert_live (fixture, path, FALSE);
  if (files[i].taken != NULL)
    {
      g_autofree char *taken = g_build_filename (fixture->root, files[i].taken, NULL);

      g_assert_cmpint (g_mkdir_with_parents (taken, 0700), ==, 0);
      assert_live (fixture, path, TRUE);
      assert_live (fixture, taken, TRUE);
    }

  g_free (make_file (fixture, files[i].file, "mine"));
  g_assert_cmpint (symlink (path, link), ==, 0);
  g_assert_cmpint (symlink (folder, linked_folder), ==, 0);
  assert_live (fixture, path, files[i].live);
  assert_live (fixture, link, files[i].live);
  assert_live (fixture, through_link, files[i].live);
  assert_live (fixture, dotted, files[i].live);
}

/* The program looks in its place, where a link leads to the file. */
static void
test_live_target (Fixture *fixture, gconstpointer data)
{
  g_autofree char *target = make_file (fixture, "dotfiles/msmtprc", "mine");
  g_autofree char *place = g_build_filename (fixture->root, ".msmtprc", NULL);
  g_autofree char *hard = g_build_filename (fixture->root, "hard", NULL);

  assert_live (fixture, target, FALSE);
  g_assert_cmpint (symlink (target, place), ==, 0);
  g_assert_cmpint (link (target, hard), ==, 0);
  assert_live (fixture, target, TRUE);
  assert_live (fixture, hard, TRUE);
  assert_live (fixture, fixture->root, FALSE);
}

#define ADD(path, test) g_test_add ("/live/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (profiles); i++)
    {
      g_autofree char *path = g_strdup_printf ("/live/running/%s", profiles[i].name);

      g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_running, tear_down);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strdup_printf ("/live/file/%s", files[i].name);

      g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_live, tear_down);
    }
  ADD ("running/absolute", test_absolute_profile);
  ADD ("running/nothing", test_running_nothing);
  ADD ("file/target-of-a-link", test_live_target);

  return g_test_run ();
}
