/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-secret.h"
#include "opt-settings.h"

G_BEGIN_DECLS

/* What a phone's camera still reads from a screen; a code could hold more. */
#define OPT_QR_MAX_BYTES 800

/* ISO/IEC 18004 §9.1: so many light modules must surround the code. */
#define OPT_QR_QUIET_MODULES 4

/**
 * OptQr:
 *
 * The QR code that Thunderbird for Android scans: an account as a square of dark and light modules,
 * to be drawn by whoever shows it. One that holds a password is as secret as that.
 */
typedef struct _OptQr OptQr;

/**
 * opt_qr_create_payload:
 * @settings: what to hand over
 *
 * Returns: (transfer full): the text that the code without a password holds
 */
char *opt_qr_create_payload (const OptSettings *settings);

/**
 * opt_qr_new:
 * @settings: what to hand over
 * @secret: (nullable): the password, for somebody who asked to have it in there
 * @error: return location for %OPT_ERROR_CLIENT_VALUE when it is more than %OPT_QR_MAX_BYTES
 *
 * Pure: the same arguments make the same code.
 *
 * Returns: (transfer full) (nullable): the code
 */
OptQr *opt_qr_new (const OptSettings *settings, OptSecret *secret, GError **error);

/**
 * opt_qr_free:
 * @self: (transfer full): a code
 */
void opt_qr_free (OptQr *self);

/**
 * opt_qr_get_width:
 * @self: a code
 *
 * Returns: how many modules it is wide, and high; without the %OPT_QR_QUIET_MODULES on every side
 */
guint opt_qr_get_width (const OptQr *self);

/**
 * opt_qr_is_dark:
 * @self: a code
 * @x: a column from the left, from 0
 * @y: a row from the top, from 0
 *
 * Returns: whether the module there is dark
 */
gboolean opt_qr_is_dark (const OptQr *self, guint x, guint y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptQr, opt_qr_free)

G_END_DECLS
