/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-page.h"

G_BEGIN_DECLS

#define OPT_TYPE_REVIEW_PAGE (opt_review_page_get_type ())

/**
 * OptReviewPage:
 *
 * One account that was found: what is wrong with it, now and recommended, whether either works, and
 * how to put it right.
 */
G_DECLARE_FINAL_TYPE (OptReviewPage, opt_review_page, OPT, REVIEW_PAGE, OptPage)

G_END_DECLS
