/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-cli.h"

#include "opt-review.h"
#include "opt-scan.h"

G_BEGIN_DECLS

/**
 * opt_cli_print_found:
 * @review: a review
 *
 * Prints to stdout whose account it is, where it stands, and its servers. What it says of itself is
 * anybody's text, and is made safe to show.
 */
void opt_cli_print_found (OptReview *review);

/**
 * opt_cli_print_differences:
 * @review: a review
 *
 * Prints to stdout, indented, what differs from what the provider wants, why that matters, and what
 * to change by hand; or that nothing does.
 */
void opt_cli_print_differences (OptReview *review);

/**
 * opt_cli_add_review:
 * @builder: a builder inside an object
 * @review: a review
 *
 * Adds the account as it is, and what differs, as README.md documents it.
 */
void opt_cli_add_review (JsonBuilder *builder, OptReview *review);

/**
 * opt_cli_add_place:
 * @builder: a builder inside an object
 * @found: an account as some program has it
 *
 * Adds `"client":…,"program":…,"path":…`.
 */
void opt_cli_add_place (JsonBuilder *builder, const OptFound *found);

/**
 * opt_cli_add_trouble:
 * @builder: a builder inside an array
 * @trouble: settings that could not be read
 */
void opt_cli_add_trouble (JsonBuilder *builder, const OptScanTrouble *trouble);

/**
 * opt_cli_complain_about_trouble:
 * @trouble: settings that could not be read
 *
 * Says so on stderr.
 */
void opt_cli_complain_about_trouble (const OptScanTrouble *trouble);

/**
 * opt_cli_dup_address:
 * @review: a review
 *
 * Returns: (transfer full): whose account it is, safe to show; words that say so when nobody can
 *   tell
 */
char *opt_cli_dup_address (OptReview *review);

/**
 * opt_cli_scan_machine:
 * @cli: the program, not practicing
 * @client: (nullable): the one program to look for; %NULL for all, and our own accounts
 * @error: return location; only ever %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was found
 */
OptScan *opt_cli_scan_machine (OptCli *cli, const OptClient *client, GError **error);

G_END_DECLS
