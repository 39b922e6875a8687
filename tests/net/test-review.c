/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings as some program has them, tested as they are and then as the provider wants them: what
 * comes of it, and who gets to see the password how often. */
#include "net-review.h"
#include "net-world.h"

#define IMAP OPT_SERVICE_IMAP
#define POP3 OPT_SERVICE_POP3
#define SMTP OPT_SERVICE_SMTP

#define NONE OPT_FOUND_SECURITY_NONE
#define OPTIONAL OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED
#define TLS OPT_FOUND_SECURITY_TLS

#define ANY OPT_FOUND_AUTH_ANY

#define MAX_PEERS 4

/* A server that is there, under the usual port for its kind of TLS and under @port. */
typedef struct
{
  const char *host;
  OptService service;
  OptSecurity security;
  guint16 port;
  OptPracticeRule rule;
  gboolean refuses; /* whatever the password is */
  guint n_accepted, n_refused;
} Peer;

#define GOOD_IMAP(accepted)                                                                        \
  {                                                                                                \
    NET_HOST, IMAP, .n_accepted = accepted                                                         \
  }
#define GOOD_POP3(accepted)                                                                        \
  {                                                                                                \
    NET_HOST, POP3, .n_accepted = accepted                                                         \
  }
#define GOOD_SMTP(accepted)                                                                        \
  {                                                                                                \
    NET_HOST, SMTP, .n_accepted = accepted                                                         \
  }

#define AT_HOST(port)                                                                              \
  {                                                                                                \
    NET_HOST, port, TLS, ANY, NET_ADDRESS                                                          \
  }
#define AT_SIBLING(port)                                                                           \
  {                                                                                                \
    NET_SIBLING, port, TLS, ANY, NET_ADDRESS                                                       \
  }
#define UNSAFE(port)                                                                               \
  {                                                                                                \
    NET_HOST, port, NONE, ANY, NET_ADDRESS                                                         \
  }

/* So that it is another one that signs in first. */
#define SLOW                                                                                       \
  {                                                                                                \
    "GREETING", .delay_ms = 300                                                                    \
  }

