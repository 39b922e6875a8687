/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-practice-ca.h"
#include "opt-practice-server.h"
#include "opt-practice-world.h"

#include <string.h>

#define DAY_S (24 * 60 * 60)
#define HOST "mail.optonline.net"
#define TIMEOUT_S 20
#define TIMEOUT_US (TIMEOUT_S * G_USEC_PER_SEC)
#define FOR_EVER_MS (3600 * 1000)

#define USER_64 "amFuZUBvcHRvbmxpbmUubmV0"
#define PASS_64 "c2VjcmV0"
#define PLAIN_64 "AGphbmVAb3B0b25saW5lLm5ldABzZWNyZXQ="
#define WRONG_64 "AGphbmVAb3B0b25saW5lLm5ldAB3cm9uZw=="

#define GREETING "220 practice.example.com ESMTP ready\r\n"
#define EHLO_PLAIN                                                                                 \
  "250-practice.example.com\r\n250-PIPELINING\r\n250-SIZE 104857600\r\n250-8BITMIME\r\n"           \
  "250-DSN\r\n250-STARTTLS\r\n250 ENHANCEDSTATUSCODES\r\n"
#define EHLO_SECURE                                                                                \
  "250-practice.example.com\r\n250-PIPELINING\r\n250-SIZE 104857600\r\n250-8BITMIME\r\n"           \
  "250-DSN\r\n250-AUTH LOGIN PLAIN\r\n250 ENHANCEDSTATUSCODES\r\n"
#define SIGNED_IN "235 2.7.0 Authentication successful\r\n"
#define CAPA_END "PIPELINING\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\nUIDL\r\nTOP\r\n.\r\n"

static OptPracticeCa *ca;
static GTlsCertificate *ca_certificate;
static GTlsCertificate *certificate;

/* A client that blocks, with a deadline: the server has its own thread. */
typedef struct
{
  GSocketConnection *socket;
  GIOStream *stream;
  GTlsCertificate *authority; /* whom to trust */
} Client;

static OptPracticeServer *
start_server (OptService service, OptSecurity security)
{
  OptPracticeServer *server = opt_practice_server_new (service, security, certificate);
  g_autoptr (GError) error = NULL;

  opt_practice_server_set_account (server, "jane@optonline.net", "secret", 3, 100);
  g_assert_true (opt_practice_server_start (server, &error));
  g_assert_no_error (error);

  return server;
}

static gboolean
on_accept_certificate (GTlsConnection *connection,
                       GTlsCertificate *peer,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new (HOST, 0);
  Client *client = user_data;

  return g_tls_certificate_verify (peer, identity, client->authority) == 0;
}

/* Without the system's authorities, which take long to load: only our own counts here. */
static GIOStream *
create_tls (GIOStream *plain)
{
  g_autoptr (GError) error = NULL;
  GIOStream *tls =
    g_initable_new (g_tls_backend_get_client_connection_type (g_tls_backend_get_default ()),
                    NULL,
                    &error,
                    "base-io-stream",
                    plain,
                    "database",
                    NULL,
                    NULL);

  g_assert_no_error (error);

  return tls;
}

static gboolean
try_tls (Client *client, GError **error)
{
  g_autoptr (GIOStream) plain = g_steal_pointer (&client->stream);

  client->stream = create_tls (plain);
  g_signal_connect (client->stream,
                    "accept-certificate",
                    G_CALLBACK (on_accept_certificate),
                    client);

  return g_tls_connection_handshake (G_TLS_CONNECTION (client->stream), NULL, error);
}

static void
start_tls (Client *client)
{
  g_autoptr (GError) error = NULL;

  try_tls (client, &error);
  g_assert_no_error (error);
}

static Client *
connect_port (guint16 port)
{
  g_autoptr (GSocketClient) factory = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  Client *client = g_new0 (Client, 1);

  g_socket_client_set_enable_proxy (factory, FALSE);
  g_socket_client_set_timeout (factory, TIMEOUT_S);
  client->socket = g_socket_client_connect_to_host (factory, "127.0.0.1", port, NULL, &error);
  g_assert_no_error (error);
  client->stream = g_object_ref (G_IO_STREAM (client->socket));
  client->authority = g_object_ref (ca_certificate);

  return client;
}

static Client *
connect_server (OptPracticeServer *server)
{
  return connect_port (opt_practice_server_get_port (server));
}

static void
client_free (Client *client)
{
  g_object_unref (client->stream);
  g_object_unref (client->socket);
  g_object_unref (client->authority);
  g_free (client);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Client, client_free)

static void
say (Client *client, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (client->stream),
                             text,
                             strlen (text),
                             NULL,
                             NULL,
                             &error);
  g_assert_no_error (error);
}

static void
expect (Client *client, const char *want)
{
  g_autofree char *got = g_malloc0 (strlen (want) + 1);
  g_autoptr (GError) error = NULL;

  g_input_stream_read_all (g_io_stream_get_input_stream (client->stream),
                           got,
                           strlen (want),
                           NULL,
                           NULL,
                           &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, want);
}

static void
ask (Client *client, const char *command, const char *want)
{
  say (client, command);
  expect (client, want);
}

/* What one read returns at the end: 0, or -1 with @error. */
static gssize
read_once (Client *client, char *buffer, gsize size_bytes, GError **error)
{
  return g_input_stream_read (g_io_stream_get_input_stream (client->stream),
                              buffer,
                              size_bytes,
                              NULL,
                              error);
}

