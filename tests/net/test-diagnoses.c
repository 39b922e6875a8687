/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every diagnosis that one server can cause, from the wire: for each row, each protocol and each
 * kind of TLS where it can happen, a server that shows exactly that. */
#include "net-fixture.h"

#include <string.h>

#define IMAP (1u << OPT_SERVICE_IMAP)
#define POP3 (1u << OPT_SERVICE_POP3)
#define SMTP (1u << OPT_SERVICE_SMTP)
#define ALL (IMAP | POP3 | SMTP)

#define TLS (1u << OPT_SECURITY_TLS)
#define STARTTLS (1u << OPT_SECURITY_STARTTLS)
#define BOTH (TLS | STARTTLS)

#define BEFORE OPT_PRACTICE_TLS_BEFORE
#define GO_ON OPT_PRACTICE_THEN_GO_ON
#define CLOSE OPT_PRACTICE_THEN_CLOSE
#define RESET OPT_PRACTICE_THEN_RESET
#define SILENCE OPT_PRACTICE_THEN_SILENCE
#define START_TLS OPT_PRACTICE_THEN_START_TLS
#define FLOOD OPT_PRACTICE_THEN_FLOOD

/* Where the name leads. */
typedef enum
{
  TO_SERVER,
  TO_NOWHERE,     /* the name does not exist */
  TO_CLOSED_PORT, /* connections are refused */
  TO_BLACK_HOLE,  /* connections are dropped */
} Where;

typedef struct
{
  const char *id, *name;
  guint services, securities;
  Where where;
  NetIdentity identity;
  OptStep slow; /* the step whose deadline must pass, or 0 */
  OptPracticeRule rules[3];
} Row;

/* A refusal of the sign-in, of the look into the mailbox, ... */
#define SAY(verb, words)                                                                           \
  {                                                                                                \
    {                                                                                              \
      .when = verb, .reply = words "\r\n"                                                          \
    }                                                                                              \
  }
#define SAY_IN_CLEAR(verb, words)                                                                  \
  {                                                                                                \
    {                                                                                              \
      .when = verb, .tls = BEFORE, .reply = words "\r\n"                                           \
    }                                                                                              \
  }
#define DO(verb, what)                                                                             \
  {                                                                                                \
    {                                                                                              \
      .when = verb, .then = what                                                                   \
    }                                                                                              \
  }

/* A record of 42 bytes: version 3.1, a random of 32 bytes, no session, AES_128_CBC_SHA. */
#define OLD_SERVER_HELLO                                                                           \
  "\x16\x03\x01\x00\x2a\x02\x00\x00\x26\x03\x01"                                                   \
  "0123456789abcdef0123456789abcdef"                                                               \
  "\x00\x00\x2f\x00"

