/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Text in the columns of a terminal. Neither a byte nor a character is a column: a Chinese
 * character takes two of them, a sign that only orders text takes none. */
#include "opt-cli-layout.h"

#include <string.h>

static guint
measure_character (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;

  return g_unichar_iswide (character) ? 2 : 1;
}

static guint
measure (const char *text, const char *end)
{
  guint columns = 0;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    columns += measure_character (g_utf8_get_char (p));

  return columns;
}

guint
opt_cli_measure (const char *text)
{
  g_return_val_if_fail (text != NULL, 0);

  return measure (text, text + strlen (text));
}

char *
opt_cli_pad (const char *text, guint columns)
{
  guint taken;

  g_return_val_if_fail (text != NULL, NULL);

  taken = opt_cli_measure (text);

  return g_strdup_printf ("%s%*s", text, taken < columns ? (int) (columns - taken) : 0, "");
}

char *
opt_cli_cut (const char *text, guint columns)
{
  const char *end;
  guint taken = 0;

  g_return_val_if_fail (text != NULL, NULL);

  for (end = text; *end != '\0'; end = g_utf8_next_char (end))
    {
      taken += measure_character (g_utf8_get_char (end));
      if (taken > columns)
        break;
    }

  return g_strndup (text, (gsize) (end - text));
}

/* Closing brackets and quotes, stops and commas: they belong to what stands before them. */
static gboolean
may_begin_line (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);

  return !g_unichar_iszerowidth (character) && type != G_UNICODE_CLOSE_PUNCTUATION &&
         type != G_UNICODE_FINAL_PUNCTUATION && type != G_UNICODE_OTHER_PUNCTUATION;
}

static gboolean
may_end_line (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);

  return type != G_UNICODE_OPEN_PUNCTUATION && type != G_UNICODE_INITIAL_PUNCTUATION;
}

/* A much simplified UAX #14: the words of other scripts stay whole. */
static gboolean
may_break_between (gunichar before, gunichar after)
{
  return (g_unichar_iswide (before) || g_unichar_iswide (after)) && may_end_line (before) &&
         may_begin_line (after);
}

/* Where what has to stay together ends: at a space, the end, or a place to break. */
static const char *
find_end (const char *piece)
{
  const char *p = piece;

  while (*p != '\0' && *p != ' ')
    {
      gunichar before = g_utf8_get_char (p);

      p = g_utf8_next_char (p);
      if (*p != '\0' && *p != ' ' && may_break_between (before, g_utf8_get_char (p)))
        break;
    }

  return p;
}

char *
opt_cli_wrap (const char *text, guint columns)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  const char *piece = text;
  guint column = 0;

  g_return_val_if_fail (text != NULL, NULL);

  while (*piece != '\0')
    {
      guint space = *piece == ' ' ? 1 : 0;
      const char *end = find_end (piece + space);
      guint taken = measure (piece + space, end);

      if (column > 0 && column + space + taken > columns)
        {
          g_string_append_c (lines, '\n');
          column = 0;
        }
      else if (column > 0 && space > 0)
        {
          g_string_append_c (lines, ' ');
          column++;
        }
      g_string_append_len (lines, piece + space, end - (piece + space));
      column += taken;
      piece = end;
    }

  return g_string_free (g_steal_pointer (&lines), FALSE);
}
