/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Attacks on the way into TLS, by somebody between us and the server: replies put between STARTTLS
 * and the handshake, and everything that might talk us into going on without TLS. Whatever he says,
 * he never gets to see the password, and what he said is not believed afterwards. */
#include "net-attack.h"

#define BEFORE OPT_PRACTICE_TLS_BEFORE
#define AFTER OPT_PRACTICE_TLS_AFTER
#define SILENCE OPT_PRACTICE_THEN_SILENCE
#define START_TLS OPT_PRACTICE_THEN_START_TLS

typedef struct
{
  const char *name;
  const char *id; /* NULL where how it ends depends on what the garbage looks like */
  guint services, securities;
  OptPracticeRule rules[3];
  const char *commands; /* those that the server must hear first, if it works */
} Row;

/* clang-format off */
#define INJECT(verb, words) { { verb, BEFORE, .reply = words, .then = START_TLS } }
#define INJECT_LATE(words) { { "TLS", .delay_ms = 50, .reply = words, .then = START_TLS } }
#define IN_CLEAR(verb, words) { { verb, BEFORE, .reply = words "\r\n" } }

/* CVE-2011-0411 and its twins in clients: CVE-2020-14928, -15953, -15917, CVE-2021-22947. */
static const Row injected[] = {
  { "same-packet", "starttls-injected", NET_SMTP, NET_STARTTLS,
    INJECT ("STARTTLS", "220 go\r\n235 2.7.0 ok\r\n") },
  { "same-packet", "starttls-injected", NET_POP3, NET_STARTTLS,
    INJECT ("STLS", "+OK go\r\n+OK signed in\r\n") },
  { "same-packet", "starttls-injected", NET_IMAP, NET_STARTTLS,
    INJECT ("STARTTLS", "%t OK go\r\nA2 OK signed in\r\n") },
  { "same-packet-capabilities", "starttls-injected", NET_SMTP, NET_STARTTLS,
    INJECT ("STARTTLS", "220 go\r\n250-mx\r\n250-AUTH PLAIN LOGIN\r\n250 PIPELINING\r\n") },
  { "same-packet-capabilities", "starttls-injected", NET_POP3, NET_STARTTLS,
    INJECT ("STLS", "+OK go\r\n+OK\r\nUSER\r\nSASL PLAIN\r\n.\r\n") },
  { "same-packet-capabilities", "starttls-injected", NET_IMAP, NET_STARTTLS,
    INJECT ("STARTTLS", "%t OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA2 OK done\r\n") },
  { "same-packet-preauth", "starttls-injected", NET_IMAP, NET_STARTTLS,
    INJECT ("STARTTLS", "%t OK go\r\n* PREAUTH welcome\r\n") },
  { "same-packet-one-byte", "starttls-injected", NET_SMTP, NET_STARTTLS,
    INJECT ("STARTTLS", "220 go\r\n2") },
  { "same-packet-one-byte", "starttls-injected", NET_POP3, NET_STARTTLS,
    INJECT ("STLS", "+OK go\r\n+") },
  { "same-packet-one-byte", "starttls-injected", NET_IMAP, NET_STARTTLS,
    INJECT ("STARTTLS", "%t OK go\r\n*") },
  { "same-packet-line-end", "starttls-injected", NET_SMTP, NET_STARTTLS,
    INJECT ("STARTTLS", "220 go\r\n\r\n") },
  { "next-packet", "starttls-injected", NET_SMTP, NET_STARTTLS, INJECT_LATE ("235 2.7.0 ok\r\n") },
  { "next-packet", "starttls-injected", NET_POP3, NET_STARTTLS, INJECT_LATE ("+OK signed in\r\n") },
  { "next-packet", "starttls-injected", NET_IMAP, NET_STARTTLS, INJECT_LATE ("A2 OK signed in\r\n") },
  { "next-packet-capabilities", "starttls-injected", NET_SMTP, NET_STARTTLS,
    INJECT_LATE ("250-mx\r\n250 AUTH PLAIN LOGIN\r\n") },
  { "next-packet-capabilities", "starttls-injected", NET_POP3, NET_STARTTLS,
    INJECT_LATE ("+OK\r\nUSER\r\nSASL PLAIN\r\n.\r\n") },
  { "next-packet-capabilities", "starttls-injected", NET_IMAP, NET_STARTTLS,
    INJECT_LATE ("* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA2 OK done\r\n") },
  { "answers-before-asked", "starttls-injected", NET_SMTP, NET_STARTTLS,
    { { "GREETING", .reply = "220 mx\r\n250-mx\r\n250 STARTTLS\r\n220 go\r\n235 ok\r\n" } } },
  { "answers-before-asked", "starttls-injected", NET_POP3, NET_STARTTLS,
    { { "GREETING", .reply = "+OK hi\r\n+OK\r\nSTLS\r\n.\r\n+OK go\r\n+OK in\r\n" } } },
  { "answers-before-asked", "starttls-injected", NET_IMAP, NET_STARTTLS,
    { { "GREETING",
        .reply = "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\nA1 OK go\r\nA2 OK in\r\n" } } },
  { "before-the-handshake", "tls-to-plain-port", NET_SMTP, NET_TLS,
    INJECT_LATE ("220 mx\r\n235 2.7.0 ok\r\n") },
  { "before-the-handshake", "tls-to-plain-port", NET_POP3, NET_TLS,
    INJECT_LATE ("+OK hi\r\n+OK signed in\r\n") },
  { "before-the-handshake", "tls-to-plain-port", NET_IMAP, NET_TLS,
    INJECT_LATE ("* OK hi\r\n* PREAUTH welcome\r\n") },
};

