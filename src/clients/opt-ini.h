/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * opt_ini_parse:
 * @bytes: an INI file of Windows, which may be anybody's
 * @error: return location for %OPT_ERROR_READ_BROKEN when it is no text
 *
 * As GetPrivateProfileString() of Windows has it, and not as a #GKeyFile: in any encoding of
 * Windows, without escapes; names in any case; quotes around a value are taken off, and of two of
 * one name the first one counts. Lines that are none of its kind are left out.
 *
 * Returns: (transfer full) (nullable): the sections, for opt_ini_find()
 */
GHashTable *opt_ini_parse (GBytes *bytes, GError **error);

/**
 * opt_ini_find:
 * @self: what opt_ini_parse() returned
 * @name: the name of a section
 *
 * Returns: (transfer none) (nullable): the section
 */
GHashTable *opt_ini_find (GHashTable *self, const char *name);

/**
 * opt_ini_get_string:
 * @section: a section
 * @prefix: how the name of the value begins
 * @name: the rest of it
 *
 * Returns: (transfer none) (nullable): the value; %NULL for an empty one, too
 */
const char *opt_ini_get_string (GHashTable *section, const char *prefix, const char *name);

/**
 * opt_ini_get_number:
 * @section: a section
 * @prefix: how the name of the value begins
 * @name: the rest of it
 *
 * Returns: the value as a number, decimal or with `0x` before it; 0 for anything else
 */
guint opt_ini_get_number (GHashTable *section, const char *prefix, const char *name);

G_END_DECLS
