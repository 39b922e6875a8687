/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The result of a check for other programs. The keys are part of the product's interface. */
#include "opt-report-private.h"

#include "opt-advice.h"
#include "opt-diagnose.h"

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

/* -1 stands for "not known". */
static void
add_count (JsonBuilder *builder, const char *name, gint64 value)
{
  if (value >= 0)
    add_int (builder, name, value);
  else
    add_string (builder, name, NULL);
}

char *
opt_report_format_date (gint64 unix_time)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (unix_time);

  return when != NULL ? g_date_time_format_iso8601 (when) : NULL;
}

static void
add_date (JsonBuilder *builder, const char *name, gint64 unix_time)
{
  g_autofree char *text = opt_report_format_date (unix_time);

  add_string (builder, name, text);
}

static void
add_strings (JsonBuilder *builder, const char *name, char **values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

static void
add_server (JsonBuilder *builder, const OptServer *server)
{
  add_string (builder, "service", opt_service_to_string (opt_server_get_service (server)));
  add_string (builder, "host", opt_server_get_host (server));
  add_int (builder, "port", opt_server_get_port (server));
  add_string (builder, "security", opt_security_to_string (opt_server_get_security (server)));
}

void
opt_report_add_servers (JsonBuilder *builder, OptAccount *account)
{
  g_return_if_fail (JSON_IS_BUILDER (builder) && account != NULL);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptServer *server = opt_account_get_server (account, i);

      if (server == NULL)
        continue;

      json_builder_begin_object (builder);
      add_server (builder, server);
      json_builder_end_object (builder);
    }
}

const char *
opt_report_get_result (OptProbe *probe)
{
  switch (opt_probe_get_state (probe))
    {
    case OPT_PROBE_WORKS:
      return "works";
    case OPT_PROBE_SKIPPED:
      return "skipped";
    case OPT_PROBE_SEEN:
      return "seen";
    case OPT_PROBE_FAILS:
    case OPT_PROBE_RUNNING:
    case OPT_PROBE_READY:
      return "fails";
    }

  g_assert_not_reached ();
}

gboolean
opt_report_find_reason (OptProbe *probe, const char **title, const char **text)
{
  OptProbeState state = opt_probe_get_state (probe);

  if (state != OPT_PROBE_SKIPPED && state != OPT_PROBE_SEEN)
    return FALSE;

  *title = state == OPT_PROBE_SEEN ? opt_advice_get_seen_title () : opt_advice_get_skipped_title ();
  *text = state == OPT_PROBE_SEEN ? opt_advice_get_seen_text () : opt_advice_get_skipped_text ();

  return TRUE;
}

static void
add_verdict (JsonBuilder *builder, OptProbe *probe, const OptProvider *provider)
{
  const OptEvidence *evidence = opt_probe_get_evidence (probe);
  OptDiagnosis diagnosis = opt_probe_get_diagnosis (probe);
  OptProbeState state = opt_probe_get_state (probe);
  g_autofree char *advice = opt_advice_create_text (diagnosis, evidence, provider);
  const char *title = opt_advice_get_title (diagnosis);
  const char *text = advice;
  g_autofree char *words = opt_advice_create_server_words (evidence);

  add_string (builder, "result", opt_report_get_result (probe));
  add_string (builder,
              "diagnosis",
              state == OPT_PROBE_FAILS ? opt_diagnosis_to_string (diagnosis) : NULL);
  opt_report_find_reason (probe, &title, &text);
  add_string (builder, "title", title);
  add_string (builder, "advice", text);
  add_string (builder, "server_words", words);
  add_string (builder, "address_used", evidence->address_used);
}

