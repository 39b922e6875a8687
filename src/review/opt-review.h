/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-check.h"
#include "opt-difference.h"
#include "opt-found.h"

G_BEGIN_DECLS

/* What a test of settings has shown. The names of opt_review_verdict_to_string() never change once
 * released. */
typedef enum
{
  OPT_REVIEW_NONE,          /* not tested yet */
  OPT_REVIEW_WORKS,         /* they work as they are */
  OPT_REVIEW_PARTLY,        /* some servers work as they are, and the wanted ones are no better */
  OPT_REVIEW_WANTED_WORKS,  /* they do not work, those that the provider wants do */
  OPT_REVIEW_WANTED_PARTLY, /* they do not work, those that the provider wants do in part */
  OPT_REVIEW_NOT_SAFE,      /* they were not tried, as they are not safe; neither worked */
  OPT_REVIEW_FAILS,         /* neither works */
  OPT_REVIEW_CANCELLED,
} OptReviewVerdict;

#define OPT_TYPE_REVIEW_VERDICT (opt_review_verdict_get_type ())
GType opt_review_verdict_get_type (void);

/**
 * opt_review_verdict_to_string:
 * @verdict: a verdict
 *
 * Returns: (transfer none): its id, `wanted-works`
 */
const char *opt_review_verdict_to_string (OptReviewVerdict verdict);

/**
 * opt_review_verdict_get_title:
 * @verdict: a verdict
 *
 * Returns: (transfer none): in the person's language, under 40 characters
 */
const char *opt_review_verdict_get_title (OptReviewVerdict verdict);

#define OPT_TYPE_REVIEW (opt_review_get_type ())

/**
 * OptReview:
 *
 * An account as some program has it, held against what its provider wants, and tested: first as it
 * is, and if that fails as it should be. A server without TLS is never signed in to: it is asked
 * what it offers and left again.
 *
 * One refused password is one failed sign-in: settings that ask the same server under the same name
 * are not tried again when that has refused. Others are, once.
 *
 * Properties: `verdict` (an #OptReviewVerdict), `running`. Signals: `changed`, whenever anything
 * about a check changed.
 */
G_DECLARE_FINAL_TYPE (OptReview, opt_review, OPT, REVIEW, GObject)

/**
 * opt_review_new:
 * @found: an account as some program has it
 * @providers: the providers that it may belong to
 *
 * Returns: (transfer full): a review that was not tested yet. Needs no network.
 */
OptReview *opt_review_new (OptFound *found, OptProviders *providers);

/**
 * opt_review_get_found:
 * @self: a review
 *
 * Returns: (transfer none): the account as it is
 */
OptFound *opt_review_get_found (OptReview *self);

/**
 * opt_review_get_wanted:
 * @self: a review
 *
 * Returns: (transfer none) (nullable): the account as its provider wants it; %NULL when the address
 *   is none, or belongs to no provider that we know
 */
OptAccount *opt_review_get_wanted (OptReview *self);

/**
 * opt_review_get_compared:
 * @self: a review
 *
 * Returns: (transfer none) (nullable): what the account as it is was held against: the wanted one,
 *   or, in settings for everybody of a provider, one whose address and user names mean nothing;
 *   %NULL when they are of no provider that we know
 */
OptAccount *opt_review_get_compared (OptReview *self);

/**
 * opt_review_needs_address:
 * @self: a review
 *
 * Returns: whether nobody can tell whose account it is, and how to sign in depends on that: see
 *   opt_found_with_address()
 */
gboolean opt_review_needs_address (OptReview *self);

/**
 * opt_review_get_address:
 * @self: a review
 *
 * Returns: (transfer none) (nullable): whose it is, as the account itself says; where that says
 *   nothing, what its server and the name to sign in with tell; %NULL where nobody can tell
 */
const char *opt_review_get_address (OptReview *self);

