/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that is only looked at: it is found, greeted and left again, and neither the password
 * nor the name to sign in with ever goes there. */
#include "net-world.h"

#include "opt-report.h"

#include <string.h>

#define IMAP OPT_SERVICE_IMAP
#define POP3 OPT_SERVICE_POP3
#define SMTP OPT_SERVICE_SMTP

/* All that such a server may hear, before the farewell. */
static const char *const heard[OPT_N_SERVICES][2] = {
  [IMAP] = { "", "STARTTLS CAPABILITY" },
  [POP3] = { "CAPA", "CAPA STLS CAPA" },
  [SMTP] = { "EHLO", "EHLO STARTTLS EHLO" },
};

static gboolean
contains (GBytes *bytes, const char *text)
{
  gsize n_bytes;
  const char *start = g_bytes_get_data (bytes, &n_bytes);

  return start != NULL && memmem (start, n_bytes, text, strlen (text)) != NULL;
}

static void
assert_kept_from (OptPracticeServer *server)
{
  g_autoptr (GBytes) received = NULL;

  opt_practice_server_stop (server);
  received = opt_practice_server_dup_received (server);
  g_assert_false (net_contains_password (received));
  g_assert_false (contains (received, "jane"));
  g_assert_false (contains (received, "JANE"));
  g_assert_cmpuint (opt_practice_server_get_n_sign_ins (server, TRUE), ==, 0);
  g_assert_cmpuint (opt_practice_server_get_n_sign_ins (server, FALSE), ==, 0);
}

/* The farewell is sent and nobody waits for it: it may come in or not. */
static void
assert_heard (OptPracticeServer *server, const char *want)
{
  g_auto (GStrv) commands = opt_practice_server_dup_commands (server);
  g_autofree char *got = NULL;
  guint n = g_strv_length (commands);

  if (n > 0 && (g_str_equal (commands[n - 1], "QUIT") || g_str_equal (commands[n - 1], "LOGOUT")))
    g_clear_pointer (&commands[n - 1], g_free);
  got = g_strjoinv (" ", commands);
  g_assert_cmpstr (got, ==, want);
}

static void
test_look (gconstpointer data)
{
  OptSecurity security = GPOINTER_TO_UINT (data);
  NetRun run = { .security = security, .look_only = 7 };
  g_autoptr (OptCheck) check = NULL;
  NetWorld world;

  net_world_set_up (&world, security);
  check = net_fixture_run (world.net, &run);

  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_FAILS);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      const OptEvidence *evidence = opt_probe_get_evidence (opt_check_get_probe (check, i));

      g_assert_cmpint (net_get_state (check, i), ==, OPT_PROBE_SEEN);
      g_assert_cmpint (evidence->step, ==, OPT_STEP_GREET);
      g_assert_true (evidence->greeted);
      g_assert_false (evidence->signed_in);
      g_assert_nonnull (evidence->tls.version);
      g_assert_cmpuint (opt_practice_server_get_n_connections (world.servers[i]), ==, 1);
      assert_kept_from (world.servers[i]);
      assert_heard (world.servers[i], heard[i][security]);
    }

  net_world_tear_down (&world);
}

/* Beside servers that are signed in to, in the same check. */
static void
test_beside (gconstpointer data)
{
  OptService service = GPOINTER_TO_UINT (data);
  NetRun run = { .look_only = 1u << service };
  g_autoptr (OptCheck) check = NULL;
  NetWorld world;

  net_world_set_up (&world, OPT_SECURITY_TLS);
  check = net_fixture_run (world.net, &run);

  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_PARTLY);
  g_assert_cmpuint (net_world_count_sign_ins (&world, TRUE), ==, 2);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    g_assert_cmpint (net_get_state (check, i), ==, i == service ? OPT_PROBE_SEEN : OPT_PROBE_WORKS);
  assert_kept_from (world.servers[service]);

  net_world_tear_down (&world);
}

/* A refused password shuts the gate, but looking needs none: it goes on, however long it takes. */
static void
test_refused_beside (void)
{
  const OptPracticeRule slow = { "GREETING", .delay_ms = 100 };
  NetRun run = { .services = 1u << IMAP | 1u << SMTP, .look_only = 1u << SMTP, .password = "x" };
  g_autoptr (OptCheck) check = NULL;
  NetWorld world;

  net_world_set_up (&world, OPT_SECURITY_TLS);
  opt_practice_server_add_rule (world.servers[SMTP], &slow);
  check = net_fixture_run (world.net, &run);

  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_FAILS);
  g_assert_cmpstr (net_get_id (check, IMAP), ==, "password-refused");
  g_assert_cmpint (net_get_state (check, SMTP), ==, OPT_PROBE_SEEN);
  assert_kept_from (world.servers[SMTP]);

  net_world_tear_down (&world);
}

