/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-page.h"

G_BEGIN_DECLS

#define OPT_TYPE_ACCOUNT_PAGE (opt_account_page_get_type ())

/**
 * OptAccountPage:
 *
 * Who somebody is: name, address, password, and where their mail should live.
 */
G_DECLARE_FINAL_TYPE (OptAccountPage, opt_account_page, OPT, ACCOUNT_PAGE, OptPage)

/**
 * opt_account_page_fill_in:
 * @self: a page
 * @name: what to put into the entry for the name
 * @address: what to put into the entry for the address
 * @password: an example's password, which is no secret
 *
 * Fills in an account to practice with.
 */
void opt_account_page_fill_in (OptAccountPage *self,
                               const char *name,
                               const char *address,
                               const char *password);

/**
 * opt_account_page_enter_password:
 * @self: a page that is shown
 *
 * Moves the focus to the password, and marks all of it so that typing replaces it.
 */
void opt_account_page_enter_password (OptAccountPage *self);

/**
 * opt_account_page_enter_name:
 * @self: a page that is shown
 *
 * As opt_account_page_enter_password(), for the name.
 */
void opt_account_page_enter_name (OptAccountPage *self);

G_END_DECLS