static void
expect_end (Client *client)
{
  g_autoptr (GError) error = NULL;
  char byte;

  g_assert_cmpint (read_once (client, &byte, 1, &error), ==, 0);
  g_assert_no_error (error);
}

/* The server hears us out: were its socket closed, the second write would fail. */
static void
expect_orderly_end (Client *client)
{
  expect_end (client);
  say (client, "NOOP\r\n");
  say (client, "NOOP\r\n");
}

static void
expect_reset (Client *client)
{
  g_autoptr (GError) error = NULL;
  char byte;

  g_assert_cmpint (read_once (client, &byte, 1, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

/* Stops at once, although something is under way for ever. */
static void
stop_quickly (OptPracticeServer *server)
{
  gint64 start_us = g_get_monotonic_time ();

  opt_practice_server_stop (server);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, TIMEOUT_US);
  g_assert_cmpint (opt_practice_server_get_port (server), ==, 0);
}

static void
assert_commands (OptPracticeServer *server, const char *want)
{
  g_auto (GStrv) commands = opt_practice_server_dup_commands (server);
  g_autofree char *got = g_strjoinv (" ", commands);

  g_assert_cmpstr (got, ==, want);
}

static void
assert_bytes (GBytes *received, const char *want)
{
  g_autofree char *got = g_strndup (g_bytes_get_data (received, NULL), g_bytes_get_size (received));

  g_assert_cmpstr (got, ==, want);
  g_bytes_unref (received);
}

static const char *const good_hosts[] = { HOST, "127.0.0.1", NULL };
static const char *const other_hosts[] = { "mail.example.com", NULL };

static const struct
{
  const char *name;
  OptPracticeIdentity identity;
  GTlsCertificateFlags want;
} identities[] = {
  { "good", { good_hosts, -DAY_S, DAY_S, FALSE }, 0 },
  { "expired", { good_hosts, -2 * DAY_S, -DAY_S, FALSE }, G_TLS_CERTIFICATE_EXPIRED },
  { "premature", { good_hosts, DAY_S, 2 * DAY_S, FALSE }, G_TLS_CERTIFICATE_NOT_ACTIVATED },
  { "wrong-name", { other_hosts, -DAY_S, DAY_S, FALSE }, G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "no-name", { NULL, -DAY_S, DAY_S, FALSE }, G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "self-signed", { good_hosts, -DAY_S, DAY_S, TRUE }, G_TLS_CERTIFICATE_UNKNOWN_CA },
};

static void
test_identity (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) issued = opt_practice_ca_issue (ca, &identities[i].identity, &error);
  g_autoptr (GSocketConnectable) host = g_network_address_new (HOST, 0);

  g_assert_no_error (error);
  g_assert_cmpint (g_tls_certificate_verify (issued, host, ca_certificate), ==, identities[i].want);
}

/* What is sent and what must come back; TLS does the handshake, END expects the end. */
#define TLS "\001"
#define END "\002"

#define SMTP_DIALOGUE                                                                              \
  { "EHLO pc.example.org\r\n", EHLO_SECURE }, { "BANANA\r\n", "500 5.5.1 Unknown command\r\n" },   \
    { "MAIL FROM:<jane@optonline.net>\r\n", "530 5.7.0 Authentication required\r\n" },             \
    { "AUTH CRAM-MD5\r\n", "504 5.5.4 Mechanism not supported\r\n" },                              \
    { "AUTH PLAIN ?\r\n", "501 5.5.2 Malformed response\r\n" },                                    \
    { "AUTH PLAIN " WRONG_64 "\r\n", "535 5.7.8 Authentication failed\r\n" },                      \
    { "AUTH LOGIN\r\n", "334 VXNlcm5hbWU6\r\n" }, { USER_64 "\r\n", "334 UGFzc3dvcmQ6\r\n" },      \
    { "*\r\n", "501 5.7.0 Authentication cancelled\r\n" }, { "AUTH PLAIN\r\n", "334 \r\n" },       \
    { PLAIN_64 "\r\n", SIGNED_IN },                                                                \
    { "auth plain " PLAIN_64 "\r\n", "503 5.5.1 Already signed in\r\n" },                          \
    { "DATA\r\n", "503 5.5.1 RCPT comes first\r\n" },                                              \
    { "MAIL FROM:<jane@optonline.net> SIZE=9\r\n", "250 2.1.0 Sender ok\r\n" },                    \
    { "RCPT TO:jane\r\n", "501 5.5.4 An address is missing\r\n" },                                 \
    { "RCPT TO:<jane@optonline.net>\r\n", "250 2.1.5 Recipient ok\r\n" },                          \
    { "DATA\r\n", "354 End with a dot\r\n" },                                                      \
    { "Subject: x\r\n\r\nRSET\r\n..\r\n.\r\n", "250 2.0.0 Message accepted\r\n" },                 \
    { "NOOP\r\n", "250 2.0.0 Ok\r\n" }, { "RSET\r\n", "250 2.0.0 Forgotten\r\n" },                 \
    { "QUIT\r\n", "221 2.0.0 Goodbye\r\n" },                                                       \
  {                                                                                                \
    END                                                                                            \
  }

#define IMAP_DIALOGUE                                                                              \
  { "a CAPABILITY\r\n", "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN LITERAL+\r\na OK Done\r\n" },   \
    { "b STATUS INBOX (MESSAGES)\r\n", "b BAD Sign in first\r\n" },                                \
    { "c AUTHENTICATE PLAIN\r\n", "+ \r\n" },                                                      \
    { WRONG_64 "\r\n", "c NO [AUTHENTICATIONFAILED] Authentication failed\r\n" },                  \
    { "d LOGIN {18}\r\n", "+ Go ahead\r\n" }, { "jane@optonline.net {6}\r\n", "+ Go ahead\r\n" },  \
    { "secret\r\n", "d OK [CAPABILITY IMAP4rev1 LITERAL+] Signed in\r\n" },                        \
    { "e STATUS inbox (MESSAGES UNSEEN SIZE)\r\n",                                                 \
      "* STATUS INBOX (MESSAGES 3 UNSEEN 0 SIZE 100)\r\ne OK Done\r\n" },                          \
    { "f STATUS \"Trash\" (MESSAGES)\r\n", "f NO [NONEXISTENT] There is no such mailbox\r\n" },    \
    { "g EXAMINE \"INBOX\"\r\n",                                                                   \
      "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n* 3 EXISTS\r\n* 0 RECENT\r\n"    \
      "* OK [UIDVALIDITY 1] Unique for ever\r\n* OK [UIDNEXT 4] Next\r\n"                          \
      "g OK [READ-ONLY] Done\r\n" },                                                               \
    { "h NOOP\r\n", "h OK Done\r\n" }, { "i BANANA\r\n", "i BAD Unknown command\r\n" },            \
    { "j LOGOUT\r\n", "* BYE Goodbye\r\nj OK Done\r\n" },                                          \
  {                                                                                                \
    END                                                                                            \
  }

#define POP3_DIALOGUE                                                                              \
  { "CAPA\r\n", "+OK Capabilities follow\r\nUSER\r\nSASL PLAIN\r\n" CAPA_END },                    \
    { "STAT\r\n", "-ERR Sign in first\r\n" },                                                      \
    { "USER jane@optonline.net\r\n", "+OK Now the password\r\n" },                                 \
    { "PASS wrong\r\n", "-ERR [AUTH] Authentication failed\r\n" },                                 \
    { "PASS secret\r\n", "-ERR USER comes first\r\n" }, { "AUTH PLAIN\r\n", "+ \r\n" },            \
    { PLAIN_64 "\r\n", "+OK Signed in\r\n" }, { "STAT\r\n", "+OK 3 100\r\n" },                     \
    { "LIST\r\n", "+OK The list follows\r\n1 34\r\n2 33\r\n3 33\r\n.\r\n" },                       \
    { "LIST 4\r\n", "-ERR There is no such message\r\n" },                                         \
    { "UIDL 2\r\n", "+OK 2 practice-2\r\n" }, { "NOOP\r\n", "+OK\r\n" },                           \
    { "QUIT\r\n", "+OK Goodbye\r\n" },                                                             \
  {                                                                                                \
    END                                                                                            \
  }

static const struct
{
  const char *name;
  OptService service;
  OptSecurity security;
  guint n_accepted, n_refused;
  const char *turns[32][2];
} dialogues[] = {
  { "smtp-tls",
    OPT_SERVICE_SMTP,
    OPT_SECURITY_TLS,
    1,
    1,
    { { TLS }, { "", GREETING }, SMTP_DIALOGUE } },
  { "smtp-starttls",
    OPT_SERVICE_SMTP,
    OPT_SECURITY_STARTTLS,
    1,
    1,
    { { "", GREETING },
      { "EHLO pc.example.org\r\n", EHLO_PLAIN },
      { "AUTH PLAIN " PLAIN_64 "\r\n", "538 5.7.11 Encryption required\r\n" },
      { "MAIL FROM:<jane@optonline.net>\r\n", "530 5.7.0 Use STARTTLS first\r\n" },
      { "STARTTLS\r\n", "220 2.0.0 Begin TLS now\r\n" },
      { TLS },
      { "AUTH PLAIN " PLAIN_64 "\r\n", "503 5.5.1 EHLO comes first\r\n" },
      SMTP_DIALOGUE } },
  { "smtp-login",
    OPT_SERVICE_SMTP,
    OPT_SECURITY_TLS,
    1,
    0,
    { { TLS },
      { "", GREETING },
      { "HELO pc.example.org\r\n", "250 practice.example.com\r\n" },
      { "AUTH LOGIN " USER_64 "\r\n", "334 UGFzc3dvcmQ6\r\n" },
      { PASS_64 "\r\n", SIGNED_IN } } },
  { "imap-tls",
    OPT_SERVICE_IMAP,
    OPT_SECURITY_TLS,
    1,
    1,
    { { TLS },
      { "", "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN LITERAL+] practice server ready\r\n" },
      IMAP_DIALOGUE } },
  { "imap-starttls",
    OPT_SERVICE_IMAP,
    OPT_SECURITY_STARTTLS,
    1,
    1,
    { { "",
        "* OK [CAPABILITY IMAP4rev1 SASL-IR LITERAL+ STARTTLS LOGINDISABLED] "
        "practice server ready\r\n" },
      { "x LOGIN jane@optonline.net secret\r\n", "x NO [PRIVACYREQUIRED] Use STARTTLS first\r\n" },
      { "y STARTTLS\r\n", "y OK Begin TLS now\r\n" },
      { TLS },
      IMAP_DIALOGUE } },
  { "imap-sign-ins",
    OPT_SERVICE_IMAP,
    OPT_SECURITY_TLS,
    1,
    3,
    { { TLS },
      { "", "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN LITERAL+] practice server ready\r\n" },
      { "a LOGIN \"a\\\"b\\\\c\" d\r\n", "a NO [AUTHENTICATIONFAILED] Authentication failed\r\n" },
      { "b LOGIN {3+}\r\na b \"secret\"\r\n",
        "b NO [AUTHENTICATIONFAILED] Authentication failed\r\n" },
      { "c LOGIN jane \"secret\r\n", "c BAD Malformed response\r\n" },
      { "d AUTHENTICATE PLAIN " WRONG_64 "\r\n",
        "d NO [AUTHENTICATIONFAILED] Authentication failed\r\n" },
      { "e LOGIN {18+}\r\njane@optonline.net {6+}\r\nsecret\r\n",
        "e OK [CAPABILITY IMAP4rev1 LITERAL+] Signed in\r\n" } } },
  { "pop3-tls",
    OPT_SERVICE_POP3,
    OPT_SECURITY_TLS,
    1,
    1,
    { { TLS }, { "", "+OK practice server ready\r\n" }, POP3_DIALOGUE } },
  { "pop3-starttls",
    OPT_SERVICE_POP3,
    OPT_SECURITY_STARTTLS,
    1,
    1,
    { { "", "+OK practice server ready\r\n" },
      { "CAPA\r\n", "+OK Capabilities follow\r\nSTLS\r\n" CAPA_END },
      { "USER jane@optonline.net\r\n", "-ERR Use STLS first\r\n" },
      { "STLS\r\n", "+OK Begin TLS now\r\n" },
      { TLS },
      POP3_DIALOGUE } },
};

static void
test_dialogue (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptPracticeServer) server = start_server (dialogues[i].service, dialogues[i].security);
  g_autoptr (Client) client = connect_server (server);

  for (guint j = 0; dialogues[i].turns[j][0] != NULL; j++)
    {
      const char *command = dialogues[i].turns[j][0];

      if (g_str_equal (command, TLS))
        start_tls (client);
      else if (g_str_equal (command, END))
        expect_orderly_end (client);
      else
        ask (client, command, dialogues[i].turns[j][1]);
    }

  g_assert_cmpint (opt_practice_server_get_n_sign_ins (server, TRUE), ==, dialogues[i].n_accepted);
  g_assert_cmpint (opt_practice_server_get_n_sign_ins (server, FALSE), ==, dialogues[i].n_refused);
}

