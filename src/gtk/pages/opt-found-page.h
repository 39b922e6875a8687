/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-page.h"

G_BEGIN_DECLS

/* What an account is picked for. */
typedef enum
{
  OPT_FOUND_TO_REVIEW,
  OPT_FOUND_TO_MOVE,
} OptFoundPurpose;

#define OPT_TYPE_FOUND_PAGE (opt_found_page_get_type ())

/**
 * OptFoundPage:
 *
 * The accounts that were found, by program, to pick one; and what else one can do when it is not
 * among them.
 */
G_DECLARE_FINAL_TYPE (OptFoundPage, opt_found_page, OPT, FOUND_PAGE, OptPage)

/**
 * opt_found_page_set_purpose:
 * @self: a page
 * @purpose: what an account is picked for
 */
void opt_found_page_set_purpose (OptFoundPage *self, OptFoundPurpose purpose);

/**
 * opt_found_page_get_purpose:
 * @self: a page
 *
 * Returns: what an account is picked for
 */
OptFoundPurpose opt_found_page_get_purpose (OptFoundPage *self);

/**
 * opt_found_page_show_open_failed:
 * @self: a page
 * @path: (nullable): a file that could not be opened; %NULL to tell of none any more
 * @reason: (nullable): why, plain text, translated
 *
 * Tells it for as long as no other file is opened.
 */
void opt_found_page_show_open_failed (OptFoundPage *self, const char *path, const char *reason);

G_END_DECLS
