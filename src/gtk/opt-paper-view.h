/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-sheet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OPT_TYPE_PAPER_VIEW (opt_paper_view_get_type ())

/**
 * OptPaperView:
 *
 * The sheet as it will come out of the printer: white whatever the theme, as wide as there is room
 * and as high as the paper then is.
 */
G_DECLARE_FINAL_TYPE (OptPaperView, opt_paper_view, OPT, PAPER_VIEW, GtkWidget)

/**
 * opt_paper_view_new:
 *
 * Returns: (transfer floating): a view that shows nothing yet
 */
GtkWidget *opt_paper_view_new (void);

/**
 * opt_paper_view_show:
 * @self: a view
 * @sheet: what stands on the paper; copied as a picture
 * @setup: the paper
 */
void opt_paper_view_show (OptPaperView *self, const OptSheet *sheet, GtkPageSetup *setup);

G_END_DECLS
