/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-remedy.h"

#define ADDRESS "jane@optonline.net"
#define OWN "mail.optonline.net"
#define SIBLING "mail.optimum.net"
#define OTHER "mail.example.net"

#define IMAP OPT_SERVICE_IMAP
#define POP3 OPT_SERVICE_POP3
#define SMTP OPT_SERVICE_SMTP

/* Servers as they are typed; those tried before the one that failed have spaces between them. */
typedef struct
{
  OptDiagnosis diagnosis;
  OptService service;
  const char *failed;
  const char *tried;
  const char *alternative;
  const char *want; /* or NULL, for the page of servers */
  const char *label;
  gboolean by_hand; /* an account without a provider */
} ServerRow;

static const ServerRow server_rows[] = {
  /* The port is right, the kind of TLS is not. */
  { OPT_DIAGNOSIS_TLS_TO_PLAIN_PORT,
    SMTP,
    "tls://" OWN ":587",
    .want = "starttls://" OWN ":587",
    .label = "Use STARTTLS on port 587" },
  { OPT_DIAGNOSIS_TLS_TO_PLAIN_PORT,
    IMAP,
    "tls://" OTHER ":1143",
    .want = "starttls://" OTHER ":1143",
    .label = "Use STARTTLS on port 1143",
    .by_hand = TRUE },
  { OPT_DIAGNOSIS_PLAIN_TO_TLS_PORT,
    IMAP,
    "starttls://" OWN ":993",
    .want = "tls://" OWN ":993",
    .label = "Use TLS on port 993" },

  /* Nobody answers on this port. */
  { OPT_DIAGNOSIS_CONNECTION_REFUSED,
    SMTP,
    "tls://" OWN ":465",
    .want = "starttls://" OWN ":587",
    .label = "Use port 587" },
  { OPT_DIAGNOSIS_CONNECTION_FILTERED,
    SMTP,
    "starttls://" OWN ":587",
    .want = "tls://" OWN ":465",
    .label = "Use port 465" },
  { OPT_DIAGNOSIS_CONNECTION_FILTERED,
    IMAP,
    "tls://" OWN ":993",
    .want = "starttls://" OWN ":143",
    .label = "Use port 143" },
  { OPT_DIAGNOSIS_CONNECTION_REFUSED,
    IMAP,
    "starttls://" OWN ":143",
    .want = "tls://" OWN ":993",
    .label = "Use port 993" },
  { OPT_DIAGNOSIS_CONNECTION_REFUSED,
    POP3,
    "tls://" OWN ":995",
    .want = "starttls://" OWN ":110",
    .label = "Use port 110" },
  { OPT_DIAGNOSIS_CONNECTION_REFUSED,
    POP3,
    "starttls://" OWN ":110",
    .want = "tls://" OWN ":995",
    .label = "Use port 995" },
  { OPT_DIAGNOSIS_CONNECTION_REFUSED,
    POP3,
    "starttls://" OWN ":1110",
    .want = "tls://" OWN ":995",
    .label = "Use port 995" },
  { OPT_DIAGNOSIS_CONNECTION_REFUSED,
    SMTP,
    "starttls://" OWN ":25",
    .want = "tls://" OWN ":465",
    .label = "Use port 465" },
  { OPT_DIAGNOSIS_PORT_25_BLOCKED,
    SMTP,
    "starttls://" OWN ":25",
    .alternative = "starttls://" OWN ":587",
    .want = "starttls://" OWN ":587",
    .label = "Use port 587" },
  { OPT_DIAGNOSIS_PORT_25_BLOCKED,
    SMTP,
    "starttls://" OTHER ":25",
    .alternative = "tls://" OTHER ":465",
    .want = "tls://" OTHER ":465",
    .label = "Use port 465",
    .by_hand = TRUE },
  { OPT_DIAGNOSIS_PORT_25_BLOCKED,
    SMTP,
    "starttls://" OWN ":25",
    .want = "tls://" OWN ":465",
    .label = "Use port 465" },

  /* Something else is on this port. */
  { OPT_DIAGNOSIS_STARTTLS_MISSING,
    SMTP,
    "starttls://" OWN ":587",
    .want = "tls://" OWN ":465",
    .label = "Use port 465" },
  { OPT_DIAGNOSIS_STARTTLS_MISSING,
    POP3,
    "starttls://" OTHER ":110",
    .want = "tls://" OTHER ":995",
    .label = "Use port 995",
    .by_hand = TRUE },
  { OPT_DIAGNOSIS_STARTTLS_MISSING,
    IMAP,
    "starttls://" OWN ":143",
    .want = "tls://" OWN ":993",
    .label = "Use port 993" },
  { OPT_DIAGNOSIS_WRONG_PROTOCOL,
    IMAP,
    "tls://" OWN ":995",
    .want = "tls://" OWN ":993",
    .label = "Use port 993" },
  { OPT_DIAGNOSIS_WRONG_PROTOCOL,
    SMTP,
    "starttls://" OWN ":143",
    .want = "starttls://" OWN ":587",
    .label = "Use port 587" },

  /* A host that is not the provider's is the likely mistake, its port is not. */
  { OPT_DIAGNOSIS_HOST_UNKNOWN,
    IMAP,
    "tls://" OTHER ":993",
    .want = "tls://" OWN ":993",
    .label = "Use " OWN },
  { OPT_DIAGNOSIS_CERTIFICATE_WRONG_NAME,
    POP3,
    "tls://" OTHER ":995",
    .want = "tls://" OWN ":995",
    .label = "Use " OWN },
  { OPT_DIAGNOSIS_CONNECTION_REFUSED,
    SMTP,
    "starttls://" OTHER ":587",
    .want = "tls://" OWN ":465",
    .label = "Use " OWN },
  { OPT_DIAGNOSIS_CONNECTION_FILTERED,
    SMTP,
    "tls://" OTHER ":465",
    .want = "tls://" OWN ":465",
    .label = "Use " OWN },
  { OPT_DIAGNOSIS_AUTH_NOT_OFFERED,
    SMTP,
    "starttls://" OTHER ":25",
    .want = "tls://" OWN ":465",
    .label = "Use " OWN },
  { OPT_DIAGNOSIS_AUTH_NOT_OFFERED,
    SMTP,
    "starttls://" OWN ":25",
    .want = "tls://" OWN ":465",
    .label = "Use port 465" },
  { OPT_DIAGNOSIS_ENCRYPTION_REQUIRED,
    IMAP,
    "starttls://" OWN ":143",
    .want = "tls://" OWN ":993",
    .label = "Use port 993" },
  { OPT_DIAGNOSIS_ENCRYPTION_REQUIRED,
    IMAP,
    "starttls://" OTHER ":143",
    .want = "tls://" OWN ":993",
    .label = "Use " OWN },

  /* What was tried is not offered again: the provider's next host, or nothing. */
  { OPT_DIAGNOSIS_HOST_UNKNOWN,
    IMAP,
    "tls://" OWN ":993",
    .want = "tls://" SIBLING ":993",
    .label = "Use " SIBLING },
  { OPT_DIAGNOSIS_HOST_UNKNOWN, IMAP, "tls://" OWN ":993", .tried = "tls://" SIBLING ":993" },
  { OPT_DIAGNOSIS_CERTIFICATE_WRONG_NAME,
    IMAP,
    "tls://" SIBLING ":993",
    .tried = "tls://" OWN ":993" },
  { OPT_DIAGNOSIS_CONNECTION_REFUSED,
    SMTP,
    "tls://" OWN ":465",
    .tried = "starttls://" OWN ":587",
    .want = "tls://" SIBLING ":465",
    .label = "Use " SIBLING },
  { OPT_DIAGNOSIS_CONNECTION_REFUSED,
    SMTP,
    "tls://" OTHER ":465",
    .tried = "tls://" OWN ":465 tls://" SIBLING ":465",
    .want = "starttls://" OTHER ":587",
    .label = "Use port 587" },
  { OPT_DIAGNOSIS_CONNECTION_REFUSED,
    SMTP,
    "tls://" OTHER ":465",
    .tried = "starttls://" OTHER ":587 tls://" OWN ":465 tls://" SIBLING ":465" },
  { OPT_DIAGNOSIS_PORT_25_BLOCKED,
    SMTP,
    "starttls://" OTHER ":25",
    .tried = "tls://" OTHER ":465",
    .alternative = "tls://" OTHER ":465",
    .by_hand = TRUE },
  { OPT_DIAGNOSIS_WRONG_PROTOCOL, IMAP, "tls://" OTHER ":993", .by_hand = TRUE },
  { OPT_DIAGNOSIS_WRONG_PROTOCOL,
    IMAP,
    "tls://" OTHER ":993",
    .want = "tls://" OWN ":993",
    .label = "Use " OWN },

  /* Without a provider no other host is known, and none is guessed. */
  { OPT_DIAGNOSIS_HOST_UNKNOWN, IMAP, "tls://" OTHER ":993", .by_hand = TRUE },
  { OPT_DIAGNOSIS_CERTIFICATE_WRONG_NAME, IMAP, "tls://" OTHER ":993", .by_hand = TRUE },
  { OPT_DIAGNOSIS_AUTH_NOT_OFFERED, IMAP, "tls://" OTHER ":993", .by_hand = TRUE },
};

