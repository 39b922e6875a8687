/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-page.h"

G_BEGIN_DECLS

#define OPT_TYPE_SAVE_PAGE (opt_save_page_get_type ())

/**
 * OptSavePage:
 *
 * Whether the password is kept in the keyring, and how that went.
 */
G_DECLARE_FINAL_TYPE (OptSavePage, opt_save_page, OPT, SAVE_PAGE, OptPage)

/**
 * opt_save_page_wants_saving:
 * @self: a page
 *
 * Returns: whether the person wants the password to be kept, and it can be
 */
gboolean opt_save_page_wants_saving (OptSavePage *self);

G_END_DECLS
