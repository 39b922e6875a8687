/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-check.h"

G_BEGIN_DECLS

/**
 * opt_advice_create_stand_in_text:
 * @check: a check that has a verdict
 *
 * Returns: (transfer full) (nullable): that a usual server does not work and which one does in its
 *   place, a line for each such pair, translated; %NULL if the usual servers were used
 */
char *opt_advice_create_stand_in_text (OptCheck *check);

G_END_DECLS
