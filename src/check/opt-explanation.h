/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-advice.h"

G_BEGIN_DECLS

/**
 * OptExplanation:
 * @id: what it is called in JSON, reports and manuals
 * @title: what happened, translated
 * @cause: what it is told by, one technical sentence, translated
 * @text: what it means and what to do, translated, with words in capitals for what only a check
 *   would tell
 * @action: what the program offers to do
 * @wait_s: with %OPT_ACTION_TRY_LATER, after how many seconds
 *
 * One thing that can go wrong, with a server or with the keyring.
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *cause;
  char *text;
  OptAction action;
  guint wait_s;
} OptExplanation;

/**
 * opt_explanations_create:
 *
 * Returns: (transfer full) (element-type OptExplanation): all that can go wrong, the servers in the
 *   order of #OptDiagnosis, then the keyring
 */
GPtrArray *opt_explanations_create (void);

/**
 * opt_explanations_find_nearest:
 * @explanations: (element-type OptExplanation): explanations
 * @id: what may be meant for an id
 *
 * Returns: (transfer none) (nullable): the id that @id is, or is a slip of the finger or two away
 *   from, or stands in; %NULL if it is like none
 */
const OptExplanation *opt_explanations_find_nearest (GPtrArray *explanations, const char *id);

G_END_DECLS
