/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the practice server says, to those who follow the rules and to those who do not. */
#include "practice-client.h"

#define USER_64 "amFuZUBvcHRvbmxpbmUubmV0"
#define PASS_64 "c2VjcmV0"
#define CAPA_END "PIPELINING\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\nUIDL\r\nTOP\r\n.\r\n"

static const char *const good_hosts[] = { PRACTICE_HOST, "127.0.0.1", NULL };
static const char *const other_hosts[] = { "mail.example.com", NULL };

static const struct
{
  const char *name;
  OptPracticeIdentity identity;
  GTlsCertificateFlags want;
} identities[] = {
  { "good", { good_hosts, -PRACTICE_DAY_S, PRACTICE_DAY_S, FALSE }, 0 },
  { "expired",
    { good_hosts, -2 * PRACTICE_DAY_S, -PRACTICE_DAY_S, FALSE },
    G_TLS_CERTIFICATE_EXPIRED },
  { "premature",
    { good_hosts, PRACTICE_DAY_S, 2 * PRACTICE_DAY_S, FALSE },
    G_TLS_CERTIFICATE_NOT_ACTIVATED },
  { "wrong-name",
    { other_hosts, -PRACTICE_DAY_S, PRACTICE_DAY_S, FALSE },
    G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "no-name", { NULL, -PRACTICE_DAY_S, PRACTICE_DAY_S, FALSE }, G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "self-signed",
    { good_hosts, -PRACTICE_DAY_S, PRACTICE_DAY_S, TRUE },
    G_TLS_CERTIFICATE_UNKNOWN_CA },
};

static void
test_identity (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) issued =
    opt_practice_ca_issue (practice_ca, &identities[i].identity, &error);
  g_autoptr (GSocketConnectable) host = g_network_address_new (PRACTICE_HOST, 0);

  g_assert_no_error (error);
  g_assert_cmpint (g_tls_certificate_verify (issued, host, practice_ca_certificate),
                   ==,
                   identities[i].want);
}

/* What is sent and what must come back; TLS does the handshake, END expects the end. */
#define TLS "\001"
#define END "\002"

