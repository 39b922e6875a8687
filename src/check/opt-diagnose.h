/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-diagnosis.h"
#include "opt-evidence.h"

G_BEGIN_DECLS

/**
 * opt_diagnose:
 * @evidence: what one try at one server left behind
 *
 * Pure: the same evidence always gives the same diagnosis.
 *
 * Returns: the diagnosis
 */
OptDiagnosis opt_diagnose (const OptEvidence *evidence);

/**
 * opt_diagnose_together:
 * @evidence: (array length=n): what the tries at all servers of an account left behind
 * @diagnoses: (array length=n) (inout): what opt_diagnose() made of each
 * @n: how many there are
 *
 * Corrects what only the whole shows: a password that one server accepted is right, whatever
 * another says of it.
 */
void opt_diagnose_together (const OptEvidence *const *evidence, OptDiagnosis *diagnoses, guint n);

G_END_DECLS