/* clang-format off */
static const Row rows[] = {
  { "works", "healthy", ALL, BOTH },
  { "works", "login", SMTP, BOTH, .rules = {
      { "EHLO", OPT_PRACTICE_TLS_AFTER, .reply = "250-mx\r\n250 AUTH LOGIN\r\n" } } },
  { "works", "user-pass", POP3, BOTH, .rules = {
      { "CAPA", OPT_PRACTICE_TLS_AFTER, .reply = "+OK\r\nUSER\r\n.\r\n" } } },
  { "works", "login-command", IMAP, TLS, .rules = {
      { "GREETING", .reply = "* OK [CAPABILITY IMAP4rev1] hi\r\n" } } },
  { "works", "no-initial-response", IMAP, TLS, .rules = {
      { "GREETING", .reply = "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n" } } },
  { "works", "bare-greeting", IMAP, BOTH, .rules = { { "GREETING", .reply = "* OK hi\r\n" } } },
  { "works", "no-pipelining", SMTP, BOTH, .rules = {
      { "EHLO", OPT_PRACTICE_TLS_AFTER, .reply = "250-mx\r\n250 AUTH PLAIN\r\n" } } },
  { "works", "other-ehlo", SMTP, BOTH, .rules = {
      { "EHLO", .times = 1, .reply = "501 bad name\r\n" } } },
  { "works", "other-ehlo-after-mail", SMTP, BOTH, .rules = {
      { "MAIL", .times = 1, .reply = "550 Sender refused\r\n" } } },
  { "works", "dripping", ALL, BOTH, .rules = { { "*", .drip_ms = 1 }, { "GREETING", .drip_ms = 1 } } },

  { "host-unknown", "no-name", ALL, BOTH, TO_NOWHERE },
  { "connection-refused", "closed-port", ALL, BOTH, TO_CLOSED_PORT },
  { "connection-filtered", "black-hole", ALL, BOTH, TO_BLACK_HOLE, .slow = OPT_STEP_CONNECT },
  { "closed-before-greeting", "closed", ALL, BOTH, .rules = DO ("GREETING", CLOSE) },
  { "closed-before-greeting", "reset", ALL, BOTH, .rules = DO ("GREETING", RESET) },
  { "closed-before-greeting", "closed-in-handshake", ALL, TLS, .rules = DO ("TLS", CLOSE) },
  { "closed-before-greeting", "reset-in-handshake", ALL, TLS, .rules = DO ("TLS", RESET) },
  { "tls-to-plain-port", "smtp", SMTP, TLS, .rules = { { "TLS", .reply = "220 mx\r\n", .then = SILENCE } } },
  { "tls-to-plain-port", "pop3", POP3, TLS, .rules = { { "TLS", .reply = "+OK hi\r\n", .then = SILENCE } } },
  { "tls-to-plain-port", "imap", IMAP, TLS, .rules = { { "TLS", .reply = "* OK hi\r\n", .then = SILENCE } } },
  { "plain-to-tls-port", "alert", ALL, STARTTLS, .rules = {
      { "GREETING", .reply = "\x15\x03\x01\0\x02\x02\x46", .reply_bytes = 7, .then = CLOSE } } },
  { "plain-to-tls-port", "silent", ALL, STARTTLS, .slow = OPT_STEP_SECURE, .rules = DO ("GREETING", SILENCE) },
  { "tls-too-old", "alert", ALL, BOTH, .rules = {
      { "TLS", .delay_ms = 300, .reply = "\x15\x03\x01\0\x02\x02\x46", .reply_bytes = 7,
        .then = CLOSE } } },
  /* A ServerHello of TLS 1.0 (RFC 2246 §7.4.1.3), whatever we offered. */
  { "tls-too-old", "server-hello", ALL, BOTH, .rules = {
      { "TLS", .delay_ms = 300, .reply = OLD_SERVER_HELLO, .reply_bytes = sizeof OLD_SERVER_HELLO - 1,
        .then = SILENCE } } },
  { "captive-portal", "http", ALL, TLS, .rules = {
      { "TLS", .reply = "HTTP/1.1 302 Found\r\n", .then = CLOSE } } },
  { "captive-portal", "http-greeting", ALL, STARTTLS, .rules =
      SAY ("GREETING", "HTTP/1.1 302 Found") },

  { "certificate-expired", "expired", ALL, BOTH, .identity = NET_IDENTITY_EXPIRED },
  { "certificate-not-yet-valid", "early", ALL, BOTH, .identity = NET_IDENTITY_NOT_YET_VALID },
  { "certificate-wrong-name", "name", ALL, BOTH, .identity = NET_IDENTITY_WRONG_NAME },
  { "certificate-untrusted", "self-signed", ALL, BOTH, .identity = NET_IDENTITY_UNTRUSTED },

  { "starttls-missing", "smtp", SMTP, STARTTLS, .rules =
      SAY_IN_CLEAR ("EHLO", "250-mx\r\n250 AUTH PLAIN") },
  { "starttls-missing", "pop3", POP3, STARTTLS, .rules =
      SAY_IN_CLEAR ("CAPA", "+OK\r\nUSER\r\nSASL PLAIN\r\n.") },
  { "starttls-missing", "no-capa", POP3, STARTTLS, .rules = SAY ("CAPA", "-ERR what?") },
  { "starttls-missing", "imap", IMAP, STARTTLS, .rules =
      SAY ("GREETING", "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi") },
  { "starttls-refused", "smtp", SMTP, STARTTLS, .rules = SAY ("STARTTLS", "454 4.7.0 later") },
  { "starttls-refused", "pop3", POP3, STARTTLS, .rules = SAY ("STLS", "-ERR later") },
  { "starttls-refused", "imap", IMAP, STARTTLS, .rules = SAY ("STARTTLS", "%t NO later") },
  { "starttls-injected", "smtp", SMTP, STARTTLS, .rules = {
      { "STARTTLS", .reply = "220 go\r\n250 AUTH PLAIN\r\n", .then = START_TLS } } },
  { "starttls-injected", "pop3", POP3, STARTTLS, .rules = {
      { "STLS", .reply = "+OK go\r\n+OK\r\n", .then = START_TLS } } },
  { "starttls-injected", "imap", IMAP, STARTTLS, .rules = {
      { "STARTTLS", .reply = "%t OK go\r\n* CAPABILITY AUTH=PLAIN\r\n", .then = START_TLS } } },
  { "starttls-injected", "late", ALL, STARTTLS, .rules = {
      { "TLS", .delay_ms = 50, .reply = "250 AUTH PLAIN\r\n", .then = START_TLS } } },
  { "preauth-before-tls", "preauth", IMAP, STARTTLS, .rules = SAY ("GREETING", "* PREAUTH hi") },

  { "wrong-protocol", "pop3", IMAP | SMTP, BOTH, .rules = SAY ("GREETING", "+OK hi") },
  { "wrong-protocol", "imap", POP3 | SMTP, BOTH, .rules = SAY ("GREETING", "* OK hi") },
  { "wrong-protocol", "smtp", IMAP | POP3, BOTH, .rules = SAY ("GREETING", "220 mx") },
  { "greeting-refused", "554", SMTP, BOTH, .rules = SAY ("GREETING", "554 go away") },
  { "greeting-refused", "421", SMTP, BOTH, .rules = SAY ("GREETING", "421 busy") },
  { "greeting-refused", "err", POP3, BOTH, .rules = SAY ("GREETING", "-ERR busy") },
  { "greeting-refused", "bye", IMAP, BOTH, .rules = SAY ("GREETING", "* BYE busy") },
  { "ehlo-refused", "always", SMTP, BOTH, .rules = SAY ("EHLO", "550 bad name") },
  { "auth-not-offered", "smtp", SMTP, BOTH, .rules = {
      { "EHLO", OPT_PRACTICE_TLS_AFTER, .reply = "250 mx\r\n" } } },
  { "auth-not-offered", "only-cram", SMTP, BOTH, .rules = {
      { "EHLO", OPT_PRACTICE_TLS_AFTER, .reply = "250-mx\r\n250 AUTH CRAM-MD5\r\n" } } },
  { "auth-not-offered", "504", SMTP, BOTH, .rules = SAY ("SIGN-IN", "504 AUTH PLAIN not supported") },
  { "auth-not-offered", "pop3", POP3, BOTH, .rules = {
      { "CAPA", OPT_PRACTICE_TLS_AFTER, .reply = "+OK\r\nTOP\r\n.\r\n" } } },
  { "auth-not-offered", "real", SMTP, BOTH, .rules = SAY ("SIGN-IN", "500 AUTH CRAM-MD5 not supported.") },
  { "auth-not-offered", "imap-words", IMAP, BOTH, .rules =
      SAY ("SIGN-IN", "%t NO PLAIN is not supported") },
  { "encryption-required", "logindisabled", IMAP, TLS, .rules =
      SAY ("GREETING", "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi") },
  { "encryption-required", "logindisabled", IMAP, STARTTLS, .rules = {
      { "CAPABILITY", OPT_PRACTICE_TLS_AFTER,
        .reply = "* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n%t OK done\r\n" } } },
  { "encryption-required", "pop3-words", POP3, BOTH, .rules =
      SAY ("SIGN-IN", "-ERR Plaintext authentication disallowed here") },
  { "encryption-required", "530", SMTP, BOTH, .rules = SAY ("SIGN-IN", "530 5.7.0 STARTTLS first") },
  { "encryption-required", "538", SMTP, BOTH, .rules = SAY ("SIGN-IN", "538 5.7.11 no") },
  { "encryption-required", "privacyrequired", IMAP, BOTH, .rules =
      SAY ("SIGN-IN", "%t NO [PRIVACYREQUIRED] no") },

  { "password-refused", "535", SMTP, BOTH, .rules = SAY ("SIGN-IN", "535 5.7.8 no") },
  { "password-refused", "535-bare", SMTP, BOTH, .rules = SAY ("SIGN-IN", "535 no") },
  { "password-refused", "535-then-close", SMTP, BOTH, .rules = {
      { "SIGN-IN", .reply = "535 5.7.8 no\r\n", .then = CLOSE } } },
  { "password-refused", "auth", POP3, BOTH, .rules = SAY ("SIGN-IN", "-ERR [AUTH] no") },
  { "password-refused", "err", POP3, BOTH, .rules = SAY ("SIGN-IN", "-ERR") },
  { "password-refused", "code", IMAP, BOTH, .rules =
      SAY ("SIGN-IN", "%t NO [AUTHENTICATIONFAILED] no") },
  { "password-refused", "no", IMAP, BOTH, .rules = SAY ("SIGN-IN", "%t NO no") },
  { "password-refused", "535-temporarily", SMTP, BOTH, .rules =
      SAY ("SIGN-IN", "535 Temporarily wrong, it seems") },
  { "password-refused", "enhanced-before-454", SMTP, BOTH, .rules =
      SAY ("SIGN-IN", "454 5.7.8 Account is disabled") },
  { "password-refused", "auth-before-words", POP3, BOTH, .rules =
      SAY ("SIGN-IN", "-ERR [AUTH] temporarily locked") },
  { "password-refused", "code-before-words", IMAP, BOTH, .rules =
      SAY ("SIGN-IN", "%t NO [authenticationfailed] Too many, try later") },
  { "service-disabled", "smtp-words", SMTP, BOTH, .rules =
      SAY ("SIGN-IN", "550 SMTP access is disabled") },
  { "service-disabled", "pop3-words", POP3, BOTH, .rules =
      SAY ("SIGN-IN", "-ERR POP3 access disabled for this account") },
  { "service-disabled", "imap-words", IMAP, BOTH, .rules =
      SAY ("SIGN-IN", "%t NO IMAP is not enabled") },
  { "account-locked", "smtp-words", SMTP, BOTH, .rules = SAY ("SIGN-IN", "550 ACCOUNT LOCKED") },
  { "account-locked", "pop3-words", POP3, BOTH, .rules = SAY ("SIGN-IN", "-ERR Mailbox Disabled") },
  { "account-locked", "imap-words", IMAP, BOTH, .rules = SAY ("SIGN-IN", "%t NO account suspended") },
  { "account-locked", "5.7.13", SMTP, BOTH, .rules = SAY ("SIGN-IN", "535 5.7.13 disabled") },
  { "account-locked", "sys-perm", POP3, BOTH, .rules = SAY ("SIGN-IN", "-ERR [SYS/PERM] call us") },
  { "account-locked", "contactadmin", IMAP, BOTH, .rules = SAY ("SIGN-IN", "%t NO [CONTACTADMIN] x") },
  { "account-locked", "expired", IMAP, BOTH, .rules = SAY ("SIGN-IN", "%t NO [EXPIRED] x") },
  { "password-transition", "432", SMTP, BOTH, .rules = SAY ("SIGN-IN", "432 4.7.12 web first") },
  { "temporary-failure", "454", SMTP, BOTH, .rules = SAY ("SIGN-IN", "454 4.7.0 later") },
  { "temporary-failure", "454-disabled", SMTP, BOTH, .rules =
      SAY ("SIGN-IN", "454 Account is disabled") },
  { "temporary-failure", "enhanced-before-535", SMTP, BOTH, .rules =
      SAY ("SIGN-IN", "535 4.7.0 Account is locked") },
  { "temporary-failure", "imap-words", IMAP, BOTH, .rules =
      SAY ("SIGN-IN", "%t NO Internal error, try again later") },
  { "temporary-failure", "enhanced-at-rcpt", SMTP, BOTH, .rules =
      SAY ("RCPT", "451 4.3.0 no disk") },
  { "temporary-failure", "sending-quota", SMTP, BOTH, .rules =
      SAY ("RCPT", "550 5.4.5 Daily sending quota exceeded") },
  { "temporary-failure", "sender-domain", SMTP, BOTH, .rules =
      SAY ("RCPT", "450 4.1.2 Domain not found") },
  { "temporary-failure", "421", SMTP, BOTH, .rules = {
      { "SIGN-IN", .reply = "421 4.3.2 closing\r\n", .then = CLOSE } } },
  { "temporary-failure", "451-mail", SMTP, BOTH, .rules = SAY ("MAIL", "451 4.3.0 later") },
  { "temporary-failure", "sys-temp", POP3, BOTH, .rules = SAY ("SIGN-IN", "-ERR [SYS/TEMP] later") },
  { "temporary-failure", "words", POP3, BOTH, .rules =
      SAY ("SIGN-IN", "-ERR Temporarily unavailable") },
  { "temporary-failure", "unavailable", IMAP, BOTH, .rules =
      SAY ("SIGN-IN", "%t NO [UNAVAILABLE] later") },
  { "temporary-failure", "bye", IMAP, BOTH, .rules = {
      { "SIGN-IN", .reply = "* BYE [UNAVAILABLE] later\r\n", .then = CLOSE } } },
  { "mailbox-in-use", "pop3", POP3, BOTH, .rules = SAY ("SIGN-IN", "-ERR [IN-USE] locked") },
  { "mailbox-in-use", "pop3-stat", POP3, BOTH, .rules = SAY ("STAT", "-ERR [IN-USE] locked") },
  { "mailbox-in-use", "words", POP3, BOTH, .rules =
      SAY ("SIGN-IN", "-ERR maildrop already locked") },
  { "mailbox-in-use", "imap", IMAP, BOTH, .rules = SAY ("STATUS", "%t NO [INUSE] locked") },
  { "login-too-often", "pop3", POP3, BOTH, .rules = SAY ("SIGN-IN", "-ERR [LOGIN-DELAY] slowly") },
  { "login-too-often", "imap", IMAP, BOTH, .rules = SAY ("SIGN-IN", "%t NO [LIMIT] slowly") },
  { "login-too-often", "rate", POP3, BOTH, .rules = SAY ("SIGN-IN", "-ERR login rate exceeded") },
  { "login-too-often", "smtp", SMTP, BOTH, .rules = SAY ("SIGN-IN", "450 Too many sign-ins") },
  { "mailbox-full", "552", SMTP, BOTH, .rules = SAY ("RCPT", "552 5.2.2 full") },
  { "mailbox-full", "452", SMTP, BOTH, .rules = SAY ("MAIL", "452 4.2.2 full") },
  { "mailbox-full", "words", POP3, BOTH, .rules = SAY ("STAT", "-ERR Mailbox over quota") },
  { "mailbox-full", "overquota", IMAP, BOTH, .rules = SAY ("STATUS", "%t NO [OVERQUOTA] full") },
  { "sender-refused", "550", SMTP, BOTH, .rules = SAY ("MAIL", "550 Sender refused") },
  { "sender-refused", "553", SMTP, BOTH, .rules = SAY ("MAIL", "553 5.7.1 not yours") },
  { "sender-refused", "552-policy", SMTP, BOTH, .rules =
      SAY ("MAIL", "552 5.7.0 Message rejected by policy") },
  { "sender-refused", "550-once", SMTP, BOTH, .rules = {
      { "MAIL", .reply = "550 Sender refused\r\n" },
      { "EHLO", OPT_PRACTICE_TLS_AFTER, .times = 1 },
      { "EHLO", OPT_PRACTICE_TLS_AFTER, .reply = "503 once is enough\r\n" } } },
  { "sender-mismatch", "optimum", SMTP, BOTH, .rules =
      SAY ("MAIL", "550 MAIL FROM:<x@y.z> does not match authenticated user name") },
  { "sender-mismatch", "postfix", SMTP, BOTH, .rules =
      SAY ("RCPT", "553 5.7.1 <x@y.z>: Sender address rejected: not owned by user jane") },
  { "relay-denied", "unauthenticated", SMTP, BOTH, .rules =
      SAY ("RCPT", "550-5.7.26 This mail is unauthenticated\r\n550 5.7.26 and goes nowhere") },
  { "relay-denied", "554", SMTP, BOTH, .rules = SAY ("RCPT", "554 5.7.1 Relay access denied") },
  { "relay-denied", "530", SMTP, BOTH, .rules = SAY ("MAIL", "530 5.7.0 Authentication required") },
  { "greylisted", "450", SMTP, BOTH, .rules = SAY ("RCPT", "450 4.2.0 Greylisted") },
  { "blocklisted", "554", SMTP, BOTH, .rules = SAY ("RCPT", "554 5.7.1 blocked by zen.spamhaus.org") },
  { "blocklisted", "greeting", SMTP, BOTH, .rules = SAY ("GREETING", "554 you are on a blocklist") },

  { "server-too-slow", "handshake", ALL, BOTH, .slow = OPT_STEP_SECURE, .rules = DO ("TLS", SILENCE) },
  { "server-too-slow", "greeting", ALL, TLS, .slow = OPT_STEP_GREET, .rules = DO ("GREETING", SILENCE) },
  { "server-too-slow", "sign-in", ALL, BOTH, .slow = OPT_STEP_SIGN_IN, .rules = DO ("SIGN-IN", SILENCE) },
  { "server-too-slow", "stat", POP3, BOTH, .slow = OPT_STEP_VERIFY, .rules = DO ("STAT", SILENCE) },
  { "server-too-slow", "status", IMAP, BOTH, .slow = OPT_STEP_VERIFY, .rules = DO ("STATUS", SILENCE) },
  { "server-too-slow", "mail", SMTP, BOTH, .slow = OPT_STEP_VERIFY, .rules = DO ("MAIL", SILENCE) },
  { "server-too-slow", "rcpt", SMTP, BOTH, .slow = OPT_STEP_VERIFY, .rules = DO ("RCPT", SILENCE) },
  { "server-too-slow", "drip-in-clear", ALL, STARTTLS, .slow = OPT_STEP_SECURE, .rules = {
      { "GREETING", .drip_ms = 300 } } },
  { "server-too-slow", "drip", ALL, TLS, .slow = OPT_STEP_GREET, .rules = { { "GREETING", .drip_ms = 300 } } },
  { "server-too-slow", "drip-sign-in", ALL, BOTH, .slow = OPT_STEP_SIGN_IN, .rules = {
      { "SIGN-IN", .drip_ms = 300 } } },
  { "reply-too-long", "line", ALL, BOTH, .rules = {
      { "GREETING", .reply = "220 xxxxxxxx", .then = FLOOD } } },
  { "reply-too-long", "line-in-sign-in", ALL, BOTH, .rules = {
      { "SIGN-IN", .reply = "235 xxxxxxxx", .then = FLOOD } } },
  { "reply-too-long", "smtp-lines", SMTP, BOTH, .rules = {
      { "EHLO", .reply = "250-x\r\n", .then = FLOOD } } },
  { "reply-too-long", "pop3-lines", POP3, BOTH, .rules = {
      { "CAPA", .reply = "+OK\r\n", .then = FLOOD } } },
  { "reply-too-long", "imap-lines", IMAP, BOTH, .rules = {
      { "SIGN-IN", .reply = "* OK x\r\n", .then = FLOOD } } },
  { "server-fault", "nonsense", ALL, BOTH, .rules = SAY ("GREETING", "SSH-2.0-OpenSSH_9.2") },
  { "server-fault", "closed-in-sign-in", ALL, BOTH, .rules = DO ("SIGN-IN", CLOSE) },
  { "server-fault", "reset-in-sign-in", ALL, BOTH, .rules = DO ("SIGN-IN", RESET) },
  { "server-fault", "stat", POP3, BOTH, .rules = SAY ("STAT", "+OK three") },
  { "server-fault", "serverbug", IMAP, BOTH, .rules = SAY ("STATUS", "%t NO [SERVERBUG] oops") },
  { "server-fault", "closed-after-starttls", ALL, STARTTLS, .rules = DO ("TLS", CLOSE) },
  { "server-fault", "broken-handshake", ALL, BOTH, .rules = {
      { "TLS", .delay_ms = 300, .reply = "\x16\x03\x03\x00\x04junk", .reply_bytes = 9,
        .then = SILENCE } } },
  { "server-fault", "sign-in-bad", IMAP, BOTH, .rules = SAY ("SIGN-IN", "%t BAD what?") },
  { "server-fault", "bad", IMAP, BOTH, .rules = SAY ("STATUS", "%t BAD what?") },
};
/* clang-format on */

