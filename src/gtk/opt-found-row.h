/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-found-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_FOUND_ROW (opt_found_row_get_type ())

/**
 * OptFoundRow:
 *
 * One account that was found: its address, and how it stands in an icon and words.
 */
G_DECLARE_FINAL_TYPE (OptFoundRow, opt_found_row, OPT, FOUND_ROW, AdwActionRow)

/**
 * opt_found_row_new:
 * @item: the account to show
 *
 * Returns: (transfer floating): a row that follows @item and activates `win.found`
 */
GtkWidget *opt_found_row_new (OptFoundItem *item);

/**
 * opt_found_row_show_saved:
 * @self: a row of an account that was set up with us
 *
 * Has it say when the account was last checked and what came of that, with a button to check it.
 */
void opt_found_row_show_saved (OptFoundRow *self);

G_END_DECLS
