/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that never ends what it has to say, fast or slowly: it is cut off by the line, by the
 * number of lines or by the clock, and meanwhile it does not fill our memory. */
#include "net-attack.h"

#include <string.h>
#include <sys/resource.h>

#define BEFORE OPT_PRACTICE_TLS_BEFORE
#define AFTER OPT_PRACTICE_TLS_AFTER
#define FLOOD OPT_PRACTICE_THEN_FLOOD

/* What a flood of a second would exceed many times over. */
#define MEMORY_MAX_KIB (64 * 1024)
/* A transcript cuts each line to 500 characters of up to four bytes, after a mark. */
#define LINE_MAX_BYTES 2048
/* For a busy computer, on top of the deadline of all. */
#define SLACK_US (G_USEC_PER_SEC * 10)

#define X64 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define X1024 X64 X64 X64 X64 X64 X64 X64 X64 X64 X64 X64 X64 X64 X64 X64 X64

typedef struct
{
  const char *name;
  const char *id;
  guint services, securities;
  gboolean before_sign_in; /* so that the password must not be out */
  OptPracticeRule rules[2];
} Row;

/* clang-format off */
#define POUR(verb, when, words) { { verb, when, .reply = words, .then = FLOOD } }
#define DRIP(verb, when) { { verb, when, .drip_ms = 300 } }

