/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-sheet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * opt_print_new:
 * @sheet: (transfer full): what to print
 *
 * Returns: (transfer full): an operation that prints the sheet on one page, and shows it before in
 * a window of ours where the desktop has no preview of its own; to be run without waiting
 */
GtkPrintOperation *opt_print_new (OptSheet *sheet);

/**
 * opt_print_create_page_setup:
 *
 * Returns: (transfer full): the paper that is used here, with margins that every printer has
 */
GtkPageSetup *opt_print_create_page_setup (void);

G_END_DECLS
