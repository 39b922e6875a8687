/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-evidence.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_CERTIFICATE_ROW (opt_certificate_row_get_type ())

/**
 * OptCertificateRow:
 *
 * The certificate that was expected and the one that a server showed, side by side. What does not
 * fit is marked by an icon, by words and by color.
 */
G_DECLARE_FINAL_TYPE (
  OptCertificateRow, opt_certificate_row, OPT, CERTIFICATE_ROW, AdwPreferencesRow)

/**
 * opt_certificate_row_new:
 *
 * Returns: (transfer floating): a row that is hidden until there is something to compare
 */
GtkWidget *opt_certificate_row_new (void);

/**
 * opt_certificate_row_compare:
 * @self: a row
 * @evidence: what a try left behind
 *
 * Shows the comparison if anything does not fit; hides the row otherwise.
 */
void opt_certificate_row_compare (OptCertificateRow *self, const OptEvidence *evidence);

G_END_DECLS
