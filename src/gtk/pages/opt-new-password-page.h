/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-page.h"

G_BEGIN_DECLS

#define OPT_TYPE_NEW_PASSWORD_PAGE (opt_new_password_page_get_type ())

/**
 * OptNewPasswordPage:
 *
 * A password that was changed at the provider: type it, see it checked, and see where it went.
 */
G_DECLARE_FINAL_TYPE (OptNewPasswordPage, opt_new_password_page, OPT, NEW_PASSWORD_PAGE, OptPage)

G_END_DECLS
