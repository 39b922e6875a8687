/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

#include "opt-error.h"

#include <string.h>

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
test_typing (SessionFixture *fixture, gconstpointer data)
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
test_own_servers (SessionFixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;
  g_autoptr (OptServer) server =
    opt_server_new (OPT_SERVICE_IMAP, "mail.example.net", 993, OPT_SECURITY_TLS, "jane", NULL);
  g_autoptr (OptAccount) account = NULL;

  session_type_in (session, "jane@example.net", SESSION_PASSWORD);
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
test_confirmations (SessionFixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (confirmations); i++)
    {
      g_autofree char *got = NULL;
      g_auto (GStrv) hosts = NULL;

      g_test_message ("%s", confirmations[i].name);
      opt_session_clear_servers (fixture->session);
      opt_session_set_address_text (fixture->session, "");
      session_type_in (fixture->session, confirmations[i].address, SESSION_PASSWORD);
      session_set_servers (fixture->session, confirmations[i].servers);
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
test_confirmation_lasts (SessionFixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;

  session_type_in (session, "jane@example.net", SESSION_PASSWORD);
  session_set_servers (session, (const char *const[OPT_N_SERVICES]){ "tls://mail.example.com" });
  opt_session_confirm_host (session, "mail.example.com");
  session_set_servers (session,
                       (const char *const[OPT_N_SERVICES]){ "starttls://mail.example.com:143" });
  assert_first_unconfirmed (session, NULL);
  session_type_in (session, "jane@example.net", "another");
  assert_first_unconfirmed (session, NULL);

  session_set_servers (session, (const char *const[OPT_N_SERVICES]){ "tls://mail.example.org" });
  assert_first_unconfirmed (session, "mail.example.org");
  session_set_servers (session, (const char *const[OPT_N_SERVICES]){ "tls://mail.example.com" });
  assert_first_unconfirmed (session, NULL);
  session_type_in (session, "joe@example.net", SESSION_PASSWORD);
  assert_first_unconfirmed (session, "mail.example.com");
}

static void
test_save (SessionFixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;
  g_autofree char *stored = NULL;
  g_autoptr (GError) error = NULL;

  session_type_in (session, "works@optonline.net", SESSION_PASSWORD);
  opt_session_start_saving (session);
  g_assert_cmpint (opt_session_get_save_state (session), ==, OPT_SAVE_BUSY);
  session_wait_for (session, saving_is_over);

  g_assert_cmpint (opt_session_get_save_state (session), ==, OPT_SAVE_DONE);
  g_assert_cmpuint (fixture->keyring->n_saved, ==, 1);
  g_assert_cmpstr (fixture->keyring->host, ==, "mail.optonline.net");
  g_file_get_contents (fixture->store_path, &stored, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (stored, "works@optonline.net"));
  g_assert_null (strstr (stored, SESSION_PASSWORD));

  /* Another password is not the one that was saved. */
  g_assert_true (opt_session_set_password (session, "another", 7, NULL));
  g_assert_cmpint (opt_session_get_save_state (session), ==, OPT_SAVE_NOT_YET);
}

static void
test_save_refused (SessionFixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;

  fixture->keyring->error_code = OPT_ERROR_KEYRING_DISMISSED;
  session_type_in (session, "works@optonline.net", SESSION_PASSWORD);
  opt_session_start_saving (session);
  session_wait_for (session, saving_is_over);

  g_assert_cmpint (opt_session_get_save_state (session), ==, OPT_SAVE_FAILED);
  g_assert_error ((GError *) opt_session_get_save_error (session),
                  OPT_ERROR,
                  OPT_ERROR_KEYRING_DISMISSED);
  g_assert_false (g_file_test (fixture->store_path, G_FILE_TEST_EXISTS));
}

/* What works is unsaved until it is kept; what does not work, and what is not known, never is. */
static void
test_unsaved_result (SessionFixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;

  session_type_in (session, "locked@optonline.net", SESSION_PASSWORD);
  g_assert_false (opt_session_has_unsaved_result (session));
  opt_session_start_check (session, FALSE);
  session_wait_for (session, session_check_is_over);
  g_assert_false (opt_session_has_unsaved_result (session));

  session_type_in (session, "works@optonline.net", SESSION_PASSWORD);
  opt_session_start_check (session, FALSE);
  g_assert_false (opt_session_has_unsaved_result (session));
  session_wait_for (session, session_check_is_over);
  g_assert_true (opt_session_has_unsaved_result (session));

  opt_session_start_saving (session);
  g_assert_true (opt_session_has_unsaved_result (session));
  session_wait_for (session, saving_is_over);
  g_assert_false (opt_session_has_unsaved_result (session));

  opt_session_set_name (session, "Jane Q. Doe");
  g_assert_true (opt_session_has_unsaved_result (session));
  session_type_in (session, "works@optimum.net", SESSION_PASSWORD);
  g_assert_false (opt_session_has_unsaved_result (session));
}

static void
test_label (SessionFixture *fixture, gconstpointer data)
{
  opt_session_load_keyring_label (fixture->session);
  session_wait_for (fixture->session, label_is_known);

  g_assert_cmpstr (opt_session_get_keyring_label (fixture->session), ==, "Login");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (SessionFixture *fixture, gconstpointer data);
  } tests[] = {
    { "/session/typing", test_typing },
    { "/session/own-servers", test_own_servers },
    { "/session/confirmations", test_confirmations },
    { "/session/confirmation-lasts", test_confirmation_lasts },
    { "/session/save", test_save },
    { "/session/save-refused", test_save_refused },
    { "/session/unsaved-result", test_unsaved_result },
    { "/session/label", test_label },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path,
                SessionFixture,
                NULL,
                session_fixture_set_up,
                tests[i].test,
                session_fixture_tear_down);

  return g_test_run ();
}
