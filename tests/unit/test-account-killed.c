/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody who saves an account again and again is killed at many different moments: the list is
 * always whole, an old one or the new one, and what the killed one has left does not pile up. */
#include "opt-account-store.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define JANE "jane@optonline.net"
#define N_KILLS 40
#define DEADLINE_S 60

/* This program, to be started as the one that saves. */
static const char *program;

/* Of very different lengths, and each unlike all others. */
static char *
create_name (guint number)
{
  g_autofree char *filling = g_strnfill (number % 7 * 5000, 'x');

  return g_strdup_printf ("%u %s", number, filling);
}

static gboolean
save (OptAccountStore *store, guint number)
{
  g_autofree char *name = create_name (number);
  g_autoptr (OptAddress) address = opt_address_parse (JANE, NULL);
  g_autoptr (OptAccount) account = opt_account_new (name, address, NULL);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (number);

  return opt_account_store_save (store, account, now, NULL);
}

/* Until it is killed, or left alone. */
static int
save_for_ever (const char *path, guint number)
{
  g_autoptr (OptProviders) providers = opt_providers_load ();
  OptAccountStore *store = opt_account_store_new (path, providers);
  pid_t parent = getppid ();

  while (getppid () == parent && save (store, number))
    number++;
  opt_account_store_free (store);

  return 1;
}

/* The number of the account in the list, which has to be valid; 0: there is none yet. */
static guint
read_number (OptAccountStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = opt_account_store_list (store, &error);
  const OptSavedAccount *saved;
  g_autofree char *want = NULL;
  guint number;

  g_assert_no_error (error);
  if (accounts->len == 0)
    return 0;

  saved = g_ptr_array_index (accounts, 0);
  number = strtoul (opt_account_get_name (saved->account), NULL, 10);
  want = create_name (number);
  g_assert_cmpstr (opt_account_get_name (saved->account), ==, want);
  g_assert_cmpint (g_date_time_to_unix (saved->saved), ==, number);
  g_assert_cmpuint (accounts->len, ==, 1);

  return number;
}

static GPid
start_saving (const char *path, guint number)
{
  g_autofree char *first = g_strdup_printf ("%u", number);
  const char *const arguments[] = { program, "--save", path, first, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;

  g_spawn_async (NULL,
                 (char **) arguments,
                 NULL,
                 G_SPAWN_DO_NOT_REAP_CHILD,
                 NULL,
                 NULL,
                 &pid,
                 &error);
  g_assert_no_error (error);

  return pid;
}

/* Reads all the time, so that what is not whole for a moment only would be seen, too. */
static void
wait_for_changes (OptAccountStore *store, guint n_changes)
{
  gint64 deadline_us = g_get_monotonic_time () + DEADLINE_S * G_USEC_PER_SEC;
  guint before = read_number (store);

  while (n_changes > 0)
    {
      guint number = read_number (store);

      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      g_assert_cmpuint (number, >=, before);
      if (number != before)
        n_changes--;
      before = number;
    }
}

static void
kill_saving (GPid pid)
{
  int status;

  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_spawn_close_pid (pid);
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder) != NULL)
    n++;

  return n;
}

static void
test_killed (void)
{
  g_autofree char *folder = g_dir_make_tmp ("optsetup-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "accounts.ini", NULL);
  g_autoptr (OptProviders) providers = opt_providers_load ();
  OptAccountStore *store = opt_account_store_new (path, providers);
  guint n_left = 0, number = 0;

  for (guint i = 0; i < N_KILLS; i++)
    {
      GPid pid = start_saving (path, number + 1);

      wait_for_changes (store, 1 + i % 4);
      kill_saving (pid);
      number = read_number (store);
      g_assert_cmpuint (count_files (folder), <=, 2);
      n_left += count_files (folder) - 1;
    }
  g_test_message ("%u of %u have left something", n_left, N_KILLS);

  g_assert_true (save (store, number + 1));
  g_assert_cmpuint (read_number (store), ==, number + 1);
  g_assert_cmpuint (count_files (folder), ==, 1);

  opt_account_store_free (store);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Only what such a writer has left is taken away. */
static void
test_leaves_the_rest (void)
{
  static const char *const names[] = { ".optsetup-0123456",
                                       ".optsetup-012345678",
                                       ".optsetup-0123456g",
                                       "optsetup-01234567",
                                       ".optsetup-01234567" };
  g_autofree char *folder = g_dir_make_tmp ("optsetup-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "accounts.ini", NULL);
  g_autoptr (OptProviders) providers = opt_providers_load ();
  OptAccountStore *store = opt_account_store_new (path, providers);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *other = g_build_filename (folder, names[i], NULL);

      g_assert_true (g_file_set_contents (other, "", 0, NULL));
    }
  g_assert_true (save (store, 1));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *other = g_build_filename (folder, names[i], NULL);

      g_assert_cmpint (g_remove (other), ==, i + 1 < G_N_ELEMENTS (names) ? 0 : -1);
    }

  opt_account_store_free (store);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "--save"))
    return save_for_ever (argv[2], strtoul (argv[3], NULL, 10));

  program = argv[0];
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/account-killed/killed", test_killed);
  g_test_add_func ("/account-killed/leaves-the-rest", test_leaves_the_rest);

  return g_test_run ();
}
