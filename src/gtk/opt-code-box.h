/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_CODE_BOX (opt_code_box_get_type ())

/**
 * OptCodeBox:
 *
 * The code that a phone scans from the screen. It has the password in it only after a question, and
 * no longer than it is seen.
 */
G_DECLARE_FINAL_TYPE (OptCodeBox, opt_code_box, OPT, CODE_BOX, GtkBox)

/**
 * opt_code_box_show:
 * @self: a box
 * @session: whose settings the code holds
 * @error: return location for the errors of opt_session_create_code()
 *
 * Shows the code, without the password again.
 *
 * Returns: whether there is one
 */
gboolean opt_code_box_show (OptCodeBox *self, OptSession *session, GError **error);

/**
 * opt_code_box_clear:
 * @self: a box
 *
 * Shows nothing.
 */
void opt_code_box_clear (OptCodeBox *self);

G_END_DECLS
