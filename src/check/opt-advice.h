/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-diagnosis.h"
#include "opt-evidence.h"
#include "opt-provider.h"

G_BEGIN_DECLS

/* What a front end can do about a diagnosis. */
typedef enum
{
  OPT_ACTION_NONE,
  OPT_ACTION_ENTER_PASSWORD,
  OPT_ACTION_OPEN_WEB_MAIL,
  OPT_ACTION_OPEN_CONTACT,
  OPT_ACTION_OPEN_NETWORK,
  OPT_ACTION_TRY_AGAIN,
  OPT_ACTION_CHANGE_SERVERS,
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
 * Returns: the one thing to do next
 */
OptAction opt_advice_get_action (OptDiagnosis diagnosis);

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
 * opt_advice_get_error_text:
 * @error: an error of any domain
 *
 * Returns: (transfer none): what it means for a person, translated; @error's own message if there
 *   are no words for it
 */
const char *opt_advice_get_error_text (const GError *error);

G_END_DECLS
