/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_CAPS_HINT (opt_caps_hint_get_type ())

/**
 * OptCapsHint:
 *
 * A line that says that Caps Lock is on, seen only while a password is typed that way.
 *
 * Properties: `entry` (a #GtkWidget): where the password is typed.
 */
G_DECLARE_FINAL_TYPE (OptCapsHint, opt_caps_hint, OPT, CAPS_HINT, GtkBox)

G_END_DECLS
