/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-advice.h"
#include "opt-error.h"

#include <string.h>

#define TITLE_MAX_CHARS 39
#define SENTENCE_MAX_WORDS 19
#define MAX_SENTENCES 3

/* A word of each title that only its own row has: a row out of order shows here. */
static const struct
{
  OptDiagnosis diagnosis;
  const char *word;
} titles[] = {
  { OPT_DIAGNOSIS_WORKS, "Works" },
  { OPT_DIAGNOSIS_OFFLINE, "not connected" },
  { OPT_DIAGNOSIS_CAPTIVE_PORTAL, "network wants you to sign in" },
  { OPT_DIAGNOSIS_HOST_UNKNOWN, "no such server" },
  { OPT_DIAGNOSIS_DNS_FAILURE, "address was not found" },
  { OPT_DIAGNOSIS_CONNECTION_REFUSED, "does not answer here" },
  { OPT_DIAGNOSIS_CONNECTION_FILTERED, "blocks mail" },
  { OPT_DIAGNOSIS_PORT_25_BLOCKED, "port 25" },
  { OPT_DIAGNOSIS_CLOSED_BEFORE_GREETING, "hung up" },
  { OPT_DIAGNOSIS_TLS_TO_PLAIN_PORT, "wrong kind of security" },
  { OPT_DIAGNOSIS_PLAIN_TO_TLS_PORT, "wrong kind of security" },
  { OPT_DIAGNOSIS_TLS_TOO_OLD, "too old" },
  { OPT_DIAGNOSIS_CERTIFICATE_EXPIRED, "run out" },
  { OPT_DIAGNOSIS_CERTIFICATE_NOT_YET_VALID, "not valid yet" },
  { OPT_DIAGNOSIS_CLOCK_WRONG, "clock" },
  { OPT_DIAGNOSIS_CERTIFICATE_WRONG_NAME, "not who it should be" },
  { OPT_DIAGNOSIS_CERTIFICATE_UNTRUSTED, "vouches" },
  { OPT_DIAGNOSIS_STARTTLS_MISSING, "offers no protection" },
  { OPT_DIAGNOSIS_STARTTLS_REFUSED, "would not protect" },
  { OPT_DIAGNOSIS_STARTTLS_INJECTED, "meddles" },
  { OPT_DIAGNOSIS_PREAUTH_BEFORE_TLS, "meddles" },
  { OPT_DIAGNOSIS_WRONG_PROTOCOL, "another kind of server" },
  { OPT_DIAGNOSIS_GREETING_REFUSED, "not taking calls" },
  { OPT_DIAGNOSIS_EHLO_REFUSED, "our greeting" },
  { OPT_DIAGNOSIS_AUTH_NOT_OFFERED, "no way to sign in" },
  { OPT_DIAGNOSIS_ENCRYPTION_REQUIRED, "more protection" },
  { OPT_DIAGNOSIS_PASSWORD_REFUSED, "password was not accepted" },
  { OPT_DIAGNOSIS_SERVICE_DISABLED, "switched off for you" },
  { OPT_DIAGNOSIS_ACCOUNT_LOCKED, "locked" },
  { OPT_DIAGNOSIS_PASSWORD_TRANSITION, "on the web once" },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, "problem right now" },
  { OPT_DIAGNOSIS_MAILBOX_IN_USE, "mailbox open" },
  { OPT_DIAGNOSIS_LOGIN_TOO_OFTEN, "Too many" },
  { OPT_DIAGNOSIS_MAILBOX_FULL, "full" },
  { OPT_DIAGNOSIS_SENDER_REFUSED, "not send for you" },
  { OPT_DIAGNOSIS_SENDER_MISMATCH, "not the signed-in one" },
  { OPT_DIAGNOSIS_RELAY_DENIED, "refused to send" },
  { OPT_DIAGNOSIS_GREYLISTED, "to wait" },
  { OPT_DIAGNOSIS_BLOCKLISTED, "blocklist" },
  { OPT_DIAGNOSIS_MESSAGE_TOO_LARGE, "too large" },
  { OPT_DIAGNOSIS_CONTENT_REFUSED, "message itself" },
  { OPT_DIAGNOSIS_SERVER_TOO_SLOW, "too long" },
  { OPT_DIAGNOSIS_REPLY_TOO_LONG, "stop talking" },
  { OPT_DIAGNOSIS_SERVER_FAULT, "odd" },
  { OPT_DIAGNOSIS_CANCELLED, "Stopped" },
};

