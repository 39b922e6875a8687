/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of the Windows Registry Editor, version 5. Two characters need an escape in a string; a
 * control character would need another type of value, and never comes this far. */
#include "opt-reg.h"

#include "opt-utf16.h"

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
