/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of the Windows Registry Editor, version 5. Two characters need an escape in a string; a
 * control character would need another type of value, and never comes this far. */
#include "opt-reg.h"

#include "opt-error.h"
#include "opt-secret.h"
#include "opt-utf16.h"

#include <string.h>

/* "dword:" and this many digits */
#define N_DIGITS 8

/* The first line, of Windows 2000 and later, and of older ones. */
static const char *const headers[] = { "Windows Registry Editor Version 5.00\n", "REGEDIT4\n" };

GString *
opt_reg_new (const char *key)
{
  GString *reg = g_string_new ("Windows Registry Editor Version 5.00\n\n");

  g_string_append_printf (reg, "[%s]\n", key);

  return reg;
}

static void
append_quoted (GString *reg, const char *text)
{
  g_string_append_c (reg, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (reg, '\\');
      g_string_append_c (reg, *p);
    }
  g_string_append_c (reg, '"');
}

void
opt_reg_add_string (GString *reg, const char *name, const char *value)
{
  append_quoted (reg, name);
  g_string_append_c (reg, '=');
  append_quoted (reg, value);
  g_string_append_c (reg, '\n');
}

void
opt_reg_add_number (GString *reg, const char *name, guint value)
{
  append_quoted (reg, name);
  g_string_append_printf (reg, "=dword:%08x\n", value);
}

GBytes *
opt_reg_free_to_bytes (GString *reg)
{
  GBytes *bytes;

  g_string_append_c (reg, '\n');
  bytes = opt_utf16_create_bytes (reg->str);
  g_string_free (reg, TRUE);

  return bytes;
}

static char *
skip_header (char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    if (g_str_has_prefix (text, headers[i]))
      return text + strlen (headers[i]);

  return NULL;
}

static void
free_key (gpointer data)
{
  OptRegKey *self = data;

  g_free (self->path);
  g_hash_table_unref (self->values);
  g_free (self);
}

/* `[PATH]`; a minus in front of the path takes the key away. */
static OptRegKey *
parse_key (const char *line)
{
  gsize length = strlen (line);
  OptRegKey *key;

  if (length < 3 || line[1] == '-' || line[length - 1] != ']')
    return NULL;

  key = g_new (OptRegKey, 1);
  key->path = g_ascii_strdown (line + 1, (gssize) length - 2);
  key->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return key;
}

/* Takes a quoted text off the line; NULL when there is none, or it does not end. */
static char *
take_quoted (const char **line)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *p = *line;

  if (*p++ != '"')
    return NULL;

  for (; *p != '\0' && *p != '"'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (text, *p);
    }

  if (*p != '"')
    return NULL;

  *line = p + 1;

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
take_number (const char *text)
{
  if (!g_str_has_prefix (text, "dword:"))
    return NULL;

  text += strlen ("dword:");
  if (strspn (text, "0123456789abcdefABCDEF") < N_DIGITS)
    return NULL;

  return g_ascii_strdown (text, N_DIGITS);
}

static void
parse_value (OptRegKey *key, const char *line)
{
  g_autofree char *quoted = take_quoted (&line);
  g_autofree char *name = quoted != NULL ? g_ascii_strdown (quoted, -1) : NULL;
  char *value;

  if (name == NULL || *line != '=' || strstr (name, "password") != NULL)
    return;

  line++;
  value = *line == '"' ? take_quoted (&line) : take_number (line);
  if (value != NULL)
    g_hash_table_replace (key->values, g_steal_pointer (&name), value);
}

static GPtrArray *
parse_text (char *text)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (free_key);
  OptRegKey *key = NULL;

  for (char *line = text, *next = NULL; line != NULL; line = next)
    {
      next = strchr (line, '\n');
      if (next != NULL)
        *next++ = '\0';

      if (*line == '[')
        {
          key = parse_key (line);
          if (key != NULL)
            g_ptr_array_add (keys, key);
        }
      else if (*line == '"' && key != NULL)
        parse_value (key, line);
    }

  return keys;
}

/* There may be a password in it. */
static void
free_text (char *text)
{
  if (text != NULL)
    opt_secret_wipe (text, strlen (text));
  g_free (text);
}

gboolean
opt_reg_looks_like (GBytes *bytes, const char *key)
{
  char *text;
  gboolean looks_like = FALSE;

  g_return_val_if_fail (bytes != NULL && key != NULL, FALSE);

  text = opt_utf16_dup_text (bytes, NULL);
  if (text != NULL && skip_header (text) != NULL)
    {
      for (char *p = text; *p != '\0'; p++)
        *p = g_ascii_tolower (*p);
      looks_like = strstr (text, key) != NULL;
    }
  free_text (text);

  return looks_like;
}

GPtrArray *
opt_reg_parse (GBytes *bytes, GError **error)
{
  char *text, *body;
  GPtrArray *keys = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  text = opt_utf16_dup_text (bytes, error);
  if (text == NULL)
    return NULL;

  body = skip_header (text);
  if (body != NULL)
    keys = parse_text (body);
  else
    g_set_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN, "not a registry file");
  free_text (text);

  return keys;
}