/* RFC 3207 §4.2, RFC 2595 §4, RFC 9051 §6.2.1: what was heard before TLS counts no more. */
static const Row forgotten[] = {
  { "sign-in-only-before", "auth-not-offered", NET_SMTP, NET_STARTTLS, {
      { "EHLO", BEFORE, .reply = "250-mx\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n" },
      { "EHLO", AFTER, .reply = "250-mx\r\n250 PIPELINING\r\n" } } },
  { "sign-in-only-before", "auth-not-offered", NET_POP3, NET_STARTTLS, {
      { "CAPA", BEFORE, .reply = "+OK\r\nSTLS\r\nUSER\r\nSASL PLAIN\r\n.\r\n" },
      { "CAPA", AFTER, .reply = "+OK\r\nTOP\r\n.\r\n" } } },
  { "sign-in-only-before", "encryption-required", NET_IMAP, NET_STARTTLS, {
      { "GREETING", .reply = "* OK [CAPABILITY IMAP4rev1 STARTTLS SASL-IR AUTH=PLAIN] hi\r\n" },
      { "CAPABILITY", AFTER, .reply = "* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n%t OK\r\n" } } },
  { "other-sign-in-before", "works", NET_SMTP, NET_STARTTLS, {
      { "EHLO", BEFORE, .reply = "250-mx\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n" },
      { "EHLO", AFTER, .reply = "250-mx\r\n250 AUTH LOGIN\r\n" } },
    "EHLO STARTTLS EHLO AUTH RESPONSE RESPONSE MAIL RCPT" },
  { "other-sign-in-before", "works", NET_POP3, NET_STARTTLS, {
      { "CAPA", BEFORE, .reply = "+OK\r\nSTLS\r\nSASL PLAIN\r\nPIPELINING\r\n.\r\n" },
      { "CAPA", AFTER, .reply = "+OK\r\nUSER\r\n.\r\n" } },
    "CAPA STLS CAPA USER PASS STAT" },
  { "other-sign-in-before", "works", NET_IMAP, NET_STARTTLS, {
      { "GREETING", .reply = "* OK [CAPABILITY IMAP4rev1 STARTTLS SASL-IR AUTH=PLAIN] hi\r\n" },
      { "CAPABILITY", AFTER, .reply = "* CAPABILITY IMAP4rev1\r\n%t OK\r\n" } },
    "STARTTLS CAPABILITY LOGIN STATUS" },
  { "no-sign-in-before", "works", NET_IMAP, NET_STARTTLS, {
      { "GREETING", .reply = "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hi\r\n" },
      { "CAPABILITY", AFTER, .reply = "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n%t OK\r\n" } },
    "STARTTLS CAPABILITY AUTHENTICATE RESPONSE STATUS" },
};