typedef struct
{
  OptDiagnosis diagnosis;
  OptAction with_all;     /* a provider with links, and another service that works */
  OptAction with_nothing; /* neither of them */
} ActionRow;

static const ActionRow action_rows[] = {
  { OPT_DIAGNOSIS_OFFLINE, OPT_ACTION_OPEN_NETWORK, OPT_ACTION_OPEN_NETWORK },
  { OPT_DIAGNOSIS_CAPTIVE_PORTAL, OPT_ACTION_OPEN_BROWSER, OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_DNS_FAILURE, OPT_ACTION_TRY_LATER, OPT_ACTION_TRY_LATER },
  { OPT_DIAGNOSIS_TLS_TOO_OLD, OPT_ACTION_GO_ON, OPT_ACTION_COPY_REPORT },
  { OPT_DIAGNOSIS_CERTIFICATE_EXPIRED, OPT_ACTION_GO_ON, OPT_ACTION_COPY_REPORT },
  { OPT_DIAGNOSIS_CERTIFICATE_UNTRUSTED, OPT_ACTION_OPEN_NETWORK, OPT_ACTION_OPEN_NETWORK },
  { OPT_DIAGNOSIS_CLOCK_WRONG, OPT_ACTION_OPEN_CLOCK, OPT_ACTION_OPEN_CLOCK },
  { OPT_DIAGNOSIS_PASSWORD_REFUSED, OPT_ACTION_ENTER_PASSWORD, OPT_ACTION_ENTER_PASSWORD },
  { OPT_DIAGNOSIS_SERVICE_DISABLED, OPT_ACTION_OPEN_CONTACT, OPT_ACTION_COPY_REPORT },
  { OPT_DIAGNOSIS_ACCOUNT_LOCKED, OPT_ACTION_OPEN_CONTACT, OPT_ACTION_COPY_REPORT },
  { OPT_DIAGNOSIS_MAILBOX_FULL, OPT_ACTION_OPEN_WEB_MAIL, OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_SENDER_MISMATCH, OPT_ACTION_CHANGE_SERVERS, OPT_ACTION_CHANGE_SERVERS },
  { OPT_DIAGNOSIS_SERVER_FAULT, OPT_ACTION_COPY_REPORT, OPT_ACTION_COPY_REPORT },
  { OPT_DIAGNOSIS_CANCELLED, OPT_ACTION_TRY_AGAIN, OPT_ACTION_TRY_AGAIN },
};

