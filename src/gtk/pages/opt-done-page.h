/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-page.h"

G_BEGIN_DECLS

#define OPT_TYPE_DONE_PAGE (opt_done_page_get_type ())

/**
 * OptDonePage:
 *
 * What was set up.
 */
G_DECLARE_FINAL_TYPE (OptDonePage, opt_done_page, OPT, DONE_PAGE, OptPage)

/**
 * opt_done_page_add_file:
 * @self: a page
 * @path: a file that was saved
 */
void opt_done_page_add_file (OptDonePage *self, const char *path);

/**
 * opt_done_page_has_files:
 * @self: a page
 *
 * Returns: whether any file was added
 */
gboolean opt_done_page_has_files (OptDonePage *self);

G_END_DECLS
