/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-error.h"
#include "opt-session.h"

#include <glib/gstdio.h>
#include <string.h>

#define ADDRESS "jane.doe@optonline.net"
#define PASSWORD "practice"

/* A session in which an account is typed, but nothing checked; of no keyring and no list. */
static OptSession *
create_session (void)
{
  OptSession *session = opt_session_new (NULL, NULL);

  opt_session_set_name (session, "Jane Doe");
  opt_session_set_address_text (session, ADDRESS);
  g_assert_true (opt_session_set_password (session, PASSWORD, strlen (PASSWORD), NULL));

  return session;
}

static guint
get_leave_on_server (OptSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptSettings) settings = opt_session_dup_settings (session, &error);

  g_assert_no_error (error);

  return opt_settings_get_leave_on_server (settings);
}

static void
on_notify (guint *count)
{
  (*count)++;
}

static void
test_leave_on_server (void)
{
  static const guint days[] = { 3, OPT_LEAVE_ON_SERVER_NEVER, OPT_LEAVE_ON_SERVER_ALWAYS };
  g_autoptr (OptSession) session = create_session ();
  guint n_notified = 0;

  g_signal_connect_swapped (session,
                            "notify::leave-on-server",
                            G_CALLBACK (on_notify),
                            &n_notified);
  opt_session_set_incoming (session, OPT_SERVICE_POP3);
  g_assert_cmpuint (opt_session_get_leave_on_server (session), ==, OPT_LEAVE_ON_SERVER_DEFAULT);
  g_assert_cmpuint (get_leave_on_server (session), ==, OPT_LEAVE_ON_SERVER_DEFAULT);

  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      opt_session_set_leave_on_server (session, days[i]);
      opt_session_set_leave_on_server (session, days[i]);
      g_assert_cmpuint (get_leave_on_server (session), ==, days[i]);
      g_assert_cmpuint (n_notified, ==, i + 1);
    }
}

/* Whether the first of the files holds the password as it was typed. */
static gboolean
has_password (GPtrArray *files)
{
  const OptClientFile *file = g_ptr_array_index (files, 0);
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (file->bytes, &n_bytes);

  return g_strstr_len (bytes, n_bytes, PASSWORD) != NULL;
}

static void
test_files (void)
{
  g_autoptr (OptSession) session = create_session ();
  const OptClient *k9 = opt_client_find ("k9");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) without = opt_session_create_files (session, k9, FALSE, &error);
  g_autoptr (GPtrArray) with = opt_session_create_files (session, k9, TRUE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (without->len, ==, 1);
  g_assert_cmpuint (with->len, ==, 1);
  g_assert_false (has_password (without));
  g_assert_true (has_password (with));
}

static void
test_files_of_the_other_way_in (void)
{
  g_autoptr (OptSession) session = create_session ();
  g_autoptr (GError) error = NULL;

  opt_session_set_incoming (session, OPT_SERVICE_POP3);
  g_assert_null (opt_session_create_files (session, opt_client_find ("aerc"), FALSE, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_PROTOCOL);
}

static void
test_code (void)
{
  g_autoptr (OptSession) session = create_session ();
  g_autoptr (GError) error = NULL;
  g_autoptr (OptQr) without = opt_session_create_code (session, FALSE, &error);
  g_autoptr (OptQr) with = opt_session_create_code (session, TRUE, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (opt_qr_get_width (with), >=, opt_qr_get_width (without));
}

static void
test_nothing_checked (void)
{
  g_autoptr (OptSession) session = create_session ();

  g_assert_false (opt_session_can_receive_by (session, OPT_SERVICE_IMAP));
  g_assert_false (opt_session_can_receive_by (session, OPT_SERVICE_POP3));
}

/* Without a list of its own, as in practice, a session touches no other program. */
static void
test_no_setups (void)
{
  g_autoptr (OptSession) session = create_session ();

  g_assert_null (opt_session_get_setup (session, opt_client_find ("evolution")));
}

/* One job for a program as long as the address is the same; none for those that take files only. */
static void
test_setups (void)
{
  g_autoptr (OptSession) session = create_session ();
  g_autofree char *folder = g_dir_make_tmp ("optsetup-setups-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "setups.ini", NULL);
  g_autoptr (OptSetupStore) store = opt_setup_store_new (path);
  const OptClient *geary = opt_client_find ("geary");
  OptSetupJob *job;

  opt_session_set_setup_store (session, store);
  g_assert_null (opt_session_get_setup (session, opt_client_find ("mutt")));
  job = g_object_ref (opt_session_get_setup (session, geary));
  g_assert_true (opt_session_get_setup (session, geary) == job);
  g_assert_true (opt_setup_job_get_client (job) == geary);

  opt_session_set_address_text (session, "john.doe@optonline.net");
  g_assert_false (opt_session_get_setup (session, geary) == job);
  opt_session_set_address_text (session, "john.doe@");
  g_assert_null (opt_session_get_setup (session, geary));

  /* What was begun is called off, and ends. */
  while (opt_setup_job_get_state (job) == OPT_SETUP_CHECKING)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (job);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session-handover/leave-on-server", test_leave_on_server);
  g_test_add_func ("/session-handover/files", test_files);
  g_test_add_func ("/session-handover/files-of-the-other-way-in", test_files_of_the_other_way_in);
  g_test_add_func ("/session-handover/code", test_code);
  g_test_add_func ("/session-handover/nothing-checked", test_nothing_checked);
  g_test_add_func ("/session-handover/no-setups", test_no_setups);
  g_test_add_func ("/session-handover/setups", test_setups);

  return g_test_run ();
}
