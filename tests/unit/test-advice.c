/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-advice.h"
#include "opt-error.h"

#include <string.h>

#define TITLE_MAX_CHARS 39
#define SENTENCE_MAX_WORDS 19

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
  { OPT_DIAGNOSIS_CERTIFICATE_EXPIRED, "until 2 January 2026." },
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
  g_auto (GStrv) sentences = g_regex_split_simple ("(?<=[.!?])\\s+", text, 0, 0);
  guint n = g_strv_length (sentences);

  g_test_message ("%s: %s", opt_diagnosis_to_string (diagnosis), text);
  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, 4);
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
      g_assert_cmpint (opt_advice_get_action (i), <=, OPT_ACTION_CHANGE_SERVERS);
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

static const struct
{
  const char *name, *text, *want;
} words[] = {
  { "plain", "Sender refused", "Sender refused" },
  { "lines", "one\ntwo\r\n three", "one two three" },
  { "spaces", "  one \t\t two  ", "one two" },
  { "control", "\033[31mred\a\b", "[31mred" },
  { "bidi", "abc\u202edef\u2066ghi\u200f", "abcdefghi" },
  { "zero-width", "pass\u200bword\ufeff", "password" },
  { "separators", "one\u2028two\u2029three", "one two three" },
  { "not-utf8", "a\xff b", "a\uFFFD b" },
  { "private", "a\ue000b", "ab" },
  { "empty", "", NULL },
  { "nothing-left", "\u202e\a \n", NULL },
};

static OptEvidence *
create_refusal (const char *text, gboolean secure)
{
  OptEvidence *evidence = create_evidence ();

  evidence->failure = OPT_FAILURE_REPLY;
  evidence->reply = g_new0 (OptReply, 1);
  evidence->reply->text = g_strdup (text);
  evidence->reply_secure = secure;

  return evidence;
}

static void
test_words (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptEvidence) evidence = create_refusal (words[i].text, TRUE);
  g_autofree char *got = opt_advice_create_server_words (evidence);

  g_assert_cmpstr (got, ==, words[i].want);
}

static void
test_long_words (void)
{
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *fitting_text = g_strnfill (300, 'x');
  g_autoptr (OptEvidence) evidence = create_refusal (long_text, TRUE);
  g_autoptr (OptEvidence) fitting = create_refusal (fitting_text, TRUE);
  g_autofree char *got = opt_advice_create_server_words (evidence);
  g_autofree char *whole = opt_advice_create_server_words (fitting);

  g_assert_cmpint (g_utf8_strlen (got, -1), ==, 301);
  g_assert_true (g_str_has_suffix (got, "x…"));
  g_assert_cmpstr (whole, ==, fitting_text);
}

/* Before TLS anybody on the way could have said it. */
static void
test_words_before_tls (void)
{
  g_autoptr (OptEvidence) evidence = create_refusal ("call 555-0100", FALSE);
  g_autoptr (OptEvidence) other = create_refusal ("call 555-0100", TRUE);

  g_assert_null (opt_advice_create_server_words (evidence));
  other->failure = OPT_FAILURE_NONE;
  g_assert_null (opt_advice_create_server_words (other));
}

/* Every error that a person can cause has words of its own. */
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
  g_test_add_func ("/advice/issuers", test_issuers);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *path = g_strconcat ("/advice/words/", words[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_words);
    }
  g_test_add_func ("/advice/long-words", test_long_words);
  g_test_add_func ("/advice/words-before-tls", test_words_before_tls);
  g_test_add_func ("/advice/errors", test_errors);
  g_test_add_func ("/advice/strange-error", test_strange_error);

  return g_test_run ();
}