static const struct
{
  const char *name, *address, *client, *password;
  OptFoundServer now[OPT_N_SERVICES];
  Peer peers[MAX_PEERS];
  OptReviewVerdict want;
  gboolean wanted_tested;
  gboolean name_refused;
  const char *differences; /* after the test; NULL for any */
} rows[] = {
  { "works",
    .now = { [IMAP] = AT_HOST (993), [SMTP] = AT_HOST (465) },
    .peers = { GOOD_IMAP (1), GOOD_SMTP (1) },
    .want = OPT_REVIEW_WORKS,
    .differences = "" },
  /* What works is not called broken. */
  { "works-at-another-port",
    .now = { [IMAP] = AT_HOST (993), [SMTP] = AT_HOST (2525) },
    .peers = { GOOD_IMAP (1), { NET_HOST, SMTP, .port = 2525, .n_accepted = 1 } },
    .want = OPT_REVIEW_WORKS,
    .differences = "port-other:old" },
  { "fails-at-another-port",
    .now = { [IMAP] = AT_HOST (993), [SMTP] = AT_HOST (2525) },
    .peers = { GOOD_IMAP (1), GOOD_SMTP (1) },
    .want = OPT_REVIEW_WANTED_WORKS,
    .wanted_tested = TRUE,
    .differences = "port-other:broken" },
  { "works-with-a-dot",
    .now = { [IMAP] = { "Mail.Optonline.Net.", 993, TLS, ANY, NET_ADDRESS },
             [SMTP] = AT_HOST (465) },
    .peers = { GOOD_IMAP (1), GOOD_SMTP (1) },
    .want = OPT_REVIEW_WORKS },
  { "works-elsewhere",
    .now = { [IMAP] = AT_SIBLING (993), [SMTP] = AT_SIBLING (465) },
    .peers = { { NET_SIBLING, IMAP, .n_accepted = 1 },
               { NET_SIBLING, SMTP, .n_accepted = 1 },
               GOOD_IMAP (0),
               GOOD_SMTP (0) },
    .want = OPT_REVIEW_WORKS },
  /* The sibling is there, but it is not what stands in the settings. */
  { "retired",
    .now = { [POP3] = { "pop.optonline.net", 995, TLS, ANY, NET_ADDRESS }, [SMTP] = AT_HOST (465) },
    .peers = { GOOD_POP3 (1), GOOD_SMTP (1), { NET_SIBLING, POP3 } },
    .want = OPT_REVIEW_WANTED_WORKS,
    .wanted_tested = TRUE },
  { "unsafe",
    .now = { [POP3] = UNSAFE (110), [SMTP] = UNSAFE (25) },
    .peers = { { NET_HOST, POP3, OPT_SECURITY_STARTTLS },
               { NET_HOST, SMTP, OPT_SECURITY_STARTTLS, 25 },
               GOOD_POP3 (1),
               GOOD_SMTP (1) },
    .want = OPT_REVIEW_WANTED_WORKS,
    .wanted_tested = TRUE },
  { "optional",
    .now = { [IMAP] = { NET_HOST, 143, OPTIONAL, ANY, NET_ADDRESS }, [SMTP] = AT_HOST (465) },
    .peers = { { NET_HOST, IMAP, OPT_SECURITY_STARTTLS }, GOOD_IMAP (1), GOOD_SMTP (1) },
    .want = OPT_REVIEW_WANTED_WORKS,
    .wanted_tested = TRUE },
  { "unsafe-alone",
    .now = { [POP3] = UNSAFE (110), [SMTP] = UNSAFE (25) },
    .peers = { { NET_HOST, POP3, OPT_SECURITY_STARTTLS },
               { NET_HOST, SMTP, OPT_SECURITY_STARTTLS, 25 } },
    .want = OPT_REVIEW_NOT_SAFE,
    .wanted_tested = TRUE },
  { "unsafe-refused",
    .password = "wrong",
    .now = { [POP3] = UNSAFE (110) },
    .client = "mpop",
    .peers = { { NET_HOST, POP3, OPT_SECURITY_STARTTLS }, { NET_HOST, POP3, .n_refused = 1 } },
    .want = OPT_REVIEW_NOT_SAFE,
    .wanted_tested = TRUE },
  /* The same host under the same name would refuse it again. */
  { "refused",
    .password = "wrong",
    .now = { [IMAP] = AT_HOST (993) },
    .client = "isync",
    .peers = { { NET_HOST, IMAP, .n_refused = 1 } },
    .want = OPT_REVIEW_FAILS },
  { "refused-at-another-port",
    .password = "wrong",
    .now = { [IMAP] = { NET_HOST, 143, OPT_FOUND_SECURITY_STARTTLS, ANY, NET_ADDRESS } },
    .client = "isync",
    .peers = { { NET_HOST, IMAP, OPT_SECURITY_STARTTLS, .n_refused = 1 }, GOOD_IMAP (0) },
    .want = OPT_REVIEW_FAILS },
  { "refused-at-sibling",
    .password = "wrong",
    .now = { [IMAP] = AT_SIBLING (993) },
    .client = "isync",
    .peers = { { NET_SIBLING, IMAP, .n_refused = 1 }, { NET_HOST, IMAP, .n_refused = 1 } },
    .want = OPT_REVIEW_FAILS,
    .wanted_tested = TRUE },
  /* What is left of the provider's servers must not be the one that has refused. */
  { "refused-at-sibling-and-away",
    .password = "wrong",
    .now = { [IMAP] = AT_SIBLING (993) },
    .client = "isync",
    .peers = { { NET_SIBLING, IMAP, .n_refused = 1 } },
    .want = OPT_REVIEW_FAILS,
    .wanted_tested = TRUE },
  { "refused-at-sibling-alone",
    .now = { [IMAP] = AT_SIBLING (993), [SMTP] = AT_SIBLING (465) },
    .peers = { { NET_SIBLING, IMAP, .refuses = TRUE, .n_refused = 1 },
               { NET_SIBLING, SMTP, .rule = SLOW },
               GOOD_IMAP (1),
               GOOD_SMTP (1) },
    .want = OPT_REVIEW_WANTED_WORKS,
    .wanted_tested = TRUE },
  { "local-part",
    .now = { [IMAP] = { NET_HOST, 993, TLS, ANY, "jane" } },
    .client = "isync",
    .peers = { { NET_HOST, IMAP, .n_accepted = 1, .n_refused = 1 } },
    .want = OPT_REVIEW_WANTED_WORKS,
    .wanted_tested = TRUE,
    .name_refused = TRUE,
    .differences = "user-not-address:broken" },
  { "partly",
    .now = { [IMAP] = AT_HOST (993), [SMTP] = AT_HOST (465) },
    .peers = { GOOD_IMAP (1) },
    .want = OPT_REVIEW_PARTLY,
    .wanted_tested = TRUE },
  { "partly-and-sibling",
    .now = { [IMAP] = AT_HOST (993), [SMTP] = AT_HOST (465) },
    .peers = { GOOD_IMAP (1), { NET_SIBLING, SMTP, .n_accepted = 1 } },
    .want = OPT_REVIEW_WANTED_WORKS,
    .wanted_tested = TRUE },
  /* The password is right, so only the service that refuses is left alone. */
  { "refused-for-sending",
    .now = { [IMAP] = AT_HOST (993), [SMTP] = AT_HOST (465) },
    .peers = { GOOD_IMAP (1),
               { NET_HOST, SMTP, .rule = SLOW, .refuses = TRUE, .n_refused = 1 },
               { NET_SIBLING, SMTP } },
    .want = OPT_REVIEW_PARTLY },
  { "refused-for-sending-elsewhere",
    .now = { [IMAP] = AT_HOST (993), [SMTP] = AT_SIBLING (465) },
    .peers = { GOOD_IMAP (1),
               { NET_SIBLING, SMTP, .rule = SLOW, .refuses = TRUE, .n_refused = 1 },
               GOOD_SMTP (1) },
    .want = OPT_REVIEW_WANTED_WORKS,
    .wanted_tested = TRUE },
  { "wanted-partly",
    .now = { [POP3] = { "pop.optonline.net", 995, TLS, ANY, NET_ADDRESS },
             [SMTP] = { "smtp.optonline.net", 465, TLS, ANY, NET_ADDRESS } },
    .peers = { GOOD_POP3 (1) },
    .want = OPT_REVIEW_WANTED_PARTLY,
    .wanted_tested = TRUE },
  { "locked",
    .now = { [IMAP] = AT_SIBLING (993) },
    .client = "isync",
    .peers = { { NET_SIBLING,
                 IMAP,
                 .rule = { "SIGN-IN", .reply = "%t NO [CONTACTADMIN] locked\r\n" },
                 .n_refused = 1 },
               GOOD_IMAP (0) },
    .want = OPT_REVIEW_FAILS },
  { "challenge",
    .now = { [IMAP] = AT_HOST (993),
             [SMTP] = { NET_HOST, 465, TLS, OPT_FOUND_AUTH_CHALLENGE, NET_ADDRESS } },
    .peers = { GOOD_IMAP (1), GOOD_SMTP (1) },
    .want = OPT_REVIEW_WANTED_WORKS,
    .wanted_tested = TRUE },
  { "no-user",
    .now = { [IMAP] = AT_HOST (993), [SMTP] = { NET_HOST, 465, TLS, OPT_FOUND_AUTH_NONE } },
    .peers = { GOOD_IMAP (1), GOOD_SMTP (1) },
    .want = OPT_REVIEW_WANTED_WORKS,
    .wanted_tested = TRUE },
  { "numeric-host",
    .now = { [IMAP] = { "192.0.2.1", 993, TLS, ANY, NET_ADDRESS },
             [SMTP] = { "192.0.2.1", 25, NONE, ANY, NET_ADDRESS } },
    .peers = { GOOD_IMAP (1), GOOD_SMTP (1) },
    .want = OPT_REVIEW_WANTED_WORKS,
    .wanted_tested = TRUE },
  { "foreign-host",
    .now = { [IMAP] = { "mail.example.net", 993, TLS, ANY, NET_ADDRESS } },
    .client = "isync",
    .peers = { { "mail.example.net", IMAP }, GOOD_IMAP (1) },
    .want = OPT_REVIEW_WANTED_WORKS,
    .wanted_tested = TRUE },
  { "missing",
    .now = { [IMAP] = AT_HOST (993) },
    .client = "thunderbird",
    .peers = { GOOD_IMAP (1), GOOD_SMTP (1) },
    .want = OPT_REVIEW_WANTED_WORKS,
    .wanted_tested = TRUE },
  { "sender-case",
    .address = "Jane@optonline.net",
    .now = { [IMAP] = AT_HOST (993), [SMTP] = AT_HOST (465) },
    .peers = { GOOD_IMAP (2),
               { NET_HOST,
                 SMTP,
                 .rule = { "MAIL",
                           .times = 2,
                           .reply = "550 does not match authenticated user\r\n" },
                 .n_accepted = 2 } },
    .want = OPT_REVIEW_WANTED_WORKS,
    .wanted_tested = TRUE },
  { "unknown-provider",
    .address = "jane@example.net",
    .now = { [IMAP] = AT_HOST (993), [SMTP] = AT_HOST (465) },
    .peers = { GOOD_IMAP (1), GOOD_SMTP (1) },
    .want = OPT_REVIEW_WORKS },
  { "unknown-provider-refused",
    .address = "jane@example.net",
    .password = "wrong",
    .now = { [IMAP] = AT_HOST (993) },
    .peers = { { NET_HOST, IMAP, .n_refused = 1 } },
    .want = OPT_REVIEW_FAILS },
  { "unknown-provider-unsafe",
    .address = "jane@example.net",
    .now = { [IMAP] = UNSAFE (143) },
    .peers = { { NET_HOST, IMAP, OPT_SECURITY_STARTTLS }, GOOD_IMAP (0) },
    .want = OPT_REVIEW_NOT_SAFE },
  /* Nobody is told an address to receive, so none is missed. */
  { "no-address",
    .address = "",
    .now = { [POP3] = AT_HOST (995) },
    .client = "mpop",
    .peers = { GOOD_POP3 (1) },
    .want = OPT_REVIEW_WORKS },
  { "no-address-to-send",
    .address = "",
    .now = { [POP3] = AT_HOST (995), [SMTP] = AT_HOST (465) },
    .peers = { GOOD_POP3 (1), GOOD_SMTP (0) },
    .want = OPT_REVIEW_PARTLY },
};