/* And of the text, where two share a title. */
static const struct
{
  OptDiagnosis diagnosis;
  const char *words;
} texts[] = {
  { OPT_DIAGNOSIS_TLS_TO_PLAIN_PORT, "Choose STARTTLS" },
  { OPT_DIAGNOSIS_PLAIN_TO_TLS_PORT, "Choose TLS" },
  { OPT_DIAGNOSIS_STARTTLS_INJECTED, "slipped in" },
  { OPT_DIAGNOSIS_PREAUTH_BEFORE_TLS, "claimed" },
  { OPT_DIAGNOSIS_HOST_UNKNOWN, "name mail.optonline.net." },
  { OPT_DIAGNOSIS_SERVER_TOO_SLOW, "mail.optonline.net did" },
  { OPT_DIAGNOSIS_REPLY_TOO_LONG, "mail.optonline.net sent" },
  { OPT_DIAGNOSIS_CERTIFICATE_WRONG_NAME, "not for mail.optonline.net." },
  { OPT_DIAGNOSIS_CERTIFICATE_EXPIRED, "until 2 January 2026, and" },
  { OPT_DIAGNOSIS_CERTIFICATE_NOT_YET_VALID, "from 1 January 2026 on" },
  { OPT_DIAGNOSIS_CERTIFICATE_UNTRUSTED, "“Evil, Inc.”" },
  { OPT_DIAGNOSIS_PASSWORD_REFUSED, "mail.optonline.net’s server" },
  { OPT_DIAGNOSIS_SERVICE_DISABLED, "Ask mail.optonline.net" },
};

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

static guint
count_words (const char *sentence)
{
  g_auto (GStrv) words = g_strsplit_set (sentence, " \n", -1);
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      n++;

  return n;
}

static void
check_text (OptDiagnosis diagnosis, const char *text)
{
  g_auto (GStrv) sentences = g_regex_split_simple ("(?<=[.!?])\\s+(?=[A-Z])", text, 0, 0);
  guint n = g_strv_length (sentences);

  g_test_message ("%s: %s", opt_diagnosis_to_string (diagnosis), text);
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, MAX_SENTENCES);
  g_assert_true (g_str_has_suffix (text, "."));
  g_assert_null (strchr (text, '%'));
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (count_words (sentences[i]), <=, SENTENCE_MAX_WORDS);
}

static void
test_titles (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (titles), ==, OPT_N_DIAGNOSES);

  for (guint i = 0; i < OPT_N_DIAGNOSES; i++)
    {
      const char *title = opt_advice_get_title (i);

      g_test_message ("%s: %s", opt_diagnosis_to_string (i), title);
      g_assert_cmpint (titles[i].diagnosis, ==, i);
      g_assert_nonnull (strstr (title, titles[i].word));
      g_assert_cmpint (g_utf8_strlen (title, -1), <=, TITLE_MAX_CHARS);
      g_assert_false (g_str_has_suffix (title, "."));
      g_assert_null (strchr (title, '%'));
    }
}

static void
test_texts (void)
{
  g_autoptr (OptProviders) providers = opt_providers_load ();
  OptProvider *provider = opt_providers_find (providers, "optonline");

  for (guint i = 0; i < OPT_N_DIAGNOSES; i++)
    {
      g_autoptr (OptEvidence) evidence = create_evidence ();
      g_autofree char *bare = opt_advice_create_text (i, evidence, NULL);
      g_autofree char *full = NULL;

      check_text (i, bare);
      evidence->tls.certificate = create_certificate ("CN=Root,O=Evil");
      full = opt_advice_create_text (i, evidence, provider);
      check_text (i, full);
    }
}

/* Whoever has not typed it has not mistyped it. */
static void
test_kept_password (void)
{
  const OptSecretOrigin kept[] = { OPT_SECRET_KEPT, OPT_SECRET_KEPT_ELSEWHERE };
  g_autoptr (OptEvidence) evidence = create_evidence ();
  g_autofree char *typed = opt_advice_create_text (OPT_DIAGNOSIS_PASSWORD_REFUSED, evidence, NULL);

  g_assert_nonnull (strstr (typed, "Caps Lock"));
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    {
      g_autofree char *text = NULL;

      evidence->password_origin = kept[i];
      text = opt_advice_create_text (OPT_DIAGNOSIS_PASSWORD_REFUSED, evidence, NULL);
      check_text (OPT_DIAGNOSIS_PASSWORD_REFUSED, text);
      g_assert_null (strstr (text, "Caps Lock"));
      g_assert_nonnull (strstr (text, "enter the new one"));
      g_clear_pointer (&text, g_free);
      text = opt_advice_create_text (OPT_DIAGNOSIS_ACCOUNT_LOCKED, evidence, NULL);
      g_assert_nonnull (strstr (text, "unlock"));
    }
}

