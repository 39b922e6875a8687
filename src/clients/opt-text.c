/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines and words of settings that other programs read. It works in place and in one pass, so a
 * hostile file costs no more than its size; and it expands nothing: no variable of the environment
 * and no command ever comes into a value. */
#include "opt-text.h"

#include "opt-error.h"

#include <string.h>

struct _OptText
{
  char *bytes;
  gsize n_bytes;
  char *next;
};

static gboolean
check_lines (const char *bytes, gsize n_bytes, GError **error)
{
  const char *end = bytes + n_bytes;
  gboolean fine = memchr (bytes, '\0', n_bytes) == NULL;

  while (fine && bytes < end)
    {
      const char *feed = memchr (bytes, '\n', (gsize) (end - bytes));
      const char *line_end = feed != NULL ? feed : end;

      fine = line_end - bytes <= OPT_TEXT_MAX_LINE_BYTES;
      bytes = line_end + 1;
    }

  if (!fine)
    g_set_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN, "no text, or a line without end");

  return fine;
}

OptText *
opt_text_new (GPtrArray *files, GError **error)
{
  const OptClientFile *file;
  OptText *self;
  gsize n_bytes;
  const char *data;

  g_return_val_if_fail (files != NULL && files->len > 0, NULL);

  file = g_ptr_array_index (files, 0);
  data = g_bytes_get_data (file->bytes, &n_bytes);
  if (n_bytes > 0 && !check_lines (data, n_bytes, error))
    return NULL;

  self = g_new (OptText, 1);
  self->bytes = g_malloc (n_bytes + 1);
  if (n_bytes > 0)
    memcpy (self->bytes, data, n_bytes);
  self->bytes[n_bytes] = '\0';
  self->n_bytes = n_bytes;
  self->next = self->bytes;

  return self;
}

void
opt_text_free (OptText *self)
{
  g_return_if_fail (self != NULL);

  opt_secret_wipe (self->bytes, self->n_bytes);
  g_free (self->bytes);
  g_free (self);
}

char *
opt_text_next_line (OptText *self)
{
  char *line;
  char *end;

  g_return_val_if_fail (self != NULL, NULL);

  line = self->next;
  if (*line == '\0')
    return NULL;

  end = line + strcspn (line, "\n");
  self->next = *end == '\n' ? end + 1 : end;
  if (end > line && end[-1] == '\r')
    end--;
  *end = '\0';

  return line;
}

/* Each byte is moved once at most, however many lines there are. */
char *
opt_text_next_joined_line (OptText *self)
{
  char *line = opt_text_next_line (self);
  char *end;
  char *more;

  if (line == NULL)
    return NULL;

  end = line + strlen (line);
  while (end > line && end[-1] == '\\' && (more = opt_text_next_line (self)) != NULL)
    {
      gsize n_bytes = strlen (more);

      memmove (--end, more, n_bytes + 1);
      end += n_bytes;
    }

  return line;
}

char *
opt_text_take_rest (OptText *self)
{
  char *rest;

  g_return_val_if_fail (self != NULL, NULL);

  rest = self->next;
  self->next = rest + strlen (rest);

  return rest;
}

/* What a command would print is not known. */
static char *
skip_command (char *p)
{
  p += strcspn (p, "`");

  return *p == '`' ? p + 1 : p;
}

/* The character of the word at @p; @p goes on behind it. */
static char
take_character (char **p, char quote, const OptWordSyntax *syntax)
{
  char c = *(*p)++;

  if (c == '\\' && **p != '\0' && quote != '\'')
    return *(*p)++;

  if (syntax->expands && quote != '\'' && c == '$')
    return OPT_TEXT_VARIABLE;

  if (syntax->expands && quote != '\'' && c == '`')
    {
      *p = skip_command (*p);
      return OPT_TEXT_COMPUTED;
    }

  return c == OPT_TEXT_VARIABLE ? OPT_TEXT_COMPUTED : c;
}

static gboolean
is_quote (char c, const OptWordSyntax *syntax)
{
  return c == '"' || (c == '\'' && syntax->single_quotes);
}

char *
opt_text_next_word (char **rest, const OptWordSyntax *syntax, char *end)
{
  char *p = *rest + strspn (*rest, " \t");
  char *word = p;
  char *write = p;
  char quote = '\0';
  char ended_by;

  *rest = p;
  if (end != NULL)
    *end = *p;
  if (*p == '\0' || *p == '#')
    return NULL;

  while (*p != '\0' && (quote != '\0' || (!g_ascii_isspace (*p) && !strchr (syntax->ends, *p))))
    if (*p == quote)
      {
        quote = '\0';
        p++;
      }
    else if (quote == '\0' && is_quote (*p, syntax))
      quote = *p++;
    else
      *write++ = take_character (&p, quote, syntax);

  ended_by = *p;
  *rest = ended_by == '\0' || ended_by == '#' ? p : p + 1;
  *write = '\0';
  if (end != NULL)
    *end = ended_by;

  return word;
}
