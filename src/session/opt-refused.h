/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-check.h"

G_BEGIN_DECLS

/**
 * opt_check_was_refused:
 * @check: (nullable): a check
 *
 * Returns: whether a server did not accept the password
 */
gboolean opt_check_was_refused (OptCheck *check);

/**
 * opt_check_may_have_been_refused:
 * @check: (nullable): a check
 *
 * Returns: whether a server may have counted the password as wrong, whatever it said: one should
 *   not show it the same again unasked
 */
gboolean opt_check_may_have_been_refused (OptCheck *check);

G_END_DECLS
