/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* All servers of an account together: who signs in when, and what goes over the wire. */
#include "net-world.h"

#include <string.h>

#define IMAP OPT_SERVICE_IMAP
#define POP3 OPT_SERVICE_POP3
#define SMTP OPT_SERVICE_SMTP
#define WRONG_PASSWORD "not the one"
#define LATE_MS 150

/* Notes who is the first to sign in. */
static void
note_leader (OptCheck *check, gpointer user_data)
{
  guint *leader = user_data;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);

      if (*leader == OPT_N_SERVICES && probe != NULL &&
          opt_probe_get_evidence (probe)->step == OPT_STEP_SIGN_IN)
        *leader = i;
    }
}

/* Sets up a world in which @ruled has @rule, and runs a check in which @wanted signs in first: the
 * others greet late, and later where the computer is too busy for that to be enough. */
static OptCheck *
run_led (NetWorld *world,
         OptService wanted,
         OptService ruled,
         const OptPracticeRule *rule,
         const NetRun *run)
{
  for (guint late_ms = LATE_MS;; late_ms *= 3)
    {
      const OptPracticeRule late = { "GREETING", .delay_ms = late_ms };
      guint leader = OPT_N_SERVICES;
      NetRun noted = *run;
      g_autoptr (OptCheck) check = NULL;

      net_world_set_up (world, run->security);
      for (guint i = 0; i < OPT_N_SERVICES; i++)
        if (i != wanted)
          opt_practice_server_add_rule (world->servers[i], &late);
      if (rule != NULL)
        opt_practice_server_add_rule (world->servers[ruled], rule);
      noted.changed = note_leader;
      noted.user_data = &leader;
      check = net_fixture_run (world->net, &noted);

      if (leader == wanted)
        return g_steal_pointer (&check);
      g_assert_cmpuint (late_ms, <, 5000);
      net_world_tear_down (world);
    }
}

static guint
count_states (OptCheck *check, OptProbeState state)
{
  guint n = 0;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (net_get_state (check, i) == state)
      n++;

  return n;
}

/* What every server must hear, and in how many flights: no protocol can do with less. */
static const struct
{
  const char *commands, *farewell;
  guint n_flights;
} minimum[OPT_N_SERVICES][2] = {
  [IMAP] = { { "AUTHENTICATE STATUS", "LOGOUT", 2 },
             { "STARTTLS CAPABILITY AUTHENTICATE STATUS", "LOGOUT", 4 } },
  [POP3] = { { "CAPA AUTH STAT", "QUIT", 3 }, { "CAPA STLS CAPA AUTH STAT", "QUIT", 5 } },
  [SMTP] = { { "EHLO AUTH MAIL RCPT RSET", "QUIT", 3 },
             { "EHLO STARTTLS EHLO AUTH MAIL RCPT RSET", "QUIT", 5 } },
};

/* The farewell is sent and nobody waits for it: it may come in or not. */
static void
assert_round_trips (OptPracticeServer *server, OptService service, OptSecurity security)
{
  g_auto (GStrv) commands = NULL;
  g_autofree char *got = NULL;
  guint n_farewells = 0;
  guint n;

  opt_practice_server_stop (server);
  commands = opt_practice_server_dup_commands (server);
  n = g_strv_length (commands);
  if (n > 0 && g_str_equal (commands[n - 1], minimum[service][security].farewell))
    {
      g_clear_pointer (&commands[n - 1], g_free);
      n_farewells = 1;
    }

  got = g_strjoinv (" ", commands);
  g_assert_cmpstr (got, ==, minimum[service][security].commands);
  g_assert_cmpuint (opt_practice_server_get_n_flights (server),
                    ==,
                    minimum[service][security].n_flights + n_farewells);
}