/* What was switched off is spelled right, and only its own provider can tell. */
static void
test_retired_host (void)
{
  static const struct
  {
    const char *host, *provider, *words;
  } rows[] = {
    { "pop.optonline.net", "optonline", "has switched pop.optonline.net off" },
    { "POP.optonline.net", "optonline", "off" },
    { "pop.optonline.net", NULL, "Check how it is spelled" },
    { "pop.example.net", "optonline", "Check how it is spelled" },
  };
  g_autoptr (OptProviders) providers = opt_providers_load ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      OptProvider *provider =
        rows[i].provider != NULL ? opt_providers_find (providers, rows[i].provider) : NULL;
      g_autoptr (OptServer) server =
        opt_server_new (OPT_SERVICE_POP3, rows[i].host, 995, OPT_SECURITY_TLS, "jane", NULL);
      g_autoptr (OptEvidence) evidence = opt_evidence_new (server);
      g_autofree char *text =
        opt_advice_create_text (OPT_DIAGNOSIS_HOST_UNKNOWN, evidence, provider);

      check_text (OPT_DIAGNOSIS_HOST_UNKNOWN, text);
      g_assert_nonnull (strstr (text, rows[i].words));
    }
}

/* That the password is right is only said where another server took it. */
static void
test_switched_off (void)
{
  g_autoptr (OptEvidence) evidence = create_evidence ();
  g_autofree char *concluded = NULL;
  g_autofree char *said = NULL;

  evidence->failure = OPT_FAILURE_REPLY;
  evidence->step = OPT_STEP_SIGN_IN;
  evidence->command = OPT_COMMAND_SIGN_IN;
  evidence->reply = g_new0 (OptReply, 1);
  evidence->reply->text = g_strdup ("no");
  concluded = opt_advice_create_text (OPT_DIAGNOSIS_SERVICE_DISABLED, evidence, NULL);
  g_assert_nonnull (strstr (concluded, "password is right"));

  g_free (evidence->reply->text);
  evidence->reply->text = g_strdup ("SMTP access is disabled");
  said = opt_advice_create_text (OPT_DIAGNOSIS_SERVICE_DISABLED, evidence, NULL);
  check_text (OPT_DIAGNOSIS_SERVICE_DISABLED, said);
  g_assert_null (strstr (said, "password"));
}

static const struct
{
  OptStep step;
  const char *words;
} slow_steps[] = {
  { OPT_STEP_SECURE, "being secured." },
  { OPT_STEP_GREET, "before the sign-in." },
  { OPT_STEP_SIGN_IN, "during the sign-in." },
  { OPT_STEP_VERIFY, "after the sign-in," },
};

static void
test_slow_steps (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (slow_steps); i++)
    {
      g_autoptr (OptEvidence) evidence = create_evidence ();
      g_autofree char *text = NULL;

      evidence->step = slow_steps[i].step;
      text = opt_advice_create_text (OPT_DIAGNOSIS_SERVER_TOO_SLOW, evidence, NULL);
      check_text (OPT_DIAGNOSIS_SERVER_TOO_SLOW, text);
      g_assert_nonnull (strstr (text, slow_steps[i].words));
    }
}

/* Codes, ports and the names of commands are for the cause; what only a check knows is in
 * capitals. */
static void
test_general_texts (void)
{
  for (guint i = 0; i < OPT_N_DIAGNOSES; i++)
    {
      g_autofree char *text = opt_advice_create_general_text (i);
      const char *cause = opt_advice_get_cause (i);

      check_text (i, text);
      g_assert_null (strpbrk (text, "0123456789$?"));
      g_assert_null (strstr (text, "EHLO"));
      g_assert_null (strstr (text, "RFC"));
      g_assert_true (g_str_has_suffix (cause, "."));
      g_assert_null (strstr (cause, ". "));
      g_assert_null (strchr (cause, '%'));
    }
}