/* One row for one protocol and one kind of TLS. */
typedef struct
{
  const Row *row;
  OptService service;
  OptSecurity security;
} Case;

/* A busy computer may be slower than the slow server: then both get more time. */
static const OptTimeouts short_timeouts[] = {
  { 300, 300, 400, 20000 },
  { 1000, 1000, 4000, 40000 },
};

static void
assert_hidden (OptPracticeServer *server, const OptEvidence *evidence)
{
  g_autoptr (GBytes) plain = opt_practice_server_dup_received_plain (server);
  g_autoptr (GBytes) secure = opt_practice_server_dup_received_secure (server);
  gboolean asked = evidence->step >= OPT_STEP_SIGN_IN;

  /* Never in the clear; inside TLS only where a sign-in was wanted. */
  g_assert_false (net_contains_password (plain));
  g_assert_cmpint (net_contains_password (secure), ==, asked);
}

static void
assert_transcript (OptProbe *probe)
{
  GPtrArray *transcripts = opt_probe_get_transcripts (probe);

  for (guint i = 0; i < transcripts->len; i++)
    {
      GPtrArray *lines = opt_transcript_get_lines (g_ptr_array_index (transcripts, i));

      for (guint j = 0; j < lines->len; j++)
        {
          const char *line = g_ptr_array_index (lines, j);
          g_autoptr (GBytes) bytes = g_bytes_new_static (line, strlen (line));

          g_test_message ("%s", line);
          g_assert_false (net_contains_password (bytes));
        }
    }
}