/* CVE-2021-22946, CVE-2020-28896, CVE-2020-14093: no TLS is no reason to do without. */
static const Row stripped[] = {
  { "not-offered", "starttls-missing", NET_SMTP, NET_STARTTLS,
    IN_CLEAR ("EHLO", "250-mx\r\n250 AUTH PLAIN LOGIN") },
  { "not-offered", "starttls-missing", NET_POP3, NET_STARTTLS,
    IN_CLEAR ("CAPA", "+OK\r\nUSER\r\nSASL PLAIN\r\n.") },
  { "not-offered", "starttls-missing", NET_IMAP, NET_STARTTLS,
    IN_CLEAR ("GREETING", "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi") },
  { "not-offered-when-asked", "starttls-missing", NET_IMAP, NET_STARTTLS, {
      { "GREETING", .reply = "* OK hi\r\n" },
      { "CAPABILITY", .reply = "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n%t OK\r\n" } } },
  { "other-word", "starttls-missing", NET_SMTP, NET_STARTTLS,
    IN_CLEAR ("EHLO", "250-mx\r\n250-XTARTTLS\r\n250 AUTH PLAIN") },
  { "only-a-name", "starttls-missing", NET_SMTP, NET_STARTTLS, IN_CLEAR ("EHLO", "250 STARTTLS") },
  { "refused", "starttls-refused", NET_SMTP, NET_STARTTLS, IN_CLEAR ("STARTTLS", "454 4.7.0 no") },
  { "refused", "starttls-refused", NET_POP3, NET_STARTTLS, IN_CLEAR ("STLS", "-ERR no") },
  { "refused", "starttls-refused", NET_IMAP, NET_STARTTLS, IN_CLEAR ("STARTTLS", "%t NO no") },
  { "not-understood", "starttls-refused", NET_SMTP, NET_STARTTLS, IN_CLEAR ("STARTTLS", "502 what?") },
  { "not-understood", "starttls-refused", NET_IMAP, NET_STARTTLS, IN_CLEAR ("STARTTLS", "%t BAD what?") },
  { "refused-with-an-offer", "starttls-refused", NET_SMTP, NET_STARTTLS,
    IN_CLEAR ("STARTTLS", "554 no\r\n250-mx\r\n250 AUTH PLAIN") },
  { "ehlo-unknown", "server-fault", NET_SMTP, NET_STARTTLS, IN_CLEAR ("EHLO", "500 what?") },
  { "ehlo-refused", "ehlo-refused", NET_SMTP, NET_STARTTLS, IN_CLEAR ("EHLO", "550 no") },
  { "ehlo-garbage", "server-fault", NET_SMTP, NET_STARTTLS, IN_CLEAR ("EHLO", "AUTH PLAIN LOGIN") },
  { "capa-unknown", "starttls-missing", NET_POP3, NET_STARTTLS, IN_CLEAR ("CAPA", "-ERR what?") },
  { "capa-garbage", "server-fault", NET_POP3, NET_STARTTLS, IN_CLEAR ("CAPA", "SASL PLAIN") },
  { "capability-unknown", "server-fault", NET_IMAP, NET_STARTTLS, {
      { "GREETING", .reply = "* OK hi\r\n" }, { "CAPABILITY", .reply = "%t BAD what?\r\n" } } },
  { "capability-empty", "server-fault", NET_IMAP, NET_STARTTLS, {
      { "GREETING", .reply = "* OK hi\r\n" }, { "CAPABILITY", .reply = "%t OK done\r\n" } } },
  { "greeting-garbage", "server-fault", NET_ALL, NET_STARTTLS, IN_CLEAR ("GREETING", "hello there") },
  { "greeting-says-signed-in", "starttls-missing", NET_SMTP, NET_STARTTLS, {
      { "GREETING", .reply = "235 2.7.0 signed in\r\n" },
      { "EHLO", BEFORE, .reply = "250-mx\r\n250 AUTH PLAIN\r\n" } } },
  { "preauth", "preauth-before-tls", NET_IMAP, NET_STARTTLS, IN_CLEAR ("GREETING", "* PREAUTH welcome") },
  { "preauth-with-list", "preauth-before-tls", NET_IMAP, NET_STARTTLS,
    IN_CLEAR ("GREETING", "* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] hi") },
  { "yes-without-tls", NULL, NET_SMTP, NET_STARTTLS, IN_CLEAR ("STARTTLS", "220 go") },
  { "yes-without-tls", NULL, NET_POP3, NET_STARTTLS, IN_CLEAR ("STLS", "+OK go") },
  { "yes-without-tls", NULL, NET_IMAP, NET_STARTTLS, IN_CLEAR ("STARTTLS", "%t OK go") },
  { "no-handshake", NULL, NET_ALL, NET_BOTH, { { "TLS", .then = SILENCE } } },
  { "clear-in-place-of-tls", "tls-to-plain-port", NET_SMTP, NET_TLS, {
      { "TLS", .reply = "220 mx\r\n250 AUTH PLAIN\r\n", .then = SILENCE } } },
  { "clear-in-place-of-tls", "tls-to-plain-port", NET_POP3, NET_TLS, {
      { "TLS", .reply = "+OK hi\r\n", .then = SILENCE } } },
  { "clear-in-place-of-tls", "tls-to-plain-port", NET_IMAP, NET_TLS, {
      { "TLS", .reply = "* PREAUTH welcome\r\n", .then = SILENCE } } },
};
/* clang-format on */

