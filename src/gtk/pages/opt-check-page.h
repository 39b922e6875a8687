/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-page.h"

G_BEGIN_DECLS

#define OPT_TYPE_CHECK_PAGE (opt_check_page_get_type ())

/**
 * OptCheckPage:
 *
 * The check while it runs, and its result: the verdict, the reason, the one thing to do.
 */
G_DECLARE_FINAL_TYPE (OptCheckPage, opt_check_page, OPT, CHECK_PAGE, OptPage)

/**
 * opt_check_page_get_heading:
 * @self: a page
 *
 * Returns: (transfer none): what it says of the check as a whole
 */
const char *opt_check_page_get_heading (OptCheckPage *self);

G_END_DECLS
