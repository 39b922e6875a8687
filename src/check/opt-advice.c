/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From a diagnosis to what people read of it. The words are in opt-advice-table.c; here are the
 * values that they speak of. The server's own words are quoted beside ours, never mixed in. */
#include "opt-advice-private.h"
#include "opt-diagnose.h"
#include "opt-fill-in.h"
#include "opt-quote.h"

#include <glib/gi18n-lib.h>

#define SERVER_WORDS_MAX_CHARS 300

/* At which step a server stopped answering. */
static const char *const step_sentences[OPT_N_STEPS] = {
  [OPT_STEP_RESOLVE] = N_ ("It stopped before its address was found."),
  [OPT_STEP_CONNECT] = N_ ("It stopped before there was a connection."),
  [OPT_STEP_SECURE] = N_ ("It stopped while the connection was being secured."),
  [OPT_STEP_GREET] = N_ ("It stopped during the greeting, before the sign-in."),
  [OPT_STEP_SIGN_IN] = N_ ("It stopped during the sign-in."),
  [OPT_STEP_VERIFY] = N_ ("It stopped after the sign-in, at the last test."),
};

const char *
opt_advice_get_title (OptDiagnosis diagnosis)
{
  g_return_val_if_fail (diagnosis < OPT_N_DIAGNOSES, NULL);

  return _ (opt_advice_table[diagnosis].title);
}

/* Nobody has mistyped what nobody has typed, nor the name of a server that there was. */
static const char *
get_text (const OptAdvice *advice, const OptEvidence *evidence, const OptProvider *provider)
{
  if (evidence->password_origin != OPT_SECRET_TYPED && advice->kept_text != NULL)
    return _ (advice->kept_text);
  if (advice->retired_text != NULL && provider != NULL &&
      opt_provider_is_retired_host (provider, opt_server_get_host (evidence->server)))
    return _ (advice->retired_text);
  if (advice->alone_text != NULL && opt_diagnose (evidence) == advice->diagnosis)
    return _ (advice->alone_text);

  return _ (advice->text);
}

static char *
create_value (OptAdviceValue value, const OptEvidence *evidence, const OptProvider *provider)
{
  const OptCertificate *certificate = evidence->tls.certificate;

  switch (value)
    {
    case OPT_ADVICE_NOTHING:
      return NULL;
    case OPT_ADVICE_HOST:
      return g_strdup (opt_server_get_host (evidence->server));
    case OPT_ADVICE_BRAND:
      return g_strdup (provider != NULL ? opt_provider_get_name (provider)
                                        : opt_server_get_host (evidence->server));
    case OPT_ADVICE_ISSUER:
      return certificate != NULL ? opt_advice_create_name (certificate->issuer) : g_strdup ("?");
    case OPT_ADVICE_END_DATE:
      return certificate != NULL ? opt_advice_format_date (certificate->not_after) : g_strdup ("?");
    case OPT_ADVICE_START_DATE:
      return certificate != NULL ? opt_advice_format_date (certificate->not_before)
                                 : g_strdup ("?");
    case OPT_ADVICE_TODAY:
      return opt_advice_format_date (g_get_real_time () / G_USEC_PER_SEC);
    case OPT_ADVICE_STEP:
      return g_strdup (_ (step_sentences[evidence->step]));
    }

  g_assert_not_reached ();
}

