/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The result of a check for somebody who helps from afar. Headings are English, because that person
 * need not speak the language of the one who needs help. Whatever is written goes through add() or
 * add_heading(), which let no line break, control or bidirectional character of a server through.
 */
#include "opt-report-private.h"

#include "opt-advice-stand-in.h"
#include "opt-advice.h"
#include "opt-transport-curl.h"

/* Where values begin, whatever their label is indented by. */
#define VALUE_COLUMN 16
#define VALUE_MAX_CHARS 1000
/* A certificate may name hundreds of hosts. */
#define MAX_NAMES 20

/* A line of a label and a value; none where there is no value. */
static void
add (GString *text, guint indent, const char *label, const char *value)
{
  g_autofree char *clean = NULL;

  if (value == NULL)
    return;

  clean = opt_transcript_clean_text (value, VALUE_MAX_CHARS);
  g_string_append_printf (text,
                          "%*s%-*s %s\n",
                          (int) indent,
                          "",
                          VALUE_COLUMN - 1 - (int) indent,
                          label,
                          clean);
}

static void
add_heading (GString *text, const char *heading, char underline)
{
  g_autofree char *clean = opt_transcript_clean_text (heading, VALUE_MAX_CHARS);
  g_autofree char *line = g_strnfill ((gsize) g_utf8_strlen (clean, -1), underline);

  g_string_append_printf (text, "%s\n%s\n", clean, line);
}

static void
add_time (GString *text, guint indent, const char *label, gint64 time_us)
{
  g_autofree char *value =
    g_strdup_printf ("%" G_GINT64_FORMAT ".%02d ms", time_us / 1000, (int) (time_us % 1000 / 10));

  add (text, indent, label, value);
}

static void
add_versions (GString *text)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *when = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S%:z");
  g_autofree char *glib =
    g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  add (text, 0, "Written", when);
  add (text, 0, "OptSetup", OPT_VERSION);
  add (text, 0, "GLib", glib);
  add (text, 0, "Libraries", opt_transport_get_library_versions ());
  add (text, 0, "System", system != NULL ? system : "unknown");
  g_string_append_c (text, '\n');
}

/* The system is asked about the network only when something failed. */
static const char *
describe_network (OptCheck *check)
{
  const char *answer = "not asked, nothing failed";

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);
      const OptEvidence *evidence = probe != NULL ? opt_probe_get_evidence (probe) : NULL;

      if (evidence == NULL || evidence->failure == OPT_FAILURE_NONE)
        continue;
      if (!evidence->network_available)
        return "none, the system says";
      if (evidence->network_portal)
        return "behind a sign-in page, the system says";
      answer = "there is one, the system says";
    }

  return answer;
}

static void
add_account (GString *text, OptCheck *check)
{
  OptAccount *account = opt_check_get_account (check);
  const OptProvider *provider = opt_account_get_provider (account);
  const char *proxy = opt_check_get_unused_proxy (check);
  g_autofree char *stand_in = opt_advice_create_stand_in_text (check);

  add (text, 0, "Address", opt_address_get_text (opt_account_get_address (account)));
  add (text, 0, "Provider", provider != NULL ? opt_provider_get_name (provider) : "not known");
  add (text, 0, "Provider id", provider != NULL ? opt_provider_get_id (provider) : NULL);
  add (text, 0, "Network", describe_network (check));
  add (text, 0, "Proxy", proxy != NULL ? proxy : "none");
  add (text, 0, "", proxy != NULL ? opt_advice_get_proxy_text () : NULL);
  add (text, 0, "Verdict", opt_verdict_to_string (opt_check_get_verdict (check)));
  add (text, 0, "Note", stand_in);
  add_time (text, 0, "Took", opt_check_get_elapsed_us (check));
}

static void
add_advice (GString *text, OptProbe *probe, const OptProvider *provider)
{
  const OptEvidence *evidence = opt_probe_get_evidence (probe);
  g_autofree char *words = opt_advice_create_server_words (evidence);
  g_autofree char *advice = NULL;
  const char *title = NULL;
  const char *reason = NULL;
  OptDiagnosis diagnosis;

  if (opt_report_find_reason (probe, &title, &reason))
    {
      add (text, 0, "Title", title);
      add (text, 0, "Advice", reason);
      return;
    }

  if (opt_report_find_diagnosis (probe, evidence, &diagnosis))
    add (text, 0, "Diagnosis", opt_diagnosis_to_string (diagnosis));
  advice = opt_advice_create_text (diagnosis, evidence, provider);
  add (text, 0, "Title", opt_advice_get_title (diagnosis));
  add (text, 0, "Advice", advice);
  add (text, 0, "Server's words", words);
}

static void
add_count (GString *text, const char *label, gint64 count)
{
  g_autofree char *value = count >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, count) : NULL;

  add (text, 0, label, value);
}

static void
add_summary (GString *text, OptProbe *probe, const OptProvider *provider)
{
  const OptEvidence *evidence = opt_probe_get_evidence (probe);
  OptServer *alternative = opt_probe_get_alternative (probe);
  g_autofree char *server = opt_server_to_string (evidence->server);
  g_autofree char *other = alternative != NULL ? opt_server_to_string (alternative) : NULL;

  add (text, 0, "Server", server);
  add (text, 0, "User", opt_server_get_user (evidence->server));
  add (text, 0, "Result", opt_report_get_result (probe));
  add_advice (text, probe, provider);
  add (text, 0, "Answers instead", other);
  add_count (text, "Messages", evidence->n_messages);
  add_count (text, "Bytes", evidence->n_bytes);
  add_count (text, "Takes at most", evidence->max_message_bytes);
}