/* Rules against a server without TLS yet: what is sent, what comes, and what follows. */
typedef enum
{
  THEN_LIVE,
  THEN_END,
  THEN_RESET,
} Fate;

static const struct
{
  const char *name;
  OptPracticeRule rule;
  const char *turns[4][2];
  Fate fate;
} rules[] = {
  { "reply", { "ehlo", .reply = "550 no\r\n" }, { { "EHLO a\r\n", "550 no\r\n" } } },
  { "times",
    { "NOOP", .times = 2, .reply = "250 hi\r\n" },
    { { "NOOP\r\n", "250 hi\r\n" },
      { "NOOP\r\n", "250 hi\r\n" },
      { "NOOP\r\n", "250 2.0.0 Ok\r\n" } } },
  { "tls-after",
    { "NOOP", OPT_PRACTICE_TLS_AFTER, .reply = "no\r\n" },
    { { "NOOP\r\n", "250 2.0.0 Ok\r\n" } } },
  { "tls-before",
    { "NOOP", OPT_PRACTICE_TLS_BEFORE, .reply = "no\r\n" },
    { { "NOOP\r\n", "no\r\n" } } },
  { "star", { "*", .reply = "421 busy\r\n" }, { { "NOOP\r\n", "421 busy\r\n" } } },
  { "no-such-occasion",
    { "TLS", .reply = "x" },
    { { "TLS\r\n", "500 5.5.1 Unknown command\r\n" } } },
  { "close",
    { "NOOP", .then = OPT_PRACTICE_THEN_CLOSE },
    { { "NOOP\r\nNOOP\r\n", "" } },
    THEN_END },
  { "reply-and-close",
    { "NOOP", .reply = "421 bye\r\n", .then = OPT_PRACTICE_THEN_CLOSE },
    { { "NOOP\r\nNOOP\r\n", "421 bye\r\n" } },
    THEN_END },
  { "reset", { "NOOP", .then = OPT_PRACTICE_THEN_RESET }, { { "NOOP\r\n", "" } }, THEN_RESET },
  { "no-starttls",
    { "STARTTLS", .reply = "220 really not\r\n" },
    { { "STARTTLS\r\n", "220 really not\r\n" }, { "NOOP\r\n", "250 2.0.0 Ok\r\n" } } },
  { "garbage", { "NOOP", .reply = "\xff%\r\n%t" }, { { "NOOP\r\n", "\xff%\r\n*" } } },
};

