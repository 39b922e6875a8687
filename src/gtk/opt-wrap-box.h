/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_WRAP_BOX (opt_wrap_box_get_type ())

/**
 * OptWrapBox:
 *
 * Buttons side by side, each as wide as it wants to be, and on as many lines as they need, where a
 * flow box would put them into columns. Or columns of the same width, side by side where there is
 * room for them and one under the other where there is not.
 */
G_DECLARE_FINAL_TYPE (OptWrapBox, opt_wrap_box, OPT, WRAP_BOX, GtkWidget)

/**
 * opt_wrap_box_new_columns:
 * @min_width: where a column would be narrower, they go one under the other; pixels
 *
 * Returns: (transfer floating): an empty box for columns
 */
GtkWidget *opt_wrap_box_new_columns (int min_width);

/**
 * opt_wrap_box_append:
 * @self: a box
 * @child: (transfer floating): a widget to put behind the others
 */
void opt_wrap_box_append (OptWrapBox *self, GtkWidget *child);

/**
 * opt_wrap_box_clear:
 * @self: a box
 *
 * Removes all children.
 */
void opt_wrap_box_clear (OptWrapBox *self);

G_END_DECLS
