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

G_END_DECLS
