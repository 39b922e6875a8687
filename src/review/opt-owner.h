/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-detect.h"
#include "opt-found.h"

G_BEGIN_DECLS

/**
 * opt_owner_find_address:
 * @found: an account as some program has it
 * @providers: the providers that it may belong to
 *
 * Programs that only fetch know no sender. Where they sign in with the part before the @ alone, the
 * host tells the rest: it is the provider's that prefers it, or the only one that names it. Pure.
 *
 * Returns: (transfer full) (nullable): whose mail it is; %NULL where nobody can tell
 */
OptAddress *opt_owner_find_address (const OptFound *found, OptProviders *providers);

/**
 * opt_owner_find_anybody:
 * @found: an account as some program has it, of which nobody can tell whose it is
 * @providers: the providers that it may belong to
 *
 * Settings for everybody of a provider name its domain, or at least its hosts. Pure.
 *
 * Returns: (transfer full) (nullable): an address there that stands for all of them; %NULL where
 *   the settings are of no provider, or have an address
 */
OptAddress *opt_owner_find_anybody (const OptFound *found, OptProviders *providers);

/**
 * opt_owner_find_meant:
 * @found: an account as some program has it
 * @detection: what its address tells
 * @providers: the providers that it may belong to
 *
 * An address that looks mistyped is somebody's all the same, unless the servers say so, too.
 *
 * Returns: (transfer full) (nullable): the likeliest of the detection's suggestions whose provider
 *   has one of the account's servers
 */
OptAddress *opt_owner_find_meant (const OptFound *found,
                                  const OptDetection *detection,
                                  OptProviders *providers);

G_END_DECLS
