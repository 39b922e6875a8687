/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-account-store.h"
#include "opt-error.h"
#include "opt-practice-world.h"
#include "opt-session.h"

#include <glib/gstdio.h>
#include <string.h>

#define PASSWORD "practice"
#define DEADLINE_S 20

/* A keyring that does what a test tells it to. */
#define TEST_TYPE_KEYRING (test_keyring_get_type ())
G_DECLARE_FINAL_TYPE (TestKeyring, test_keyring, TEST, KEYRING, GObject)

struct _TestKeyring
{
  GObject parent_instance;

  int error_code; /* what saving answers, or 0 */
  guint n_saved;
  char *host; /* of the last account's IMAP server */
};

static gboolean
test_keyring_save (OptKeyring *keyring,
                   OptAccount *account,
                   OptSecret *secret,
                   GCancellable *cancellable,
                   GError **error)
{
  TestKeyring *self = TEST_KEYRING (keyring);

  if (self->error_code != 0)
    {
      g_set_error_literal (error, OPT_ERROR, self->error_code, "as told");
      return FALSE;
    }

  g_assert_cmpstr (opt_secret_peek (secret), ==, PASSWORD);
  g_free (self->host);
  self->host = g_strdup (opt_server_get_host (opt_account_get_server (account, OPT_SERVICE_IMAP)));
  self->n_saved++;

  return TRUE;
}

static char *
test_keyring_describe (OptKeyring *keyring, GCancellable *cancellable, GError **error)
{
  return g_strdup ("Login");
}

static void
test_keyring_init_interface (OptKeyringInterface *iface)
{
  iface->save = test_keyring_save;
  iface->describe = test_keyring_describe;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestKeyring,
                               test_keyring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OPT_TYPE_KEYRING,
                                                      test_keyring_init_interface))

static void
test_keyring_finalize (GObject *object)
{
  g_free (TEST_KEYRING (object)->host);

  G_OBJECT_CLASS (test_keyring_parent_class)->finalize (object);
}

static void
test_keyring_class_init (TestKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_keyring_finalize;
}

static void
test_keyring_init (TestKeyring *self)
{
}

typedef struct
{
  TestKeyring *keyring;
  OptPracticeWorld *world;
  OptSession *session;
  char *folder;
  char *store_path;
} Fixture;

static OptNetwork *
create_network (OptAccount *account, gpointer user_data)
{
  OptPracticeWorld *world = user_data;
  const char *address = opt_address_get_text (opt_account_get_address (account));
  OptNetwork *network = opt_network_new (opt_practice_world_get_ca_pem (world));

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptServer *server = opt_account_get_server (account, i);
      const char *host = opt_server_get_host (server);
      guint16 port = opt_server_get_port (server);
      guint16 local_port = opt_practice_world_get_port (world, address, host, port);

      if (local_port != 0)
        opt_network_add_route (network, host, port, local_port);
    }

  return network;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("optsetup-session-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->store_path = g_build_filename (fixture->folder, "accounts.ini", NULL);
  fixture->keyring = g_object_new (TEST_TYPE_KEYRING, NULL);
  fixture->world = opt_practice_world_new (&error);
  g_assert_no_error (error);
  fixture->session = opt_session_new (OPT_KEYRING (fixture->keyring), fixture->store_path);
  opt_session_set_network_func (fixture->session, create_network, fixture->world, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->session);
  g_object_unref (fixture->world);
  g_object_unref (fixture->keyring);
  g_remove (fixture->store_path);
  g_rmdir (fixture->folder);
  g_free (fixture->store_path);
  g_free (fixture->folder);
}

static gboolean
on_deadline (gpointer user_data)
{
  g_error ("the deadline passed");

  return G_SOURCE_REMOVE;
}

typedef gboolean (*Condition) (OptSession *session);