static void
test_works (gconstpointer data)
{
  OptSecurity security = GPOINTER_TO_UINT (data);
  NetRun run = { .security = security };
  g_autoptr (OptCheck) check = NULL;
  NetWorld world;

  net_world_set_up (&world, security);
  check = net_fixture_run (world.net, &run);

  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_WORKS);
  g_assert_cmpuint (net_world_count_sign_ins (&world, TRUE), ==, OPT_N_SERVICES);
  g_assert_cmpuint (net_world_count_sign_ins (&world, FALSE), ==, 0);
  g_assert_cmpint (opt_probe_get_evidence (opt_check_get_probe (check, POP3))->n_bytes, ==, 100);
  g_assert_cmpuint (opt_practice_server_get_n_messages (world.servers[SMTP]), ==, 0);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_assert_cmpint (net_get_state (check, i), ==, OPT_PROBE_WORKS);
      g_assert_cmpuint (opt_practice_server_get_n_connections (world.servers[i]), ==, 1);
      assert_round_trips (world.servers[i], i, security);
    }

  net_world_tear_down (&world);
}

static void
test_skip (void)
{
  NetRun run = { .services = 1u << POP3 };
  g_autoptr (OptCheck) check = NULL;
  NetWorld world;

  net_world_set_up (&world, OPT_SECURITY_TLS);
  check = net_fixture_run (world.net, &run);

  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_WORKS);
  g_assert_null (opt_check_get_probe (check, IMAP));
  g_assert_null (opt_check_get_probe (check, SMTP));
  g_assert_cmpuint (opt_practice_server_get_n_connections (world.servers[IMAP]), ==, 0);
  g_assert_cmpuint (opt_practice_server_get_n_connections (world.servers[SMTP]), ==, 0);

  net_world_tear_down (&world);
}

static void
test_wrong_password (gconstpointer data)
{
  OptSecurity security = GPOINTER_TO_UINT (data);
  NetRun run = { .security = security, .password = WRONG_PASSWORD };
  g_autoptr (OptCheck) check = NULL;
  NetWorld world;

  net_world_set_up (&world, security);
  check = net_fixture_run (world.net, &run);

  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_FAILS);
  g_assert_cmpuint (net_world_count_sign_ins (&world, FALSE), ==, 1);
  g_assert_cmpuint (net_world_count_sign_ins (&world, TRUE), ==, 0);
  g_assert_cmpuint (count_states (check, OPT_PROBE_FAILS), ==, 1);
  g_assert_cmpuint (count_states (check, OPT_PROBE_SKIPPED), ==, 2);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (net_get_state (check, i) == OPT_PROBE_FAILS)
      g_assert_cmpstr (net_get_id (check, i), ==, "password-refused");

  net_world_tear_down (&world);
}

/* Whoever leads: the others are connected and secured, and not one more sign-in goes out. */
static void
test_wrong_password_of (gconstpointer data)
{
  OptService leader = GPOINTER_TO_UINT (data);
  NetRun run = { .password = WRONG_PASSWORD };
  NetWorld world;
  g_autoptr (OptCheck) check = run_led (&world, leader, leader, NULL, &run);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_assert_cmpint (net_get_state (check, i),
                       ==,
                       i == leader ? OPT_PROBE_FAILS : OPT_PROBE_SKIPPED);
      g_assert_cmpuint (opt_practice_server_get_n_sign_ins (world.servers[i], FALSE),
                        ==,
                        i == leader ? 1 : 0);
    }

  net_world_tear_down (&world);
}

static void
test_all_sign_ins (void)
{
  NetRun run = { .password = WRONG_PASSWORD, .all_sign_ins = TRUE };
  g_autoptr (OptCheck) check = NULL;
  NetWorld world;

  net_world_set_up (&world, OPT_SECURITY_TLS);
  check = net_fixture_run (world.net, &run);

  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_FAILS);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_assert_cmpuint (opt_practice_server_get_n_sign_ins (world.servers[i], FALSE), ==, 1);
      g_assert_cmpstr (net_get_id (check, i), ==, "password-refused");
    }

  net_world_tear_down (&world);
}

