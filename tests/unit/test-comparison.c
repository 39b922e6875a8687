/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-advice.h"

static OptEvidence *
create_evidence (void)
{
  g_autoptr (OptServer) server = opt_server_new (OPT_SERVICE_SMTP,
                                                 "mail.optonline.net",
                                                 465,
                                                 OPT_SECURITY_TLS,
                                                 "jane@optonline.net",
                                                 NULL);

  return opt_evidence_new (server);
}

static OptCertificate *
create_certificate (const char *issuer)
{
  OptCertificate *certificate = g_new0 (OptCertificate, 1);

  certificate->subject = g_strdup ("CN=mail.optonline.net");
  certificate->issuer = g_strdup (issuer);
  certificate->names = g_new0 (char *, 1);
  certificate->not_before = 1767225600; /* 2026-01-01 */
  certificate->not_after = 1767312000;  /* 2026-01-02 */
  certificate->sha256 = g_strdup ("00");

  return certificate;
}

/* The date that is on the screen; a test that runs over midnight gets it from after midnight. */
static char *
create_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%-e %B %Y");
}

typedef struct
{
  const char *name;
  const char *names; /* with spaces between them */
  const char *issuer;
  OptCertificateProblems problems;
  const char *shown_names, *shown_issuer;
  gboolean fits[3];
} Shown;

static const Shown comparisons[] = {
  { "fits", "mail.optonline.net", "O=Root", 0, "mail.optonline.net", "Root", { TRUE, TRUE, TRUE } },
  { "name",
    "a.example b.example",
    "CN=Root",
    OPT_CERTIFICATE_WRONG_NAME,
    "a.example, b.example",
    "Root",
    { FALSE, TRUE, TRUE } },
  { "issuer",
    "a b c d e",
    "C=US",
    OPT_CERTIFICATE_UNTRUSTED,
    "a, b, c, d, e",
    "C=US",
    { TRUE, FALSE, TRUE } },
  { "expired",
    "a b c d e f",
    "O=Root",
    OPT_CERTIFICATE_EXPIRED,
    "a, b, c, d, e and 1 more",
    "Root",
    { TRUE, TRUE, FALSE } },
  { "all",
    "a b c d e f g",
    "O=Root",
    OPT_CERTIFICATE_WRONG_NAME | OPT_CERTIFICATE_UNTRUSTED | OPT_CERTIFICATE_NOT_YET_VALID,
    "a, b, c, d, e and 2 more",
    "Root",
    { FALSE, FALSE, FALSE } },
  { "no-names",
    "",
    "O=Root",
    OPT_CERTIFICATE_WRONG_NAME,
    "CN=mail.optonline.net",
    "Root",
    { FALSE, TRUE, TRUE } },
  { "stranger",
    "\u202emoc.live <b>x</b>",
    "O=http://evil.example/",
    OPT_CERTIFICATE_UNTRUSTED,
    "moc.live, x",
    "[…]",
    { TRUE, FALSE, TRUE } },
};

static void
test_comparison (gconstpointer data)
{
  const Shown *shown = data;
  static const char *const labels[] = { "Name", "Issuer", "Dates" };
  const char *const want[] = { shown->shown_names,
                               shown->shown_issuer,
                               "1 January 2026 to 2 January 2026" };
  g_autoptr (OptEvidence) evidence = create_evidence ();
  g_autoptr (GPtrArray) rows = NULL;

  evidence->tls.certificate = create_certificate (shown->issuer);
  g_strfreev (evidence->tls.certificate->names);
  evidence->tls.certificate->names =
    g_strsplit (shown->names, " ", shown->names[0] == '\0' ? 0 : -1);
  evidence->tls.problems = shown->problems;
  rows = opt_advice_compare_certificate (evidence);

  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (labels));
  for (guint i = 0; i < rows->len; i++)
    {
      const OptComparison *row = g_ptr_array_index (rows, i);

      g_assert_cmpstr (row->label, ==, labels[i]);
      g_assert_cmpstr (row->shown, ==, want[i]);
      g_assert_cmpint (row->fits, ==, shown->fits[i]);
    }
}

static void
test_comparison_expected (void)
{
  g_autoptr (OptEvidence) evidence = create_evidence ();
  g_autofree char *before = create_today ();
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const char *today;

  g_assert_null (opt_advice_compare_certificate (evidence));

  evidence->tls.certificate = create_certificate ("O=Root");
  rows = opt_advice_compare_certificate (evidence);
  after = create_today ();
  g_assert_cmpstr (((OptComparison *) rows->pdata[0])->expected, ==, "mail.optonline.net");
  g_assert_cmpstr (((OptComparison *) rows->pdata[1])->expected,
                   ==,
                   "an authority that this computer trusts");
  today = ((OptComparison *) rows->pdata[2])->expected;
  g_assert_true (g_str_has_prefix (today, before) || g_str_has_prefix (today, after));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (comparisons); i++)
    {
      g_autofree char *path = g_strconcat ("/comparison/", comparisons[i].name, NULL);

      g_test_add_data_func (path, &comparisons[i], test_comparison);
    }
  g_test_add_func ("/comparison-expected", test_comparison_expected);

  return g_test_run ();
}
