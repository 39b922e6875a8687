/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes wrong between us and a keyring: none, a locked one, a person who closes the prompt, a
 * service that fails half way. Every test has a session bus of its own that starts nothing. */
#include "fake-service.h"
#include "keyring-calls.h"

#include "opt-error.h"

#define JANE "jane.doe@optonline.net"

static OptAccount *
jane_new (void)
{
  return account_new (JANE,
                      "tls://mail.example.net",
                      "tls://pop.example.net",
                      "tls://smtp.example.net");
}

/* All five calls, each to end in the same error; -1: not called. */
static void
assert_all_fail (int save, int find, int list, int forget, int describe)
{
  g_autoptr (OptAccount) account = jane_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (call_save (account, "secret", NULL, &error));
  g_assert_error (error, OPT_ERROR, save);
  g_clear_error (&error);

  g_assert_null (call_find (account, NULL, &error));
  g_assert_error (error, OPT_ERROR, find);
  g_clear_error (&error);

  g_assert_cmpint (call_forget (JANE, NULL, &error), ==, -1);
  g_assert_error (error, OPT_ERROR, forget);
  g_clear_error (&error);

  if (list > 0)
    {
      g_assert_null (call_list (NULL, &error));
      g_assert_error (error, OPT_ERROR, list);
      g_clear_error (&error);
    }

  if (describe > 0)
    {
      g_assert_null (call_describe (NULL, &error));
      g_assert_error (error, OPT_ERROR, describe);
    }
}

static void
assert_all_missing (void)
{
  assert_all_fail (OPT_ERROR_KEYRING_MISSING,
                   OPT_ERROR_KEYRING_MISSING,
                   OPT_ERROR_KEYRING_MISSING,
                   OPT_ERROR_KEYRING_MISSING,
                   OPT_ERROR_KEYRING_MISSING);
}

static void
test_no_bus (void)
{
  static const char *const addresses[] = { "unix:path=/nonexistent/bus",
                                           "unix:path=/dev/null",
                                           "nonsense" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", addresses[i], TRUE);
      assert_all_missing ();
    }

  /* GIO then tries to start one with X11, and there is none. */
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  g_unsetenv ("DISPLAY");
  assert_all_missing ();
}

static void
test_no_service (void)
{
  assert_all_missing ();
}

/* A service file whose program does not start. */
static void
test_service_does_not_start (void)
{
  assert_all_missing ();
}

static void
test_service_comes_and_goes (void)
{
  g_autoptr (OptAccount) account = jane_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (FakeService) service = NULL;

      g_assert_null (call_list (NULL, &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_MISSING);
      g_clear_error (&error);

      service = fake_service_new ();
      assert_saved (account, "secret");
      assert_found (account, "secret");
      fake_service_assert_items (service, 3, "secret");
    }
}

static void
test_describe (void)
{
  g_autoptr (FakeService) service = fake_service_new ();
  g_autofree char *label = NULL;
  g_autofree char *none = NULL;

  service->is_locked = TRUE;
  label = call_describe (NULL, NULL);
  g_assert_cmpstr (label, ==, "Login");

  service->has_collection = FALSE;
  none = call_describe (NULL, NULL);
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpuint (service->n_prompts, ==, 0);
}

static void
test_dismissed (void)
{
  g_autoptr (FakeService) service = fake_service_new ();
  g_autoptr (OptAccount) account = jane_new ();

  assert_saved (account, "kept");
  service->is_locked = TRUE;
  service->person = FAKE_DISMISSES;

  assert_all_fail (OPT_ERROR_KEYRING_DISMISSED,
                   OPT_ERROR_KEYRING_DISMISSED,
                   -1,
                   OPT_ERROR_KEYRING_DISMISSED,
                   -1);
  g_assert_cmpuint (service->n_prompts, ==, 3);
  fake_service_assert_items (service, 3, "kept");

  assert_listed (JANE " imap mail.example.net " JANE "\n" //
                 JANE " pop3 pop.example.net " JANE "\n"  //
                 JANE " smtp smtp.example.net " JANE "\n");
  g_assert_cmpuint (service->n_prompts, ==, 3);
}

static void
test_unlocked_when_asked (void)
{
  g_autoptr (FakeService) service = fake_service_new ();
  g_autoptr (OptAccount) account = jane_new ();

  service->is_locked = TRUE;
  assert_saved (account, "secret");
  g_assert_cmpuint (service->n_prompts, ==, 1);

  service->is_locked = TRUE;
  service->hides = TRUE;
  assert_found (account, "secret");
  g_assert_cmpuint (service->n_prompts, ==, 2);

  service->is_locked = TRUE;
  g_assert_cmpint (call_forget (JANE, NULL, NULL), ==, 3);
  g_assert_cmpuint (service->n_prompts, ==, 3);
  fake_service_assert_items (service, 0, NULL);
}

