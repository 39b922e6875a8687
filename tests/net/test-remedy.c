/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is offered after a check, from the check itself; the tables are in unit/test-remedy. */
#include "net-world.h"

#include "opt-remedy.h"

#define IMAP OPT_SERVICE_IMAP
#define POP3 OPT_SERVICE_POP3
#define SMTP OPT_SERVICE_SMTP

static void
assert_remedy (OptCheck *check, OptService service, OptAction action, const char *server)
{
  g_autoptr (OptRemedy) remedy = opt_remedy_new (check, service);
  g_autofree char *got = remedy->server != NULL ? opt_server_to_string (remedy->server) : NULL;

  g_assert_cmpint (remedy->action, ==, action);
  g_assert_cmpstr (got, ==, server);
  if (remedy->server != NULL)
    g_assert_cmpstr (opt_server_get_user (remedy->server), ==, NET_ADDRESS);
}

/* The port is closed, and the other one is offered. */
static void
test_refused (void)
{
  const NetRun run = { .services = 1u << SMTP };
  g_autoptr (NetFixture) net = net_fixture_new ();
  g_autoptr (OptCheck) check = NULL;

  net_fixture_add_route (net, NET_HOST, SMTP, OPT_SECURITY_TLS, net_find_closed_port ());
  check = net_fixture_run (net, &run);

  g_assert_cmpstr (net_get_id (check, SMTP), ==, "connection-refused");
  assert_remedy (check, SMTP, OPT_ACTION_USE_SERVER, "starttls://" NET_HOST ":587");
}

/* All that was tried counts, not only what is shown. */
static void
test_all_tried (void)
{
  const NetRun run = { .services = 1u << IMAP, .n_hosts = 2 };
  g_autoptr (NetFixture) net = net_fixture_new ();
  g_autoptr (OptCheck) check = NULL;

  net_fixture_add_server (net, NET_HOST, IMAP, OPT_SECURITY_TLS, NET_IDENTITY_WRONG_NAME);
  net_fixture_add_server (net, NET_SIBLING, IMAP, OPT_SECURITY_TLS, NET_IDENTITY_UNTRUSTED);
  check = net_fixture_run (net, &run);

  g_assert_cmpstr (net_get_id (check, IMAP), ==, "certificate-wrong-name");
  assert_remedy (check, IMAP, OPT_ACTION_CHANGE_SERVERS, NULL);
}

/* One can go on with what works, and only with that. */
static void
test_go_on (void)
{
  const NetRun run = { .services = 1u << IMAP | 1u << POP3 };
  const NetRun alone = { .services = 1u << IMAP };
  g_autoptr (NetFixture) net = net_fixture_new ();
  g_autoptr (OptCheck) check = NULL;
  g_autoptr (OptCheck) other = NULL;

  net_fixture_add_server (net, NET_HOST, IMAP, OPT_SECURITY_TLS, NET_IDENTITY_EXPIRED);
  net_fixture_add_server (net, NET_HOST, POP3, OPT_SECURITY_TLS, NET_IDENTITY_GOOD);
  check = net_fixture_run (net, &run);
  other = net_fixture_run (net, &alone);

  g_assert_cmpint (net_get_state (check, POP3), ==, OPT_PROBE_WORKS);
  g_assert_cmpstr (net_get_id (check, IMAP), ==, "certificate-expired");
  assert_remedy (check, IMAP, OPT_ACTION_GO_ON, NULL);
  /* With one server alone the clock may be what is wrong. */
  g_assert_cmpint (opt_check_get_verdict (other), ==, OPT_VERDICT_FAILS);
  if (g_str_equal (net_get_id (other, IMAP), "certificate-expired"))
    assert_remedy (other, IMAP, OPT_ACTION_COPY_REPORT, NULL);
  else
    assert_remedy (other, IMAP, OPT_ACTION_OPEN_CLOCK, NULL);
}

static void
test_password (void)
{
  const NetRun run = { .services = 1u << IMAP, .password = "wrong" };
  g_autoptr (NetFixture) net = net_fixture_new ();
  g_autoptr (OptCheck) check = NULL;

  net_fixture_add_server (net, NET_HOST, IMAP, OPT_SECURITY_TLS, NET_IDENTITY_GOOD);
  check = net_fixture_run (net, &run);

  g_assert_cmpstr (net_get_id (check, IMAP), ==, "password-refused");
  assert_remedy (check, IMAP, OPT_ACTION_ENTER_PASSWORD, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/net/remedy/refused", test_refused);
  g_test_add_func ("/net/remedy/all-tried", test_all_tried);
  g_test_add_func ("/net/remedy/go-on", test_go_on);
  g_test_add_func ("/net/remedy/password", test_password);

  return g_test_run ();
}