static void
add_steps (JsonBuilder *builder, const OptEvidence *evidence)
{
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < OPT_N_STEPS; i++)
    {
      if (evidence->step_us[i] < 0)
        continue;

      json_builder_begin_object (builder);
      add_string (builder, "step", opt_step_to_string (i));
      /* Whole, because json-glib writes doubles with all their 17 digits. */
      add_int (builder, "ms", (evidence->step_us[i] + 500) / 1000);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

gboolean
opt_report_find_diagnosis (OptProbe *probe, const OptEvidence *evidence, OptDiagnosis *diagnosis)
{
  /* What is shown may have been corrected in the light of the other servers. */
  *diagnosis = evidence == opt_probe_get_evidence (probe) ? opt_probe_get_diagnosis (probe)
                                                          : opt_diagnose (evidence);

  return evidence->failure != OPT_FAILURE_NONE && evidence->failure != OPT_FAILURE_SKIPPED;
}

static void
add_candidates (JsonBuilder *builder, OptProbe *probe)
{
  GPtrArray *tried = opt_probe_get_tried (probe);

  json_builder_set_member_name (builder, "candidates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < tried->len; i++)
    {
      const OptEvidence *evidence = g_ptr_array_index (tried, i);
      OptDiagnosis diagnosis;
      gboolean failed = opt_report_find_diagnosis (probe, evidence, &diagnosis);

      json_builder_begin_object (builder);
      add_string (builder, "host", opt_server_get_host (evidence->server));
      add_int (builder, "port", opt_server_get_port (evidence->server));
      add_string (builder, "diagnosis", failed ? opt_diagnosis_to_string (diagnosis) : NULL);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_certificate (JsonBuilder *builder, const OptCertificate *certificate)
{
  json_builder_set_member_name (builder, "certificate");
  if (certificate == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  add_string (builder, "subject", certificate->subject);
  add_string (builder, "issuer", certificate->issuer);
  add_strings (builder, "names", certificate->names);
  add_date (builder, "not_before", certificate->not_before);
  add_date (builder, "not_after", certificate->not_after);
  add_string (builder, "sha256", certificate->sha256);
  json_builder_end_object (builder);
}

char **
opt_report_list_problems (OptCertificateProblems problems)
{
  static const struct
  {
    OptCertificateProblems problem;
    const char *id;
  } ids[] = {
    { OPT_CERTIFICATE_EXPIRED, "expired" },
    { OPT_CERTIFICATE_NOT_YET_VALID, "not-yet-valid" },
    { OPT_CERTIFICATE_WRONG_NAME, "wrong-name" },
    { OPT_CERTIFICATE_UNTRUSTED, "untrusted" },
  };
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (problems & ids[i].problem)
      g_strv_builder_add (list, ids[i].id);

  return g_strv_builder_end (list);
}

static void
add_tls (JsonBuilder *builder, const OptEvidence *evidence)
{
  const OptTls *tls = &evidence->tls;
  g_auto (GStrv) problems = opt_report_list_problems (tls->problems);

  json_builder_set_member_name (builder, "tls");
  if (tls->version == NULL && tls->certificate == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  add_string (builder, "version", tls->version);
  add_string (builder, "cipher", tls->cipher);
  add_string (builder, "expected_name", opt_server_get_host (evidence->server));
  add_strings (builder, "problems", problems);
  add_certificate (builder, tls->certificate);
  json_builder_end_object (builder);
}

static void
add_mailbox (JsonBuilder *builder, const OptEvidence *evidence)
{
  json_builder_set_member_name (builder, "mailbox");
  if (evidence->n_messages < 0)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  add_int (builder, "messages", evidence->n_messages);
  add_count (builder, "bytes", evidence->n_bytes);
  json_builder_end_object (builder);
}

static void
add_probe (JsonBuilder *builder, OptProbe *probe, const OptProvider *provider)
{
  const OptEvidence *evidence = opt_probe_get_evidence (probe);

  json_builder_begin_object (builder);
  add_server (builder, evidence->server);
  add_string (builder, "user", opt_server_get_user (evidence->server));
  add_verdict (builder, probe, provider);
  add_steps (builder, evidence);
  add_candidates (builder, probe);
  add_tls (builder, evidence);
  add_mailbox (builder, evidence);
  json_builder_end_object (builder);
}

static void
add_provider (JsonBuilder *builder, const OptProvider *provider)
{
  json_builder_set_member_name (builder, "provider");
  if (provider == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  add_string (builder, "id", opt_provider_get_id (provider));
  add_string (builder, "name", opt_provider_get_name (provider));
  json_builder_end_object (builder);
}

JsonNode *
opt_report_create_json (OptCheck *check)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  OptAccount *account;
  const OptProvider *provider;

  g_return_val_if_fail (OPT_IS_CHECK (check), NULL);
  g_return_val_if_fail (opt_check_get_verdict (check) != OPT_VERDICT_NONE, NULL);

  account = opt_check_get_account (check);
  provider = opt_account_get_provider (account);

  json_builder_begin_object (builder);
  add_int (builder, "schema", 1);
  add_string (builder, "address", opt_address_get_text (opt_account_get_address (account)));
  add_provider (builder, provider);
  add_string (builder, "verdict", opt_verdict_to_string (opt_check_get_verdict (check)));
  add_int (builder, "elapsed_ms", opt_check_get_elapsed_us (check) / 1000);
  add_string (builder, "unused_proxy", opt_check_get_unused_proxy (check));
  json_builder_set_member_name (builder, "servers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (opt_check_get_probe (check, i) != NULL)
      add_probe (builder, opt_check_get_probe (check, i), provider);
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}
