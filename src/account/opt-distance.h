/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * opt_distance:
 * @a: ASCII text
 * @b: ASCII text
 *
 * Counts slips of the finger between two words: a letter too many, one missing, a wrong one, or
 * two neighbours swapped (the optimal string alignment distance).
 *
 * Returns: the number of slips
 */
guint opt_distance (const char *a, const char *b);

G_END_DECLS
