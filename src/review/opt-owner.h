/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-found.h"

G_BEGIN_DECLS

/**
 * opt_owner_find_address:
 * @found: an account as some program has it
 * @providers: the providers that it may belong to
 *
 * Programs that only fetch know no sender. Where they sign in with the part before the @ alone, the
 * host tells the rest, unless customers of several providers use it. Pure.
 *
 * Returns: (transfer full) (nullable): whose mail it is; %NULL where nobody can tell
 */
OptAddress *opt_owner_find_address (const OptFound *found, OptProviders *providers);

G_END_DECLS
