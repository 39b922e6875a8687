/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings in sections, as many programs have them. No two agree on escapes, so there are none
 * here, which is also why this is not GKeyFile. */
#include "opt-sections.h"

#include "opt-error.h"

#include <string.h>

static void
free_section (gpointer data)
{
  OptSection *self = data;

  g_hash_table_unref (self->values);
  g_free (self);
}

GPtrArray *
opt_sections_new (void)
{
  return g_ptr_array_new_with_free_func (free_section);
}

OptSection *
opt_sections_add (GPtrArray *sections, const char *name, GError **error)
{
  OptSection *section;

  g_return_val_if_fail (sections != NULL && name != NULL, NULL);

  if (sections->len >= OPT_SECTIONS_MAX)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN, "too many sections");
      return NULL;
    }

  section = g_new (OptSection, 1);
  section->name = name;
  section->values = g_hash_table_new (g_str_hash, g_str_equal);
  g_ptr_array_add (sections, section);

  return section;
}

const OptSection *
opt_sections_find (GPtrArray *sections, const char *name)
{
  g_return_val_if_fail (sections != NULL, NULL);

  for (guint i = 0; i < sections->len; i++)
    {
      const OptSection *section = g_ptr_array_index (sections, i);

      if (g_strcmp0 (section->name, name) == 0)
        return section;
    }

  return NULL;
}

/* Between the first bracket and the last. */
static const char *
take_name (char *line)
{
  char *end = strrchr (line, ']');

  if (end != NULL)
    *end = '\0';

  return line + 1;
}

static void
add_value (OptSection *section, char *line, OptSectionsKind kind)
{
  char *value = line + strcspn (line, kind == OPT_SECTIONS_PYTHON ? "=:" : "=");

  if (*value == '\0')
    return;

  *value++ = '\0';
  if (kind != OPT_SECTIONS_RAW)
    {
      g_strstrip (line);
      g_strstrip (value);
    }
  for (char *p = line; kind == OPT_SECTIONS_PYTHON && *p != '\0'; p++)
    *p = g_ascii_tolower (*p);

  opt_section_set (section, line, value);
}

/* Python goes on with a value in an indented line. Nothing that we look for is that long. */
static gboolean
is_skipped (const char *line, OptSectionsKind kind)
{
  if (kind == OPT_SECTIONS_PYTHON && g_ascii_isspace (line[0]))
    return TRUE;

  return kind != OPT_SECTIONS_RAW && strchr ("#;", line[strspn (line, " \t")]) != NULL;
}

GPtrArray *
opt_sections_read (OptText *text, OptSectionsKind kind, GError **error)
{
  g_autoptr (GPtrArray) sections = opt_sections_new ();
  OptSection *section = NULL;
  char *line;

  g_return_val_if_fail (text != NULL, NULL);

  while ((line = opt_text_next_line (text)) != NULL)
    if (is_skipped (line, kind))
      continue;
    else if (line[0] == '[')
      {
        section = opt_sections_add (sections, take_name (line), error);
        if (section == NULL)
          return NULL;
      }
    else if (section != NULL)
      add_value (section, line, kind);

  return g_steal_pointer (&sections);
}

void
opt_section_set (OptSection *self, const char *key, const char *value)
{
  g_return_if_fail (self != NULL && key != NULL && value != NULL);

  g_hash_table_replace (self->values, (gpointer) key, (gpointer) value);
}

const char *
opt_section_get (const OptSection *self, const char *key)
{
  const char *value;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  value = g_hash_table_lookup (self->values, key);

  return value != NULL && value[0] != '\0' ? value : NULL;
}

guint
opt_section_get_number (const OptSection *self, const char *key, guint fallback)
{
  const char *value = opt_section_get (self, key);
  guint64 number = 0;

  if (value == NULL)
    return fallback;

  return g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT32, &number, NULL) ? (guint) number : 0;
}

gboolean
opt_section_get_switch (const OptSection *self, const char *key, gboolean fallback)
{
  static const char *const on[] = { "", "yes", "on", "true", "1" };
  const char *value;

  g_return_val_if_fail (self != NULL && key != NULL, fallback);

  value = g_hash_table_lookup (self->values, key);
  if (value == NULL)
    return fallback;

  for (guint i = 0; i < G_N_ELEMENTS (on); i++)
    if (g_ascii_strcasecmp (value, on[i]) == 0)
      return TRUE;

  return FALSE;
}