static void
assert_row (const NetAttack *attack, OptCheck *check, OptPracticeServer *server)
{
  const Row *row = attack->row;
  gboolean works = g_strcmp0 (row->id, "works") == 0;
  OptProbe *probe = opt_check_get_probe (check, attack->service);
  g_autofree char *commands = net_attack_dup_commands (server);
  g_autoptr (GBytes) plain = opt_practice_server_dup_received_plain (server);

  net_attack_print (commands);
  g_assert_false (net_contains_password (plain));
  g_assert_cmpint (opt_check_get_verdict (check),
                   ==,
                   works ? OPT_VERDICT_WORKS : OPT_VERDICT_FAILS);
  if (row->id != NULL)
    g_assert_cmpstr (opt_diagnosis_to_string (opt_probe_get_diagnosis (probe)), ==, row->id);
  if (works)
    g_assert_true (g_str_has_prefix (commands, row->commands));
  else
    net_attack_assert_nothing_out (server);

  /* Not tried once more in another way, either. */
  g_assert_cmpuint (opt_practice_server_get_n_connections (server), ==, 1);
}

static void
test_row (gconstpointer data)
{
  const NetAttack *attack = data;
  const Row *row = attack->row;
  /* Where the server falls silent on purpose, nobody has to wait for long. */
  const OptTimeouts impatient = { 1000, 1000, 1000, 5000 };
  NetRun run = {
    .services = 1u << attack->service,
    .security = attack->security,
    .timeouts = row->id == NULL ? &impatient : NULL,
  };
  g_autoptr (NetFixture) fixture = net_fixture_new ();
  g_autoptr (OptCheck) check = NULL;
  OptPracticeServer *server = net_fixture_add_server (fixture,
                                                      NET_HOST,
                                                      attack->service,
                                                      attack->security,
                                                      NET_IDENTITY_GOOD);

  net_attack_add_rules (server, row->rules, G_N_ELEMENTS (row->rules));
  check = net_fixture_run (fixture, &run);
  assert_row (attack, check, server);
}

static void
add_rows (const char *attack, const Row *rows, gsize n_rows)
{
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autofree char *path = g_strconcat (attack, "/", rows[i].name, NULL);

      net_attack_add (path, rows[i].services, rows[i].securities, &rows[i], test_row);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_rows ("1-injected-replies", injected, G_N_ELEMENTS (injected));
  add_rows ("1-injected-replies", forgotten, G_N_ELEMENTS (forgotten));
  add_rows ("2-stripped-tls", stripped, G_N_ELEMENTS (stripped));

  return g_test_run ();
}
