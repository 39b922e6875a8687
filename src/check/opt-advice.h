/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-diagnosis.h"
#include "opt-evidence.h"
#include "opt-provider.h"

G_BEGIN_DECLS

/* What a front end can do about a diagnosis; each has a button in the wizard. */
typedef enum
{
  OPT_ACTION_NONE,
  OPT_ACTION_ENTER_PASSWORD,
  OPT_ACTION_OPEN_WEB_MAIL,
  OPT_ACTION_OPEN_BROWSER, /* at a page of the provider's, which the network will cover */
  OPT_ACTION_OPEN_CONTACT,
  OPT_ACTION_OPEN_NETWORK,   /* the desktop's network settings */
  OPT_ACTION_OPEN_CLOCK,     /* the desktop's settings of date and time */
  OPT_ACTION_TRY_AGAIN,      /* at once */
  OPT_ACTION_TRY_LATER,      /* when a countdown has ended */
  OPT_ACTION_USE_SERVER,     /* another port, another host: try again with it */
  OPT_ACTION_CHANGE_SERVERS, /* the page where servers are typed */
  OPT_ACTION_COPY_REPORT,
  OPT_ACTION_GO_ON, /* without this server, with those that work */
} OptAction;

/**
 * opt_advice_get_title:
 * @diagnosis: a diagnosis
 *
 * Returns: (transfer none): what happened, in under 40 characters, translated
 */
const char *opt_advice_get_title (OptDiagnosis diagnosis);

/**
 * opt_advice_create_text:
 * @diagnosis: a diagnosis
 * @evidence: what it was made of
 * @provider: (nullable): whose server it was
 *
 * Returns: (transfer full): what it means and what to do, one to three sentences, translated
 */
char *opt_advice_create_text (OptDiagnosis diagnosis,
                              const OptEvidence *evidence,
                              const OptProvider *provider);

/**
 * opt_advice_get_action:
 * @diagnosis: a diagnosis
 *
 * What the table says; whether it can be done about a certain server, opt_remedy_new() knows.
 *
 * Returns: the one thing to do next
 */
OptAction opt_advice_get_action (OptDiagnosis diagnosis);

/**
 * opt_advice_get_wait_s:
 * @diagnosis: a diagnosis
 *
 * Returns: how long to wait before the next try, seconds; 0 for not at all
 */
guint opt_advice_get_wait_s (OptDiagnosis diagnosis);

/**
 * opt_advice_get_cause:
 * @diagnosis: a diagnosis
 *
 * Returns: (transfer none): what it was made of, one technical sentence for manuals, translated
 */
const char *opt_advice_get_cause (OptDiagnosis diagnosis);

/**
 * opt_advice_create_general_text:
 * @diagnosis: a diagnosis
 *
 * Returns: (transfer full): as opt_advice_create_text(), with words in capitals such as SERVER for
 *   what only a check would tell, translated
 */
char *opt_advice_create_general_text (OptDiagnosis diagnosis);

/**
 * opt_advice_format_date:
 * @unix_time: seconds since 1970
 *
 * Returns: (transfer full): the day here, for a person to read
 */
char *opt_advice_format_date (gint64 unix_time);

/* What of a certificate is compared. */
typedef enum
{
  OPT_COMPARED_NAME,
  OPT_COMPARED_ISSUER,
  OPT_COMPARED_DATES,
} OptCompared;

/**
 * OptComparison:
 * @what: what is compared
 * @label: (transfer none): its name, translated
 * @expected: what it should be
 * @shown: what the server showed; may hold anything, as plain text
 * @fits: whether that is all right
 *
 * One line of a comparison between the certificate that was expected and the one that came.
 */
typedef struct
{
  OptCompared what;
  const char *label;
  char *expected;
  char *shown;
  gboolean fits;
} OptComparison;

/**
 * opt_advice_compare_certificate:
 * @evidence: what a try left behind
 *
 * Returns: (transfer full) (nullable) (element-type OptComparison): name, issuer and dates of the
 *   server's certificate beside what was expected; %NULL if none was seen
 */
GPtrArray *opt_advice_compare_certificate (const OptEvidence *evidence);

/**
 * opt_advice_get_proxy_text:
 *
 * Returns: (transfer none): that the system's proxy is not used for mail, translated
 */
const char *opt_advice_get_proxy_text (void);

/**
 * opt_advice_create_server_words:
 * @evidence: what a try left behind
 *
 * Returns: (transfer full) (nullable): what the server said, safe to show as plain text; %NULL if
 *   it said nothing, or said it before TLS, where anybody on the way could have
 */
char *opt_advice_create_server_words (const OptEvidence *evidence);

/**
 * opt_advice_get_skipped_title:
 *
 * Returns: (transfer none): that a server was not tried, translated
 */
const char *opt_advice_get_skipped_title (void);

/**
 * opt_advice_get_skipped_text:
 *
 * Returns: (transfer none): why a server was not tried, translated
 */
const char *opt_advice_get_skipped_text (void);

/**
 * opt_advice_get_seen_title:
 *
 * Returns: (transfer none): that a server was only looked at, translated
 */
const char *opt_advice_get_seen_title (void);

/**
 * opt_advice_get_seen_text:
 *
 * Returns: (transfer none): why a server was only looked at, translated
 */
const char *opt_advice_get_seen_text (void);

/**
 * opt_advice_get_error_text:
 * @error: an error of any domain
 *
 * Returns: (transfer none): what it means for a person, translated; @error's own message if there
 *   are no words for it
 */
const char *opt_advice_get_error_text (const GError *error);

G_END_DECLS
