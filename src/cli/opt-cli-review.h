/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-cli-account.h"
#include "opt-cli-progress.h"

#include "opt-review.h"

G_BEGIN_DECLS

/* Why an account is not tested. The names of the JSON are made of them. */
typedef enum
{
  OPT_CLI_SKIP_NONE,       /* it is */
  OPT_CLI_SKIP_UNTESTABLE, /* nothing in it can be asked */
  OPT_CLI_SKIP_HOST,       /* nobody has confirmed where the password would go */
  OPT_CLI_SKIP_PASSWORD,   /* its password is not known */
  OPT_CLI_SKIP_REFUSED,    /* other settings have had the same password refused */
} OptCliSkip;

/**
 * OptCliReview:
 * @review: the account as some program has it
 * @account: whose password it takes; holds nothing when the address is none
 * @also: (element-type OptFound): who else has the very same settings
 * @secret: (nullable): the password, once it is known
 * @skip: why it is not tested
 *
 * An account of another program that is about to be tested.
 */
typedef struct
{
  OptReview *review;
  OptCliAccount account;
  GPtrArray *also;
  OptSecret *secret;
  OptCliSkip skip;
} OptCliReview;

/**
 * opt_cli_review_new:
 * @cli: the program
 * @found: an account as some program has it
 *
 * Returns: (transfer full): what to know before it can be tested
 */
OptCliReview *opt_cli_review_new (OptCli *cli, OptFound *found);

/**
 * opt_cli_review_free:
 * @self: (transfer full): a review
 */
void opt_cli_review_free (OptCliReview *self);

/**
 * opt_cli_review_dup_hosts:
 * @self: a review
 * @confirmed: (nullable) (array zero-terminated=1): hosts that the person has named
 *
 * Returns: (transfer full) (array zero-terminated=1): the hosts that would get the password, and
 *   are neither the provider's, nor of the account that is kept, nor in @confirmed
 */
char **opt_cli_review_dup_hosts (const OptCliReview *self, char **confirmed);

/**
 * opt_cli_review_ask_keeper:
 * @cli: the program
 * @self: a review of somebody who agreed
 *
 * Takes the password that the mail program keeps. Why it could not is said, but not that it keeps
 * none.
 *
 * Returns: %OPT_CLI_DONE, %OPT_CLI_NO_PASSWORD or %OPT_CLI_CANCELLED
 */
OptCliStatus opt_cli_review_ask_keeper (OptCli *cli, OptCliReview *self);

/**
 * opt_cli_review_create_network:
 * @self: a review
 * @world: (nullable): the practice servers
 *
 * Returns: (transfer full) (nullable): the ways to all servers of @self in @world; %NULL without it
 */
OptNetwork *opt_cli_review_create_network (const OptCliReview *self, OptPracticeWorld *world);

/**
 * opt_cli_review_was_refused:
 * @self: a review that is over
 *
 * Returns: whether a server has refused to sign the person in, so that one more try with the same
 *   password can lock the account
 */
gboolean opt_cli_review_was_refused (const OptCliReview *self);

/**
 * opt_cli_review_get_status:
 * @self: a review that is over
 *
 * Returns: how the program shall end for it
 */
OptCliStatus opt_cli_review_get_status (const OptCliReview *self);

/**
 * opt_cli_review_note:
 * @cli: the program
 * @self: a review that is over
 *
 * Keeps the result of an account that is kept. Not being able to is said.
 */
void opt_cli_review_note (OptCli *cli, const OptCliReview *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptCliReview, opt_cli_review_free)

G_END_DECLS
