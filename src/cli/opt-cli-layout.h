/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * opt_cli_measure:
 * @text: one line, in UTF-8
 *
 * Returns: how many columns of a terminal it takes
 */
guint opt_cli_measure (const char *text);

/**
 * opt_cli_pad:
 * @text: one line, in UTF-8
 * @columns: how many columns it shall take at least
 *
 * Returns: (transfer full): it, with spaces after it
 */
char *opt_cli_pad (const char *text, guint columns);

/**
 * opt_cli_cut:
 * @text: one line, in UTF-8
 * @columns: how many columns it may take at most
 *
 * Returns: (transfer full): as much of its beginning as fits
 */
char *opt_cli_cut (const char *text, guint columns);

/**
 * opt_cli_wrap:
 * @text: one paragraph, in UTF-8
 * @columns: how many columns a line may take at most
 *
 * A line breaks at a space, or beside a wide character, as Chinese is written. What fits nowhere, a
 * long path for example, stays whole.
 *
 * Returns: (transfer full): its lines, with a line break between them
 */
char *opt_cli_wrap (const char *text, guint columns);

G_END_DECLS
