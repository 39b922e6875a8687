/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * opt_locale_init:
 *
 * Makes the program speak the language of whoever runs it. Translations come from where they are
 * installed, or from the folder that the environment variable `OPT_LOCALE_DIR` names: that is how a
 * program finds them that was built and not installed.
 *
 * Threads: call it once, first of all, before another thread starts.
 */
void opt_locale_init (void);

G_END_DECLS
