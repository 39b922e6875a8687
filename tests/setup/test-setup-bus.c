/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes wrong while a program is set up, or undone: whatever step fails, those before it are
 * taken back. The real programs are in tests/clients/real; these fail as told. Every test has a
 * session bus and folders of its own. */
#include "../keyring/fake-service.h"
#include "fake-desktop.h"
#include "setup-calls.h"

#include "opt-error.h"

/* What stays of a failure: an empty list. */
#define ONLY_LIST "/state\n/state/optsetup\n/state/optsetup/setups.ini\n"

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
  keyring->cancel_at_write = cancellable;
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
      wait_for_result (&result);
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

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  setup_calls_init ();

  add_on_bus ("/setup-bus/there-and-back", test_there_and_back);
  add_on_bus ("/setup-bus/goa-accepts-no-bad-certificate", test_goa_accepts_no_bad_certificate);
  add_on_bus ("/setup-bus/second-password-fails", test_second_password_fails);
  add_on_bus ("/setup-bus/service-fails", test_service_fails);
  add_on_bus ("/setup-bus/password-is-there", test_password_is_there);
  add_on_bus ("/setup-bus/stale-plan", test_stale_plan);
  add_on_bus ("/setup-bus/already-in-use", test_already_in_use);
  add_on_bus ("/setup-bus/known-already", test_known_already);
  add_on_bus ("/setup-bus/killed", test_killed);
  add_on_bus ("/setup-bus/killed-nameless", test_killed_nameless);
  add_on_bus ("/setup-bus/left-behind", test_left_behind);
  add_on_bus ("/setup-bus/flatpak-only", test_flatpak_only);
  add_on_bus ("/setup-bus/dismissed", test_dismissed);
  add_on_bus ("/setup-bus/no-keyring", test_no_keyring);
  add_on_bus ("/setup-bus/cancelled", test_cancelled);
  add_on_bus ("/setup-bus/record-cannot-be-kept", test_record_cannot_be_kept);
  add_on_bus ("/setup-bus/missing", test_missing);
  add_on_bus ("/setup-bus/protocol", test_protocol);
  add_on_bus ("/setup-bus/undo-again", test_undo_again);
  status = g_test_run ();

  setup_calls_clear ();
  g_free (journal);

  return status;
}