static void
wait_for (OptSession *session, Condition condition)
{
  guint deadline = g_timeout_add_seconds (DEADLINE_S, on_deadline, NULL);

  while (!condition (session))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

static gboolean
check_is_over (OptSession *session)
{
  return !opt_session_is_checking (session);
}

static gboolean
saving_is_over (OptSession *session)
{
  return opt_session_get_save_state (session) != OPT_SAVE_BUSY;
}

static gboolean
label_is_known (OptSession *session)
{
  return opt_session_get_keyring_label (session) != NULL;
}

static void
type_in (OptSession *session, const char *address, const char *password)
{
  g_autoptr (GError) error = NULL;

  opt_session_set_name (session, "Jane Doe");
  opt_session_set_address_text (session, address);
  g_assert_true (opt_session_set_password (session, password, strlen (password), &error));
  g_assert_no_error (error);
}

/* As text for opt_server_parse(), in the order of OptService. */
static void
set_servers (OptSession *session, const char *const *texts)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_autoptr (OptServer) server = NULL;
      g_autoptr (GError) error = NULL;

      if (texts[i] == NULL)
        continue;

      server = opt_server_parse (i, texts[i], "jane", &error);
      g_assert_no_error (error);
      opt_session_set_server (session, server);
    }
}

static void
test_typing (Fixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;
  g_autoptr (GError) error = NULL;

  g_assert_null (opt_session_get_detection (session));
  g_assert_false (opt_session_can_check (session));

  opt_session_set_address_text (session, "jane@");
  g_assert_error ((GError *) opt_session_get_address_error (session),
                  OPT_ERROR,
                  OPT_ERROR_ADDRESS_DOMAIN_EMPTY);

  opt_session_set_address_text (session, "Jane@optonlin.net");
  g_assert_null (opt_session_get_address_error (session));
  g_assert_cmpint (opt_detection_get_how (opt_session_get_detection (session)),
                   ==,
                   OPT_DETECTED_BY_TYPO);

  opt_session_set_address_text (session, "Jane@optonline.net");
  g_assert_false (opt_session_can_check (session));
  g_assert_false (opt_session_set_password (session, "a\nb", 3, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_PASSWORD_NOT_TEXT);
  g_assert_false (opt_session_can_check (session));
  g_assert_true (opt_session_set_password (session, "x", 1, NULL));
  g_assert_true (opt_session_can_check (session));
  g_assert_true (opt_session_set_password (session, "", 0, NULL));
  g_assert_false (opt_session_can_check (session));
}

static void
test_own_servers (Fixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;
  g_autoptr (OptServer) server =
    opt_server_new (OPT_SERVICE_IMAP, "mail.example.net", 993, OPT_SECURITY_TLS, "jane", NULL);
  g_autoptr (OptAccount) account = NULL;

  type_in (session, "jane@example.net", PASSWORD);
  g_assert_null (opt_session_dup_account (session));
  g_assert_false (opt_session_can_check (session));

  opt_session_set_server (session, server);
  g_assert_true (opt_session_can_check (session));
  account = opt_session_dup_account (session);
  g_assert_true (opt_account_get_server (account, OPT_SERVICE_IMAP) == server);
  g_assert_null (opt_account_get_server (account, OPT_SERVICE_SMTP));

  opt_session_clear_servers (session);
  g_assert_false (opt_session_can_check (session));
}

/* Servers typed by hand, and about which of their hosts the person is asked. */
static const struct
{
  const char *name, *address;
  const char *servers[OPT_N_SERVICES], *confirmed, *want;
} confirmations[] = {
  { "none", "jane@optonline.net", { NULL }, NULL, "" },
  { "own", "jane@optonline.net", { "tls://mail.optonline.net:993" }, NULL, "" },
  { "own-other-port", "jane@optonline.net", { "starttls://mail.optonline.net:143" }, NULL, "" },
  { "own-spare", "jane@optonline.net", { "tls://MAIL.Optimum.net:993" }, NULL, "" },
  { "other-provider",
    "jane@optonline.net",
    { "tls://imap.suddenlink.net" },
    NULL,
    "imap.suddenlink.net" },
  { "below-own",
    "jane@optonline.net",
    { "tls://mail.optonline.net.example.com" },
    NULL,
    "mail.optonline.net.example.com" },
  { "one",
    "jane@optonline.net",
    { NULL, NULL, "tls://smtp.example.com" },
    NULL,
    "smtp.example.com" },
  { "no-provider", "jane@example.net", { "tls://mail.optonline.net" }, NULL, "mail.optonline.net" },
  { "each-once",
    "jane@example.net",
    { "tls://mail.example.com", "tls://mail.example.com", "tls://smtp.example.com" },
    NULL,
    "mail.example.com smtp.example.com" },
  { "confirmed",
    "jane@example.net",
    { "tls://mail.example.com", NULL, "tls://smtp.example.com" },
    "mail.example.com",
    "smtp.example.com" },
  { "idn", "jane@example.net", { "tls://bücher.example" }, NULL, "xn--bcher-kva.example" },
};

static void
test_confirmations (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (confirmations); i++)
    {
      g_autofree char *got = NULL;
      g_auto (GStrv) hosts = NULL;

      g_test_message ("%s", confirmations[i].name);
      opt_session_clear_servers (fixture->session);
      opt_session_set_address_text (fixture->session, "");
      type_in (fixture->session, confirmations[i].address, PASSWORD);
      set_servers (fixture->session, confirmations[i].servers);
      if (confirmations[i].confirmed != NULL)
        opt_session_confirm_host (fixture->session, confirmations[i].confirmed);

      hosts = opt_session_dup_unconfirmed_hosts (fixture->session);
      got = g_strjoinv (" ", hosts);
      g_assert_cmpstr (got, ==, confirmations[i].want);
    }
}