static OptPracticeServer *
add_peer (NetFixture *net, const Peer *peer)
{
  OptPracticeServer *server =
    net_fixture_add_server (net, peer->host, peer->service, peer->security, NET_IDENTITY_GOOD);

  if (peer->port != 0)
    net_fixture_add_port (net, peer->host, peer->port, opt_practice_server_get_port (server));
  if (peer->refuses)
    opt_practice_server_set_account (server, NET_ADDRESS, NULL, 0, 0);
  if (peer->rule.when != NULL)
    opt_practice_server_add_rule (server, &peer->rule);

  return server;
}

static void
assert_peer (OptPracticeServer *server, const Peer *peer)
{
  g_autoptr (GBytes) received = NULL;

  g_test_message ("%s %s", peer->host, opt_service_to_string (peer->service));
  opt_practice_server_stop (server);
  g_assert_cmpuint (opt_practice_server_get_n_sign_ins (server, TRUE), ==, peer->n_accepted);
  g_assert_cmpuint (opt_practice_server_get_n_sign_ins (server, FALSE), ==, peer->n_refused);
  received = opt_practice_server_dup_received (server);
  if (peer->n_accepted + peer->n_refused == 0)
    g_assert_false (net_contains_password (received));
}

static void
assert_looked_at (OptReview *review, const OptFoundServer *servers)
{
  OptCheck *check = opt_review_get_check_now (review);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      gboolean asked = check != NULL && opt_check_get_probe (check, i) != NULL;

      g_assert_cmpint (opt_review_was_only_looked_at (review, i),
                       ==,
                       asked && servers[i].security < OPT_FOUND_SECURITY_STARTTLS);
      if (opt_review_was_only_looked_at (review, i))
        g_assert_cmpint (net_get_state (check, i), ==, OPT_PROBE_SEEN);
    }
}

