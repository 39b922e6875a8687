/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A session's check: when it may begin, when it ends, and what it leaves. */
#include "session-fixture.h"

/* Whoever forgets to ask gets no check. */
static void
test_no_check_unconfirmed (SessionFixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;

  session_type_in (session, "works@optonline.net", SESSION_PASSWORD);
  session_set_servers (session, (const char *const[OPT_N_SERVICES]){ "tls://mail.example.com" });
  g_test_expect_message ("optsetup-session", G_LOG_LEVEL_CRITICAL, "*all_hosts_confirmed*");
  opt_session_start_check (session, FALSE);
  g_test_assert_expected_messages ();
  g_assert_null (opt_session_get_check (session));

  opt_session_confirm_host (session, "mail.example.com");
  opt_session_start_check (session, FALSE);
  g_assert_true (opt_session_is_checking (session));
  session_wait_for (session, session_check_is_over);
}

static void
test_check (SessionFixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;
  g_autoptr (OptSettings) settings = NULL;

  session_type_in (session, "Works@optonline.net", SESSION_PASSWORD);
  opt_session_set_incoming (session, OPT_SERVICE_POP3);
  opt_session_start_check (session, FALSE);
  g_assert_true (opt_session_is_checking (session));
  session_wait_for (session, session_check_is_over);

  g_assert_cmpint (opt_check_get_verdict (opt_session_get_check (session)), ==, OPT_VERDICT_WORKS);
  settings = opt_session_dup_settings (session, NULL);
  g_assert_cmpstr (opt_settings_get_address (settings), ==, "works@optonline.net");
  g_assert_cmpint (opt_settings_get_incoming_service (settings), ==, OPT_SERVICE_POP3);
}

/* A result is about what was typed then: an edit of it takes the result away, an edit of something
 * else does not. */
static void
test_stale (SessionFixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;

  session_type_in (session, "works@optonline.net", SESSION_PASSWORD);
  opt_session_start_check (session, FALSE);
  session_wait_for (session, session_check_is_over);

  opt_session_set_name (session, "Jane");
  opt_session_set_incoming (session, OPT_SERVICE_POP3);
  opt_session_set_address_text (session, "works@optonline.net");
  g_assert_nonnull (opt_session_get_check (session));

  opt_session_set_address_text (session, "works@optimum.net");
  g_assert_null (opt_session_get_check (session));
}

static void
test_cancel (SessionFixture *fixture, gconstpointer data)
{
  OptSession *session = fixture->session;

  session_type_in (session, "works@optonline.net", SESSION_PASSWORD);
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

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (SessionFixture *fixture, gconstpointer data);
  } tests[] = {
    { "/session/no-check-unconfirmed", test_no_check_unconfirmed },
    { "/session/check", test_check },
    { "/session/stale", test_stale },
    { "/session/cancel", test_cancel },
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