static void
assert_first_unconfirmed (OptSession *session, const char *want)
{
  g_auto (GStrv) hosts = opt_session_dup_unconfirmed_hosts (session);

  g_assert_cmpstr (hosts[0], ==, want);
}

/* Said once, it holds for the host, not for another one, and not for another address. */
static void
test_confirmation_lasts (Fixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;

  type_in (session, "jane@example.net", PASSWORD);
  set_servers (session, (const char *const[OPT_N_SERVICES]){ "tls://mail.example.com" });
  opt_session_confirm_host (session, "mail.example.com");
  set_servers (session, (const char *const[OPT_N_SERVICES]){ "starttls://mail.example.com:143" });
  assert_first_unconfirmed (session, NULL);
  type_in (session, "jane@example.net", "another");
  assert_first_unconfirmed (session, NULL);

  set_servers (session, (const char *const[OPT_N_SERVICES]){ "tls://mail.example.org" });
  assert_first_unconfirmed (session, "mail.example.org");
  set_servers (session, (const char *const[OPT_N_SERVICES]){ "tls://mail.example.com" });
  assert_first_unconfirmed (session, NULL);
  type_in (session, "joe@example.net", PASSWORD);
  assert_first_unconfirmed (session, "mail.example.com");
}

/* Whoever forgets to ask gets no check. */
static void
test_no_check_unconfirmed (Fixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;

  type_in (session, "works@optonline.net", PASSWORD);
  set_servers (session, (const char *const[OPT_N_SERVICES]){ "tls://mail.example.com" });
  g_test_expect_message ("optsetup-session", G_LOG_LEVEL_CRITICAL, "*all_hosts_confirmed*");
  opt_session_start_check (session, FALSE);
  g_test_assert_expected_messages ();
  g_assert_null (opt_session_get_check (session));

  opt_session_confirm_host (session, "mail.example.com");
  opt_session_start_check (session, FALSE);
  g_assert_true (opt_session_is_checking (session));
  wait_for (session, check_is_over);
}

