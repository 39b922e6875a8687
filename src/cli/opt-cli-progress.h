/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-check.h"

G_BEGIN_DECLS

/**
 * OptCliProgress:
 *
 * One line for each server on stdout. On a terminal they are there from the start and change in
 * place; anywhere else each is printed once, when the check is over.
 */
typedef struct _OptCliProgress OptCliProgress;

/**
 * opt_cli_progress_new:
 * @check: a check that has not run yet
 *
 * Returns: (transfer full): its progress
 */
OptCliProgress *opt_cli_progress_new (OptCheck *check);

/**
 * opt_cli_progress_finish:
 * @self: the progress of a check that is over
 *
 * Leaves the last state of each line.
 */
void opt_cli_progress_finish (OptCliProgress *self);

/**
 * opt_cli_progress_free:
 * @self: (transfer full): progress
 */
void opt_cli_progress_free (OptCliProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptCliProgress, opt_cli_progress_free)

G_END_DECLS
