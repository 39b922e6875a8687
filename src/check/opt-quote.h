/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * opt_quote_create:
 * @text: what a stranger said; may hold any bytes
 * @max_chars: how much of it to keep, characters
 *
 * Takes away all that could be more than words: control and format characters, markup, and links,
 * which become “[…]”. An address in angle brackets stays. Every run of white space becomes one
 * space, and what is cut off is marked by “…”.
 *
 * Returns: (transfer full): valid UTF-8 on one line; may be empty
 */
char *opt_quote_create (const char *text, guint max_chars);

G_END_DECLS
