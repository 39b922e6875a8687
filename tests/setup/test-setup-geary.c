/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is Geary's alone: accounts by number, and that it has to be closed. */
#include "../keyring/fake-service.h"
#include "setup-calls.h"

#include "opt-error.h"

/* Numbers that are in use, and one whose mail is still there. */
static void
test_number (void)
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
test_is_running (void)
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

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  setup_calls_init ();

  add_on_bus ("/setup-geary/number", test_number);
  add_on_bus ("/setup-geary/is-running", test_is_running);
  status = g_test_run ();

  setup_calls_clear ();

  return status;
}