static void
add_steps (GString *text, const OptEvidence *evidence)
{
  g_string_append (text, "  Steps\n");
  for (guint i = 0; i < OPT_N_STEPS; i++)
    if (evidence->step_us[i] >= 0)
      add_time (text, 4, opt_step_to_string (i), evidence->step_us[i]);
}

static void
add_certificate (GString *text, const OptCertificate *certificate)
{
  g_autofree char *not_before = opt_report_format_date (certificate->not_before);
  g_autofree char *not_after = opt_report_format_date (certificate->not_after);
  guint n_names = g_strv_length (certificate->names);

  g_string_append (text, "  Certificate\n");
  add (text, 4, "Subject", certificate->subject);
  add (text, 4, "Issuer", certificate->issuer);
  for (guint i = 0; i < MIN (n_names, MAX_NAMES); i++)
    add (text, 4, i == 0 ? "Names" : "", certificate->names[i]);
  if (n_names > MAX_NAMES)
    {
      g_autofree char *more = g_strdup_printf ("and %u more", n_names - MAX_NAMES);

      add (text, 4, "", more);
    }
  add (text, 4, "Valid from", not_before);
  add (text, 4, "Valid until", not_after);
  add (text, 4, "SHA-256", certificate->sha256);
}

static void
add_comparison (GString *text, const OptEvidence *evidence)
{
  g_autoptr (GPtrArray) comparisons = opt_advice_compare_certificate (evidence);

  if (comparisons == NULL)
    return;

  g_string_append (text, "  Compared\n");
  for (guint i = 0; i < comparisons->len; i++)
    {
      const OptComparison *comparison = g_ptr_array_index (comparisons, i);

      add (text, 4, comparison->label, comparison->fits ? "fits" : "does not fit");
      add (text, 6, "expected", comparison->expected);
      add (text, 6, "shown", comparison->shown);
    }
}

static void
add_tls (GString *text, const OptEvidence *evidence)
{
  const OptTls *tls = &evidence->tls;
  g_auto (GStrv) problems = opt_report_list_problems (tls->problems);
  g_autofree char *alert = tls->alert >= 0 ? g_strdup_printf ("%d", tls->alert) : NULL;

  add (text, 2, "TLS", tls->version != NULL ? tls->version : "none");
  add (text, 2, "Cipher", tls->cipher);
  add (text, 2, "TLS alert", alert);
  add (text, 2, "Expected name", opt_server_get_host (evidence->server));
  for (guint i = 0; problems[i] != NULL; i++)
    add (text, 2, i == 0 ? "Problems" : "", problems[i]);
  add (text, 2, "OpenSSL says", tls->why);
  if (tls->certificate != NULL)
    add_certificate (text, tls->certificate);
  add_comparison (text, evidence);
}

static void
add_dialogue (GString *text, const OptTranscript *transcript)
{
  GPtrArray *lines = opt_transcript_get_lines (transcript);

  g_string_append (text, "  Dialogue\n");
  /* Each begins with its mark, and is clean already. */
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "    %s\n", (const char *) lines->pdata[i]);
}

static void
add_tried (GString *text, OptProbe *probe, guint i)
{
  GPtrArray *tried = opt_probe_get_tried (probe);
  const OptEvidence *evidence = g_ptr_array_index (tried, i);
  g_autofree char *server = opt_server_to_string (evidence->server);
  g_autofree char *heading = g_strdup_printf ("Try %u of %u: %s", i + 1, tried->len, server);
  OptDiagnosis diagnosis;
  gboolean failed = opt_report_find_diagnosis (probe, evidence, &diagnosis);

  g_string_append_c (text, '\n');
  add_heading (text, heading, '-');
  add (text, 2, "Diagnosis", failed ? opt_diagnosis_to_string (diagnosis) : "none");
  add (text, 2, "Came to", opt_step_to_string (evidence->step));
  add (text, 2, "Address used", evidence->address_used != NULL ? evidence->address_used : "none");
  add_steps (text, evidence);
  add_tls (text, evidence);
  add_dialogue (text, g_ptr_array_index (opt_probe_get_transcripts (probe), i));
}

static void
add_probe (GString *text, OptProbe *probe, const OptProvider *provider)
{
  g_autofree char *service =
    g_ascii_strup (opt_service_to_string (opt_probe_get_service (probe)), -1);

  g_string_append (text, "\n\n");
  add_heading (text, service, '=');
  add_summary (text, probe, provider);
  for (guint i = 0; i < opt_probe_get_tried (probe)->len; i++)
    add_tried (text, probe, i);
}

char *
opt_report_create_text (OptCheck *check)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const OptProvider *provider;

  g_return_val_if_fail (OPT_IS_CHECK (check), NULL);
  g_return_val_if_fail (opt_check_get_verdict (check) != OPT_VERDICT_NONE, NULL);

  provider = opt_account_get_provider (opt_check_get_account (check));

  add_heading (text, "OptSetup report", '=');
  add_versions (text);
  add_account (text, check);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (opt_check_get_probe (check, i) != NULL)
      add_probe (text, opt_check_get_probe (check, i), provider);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