/* What is recommended in the end works where anything does. */
static void
assert_account (OptReview *review, OptReviewVerdict verdict)
{
  g_autoptr (OptAccount) account = opt_review_dup_account (review);

  if (opt_review_get_wanted (review) != NULL)
    g_assert_nonnull (account);
  if (verdict != OPT_REVIEW_WANTED_WORKS)
    return;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptCheck *check = opt_review_get_check_wanted (review);
      OptProbe *probe = opt_check_get_probe (check, i);

      if (probe != NULL)
        g_assert_true (opt_server_equal (opt_account_get_server (account, i),
                                         opt_probe_get_evidence (probe)->server));
    }
}

static void
assert_differences (OptReview *review, const char *want)
{
  GPtrArray *differences = opt_review_get_differences (review);
  g_autoptr (GString) got = g_string_new (NULL);

  for (guint i = 0; i < differences->len; i++)
    {
      const OptDifference *difference = g_ptr_array_index (differences, i);

      g_string_append_printf (got,
                              "%s%s:%s",
                              i > 0 ? " " : "",
                              opt_difference_kind_to_string (difference->kind),
                              opt_severity_to_string (difference->severity));
    }
  if (want != NULL)
    g_assert_cmpstr (got->str, ==, want);
}

static void
test_row (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (NetFixture) net = net_fixture_new ();
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptFound) found = net_create_found (rows[i].now, rows[i].address, rows[i].client);
  g_autoptr (OptReview) review = opt_review_new (found, providers);
  g_autofree char *text = NULL;
  OptPracticeServer *servers[MAX_PEERS] = { NULL };

  for (guint j = 0; j < MAX_PEERS && rows[i].peers[j].host != NULL; j++)
    servers[j] = add_peer (net, &rows[i].peers[j]);
  g_assert_true (opt_review_can_test (review));
  net_run_review (review, net, rows[i].password != NULL ? rows[i].password : NET_PASSWORD, NULL);

  text = opt_review_create_text (review);
  g_test_message ("%s", text);
  g_assert_cmpstr (opt_review_verdict_to_string (opt_review_get_verdict (review)),
                   ==,
                   opt_review_verdict_to_string (rows[i].want));
  g_assert_cmpint (opt_review_get_check_wanted (review) != NULL, ==, rows[i].wanted_tested);
  for (guint j = 0; j < MAX_PEERS && servers[j] != NULL; j++)
    assert_peer (servers[j], &rows[i].peers[j]);
  g_assert_cmpint (opt_review_was_name_refused (review), ==, rows[i].name_refused);
  assert_looked_at (review, rows[i].now);
  assert_account (review, rows[i].want);
  assert_differences (review, rows[i].differences);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/net/review/", rows[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
    }

  return g_test_run ();
}
