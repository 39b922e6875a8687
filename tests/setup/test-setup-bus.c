/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes wrong while a program is set up, or undone: whatever step fails, those before it are
 * taken back. The real programs are in tests/clients/real; these fail as told. Every test has a
 * session bus and folders of its own. */
#include "../keyring/fake-service.h"
#include "fake-desktop.h"

#include "opt-error.h"
#include "opt-setup.h"

#include <glib/gstdio.h>
#include <string.h>

#define JANE "jane.doe@optonline.net"
#define DEADLINE_S 60

/* What stays of a failure: an empty list. */
#define ONLY_LIST "/state\n/state/optsetup\n/state/optsetup/setups.ini\n"

/* The folders of this test; $PATH is in it, too. */
static char *root;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder =
    g_file_test (path, G_FILE_TEST_IS_DIR) ? g_dir_open (path, 0, NULL) : NULL;

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* All files and folders below, one a line. */
static void
append_tree (GString *text, const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_string_append_printf (text, "%s\n", (char *) names->pdata[i] + strlen (root));
      append_tree (text, names->pdata[i]);
    }
}

static void
assert_tree (const char *want)
{
  g_autoptr (GString) got = g_string_new (NULL);

  append_tree (got, root);
  g_assert_cmpstr (got->str, ==, want);
}

static void
make_file (const char *name, const char *text, guint mode)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static OptSettings *
create_settings (OptService incoming)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptAddress) address = opt_address_parse (JANE, NULL);
  g_autoptr (OptAccount) account = opt_account_new ("Jane Doe", address, NULL);
  OptSettings *settings;

  for (guint service = 0; service < OPT_N_SERVICES; service++)
    {
      g_autoptr (OptServer) server =
        opt_server_parse (service, "tls://mail.optonline.net", JANE, NULL);
      OptAccount *next = opt_account_with_server (account, server);

      opt_account_unref (account);
      account = next;
    }
  settings = opt_settings_new (account, incoming, &error);
  g_assert_no_error (error);

  return settings;
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
on_deadline (gpointer user_data)
{
  g_error ("nothing came back in time");

  return G_SOURCE_REMOVE;
}

static void
wait_for (GAsyncResult **result)
{
  guint deadline = g_timeout_add_seconds (DEADLINE_S, on_deadline, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

static OptSetupPlan *
call_plan (const char *client, OptService incoming, GError **error)
{
  g_autoptr (OptSettings) settings = create_settings (incoming);
  g_autoptr (GAsyncResult) result = NULL;

  opt_setup_plan_async (opt_setup_find (client), settings, NULL, keep_result, &result);
  wait_for (&result);

  return opt_setup_plan_finish (result, error);
}

static OptSetupStore *
open_store (void)
{
  g_autofree char *path = g_build_filename (root, "state", "optsetup", "setups.ini", NULL);

  return opt_setup_store_new (path);
}

static OptSetupRecord *
call_apply (OptSetupPlan *plan, const char *password, GCancellable *cancellable, GError **error)
{
  g_autoptr (OptSecret) secret = opt_secret_new (password, strlen (password), NULL);
  g_autoptr (OptSetupStore) store = open_store ();
  g_autoptr (GAsyncResult) result = NULL;

  opt_setup_apply_async (plan, secret, store, cancellable, keep_result, &result);
  wait_for (&result);

  return opt_setup_apply_finish (result, error);
}

static OptSetupRecord *
set_up (const char *client, GError **error)
{
  g_autoptr (OptSetupPlan) plan = call_plan (client, OPT_SERVICE_IMAP, error);

  return plan != NULL ? call_apply (plan, "secret", NULL, error) : NULL;
}

static GPtrArray *
call_undo (OptSetupRecord *record, GError **error)
{
  g_autoptr (OptSetupStore) store = open_store ();
  g_autoptr (GAsyncResult) result = NULL;

  opt_setup_undo_async (record, store, NULL, keep_result, &result);
  wait_for (&result);

  return opt_setup_undo_finish (result, error);
}

/* The record as a later run finds it; NULL: there is none. */
static OptSetupRecord *
find_record (const char *client)
{
  g_autoptr (OptSetupStore) store = open_store ();
  g_autoptr (GError) error = NULL;
  OptSetupRecord *record = opt_setup_store_find (store, client, JANE, &error);

  if (record == NULL)
    g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_UNKNOWN);

  return record;
}

static void
assert_no_record (const char *client)
{
  g_assert_null (find_record (client));
}

static void
assert_undone (OptSetupRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) leftovers = call_undo (record, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (leftovers->len, ==, 0);
  assert_no_record (opt_setup_record_get_client_id (record));
}

static void
test_there_and_back (void)
{
  static const char *const clients[] = { "evolution", "goa", "geary" };
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();

  make_file ("bin/geary", "", 0755);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OptSetupRecord) record = set_up (clients[i], &error);
      g_autoptr (OptSetupRecord) found = NULL;

      g_assert_no_error (error);
      g_assert_null (set_up (clients[i], &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_EXISTS);

      found = find_record (clients[i]);
      assert_undone (found);
    }

  fake_service_assert_items (keyring, 0, NULL);
  g_assert_cmpuint (g_hash_table_size (desktop->sources), ==, 0);
  g_assert_cmpuint (g_hash_table_size (desktop->accounts), ==, 0);
  assert_tree ("/bin\n/bin/geary\n" ONLY_LIST);
}

