/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A new password everywhere or nowhere: whichever write fails, is cancelled or loses its answer,
 * every item holds what it held before, byte for byte. */
#include "../keyring/fake-service.h"
#include "fake-desktop.h"
#include "setup-calls.h"

#include "opt-error.h"
#include "opt-keyring-libsecret.h"
#include "opt-new-password.h"

#include <string.h>

#define GOA "org.gnome.OnlineAccounts"

/* Evolution's two, that of GNOME Online Accounts, Geary's, and ours. */
#define N_ITEMS 7

typedef struct
{
  FakeService *keyring;
  FakeDesktop *desktop;
  OptAccount *account;
  char *before; /* what the keyring has, as fake_service_print() has it */
} World;

static void
clear_world (World *world)
{
  fake_service_free (world->keyring);
  fake_desktop_free (world->desktop);
  opt_account_unref (world->account);
  g_free (world->before);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, clear_world)

/* GNOME Online Accounts puts its item into the keyring itself, with a password for each server,
 * which need not be the same. */
static World
create_world (void)
{
  static const char *const clients[] = { "evolution", "goa", "geary" };
  World world = { fake_service_new (), fake_desktop_new (), NULL, NULL };

  make_file ("bin/geary", "", 0755);
  world.account = account_new (JANE,
                               "tls://mail.optonline.net",
                               "tls://mail.optonline.net",
                               "tls://mail.optonline.net");
  assert_saved (world.account, "old");
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OptSetupRecord) record = set_up (clients[i], &error);

      g_assert_no_error (error);
    }
  fake_service_add (world.keyring,
                    GOA,
                    "goa-identity",
                    "imap_smtp:gen0:account_1",
                    "{'imap-password': <'old'>, 'smtp-password': <\"older's\">}");
  g_assert_cmpuint (world.keyring->items->len, ==, N_ITEMS);
  world.before = fake_service_print (world.keyring);
  world.keyring->n_writes = 0;
  world.keyring->n_reads = 0;

  return world;
}

static char **
call_list_places (World *world, GError **error)
{
  g_autoptr (OptKeyring) keyring = opt_keyring_libsecret_new ();
  g_autoptr (OptSetupStore) store = open_store ();
  g_autoptr (GAsyncResult) result = NULL;

  opt_new_password_list_async (keyring, world->account, store, NULL, keep_result, &result);

  return opt_new_password_list_finish (wait_for_result (&result), error);
}

static char **
call_store (World *world, const char *password, GCancellable *cancellable, GError **error)
{
  g_autoptr (OptKeyring) keyring = opt_keyring_libsecret_new ();
  g_autoptr (OptSetupStore) store = open_store ();
  g_autoptr (OptSecret) secret = secret_new (password);
  g_autoptr (GAsyncResult) result = NULL;

  opt_new_password_store_async (keyring,
                                world->account,
                                store,
                                secret,
                                cancellable,
                                keep_result,
                                &result);

  return opt_new_password_store_finish (wait_for_result (&result), error);
}

static void
assert_places (char **places, const GError *error, const char *want)
{
  g_autofree char *got = places != NULL ? g_strjoinv ("\n", places) : NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, want);
}

static void
assert_stored (World *world, const char *password, const char *want)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) places = call_store (world, password, NULL, &error);

  assert_places (places, error, want);
}

static void
assert_as_before (World *world)
{
  g_autofree char *now = fake_service_print (world->keyring);

  g_assert_cmpstr (now, ==, world->before);
}

#define LINE(program) "The password that " program " keeps for " JANE
#define ALL_LINES                                                                                  \
  LINE ("Evolution")                                                                               \
  "\n" LINE ("GNOME Online Accounts") "\n" LINE ("Geary") "\n" LINE ("OptSetup")

/* The same items with the same labels, all with the new password. */
#define ALL_NEW                                                                                    \
  "Evolution Data Source “" JANE "” (IMAP): it's new\n"                                          \
  "Evolution Data Source “" JANE "” (SMTP): it's new\n"                                          \
  "Geary IMAP password: it's new\n"                                                                \
  "Mail (IMAP): " JANE ": it's new\n"                                                              \
  "Mail (POP3): " JANE ": it's new\n"                                                              \
  "Mail (SMTP): " JANE ": it's new\n" GOA                                                          \
  ": {'imap-password': <'it\\'s new'>, 'smtp-password': <'it\\'s new'>}\n"

static void
test_everywhere (void)
{
  g_auto (World) world = create_world ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) places = call_list_places (&world, &error);
  g_autofree char *now = NULL;

  assert_places (places, error, ALL_LINES);
  g_assert_cmpuint (world.keyring->n_reads, ==, 0);
  assert_as_before (&world);

  assert_stored (&world, "it's new", ALL_LINES);
  now = fake_service_print (world.keyring);
  g_assert_cmpstr (now, ==, ALL_NEW);
  g_assert_cmpuint (world.keyring->n_writes, ==, N_ITEMS);

  /* And its account is no longer marked. */
  while (world.desktop->n_sign_ins == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (world.desktop->n_sign_ins, ==, 1);
}

