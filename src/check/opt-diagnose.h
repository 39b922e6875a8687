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

G_END_DECLS
