/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-review-plan.h"
#include "opt-review.h"

G_BEGIN_DECLS

/**
 * OptReviewState:
 * @found: the account as it is
 * @wanted: (nullable): the account as its provider wants it
 * @compared: (nullable): what the account as it is was held against: @wanted, or that of an address
 *   that stands for everybody's, which is good for nothing else
 * @differences: (element-type OptDifference): what differs
 * @needed: for every service, whether the program has it or should have it
 * @plan_now: what the first check does
 * @plan_wanted: what the second check does; nothing until it is known what it is for
 * @check_now: (nullable): the first check
 * @check_wanted: (nullable): the second check
 * @verdict: what the test has shown
 *
 * All that a review knows.
 */
typedef struct
{
  OptFound *found;
  OptAccount *wanted;
  OptAccount *compared;
  GPtrArray *differences;
  gboolean needed[OPT_N_SERVICES];
  OptReviewPlan plan_now;
  OptReviewPlan plan_wanted;
  OptCheck *check_now;
  OptCheck *check_wanted;
  OptReviewVerdict verdict;
} OptReviewState;

/* Finds all but the plans and the checks, for an account that was found. */
void opt_review_state_compare (OptReviewState *self, OptProviders *providers);

/* Finds the differences anew, in the light of the checks; without these, as before them. */
void opt_review_state_revise (OptReviewState *self);

/* What the checks that are over come to. */
OptReviewVerdict opt_review_state_reach_verdict (const OptReviewState *self);

/* As in opt-review.h. */
gboolean opt_review_state_was_name_refused (const OptReviewState *self);
const char *opt_review_state_get_title (const OptReviewState *self);
char *opt_review_state_create_text (const OptReviewState *self);
OptAccount *opt_review_state_dup_account (const OptReviewState *self);

/**
 * OptReviewFacts:
 * @verdict: what the test has shown
 * @provider: (nullable): the provider's name
 * @unsafe: whether a server of the account as it is was not signed in to, because that is not safe
 * @refused: whether a server refused the password
 * @kept: whether that password was not typed, but was kept somewhere
 * @name_refused: whether that was about the name to sign in with, as the same password is accepted
 *   with the name that the provider wants
 * @tried_wanted: whether the account as it should be was tested
 * @untried: whether no server of the account as it is was seen to fail
 * @differs: whether there are differences
 * @worst: how bad the worst of them is
 *
 * What the words depend on.
 */
typedef struct
{
  OptReviewVerdict verdict;
  const char *provider;
  gboolean unsafe;
  gboolean refused;
  gboolean kept;
  gboolean name_refused;
  gboolean tried_wanted;
  gboolean untried;
  gboolean differs;
  OptSeverity worst;
} OptReviewFacts;

/* The title for the verdict, unless it would promise more than the differences let it. */
const char *opt_review_facts_get_title (const OptReviewFacts *facts);

/* The first text of the table that fits the facts. */
char *opt_review_facts_create_text (const OptReviewFacts *facts);

G_END_DECLS