static OptServer *
create_server (OptService service, const char *text)
{
  OptServer *server = opt_server_parse (service, text, ADDRESS, NULL);

  g_assert_nonnull (server);

  return server;
}

static GPtrArray *
create_tried (OptService service, const char *before, OptServer *failed)
{
  GPtrArray *tried = g_ptr_array_new_with_free_func ((GDestroyNotify) opt_evidence_unref);
  g_auto (GStrv) servers = g_strsplit (before != NULL ? before : "", " ", -1);

  for (guint i = 0; servers[i] != NULL; i++)
    {
      g_autoptr (OptServer) server = create_server (service, servers[i]);

      g_ptr_array_add (tried, opt_evidence_new (server));
    }
  g_ptr_array_add (tried, opt_evidence_new (failed));

  return tried;
}

static void
test_server (gconstpointer data)
{
  const ServerRow *row = data;
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptServer) failed = create_server (row->service, row->failed);
  g_autoptr (OptServer) alternative =
    row->alternative != NULL ? create_server (row->service, row->alternative) : NULL;
  g_autoptr (GPtrArray) tried = create_tried (row->service, row->tried, failed);
  const OptTrouble trouble = {
    .diagnosis = row->diagnosis,
    .server = failed,
    .tried = tried,
    .alternative = alternative,
    .provider = row->by_hand ? NULL : opt_providers_find (providers, "optonline"),
  };
  g_autoptr (OptRemedy) remedy = opt_remedy_new_for_trouble (&trouble);
  g_autofree char *got = NULL;
  g_autofree char *label = NULL;

  if (row->want == NULL)
    {
      g_assert_cmpint (remedy->action, ==, OPT_ACTION_CHANGE_SERVERS);
      g_assert_null (remedy->server);
      return;
    }

  g_assert_cmpint (remedy->action, ==, OPT_ACTION_USE_SERVER);
  got = opt_server_to_string (remedy->server);
  label = opt_remedy_create_server_label (remedy, failed);
  g_assert_cmpstr (got, ==, row->want);
  g_assert_cmpstr (label, ==, row->label);
  g_assert_cmpint (opt_server_get_service (remedy->server), ==, row->service);
  g_assert_cmpstr (opt_server_get_user (remedy->server), ==, ADDRESS);
}