static void
assert_certificate (const OptEvidence *evidence, NetIdentity identity)
{
  const OptCertificate *certificate = evidence->tls.certificate;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  g_assert_nonnull (certificate);
  g_assert_cmpstr (certificate->names[0],
                   ==,
                   identity == NET_IDENTITY_WRONG_NAME ? "mail.example.com" : NET_HOST);
  g_assert_cmpint (certificate->not_after < now, ==, identity == NET_IDENTITY_EXPIRED);
  g_assert_cmpint (certificate->not_before > now, ==, identity == NET_IDENTITY_NOT_YET_VALID);
  g_assert_cmpuint (strlen (certificate->sha256), ==, 64);
  g_assert_cmpint (evidence->tls.why != NULL, ==, identity != NET_IDENTITY_GOOD);
}

static void
assert_works (OptProbe *probe, OptService service)
{
  const OptEvidence *evidence = opt_probe_get_evidence (probe);

  g_assert_cmpint (opt_probe_get_state (probe), ==, OPT_PROBE_WORKS);
  g_assert_cmpstr (evidence->address_used, ==, "127.0.0.1");
  g_assert_true (g_str_has_prefix (evidence->tls.version, "TLSv1."));
  g_assert_nonnull (evidence->tls.cipher);
  g_assert_cmpint (evidence->n_messages, ==, service == OPT_SERVICE_SMTP ? -1 : 3);
  for (guint i = OPT_STEP_CONNECT; i < OPT_N_STEPS; i++)
    g_assert_cmpint (evidence->step_us[i], >=, 0);
}

