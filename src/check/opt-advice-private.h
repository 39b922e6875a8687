/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-advice.h"

G_BEGIN_DECLS

/* What a placeholder of an advice stands for. */
typedef enum
{
  OPT_ADVICE_NOTHING,
  OPT_ADVICE_HOST,
  OPT_ADVICE_BRAND,
  OPT_ADVICE_ISSUER,
  OPT_ADVICE_END_DATE,
  OPT_ADVICE_START_DATE,
  OPT_ADVICE_TODAY,
  OPT_ADVICE_STEP, /* a sentence of its own */
} OptAdviceValue;

#define OPT_ADVICE_N_VALUES 2

/**
 * OptAdvice:
 * @diagnosis: what it is for
 * @title: what happened, untranslated
 * @text: what it means and what to do, untranslated, with `%1$s` and `%2$s` for @values
 * @cause: what the diagnosis is made of, untranslated
 * @values: what stands in @text
 * @action: what a front end can do
 * @wait_s: with %OPT_ACTION_TRY_LATER, after how many seconds
 * @kept_text: (nullable): what stands in place of @text for a password that was not typed
 * @retired_text: (nullable): what stands in place of @text for a host that the provider has
 *   switched off
 * @alone_text: (nullable): what stands in place of @text where the server itself has said so, and
 *   nothing was concluded from the others
 */
typedef struct
{
  OptDiagnosis diagnosis;
  const char *title;
  const char *text;
  const char *cause;
  OptAdviceValue values[OPT_ADVICE_N_VALUES];
  OptAction action;
  guint wait_s;
  const char *kept_text;
  const char *retired_text;
  const char *alone_text;
} OptAdvice;

/* In the order of OptDiagnosis. */
extern const OptAdvice opt_advice_table[OPT_N_DIAGNOSES];

/**
 * opt_advice_create_name:
 * @distinguished: a name as RFC 4514 writes it
 *
 * Returns: (transfer full): the organization in it that a person may know, or else the common name,
 *   safe to show as plain text
 */
char *opt_advice_create_name (const char *distinguished);

G_END_DECLS