static const struct
{
  OptDiagnosis diagnosis;
  const char *words;
} general[] = {
  { OPT_DIAGNOSIS_HOST_UNKNOWN, "the name SERVER." },
  { OPT_DIAGNOSIS_PASSWORD_REFUSED, "PROVIDER’s server" },
  { OPT_DIAGNOSIS_CERTIFICATE_UNTRUSTED, "“ISSUER”" },
  { OPT_DIAGNOSIS_CERTIFICATE_EXPIRED, "until DATE, and this computer’s date is TODAY." },
  { OPT_DIAGNOSIS_CERTIFICATE_NOT_YET_VALID, "from DATE on, but this computer’s date is TODAY." },
  { OPT_DIAGNOSIS_CLOCK_WRONG, "this computer’s date, TODAY." },
  { OPT_DIAGNOSIS_SERVER_TOO_SLOW, "A check says at which step" },
};

static void
test_general_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (general); i++)
    {
      g_autofree char *text = opt_advice_create_general_text (general[i].diagnosis);

      if (strstr (text, general[i].words) == NULL)
        g_error ("“%s” is not in “%s”", general[i].words, text);
    }
}

/* The two dates that do not fit together stand side by side, whatever the day is. */
static void
test_today (void)
{
  static const OptDiagnosis dated[] = { OPT_DIAGNOSIS_CERTIFICATE_EXPIRED,
                                        OPT_DIAGNOSIS_CERTIFICATE_NOT_YET_VALID,
                                        OPT_DIAGNOSIS_CLOCK_WRONG };
  g_autoptr (OptEvidence) evidence = create_evidence ();

  evidence->tls.certificate = create_certificate ("CN=Root");
  for (guint i = 0; i < G_N_ELEMENTS (dated); i++)
    {
      g_autofree char *before = create_today ();
      g_autofree char *text = opt_advice_create_text (dated[i], evidence, NULL);
      g_autofree char *after = create_today ();

      g_assert_true (strstr (text, before) != NULL || strstr (text, after) != NULL);
    }
}

/* What a text tells one to do, its button does: one of these words is in it. */
static const struct
{
  OptAction action;
  const char *words;
} action_words[] = {
  { OPT_ACTION_ENTER_PASSWORD, "enter it again" },
  { OPT_ACTION_OPEN_WEB_MAIL, "web" },
  { OPT_ACTION_OPEN_BROWSER, "browser" },
  { OPT_ACTION_OPEN_CONTACT, "Ask PROVIDER" },
  { OPT_ACTION_OPEN_NETWORK, "nother network|Connect" },
  { OPT_ACTION_OPEN_CLOCK, "date.*[Ss]et" },
  { OPT_ACTION_TRY_AGAIN, "again" },
  { OPT_ACTION_TRY_LATER, "Wait" },
  { OPT_ACTION_USE_SERVER, "port|server|Choose" },
  { OPT_ACTION_CHANGE_SERVERS, "Check" },
  { OPT_ACTION_COPY_REPORT, "Give the report" },
  { OPT_ACTION_GO_ON, "owner" },
};

static const char *
find_action_words (OptAction action)
{
  for (guint i = 0; i < G_N_ELEMENTS (action_words); i++)
    if (action_words[i].action == action)
      return action_words[i].words;

  return NULL;
}

static void
test_actions (void)
{
  for (guint i = 0; i < OPT_N_DIAGNOSES; i++)
    {
      g_autofree char *text = opt_advice_create_general_text (i);
      OptAction action = opt_advice_get_action (i);
      const char *words = find_action_words (action);

      g_test_message ("%s: %s", opt_diagnosis_to_string (i), text);
      g_assert_cmpint (action == OPT_ACTION_NONE, ==, i == OPT_DIAGNOSIS_WORKS);
      if (action == OPT_ACTION_NONE)
        continue;

      g_assert_nonnull (words);
      g_assert_true (g_regex_match_simple (words, text, 0, 0));
      /* Nobody else is told to wait, or sent to who helps. */
      if (action != OPT_ACTION_TRY_LATER)
        g_assert_false (g_regex_match_simple ("[Ww]ait|minute|moment", text, 0, 0));
      if (action != OPT_ACTION_COPY_REPORT)
        g_assert_null (strstr (text, "report"));
    }
}

static const struct
{
  guint wait_s;
  const char *words;
} waits[] = {
  { 30, "Wait a moment, then try again." },         { 60, "Wait a minute, then try again." },
  { 120, "Wait a few minutes, then try again." },   { 300, "Wait a few minutes, then try again." },
  { 900, "Wait fifteen minutes, then try again." },
};

