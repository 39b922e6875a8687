/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-page.h"

G_BEGIN_DECLS

#define OPT_TYPE_WELCOME_PAGE (opt_welcome_page_get_type ())

/**
 * OptWelcomePage:
 *
 * Three tasks as they are named in life; in practice mode also accounts to practice with.
 */
G_DECLARE_FINAL_TYPE (OptWelcomePage, opt_welcome_page, OPT, WELCOME_PAGE, OptPage)

/**
 * opt_welcome_page_add_example:
 * @self: a page
 * @title: what the example shows, translated
 * @address: its address
 *
 * Adds an account to practice with; activating it activates the action `win.practice` with the
 * address.
 */
void opt_welcome_page_add_example (OptWelcomePage *self, const char *title, const char *address);

G_END_DECLS