static void
test_action (gconstpointer data)
{
  const ActionRow *row = data;
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptServer) server = create_server (IMAP, "tls://" OWN ":993");
  g_autoptr (GPtrArray) tried = create_tried (IMAP, NULL, server);
  OptTrouble trouble = { .diagnosis = row->diagnosis, .server = server, .tried = tried };
  g_autoptr (OptRemedy) with_nothing = opt_remedy_new_for_trouble (&trouble);
  g_autoptr (OptRemedy) with_all = NULL;

  trouble.provider = opt_providers_find (providers, "optonline");
  trouble.others_work = TRUE;
  with_all = opt_remedy_new_for_trouble (&trouble);

  g_assert_cmpint (with_nothing->action, ==, row->with_nothing);
  g_assert_cmpint (with_all->action, ==, row->with_all);
  g_assert_cmpuint (with_all->wait_s, ==, opt_advice_get_wait_s (row->diagnosis));
  g_assert_null (with_all->server);
}

/* Whatever it is, there is something to do, and a server where one is promised. */
static void
test_all (void)
{
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptServer) server = create_server (SMTP, "tls://" OWN ":465");
  g_autoptr (GPtrArray) tried = create_tried (SMTP, NULL, server);

  for (guint i = 0; i < OPT_N_DIAGNOSES; i++)
    for (guint j = 0; j < 4; j++)
      {
        const OptTrouble trouble = {
          .diagnosis = i,
          .server = server,
          .tried = tried,
          .provider = j & 1 ? opt_providers_find (providers, "optonline") : NULL,
          .others_work = j & 2,
        };
        g_autoptr (OptRemedy) remedy = opt_remedy_new_for_trouble (&trouble);

        g_assert_cmpint (remedy->action == OPT_ACTION_NONE, ==, i == OPT_DIAGNOSIS_WORKS);
        g_assert_cmpint (remedy->action == OPT_ACTION_USE_SERVER, ==, remedy->server != NULL);
        g_assert_cmpint (remedy->action == OPT_ACTION_TRY_LATER, ==, remedy->wait_s > 0);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (server_rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/remedy/server/%" G_GSIZE_FORMAT "/%s",
                                               i,
                                               opt_diagnosis_to_string (server_rows[i].diagnosis));

      g_test_add_data_func (path, &server_rows[i], test_server);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (action_rows); i++)
    {
      g_autofree char *path =
        g_strconcat ("/remedy/action/", opt_diagnosis_to_string (action_rows[i].diagnosis), NULL);

      g_test_add_data_func (path, &action_rows[i], test_action);
    }
  g_test_add_func ("/remedy/all", test_all);

  return g_test_run ();
}
