/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-ini.h"

#include "opt-utf16.h"

#include <string.h>

static gboolean
is_quote (char c)
{
  return c == '"' || c == '\'';
}

static void
parse_line (GHashTable *section, char *line)
{
  char *value = strchr (line, '=');
  g_autofree char *key = NULL;
  gsize length;

  if (value == NULL)
    return;

  *value++ = '\0';
  key = g_ascii_strdown (g_strstrip (line), -1);
  g_strstrip (value);
  length = strlen (value);
  if (length > 1 && is_quote (value[0]) && value[length - 1] == value[0])
    {
      value[length - 1] = '\0';
      value++;
    }
  if (!g_hash_table_contains (section, key))
    g_hash_table_insert (section, g_steal_pointer (&key), g_strdup (value));
}

static GHashTable *
take_section (GHashTable *sections, char *line)
{
  char *end = strchr (line, ']');
  g_autofree char *name = NULL;
  GHashTable *section;

  if (end != NULL)
    *end = '\0';
  name = g_ascii_strdown (line + 1, -1);
  section = g_hash_table_lookup (sections, name);
  if (section == NULL)
    {
      section = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_hash_table_insert (sections, g_steal_pointer (&name), section);
    }

  return section;
}

GHashTable *
opt_ini_parse (GBytes *bytes, GError **error)
{
  g_autofree char *text = NULL;
  GHashTable *sections;
  GHashTable *section = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = opt_utf16_dup_text (bytes, error);
  if (text == NULL)
    return NULL;

  sections =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  for (char *line = text, *next = NULL; line != NULL; line = next)
    {
      next = strchr (line, '\n');
      if (next != NULL)
        *next++ = '\0';

      g_strstrip (line);
      if (*line == '[')
        section = take_section (sections, line);
      else if (*line != ';' && section != NULL)
        parse_line (section, line);
    }

  return sections;
}

GHashTable *
opt_ini_find (GHashTable *self, const char *name)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  key = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (self, key);
}

const char *
opt_ini_get_string (GHashTable *section, const char *prefix, const char *name)
{
  g_autofree char *whole = NULL;
  g_autofree char *key = NULL;
  const char *value;

  g_return_val_if_fail (section != NULL && prefix != NULL && name != NULL, NULL);

  whole = g_strconcat (prefix, name, NULL);
  key = g_ascii_strdown (whole, -1);
  value = g_hash_table_lookup (section, key);

  return value != NULL && value[0] != '\0' ? value : NULL;
}

guint
opt_ini_get_number (GHashTable *section, const char *prefix, const char *name)
{
  const char *value = opt_ini_get_string (section, prefix, name);
  guint base = 10;
  guint64 number = 0;

  if (value == NULL)
    return 0;

  if (g_ascii_strncasecmp (value, "0x", 2) == 0)
    {
      value += 2;
      base = 16;
    }

  return g_ascii_string_to_unsigned (value, base, 0, G_MAXUINT, &number, NULL) ? (guint) number : 0;
}
