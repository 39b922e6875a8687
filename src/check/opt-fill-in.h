/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * opt_fill_in:
 * @text: a translated sentence of a table, with `%1$s` for the first value, up to `%9$s`
 * @values: (array length=n_values) (element-type utf8): the values; %NULL for nothing
 * @n_values: how many there are, at most nine
 *
 * Not a format string: whatever a translation or a value holds, only the values' places in @text
 * itself are replaced.
 *
 * Returns: (transfer full): the sentence with its values
 */
char *opt_fill_in (const char *text, const char *const *values, guint n_values);

G_END_DECLS
