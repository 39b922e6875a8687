/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a server says is shown beside our own words. It is no page: no markup, nothing to click on,
 * nothing that turns the text around it, and not more than a few lines of it; and what came before
 * TLS, from whomever, is not shown at all. */
#include "net-attack.h"

#include "opt-advice.h"

#include <string.h>

#define BEFORE OPT_PRACTICE_TLS_BEFORE
#define MAX_CHARS 300
#define KEPT "Please wait"
#define X50 "xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx xxxxxxxxx "
#define X500 X50 X50 X50 X50 X50 X50 X50 X50 X50 X50
#define X5000 X500 X500 X500 X500 X500 X500 X500 X500 X500 X500

typedef struct
{
  const char *name;
  const char *said;
  const char *never[4]; /* what must not be left of it */
  gboolean too_long;
} Words;

static const Words words[] = {
  { "plain", KEPT " a while", { NULL } },
  { "bold", KEPT " <b>now</b>", { "<b>", "</b>" } },
  { "script", KEPT " <script>alert(1)</script> a while", { "<script", "</script" } },
  { "link-markup",
    KEPT " <a href=\"https://evil.example/x\">here</a>",
    { "<a", "href", "evil.example", "://" } },
  { "unclosed", KEPT " <a href='http://evil.example' onclick=x", { "<a", "evil.example", "://" } },
  { "image", KEPT " <img src=//evil.example/p.png>", { "<img", "evil.example" } },
  { "comment", KEPT " <!-- x --> a while", { "<!--", "-->" } },
  { "entity", KEPT " &lt;b&gt; &#60;b&#62; a while", { "<b>", "</b>" } },
  { "https", KEPT " and see https://evil.example/reset?x=1", { "https:", "evil.example" } },
  { "http-upper", KEPT " and see HTTP://EVIL.EXAMPLE/", { "HTTP:", "EVIL.EXAMPLE" } },
  { "www", KEPT " and see www.evil.example", { "www.", "evil.example" } },
  { "mailto", KEPT " or mailto:x@evil.example", { "mailto:" } },
  { "javascript", KEPT " <a href=javascript:alert(1)>now</a>", { "<a", "javascript:" } },
  { "ftp", KEPT " ftp://evil.example/x", { "ftp:", "evil.example" } },
  { "bidi", KEPT " \342\200\256won\342\200\254 \342\201\246x\342\201\251", { NULL } },
  { "zero-width", KEPT " a\342\200\213b\342\201\240c\357\273\277d", { NULL } },
  { "controls", KEPT " \033[31mred\033[0m \a\b\177 \302\233 x", { NULL } },
  { "line-separators", KEPT " a\342\200\250b\342\200\251c\302\205d", { NULL } },
  { "bad-utf8", KEPT " \xff\xfe\xc0\x80 x", { NULL } },
  { "tags", KEPT " \363\240\201\201\363\240\201\277 x", { NULL } },
  { "5000-characters", KEPT " " X5000, { NULL }, TRUE },
  { "5000-characters-of-link", KEPT " https://evil.example/" X5000, { "https:", "evil.example" } },
};

static const char *const refusals[OPT_N_SERVICES] = {
  [OPT_SERVICE_IMAP] = "%t NO [UNAVAILABLE] ",
  [OPT_SERVICE_POP3] = "-ERR [SYS/TEMP] ",
  [OPT_SERVICE_SMTP] = "454 4.7.0 ",
};

static OptCheck *
run_check (const NetAttack *attack, const OptPracticeRule *rules, guint n_rules)
{
  NetRun run = { .services = 1u << attack->service, .security = attack->security };
  g_autoptr (NetFixture) fixture = net_fixture_new ();
  OptPracticeServer *server = net_fixture_add_server (fixture,
                                                      NET_HOST,
                                                      attack->service,
                                                      attack->security,
                                                      NET_IDENTITY_GOOD);

  net_attack_add_rules (server, rules, n_rules);

  return net_fixture_run (fixture, &run);
}

static char *
create_shown (OptCheck *check, OptService service)
{
  OptProbe *probe = opt_check_get_probe (check, service);

  return opt_advice_create_server_words (opt_probe_get_evidence (probe));
}

static void
assert_harmless (const char *shown)
{
  g_assert_true (g_utf8_validate (shown, -1, NULL));
  /* And the sign that something was cut. */
  g_assert_cmpint (g_utf8_strlen (shown, -1), <=, MAX_CHARS + 1);
  for (const char *p = shown; *p != '\0'; p = g_utf8_next_char (p))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (p));

      g_assert_cmpint (type, !=, G_UNICODE_CONTROL);
      g_assert_cmpint (type, !=, G_UNICODE_FORMAT);
      g_assert_cmpint (type, !=, G_UNICODE_LINE_SEPARATOR);
      g_assert_cmpint (type, !=, G_UNICODE_PARAGRAPH_SEPARATOR);
      g_assert_cmpint (type, !=, G_UNICODE_PRIVATE_USE);
    }
}

