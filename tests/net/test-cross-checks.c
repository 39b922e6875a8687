/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Diagnoses that need more than one server: what is wrong everywhere is wrong here. Beside each
 * stands its neighbor, a case that looks alike and is not. */
#include "net-world.h"

/* Long enough for the others to have signed in. */
#define LATE_MS 500

/* One case of several servers. Each service is looked at in turn: it is the one that @identity and
 * @refused are for, and must get @id; the others have @others. */
typedef struct
{
  const char *id, *name;
  guint n_hosts;
  NetIdentity identity, others;
  gboolean refused;      /* at the service looked at */
  gboolean all_sign_ins; /* even after that */
  gboolean http;         /* everywhere */
  gboolean http_here;    /* at the service looked at only */
  gboolean late;         /* the service looked at is the last to be ready */
  const char *words;     /* of the refusal, where it is not the usual one */
} Row;

/* clang-format off */
static const Row rows[] = {
  { "service-disabled", "one-of-three", .refused = TRUE, .all_sign_ins = TRUE },
  { "service-disabled", "another-signs-in-first", .refused = TRUE, .late = TRUE },
  { "service-disabled", "called-locked", .refused = TRUE, .late = TRUE, .words = "Access is disabled" },

  { "clock-wrong", "all-expired", 1, NET_IDENTITY_EXPIRED, NET_IDENTITY_EXPIRED },
  { "clock-wrong", "all-early", 1, NET_IDENTITY_NOT_YET_VALID, NET_IDENTITY_NOT_YET_VALID },
  { "clock-wrong", "siblings-too", 2, NET_IDENTITY_EXPIRED, NET_IDENTITY_EXPIRED },
  { "certificate-expired", "one-for-all", 1, NET_IDENTITY_EXPIRED_ONE, NET_IDENTITY_EXPIRED_ONE },
  { "certificate-expired", "one-of-three", 1, NET_IDENTITY_EXPIRED, NET_IDENTITY_GOOD },
  { "certificate-not-yet-valid", "one-of-three", 1, NET_IDENTITY_NOT_YET_VALID, NET_IDENTITY_GOOD },
  /* No clock is wrong in both directions. */
  { "certificate-expired", "others-early", 1, NET_IDENTITY_EXPIRED, NET_IDENTITY_NOT_YET_VALID },

  { "captive-portal", "foreign", 2, NET_IDENTITY_FOREIGN, NET_IDENTITY_FOREIGN },
  { "captive-portal", "http-everywhere", 2, .http = TRUE },
  { "captive-portal", "http-among-strangers", 1, .others = NET_IDENTITY_UNTRUSTED,
    .http_here = TRUE },
  /* Nobody stands in the way of the others: this is the port of a web server. */
  { "wrong-protocol", "http-here-only", 1, .http_here = TRUE },
  { "wrong-protocol", "http-at-all-its-hosts", 2, .http_here = TRUE },
  /* The provider moved its servers: the certificates are good, but somebody else's. */
  { "certificate-wrong-name", "moved", 2, NET_IDENTITY_WRONG_NAME, NET_IDENTITY_WRONG_NAME },
  { "certificate-wrong-name", "one-host", 1, NET_IDENTITY_WRONG_NAME, NET_IDENTITY_WRONG_NAME },
  { "certificate-wrong-name", "one-of-three", 2, NET_IDENTITY_WRONG_NAME, NET_IDENTITY_GOOD },
  /* A virus scanner or a company reads along: the name is right, the issuer is not. */
  { "certificate-untrusted", "everywhere", 2, NET_IDENTITY_UNTRUSTED, NET_IDENTITY_UNTRUSTED },
};
/* clang-format on */

typedef struct
{
  const Row *row;
  OptService service;
  OptSecurity security;
} Case;

static void
add_refusal (const Case *item, OptPracticeServer *server)
{
  static const char *const refusals[OPT_N_SERVICES] = {
    [OPT_SERVICE_IMAP] = "%t NO [AUTHENTICATIONFAILED] no",
    [OPT_SERVICE_POP3] = "-ERR [AUTH] no",
    [OPT_SERVICE_SMTP] = "535 5.7.8 no",
  };
  static const char *const bare[OPT_N_SERVICES] = {
    [OPT_SERVICE_IMAP] = "%t NO ",
    [OPT_SERVICE_POP3] = "-ERR ",
    [OPT_SERVICE_SMTP] = "550 ",
  };
  const char *words = item->row->words;
  g_autofree char *reply = words != NULL ? g_strconcat (bare[item->service], words, "\r\n", NULL)
                                         : g_strconcat (refusals[item->service], "\r\n", NULL);
  const OptPracticeRule rule = { "SIGN-IN", .reply = reply };

  opt_practice_server_add_rule (server, &rule);
}

static void
add_rules (const Case *item, OptPracticeServer *server, OptService service)
{
  const OptPracticeRule web_page = {
    item->security == OPT_SECURITY_TLS ? "TLS" : "GREETING",
    .reply = "HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\n",
    .then = OPT_PRACTICE_THEN_CLOSE,
  };
  const OptPracticeRule late = { "GREETING", .delay_ms = LATE_MS };

  if (item->row->refused && service == item->service)
    add_refusal (item, server);
  if (item->row->late && service == item->service)
    opt_practice_server_add_rule (server, &late);
  if (item->row->http || (item->row->http_here && service == item->service))
    opt_practice_server_add_rule (server, &web_page);
}

