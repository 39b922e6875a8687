/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What lies between this computer and any server: its desktop's word on the network, DNS, routes, a
 * proxy, and a person who has had enough. No practice world here: names are looked up. */
#include "net-fixture.h"

typedef struct
{
  const char *id, *name;
  NetDns dns;
  gboolean closed_port;
  NetSystem system;
} Row;

/* clang-format off */
static const Row rows[] = {
  { "host-unknown", "dns", NET_DNS_NOT_FOUND },
  { "dns-failure", "temporary", NET_DNS_FAILURE },
  { "dns-failure", "silence", NET_DNS_SILENCE },
  { "connection-refused", "dns", NET_DNS_LOOPBACK, TRUE },
  { "connection-refused", "offline", NET_DNS_LOOPBACK, TRUE, { .offline = TRUE } },
  /* The practice authority is nobody's outside its world. */
  { "certificate-untrusted", "stranger", NET_DNS_LOOPBACK },
  { "offline", "no-route", NET_DNS_NO_ROUTE },
  { "offline", "no-name", NET_DNS_NOT_FOUND, .system = { .offline = TRUE } },
  { "offline", "no-dns", NET_DNS_FAILURE, .system = { .offline = TRUE } },
  { "offline", "slow-dns", NET_DNS_SILENCE, .system = { .offline = TRUE } },
  { "captive-portal", "no-dns", NET_DNS_FAILURE, .system = { .portal = TRUE } },
  { "captive-portal", "refused", NET_DNS_LOOPBACK, TRUE, { .portal = TRUE } },
  { "captive-portal", "stranger", NET_DNS_LOOPBACK, .system = { .portal = TRUE } },
};
/* clang-format on */

typedef struct
{
  const Row *row;
  OptService service;
  OptSecurity security;
} Case;

static const OptTimeouts short_timeouts = { 300, 20000, 20000, 40000 };

static void
test_row (gconstpointer data)
{
  const Case *item = data;
  const Row *row = item->row;
  g_autoptr (NetFixture) fixture = net_fixture_new ();
  OptPracticeServer *server =
    net_fixture_add_server (fixture, NET_HOST, item->service, item->security, NET_IDENTITY_GOOD);
  NetRun run = { .services = 1u << item->service, .security = item->security, .dns = TRUE };
  g_autoptr (OptCheck) check = NULL;
  g_autoptr (GBytes) received = NULL;
  OptProbe *probe;

  net_system_set (&row->system);
  net_fixture_set_dns (fixture, row->dns);
  run.timeouts = row->dns == NET_DNS_SILENCE ? &short_timeouts : NULL;
  run.ports[item->service] =
    row->closed_port ? net_find_closed_port () : opt_practice_server_get_port (server);
  check = net_fixture_run (fixture, &run);

  probe = opt_check_get_probe (check, item->service);
  g_assert_cmpstr (opt_diagnosis_to_string (opt_probe_get_diagnosis (probe)), ==, row->id);
  received = opt_practice_server_dup_received (server);
  g_assert_false (net_contains_password (received));
}

typedef struct
{
  OptService service;
  GCancellable *cancellable;
} Patience;

static void
lose_patience (OptCheck *check, gpointer user_data)
{
  Patience *patience = user_data;
  OptProbe *probe = opt_check_get_probe (check, patience->service);

  if (opt_probe_get_evidence (probe)->step == OPT_STEP_SIGN_IN)
    g_cancellable_cancel (patience->cancellable);
}

static void
test_cancelled (gconstpointer data)
{
  const Case *item = data;
  const OptPracticeRule silent = { "SIGN-IN", .then = OPT_PRACTICE_THEN_SILENCE };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Patience patience = { item->service, cancellable };
  NetRun run = { .services = 1u << item->service,
                 .security = item->security,
                 .cancellable = cancellable,
                 .changed = lose_patience,
                 .user_data = &patience };
  g_autoptr (NetFixture) fixture = net_fixture_new ();
  OptPracticeServer *server =
    net_fixture_add_server (fixture, NET_HOST, item->service, item->security, NET_IDENTITY_GOOD);
  g_autoptr (OptCheck) check = NULL;

  opt_practice_server_add_rule (server, &silent);
  check = net_fixture_run (fixture, &run);

  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_CANCELLED);
  g_assert_cmpstr (opt_diagnosis_to_string (
                     opt_probe_get_diagnosis (opt_check_get_probe (check, item->service))),
                   ==,
                   item->row->id);
}

