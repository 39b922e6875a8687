/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * opt_reg_new:
 * @key: the key of the registry that the values belong to, from its hive on
 *
 * Returns: (transfer full): the beginning of a file that Windows takes into its registry
 */
GString *opt_reg_new (const char *key);

/**
 * opt_reg_add_string:
 * @reg: a file from opt_reg_new()
 * @name: what the value is called
 * @value: the value, without control characters
 */
void opt_reg_add_string (GString *reg, const char *name, const char *value);

/**
 * opt_reg_add_number:
 * @reg: a file from opt_reg_new()
 * @name: what the value is called
 * @value: the value
 */
void opt_reg_add_number (GString *reg, const char *name, guint value);

/**
 * opt_reg_free_to_bytes:
 * @reg: (transfer full): a file from opt_reg_new()
 *
 * Returns: (transfer full): what is in the file
 */
GBytes *opt_reg_free_to_bytes (GString *reg);

/**
 * OptRegKey:
 * @path: the key, from its hive on, in lower case
 * @values: (element-type utf8 utf8): its values by their names in lower case; a number has eight
 *   hexadecimal digits. Those of another type, and passwords, are left out
 *
 * One key of a registry file.
 */
typedef struct
{
  char *path;
  GHashTable *values;
} OptRegKey;

/**
 * opt_reg_looks_like:
 * @bytes: any file
 * @key: a part of the name of a key, in lower case
 *
 * Returns: whether it is a registry file that says anything of such a key
 */
gboolean opt_reg_looks_like (GBytes *bytes, const char *key);

/**
 * opt_reg_parse:
 * @bytes: a registry file of any Windows, which may be anybody's
 * @error: return location for %OPT_ERROR_READ_BROKEN when it is none
 *
 * A key or a value that the file would take away is left out.
 *
 * Returns: (transfer full) (element-type OptRegKey) (nullable): its keys as they stand there
 */
GPtrArray *opt_reg_parse (GBytes *bytes, GError **error);

G_END_DECLS