/* Where the row wants the name to lead, if not to the server. */
static void
reroute (const Case *item, NetFixture *fixture, NetBlackHole *black_hole)
{
  guint16 port = 0;

  if (item->row->where == TO_BLACK_HOLE)
    port = net_black_hole_get_port (black_hole);
  if (item->row->where == TO_CLOSED_PORT)
    port = net_find_closed_port ();
  if (item->row->where != TO_SERVER)
    net_fixture_add_route (fixture, NET_HOST, item->service, item->security, port);
}

static void
assert_case (const Case *item, OptCheck *check, OptPracticeServer *server)
{
  OptProbe *probe = opt_check_get_probe (check, item->service);
  const OptEvidence *evidence = opt_probe_get_evidence (probe);
  const Row *row = item->row;
  gboolean works = g_str_equal (row->id, "works");

  assert_transcript (probe);
  g_assert_cmpstr (opt_diagnosis_to_string (opt_probe_get_diagnosis (probe)), ==, row->id);
  g_assert_cmpint (opt_check_get_verdict (check),
                   ==,
                   works ? OPT_VERDICT_WORKS : OPT_VERDICT_FAILS);
  if (works)
    assert_works (probe, item->service);
  if (row->slow != 0)
    g_assert_cmpint (evidence->step, ==, row->slow);
  if (row->where == TO_SERVER)
    assert_hidden (server, evidence);
  if (row->identity != NET_IDENTITY_GOOD || evidence->step >= OPT_STEP_GREET)
    assert_certificate (evidence, row->identity);
  g_assert_cmpuint (opt_practice_server_get_n_messages (server), ==, 0);
  g_assert_cmpuint (opt_practice_server_get_n_connections (server),
                    ==,
                    row->where == TO_SERVER ? 1 : 0);
}

