/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-check.h"
#include "opt-found.h"

G_BEGIN_DECLS

/**
 * OptReviewPlan:
 * @account: (nullable): what to check; %NULL for nothing
 * @skip: for every service, whether to leave it out
 * @look_only: for every service, whether to look at it without signing in
 * @done: for every service, whether it needs no check because the same was found to work
 *
 * What one of the checks of a review does. All zero, it is nothing.
 */
typedef struct
{
  OptAccount *account;
  gboolean skip[OPT_N_SERVICES];
  gboolean look_only[OPT_N_SERVICES];
  gboolean done[OPT_N_SERVICES];
} OptReviewPlan;

/**
 * opt_review_plan_now:
 * @self: (out caller-allocates): the plan
 * @found: an account as some program has it
 * @wanted: (nullable): the account as its provider wants it
 *
 * Each server is asked exactly where the settings have it, and at no other host. One that is not
 * safe is only looked at. One that signs in by other means than the password is left out, because
 * we could not try that.
 */
void opt_review_plan_now (OptReviewPlan *self, const OptFound *found, OptAccount *wanted);

/**
 * opt_review_plan_wanted:
 * @self: (out caller-allocates): the plan
 * @needed: (array fixed-size=OPT_N_SERVICES): the services that the person needs
 * @wanted: (nullable): the account as its provider wants it
 * @now: (nullable): the check of the account as it is, which is over
 *
 * A host that refused the password under the same name is not asked again, nor a server that has
 * just failed in the same way as it would again. A locked account is left alone.
 */
void opt_review_plan_wanted (OptReviewPlan *self,
                             const gboolean needed[OPT_N_SERVICES],
                             OptAccount *wanted,
                             OptCheck *now);

/**
 * opt_review_plan_signs_in:
 * @self: a plan
 * @service: a service
 *
 * Returns: whether the server of @service gets the password
 */
gboolean opt_review_plan_signs_in (const OptReviewPlan *self, OptService service);

/**
 * opt_review_plan_clear:
 * @self: a plan
 *
 * Makes it nothing again.
 */
void opt_review_plan_clear (OptReviewPlan *self);

/**
 * opt_review_plan_create_check:
 * @self: a plan with an account
 * @timeouts: how long is too long
 * @network: (nullable): a world of its own instead of the real network
 *
 * Returns: (transfer full): the check
 */
OptCheck *opt_review_plan_create_check (const OptReviewPlan *self,
                                        const OptTimeouts *timeouts,
                                        OptNetwork *network);

G_END_DECLS
