/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-page.h"

G_BEGIN_DECLS

#define OPT_TYPE_SERVERS_PAGE (opt_servers_page_get_type ())

/**
 * OptServersPage:
 *
 * The servers typed by hand, for an address that is not of a provider we know.
 */
G_DECLARE_FINAL_TYPE (OptServersPage, opt_servers_page, OPT, SERVERS_PAGE, OptPage)

/**
 * opt_servers_page_apply:
 * @self: a page that is complete
 *
 * Gives the servers as typed to the session, in place of any provider's.
 */
void opt_servers_page_apply (OptServersPage *self);

G_END_DECLS