static void
test_locked (void)
{
  g_autoptr (FakeService) service = fake_service_new ();
  g_autoptr (OptAccount) account = jane_new ();
  g_autoptr (GError) error = NULL;

  assert_saved (account, "kept");
  service->is_locked = TRUE;
  service->hides = TRUE;
  g_assert_null (call_list (NULL, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_LOCKED);
  g_clear_error (&error);
  g_assert_cmpuint (service->n_prompts, ==, 0);

  service->is_locked = FALSE;
  service->stays_locked = TRUE;
  g_assert_false (call_save (account, "other", NULL, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_LOCKED);
  fake_service_assert_items (service, 3, "kept");
}

/* A keyring is made with the first item, and that asks for its password. */
static void
test_first_keyring (void)
{
  g_autoptr (FakeService) service = fake_service_new ();
  g_autoptr (OptAccount) account = jane_new ();
  g_autoptr (GError) error = NULL;

  service->has_collection = FALSE;
  service->person = FAKE_DISMISSES;
  g_assert_false (call_save (account, "secret", NULL, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_DISMISSED);
  g_assert_cmpuint (service->n_prompts, ==, 1);
  fake_service_assert_items (service, 0, NULL);

  service->person = FAKE_ACCEPTS;
  assert_saved (account, "secret");
  fake_service_assert_items (service, 3, "secret");
}

static void
test_undo (void)
{
  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (FakeService) service = fake_service_new ();
      g_autoptr (OptAccount) account = jane_new ();
      g_autoptr (GError) error = NULL;

      service->fail_at = i;
      g_assert_false (call_save (account, "new", NULL, &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_FAILED);
      g_assert_cmpstr (error->message, ==, "The disk is full");
      fake_service_assert_items (service, 0, NULL);
    }
}

/* Two of the three were there before, and with another password. */
static void
test_undo_puts_back (void)
{
  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (FakeService) service = fake_service_new ();
      g_autoptr (OptAccount) before =
        account_new (JANE, "tls://mail.example.net", NULL, "tls://smtp.example.net");
      g_autoptr (OptAccount) account = jane_new ();
      g_autoptr (GError) error = NULL;

      assert_saved (before, "old");
      service->fail_at = service->n_writes + i;
      g_assert_false (call_save (account, "new", NULL, &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_FAILED);
      fake_service_assert_items (service, 2, "old");
      assert_found (before, "old");
    }
}

static void
test_cancel_while_saving (void)
{
  g_autoptr (FakeService) service = fake_service_new ();
  g_autoptr (OptAccount) account = jane_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  assert_saved (account, "old");
  service->fail_at = service->n_writes + 2;
  service->cancel_at_write = cancellable;
  g_assert_false (call_save (account, "new", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fake_service_assert_items (service, 3, "old");
}

static void
test_cancel_while_asking (void)
{
  g_autoptr (FakeService) service = fake_service_new ();
  g_autoptr (OptAccount) account = jane_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  service->is_locked = TRUE;
  service->person = FAKE_STARES;
  service->cancel_at_prompt = cancellable;
  g_assert_false (call_save (account, "secret", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (service->n_dismissals, ==, 1);
  fake_service_assert_items (service, 0, NULL);
}

static void
run_on_bus (gconstpointer test)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);

  if (test == test_service_does_not_start)
    g_test_dbus_add_service_dir (bus, g_test_get_filename (G_TEST_DIST, "services", NULL));

  g_test_dbus_up (bus);
  ((GTestFunc) test) ();
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
  g_test_init (&argc, &argv, NULL);

  add ("/keyring-bus/no-service", test_no_service);
  add ("/keyring-bus/service-does-not-start", test_service_does_not_start);
  add ("/keyring-bus/service-comes-and-goes", test_service_comes_and_goes);
  add ("/keyring-bus/describe", test_describe);
  add ("/keyring-bus/dismissed", test_dismissed);
  add ("/keyring-bus/unlocked-when-asked", test_unlocked_when_asked);
  add ("/keyring-bus/locked", test_locked);
  add ("/keyring-bus/first-keyring", test_first_keyring);
  add ("/keyring-bus/undo", test_undo);
  add ("/keyring-bus/undo-puts-back", test_undo_puts_back);
  add ("/keyring-bus/cancel-while-saving", test_cancel_while_saving);
  add ("/keyring-bus/cancel-while-asking", test_cancel_while_asking);
  g_test_add_func ("/keyring-bus/no-bus", test_no_bus);

  return g_test_run ();
}