static void
test_rule (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_SMTP, OPT_SECURITY_STARTTLS);
  g_autoptr (Client) client = NULL;

  opt_practice_server_add_rule (server, &rules[i].rule);
  client = connect_server (server);
  expect (client, GREETING);

  for (guint j = 0; rules[i].turns[j][0] != NULL; j++)
    ask (client, rules[i].turns[j][0], rules[i].turns[j][1]);

  if (rules[i].fate == THEN_END)
    expect_orderly_end (client);
  else if (rules[i].fate == THEN_RESET)
    expect_reset (client);
}

static void
test_rule_order (void)
{
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_IMAP, OPT_SECURITY_STARTTLS);
  const OptPracticeRule first = { "GREETING", .reply = "* PREAUTH hello\r\n", .times = 1 };
  const OptPracticeRule second = { "GREETING", .then = OPT_PRACTICE_THEN_CLOSE };
  const OptPracticeRule tagged = { "NOOP", .reply = "* 1 EXISTS\r\n%t NO [LIMIT] %t\r\n" };
  g_autoptr (Client) one = NULL;
  g_autoptr (Client) two = NULL;

  opt_practice_server_add_rule (server, &first);
  opt_practice_server_add_rule (server, &second);
  opt_practice_server_add_rule (server, &tagged);

  one = connect_server (server);
  expect (one, "* PREAUTH hello\r\n");
  ask (one, "a7 noop\r\n", "* 1 EXISTS\r\na7 NO [LIMIT] a7\r\n");
  two = connect_server (server);
  expect_end (two);
  g_assert_cmpint (opt_practice_server_get_n_connections (server), ==, 2);
}

