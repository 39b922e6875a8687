/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-qr.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_QR_VIEW (opt_qr_view_get_type ())

/**
 * OptQrView:
 *
 * A QR code for a camera: black on white whatever the theme, every module as many whole pixels wide
 * as the others, with the light border that a reader needs.
 */
G_DECLARE_FINAL_TYPE (OptQrView, opt_qr_view, OPT, QR_VIEW, GtkWidget)

/**
 * opt_qr_view_set_code:
 * @self: a view
 * @qr: (transfer full) (nullable): what to show; %NULL for nothing
 */
void opt_qr_view_set_code (OptQrView *self, OptQr *qr);

/**
 * opt_qr_view_set_fills:
 * @self: a view
 * @fills: whether it gets all the room of a window, and so need not ask for any
 */
void opt_qr_view_set_fills (OptQrView *self, gboolean fills);

G_END_DECLS