static const Row rows[] = {
  { "line-greeting", "reply-too-long", NET_ALL, NET_BOTH, TRUE,
    POUR ("GREETING", OPT_PRACTICE_TLS_ANY, X1024) },
  { "line-greeting-that-fits", "reply-too-long", NET_SMTP, NET_BOTH, TRUE,
    POUR ("GREETING", OPT_PRACTICE_TLS_ANY, "220 " X1024) },
  { "line-list-before", "reply-too-long", NET_SMTP, NET_STARTTLS, TRUE,
    POUR ("EHLO", BEFORE, "250-" X1024) },
  { "line-list-before", "reply-too-long", NET_POP3, NET_STARTTLS, TRUE,
    POUR ("CAPA", BEFORE, "+OK " X1024) },
  { "line-list-before", "reply-too-long", NET_IMAP, NET_STARTTLS, TRUE, {
      { "GREETING", BEFORE, .reply = "* OK hi\r\n" },
      { "CAPABILITY", BEFORE, .reply = "* CAPABILITY " X1024, .then = FLOOD } } },
  { "line-starttls", "reply-too-long", NET_SMTP | NET_IMAP, NET_STARTTLS, TRUE,
    POUR ("STARTTLS", BEFORE, "220 " X1024) },
  { "line-starttls", "reply-too-long", NET_POP3, NET_STARTTLS, TRUE,
    POUR ("STLS", BEFORE, "+OK " X1024) },
  { "line-list-after", "reply-too-long", NET_SMTP, NET_BOTH, TRUE,
    POUR ("EHLO", AFTER, "250-" X1024) },
  { "line-list-after", "reply-too-long", NET_POP3, NET_BOTH, TRUE,
    POUR ("CAPA", AFTER, "+OK " X1024) },
  { "line-list-after", "reply-too-long", NET_IMAP, NET_STARTTLS, TRUE,
    POUR ("CAPABILITY", AFTER, "* CAPABILITY " X1024) },
  { "line-sign-in", "reply-too-long", NET_ALL, NET_BOTH, FALSE,
    POUR ("SIGN-IN", AFTER, "235 " X1024) },
  { "line-mailbox", "reply-too-long", NET_POP3, NET_BOTH, FALSE,
    POUR ("STAT", AFTER, "+OK " X1024) },
  { "line-mailbox", "reply-too-long", NET_IMAP, NET_BOTH, FALSE,
    POUR ("STATUS", AFTER, "* STATUS INBOX (" X1024) },
  { "line-mailbox", "reply-too-long", NET_SMTP, NET_BOTH, FALSE,
    POUR ("MAIL", AFTER, "250-" X1024) },
  { "line-of-nul", "reply-too-long", NET_ALL, NET_BOTH, TRUE, {
      { "GREETING", .reply = "\0\0\0\0\0\0\0", .reply_bytes = 8, .then = FLOOD } } },

  { "lines-greeting", "reply-too-long", NET_SMTP, NET_BOTH, TRUE,
    POUR ("GREETING", OPT_PRACTICE_TLS_ANY, "220-x\r\n") },
  { "lines-list-before", "reply-too-long", NET_SMTP, NET_STARTTLS, TRUE,
    POUR ("EHLO", BEFORE, "250-x\r\n") },
  { "lines-list-before", "reply-too-long", NET_POP3, NET_STARTTLS, TRUE,
    POUR ("CAPA", BEFORE, "+OK\r\n") },
  { "lines-list-before", "reply-too-long", NET_IMAP, NET_STARTTLS, TRUE, {
      { "GREETING", BEFORE, .reply = "* OK hi\r\n" },
      { "CAPABILITY", BEFORE, .reply = "* OK x\r\n", .then = FLOOD } } },
  { "lines-list-after", "reply-too-long", NET_SMTP, NET_BOTH, TRUE,
    POUR ("EHLO", AFTER, "250-x\r\n") },
  { "lines-list-after", "reply-too-long", NET_POP3, NET_BOTH, TRUE,
    POUR ("CAPA", AFTER, "+OK\r\n") },
  { "lines-sign-in", "reply-too-long", NET_SMTP, NET_BOTH, FALSE,
    POUR ("SIGN-IN", AFTER, "235-x\r\n") },
  { "lines-sign-in", "reply-too-long", NET_IMAP, NET_BOTH, FALSE,
    POUR ("SIGN-IN", AFTER, "* OK x\r\n") },
  { "lines-mailbox", "reply-too-long", NET_IMAP, NET_BOTH, FALSE,
    POUR ("STATUS", AFTER, "* OK x\r\n") },
  { "lines-mailbox", "reply-too-long", NET_SMTP, NET_BOTH, FALSE,
    POUR ("MAIL", AFTER, "250-x\r\n") },
  { "lines-of-nothing", "server-fault", NET_ALL, NET_BOTH, TRUE,
    POUR ("GREETING", OPT_PRACTICE_TLS_ANY, "\r\n") },
  { "in-place-of-tls", "tls-to-plain-port", NET_ALL, NET_TLS, TRUE,
    POUR ("TLS", OPT_PRACTICE_TLS_ANY, X1024) },
  { "in-place-of-tls", "starttls-injected", NET_ALL, NET_STARTTLS, TRUE,
    POUR ("TLS", OPT_PRACTICE_TLS_ANY, X1024) },
  /* A record header that promises more than it holds, for ever. It comes after our hello: what
   * comes before it was slipped in. */
  { "tls-records", "server-fault", NET_ALL, NET_BOTH, TRUE, {
      { "TLS", .delay_ms = 300, .reply = "\x16\x03\x03\x40\0\x02\0\xff\xff", .reply_bytes = 9,
        .then = FLOOD } } },

  { "drip-greeting", "server-too-slow", NET_ALL, NET_BOTH, TRUE,
    DRIP ("GREETING", OPT_PRACTICE_TLS_ANY) },
  { "drip-list-before", "server-too-slow", NET_SMTP, NET_STARTTLS, TRUE, DRIP ("EHLO", BEFORE) },
  { "drip-list-before", "server-too-slow", NET_POP3, NET_STARTTLS, TRUE, DRIP ("CAPA", BEFORE) },
  { "drip-list-before", "server-too-slow", NET_IMAP, NET_STARTTLS, TRUE, {
      { "GREETING", BEFORE, .reply = "* OK hi\r\n" },
      { "CAPABILITY", BEFORE, .drip_ms = 300 } } },
  { "drip-starttls", "server-too-slow", NET_SMTP | NET_IMAP, NET_STARTTLS, TRUE,
    DRIP ("STARTTLS", BEFORE) },
  { "drip-starttls", "server-too-slow", NET_POP3, NET_STARTTLS, TRUE, DRIP ("STLS", BEFORE) },
  { "drip-in-place-of-tls", "server-too-slow", NET_ALL, NET_BOTH, TRUE, {
      { "TLS", .delay_ms = 300, .drip_ms = 300, .reply = "\x16\x03\x03\x40\0\x02\0\x3f\xfc",
        .reply_bytes = 9, .then = FLOOD } } },
  { "drip-list-after", "server-too-slow", NET_SMTP, NET_BOTH, TRUE, DRIP ("EHLO", AFTER) },
  { "drip-list-after", "server-too-slow", NET_POP3, NET_BOTH, TRUE, DRIP ("CAPA", AFTER) },
  { "drip-list-after", "server-too-slow", NET_IMAP, NET_STARTTLS, TRUE,
    DRIP ("CAPABILITY", AFTER) },
  { "drip-sign-in", "server-too-slow", NET_ALL, NET_BOTH, FALSE, DRIP ("SIGN-IN", AFTER) },
  { "drip-mailbox", "server-too-slow", NET_POP3, NET_BOTH, FALSE, DRIP ("STAT", AFTER) },
  { "drip-mailbox", "server-too-slow", NET_IMAP, NET_BOTH, FALSE, DRIP ("STATUS", AFTER) },
  { "drip-mailbox", "server-too-slow", NET_SMTP, NET_BOTH, FALSE, DRIP ("MAIL", AFTER) },
  /* Each byte comes in time for its step's deadline to look far off; the deadline is not moved. */
  { "drip-lines", "server-too-slow", NET_SMTP, NET_TLS, TRUE, {
      { "GREETING", .drip_ms = 30, .reply = "220-x\r\n", .then = FLOOD } } },
};
/* clang-format on */

