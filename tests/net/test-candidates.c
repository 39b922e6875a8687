/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which server of a service is tried when another one fails, and which never is. */
#include "net-world.h"

#define IMAP OPT_SERVICE_IMAP
#define POP3 OPT_SERVICE_POP3
#define SMTP OPT_SERVICE_SMTP

#define CLOSED_PORT 1
#define BLACK_HOLE 2

/* The first host's failing, and whether the second is asked. */
static const struct
{
  const char *name;
  NetIdentity identity;
  OptPracticeRule rule;
  guint where; /* 0 for a server */
  gboolean no_route;
  gboolean second;
  const char *first_id;
} candidates[] = {
  { "no-name", .no_route = TRUE, .second = TRUE, .first_id = "host-unknown" },
  { "refused", .where = CLOSED_PORT, .second = TRUE, .first_id = "connection-refused" },
  { "filtered", .where = BLACK_HOLE, .second = TRUE, .first_id = "connection-filtered" },
  { "expired", NET_IDENTITY_EXPIRED, .second = TRUE, .first_id = "certificate-expired" },
  { "name", NET_IDENTITY_WRONG_NAME, .second = TRUE, .first_id = "certificate-wrong-name" },
  { "untrusted", NET_IDENTITY_UNTRUSTED, .second = TRUE, .first_id = "certificate-untrusted" },
  { "reset",
    .rule = { "TLS", .then = OPT_PRACTICE_THEN_RESET },
    .second = TRUE,
    .first_id = "closed-before-greeting" },
  { "silent",
    .rule = { "TLS", .then = OPT_PRACTICE_THEN_SILENCE },
    .second = TRUE,
    .first_id = "server-too-slow" },
  { "password",
    .rule = { "SIGN-IN", .reply = "%t NO [AUTHENTICATIONFAILED] no\r\n" },
    .first_id = "password-refused" },
  { "bare-refusal", .rule = { "SIGN-IN", .reply = "%t NO\r\n" }, .first_id = "password-refused" },
  { "hangs-up-in-sign-in",
    .rule = { "SIGN-IN", .then = OPT_PRACTICE_THEN_CLOSE },
    .first_id = "server-fault" },
  { "silent-in-sign-in",
    .rule = { "SIGN-IN", .then = OPT_PRACTICE_THEN_SILENCE },
    .first_id = "server-too-slow" },
  { "busy", .rule = { "GREETING", .reply = "* BYE busy\r\n" }, .first_id = "greeting-refused" },
  { "works", .first_id = "works" },
};

static OptPracticeServer *
add_first (NetFixture *net, gsize i, NetBlackHole *black_hole)
{
  OptPracticeServer *server;

  if (candidates[i].no_route)
    return NULL;

  server = net_fixture_add_server (net, NET_HOST, IMAP, OPT_SECURITY_TLS, candidates[i].identity);
  if (candidates[i].rule.when != NULL)
    opt_practice_server_add_rule (server, &candidates[i].rule);
  if (candidates[i].where != 0)
    net_fixture_add_route (net,
                           NET_HOST,
                           IMAP,
                           OPT_SECURITY_TLS,
                           candidates[i].where == CLOSED_PORT
                             ? net_find_closed_port ()
                             : net_black_hole_get_port (black_hole));

  return server;
}

static void
assert_candidates (OptCheck *check, gsize i)
{
  gboolean works = candidates[i].second || g_str_equal (candidates[i].first_id, "works");
  GPtrArray *tried = opt_probe_get_tried (opt_check_get_probe (check, IMAP));
  g_autoptr (OptAccount) account = opt_check_dup_account (check);

  g_assert_cmpuint (tried->len, ==, candidates[i].second ? 2 : 1);
  g_assert_cmpint (opt_check_get_verdict (check),
                   ==,
                   works ? OPT_VERDICT_WORKS : OPT_VERDICT_FAILS);
  if (!candidates[i].second)
    g_assert_cmpstr (net_get_id (check, IMAP), ==, candidates[i].first_id);
  g_assert_cmpstr (opt_server_get_host (opt_account_get_server (account, IMAP)),
                   ==,
                   candidates[i].second ? NET_SIBLING : NET_HOST);
}