/**
 * opt_review_get_differences:
 * @self: a review
 *
 * Returns: (transfer none) (element-type OptDifference): what differs, the worst first; for an
 *   account of no known provider what is safe nowhere
 */
GPtrArray *opt_review_get_differences (OptReview *self);

/**
 * opt_review_dup_unconfirmed_hosts:
 * @self: a review
 *
 * Returns: (transfer full) (array zero-terminated=1): the hosts of the account as it is that are
 *   neither the provider's own nor its retired ones and would get the password: ask about them
 *   first, by name. Each once, in lower-case ASCII
 */
char **opt_review_dup_unconfirmed_hosts (OptReview *self);

/**
 * opt_review_can_test:
 * @self: a review
 *
 * Returns: whether there is anything to test, as it is or as it should be
 */
gboolean opt_review_can_test (OptReview *self);

/**
 * opt_review_test_async:
 * @self: a review that can be tested and is not being tested
 * @secret: the password
 * @timeouts: how long is too long, for each of the checks
 * @network: (nullable): a world of its own instead of the real network
 * @cancellable: (nullable): ends it at once
 * @callback: called when it is over
 * @user_data: for @callback
 *
 * Whoever calls this has asked about opt_review_dup_unconfirmed_hosts().
 */
void opt_review_test_async (OptReview *self,
                            OptSecret *secret,
                            const OptTimeouts *timeouts,
                            OptNetwork *network,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/**
 * opt_review_test_finish:
 * @self: a review
 * @result: what the callback got
 *
 * Returns: the verdict
 */
OptReviewVerdict opt_review_test_finish (OptReview *self, GAsyncResult *result);

/**
 * opt_review_get_verdict:
 * @self: a review
 *
 * Returns: what the last test has shown
 */
OptReviewVerdict opt_review_get_verdict (OptReview *self);

/**
 * opt_review_is_running:
 * @self: a review
 *
 * Returns: whether it is being tested
 */
gboolean opt_review_is_running (OptReview *self);

/**
 * opt_review_get_check_now:
 * @self: a review
 *
 * Returns: (transfer none) (nullable): the check of the account as it is; %NULL before a test, and
 *   when no server of it can be asked at all
 */
OptCheck *opt_review_get_check_now (OptReview *self);

/**
 * opt_review_get_check_wanted:
 * @self: a review
 *
 * Returns: (transfer none) (nullable): the check of the account as it should be; %NULL when there
 *   was no need for it, or no use
 */
OptCheck *opt_review_get_check_wanted (OptReview *self);

/**
 * opt_review_was_only_looked_at:
 * @self: a review
 * @service: a service
 *
 * Returns: whether the server, as it is, was asked what it offers and not signed in to, because
 *   that would not have been safe
 */
gboolean opt_review_was_only_looked_at (OptReview *self, OptService service);

/**
 * opt_review_was_name_refused:
 * @self: a review
 *
 * Returns: whether a server refused the account as it is for the name that it signs in with: the
 *   same password was accepted with the name that the provider wants
 */
gboolean opt_review_was_name_refused (OptReview *self);

/**
 * opt_review_get_title:
 * @self: a review
 *
 * Returns: (transfer none): the title of the verdict, which also tells where settings work but are
 *   not safe or hold mistakes; under 40 characters
 */
const char *opt_review_get_title (OptReview *self);

/**
 * opt_review_create_text:
 * @self: a review
 *
 * Returns: (transfer full): one or two sentences in the person's language on what the test has
 *   shown and what to do; plain text
 */
char *opt_review_create_text (OptReview *self);

/**
 * opt_review_dup_account:
 * @self: a review
 *
 * Returns: (transfer full) (nullable): the account to go on with, for an export or a repair: with
 *   those servers of the provider that were found to work, else as it should be; of no provider
 * that we know, with all that were found to work; %NULL if neither is known
 */
OptAccount *opt_review_dup_account (OptReview *self);

G_END_DECLS