static long
get_peak_kib (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);

  return usage.ru_maxrss;
}

static void
assert_bounded (OptProbe *probe)
{
  const OptEvidence *evidence = opt_probe_get_evidence (probe);
  GPtrArray *transcripts = opt_probe_get_transcripts (probe);

  for (guint i = 0; i < transcripts->len; i++)
    {
      GPtrArray *lines = opt_transcript_get_lines (g_ptr_array_index (transcripts, i));

      g_assert_cmpuint (lines->len, <=, OPT_TRANSCRIPT_MAX_LINES);
      for (guint j = 0; j < lines->len; j++)
        g_assert_cmpuint (strlen (g_ptr_array_index (lines, j)), <=, LINE_MAX_BYTES);
    }

  if (evidence->reply != NULL)
    g_assert_cmpuint (g_strv_length (evidence->reply->lines), <=, OPT_REPLY_MAX_LINES);
}

static void
assert_cut_off (const NetAttack *attack, OptCheck *check, const OptTimeouts *timeouts)
{
  const Row *row = attack->row;
  OptProbe *probe = opt_check_get_probe (check, attack->service);
  const char *id = opt_diagnosis_to_string (opt_probe_get_diagnosis (probe));

  g_test_message ("%s", id);
  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_FAILS);
  g_assert_cmpint (opt_check_get_elapsed_us (check), <, timeouts->total_ms * 1000 + SLACK_US);
  g_assert_cmpstr (id, ==, row->id);
  assert_bounded (probe);
}

static void
test_row (gconstpointer data)
{
  const NetAttack *attack = data;
  const Row *row = attack->row;
  gboolean drips = g_str_has_prefix (row->name, "drip");
  /* A flood has all the time it wants: it is not the clock that must stop it. */
  const OptTimeouts timeouts =
    drips ? (OptTimeouts){ 2000, 2000, 1000, 8000 } : (OptTimeouts){ 20000, 20000, 20000, 40000 };
  NetRun run = {
    .services = 1u << attack->service,
    .security = attack->security,
    .timeouts = &timeouts,
  };
  g_autoptr (NetFixture) fixture = net_fixture_new ();
  g_autoptr (OptCheck) check = NULL;
  long peak_kib = get_peak_kib ();
  OptPracticeServer *server = net_fixture_add_server (fixture,
                                                      NET_HOST,
                                                      attack->service,
                                                      attack->security,
                                                      NET_IDENTITY_GOOD);

  net_attack_add_rules (server, row->rules, G_N_ELEMENTS (row->rules));
  check = net_fixture_run (fixture, &run);

  assert_cut_off (attack, check, &timeouts);
  g_assert_cmpint (get_peak_kib () - peak_kib, <, MEMORY_MAX_KIB);
  if (row->before_sign_in)
    net_attack_assert_nothing_out (server);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("7-endless-replies/", rows[i].name, NULL);

      net_attack_add (path, rows[i].services, rows[i].securities, &rows[i], test_row);
    }

  return g_test_run ();
}