#define SMTP_DIALOGUE                                                                              \
  { "EHLO pc.example.org\r\n", PRACTICE_EHLO_SECURE },                                             \
    { "BANANA\r\n", "500 5.5.1 Unknown command\r\n" },                                             \
    { "MAIL FROM:<jane@optonline.net>\r\n", "530 5.7.0 Authentication required\r\n" },             \
    { "AUTH CRAM-MD5\r\n", "504 5.5.4 Mechanism not supported\r\n" },                              \
    { "AUTH PLAIN ?\r\n", "501 5.5.2 Malformed response\r\n" },                                    \
    { "AUTH PLAIN " PRACTICE_WRONG "\r\n", "535 5.7.8 Authentication failed\r\n" },                \
    { "AUTH LOGIN\r\n", "334 VXNlcm5hbWU6\r\n" }, { USER_64 "\r\n", "334 UGFzc3dvcmQ6\r\n" },      \
    { "*\r\n", "501 5.7.0 Authentication cancelled\r\n" }, { "AUTH PLAIN\r\n", "334 \r\n" },       \
    { PRACTICE_PLAIN "\r\n", PRACTICE_SIGNED_IN },                                                 \
    { "auth plain " PRACTICE_PLAIN "\r\n", "503 5.5.1 Already signed in\r\n" },                    \
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
    { PRACTICE_WRONG "\r\n", "c NO [AUTHENTICATIONFAILED] Authentication failed\r\n" },            \
    { "d LOGIN {18}\r\n", "+ Go ahead\r\n" }, { "jane@optonline.net {6}\r\n", "+ Go ahead\r\n" },  \
    { "secret\r\n", "d OK [CAPABILITY IMAP4rev1 LITERAL+ UIDPLUS] Signed in\r\n" },                \
    { "e STATUS inbox (MESSAGES UNSEEN SIZE)\r\n",                                                 \
      "* STATUS INBOX (MESSAGES 3 UNSEEN 0 SIZE 100)\r\ne OK Done\r\n" },                          \
    { "f STATUS \"Trash\" (MESSAGES)\r\n", "f NO [NONEXISTENT] There is no such mailbox\r\n" },    \
    { "g EXAMINE \"INBOX\"\r\n",                                                                   \
      "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n* 3 EXISTS\r\n* 0 RECENT\r\n"    \
      "* OK [UIDVALIDITY 1] Unique for ever\r\ng OK [READ-ONLY] Done\r\n" },                       \
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
    { PRACTICE_PLAIN "\r\n", "+OK Signed in\r\n" }, { "STAT\r\n", "+OK 3 100\r\n" },               \
    { "LIST\r\n", "+OK The list follows\r\n1 34\r\n2 33\r\n3 33\r\n.\r\n" },                       \
    { "LIST 4\r\n", "-ERR There is no such message\r\n" },                                         \
    { "UIDL 2\r\n", "+OK 2 practice-2\r\n" },                                                      \
    { "TOP 1 0\r\n",                                                                               \
      "+OK The message follows\r\nFrom: practice@example.com\r\nSubject: "                         \
      "Practice\r\n.\r\n" },                                                                       \
    { "DELE 1\r\n", "-ERR This one stays\r\n" }, { "NOOP\r\n", "+OK\r\n" },                        \
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
    { { TLS }, { "", PRACTICE_GREETING }, SMTP_DIALOGUE } },
  { "smtp-starttls",
    OPT_SERVICE_SMTP,
    OPT_SECURITY_STARTTLS,
    1,
    1,
    { { "", PRACTICE_GREETING },
      { "EHLO pc.example.org\r\n", PRACTICE_EHLO_PLAIN },
      { "AUTH PLAIN " PRACTICE_PLAIN "\r\n", "538 5.7.11 Encryption required\r\n" },
      { "MAIL FROM:<jane@optonline.net>\r\n", "530 5.7.0 Use STARTTLS first\r\n" },
      { "STARTTLS\r\n", "220 2.0.0 Begin TLS now\r\n" },
      { TLS },
      { "AUTH PLAIN " PRACTICE_PLAIN "\r\n", "503 5.5.1 EHLO comes first\r\n" },
      SMTP_DIALOGUE } },
  { "smtp-login",
    OPT_SERVICE_SMTP,
    OPT_SECURITY_TLS,
    1,
    0,
    { { TLS },
      { "", PRACTICE_GREETING },
      { "HELO pc.example.org\r\n", "250 practice.example.com\r\n" },
      { "AUTH LOGIN " USER_64 "\r\n", "334 UGFzc3dvcmQ6\r\n" },
      { PASS_64 "\r\n", PRACTICE_SIGNED_IN } } },
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
      { "d AUTHENTICATE PLAIN " PRACTICE_WRONG "\r\n",
        "d NO [AUTHENTICATIONFAILED] Authentication failed\r\n" },
      { "e LOGIN {18+}\r\njane@optonline.net {6+}\r\nsecret\r\n",
        "e OK [CAPABILITY IMAP4rev1 LITERAL+ UIDPLUS] Signed in\r\n" } } },
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
  g_autoptr (OptPracticeServer) server =
    practice_start_server (dialogues[i].service, dialogues[i].security);
  g_autoptr (PracticeClient) client = practice_connect_server (server);

  for (guint j = 0; dialogues[i].turns[j][0] != NULL; j++)
    {
      const char *command = dialogues[i].turns[j][0];

      if (g_str_equal (command, TLS))
        practice_start_tls (client);
      else if (g_str_equal (command, END))
        practice_expect_orderly_end (client);
      else
        practice_ask (client, command, dialogues[i].turns[j][1]);
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
  g_autoptr (OptPracticeServer) server =
    practice_start_server (OPT_SERVICE_SMTP, OPT_SECURITY_STARTTLS);
  g_autoptr (PracticeClient) client = NULL;

  opt_practice_server_add_rule (server, &rules[i].rule);
  client = practice_connect_server (server);
  practice_expect (client, PRACTICE_GREETING);

  for (guint j = 0; rules[i].turns[j][0] != NULL; j++)
    practice_ask (client, rules[i].turns[j][0], rules[i].turns[j][1]);

  if (rules[i].fate == THEN_END)
    practice_expect_orderly_end (client);
  else if (rules[i].fate == THEN_RESET)
    practice_expect_reset (client);
}

static void
test_rule_order (void)
{
  g_autoptr (OptPracticeServer) server =
    practice_start_server (OPT_SERVICE_IMAP, OPT_SECURITY_STARTTLS);
  const OptPracticeRule first = { "GREETING", .reply = "* PREAUTH hello\r\n", .times = 1 };
  const OptPracticeRule second = { "GREETING", .then = OPT_PRACTICE_THEN_CLOSE };
  const OptPracticeRule tagged = { "NOOP", .reply = "* 1 EXISTS\r\n%t NO [LIMIT] %t\r\n" };
  g_autoptr (PracticeClient) one = NULL;
  g_autoptr (PracticeClient) two = NULL;

  opt_practice_server_add_rule (server, &first);
  opt_practice_server_add_rule (server, &second);
  opt_practice_server_add_rule (server, &tagged);

  one = practice_connect_server (server);
  practice_expect (one, "* PREAUTH hello\r\n");
  practice_ask (one, "a7 noop\r\n", "* 1 EXISTS\r\na7 NO [LIMIT] a7\r\n");
  two = practice_connect_server (server);
  practice_expect_end (two);
  g_assert_cmpint (opt_practice_server_get_n_connections (server), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  PRACTICE_ADD_TABLE ("identity", identities, test_identity);
  PRACTICE_ADD_TABLE ("dialogue", dialogues, test_dialogue);
  PRACTICE_ADD_TABLE ("rule", rules, test_rule);
  g_test_add_func ("/practice/rule-order", test_rule_order);

  return practice_run_tests ();
}