/* A proxy that would take the connection never gets one; a person is told which one it was. */
static void
test_proxy (gconstpointer data)
{
  const char *proxy = data;
  g_autoptr (NetFixture) fixture = net_fixture_new ();
  OptPracticeServer *trap = net_fixture_add_server (fixture,
                                                    NET_HOST,
                                                    OPT_SERVICE_IMAP,
                                                    OPT_SECURITY_TLS,
                                                    NET_IDENTITY_GOOD);
  guint16 trap_port = opt_practice_server_get_port (trap);
  g_autofree char *uri =
    proxy != NULL ? g_strdup_printf ("%s127.0.0.1:%u", proxy, (guint) trap_port) : NULL;
  g_autofree char *want =
    proxy != NULL ? g_strdup_printf ("http://127.0.0.1:%u", (guint) trap_port) : NULL;
  const NetSystem system = { .proxy = uri };
  NetRun run = { .dns = TRUE };
  g_autoptr (OptCheck) check = NULL;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    run.ports[i] = net_find_closed_port ();
  net_system_set (&system);
  net_fixture_set_dns (fixture, NET_DNS_LOOPBACK);
  check = net_fixture_run (fixture, &run);

  g_assert_cmpstr (opt_check_get_unused_proxy (check), ==, want);
  g_assert_cmpuint (opt_practice_server_get_n_connections (trap), ==, 0);
  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_FAILS);
}

static gboolean
on_time_to_cancel (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/* A desktop that does not answer keeps nobody waiting: not for long, and not who stops the check or
 * has no more time. */
static void
test_silent_desktop (gconstpointer data)
{
  const char *how = data;
  const OptTimeouts timeouts = { 20000, 20000, 20000, g_str_equal (how, "deadline") ? 200 : 40000 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  NetRun run = { .dns = TRUE, .timeouts = &timeouts, .cancellable = cancellable };
  g_autoptr (NetFixture) fixture = net_fixture_new ();
  g_autoptr (OptCheck) check = NULL;
  gint64 begin_us = g_get_monotonic_time ();

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    run.ports[i] = net_find_closed_port ();
  net_system_set (&(NetSystem){ .silent = TRUE });
  net_fixture_set_dns (fixture, NET_DNS_LOOPBACK);
  if (g_str_equal (how, "cancelled"))
    g_timeout_add (200, on_time_to_cancel, cancellable);
  check = net_fixture_run (fixture, &run);

  g_assert_null (opt_check_get_unused_proxy (check));
  g_assert_cmpint (g_get_monotonic_time () - begin_us, <, 3 * G_USEC_PER_SEC);
  g_assert_cmpint (opt_check_get_verdict (check),
                   ==,
                   g_str_equal (how, "cancelled") ? OPT_VERDICT_CANCELLED : OPT_VERDICT_FAILS);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    g_assert_cmpint (opt_probe_get_diagnosis (opt_check_get_probe (check, i)),
                     ==,
                     OPT_DIAGNOSIS_CONNECTION_REFUSED);
  net_system_set (&(NetSystem){ 0 });
}

static void
add_cases (const Row *row, GTestDataFunc test)
{
  for (guint service = 0; service < OPT_N_SERVICES; service++)
    for (guint security = OPT_SECURITY_TLS; security <= OPT_SECURITY_STARTTLS; security++)
      {
        g_autofree char *path = g_strdup_printf ("/net/diagnoses/%s/%s/%s/%s",
                                                 row->id,
                                                 row->name,
                                                 opt_service_to_string (service),
                                                 opt_security_to_string (security));
        Case *item;

        item = g_new (Case, 1);
        *item = (Case){ row, service, security };
        g_test_add_data_func_full (path, item, test, g_free);
      }
}

int
main (int argc, char *argv[])
{
  static const Row cancelled = { "cancelled", "in-sign-in" };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    add_cases (&rows[i], test_row);
  add_cases (&cancelled, test_cancelled);
  g_test_add_data_func ("/net/surroundings/proxy/none", NULL, test_proxy);
  g_test_add_data_func ("/net/surroundings/proxy/plain", "http://", test_proxy);
  g_test_add_data_func ("/net/surroundings/proxy/password", "http://jane:secret@", test_proxy);

  g_test_add_data_func ("/net/surroundings/silent-desktop/cancelled",
                        "cancelled",
                        test_silent_desktop);
  g_test_add_data_func ("/net/surroundings/silent-desktop/deadline",
                        "deadline",
                        test_silent_desktop);
  g_test_add_data_func ("/net/surroundings/silent-desktop/patience",
                        "patience",
                        test_silent_desktop);

  return g_test_run ();
}
