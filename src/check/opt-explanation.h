/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-advice.h"

G_BEGIN_DECLS

/* What has an id. */
typedef enum
{
  OPT_EXPLAINED_DIAGNOSIS,  /* what a check finds */
  OPT_EXPLAINED_KEYRING,    /* what goes wrong with the keyring */
  OPT_EXPLAINED_DIFFERENCE, /* what settings have that the provider does not want */
} OptExplained;

/**
 * OptExplanation:
 * @kind: of what kind it is
 * @id: what it is called in JSON, reports and manuals
 * @title: what happened, translated; of a difference, a whole sentence
 * @cause: (nullable): what it is told by, one technical sentence, translated; none for a difference
 * @text: what it means and what to do, translated, with words in capitals for what only a check
 *   would tell; of a difference, with values that are examples
 * @action: what the program offers to do
 * @wait_s: with %OPT_ACTION_TRY_LATER, after how many seconds
 *
 * One thing that can go wrong, with a server, with the keyring or with settings.
 */
typedef struct
{
  OptExplained kind;
  const char *id;
  char *title;
  const char *cause;
  char *text;
  OptAction action;
  guint wait_s;
} OptExplanation;

/**
 * opt_explanations_create:
 *
 * Returns: (transfer full) (element-type OptExplanation): all that can go wrong with servers, in
 * the order of #OptDiagnosis, then with the keyring. What is added to it, it owns.
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