/* While one client waits, another is served. */
static void
test_delay (void)
{
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_SMTP, OPT_SECURITY_STARTTLS);
  const OptPracticeRule brief = { "NOOP", .delay_ms = 30 };
  const OptPracticeRule endless = { "RSET", .delay_ms = FOR_EVER_MS };
  g_autoptr (Client) patient = connect_server (server);
  g_autoptr (Client) other = connect_server (server);
  gint64 start_us;

  opt_practice_server_add_rule (server, &brief);
  opt_practice_server_add_rule (server, &endless);
  expect (patient, GREETING);
  expect (other, GREETING);
  ask (patient, "EHLO a\r\nRSET\r\n", EHLO_PLAIN);

  start_us = g_get_monotonic_time ();
  ask (other, "NOOP\r\n", "250 2.0.0 Ok\r\n");
  g_assert_cmpint (g_get_monotonic_time () - start_us, >=, 30 * 1000);

  stop_quickly (server);
  expect_end (patient);
  expect_end (other);
}

static void
test_drip (void)
{
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_SMTP, OPT_SECURITY_TLS);
  const OptPracticeRule drip = { "GREETING", .drip_ms = 2 };
  g_autoptr (Client) client = NULL;
  gint64 start_us;

  opt_practice_server_add_rule (server, &drip);
  client = connect_server (server);
  start_us = g_get_monotonic_time ();
  start_tls (client);
  expect (client, GREETING);
  g_assert_cmpint (g_get_monotonic_time () - start_us,
                   >=,
                   (gint64) (strlen (GREETING) - 1) * 2 * 1000);
  ask (client, "NOOP\r\n", "250 2.0.0 Ok\r\n");
}

static void
test_silence (void)
{
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_POP3, OPT_SECURITY_TLS);
  const OptPracticeRule silence = {
    "CAPA", .times = 1, .reply = "+OK half", .then = OPT_PRACTICE_THEN_SILENCE
  };
  g_autoptr (Client) client = connect_server (server);
  g_autoptr (Client) other = connect_server (server);

  opt_practice_server_add_rule (server, &silence);
  start_tls (client);
  start_tls (other);
  expect (client, "+OK practice server ready\r\n");
  expect (other, "+OK practice server ready\r\n");
  ask (client, "CAPA\r\nSTAT\r\n", "+OK half");
  say (client, "NOOP\r\n");
  ask (other, "STAT\r\n", "-ERR Sign in first\r\n");

  assert_commands (server, "CAPA STAT");
  stop_quickly (server);
}

static void
test_flood (gconstpointer data)
{
  OptSecurity security = GPOINTER_TO_UINT (data);
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_SMTP, security);
  const OptPracticeRule flood = {
    "NOOP", .reply = "250-x\r\n", .then = OPT_PRACTICE_THEN_FLOOD, .times = 2
  };
  g_autoptr (Client) client = connect_server (server);
  g_autoptr (Client) stuck = connect_server (server);
  g_autoptr (GString) want = NULL;

  opt_practice_server_add_rule (server, &flood);
  if (security == OPT_SECURITY_TLS)
    {
      start_tls (client);
      start_tls (stuck);
    }
  ask (stuck, "NOOP\r\n", GREETING "250-x\r\n");
  ask (client, "NOOP\r\n", GREETING);
  want = g_string_new (NULL);
  while (want->len < 512 * 1024)
    g_string_append (want, "250-x\r\n");
  expect (client, want->str);

  /* One client leaves in the middle, the other reads no more. */
  g_clear_pointer (&client, client_free);
  client = connect_server (server);
  if (security == OPT_SECURITY_TLS)
    start_tls (client);
  ask (client, "NOOP\r\n", GREETING "250 2.0.0 Ok\r\n");
  stop_quickly (server);
}

/* Bytes after the reply to STARTTLS come in the same segment, and then the handshake. */
static void
test_server_injects (void)
{
  static const char reply[] = "220 go\r\n250 injected\r\n";
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_SMTP, OPT_SECURITY_STARTTLS);
  const OptPracticeRule inject = { "STARTTLS",
                                   .reply = reply,
                                   .then = OPT_PRACTICE_THEN_START_TLS };
  g_autoptr (Client) client = connect_server (server);
  char buffer[100] = { 0 };

  opt_practice_server_add_rule (server, &inject);
  expect (client, GREETING);
  say (client, "STARTTLS\r\n");
  g_assert_cmpint (read_once (client, buffer, sizeof buffer - 1, NULL), ==, strlen (reply));
  g_assert_cmpstr (buffer, ==, reply);
  start_tls (client);
  ask (client, "EHLO a\r\n", EHLO_SECURE);
}

