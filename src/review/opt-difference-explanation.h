/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-difference.h"
#include "opt-explanation.h"

G_BEGIN_DECLS

/**
 * opt_differences_explain:
 * @explanations: (element-type OptExplanation): what opt_explanations_create() gave
 *
 * Adds every kind of difference, in the order of #OptDifferenceKind: what is wrong as its title,
 * and what to change as its text.
 */
void opt_differences_explain (GPtrArray *explanations);

/**
 * opt_difference_find_severity:
 * @id: a kind's id
 * @severity: (out): how bad it usually is
 *
 * Returns: whether there is such a kind
 */
gboolean opt_difference_find_severity (const char *id, OptSeverity *severity);

G_END_DECLS