static void
test_waits (void)
{
  for (guint i = 0; i < OPT_N_DIAGNOSES; i++)
    {
      guint wait_s = opt_advice_get_wait_s (i);
      g_autofree char *text = opt_advice_create_general_text (i);
      gboolean said = FALSE;

      g_test_message ("%s: %u s: %s", opt_diagnosis_to_string (i), wait_s, text);
      g_assert_cmpint (wait_s > 0, ==, opt_advice_get_action (i) == OPT_ACTION_TRY_LATER);
      for (guint j = 0; j < G_N_ELEMENTS (waits); j++)
        said = said || (waits[j].wait_s == wait_s && strstr (text, waits[j].words) != NULL);
      g_assert_cmpint (said, ==, wait_s > 0);
    }
}

static void
test_values (void)
{
  g_autoptr (OptEvidence) evidence = create_evidence ();

  evidence->tls.certificate = create_certificate ("CN=Root,OU=x,O=Evil\\, Inc.,C=US");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = opt_advice_create_text (texts[i].diagnosis, evidence, NULL);

      if (strstr (text, texts[i].words) == NULL)
        g_error ("“%s” is not in “%s”", texts[i].words, text);
    }
}

/* An issuer is a stranger's text too. */
static void
test_issuers (void)
{
  static const struct
  {
    const char *issuer, *want;
  } issuers[] = {
    { "CN=Root,O=Evil,C=US", "“Evil”" },
    { "O=Evil,CN=Root", "“Evil”" },
    { "CN=Root", "“Root”" },
    { "C=US", "“C=US”" },
    { "CN=\u202eRoot\x1b[1m", "“Root[1m”" },
    { "CN=%s%n", "“%s%n”" },
    { "CN=%1$s%2$s", "“%1$s%2$s”" },
    { "CN=<b>Call</b> http://evil.example now", "“Call […] now”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (issuers); i++)
    {
      g_autoptr (OptEvidence) evidence = create_evidence ();
      g_autofree char *text = NULL;

      evidence->tls.certificate = create_certificate (issuers[i].issuer);
      text = opt_advice_create_text (OPT_DIAGNOSIS_CERTIFICATE_UNTRUSTED, evidence, NULL);
      if (strstr (text, issuers[i].want) == NULL)
        g_error ("“%s” is not in “%s”", issuers[i].want, text);
    }
}

/* Every error that a person can cause has words of its own, or brings them. */
static void
test_errors (void)
{
  for (int code = OPT_ERROR_ADDRESS_EMPTY; code <= OPT_ERROR_ACCOUNTS_INVALID; code++)
    {
      g_autoptr (GError) error = g_error_new (OPT_ERROR, code, "for the log");
      const char *text = opt_advice_get_error_text (error);

      g_test_message ("%d: %s", code, text);
      if (code == OPT_ERROR_PROVIDERS_INVALID)
        continue;
      if (code == OPT_ERROR_CLIENT_NAME || code == OPT_ERROR_CLIENT_VALUE)
        {
          g_assert_cmpstr (text, ==, "for the log");
          continue;
        }
      g_assert_cmpstr (text, !=, "for the log");
      g_assert_true (g_str_has_suffix (text, "."));
    }
}

static void
test_strange_error (void)
{
  g_autoptr (GError) error = g_error_new (G_FILE_ERROR, G_FILE_ERROR_NOSPC, "No space left");

  g_assert_cmpstr (opt_advice_get_error_text (error), ==, "No space left");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/advice/titles", test_titles);
  g_test_add_func ("/advice/texts", test_texts);
  g_test_add_func ("/advice/values", test_values);
  g_test_add_func ("/advice/kept-password", test_kept_password);
  g_test_add_func ("/advice/retired-host", test_retired_host);
  g_test_add_func ("/advice/switched-off", test_switched_off);
  g_test_add_func ("/advice/slow-steps", test_slow_steps);
  g_test_add_func ("/advice/general-texts", test_general_texts);
  g_test_add_func ("/advice/general-values", test_general_values);
  g_test_add_func ("/advice/today", test_today);
  g_test_add_func ("/advice/actions", test_actions);
  g_test_add_func ("/advice/waits", test_waits);
  g_test_add_func ("/advice/issuers", test_issuers);
  g_test_add_func ("/advice/errors", test_errors);
  g_test_add_func ("/advice/strange-error", test_strange_error);

  return g_test_run ();
}