static void
test_check (Fixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;
  g_autoptr (OptSettings) settings = NULL;

  type_in (session, "Works@optonline.net", PASSWORD);
  opt_session_set_incoming (session, OPT_SERVICE_POP3);
  opt_session_start_check (session, FALSE);
  g_assert_true (opt_session_is_checking (session));
  wait_for (session, check_is_over);

  g_assert_cmpint (opt_check_get_verdict (opt_session_get_check (session)), ==, OPT_VERDICT_WORKS);
  settings = opt_session_dup_settings (session, NULL);
  g_assert_cmpstr (opt_settings_get_address (settings), ==, "works@optonline.net");
  g_assert_cmpint (opt_settings_get_incoming_service (settings), ==, OPT_SERVICE_POP3);
}

/* A result is about what was typed then: an edit of it takes the result away, an edit of something
 * else does not. */
static void
test_stale (Fixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;

  type_in (session, "works@optonline.net", PASSWORD);
  opt_session_start_check (session, FALSE);
  wait_for (session, check_is_over);

  opt_session_set_name (session, "Jane");
  opt_session_set_incoming (session, OPT_SERVICE_POP3);
  opt_session_set_address_text (session, "works@optonline.net");
  g_assert_nonnull (opt_session_get_check (session));

  opt_session_set_address_text (session, "works@optimum.net");
  g_assert_null (opt_session_get_check (session));
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;

  type_in (session, "works@optonline.net", PASSWORD);
  opt_session_start_check (session, FALSE);
  opt_session_cancel_check (session);
  g_assert_false (opt_session_is_checking (session));

  /* An edit in the middle of another one ends it as well. */
  opt_session_start_check (session, FALSE);
  opt_session_set_address_text (session, "jane@optonline.net");
  g_assert_false (opt_session_is_checking (session));
  g_assert_null (opt_session_get_check (session));

  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_save (Fixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;
  g_autofree char *stored = NULL;
  g_autoptr (GError) error = NULL;

  type_in (session, "works@optonline.net", PASSWORD);
  opt_session_start_saving (session);
  g_assert_cmpint (opt_session_get_save_state (session), ==, OPT_SAVE_BUSY);
  wait_for (session, saving_is_over);

  g_assert_cmpint (opt_session_get_save_state (session), ==, OPT_SAVE_DONE);
  g_assert_cmpuint (fixture->keyring->n_saved, ==, 1);
  g_assert_cmpstr (fixture->keyring->host, ==, "mail.optonline.net");
  g_file_get_contents (fixture->store_path, &stored, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (stored, "works@optonline.net"));
  g_assert_null (strstr (stored, PASSWORD));

  /* Another password is not the one that was saved. */
  g_assert_true (opt_session_set_password (session, "another", 7, NULL));
  g_assert_cmpint (opt_session_get_save_state (session), ==, OPT_SAVE_NOT_YET);
}

static void
test_save_refused (Fixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;

  fixture->keyring->error_code = OPT_ERROR_KEYRING_DISMISSED;
  type_in (session, "works@optonline.net", PASSWORD);
  opt_session_start_saving (session);
  wait_for (session, saving_is_over);

  g_assert_cmpint (opt_session_get_save_state (session), ==, OPT_SAVE_FAILED);
  g_assert_error ((GError *) opt_session_get_save_error (session),
                  OPT_ERROR,
                  OPT_ERROR_KEYRING_DISMISSED);
  g_assert_false (g_file_test (fixture->store_path, G_FILE_TEST_EXISTS));
}

static void
test_label (Fixture *fixture, gconstpointer data)
{
  opt_session_load_keyring_label (fixture->session);
  wait_for (fixture->session, label_is_known);

  g_assert_cmpstr (opt_session_get_keyring_label (fixture->session), ==, "Login");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
    { "/session/typing", test_typing },
    { "/session/own-servers", test_own_servers },
    { "/session/confirmations", test_confirmations },
    { "/session/confirmation-lasts", test_confirmation_lasts },
    { "/session/no-check-unconfirmed", test_no_check_unconfirmed },
    { "/session/check", test_check },
    { "/session/stale", test_stale },
    { "/session/cancel", test_cancel },
    { "/session/save", test_save },
    { "/session/save-refused", test_save_refused },
    { "/session/label", test_label },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);

  return g_test_run ();
}