static const struct
{
  const char *name;
  OptService service;
  OptPracticeRule rule;
  NetIdentity identity;
  const char *want;
} failures[] = {
  { "no-starttls-smtp",
    SMTP,
    { "EHLO", .tls = OPT_PRACTICE_TLS_BEFORE, .reply = "250-mx\r\n250 AUTH PLAIN\r\n" },
    .want = "starttls-missing" },
  { "no-starttls-pop3",
    POP3,
    { "CAPA", .tls = OPT_PRACTICE_TLS_BEFORE, .reply = "+OK\r\nUSER\r\n.\r\n" },
    .want = "starttls-missing" },
  { "no-starttls-imap",
    IMAP,
    { "GREETING", .reply = "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n" },
    .want = "starttls-missing" },
  { "certificate", IMAP, .identity = NET_IDENTITY_UNTRUSTED, .want = "certificate-untrusted" },
  { "busy", POP3, { "GREETING", .reply = "-ERR busy\r\n" }, .want = "greeting-refused" },
};

/* What fails on the way is a failure as any other. */
static void
test_failure (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  OptService service = failures[i].service;
  NetRun run = {
    .services = 1u << service,
    .look_only = 1u << service,
    .security = OPT_SECURITY_STARTTLS,
  };
  g_autoptr (NetFixture) net = net_fixture_new ();
  g_autoptr (OptCheck) check = NULL;
  OptPracticeServer *server =
    net_fixture_add_server (net, NET_HOST, service, run.security, failures[i].identity);

  if (failures[i].rule.when != NULL)
    opt_practice_server_add_rule (server, &failures[i].rule);
  check = net_fixture_run (net, &run);

  g_assert_cmpint (net_get_state (check, service), ==, OPT_PROBE_FAILS);
  g_assert_cmpstr (net_get_id (check, service), ==, failures[i].want);
  assert_kept_from (server);
}

static void
test_report (void)
{
  NetRun run = { .services = 1u << IMAP, .look_only = 1u << IMAP };
  g_autoptr (OptCheck) check = NULL;
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;
  NetWorld world;

  net_world_set_up (&world, OPT_SECURITY_TLS);
  check = net_fixture_run (world.net, &run);
  text = opt_report_create_text (check);
  node = opt_report_create_json (check);
  json = json_to_string (node, FALSE);

  g_assert_nonnull (
    strstr (text, "\nResult          seen\nTitle           Answers, not signed in\n"));
  g_assert_nonnull (strstr (json, "\"result\":\"seen\""));
  g_assert_nonnull (strstr (json, "\"diagnosis\":null"));
  g_assert_nonnull (strstr (json, "\"title\":\"Answers, not signed in\""));

  net_world_tear_down (&world);
}

/* Whoever stops a check stops the looking as well. */
static void
test_cancel (void)
{
  const OptPracticeRule silent = { "GREETING", .then = OPT_PRACTICE_THEN_SILENCE };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  NetRun run = { .services = 1u << IMAP, .look_only = 1u << IMAP, .cancellable = cancellable };
  g_autoptr (OptCheck) check = NULL;
  NetWorld world;

  net_world_set_up (&world, OPT_SECURITY_TLS);
  opt_practice_server_add_rule (world.servers[IMAP], &silent);
  g_cancellable_cancel (cancellable);
  check = net_fixture_run (world.net, &run);

  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_CANCELLED);
  g_assert_cmpint (net_get_state (check, IMAP), ==, OPT_PROBE_FAILS);
  g_assert_cmpstr (net_get_id (check, IMAP), ==, "cancelled");

  net_world_tear_down (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/net/look/tls", GUINT_TO_POINTER (OPT_SECURITY_TLS), test_look);
  g_test_add_data_func ("/net/look/starttls", GUINT_TO_POINTER (OPT_SECURITY_STARTTLS), test_look);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_autofree char *path = g_strconcat ("/net/look/beside/", opt_service_to_string (i), NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_beside);
    }
  g_test_add_func ("/net/look/beside-refused", test_refused_beside);
  for (gsize i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autofree char *path = g_strconcat ("/net/look/failure/", failures[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_failure);
    }
  g_test_add_func ("/net/look/report", test_report);
  g_test_add_func ("/net/look/cancel", test_cancel);

  return g_test_run ();
}
