/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_APPLICATION (opt_application_get_type ())

/**
 * OptApplication:
 *
 * The program `optsetup`: its command line, the window, and what belongs to no window.
 */
G_DECLARE_FINAL_TYPE (OptApplication, opt_application, OPT, APPLICATION, AdwApplication)

/**
 * opt_application_new:
 *
 * Returns: (transfer full): the application
 */
OptApplication *opt_application_new (void);

G_END_DECLS
