/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A session's check: when it may begin, when it ends, and what it leaves. */
#include "session-fixture.h"

#include "opt-remedy.h"

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

/* Every server of the account is there, and nobody listens. */
static OptNetwork *
create_closed_network (const char *account_address, GPtrArray *servers, gpointer user_data)
{
  OptNetwork *network = opt_network_new ("");
  OptServer *server = g_ptr_array_index (servers, 0);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) bound = NULL;

  /* Bound for a moment, so nobody has it, and never listening. */
  g_assert_true (g_socket_bind (socket, address, FALSE, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  opt_network_add_route (network,
                         opt_server_get_host (server),
                         opt_server_get_port (server),
                         g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));

  return network;
}

static void
assert_offer (OptSession *session, OptAction action, const char *want)
{
  g_autoptr (OptRemedy) remedy = NULL;
  g_autofree char *got = NULL;

  opt_session_start_check (session, FALSE);
  session_wait_for (session, session_check_is_over);
  remedy = opt_remedy_new (opt_session_get_check (session), OPT_SERVICE_SMTP);
  got = remedy->server != NULL ? opt_server_to_string (remedy->server) : NULL;

  g_assert_cmpstr (got, ==, want);
  g_assert_cmpint (remedy->action, ==, action);
  if (remedy->server != NULL)
    opt_session_set_server (session, remedy->server);
}

/* What did not answer is not offered in the place of what was offered for it. */
static void
test_given_up (SessionFixture *fixture, gconstpointer data)
{
  static const char *const servers[OPT_N_SERVICES] = { [OPT_SERVICE_SMTP] =
                                                         "tls://mail.example.net" };
  g_autoptr (OptSession) session = opt_session_new (OPT_KEYRING (fixture->keyring), NULL);

  opt_session_set_network_func (session, create_closed_network, NULL, NULL);
  session_type_in (session, "jane@example.net", SESSION_PASSWORD);
  session_set_servers (session, servers);
  opt_session_confirm_host (session, "mail.example.net");
  assert_offer (session, OPT_ACTION_USE_SERVER, "starttls://mail.example.net:587");
  assert_offer (session, OPT_ACTION_CHANGE_SERVERS, NULL);

  /* That was about one account. */
  session_type_in (session, "joe@example.net", SESSION_PASSWORD);
  opt_session_confirm_host (session, "mail.example.net");
  assert_offer (session, OPT_ACTION_USE_SERVER, "tls://mail.example.net:465");
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
    { "/session/given-up", test_given_up },
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