/* A healthy server forgets what a client sent after STARTTLS in the clear (CVE-2011-0411). */
static void
test_client_injects (void)
{
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_POP3, OPT_SECURITY_STARTTLS);
  g_autoptr (Client) client = connect_server (server);

  expect (client, "+OK practice server ready\r\n");
  ask (client, "STLS\r\nUSER mallory\r\n", "+OK Begin TLS now\r\n");
  start_tls (client);
  ask (client, "PASS secret\r\n", "-ERR USER comes first\r\n");
  assert_commands (server, "STLS PASS");
}

/* A server too old for us: a protocol_version alert (RFC 8446 §6) in the place of a handshake. */
static void
test_alert (void)
{
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_IMAP, OPT_SECURITY_TLS);
  const OptPracticeRule alert = { "TLS",
                                  .reply = "\x15\x03\x01\x00\x02\x02\x46",
                                  .reply_bytes = 7,
                                  .then = OPT_PRACTICE_THEN_CLOSE };
  g_autoptr (GError) error = NULL;
  g_autoptr (Client) client = NULL;

  opt_practice_server_add_rule (server, &alert);
  client = connect_server (server);
  g_assert_false (try_tls (client, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_TLS_ERROR);
}

/* A plain server where TLS is expected. */
static void
test_no_handshake (void)
{
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_SMTP, OPT_SECURITY_TLS);
  const OptPracticeRule plain = { "TLS", .reply = "" };
  g_autoptr (Client) client = NULL;

  opt_practice_server_add_rule (server, &plain);
  client = connect_server (server);
  expect (client, GREETING);
  ask (client, "NOOP\r\n", "250 2.0.0 Ok\r\n");
}

/* Scripted sign-ins: one that is said to be good is, and each is counted once. */
static void
test_scripted_sign_ins (void)
{
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_SMTP, OPT_SECURITY_TLS);
  const OptPracticeRule script[] = {
    { "SIGN-IN", .times = 1, .reply = "454 4.7.0 later\r\n" },
    { "RESPONSE", .times = 1, .reply = "334 more\r\n" },
    { "SIGN-IN", .times = 1, .reply = "235 fine\r\n" },
  };
  g_autoptr (Client) client = connect_server (server);

  for (guint i = 0; i < G_N_ELEMENTS (script); i++)
    opt_practice_server_add_rule (server, &script[i]);
  start_tls (client);
  expect (client, GREETING);
  ask (client, "EHLO a\r\n", EHLO_SECURE);
  ask (client, "AUTH PLAIN " PLAIN_64 "\r\n", "454 4.7.0 later\r\n");
  ask (client, "AUTH PLAIN\r\n", "334 \r\n");
  ask (client, WRONG_64 "\r\n", "334 more\r\n");
  ask (client, WRONG_64 "\r\n", "235 fine\r\n");
  ask (client, "MAIL FROM:<>\r\n", "250 2.1.0 Sender ok\r\n");

  g_assert_cmpint (opt_practice_server_get_n_sign_ins (server, TRUE), ==, 1);
  g_assert_cmpint (opt_practice_server_get_n_sign_ins (server, FALSE), ==, 1);
  assert_commands (server, "EHLO AUTH AUTH RESPONSE RESPONSE MAIL");
}

/* RFC 2920: commands in one segment; bytes of one command in several. */
static void
test_pipelining (void)
{
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_SMTP, OPT_SECURITY_TLS);
  const OptPracticeRule slow = { "RCPT", .delay_ms = 5 };
  g_autoptr (Client) client = connect_server (server);

  opt_practice_server_add_rule (server, &slow);
  start_tls (client);
  expect (client, GREETING);
  ask (client, "EHLO a\r\n", EHLO_SECURE);
  ask (client, "AUTH PLAIN " PLAIN_64 "\r\n", SIGNED_IN);
  ask (client,
       "MAIL FROM:<jane@optonline.net>\r\nRCPT TO:<jane@optonline.net>\r\nRSET\r\nNO",
       "250 2.1.0 Sender ok\r\n250 2.1.5 Recipient ok\r\n250 2.0.0 Forgotten\r\n");
  ask (client, "OP\r\n", "250 2.0.0 Ok\r\n");

  g_assert_cmpint (opt_practice_server_get_n_flights (server), ==, 4);
  assert_commands (server, "EHLO AUTH MAIL RCPT RSET NOOP");
}

static void
test_record (void)
{
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_POP3, OPT_SECURITY_STARTTLS);
  g_autoptr (Client) client = connect_server (server);

  expect (client, "+OK practice server ready\r\n");
  ask (client, "STLS\r\n", "+OK Begin TLS now\r\n");
  start_tls (client);
  ask (client, "STAT\r\n", "-ERR Sign in first\r\n");
  opt_practice_server_set_keeps_received (server, FALSE);
  ask (client, "QUIT\r\n", "+OK Goodbye\r\n");
  expect_end (client);

  assert_bytes (opt_practice_server_dup_received_plain (server), "STLS\r\n");
  assert_bytes (opt_practice_server_dup_received_secure (server), "STAT\r\n");
  assert_bytes (opt_practice_server_dup_received (server), "STLS\r\nSTAT\r\n");
  assert_commands (server, "STLS STAT");
  g_assert_cmpint (opt_practice_server_get_n_flights (server), ==, 3);
}

