/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * opt_entry_name:
 * @row: a row of a template whose title is set
 * @message: (nullable): what always stands below it
 *
 * Lets a screen reader know when the focus is in the row, and what the row is called and described
 * by. libadwaita 1.2 tells nothing of the text that has the focus. Call it before the row is seen.
 */
void opt_entry_name (AdwEntryRow *row, GtkWidget *message);

/**
 * opt_entry_mark:
 * @row: a row that opt_entry_name() was called for
 * @wrong: whether what is typed there cannot be
 * @message: (nullable): the sentence that says why, and describes the row as long as it is wrong;
 *   %NULL if that is what always does
 *
 * Shows an error to the eye and tells it to a screen reader, or takes both back.
 */
void opt_entry_mark (AdwEntryRow *row, gboolean wrong, GtkWidget *message);

G_END_DECLS
