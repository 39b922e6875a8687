/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-qr.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_CODE_WINDOW (opt_code_window_get_type ())

/**
 * OptCodeWindow:
 *
 * A code as large as the screen, for a camera that does not get it from the page.
 */
G_DECLARE_FINAL_TYPE (OptCodeWindow, opt_code_window, OPT, CODE_WINDOW, AdwWindow)

/**
 * opt_code_window_new:
 * @parent: the window that it is called up from, and goes with
 * @qr: (transfer full): what to show
 * @title: what is in the code
 *
 * Returns: (transfer none): a window to be presented
 */
GtkWindow *opt_code_window_new (GtkWindow *parent, OptQr *qr, const char *title);

G_END_DECLS
