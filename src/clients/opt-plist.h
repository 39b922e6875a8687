/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <plist/plist.h>

G_BEGIN_DECLS

/* No settings in a property list are longer. */
#define OPT_PLIST_MAX_BYTES (2 * 1024 * 1024)

typedef void OptPlist;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptPlist, plist_free)

/**
 * opt_plist_looks_like:
 * @bytes: any file
 *
 * Returns: whether it begins as a property list, in XML or binary
 */
gboolean opt_plist_looks_like (GBytes *bytes);

/**
 * opt_plist_parse:
 * @bytes: a property list, which may be anybody's
 * @error: return location for %OPT_ERROR_READ_BROKEN when it is none, is damaged, longer than
 *   %OPT_PLIST_MAX_BYTES, or would become more than that
 *
 * Returns: (transfer full) (nullable): the root of the tree, for plist_free()
 */
plist_t opt_plist_parse (GBytes *bytes, GError **error);

/**
 * opt_plist_get_string:
 * @dict: (nullable): a dictionary, or something else
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the string; may be no UTF-8
 */
const char *opt_plist_get_string (plist_t dict, const char *key);

/**
 * opt_plist_get_number:
 * @dict: (nullable): a dictionary, or something else
 * @key: a key
 *
 * Returns: the number, or 0 where there is none
 */
guint64 opt_plist_get_number (plist_t dict, const char *key);

/**
 * opt_plist_get_array:
 * @dict: (nullable): a dictionary, or something else
 * @key: a key
 *
 * Returns: (transfer none) (nullable): the array
 */
plist_t opt_plist_get_array (plist_t dict, const char *key);

/**
 * opt_plist_get_boolean:
 * @dict: (nullable): a dictionary, or something else
 * @key: a key
 *
 * Returns: the value, or %FALSE where there is none
 */
gboolean opt_plist_get_boolean (plist_t dict, const char *key);

G_END_DECLS
