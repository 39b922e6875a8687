/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * opt_help_find_uri:
 *
 * Where the guide is: for the desktop's help viewer, if there is one and it would find the guide;
 * else the same as a page for a web browser, in the first of the person's languages that it has.
 *
 * Returns: (transfer full) (nullable): what to open; %NULL if the guide is not on this computer
 */
char *opt_help_find_uri (void);

G_END_DECLS