/* What the leader's end means for the others. */
static const struct
{
  const char *name;
  OptPracticeRule rule; /* of IMAP, which leads */
  const char *password; /* NULL for the right one */
  const char *id;       /* IMAP's diagnosis */
  guint n_accepted, n_refused, n_skipped;
  OptVerdict verdict;
} leaders[] = {
  { "temporary",
    { "SIGN-IN", .reply = "%t NO [UNAVAILABLE] later\r\n" },
    NULL,
    "temporary-failure",
    2,
    1,
    0,
    OPT_VERDICT_PARTLY },
  /* With the password in its hands: it may have counted it as wrong. */
  { "hangs-up",
    { "SIGN-IN", .then = OPT_PRACTICE_THEN_CLOSE },
    NULL,
    "server-fault",
    0,
    0,
    2,
    OPT_VERDICT_FAILS },
  { "says-goodbye",
    { "SIGN-IN", .reply = "* BYE sorry\r\n", .then = OPT_PRACTICE_THEN_CLOSE },
    NULL,
    "temporary-failure",
    0,
    1,
    2,
    OPT_VERDICT_FAILS },
  { "temporary-wrong-password",
    { "SIGN-IN", .reply = "%t NO [UNAVAILABLE] later\r\n" },
    WRONG_PASSWORD,
    "temporary-failure",
    0,
    2,
    1,
    OPT_VERDICT_FAILS },
  { "mailbox-in-use",
    { "STATUS", .reply = "%t NO [INUSE] later\r\n" },
    NULL,
    "mailbox-in-use",
    3,
    0,
    0,
    OPT_VERDICT_PARTLY },
  { "locked",
    { "SIGN-IN", .reply = "%t NO [CONTACTADMIN] call us\r\n" },
    NULL,
    "account-locked",
    0,
    1,
    2,
    OPT_VERDICT_FAILS },
  { "too-often",
    { "SIGN-IN", .reply = "%t NO [LIMIT] slowly\r\n" },
    NULL,
    "login-too-often",
    0,
    1,
    2,
    OPT_VERDICT_FAILS },
  /* Refused first, nobody else is asked: that the others would accept is not known. */
  { "refused",
    { "SIGN-IN", .reply = "%t NO [AUTHENTICATIONFAILED] no\r\n" },
    NULL,
    "password-refused",
    0,
    1,
    2,
    OPT_VERDICT_FAILS },
};

static void
test_leader (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  NetRun run = { .password = leaders[i].password };
  NetWorld world;
  g_autoptr (OptCheck) check = run_led (&world, IMAP, IMAP, &leaders[i].rule, &run);

  g_assert_cmpstr (net_get_id (check, IMAP), ==, leaders[i].id);
  g_assert_cmpint (opt_check_get_verdict (check), ==, leaders[i].verdict);
  g_assert_cmpuint (net_world_count_sign_ins (&world, TRUE), ==, leaders[i].n_accepted);
  g_assert_cmpuint (net_world_count_sign_ins (&world, FALSE), ==, leaders[i].n_refused);
  g_assert_cmpuint (count_states (check, OPT_PROBE_SKIPPED), ==, leaders[i].n_skipped);

  net_world_tear_down (&world);
}

/* Refused here, accepted there: by another leader, or because the user wanted all to be tried. */
static void
test_service_disabled (gconstpointer data)
{
  static const char *const refusals[] = {
    [IMAP] = "%t NO [AUTHENTICATIONFAILED] no\r\n",
    [POP3] = "-ERR [AUTH] no\r\n",
    [SMTP] = "535 5.7.8 no\r\n",
  };
  guint refused = GPOINTER_TO_UINT (data) % OPT_N_SERVICES;
  gboolean leads = GPOINTER_TO_UINT (data) >= OPT_N_SERVICES;
  const OptPracticeRule rule = { "SIGN-IN", .reply = refusals[refused] };
  NetRun run = { .all_sign_ins = leads };
  guint leader = leads ? refused : (refused + 1) % OPT_N_SERVICES;
  NetWorld world;
  g_autoptr (OptCheck) check = run_led (&world, leader, refused, &rule, &run);

  g_assert_cmpstr (net_get_id (check, refused), ==, "service-disabled");
  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_PARTLY);
  g_assert_cmpuint (count_states (check, OPT_PROBE_WORKS), ==, 2);
  g_assert_cmpuint (net_world_count_sign_ins (&world, FALSE), ==, 1);

  net_world_tear_down (&world);
}

