/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a report says. */
#include "net-world.h"

#include "opt-advice.h"
#include "opt-report.h"

#include <string.h>

#define IMAP OPT_SERVICE_IMAP
#define POP3 OPT_SERVICE_POP3
#define SMTP OPT_SERVICE_SMTP

static gboolean
is_invisible (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);

  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
         type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

static void
assert_plain_text (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_str_has_suffix (text, "\n"));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (*p == '\n' || !is_invisible (g_utf8_get_char (p)));
}

static void
assert_matches (const char *text, const char *pattern)
{
  if (!g_regex_match_simple (pattern, text, G_REGEX_MULTILINE, 0))
    g_error ("“%s” is not in:\n%s", pattern, text);
}

static void
assert_advice (OptCheck *check, OptService service, const char *text)
{
  OptProbe *probe = opt_check_get_probe (check, service);
  OptDiagnosis diagnosis = opt_probe_get_diagnosis (probe);
  g_autofree char *advice =
    opt_advice_create_text (diagnosis,
                            opt_probe_get_evidence (probe),
                            opt_account_get_provider (opt_check_get_account (check)));

  g_assert_nonnull (strstr (text, opt_diagnosis_to_string (diagnosis)));
  g_assert_nonnull (strstr (text, opt_advice_get_title (diagnosis)));
  g_assert_nonnull (strstr (text, advice));
}

/* Of a report on a world where all works but SMTP, whose mailbox is full. */
static const char *const lines[] = {
  "\\AOptSetup report\n=+\n",
  "^Written +\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[+-]\\d\\d:\\d\\d$",
  "^OptSetup +" OPT_VERSION "$",
  "^GLib +\\d+\\.\\d+\\.\\d+$",
  "^Libraries +libcurl/\\d+\\.\\S+ OpenSSL/3\\.",
  "^System +\\S",
  "^Address +jane@optonline\\.net$",
  "^Provider +X$",
  "^Provider id +x$",
  "^Network +there is one",
  "^Proxy +none$",
  "^Verdict +partly$",
  "^Took +\\d+\\.\\d\\d ms$",
  "^IMAP\n====\nServer .+\nUser +jane@optonline\\.net\nResult +works$",
  "^Messages +3$",
  "^SMTP\n====\nServer .+\nUser .+\nResult +fails\nDiagnosis +mailbox-full$",
  "^Server's words +mailbox \\[31mfull$",
  "^Try 1 of 1: (tls|starttls)://mail\\.optonline\\.net:\\d+$",
  "^  Diagnosis +mailbox-full\n  Came to +verify\n  Address used +127\\.0\\.0\\.1\n  Steps$",
  "^    resolve +\\d+\\.\\d\\d ms\n    connect .+\n    secure .+\n    greet .+\n    sign-in",
  "^    verify +\\d+\\.\\d\\d ms\n  TLS +TLSv1\\.[23]\n  Cipher +\\S+$",
  "^  Expected name +mail\\.optonline\\.net\n  Certificate\n    Subject +\\S",
  "^    Issuer +\\S.*\n    Names +mail\\.optonline\\.net\n +mail\\.optimum\\.net$",
  "^    Valid from +[-\\dT:]+Z\n    Valid until +[-\\dT:]+Z\n    SHA-256 +[0-9a-f]{64}$",
  "^  Dialogue\n    \\* (tls|starttls)://mail",
  "^    C: MAIL FROM:<jane@optonline\\.net>\n",
  "^    S: 452 4\\.2\\.2 mailbox \\[31mfull$",
};

static void
test_contents (gconstpointer data)
{
  const OptPracticeRule full = { "MAIL",
                                 .reply = "452 4.2.2 mailbox \342\200\256\033[31m\001full\r\n" };
  NetRun run = { .security = GPOINTER_TO_UINT (data) };
  g_autoptr (OptCheck) check = NULL;
  g_autofree char *text = NULL;
  NetWorld world;

  net_world_set_up (&world, run.security);
  opt_practice_server_add_rule (world.servers[SMTP], &full);
  check = net_fixture_run (world.net, &run);
  text = opt_report_create_text (check);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    assert_matches (text, lines[i]);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      const OptEvidence *evidence = opt_probe_get_evidence (opt_check_get_probe (check, i));

      g_assert_nonnull (strstr (text, evidence->tls.certificate->sha256));
    }
  assert_advice (check, SMTP, text);
  assert_plain_text (text);

  net_world_tear_down (&world);
}

/* Who was not let sign in is in the report too. */
static void
test_skipped (void)
{
  NetRun run = { .password = "not the one" };
  g_autoptr (OptCheck) check = NULL;
  g_autofree char *text = NULL;
  NetWorld world;

  net_world_set_up (&world, OPT_SECURITY_TLS);
  check = net_fixture_run (world.net, &run);
  text = opt_report_create_text (check);

  assert_matches (text, "^Result +skipped\nTitle +Not tried\nAdvice +\\S");
  assert_matches (text, "^Result +fails\nDiagnosis +password-refused$");

  net_world_tear_down (&world);
}

static JsonObject *
get_server (JsonNode *root)
{
  JsonArray *servers = json_object_get_array_member (json_node_get_object (root), "servers");

  g_assert_cmpuint (json_array_get_length (servers), ==, 1);

  return json_array_get_object_element (servers, 0);
}

