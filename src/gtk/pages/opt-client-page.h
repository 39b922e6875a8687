/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-page.h"

G_BEGIN_DECLS

#define OPT_TYPE_CLIENT_PAGE (opt_client_page_get_type ())

/**
 * OptClientPage:
 *
 * One mail program: what it gets, how to bring it in, and the file to save.
 */
G_DECLARE_FINAL_TYPE (OptClientPage, opt_client_page, OPT, CLIENT_PAGE, OptPage)

/**
 * opt_client_page_set_client:
 * @self: a page
 * @client: the program to show, with the session's settings as they are now
 */
void opt_client_page_set_client (OptClientPage *self, const OptClient *client);

/**
 * opt_client_page_get_client:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): the program that is shown
 */
const OptClient *opt_client_page_get_client (OptClientPage *self);

/**
 * opt_client_page_offers_file:
 * @self: a page
 *
 * Returns: whether there are files to save, with the settings as they are
 */
gboolean opt_client_page_offers_file (OptClientPage *self);

/**
 * opt_client_page_wants_password:
 * @self: a page
 *
 * Returns: whether the person wants the password in the file
 */
gboolean opt_client_page_wants_password (OptClientPage *self);

/**
 * opt_client_page_get_setup:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): setting up the program that is shown, where that can be done
 */
OptSetupJob *opt_client_page_get_setup (OptClientPage *self);

G_END_DECLS
