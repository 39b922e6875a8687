/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_CHANGES_BOX (opt_changes_box_get_type ())

/**
 * OptChangesBox:
 *
 * What to change by hand: all that differs, by server. Hidden while there is nothing.
 */
G_DECLARE_FINAL_TYPE (OptChangesBox, opt_changes_box, OPT, CHANGES_BOX, GtkBox)

/**
 * opt_changes_box_show:
 * @self: a box
 * @differences: (element-type OptDifference): what differs, in place of what was shown
 */
void opt_changes_box_show (OptChangesBox *self, GPtrArray *differences);

G_END_DECLS
