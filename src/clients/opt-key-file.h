/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * opt_key_file_parse:
 * @bytes: what may be a key file
 * @error: return location for %OPT_ERROR_READ_BROKEN when it is none; has no word of it, for there
 *   may be a password in it
 *
 * Returns: (transfer full) (nullable): the key file
 */
GKeyFile *opt_key_file_parse (GBytes *bytes, GError **error);

/**
 * opt_key_file_dup_text:
 * @file: a key file
 * @group: a group
 * @key: a key
 *
 * Returns: (transfer full) (nullable): its value; %NULL when it is not there, empty, or not text
 */
char *opt_key_file_dup_text (GKeyFile *file, const char *group, const char *key);

/**
 * opt_key_file_get_boolean:
 * @file: a key file
 * @group: a group
 * @key: a key
 * @fallback: what the program takes where nothing is said
 *
 * Returns: its value
 */
gboolean
opt_key_file_get_boolean (GKeyFile *file, const char *group, const char *key, gboolean fallback);

/**
 * opt_key_file_get_number:
 * @file: a key file
 * @group: a group
 * @key: a key
 *
 * Returns: its value, or 0 when it is not there, or no number
 */
int opt_key_file_get_number (GKeyFile *file, const char *group, const char *key);

G_END_DECLS
