/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-check.h"

G_BEGIN_DECLS

/* What to print of a check while it runs. */
typedef enum
{
  OPT_CLI_PROGRESS_LINES = 1 << 0, /* one line for each server */
  OPT_CLI_PROGRESS_TRACE = 1 << 1, /* the dialogues */
} OptCliProgressParts;

/**
 * OptCliProgress:
 *
 * One line for each server on stdout. On a terminal they are there from the start and change in
 * place; anywhere else each is printed once, when the check is over. The dialogues go to stderr as
 * they come; on a terminal they scroll by above the other lines.
 */
typedef struct _OptCliProgress OptCliProgress;

/**
 * opt_cli_progress_new:
 * @check: a check that has not run yet
 * @parts: what to print
 *
 * Returns: (transfer full): its progress
 */
OptCliProgress *opt_cli_progress_new (OptCheck *check, OptCliProgressParts parts);

/**
 * opt_cli_progress_finish:
 * @self: the progress of a check that is over
 *
 * Prints what is left of the dialogues, and leaves the last state of each line.
 */
void opt_cli_progress_finish (OptCliProgress *self);

/**
 * opt_cli_progress_free:
 * @self: (transfer full): progress
 */
void opt_cli_progress_free (OptCliProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptCliProgress, opt_cli_progress_free)

G_END_DECLS
