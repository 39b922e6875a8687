/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-report.h"

G_BEGIN_DECLS

/* How a probe ended: `works`, `fails`, `skipped` or `seen`. */
const char *opt_report_get_result (OptProbe *probe);

/* What is wrong with one of the servers that a probe tried. Returns FALSE when nothing is, or when
 * it was not let sign in. */
gboolean
opt_report_find_diagnosis (OptProbe *probe, const OptEvidence *evidence, OptDiagnosis *diagnosis);

/* Why a probe did not sign in although it could have, translated. Returns FALSE when it did, or
 * could not. */
gboolean opt_report_find_reason (OptProbe *probe, const char **title, const char **text);

/* ISO 8601 in UTC, or NULL for a time that no calendar has. */
char *opt_report_format_date (gint64 unix_time);

/* The ids of what is wrong with a certificate; free with g_strfreev(). */
char **opt_report_list_problems (OptCertificateProblems problems);

G_END_DECLS