static void
assert_strings (JsonArray *array, const char *wanted)
{
  g_autoptr (GString) got = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_string_append_printf (got, "%s ", json_array_get_string_element (array, i));
  g_assert_cmpstr (got->str, ==, wanted);
}

/* A bad certificate at the first host, and what the problem is called. */
static const struct
{
  const char *name;
  NetIdentity identity;
  const char *problems, *line;
} certificates[] = {
  { "good", NET_IDENTITY_GOOD, "", "^  Expected name .+\n  Certificate$" },
  { "expired", NET_IDENTITY_EXPIRED, "expired ", "^  Problems +expired\n  OpenSSL says +\\S" },
  { "not-yet-valid",
    NET_IDENTITY_NOT_YET_VALID,
    "not-yet-valid ",
    "^  Problems +not-yet-valid\n  OpenSSL says +\\S" },
  { "wrong-name",
    NET_IDENTITY_WRONG_NAME,
    "wrong-name ",
    "^  Problems +wrong-name\n  OpenSSL says +\\S" },
  { "untrusted",
    NET_IDENTITY_UNTRUSTED,
    "untrusted ",
    "^  Problems +untrusted\n  OpenSSL says +\\S" },
};

static void
test_certificate (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data) % G_N_ELEMENTS (certificates);
  OptSecurity security = GPOINTER_TO_UINT (data) / G_N_ELEMENTS (certificates);
  NetRun run = { .services = 1u << POP3, .security = security };
  g_autoptr (NetFixture) net = net_fixture_new ();
  g_autoptr (OptCheck) check = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  JsonObject *tls;

  net_fixture_add_server (net, NET_HOST, POP3, security, certificates[i].identity);
  check = net_fixture_run (net, &run);
  text = opt_report_create_text (check);
  root = opt_report_create_json (check);

  tls = json_object_get_object_member (get_server (root), "tls");
  assert_strings (json_object_get_array_member (tls, "problems"), certificates[i].problems);
  g_assert_cmpstr (json_object_get_string_member (tls, "expected_name"), ==, NET_HOST);
  assert_matches (text, certificates[i].line);
}

/* Every server that was tried is there, with its own certificate and dialogue. */
static void
test_candidates (void)
{
  NetRun run = { .services = 1u << IMAP, .n_hosts = 2 };
  g_autoptr (NetFixture) net = net_fixture_new ();
  g_autoptr (OptCheck) check = NULL;
  g_autofree char *text = NULL;

  net_fixture_add_server (net, NET_HOST, IMAP, OPT_SECURITY_TLS, NET_IDENTITY_WRONG_NAME);
  net_fixture_add_server (net, NET_SIBLING, IMAP, OPT_SECURITY_TLS, NET_IDENTITY_GOOD);
  check = net_fixture_run (net, &run);
  text = opt_report_create_text (check);

  assert_matches (text, "^Server +tls://mail\\.optimum\\.net:993\n");
  assert_matches (text,
                  "^Try 1 of 2: tls://mail\\.optonline\\.net:993\n-+\n"
                  "  Diagnosis +certificate-wrong-name\n  Came to +secure$");
  assert_matches (text, "^    Names +mail\\.example\\.com$");
  assert_matches (text, "^Try 2 of 2: tls://mail\\.optimum\\.net:993\n-+\n  Diagnosis +none$");
}

/* Numbers that other programs can read: no more digits than there is meaning. */
static void
test_json_numbers (void)
{
  NetRun run = { .services = 1u << SMTP };
  g_autoptr (OptCheck) check = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonArray *steps;
  NetWorld world;

  net_world_set_up (&world, OPT_SECURITY_TLS);
  check = net_fixture_run (world.net, &run);
  root = opt_report_create_json (check);

  steps = json_object_get_array_member (get_server (root), "steps");
  g_assert_cmpuint (json_array_get_length (steps), ==, OPT_N_STEPS);
  for (guint i = 0; i < OPT_N_STEPS; i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);

      g_assert_true (json_node_get_value_type (json_object_get_member (step, "ms")) ==
                     G_TYPE_INT64);
      g_assert_cmpint (json_object_get_int_member (step, "ms"), >=, 0);
    }
  g_assert_true (json_object_get_null_member (json_node_get_object (root), "unused_proxy"));

  net_world_tear_down (&world);
}

static void
add_tests (const char *name, OptSecurity security)
{
  g_autofree char *contents = g_strconcat ("/net/report/contents/", name, NULL);

  g_test_add_data_func (contents, GUINT_TO_POINTER (security), test_contents);
  for (guint i = 0; i < G_N_ELEMENTS (certificates); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/net/report/certificate/%s/%s", certificates[i].name, name);

      g_test_add_data_func (path,
                            GUINT_TO_POINTER (security * G_N_ELEMENTS (certificates) + i),
                            test_certificate);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_tests ("tls", OPT_SECURITY_TLS);
  add_tests ("starttls", OPT_SECURITY_STARTTLS);
  g_test_add_func ("/net/report/skipped", test_skipped);
  g_test_add_func ("/net/report/candidates", test_candidates);
  g_test_add_func ("/net/report/json-numbers", test_json_numbers);

  return g_test_run ();
}
