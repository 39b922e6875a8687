/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-diagnosis.h"
#include "opt-evidence.h"

G_BEGIN_DECLS

/**
 * OptFinding:
 * @tried: (element-type OptEvidence): what the tries at all candidates for one service left behind
 * @shown: the one of them that counts
 * @alternative: (nullable): a server that does answer where @shown's does not
 * @diagnosis: what opt_diagnose() made of @shown; corrected by opt_cross_check()
 *
 * What is known of one service before the services are compared. Borrows everything.
 */
typedef struct
{
  GPtrArray *tried;
  const OptEvidence *shown;
  const OptServer *alternative;
  OptDiagnosis diagnosis;
} OptFinding;

/**
 * opt_cross_check:
 * @findings: (array length=n): what was found of each service of an account
 * @n: how many there are
 *
 * Corrects the diagnoses by what only the whole shows: a password that one server accepted is right
 * whatever another says of it; what is wrong with everybody's certificate is wrong here.
 */
void opt_cross_check (OptFinding *findings, guint n);

G_END_DECLS
