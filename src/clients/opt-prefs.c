/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* prefs.js looks like a program and is none: libpref (modules/libpref/parser) takes nothing but
 *
 *     user_pref ("key", "string" | number | true | false);
 *
 * and comments. So does this; what else there is makes the file a broken one. */
#include "opt-prefs.h"

#include "opt-error.h"

#include <string.h>

/* Of all the preferences of a browser or a mail program, those that matter here. */
#define BRANCH "mail."

/* Nobody has more, and looking up one of them stays quick however they were chosen. */
#define MAX_PREFS 20000

typedef enum
{
  PREF_STRING,
  PREF_NUMBER,
  PREF_BOOLEAN,
} PrefType;

typedef struct
{
  PrefType type;
  char *text;
  int number;
} Pref;

struct _OptPrefs
{
  GHashTable *prefs;
};

/* What is left of the file. */
typedef struct
{
  const char *next;
  const char *end;
} Rest;

static void
free_pref (Pref *self)
{
  g_free (self->text);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pref, free_pref)

static gboolean
take (Rest *rest, const char *word)
{
  gsize n = strlen (word);

  if ((gsize) (rest->end - rest->next) < n || memcmp (rest->next, word, n) != 0)
    return FALSE;

  rest->next += n;

  return TRUE;
}

static void
skip_line (Rest *rest)
{
  while (rest->next < rest->end && *rest->next != '\n' && *rest->next != '\r')
    rest->next++;
}

static gboolean
skip_comment (Rest *rest)
{
  while (rest->next < rest->end)
    {
      if (take (rest, "*/"))
        return TRUE;
      rest->next++;
    }

  return FALSE;
}

/* Space and comments. FALSE: a comment without an end. */
static gboolean
skip (Rest *rest)
{
  while (rest->next < rest->end)
    {
      if (*rest->next != '\0' && strchr (" \t\r\n\v\f", *rest->next) != NULL)
        rest->next++;
      else if (take (rest, "#") || take (rest, "//"))
        skip_line (rest);
      else if (!take (rest, "/*"))
        return TRUE;
      else if (!skip_comment (rest))
        return FALSE;
    }

  return TRUE;
}

static gboolean
take_after_space (Rest *rest, const char *word)
{
  return skip (rest) && take (rest, word);
}

static gboolean
take_hex (Rest *rest, guint n_digits, gunichar *unit)
{
  *unit = 0;
  if ((gsize) (rest->end - rest->next) < n_digits)
    return FALSE;

  for (guint i = 0; i < n_digits; i++)
    {
      int digit = g_ascii_xdigit_value (*rest->next++);

      if (digit < 0)
        return FALSE;
      *unit = *unit * 16 + (gunichar) digit;
    }

  return *unit != 0;
}

/* UTF-16: a character beyond the first plane is two of them (RFC 2781 §2.1). */
static gboolean
take_utf16 (Rest *rest, GString *text)
{
  gunichar unit;
  gunichar low;

  if (!take_hex (rest, 4, &unit))
    return FALSE;

  if (unit >= 0xd800 && unit < 0xdc00)
    {
      if (!take (rest, "\\u") || !take_hex (rest, 4, &low) || low < 0xdc00 || low > 0xdfff)
        return FALSE;
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
    }
  if (!g_unichar_validate (unit))
    return FALSE;

  g_string_append_unichar (text, unit);

  return TRUE;
}

static gboolean
take_escape (Rest *rest, GString *text)
{
  gunichar unit;

  if (take (rest, "u"))
    return take_utf16 (rest, text);
  if (take (rest, "x"))
    {
      if (!take_hex (rest, 2, &unit))
        return FALSE;
      g_string_append_unichar (text, unit);
    }
  else if (take (rest, "n"))
    g_string_append_c (text, '\n');
  else if (take (rest, "r"))
    g_string_append_c (text, '\r');
  else if (rest->next < rest->end && *rest->next != '\0' && strchr ("\"'\\", *rest->next) != NULL)
    g_string_append_c (text, *rest->next++);
  else
    return FALSE;

  return TRUE;
}

static char *
take_string (Rest *rest)
{
  g_autoptr (GString) text = NULL;
  char quote;

  if (!skip (rest) || rest->next == rest->end || (*rest->next != '"' && *rest->next != '\''))
    return NULL;

  text = g_string_new (NULL);
  quote = *rest->next++;
  while (rest->next < rest->end && *rest->next != '\0')
    {
      char c = *rest->next++;

      if (c == quote)
        return g_string_free (g_steal_pointer (&text), FALSE);
      if (c != '\\')
        g_string_append_c (text, c);
      else if (!take_escape (rest, text))
        return NULL;
    }

  return NULL;
}