/* What stands for a value that only a check would tell. */
static const char *
name_value (OptAdviceValue value)
{
  switch (value)
    {
    case OPT_ADVICE_NOTHING:
      return NULL;
    case OPT_ADVICE_HOST:
      /* Translators: stands for the name of a server in a manual; in a script without capitals, put
       * it in brackets */
      return _ ("SERVER");
    case OPT_ADVICE_BRAND:
      /* Translators: stands for a mail provider in a manual; in a script without capitals, put it
       * in brackets */
      return _ ("PROVIDER");
    case OPT_ADVICE_ISSUER:
      /* Translators: stands for whoever issued a certificate in a manual; in a script without
       * capitals, put it in brackets */
      return _ ("ISSUER");
    case OPT_ADVICE_END_DATE:
    case OPT_ADVICE_START_DATE:
      /* Translators: stands for a date in a manual; in a script without capitals, put it in
       * brackets */
      return _ ("DATE");
    case OPT_ADVICE_TODAY:
      /* Translators: stands for today’s date in a manual; in a script without capitals, put it in
       * brackets */
      return _ ("TODAY");
    case OPT_ADVICE_STEP:
      /* Translators: stands in a manual for a sentence such as: It stopped during the sign-in. */
      return _ ("A check says at which step it stopped.");
    }

  g_assert_not_reached ();
}

char *
opt_advice_create_text (OptDiagnosis diagnosis,
                        const OptEvidence *evidence,
                        const OptProvider *provider)
{
  const OptAdvice *advice;
  char *values[OPT_ADVICE_N_VALUES];
  char *text;

  g_return_val_if_fail (diagnosis < OPT_N_DIAGNOSES && evidence != NULL, NULL);

  advice = &opt_advice_table[diagnosis];
  for (guint i = 0; i < OPT_ADVICE_N_VALUES; i++)
    values[i] = create_value (advice->values[i], evidence, provider);

  text = opt_fill_in (get_text (advice, evidence, provider),
                      (const char *const *) values,
                      OPT_ADVICE_N_VALUES);
  for (guint i = 0; i < OPT_ADVICE_N_VALUES; i++)
    g_free (values[i]);

  return text;
}

char *
opt_advice_create_general_text (OptDiagnosis diagnosis)
{
  const char *values[OPT_ADVICE_N_VALUES];

  g_return_val_if_fail (diagnosis < OPT_N_DIAGNOSES, NULL);

  for (guint i = 0; i < OPT_ADVICE_N_VALUES; i++)
    values[i] = name_value (opt_advice_table[diagnosis].values[i]);

  return opt_fill_in (_ (opt_advice_table[diagnosis].text), values, OPT_ADVICE_N_VALUES);
}

const char *
opt_advice_get_cause (OptDiagnosis diagnosis)
{
  g_return_val_if_fail (diagnosis < OPT_N_DIAGNOSES, NULL);

  return _ (opt_advice_table[diagnosis].cause);
}

OptAction
opt_advice_get_action (OptDiagnosis diagnosis)
{
  g_return_val_if_fail (diagnosis < OPT_N_DIAGNOSES, OPT_ACTION_NONE);

  return opt_advice_table[diagnosis].action;
}

guint
opt_advice_get_wait_s (OptDiagnosis diagnosis)
{
  g_return_val_if_fail (diagnosis < OPT_N_DIAGNOSES, 0);

  return opt_advice_table[diagnosis].wait_s;
}

const char *
opt_advice_get_proxy_text (void)
{
  return _ ("This computer is set to use a proxy. Mail does not go through it, but straight to the "
            "servers.");
}

char *
opt_advice_create_server_words (const OptEvidence *evidence)
{
  g_autofree char *words = NULL;

  g_return_val_if_fail (evidence != NULL, NULL);

  if (evidence->failure != OPT_FAILURE_REPLY || evidence->reply == NULL || !evidence->reply_secure)
    return NULL;

  words = opt_quote_create (evidence->reply->text, SERVER_WORDS_MAX_CHARS);

  return words[0] != '\0' ? g_steal_pointer (&words) : NULL;
}

const char *
opt_advice_get_skipped_title (void)
{
  return _ ("Not tried");
}

const char *
opt_advice_get_skipped_text (void)
{
  return _ ("Not tried, so that a wrong password does not lock your account");
}

const char *
opt_advice_get_seen_title (void)
{
  return _ ("Answers, not signed in");
}

const char *
opt_advice_get_seen_text (void)
{
  return _ ("Answers, but did not get your password, because these settings are not safe");
}