static void
test_message_count (void)
{
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_SMTP, OPT_SECURITY_TLS);
  const OptPracticeRule spam = { "MESSAGE", .times = 1, .reply = "554 5.7.1 Spam detected\r\n" };
  g_autoptr (Client) client = connect_server (server);

  opt_practice_server_add_rule (server, &spam);
  start_tls (client);
  ask (client, "EHLO a\r\n", GREETING EHLO_SECURE);
  ask (client, "AUTH PLAIN " PLAIN_64 "\r\n", SIGNED_IN);
  for (guint i = 0; i < 2; i++)
    {
      ask (client,
           "MAIL FROM:<a@b.c>\r\nRCPT TO:<a@b.c>\r\nDATA\r\n",
           "250 2.1.0 Sender ok\r\n250 2.1.5 Recipient ok\r\n354 End with a dot\r\n");
      ask (client,
           "x\r\n.\r\n",
           i == 0 ? "554 5.7.1 Spam detected\r\n" : "250 2.0.0 Message accepted\r\n");
      g_assert_cmpint (opt_practice_server_get_n_messages (server), ==, i);
    }
}

/* A client that connects and never shakes hands, and one that sends a line without end. */
static void
test_stop_in_handshake (void)
{
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_SMTP, OPT_SECURITY_TLS);
  g_autoptr (Client) client = connect_server (server);
  gint64 deadline_us = g_get_monotonic_time () + TIMEOUT_US;

  while (opt_practice_server_get_n_connections (server) == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      g_thread_yield ();
    }

  stop_quickly (server);
  opt_practice_server_stop (server);

  g_assert_true (opt_practice_server_start (server, NULL));
  g_clear_pointer (&client, client_free);
  client = connect_server (server);
  start_tls (client);
  expect (client, GREETING);
}

static void
test_endless_line (void)
{
  g_autoptr (OptPracticeServer) server = start_server (OPT_SERVICE_SMTP, OPT_SECURITY_STARTTLS);
  g_autoptr (Client) client = connect_server (server);
  g_autofree char *line = g_strnfill (1024 * 1024, 'x');
  g_autoptr (GError) error = NULL;
  char byte;

  expect (client, GREETING);
  g_output_stream_write_all (g_io_stream_get_output_stream (client->stream),
                             line,
                             strlen (line),
                             NULL,
                             NULL,
                             NULL);
  g_assert_cmpint (read_once (client, &byte, 1, &error), <=, 0);
}

static const struct
{
  const char *name, *address, *host;
  guint16 port;
  gboolean there;
  const char *command, *want;
} doors[] = {
  { "works", "works@optonline.net", HOST, 465, TRUE, "NOOP\r\n", "250 2.0.0 Ok\r\n" },
  { "case", "Works@Optonline.NET", "MAIL.optimum.net", 995, TRUE, "NOOP\r\n", "-ERR Sign" },
  { "anybody",
    "jane@optimum.net",
    HOST,
    995,
    TRUE,
    "USER x\r\nPASS practice\r\n",
    "+OK Now the password\r\n+OK Signed" },
  { "wrong-password",
    "wrong-password@optonline.net",
    HOST,
    995,
    TRUE,
    "USER x\r\nPASS wrong\r\n",
    "+OK Now the password\r\n-ERR [AUTH]" },
  { "access-off",
    "access-off@optimum.net",
    "mail.optimum.net",
    993,
    TRUE,
    "a LOGIN x practice\r\n",
    "a NO [AUTHENTICATIONFAILED]" },
  { "busy", "busy@optonline.net", HOST, 993, TRUE, "a LOGIN x practice\r\n", "a NO [UNAVAILABLE]" },
  { "sending-blocked",
    "sending-blocked@optonline.net",
    HOST,
    465,
    TRUE,
    "MAIL FROM:<a@b.c>\r\n",
    "550 5.7.1 " },
  { "suddenlink",
    "works@suddenlink.net",
    "pop.suddenlink.net",
    995,
    TRUE,
    "NOOP\r\n",
    "-ERR Sign" },
  { "wrong-door", "works@suddenlink.net", "pop.suddenlink.net", 993 },
  { "wrong-port", "works@optonline.net", HOST, 25 },
  { "wrong-host", "works@optonline.net", "pop.optonline.net", 995 },
  { "moved-to",
    "moved@optonline.net",
    "mail.optimum.net",
    465,
    TRUE,
    "NOOP\r\n",
    "250 2.0.0 Ok\r\n" },
  { "stranger", "jane@example.com", HOST, 465 },
  { "no-address", "", HOST, 465 },
};