static void
test_candidate (gconstpointer data)
{
  const OptTimeouts timeouts = { 500, 500, 2000, 20000 };
  gsize i = GPOINTER_TO_SIZE (data);
  NetRun run = { .services = 1u << IMAP, .n_hosts = 2, .timeouts = &timeouts };
  g_autoptr (NetFixture) net = net_fixture_new ();
  g_autoptr (NetBlackHole) black_hole = net_black_hole_new ("127.0.0.1", 0);
  g_autoptr (OptCheck) check = NULL;
  OptPracticeServer *first = add_first (net, i, black_hole);
  OptPracticeServer *second =
    net_fixture_add_server (net, NET_SIBLING, IMAP, OPT_SECURITY_TLS, NET_IDENTITY_GOOD);
  g_autoptr (GBytes) received = NULL;

  check = net_fixture_run (net, &run);
  assert_candidates (check, i);
  g_assert_cmpuint (opt_practice_server_get_n_connections (second),
                    ==,
                    candidates[i].second ? 1 : 0);
  if (first != NULL && candidates[i].second)
    {
      received = opt_practice_server_dup_received (first);
      g_assert_false (net_contains_password (received));
    }
}

/* Of several that fail, the one that came furthest is shown, and among equals the first. */
static void
test_no_candidate_works (void)
{
  NetRun run = { .n_hosts = 2 };
  g_autoptr (NetFixture) net = net_fixture_new ();
  g_autoptr (OptCheck) check = NULL;
  guint16 closed_port = net_find_closed_port ();

  net_fixture_add_route (net, NET_HOST, IMAP, OPT_SECURITY_TLS, closed_port);
  net_fixture_add_server (net, NET_SIBLING, IMAP, OPT_SECURITY_TLS, NET_IDENTITY_UNTRUSTED);
  net_fixture_add_server (net, NET_HOST, POP3, OPT_SECURITY_TLS, NET_IDENTITY_EXPIRED);
  net_fixture_add_route (net, NET_SIBLING, POP3, OPT_SECURITY_TLS, closed_port);
  check = net_fixture_run (net, &run);

  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_FAILS);
  g_assert_cmpstr (net_get_id (check, IMAP), ==, "certificate-untrusted");
  g_assert_cmpstr (net_get_id (check, POP3), ==, "certificate-expired");
  g_assert_cmpstr (net_get_id (check, SMTP), ==, "host-unknown");
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);

      g_assert_cmpuint (opt_probe_get_tried (probe)->len, ==, 2);
      g_assert_cmpstr (opt_server_get_host (opt_probe_get_evidence (probe)->server),
                       ==,
                       i == IMAP ? NET_SIBLING : NET_HOST);
    }
}

/* The deadline of all is the end of all: no candidate begins after it. */
static void
test_total_deadline_with_candidates (void)
{
  const OptPracticeRule silent = { "TLS", .then = OPT_PRACTICE_THEN_SILENCE };
  const OptTimeouts timeouts = { 5000, 5000, 5000, 200 };
  NetRun run = { .services = 1u << IMAP, .n_hosts = 2, .timeouts = &timeouts };
  g_autoptr (NetFixture) net = net_fixture_new ();
  g_autoptr (OptCheck) check = NULL;
  OptPracticeServer *first =
    net_fixture_add_server (net, NET_HOST, IMAP, OPT_SECURITY_TLS, NET_IDENTITY_GOOD);
  OptPracticeServer *second =
    net_fixture_add_server (net, NET_SIBLING, IMAP, OPT_SECURITY_TLS, NET_IDENTITY_GOOD);

  opt_practice_server_add_rule (first, &silent);
  check = net_fixture_run (net, &run);

  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_FAILS);
  g_assert_cmpstr (net_get_id (check, IMAP), ==, "server-too-slow");
  g_assert_cmpuint (opt_practice_server_get_n_connections (second), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      g_autofree char *path = g_strconcat ("/net/candidates/", candidates[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_candidate);
    }
  g_test_add_func ("/net/candidates/none-works", test_no_candidate_works);
  g_test_add_func ("/net/candidates/total-deadline", test_total_deadline_with_candidates);

  return g_test_run ();
}
