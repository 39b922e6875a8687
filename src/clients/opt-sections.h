/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-text.h"

G_BEGIN_DECLS

/* Nobody has more accounts, stores and channels in one file. */
#define OPT_SECTIONS_MAX 2048

/**
 * OptSection:
 * @name: what stands in its head
 * @values: (element-type utf8 utf8): its values by their keys
 *
 * A part of a settings file. Its texts are pieces of an #OptText, which has to outlive it.
 */
typedef struct
{
  const char *name;
  GHashTable *values;
} OptSection;

/* How programs write `[section]` and `key = value`; none has escapes. */
typedef enum
{
  OPT_SECTIONS_RAW,    /* a value is all behind the first `=` (Claws Mail, Sylpheed) */
  OPT_SECTIONS_PYTHON, /* configparser: also `key: value`, any case, comments, longer values */
  OPT_SECTIONS_GO,     /* go-ini: comments */
} OptSectionsKind;

/**
 * opt_sections_new:
 *
 * Returns: (transfer full) (element-type OptSection): an array that frees what is in it
 */
GPtrArray *opt_sections_new (void);

/**
 * opt_sections_add:
 * @sections: (element-type OptSection): sections
 * @name: its name; has to outlive it
 * @error: return location for %OPT_ERROR_READ_BROKEN beyond %OPT_SECTIONS_MAX
 *
 * Returns: (transfer none) (nullable): a new section without values
 */
OptSection *opt_sections_add (GPtrArray *sections, const char *name, GError **error);

/**
 * opt_sections_find:
 * @sections: (element-type OptSection): sections
 * @name: (nullable): a name
 *
 * Returns: (transfer none) (nullable): the first section of that name
 */
const OptSection *opt_sections_find (GPtrArray *sections, const char *name);

/**
 * opt_sections_read:
 * @text: a text; has to outlive the sections
 * @kind: how the program writes it
 * @error: return location for %OPT_ERROR_READ_BROKEN
 *
 * Returns: (transfer full) (element-type OptSection) (nullable): its sections in their order
 */
GPtrArray *opt_sections_read (OptText *text, OptSectionsKind kind, GError **error);

/**
 * opt_section_set:
 * @self: a section
 * @key: a key; has to outlive @self
 * @value: a value; likewise
 *
 * The last value of a key is the one that counts.
 */
void opt_section_set (OptSection *self, const char *key, const char *value);

/**
 * opt_section_get:
 * @self: a section
 * @key: a key
 *
 * Returns: (transfer none) (nullable): its value; %NULL when it is missing or empty
 */
const char *opt_section_get (const OptSection *self, const char *key);

/**
 * opt_section_get_number:
 * @self: a section
 * @key: a key
 * @fallback: what holds when it is missing
 *
 * Returns: its value; 0 when that is no number of 32 bits
 */
guint opt_section_get_number (const OptSection *self, const char *key, guint fallback);

/**
 * opt_section_get_switch:
 * @self: a section
 * @key: a key
 * @fallback: what holds when it is missing
 *
 * Returns: whether its value is one of `yes`, `on`, `true` and `1`, or there and empty
 */
gboolean opt_section_get_switch (const OptSection *self, const char *key, gboolean fallback);

G_END_DECLS
