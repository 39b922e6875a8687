/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_COLUMNS_BOX (opt_columns_box_get_type ())

/**
 * OptColumnsBox:
 *
 * Columns of the same width, side by side where there is room for them and one under the other
 * where there is not.
 */
G_DECLARE_FINAL_TYPE (OptColumnsBox, opt_columns_box, OPT, COLUMNS_BOX, GtkWidget)

/**
 * opt_columns_box_new:
 *
 * Returns: (transfer floating): an empty box
 */
GtkWidget *opt_columns_box_new (void);

/**
 * opt_columns_box_append:
 * @self: a box
 * @child: (transfer floating): the next column
 */
void opt_columns_box_append (OptColumnsBox *self, GtkWidget *child);

G_END_DECLS