static void
test_words (gconstpointer data)
{
  const NetAttack *attack = data;
  const Words *row = attack->row;
  g_autofree char *reply = g_strconcat (refusals[attack->service], row->said, "\r\n", NULL);
  const OptPracticeRule rule = { "SIGN-IN", .reply = reply };
  g_autoptr (OptCheck) check = run_check (attack, &rule, 1);
  g_autofree char *shown = create_shown (check, attack->service);

  g_test_message ("%s", shown);
  g_assert_nonnull (shown);
  g_assert_true (g_str_has_prefix (shown, KEPT));
  assert_harmless (shown);
  for (guint i = 0; i < G_N_ELEMENTS (row->never) && row->never[i] != NULL; i++)
    g_assert_null (strstr (shown, row->never[i]));
  if (row->too_long)
    g_assert_true (g_str_has_suffix (shown, "…"));
}

#define LIE "Call 1-900-555-0100 now"

typedef struct
{
  const char *name;
  guint services;
  OptPracticeRule rules[2];
} Early;

/* clang-format off */
/* What is said in the clear, and then refused, in the clear or inside TLS. */
static const Early early[] = {
  { "refused-greeting", NET_SMTP, { { "GREETING", BEFORE, .reply = "554 " LIE "\r\n" } } },
  { "refused-greeting", NET_POP3, { { "GREETING", BEFORE, .reply = "-ERR " LIE "\r\n" } } },
  { "refused-greeting", NET_IMAP, { { "GREETING", BEFORE, .reply = "* BYE " LIE "\r\n" } } },
  { "refused-list", NET_SMTP, { { "EHLO", BEFORE, .reply = "421 " LIE "\r\n" } } },
  { "refused-list", NET_POP3, { { "CAPA", BEFORE, .reply = "-ERR " LIE "\r\n" } } },
  { "refused-list", NET_IMAP, {
      { "GREETING", BEFORE, .reply = "* OK hi\r\n" },
      { "CAPABILITY", BEFORE, .reply = "%t NO " LIE "\r\n" } } },
  { "refused-starttls", NET_SMTP, { { "STARTTLS", BEFORE, .reply = "454 4.7.0 " LIE "\r\n" } } },
  { "refused-starttls", NET_POP3, { { "STLS", BEFORE, .reply = "-ERR " LIE "\r\n" } } },
  { "refused-starttls", NET_IMAP, { { "STARTTLS", BEFORE, .reply = "%t NO " LIE "\r\n" } } },
  { "last-words", NET_SMTP, {
      { "STARTTLS", BEFORE, .reply = "421 " LIE "\r\n", .then = OPT_PRACTICE_THEN_CLOSE } } },
  { "last-words", NET_IMAP, {
      { "STARTTLS", BEFORE, .reply = "* BYE " LIE "\r\n", .then = OPT_PRACTICE_THEN_CLOSE } } },
  { "no-more-after", NET_SMTP, {
      { "GREETING", BEFORE, .reply = "220 " LIE "\r\n" }, { "SIGN-IN", .reply = "535\r\n" } } },
  { "no-more-after", NET_POP3, {
      { "GREETING", BEFORE, .reply = "+OK " LIE "\r\n" }, { "SIGN-IN", .reply = "-ERR\r\n" } } },
  { "no-more-after", NET_IMAP, {
      { "GREETING", BEFORE, .reply = "* OK [CAPABILITY IMAP4rev1 STARTTLS] " LIE "\r\n" },
      { "SIGN-IN", .reply = "%t NO\r\n" } } },
  { "in-the-handshake", NET_ALL, {
      { "TLS", .delay_ms = 50, .reply = LIE "\r\n", .then = OPT_PRACTICE_THEN_START_TLS } } },
  { "closed-in-the-handshake", NET_ALL, {
      { "TLS", .delay_ms = 50, .reply = LIE "\r\n", .then = OPT_PRACTICE_THEN_CLOSE } } },
};
/* clang-format on */

static void
test_early (gconstpointer data)
{
  const NetAttack *attack = data;
  const Early *row = attack->row;
  g_autoptr (OptCheck) check = run_check (attack, row->rules, G_N_ELEMENTS (row->rules));
  OptProbe *probe = opt_check_get_probe (check, attack->service);
  g_autofree char *shown = create_shown (check, attack->service);
  g_autofree char *advice =
    opt_advice_create_text (opt_probe_get_diagnosis (probe), opt_probe_get_evidence (probe), NULL);

  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_FAILS);
  g_assert_null (shown);
  g_assert_null (strstr (advice, LIE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *path = g_strconcat ("6-server-words/", words[i].name, NULL);

      net_attack_add (path, NET_ALL, NET_BOTH, &words[i], test_words);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (early); i++)
    {
      g_autofree char *path = g_strconcat ("6-server-words/before-tls-", early[i].name, NULL);

      net_attack_add (path, early[i].services, NET_STARTTLS, &early[i], test_early);
    }

  return g_test_run ();
}