/* A server that fails before its sign-in holds nobody up. */
static void
test_one_down (void)
{
  NetRun run = { 0 };
  g_autoptr (OptCheck) check = NULL;
  NetWorld world;

  net_world_set_up (&world, OPT_SECURITY_TLS);
  net_fixture_add_route (world.net, NET_HOST, IMAP, OPT_SECURITY_TLS, net_find_closed_port ());
  check = net_fixture_run (world.net, &run);

  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_PARTLY);
  g_assert_cmpstr (net_get_id (check, IMAP), ==, "connection-refused");
  g_assert_cmpuint (count_states (check, OPT_PROBE_WORKS), ==, 2);

  net_world_tear_down (&world);
}

/* Memory does not grow, and the others are not held up, while one floods at the gate. */
static void
test_flood_at_gate (void)
{
  const OptPracticeRule flood = { "GREETING",
                                  .delay_ms = 20,
                                  .reply = "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n",
                                  .then = OPT_PRACTICE_THEN_FLOOD };
  const OptPracticeRule late = { "SIGN-IN", .delay_ms = LATE_MS };
  NetRun run = { 0 };
  g_autoptr (OptCheck) check = NULL;
  NetWorld world;

  net_world_set_up (&world, OPT_SECURITY_TLS);
  opt_practice_server_add_rule (world.servers[IMAP], &flood);
  opt_practice_server_add_rule (world.servers[POP3], &late);
  check = net_fixture_run (world.net, &run);

  g_assert_cmpstr (net_get_id (check, IMAP), ==, "reply-too-long");
  g_assert_cmpint (net_get_state (check, POP3), ==, OPT_PROBE_WORKS);
  g_assert_cmpint (net_get_state (check, SMTP), ==, OPT_PROBE_WORKS);

  net_world_tear_down (&world);
}

/* The search that all the other tests rely on. */
static void
test_search (void)
{
  g_autofree char *escaped = g_uri_escape_string (NET_PASSWORD, NULL, FALSE);
  g_autoptr (GBytes) percent = g_bytes_new (escaped, strlen (escaped));
  g_autoptr (GBytes) nothing = g_bytes_new_static ("p%ss", 4);

  g_assert_true (net_contains_password (percent));
  g_assert_false (net_contains_password (nothing));
  for (gsize n_before = 0; n_before < 7; n_before++)
    {
      g_autofree char *text = g_strconcat ("abcdefg" + (7 - n_before), NET_PASSWORD, "tail", NULL);
      g_autofree char *encoded = g_base64_encode ((const guchar *) text, strlen (text));
      g_autoptr (GBytes) raw = g_bytes_new (text, strlen (text));
      g_autoptr (GBytes) base64 = g_bytes_new (encoded, strlen (encoded));

      g_assert_true (net_contains_password (raw));
      g_assert_true (net_contains_password (base64));
    }
}

#define ADD_TABLE(prefix, table, function)                                                         \
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)                                                 \
    {                                                                                              \
      g_autofree char *path = g_strconcat ("/net/check/" prefix "/", table[i].name, NULL);         \
                                                                                                   \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), function);                                 \
    }

static void
add_for_services (const char *prefix, guint first, GTestDataFunc function)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_autofree char *path = g_strconcat (prefix, opt_service_to_string (i), NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (first + i), function);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/net/check/search", test_search);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *works = g_strconcat ("/net/check/works/", opt_security_to_string (i), NULL);
      g_autofree char *wrong =
        g_strconcat ("/net/check/wrong-password/", opt_security_to_string (i), NULL);

      g_test_add_data_func (works, GUINT_TO_POINTER (i), test_works);
      g_test_add_data_func (wrong, GUINT_TO_POINTER (i), test_wrong_password);
    }
  g_test_add_func ("/net/check/skip", test_skip);
  add_for_services ("/net/check/wrong-password/of-", 0, test_wrong_password_of);
  g_test_add_func ("/net/check/all-sign-ins", test_all_sign_ins);
  ADD_TABLE ("leader", leaders, test_leader);
  add_for_services ("/net/check/service-disabled/", 0, test_service_disabled);
  add_for_services ("/net/check/service-disabled/first-", OPT_N_SERVICES, test_service_disabled);
  g_test_add_func ("/net/check/one-down", test_one_down);
  g_test_add_func ("/net/check/flood-at-gate", test_flood_at_gate);

  return g_test_run ();
}