static void
test_nth_write_fails (void)
{
  g_auto (World) world = create_world ();

  for (guint i = 1; i <= N_ITEMS; i++)
    {
      g_autoptr (GError) error = NULL;

      world.keyring->fail_at = world.keyring->n_writes + i;
      g_assert_null (call_store (&world, "new", NULL, &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_FAILED);
      g_assert_cmpstr (error->message, ==, "The disk is full");
      assert_as_before (&world);
    }

  g_assert_cmpuint (world.desktop->n_sign_ins, ==, 0);
  assert_stored (&world, "new", ALL_LINES);
}

/* The write that is waited for is carried out all the same. */
static void
test_cancelled (void)
{
  g_auto (World) world = create_world ();

  for (guint i = 1; i <= N_ITEMS; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;

      world.keyring->fail_at = world.keyring->n_writes + i;
      world.keyring->cancel_at_write = cancellable;
      g_assert_null (call_store (&world, "new", cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      assert_as_before (&world);
    }
}

/* From one write on the keyring takes nothing more. When that is the first, all is as it was. */
static void
test_cannot_be_put_back (void)
{
  g_auto (World) world = create_world ();

  for (guint i = 1; i <= N_ITEMS; i++)
    {
      const int want = i == 1 ? OPT_ERROR_KEYRING_FAILED : OPT_ERROR_PASSWORD_MIXED;
      g_autofree char *password = g_strdup_printf ("new %u", i);
      g_autoptr (GError) error = NULL;

      world.keyring->fail_at = world.keyring->n_writes + i;
      world.keyring->fail_until = G_MAXUINT;
      g_assert_null (call_store (&world, password, NULL, &error));
      g_assert_error (error, OPT_ERROR, want);
      if (i == 1)
        assert_as_before (&world);
      else
        g_assert_null (strstr (error->message, "new"));

      /* It can be tried again. */
      world.keyring->fail_at = 0;
      world.keyring->fail_until = 0;
      assert_stored (&world, password, ALL_LINES);
    }
}

static void
test_dismissed (void)
{
  g_auto (World) world = create_world ();
  g_autoptr (GError) error = NULL;

  world.keyring->is_locked = TRUE;
  world.keyring->hides = TRUE;
  world.keyring->person = FAKE_DISMISSES;
  g_assert_null (call_store (&world, "new", NULL, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_DISMISSED);
  g_assert_cmpuint (world.keyring->n_prompts, ==, 1);
  g_assert_cmpuint (world.keyring->n_writes, ==, 0);
  assert_as_before (&world);
}

/* Looking asks nobody, changing does, once. */
static void
test_locked (void)
{
  g_auto (World) world = create_world ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) places = NULL;

  world.keyring->is_locked = TRUE;
  world.keyring->hides = TRUE;
  places = call_list_places (&world, &error);
  assert_places (places, error, ALL_LINES);
  g_assert_cmpuint (world.keyring->n_prompts, ==, 0);

  assert_stored (&world, "it's new", ALL_LINES);
  g_assert_cmpuint (world.keyring->n_prompts, ==, 1);
}

static void
test_cancelled_while_asking (void)
{
  g_auto (World) world = create_world ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  world.keyring->is_locked = TRUE;
  world.keyring->person = FAKE_STARES;
  world.keyring->cancel_at_prompt = cancellable;
  g_assert_null (call_store (&world, "new", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_as_before (&world);
}

/* What a person has removed since in a program, or here, is not made anew. */
static void
test_removed_meanwhile (void)
{
  g_auto (World) world = create_world ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) places = NULL;
  g_autofree char *now = NULL;

  fake_service_remove (world.keyring, "Geary");
  fake_service_remove (world.keyring, "Mail");
  fake_service_remove (world.keyring, "Evolution Data Source “" JANE "” (SMTP)");
  places = call_list_places (&world, &error);
  assert_places (places, error, LINE ("Evolution") "\n" LINE ("GNOME Online Accounts"));

  assert_stored (&world, "it's new", LINE ("Evolution") "\n" LINE ("GNOME Online Accounts"));
  now = fake_service_print (world.keyring);
  g_assert_cmpstr (now,
                   ==,
                   "Evolution Data Source “" JANE "” (IMAP): it's new\n" GOA
                   ": {'imap-password': <'it\\'s new'>, 'smtp-password': <'it\\'s new'>}\n");
}

static void
test_nowhere (void)
{
  g_auto (World) world = create_world ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) places = NULL;

  fake_service_remove (world.keyring, "");
  places = call_list_places (&world, &error);
  assert_places (places, error, "");
  assert_stored (&world, "it's new", "");
  fake_service_assert_items (world.keyring, 0, NULL);

  /* Nobody is told of it; this would come after. */
  g_assert_null (call_plan ("goa", OPT_SERVICE_IMAP, NULL));
  g_assert_cmpuint (world.desktop->n_sign_ins, ==, 0);
}

/* A list that cannot be read may hold places that would be left out. */
static void
test_list_is_broken (void)
{
  g_auto (World) world = create_world ();
  g_autoptr (GError) error = NULL;

  make_file ("state/optsetup/setups.ini", "nonsense", 0600);
  g_assert_null (call_list_places (&world, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUPS_INVALID);
  g_clear_error (&error);
  g_assert_null (call_store (&world, "new", NULL, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUPS_INVALID);
  assert_as_before (&world);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  setup_calls_init ();

  add_on_bus ("/new-password/everywhere", test_everywhere);
  add_on_bus ("/new-password/nth-write-fails", test_nth_write_fails);
  add_on_bus ("/new-password/cancelled", test_cancelled);
  add_on_bus ("/new-password/cannot-be-put-back", test_cannot_be_put_back);
  add_on_bus ("/new-password/dismissed", test_dismissed);
  add_on_bus ("/new-password/locked", test_locked);
  add_on_bus ("/new-password/cancelled-while-asking", test_cancelled_while_asking);
  add_on_bus ("/new-password/removed-meanwhile", test_removed_meanwhile);
  add_on_bus ("/new-password/nowhere", test_nowhere);
  add_on_bus ("/new-password/list-is-broken", test_list_is_broken);
  status = g_test_run ();

  setup_calls_clear ();

  return status;
}
