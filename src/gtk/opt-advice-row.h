/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_ADVICE_ROW (opt_advice_row_get_type ())

/**
 * OptAdviceRow:
 *
 * What is to be done about one server, in words, with a button below them.
 */
G_DECLARE_FINAL_TYPE (OptAdviceRow, opt_advice_row, OPT, ADVICE_ROW, AdwPreferencesRow)

/**
 * opt_advice_row_new:
 *
 * Returns: (transfer floating): a row that is hidden until opt_advice_row_show()
 */
GtkWidget *opt_advice_row_new (void);

/**
 * opt_advice_row_show:
 * @self: a row
 * @text: plain text, translated
 * @button: (transfer floating) (nullable): what does it
 */
void opt_advice_row_show (OptAdviceRow *self, const char *text, GtkWidget *button);

G_END_DECLS