/* A server that is down refuses connections; it is not gone. */
static void
test_world_down (void)
{
  static const char *const addresses[] = { "server-down@optonline.net", "moved@optonline.net" };
  g_autoptr (OptPracticeWorld) world = opt_practice_world_new (NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    {
      guint16 port = opt_practice_world_get_port (world, addresses[i], HOST, 465);
      g_autoptr (GSocketConnection) connection = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (port, !=, 0);
      connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
    }
}

/* The world has an authority of its own; TLS is checked against that in test_world_certificates().
 */
static void
test_door (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (OptPracticeWorld) world = opt_practice_world_new (&error);
  guint16 port =
    opt_practice_world_get_port (world, doors[i].address, doors[i].host, doors[i].port);
  g_autoptr (Client) client = NULL;
  char byte = 0;

  g_assert_no_error (error);
  g_assert_cmpint (port != 0, ==, doors[i].there);
  if (port == 0)
    return;

  g_assert_cmpint (opt_practice_world_get_port (world,
                                                doors[i].address,
                                                doors[i].host,
                                                doors[i].port),
                   ==,
                   port);
  client = connect_port (port);
  g_object_unref (client->authority);
  client->authority =
    g_tls_certificate_new_from_pem (opt_practice_world_get_ca_pem (world), -1, &error);
  g_assert_no_error (error);
  start_tls (client);
  while (byte != '\n')
    g_assert_cmpint (read_once (client, &byte, 1, NULL), ==, 1);
  ask (client, doors[i].command, doors[i].want);
}

static const struct
{
  const char *address;
  GTlsCertificateFlags want;
} certificates[] = {
  { "works@optonline.net", 0 },
  { "old-certificate@optonline.net", G_TLS_CERTIFICATE_EXPIRED },
  { "wrong-name@optonline.net", G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "unknown-certificate@optonline.net", G_TLS_CERTIFICATE_UNKNOWN_CA },
};

static gboolean
on_see_certificate (GTlsConnection *connection,
                    GTlsCertificate *peer,
                    GTlsCertificateFlags errors,
                    gpointer user_data)
{
  GTlsCertificate **seen = user_data;

  g_set_object (seen, peer);

  return TRUE;
}

static void
test_world_certificates (void)
{
  g_autoptr (OptPracticeWorld) world = opt_practice_world_new (NULL);
  g_autoptr (GTlsCertificate) authority =
    g_tls_certificate_new_from_pem (opt_practice_world_get_ca_pem (world), -1, NULL);
  g_autoptr (GSocketConnectable) host = g_network_address_new (HOST, 0);

  for (guint i = 0; i < G_N_ELEMENTS (certificates); i++)
    {
      g_autoptr (Client) client =
        connect_port (opt_practice_world_get_port (world, certificates[i].address, HOST, 465));
      g_autoptr (GIOStream) tls = create_tls (client->stream);
      g_autoptr (GTlsCertificate) seen = NULL;

      g_signal_connect (tls, "accept-certificate", G_CALLBACK (on_see_certificate), &seen);
      g_assert_true (g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL));
      g_assert_cmpint (g_tls_certificate_verify (seen, host, authority), ==, certificates[i].want);
    }
}

static void
test_world_accounts (void)
{
  g_autoptr (OptPracticeWorld) world = opt_practice_world_new (NULL);
  const OptPracticeAccount *accounts;
  guint n = 0;

  accounts = opt_practice_world_get_accounts (world, &n);
  g_assert_cmpint (n, >=, 7);
  g_assert_cmpstr (accounts[0].address, ==, "works@optonline.net");
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (g_str_has_prefix (accounts[i].address, accounts[i].id));
      g_assert_cmpstr (accounts[i].title, !=, "");
      g_assert_cmpstr (accounts[i].password, !=, "");
    }
}

#define ADD_TABLE(prefix, table, function)                                                         \
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)                                                 \
    {                                                                                              \
      g_autofree char *path = g_strdup_printf ("/practice/" prefix "/%s", table[i].name);          \
                                                                                                   \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), function);                                 \
    }

static void
make_certificates (void)
{
  const OptPracticeIdentity identity = { good_hosts, -DAY_S, DAY_S, FALSE };
  g_autoptr (GError) error = NULL;

  ca = opt_practice_ca_new (&error);
  g_assert_no_error (error);
  ca_certificate = g_tls_certificate_new_from_pem (opt_practice_ca_get_pem (ca), -1, &error);
  g_assert_no_error (error);
  certificate = opt_practice_ca_issue (ca, &identity, &error);
  g_assert_no_error (error);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  make_certificates ();

  ADD_TABLE ("identity", identities, test_identity);
  ADD_TABLE ("dialogue", dialogues, test_dialogue);
  ADD_TABLE ("rule", rules, test_rule);
  g_test_add_func ("/practice/rule-order", test_rule_order);
  g_test_add_func ("/practice/delay", test_delay);
  g_test_add_func ("/practice/drip", test_drip);
  g_test_add_func ("/practice/silence", test_silence);
  g_test_add_data_func ("/practice/flood/tls", GUINT_TO_POINTER (OPT_SECURITY_TLS), test_flood);
  g_test_add_data_func ("/practice/flood/plain",
                        GUINT_TO_POINTER (OPT_SECURITY_STARTTLS),
                        test_flood);
  g_test_add_func ("/practice/server-injects", test_server_injects);
  g_test_add_func ("/practice/client-injects", test_client_injects);
  g_test_add_func ("/practice/alert", test_alert);
  g_test_add_func ("/practice/no-handshake", test_no_handshake);
  g_test_add_func ("/practice/scripted-sign-ins", test_scripted_sign_ins);
  g_test_add_func ("/practice/pipelining", test_pipelining);
  g_test_add_func ("/practice/record", test_record);
  g_test_add_func ("/practice/message-count", test_message_count);
  g_test_add_func ("/practice/stop-in-handshake", test_stop_in_handshake);
  g_test_add_func ("/practice/endless-line", test_endless_line);
  ADD_TABLE ("door", doors, test_door);
  g_test_add_func ("/practice/world-certificates", test_world_certificates);
  g_test_add_func ("/practice/world-down", test_world_down);
  g_test_add_func ("/practice/world-accounts", test_world_accounts);
  result = g_test_run ();

  g_object_unref (certificate);
  g_object_unref (ca_certificate);
  g_object_unref (ca);

  return result;
}
