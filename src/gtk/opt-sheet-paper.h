/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-sheet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * opt_sheet_draw:
 * @sheet: what stands on it
 * @cr: where to draw, in points, from the corner of what can be printed on
 * @width: how wide that is
 * @height: how high that is
 *
 * Draws a sheet in black, for a printer or for a preview: the same lines break at the same places.
 * It is always one page: what would be longer is drawn smaller.
 */
void opt_sheet_draw (const OptSheet *sheet, cairo_t *cr, double width, double height);

G_END_DECLS
