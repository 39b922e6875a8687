/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OptPrefs:
 *
 * The preferences in a prefs.js of Mozilla's programs, those for mail. A value of another type than
 * the one asked for is not there, as in libpref.
 */
typedef struct _OptPrefs OptPrefs;

/**
 * opt_prefs_look_like:
 * @bytes: any file
 *
 * Returns: whether it begins as a prefs.js: with a preference, perhaps after comments
 */
gboolean opt_prefs_look_like (GBytes *bytes);

/**
 * opt_prefs_parse:
 * @bytes: a prefs.js, which may be anybody's
 * @error: return location for %OPT_ERROR_READ_BROKEN when it is none, or damaged
 *
 * Nothing is run: it has the grammar of libpref, not of JavaScript.
 *
 * Returns: (transfer full) (nullable): the preferences
 */
OptPrefs *opt_prefs_parse (GBytes *bytes, GError **error);

/**
 * opt_prefs_free:
 * @self: (transfer full): preferences
 */
void opt_prefs_free (OptPrefs *self);

/**
 * opt_prefs_get_string:
 * @self: preferences
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the string; may be no UTF-8
 */
const char *opt_prefs_get_string (const OptPrefs *self, const char *key);

/**
 * opt_prefs_get_number:
 * @self: preferences
 * @key: a key
 * @number: (out): the number
 *
 * Returns: whether there is one
 */
gboolean opt_prefs_get_number (const OptPrefs *self, const char *key, int *number);

/**
 * opt_prefs_get_boolean:
 * @self: preferences
 * @key: a key
 * @value: (out): the value
 *
 * Returns: whether there is one
 */
gboolean opt_prefs_get_boolean (const OptPrefs *self, const char *key, gboolean *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptPrefs, opt_prefs_free)

G_END_DECLS
