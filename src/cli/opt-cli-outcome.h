/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-cli-review.h"

G_BEGIN_DECLS

/**
 * OptCliSections:
 *
 * What a person sees of a test of settings: the check of them as they are, and under it, if there
 * is one, that of what the provider wants.
 */
typedef struct _OptCliSections OptCliSections;

/**
 * opt_cli_sections_new:
 * @cli: the program
 * @review: a review, at any time; what there is of it already is printed at once
 * @parts: what to print of each check
 *
 * Returns: (transfer full): its sections
 */
OptCliSections *
opt_cli_sections_new (const OptCli *cli, OptReview *review, OptCliProgressParts parts);

/**
 * opt_cli_sections_free:
 * @self: (transfer full): sections of a review that is over
 *
 * Prints what is left.
 */
void opt_cli_sections_free (OptCliSections *self);

/**
 * opt_cli_print_outcome:
 * @cli: the program
 * @self: a review that is over, or was skipped
 *
 * Prints to stdout what the test has shown, what differs, and how to go on.
 */
void opt_cli_print_outcome (const OptCli *cli, const OptCliReview *self);

/**
 * opt_cli_describe_outcome:
 * @self: a review that is over, or was skipped
 *
 * Returns: (transfer full): the same in a few words
 */
char *opt_cli_describe_outcome (const OptCliReview *self);

/**
 * opt_cli_print_outcomes_json:
 * @reviews: (element-type OptCliReview): reviews that are over, or were skipped
 *
 * Prints them to stdout as README.md documents it.
 */
void opt_cli_print_outcomes_json (GPtrArray *reviews);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptCliSections, opt_cli_sections_free)

G_END_DECLS