static gboolean
take_number (Rest *rest, int *number)
{
  gboolean negative = take (rest, "-");
  const char *start;
  gint64 value = 0;

  if (!negative)
    take (rest, "+");
  start = rest->next;
  while (rest->next < rest->end && g_ascii_isdigit (*rest->next) && value <= G_MAXINT)
    value = value * 10 + g_ascii_digit_value (*rest->next++);
  *number = (int) (negative ? -value : value);

  return rest->next > start && value <= G_MAXINT;
}

static gboolean
take_value (Rest *rest, Pref *pref)
{
  if (!skip (rest) || rest->next == rest->end)
    return FALSE;

  if (*rest->next == '"' || *rest->next == '\'')
    {
      pref->type = PREF_STRING;
      pref->text = take_string (rest);
      return pref->text != NULL;
    }

  pref->type = PREF_BOOLEAN;
  pref->number = take (rest, "true");
  if (pref->number || take (rest, "false"))
    return TRUE;

  pref->type = PREF_NUMBER;

  return take_number (rest, &pref->number);
}

/* Those that come with the program may be more than a value. */
static gboolean
take_end (Rest *rest)
{
  while (take_after_space (rest, ","))
    if (!take_after_space (rest, "sticky") && !take_after_space (rest, "locked"))
      return FALSE;

  return take_after_space (rest, ")") && take_after_space (rest, ";");
}

static gboolean
take_start (Rest *rest)
{
  return (take (rest, "user_pref") || take (rest, "sticky_pref") || take (rest, "pref")) &&
         take_after_space (rest, "(");
}

static gboolean
take_pref (OptPrefs *self, Rest *rest)
{
  g_autofree char *key = NULL;
  g_autoptr (Pref) pref = g_new0 (Pref, 1);

  if (!take_start (rest))
    return FALSE;

  key = take_string (rest);
  if (key == NULL || !take_after_space (rest, ",") || !take_value (rest, pref) || !take_end (rest))
    return FALSE;

  if (g_str_has_prefix (key, BRANCH))
    g_hash_table_replace (self->prefs, g_steal_pointer (&key), g_steal_pointer (&pref));

  return g_hash_table_size (self->prefs) <= MAX_PREFS;
}

static Rest
start_reading (GBytes *bytes)
{
  gsize size_bytes;
  const char *data = g_bytes_get_data (bytes, &size_bytes);
  Rest rest = { data, data + size_bytes };

  /* A byte order mark, which some editors leave. */
  take (&rest, "\xef\xbb\xbf");

  return rest;
}

gboolean
opt_prefs_look_like (GBytes *bytes)
{
  Rest rest;

  g_return_val_if_fail (bytes != NULL, FALSE);

  rest = start_reading (bytes);

  return skip (&rest) && take_start (&rest);
}

OptPrefs *
opt_prefs_parse (GBytes *bytes, GError **error)
{
  g_autoptr (OptPrefs) self = NULL;
  gboolean good;
  Rest rest;

  g_return_val_if_fail (bytes != NULL, NULL);

  self = g_new0 (OptPrefs, 1);
  self->prefs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) free_pref);
  rest = start_reading (bytes);
  do
    good = skip (&rest);
  while (good && rest.next < rest.end && (good = take_pref (self, &rest)));

  if (good)
    return g_steal_pointer (&self);

  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_READ_BROKEN,
               "not a well-formed prefs.js, %" G_GSIZE_FORMAT " bytes before its end",
               (gsize) (rest.end - rest.next));

  return NULL;
}

void
opt_prefs_free (OptPrefs *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->prefs);
  g_free (self);
}

static const Pref *
find (const OptPrefs *self, const char *key, PrefType type)
{
  const Pref *pref = g_hash_table_lookup (self->prefs, key);

  return pref != NULL && pref->type == type ? pref : NULL;
}

const char *
opt_prefs_get_string (const OptPrefs *self, const char *key)
{
  const Pref *pref;

  g_return_val_if_fail (self != NULL && key != NULL, NULL);

  pref = find (self, key, PREF_STRING);

  return pref != NULL ? pref->text : NULL;
}

gboolean
opt_prefs_get_number (const OptPrefs *self, const char *key, int *number)
{
  const Pref *pref;

  g_return_val_if_fail (self != NULL && key != NULL && number != NULL, FALSE);

  pref = find (self, key, PREF_NUMBER);
  if (pref != NULL)
    *number = pref->number;

  return pref != NULL;
}

gboolean
opt_prefs_get_boolean (const OptPrefs *self, const char *key, gboolean *value)
{
  const Pref *pref;

  g_return_val_if_fail (self != NULL && key != NULL && value != NULL, FALSE);

  pref = find (self, key, PREF_BOOLEAN);
  if (pref != NULL)
    *value = pref->number;

  return pref != NULL;
}
