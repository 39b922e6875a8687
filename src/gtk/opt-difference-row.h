/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-difference.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_DIFFERENCE_ROW (opt_difference_row_get_type ())

/**
 * OptDifferenceRow:
 *
 * One thing that is wrong, and what to change it to by hand, with a button that copies the value
 * where there is one to type.
 */
G_DECLARE_FINAL_TYPE (OptDifferenceRow, opt_difference_row, OPT, DIFFERENCE_ROW, AdwActionRow)

/**
 * opt_difference_row_new:
 * @difference: what is wrong
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *opt_difference_row_new (const OptDifference *difference);

G_END_DECLS