/* Whether the row's own slowness was reached, or it is about something else. */
static gboolean
try_case (const Case *item, const OptTimeouts *timeouts)
{
  const Row *row = item->row;
  NetRun run = {
    .services = 1u << item->service,
    .security = item->security,
    .timeouts = row->slow != 0 ? timeouts : NULL,
  };
  g_autoptr (NetFixture) fixture = net_fixture_new ();
  g_autoptr (NetBlackHole) black_hole = net_black_hole_new ("127.0.0.1", 0);
  OptPracticeServer *server =
    net_fixture_add_server (fixture, NET_HOST, item->service, item->security, row->identity);
  g_autoptr (OptCheck) check = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (row->rules) && row->rules[i].when != NULL; i++)
    opt_practice_server_add_rule (server, &row->rules[i]);
  reroute (item, fixture, black_hole);
  check = net_fixture_run (fixture, &run);

  if (opt_probe_get_evidence (opt_check_get_probe (check, item->service))->step < row->slow)
    return FALSE;

  assert_case (item, check, server);

  return TRUE;
}

static void
test_case (gconstpointer data)
{
  gboolean done = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (short_timeouts) && !done; i++)
    done = try_case (data, &short_timeouts[i]);

  g_assert_true (done);
}

static void
add_cases (const Row *row)
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

        if (!(row->services & 1u << service) || !(row->securities & 1u << security))
          continue;

        item = g_new (Case, 1);
        *item = (Case){ row, service, security };
        g_test_add_data_func_full (path, item, test_case, g_free);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    add_cases (&rows[i]);

  return g_test_run ();
}