static void
test_row (gconstpointer data)
{
  static const char *const hosts[] = { NET_HOST, NET_SIBLING };
  const Case *item = data;
  const Row *row = item->row;
  NetRun run = {
    .security = item->security,
    .n_hosts = row->n_hosts,
    .all_sign_ins = row->all_sign_ins,
  };
  g_autoptr (NetFixture) fixture = net_fixture_new ();
  g_autoptr (OptCheck) check = NULL;

  for (guint i = 0; i < MAX (row->n_hosts, 1); i++)
    for (guint j = 0; j < OPT_N_SERVICES; j++)
      add_rules (item,
                 net_fixture_add_server (fixture,
                                         hosts[i],
                                         j,
                                         item->security,
                                         j == item->service ? row->identity : row->others),
                 j);
  check = net_fixture_run (fixture, &run);

  g_assert_cmpstr (net_get_id (check, item->service), ==, row->id);
}

/* What stands at the ports for submission while nothing answers on 25. */
typedef struct
{
  const char *id, *name;
  gboolean tls, starttls;
  guint16 want_port; /* of the server that is offered instead; 0 for none */
  gboolean hurried;  /* the time for the whole is that of one connection */
} Blocked;

static const Blocked blocked_rows[] = {
  { "port-25-blocked", "465-answers", TRUE, FALSE, 465 },
  { "port-25-blocked", "587-answers", FALSE, TRUE, 587 },
  { "port-25-blocked", "both-answer", TRUE, TRUE, 465 },
  { "port-25-blocked", "465-answers-in-a-hurry", TRUE, FALSE, 465, TRUE },
  { "port-25-blocked", "587-answers-in-a-hurry", FALSE, TRUE, 587, TRUE },
  { "connection-filtered", "nothing-answers", FALSE, FALSE, 0 },
};

typedef struct
{
  const Blocked *row;
  OptSecurity security; /* wanted on port 25 */
} BlockedCase;

static void
add_submission (NetFixture *fixture, OptSecurity security, gboolean answers)
{
  if (answers)
    net_fixture_add_server (fixture, NET_HOST, OPT_SERVICE_SMTP, security, NET_IDENTITY_GOOD);
  else
    net_fixture_add_route (fixture, NET_HOST, OPT_SERVICE_SMTP, security, net_find_closed_port ());
}

static void
test_blocked (gconstpointer data)
{
  static const OptTimeouts timeouts[] = { { 20000, 500, 20000, 40000 },
                                          { 4000, 4000, 4000, 4000 } };
  const BlockedCase *item = data;
  NetRun run = {
    .services = 1u << OPT_SERVICE_SMTP,
    .security = item->security,
    .ports = { [OPT_SERVICE_SMTP] = 25 },
    .timeouts = &timeouts[item->row->hurried],
  };
  g_autoptr (NetFixture) fixture = net_fixture_new ();
  g_autoptr (NetBlackHole) black_hole = net_black_hole_new ("127.0.0.1", 0);
  g_autoptr (OptCheck) check = NULL;
  OptServer *alternative;

  net_fixture_add_port (fixture, NET_HOST, 25, net_black_hole_get_port (black_hole));
  add_submission (fixture, OPT_SECURITY_TLS, item->row->tls);
  add_submission (fixture, OPT_SECURITY_STARTTLS, item->row->starttls);
  check = net_fixture_run (fixture, &run);

  g_assert_cmpstr (net_get_id (check, OPT_SERVICE_SMTP), ==, item->row->id);
  alternative = opt_probe_get_alternative (opt_check_get_probe (check, OPT_SERVICE_SMTP));
  g_assert_cmpuint (alternative != NULL ? opt_server_get_port (alternative) : 0,
                    ==,
                    item->row->want_port);
}

static void
add_case (const Row *row, OptService service, OptSecurity security)
{
  g_autofree char *path = g_strdup_printf ("/net/diagnoses/%s/%s/%s/%s",
                                           row->id,
                                           row->name,
                                           opt_service_to_string (service),
                                           opt_security_to_string (security));
  Case *item = g_new (Case, 1);

  *item = (Case){ row, service, security };
  g_test_add_data_func_full (path, item, test_row, g_free);
}

static void
add_blocked_case (const Blocked *row, OptSecurity security)
{
  g_autofree char *path = g_strdup_printf ("/net/diagnoses/%s/%s/smtp/%s",
                                           row->id,
                                           row->name,
                                           opt_security_to_string (security));
  BlockedCase *item = g_new (BlockedCase, 1);

  *item = (BlockedCase){ row, security };
  g_test_add_data_func_full (path, item, test_blocked, g_free);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint security = OPT_SECURITY_TLS; security <= OPT_SECURITY_STARTTLS; security++)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
        for (guint service = 0; service < OPT_N_SERVICES; service++)
          add_case (&rows[i], service, security);
      for (gsize i = 0; i < G_N_ELEMENTS (blocked_rows); i++)
        add_blocked_case (&blocked_rows[i], security);
    }

  return g_test_run ();
}