/* Never to be accepted, whatever else changes. */
static void
test_goa_accepts_no_bad_certificate (void)
{
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();
  g_autoptr (OptSetupRecord) record = set_up ("goa", NULL);
  const char *imap = NULL, *smtp = NULL;

  g_assert_true (g_variant_lookup (desktop->details, "ImapAcceptSslErrors", "&s", &imap));
  g_assert_true (g_variant_lookup (desktop->details, "SmtpAcceptSslErrors", "&s", &smtp));
  g_assert_cmpstr (imap, ==, "false");
  g_assert_cmpstr (smtp, ==, "false");
}

/* Evolution: two passwords, folders, then the sources. */
static void
test_second_password_fails (void)
{
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();
  g_autoptr (GError) error = NULL;

  keyring->fail_at = 2;
  g_assert_null (set_up ("evolution", &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_FAILED);
  fake_service_assert_items (keyring, 0, NULL);
  g_assert_cmpuint (g_hash_table_size (desktop->sources), ==, 0);
  assert_no_record ("evolution");
  assert_tree (ONLY_LIST);
}

static void
test_service_fails (void)
{
  static const FakeTemper tempers[] = { FAKE_REFUSES, FAKE_LOSES_ANSWERS };
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();

  for (guint i = 0; i < G_N_ELEMENTS (tempers); i++)
    {
      g_autoptr (GError) error = NULL;

      desktop->create = tempers[i];
      g_assert_null (set_up ("evolution", &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_FAILED);
      g_clear_error (&error);
      g_assert_null (set_up ("goa", &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_FAILED);
      g_assert_cmpstr (error->message, ==, "The disk is full");

      fake_service_assert_items (keyring, 0, NULL);
      g_assert_cmpuint (g_hash_table_size (desktop->sources), ==, 0);
      g_assert_cmpuint (g_hash_table_size (desktop->accounts), ==, 0);
      assert_tree (ONLY_LIST);
    }
}

/* An account that was removed in Evolution leaves its password behind: it is not ours, and is
 * neither replaced nor ever taken away. */
static void
test_password_is_there (void)
{
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();
  g_autoptr (OptSetupPlan) stale = call_plan ("evolution", OPT_SERVICE_IMAP, NULL);
  g_autoptr (OptSetupRecord) record = set_up ("evolution", NULL);
  g_autoptr (OptSetupStore) store = open_store ();
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (record);
  g_hash_table_remove_all (desktop->sources);
  g_assert_true (opt_setup_store_forget (store, record, NULL));

  g_assert_null (call_plan ("evolution", OPT_SERVICE_IMAP, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_EXISTS);
  g_clear_error (&error);
  g_assert_null (call_apply (stale, "new", NULL, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_EXISTS);
  fake_service_assert_items (keyring, 2, "secret");
  g_assert_cmpuint (g_hash_table_size (desktop->sources), ==, 0);
  assert_no_record ("evolution");
}

/* Two windows, both with a plan: the second to go on finds what the first has made. */
static void
test_stale_plan (void)
{
  static const char *const clients[] = { "evolution", "goa", "geary" };
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();

  make_file ("bin/geary", "", 0755);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (OptSetupPlan) first = call_plan (clients[i], OPT_SERVICE_IMAP, NULL);
      g_autoptr (OptSetupPlan) second = call_plan (clients[i], OPT_SERVICE_IMAP, NULL);
      g_autoptr (OptSetupRecord) record = call_apply (first, "first", NULL, NULL);
      g_autoptr (OptSetupRecord) found = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GString) before = g_string_new (NULL), after = g_string_new (NULL);

      append_tree (before, root);
      g_assert_null (call_apply (second, "second", NULL, &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_EXISTS);
      append_tree (after, root);
      g_assert_cmpstr (after->str, ==, before->str);
      g_assert_cmpuint (g_hash_table_size (desktop->sources), ==, i == 0 ? 3 : 0);
      g_assert_cmpuint (g_hash_table_size (desktop->accounts), ==, i == 1 ? 1 : 0);
      if (i != 1)
        fake_service_assert_items (keyring, i == 0 ? 2 : 1, "first");

      found = find_record (clients[i]);
      assert_undone (found);
    }
}

/* Somebody who does not know our lock was quicker by a moment. */
static void
test_already_in_use (void)
{
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();
  g_autoptr (GError) error = NULL;

  desktop->create = FAKE_HAS_ALREADY;
  g_assert_null (set_up ("evolution", &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_EXISTS);
  g_clear_error (&error);
  g_assert_null (set_up ("goa", &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_EXISTS);

  g_assert_cmpuint (g_hash_table_size (desktop->sources), ==, 3);
  g_assert_cmpuint (g_hash_table_size (desktop->accounts), ==, 1);
  fake_service_assert_items (keyring, 0, NULL);
  assert_no_record ("evolution");
  assert_no_record ("goa");
}

/* What an earlier run has noted may be all that is known of it. */
static void
test_known_already (void)
{
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();
  g_autoptr (OptSetupRecord) record = set_up ("goa", NULL);
  g_autoptr (OptSetupRecord) found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (record);
  g_hash_table_remove_all (desktop->accounts);
  g_assert_null (set_up ("goa", &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_KNOWN);
  g_assert_cmpuint (g_hash_table_size (desktop->accounts), ==, 0);
  found = find_record ("goa");
  assert_undone (found);
}

/* The list as it was while the program was being set up. */
static char *journal;

static void
keep_journal (void)
{
  g_autofree char *path = g_build_filename (root, "state", "optsetup", "setups.ini", NULL);

  g_clear_pointer (&journal, g_free);
  g_assert_true (g_file_get_contents (path, &journal, NULL, NULL));
}

/* Killed after the registry has made the sources, before it said so. */
static void
test_killed (void)
{
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();
  g_autoptr (OptSetupRecord) record = NULL;
  g_autoptr (OptSetupRecord) found = NULL;

  desktop->on_create = keep_journal;
  record = set_up ("evolution", NULL);
  g_assert_nonnull (record);
  make_file ("state/optsetup/setups.ini", journal, 0600);
  found = find_record ("evolution");
  assert_undone (found);
  fake_service_assert_items (keyring, 0, NULL);
  g_assert_cmpuint (g_hash_table_size (desktop->sources), ==, 0);
  assert_tree (ONLY_LIST);
}

/* The same there: which account is ours was not known yet, and so none is taken. */
static void
test_killed_nameless (void)
{
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();
  g_autoptr (OptSetupRecord) record = NULL;
  g_autoptr (OptSetupRecord) found = NULL;
  g_autoptr (GPtrArray) leftovers = NULL;
  const OptSetupLeftover *leftover;

  desktop->on_create = keep_journal;
  record = set_up ("goa", NULL);
  g_assert_nonnull (record);
  make_file ("state/optsetup/setups.ini", journal, 0600);
  found = find_record ("goa");
  leftovers = call_undo (found, NULL);
  g_assert_cmpuint (leftovers->len, ==, 1);
  leftover = leftovers->pdata[0];
  g_assert_error (leftover->reason, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpuint (g_hash_table_size (desktop->accounts), ==, 1);
  assert_no_record ("goa");
}

/* Neither made nor taken back: it is in the list, and can be taken back from there. */
static void
test_left_behind (void)
{
  static const char *const clients[] = { "evolution", "goa" };
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();

  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (OptSetupRecord) found = NULL;
      g_autoptr (GError) error = NULL;

      desktop->create = FAKE_LOSES_ANSWERS;
      desktop->remove = FAKE_REFUSES;
      g_assert_null (set_up (clients[i], &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_FAILED);
      fake_service_assert_items (keyring, 0, NULL);

      desktop->remove = FAKE_WORKS;
      found = find_record (clients[i]);
      assert_undone (found);
    }
  g_assert_cmpuint (g_hash_table_size (desktop->sources), ==, 0);
  g_assert_cmpuint (g_hash_table_size (desktop->accounts), ==, 0);
}

/* As a Flatpak Evolution has folders of its own, which nobody may take for the others. */
static void
test_flatpak_only (void)
{
  g_autoptr (GError) error = NULL;

  make_file ("data/flatpak/app/org.gnome.Evolution/current", "", 0600);
  g_assert_null (call_plan ("evolution", OPT_SERVICE_IMAP, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_MISSING);
}

static void
test_dismissed (void)
{
  static const char *const clients[] = { "evolution", "geary" };
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();

  make_file ("bin/geary", "", 0755);
  keyring->is_locked = TRUE;
  keyring->person = FAKE_DISMISSES;
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (set_up (clients[i], &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_DISMISSED);
    }
  g_assert_cmpuint (keyring->n_prompts, ==, 2);
  g_assert_cmpuint (g_hash_table_size (desktop->sources), ==, 0);
  assert_tree ("/bin\n/bin/geary\n" ONLY_LIST);
}

static void
test_no_keyring (void)
{
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (set_up ("evolution", &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_MISSING);
  g_assert_cmpuint (g_hash_table_size (desktop->sources), ==, 0);
  assert_tree (ONLY_LIST);
}

static void
test_cancelled (void)
{
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();
  g_autoptr (OptSetupPlan) plan = call_plan ("evolution", OPT_SERVICE_IMAP, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  keyring->fail_at = 2;
  keyring->cancel_at_create = cancellable;
  g_assert_null (call_apply (plan, "secret", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fake_service_assert_items (keyring, 0, NULL);
  g_assert_cmpuint (g_hash_table_size (desktop->sources), ==, 0);
  assert_tree (ONLY_LIST);
}

/* Where the record would go, there is something else. */
static void
test_record_cannot_be_kept (void)
{
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();
  g_autoptr (GError) error = NULL;

  make_file ("state/optsetup/setups.ini", "nonsense", 0600);
  g_assert_null (set_up ("evolution", &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUPS_INVALID);
  fake_service_assert_items (keyring, 0, NULL);
  g_assert_cmpuint (g_hash_table_size (desktop->sources), ==, 0);
  assert_tree ("/state\n/state/optsetup\n/state/optsetup/setups.ini\n");
}

static void
test_missing (void)
{
  static const char *const clients[] = { "evolution", "goa", "geary" };

  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      opt_setup_check_async (opt_setup_find (clients[i]), NULL, keep_result, &result);
      wait_for (&result);
      g_assert_false (opt_setup_check_finish (result, &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_MISSING);
      g_clear_error (&error);

      g_assert_null (call_plan (clients[i], OPT_SERVICE_IMAP, &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_MISSING);
    }
}

static void
test_protocol (void)
{
  static const char *const clients[] = { "goa", "geary" };
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();

  make_file ("bin/geary", "", 0755);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (call_plan (clients[i], OPT_SERVICE_POP3, &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_PROTOCOL);
    }
}

static void
test_undo_again (void)
{
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();
  g_autoptr (OptSetupRecord) record = set_up ("evolution", NULL);
  g_autoptr (OptSetupRecord) rest = NULL;
  g_autoptr (GPtrArray) leftovers = NULL;
  g_autoptr (GError) error = NULL;
  const OptSetupLeftover *leftover;

  desktop->remove = FAKE_REFUSES;
  leftovers = call_undo (record, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (leftovers->len, ==, 1);
  leftover = leftovers->pdata[0];
  g_assert_error (leftover->reason, OPT_ERROR, OPT_ERROR_SETUP_FAILED);
  g_assert_cmpstr (leftover->what[0], ==, "The account " JANE " in Evolution");
  fake_service_assert_items (keyring, 0, NULL);

  desktop->remove = FAKE_WORKS;
  rest = find_record ("evolution");
  assert_undone (rest);
  g_assert_cmpuint (g_hash_table_size (desktop->sources), ==, 0);
}

/* Numbers that are in use, and one whose mail is still there. */
static void
test_geary_number (void)
{
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (OptSetupRecord) record = NULL;

  make_file ("bin/geary", "", 0755);
  make_file ("config/geary/account_01/geary.ini",
             "[Account]\nsender_mailboxes=John <john@optimum.net>;\n",
             0600);
  make_file ("data/geary/account_02/geary.db", "", 0600);
  record = set_up ("geary", &error);
  g_assert_no_error (error);
  assert_tree ("/bin\n/bin/geary\n/config\n/config/geary\n/config/geary/account_01\n"
               "/config/geary/account_01/geary.ini\n/config/geary/account_03\n"
               "/config/geary/account_03/geary.ini\n/data\n/data/geary\n"
               "/data/geary/account_02\n/data/geary/account_02/geary.db\n/state\n"
               "/state/optsetup\n/state/optsetup/setups.ini\n");

  /* What Geary has put there since, and what is about somebody else by now, stays. */
  make_file ("config/geary/account_03/geary.ini", "sender_mailboxes=x@optimum.net;\n", 0600);
  make_file ("data/geary/account_03/geary.db", "", 0600);
  {
    g_autoptr (GPtrArray) leftovers = call_undo (record, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (leftovers->len, ==, 3);
    for (guint i = 0; i < leftovers->len; i++)
      g_assert_cmpuint (((OptSetupLeftover *) leftovers->pdata[i])->reason->domain, ==, G_IO_ERROR);
  }
  fake_service_assert_items (keyring, 0, NULL);
  assert_no_record ("geary");
}

static void
test_geary_is_running (void)
{
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (OptSetupPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  guint owner;

  make_file ("bin/geary", "", 0755);
  plan = call_plan ("geary", OPT_SERVICE_IMAP, &error);
  g_assert_no_error (error);

  /* It was started while the person was reading what will be changed. */
  owner = g_bus_own_name_on_connection (keyring->bus->connection,
                                        "org.gnome.Geary",
                                        G_BUS_NAME_OWNER_FLAGS_NONE,
                                        NULL,
                                        NULL,
                                        NULL,
                                        NULL);
  g_assert_null (call_apply (plan, "secret", NULL, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_RUNNING);
  g_clear_error (&error);
  g_assert_null (call_plan ("geary", OPT_SERVICE_IMAP, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_RUNNING);
  fake_service_assert_items (keyring, 0, NULL);
  assert_tree ("/bin\n/bin/geary\n");
  g_bus_unown_name (owner);
}

static void
set_folder (const char *variable, const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);

  g_setenv (variable, path, TRUE);
}

/* The bus needs the machine's programs, the tests are not to see them. */
static void
run_on_bus (gconstpointer test)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autofree char *programs = g_strdup (g_getenv ("PATH"));

  remove_tree (root);
  g_assert_cmpint (g_mkdir (root, 0700), ==, 0);
  g_test_dbus_up (bus);
  set_folder ("PATH", "bin");
  ((GTestFunc) test) ();
  g_setenv ("PATH", programs, TRUE);
  g_test_dbus_down (bus);
}

static void
add (const char *path, GTestFunc test)
{
  g_test_add_data_func (path, test, run_on_bus);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  root = g_dir_make_tmp ("opt-setup-XXXXXX", NULL);
  set_folder ("XDG_CONFIG_HOME", "config");
  set_folder ("XDG_DATA_HOME", "data");
  set_folder ("XDG_STATE_HOME", "state");

  add ("/setup-bus/there-and-back", test_there_and_back);
  add ("/setup-bus/goa-accepts-no-bad-certificate", test_goa_accepts_no_bad_certificate);
  add ("/setup-bus/second-password-fails", test_second_password_fails);
  add ("/setup-bus/service-fails", test_service_fails);
  add ("/setup-bus/password-is-there", test_password_is_there);
  add ("/setup-bus/stale-plan", test_stale_plan);
  add ("/setup-bus/already-in-use", test_already_in_use);
  add ("/setup-bus/known-already", test_known_already);
  add ("/setup-bus/killed", test_killed);
  add ("/setup-bus/killed-nameless", test_killed_nameless);
  add ("/setup-bus/left-behind", test_left_behind);
  add ("/setup-bus/flatpak-only", test_flatpak_only);
  add ("/setup-bus/dismissed", test_dismissed);
  add ("/setup-bus/no-keyring", test_no_keyring);
  add ("/setup-bus/cancelled", test_cancelled);
  add ("/setup-bus/record-cannot-be-kept", test_record_cannot_be_kept);
  add ("/setup-bus/missing", test_missing);
  add ("/setup-bus/protocol", test_protocol);
  add ("/setup-bus/undo-again", test_undo_again);
  add ("/setup-bus/geary-number", test_geary_number);
  add ("/setup-bus/geary-is-running", test_geary_is_running);
  status = g_test_run ();

  remove_tree (root);
  g_free (root);
  g_free (journal);

  return status;
}
