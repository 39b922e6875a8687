/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The passwords that Evolution, Geary and GNOME Online Accounts keep in the keyring; as the real
 * ones were seen to, in tests/clients/real. */
#include "../keyring/fake-service.h"
#include "fake-desktop.h"
#include "setup-calls.h"

#include "opt-client.h"
#include "opt-error.h"
#include "opt-kept-password.h"

#define GOA "org.gnome.OnlineAccounts"

/* An account as such a program has it, with a server for each service but POP3. */
static OptFound *
create_found (const char *client, const char *imap_key, const char *smtp_key)
{
  OptFound *found = opt_found_new ();
  OptFoundServer *imap = opt_found_add_server (found, OPT_SERVICE_IMAP, "mail.example.net");
  OptFoundServer *smtp = opt_found_add_server (found, OPT_SERVICE_SMTP, "smtp.example.net");

  found->client = client != NULL ? opt_client_find (client) : NULL;
  imap->user = g_strdup (JANE);
  imap->key = g_strdup (imap_key);
  smtp->user = g_strdup (JANE);
  smtp->key = g_strdup (smtp_key);

  return found;
}

static OptSecret *
call_kept (OptFound *found, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  opt_kept_password_find_async (found, cancellable, keep_result, &result);

  return opt_kept_password_find_finish (wait_for_result (&result), error);
}

static void
assert_kept (OptFound *found, const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptSecret) secret = call_kept (found, NULL, &error);

  g_assert_true (opt_kept_password_may_be_there (found));
  g_assert_no_error (error);
  g_assert_cmpstr (opt_secret_peek (secret), ==, password);
}

static void
assert_fails (OptFound *found, int want)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (call_kept (found, NULL, &error));
  g_assert_error (error, OPT_ERROR, want);
}

/* What we have set up ourselves is what the programs would have made. */
static void
test_found (void)
{
  static const char *const clients[] = { "evolution", "geary" };
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();

  make_file ("bin/geary", "", 0755);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (OptSetupRecord) record = set_up (clients[i], NULL);
      g_autoptr (OptFound) found = create_found (clients[i], NULL, NULL);
      GHashTableIter iter;
      gpointer uid;

      g_free (found->servers[OPT_SERVICE_IMAP]->host);
      found->servers[OPT_SERVICE_IMAP]->host = g_strdup ("mail.optonline.net");
      g_hash_table_iter_init (&iter, desktop->sources);
      while (g_hash_table_iter_next (&iter, &uid, NULL))
        if (g_str_has_suffix (uid, "-account"))
          found->servers[OPT_SERVICE_IMAP]->key = g_strdup (uid);
      assert_kept (found, "secret");
    }
}

static void
test_found_goa (void)
{
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (OptFound) found = create_found ("goa", "account_1", "account_1");

  fake_service_add (keyring,
                    GOA,
                    "goa-identity",
                    "imap_smtp:gen0:account_1",
                    "{'imap-password': <\"it's\">, 'smtp-password': <'other'>}");
  assert_kept (found, "it's");

  fake_service_add (keyring,
                    GOA,
                    "goa-identity",
                    "imap_smtp:gen0:account_1",
                    "{'smtp-password': <'other'>}");
  assert_kept (found, "other");
}

/* That of sending is as good. */
static void
test_second_server (void)
{
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (FakeDesktop) desktop = fake_desktop_new ();
  g_autoptr (OptSetupRecord) record = set_up ("evolution", NULL);
  GHashTableIter iter;
  gpointer uid;

  g_hash_table_iter_init (&iter, desktop->sources);
  while (g_hash_table_iter_next (&iter, &uid, NULL))
    if (g_str_has_suffix (uid, "-transport"))
      {
        g_autoptr (OptFound) found = create_found ("evolution", "somebody-elses", uid);

        assert_kept (found, "secret");
      }
}

static void
test_not_there (void)
{
  static const struct
  {
    const char *client, *key;
    gboolean may_be_there;
  } clients[] = {
    { "evolution", "uid", TRUE }, { "evolution", NULL, FALSE }, { "geary", NULL, TRUE },
    { "goa", "account_1", TRUE }, { "goa", NULL, FALSE },       { "thunderbird", "server1", FALSE },
    { NULL, NULL, FALSE },
  };
  g_autoptr (FakeService) keyring = fake_service_new ();

  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (OptFound) found = create_found (clients[i].client, clients[i].key, NULL);

      g_assert_cmpint (opt_kept_password_may_be_there (found), ==, clients[i].may_be_there);
      assert_fails (found, OPT_ERROR_KEYRING_NOT_FOUND);
    }
  g_assert_cmpuint (keyring->n_prompts, ==, 0);
}

/* A token is not a password, whatever it is called. */
static void
test_token (void)
{
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (OptFound) found = create_found ("goa", "account_1", NULL);

  fake_service_add (keyring,
                    GOA,
                    "goa-identity",
                    "imap_smtp:gen0:account_1",
                    "{'imap-password': <'token'>}");
  found->servers[OPT_SERVICE_IMAP]->auth = OPT_FOUND_AUTH_OTHER;
  g_assert_false (opt_kept_password_may_be_there (found));
  assert_fails (found, OPT_ERROR_KEYRING_NOT_FOUND);
  g_assert_cmpuint (keyring->n_reads, ==, 0);
}

static void
test_not_a_password (void)
{
  static const char *const contents[] = { "nonsense", "{'imap-password': <42>}" };

  for (guint i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (FakeService) keyring = fake_service_new ();
      g_autoptr (OptFound) found = create_found ("goa", "account_1", NULL);

      fake_service_add (keyring, GOA, "goa-identity", "imap_smtp:gen0:account_1", contents[i]);
      assert_fails (found, OPT_ERROR_PASSWORD_NOT_TEXT);
    }
}

static void
test_locked (void)
{
  g_autoptr (FakeService) keyring = fake_service_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (OptFound) found = create_found ("goa", "account_1", NULL);
  g_autoptr (GError) error = NULL;

  fake_service_add (keyring,
                    GOA,
                    "goa-identity",
                    "imap_smtp:gen0:account_1",
                    "{'imap-password': <'secret'>}");
  keyring->is_locked = TRUE;
  keyring->person = FAKE_DISMISSES;
  assert_fails (found, OPT_ERROR_KEYRING_DISMISSED);
  g_assert_cmpuint (keyring->n_prompts, ==, 1);

  keyring->person = FAKE_STARES;
  keyring->cancel_at_prompt = cancellable;
  g_assert_null (call_kept (found, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  keyring->person = FAKE_ACCEPTS;
  keyring->cancel_at_prompt = NULL;
  assert_kept (found, "secret");
}

static void
test_no_keyring (void)
{
  g_autoptr (OptFound) found = create_found ("geary", NULL, NULL);

  assert_fails (found, OPT_ERROR_KEYRING_MISSING);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  setup_calls_init ();

  add_on_bus ("/kept-password/found", test_found);
  add_on_bus ("/kept-password/found-goa", test_found_goa);
  add_on_bus ("/kept-password/second-server", test_second_server);
  add_on_bus ("/kept-password/not-there", test_not_there);
  add_on_bus ("/kept-password/token", test_token);
  add_on_bus ("/kept-password/not-a-password", test_not_a_password);
  add_on_bus ("/kept-password/locked", test_locked);
  add_on_bus ("/kept-password/no-keyring", test_no_keyring);
  status = g_test_run ();

  setup_calls_clear ();

  return status;
}
