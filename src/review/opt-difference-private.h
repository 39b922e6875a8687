/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-difference.h"
#include "opt-host-kind.h"

G_BEGIN_DECLS

/* What is compared: one server of each side. */
typedef struct
{
  OptService service;
  const OptFoundServer *now;
  const char *host; /* of now, folded, without spaces around it */
  const char *user; /* of now, without spaces around it; or NULL */
  OptHostKind host_kind;
  const OptServer *wanted; /* the closest of what the provider wants; NULL if nobody knows it */
  const OptServer *first;  /* the preferred one; likewise */
} OptPair;

/**
 * OptDifferenceRow:
 * @id: the kind's id
 * @severity: how bad it is, unless the rule knows better
 * @pair_rule: (nullable): whether a server differs in this way, and in what values
 * @account_rule: (nullable): in its place, whether an account does
 * @for_everybody: whether @pair_rule needs to know of no provider
 *
 * All that is known of one kind of difference, except for the words.
 */
typedef struct
{
  const char *id;
  OptSeverity severity;
  gboolean (*pair_rule) (const OptPair *pair, OptDifference *difference);
  gboolean (*account_rule) (const OptFound *found,
                            const OptAccount *wanted,
                            OptDifference *difference);
  gboolean for_everybody;
} OptDifferenceRow;

/* The order of opt_differences_find(), for differences whose severity has changed. */
void opt_differences_sort (GPtrArray *differences);

/* Whether there are words for a server that works in spite of it. */
gboolean opt_difference_can_work (OptDifferenceKind kind);

extern const OptDifferenceRow opt_difference_table[OPT_N_DIFFERENCES];

G_END_DECLS
