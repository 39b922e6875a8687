/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A bounded log of one dialogue. It does not look for secrets: opt-dialogue tells it each line, and
 * tells it only the verb of anything that carries one. */
#include "opt-transcript.h"

#define LINE_MAX_CHARS 500

struct _OptTranscript
{
  GPtrArray *lines;
};

OptTranscript *
opt_transcript_new (void)
{
  OptTranscript *self = g_rc_box_new0 (OptTranscript);

  self->lines = g_ptr_array_new_with_free_func (g_free);

  return self;
}

static void
clear_transcript (gpointer data)
{
  OptTranscript *self = data;

  g_ptr_array_unref (self->lines);
}

OptTranscript *
opt_transcript_ref (OptTranscript *self)
{
  return g_rc_box_acquire (self);
}

void
opt_transcript_unref (OptTranscript *self)
{
  g_rc_box_release_full (self, clear_transcript);
}

static void
add_line (OptTranscript *self, const char *prefix, const char *line)
{
  g_autofree char *clean = NULL;

  if (self->lines->len >= OPT_TRANSCRIPT_MAX_LINES)
    return;

  clean = opt_transcript_clean_text (line, LINE_MAX_CHARS);
  g_ptr_array_add (self->lines, g_strconcat (prefix, clean, NULL));
}

void
opt_transcript_add_note (OptTranscript *self, const char *note)
{
  g_return_if_fail (self != NULL && note != NULL);

  add_line (self, "* ", note);
}

void
opt_transcript_add_sent (OptTranscript *self, const char *line)
{
  g_return_if_fail (self != NULL && line != NULL);

  add_line (self, "C: ", line);
}

void
opt_transcript_add_received (OptTranscript *self, const char *line)
{
  g_return_if_fail (self != NULL && line != NULL);

  add_line (self, "S: ", line);
}

GPtrArray *
opt_transcript_get_lines (const OptTranscript *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->lines;
}

static gboolean
is_visible (gunichar character)
{
  switch ((int) g_unichar_type (character))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_PRIVATE_USE:
    case G_UNICODE_UNASSIGNED:
      return FALSE;
    default:
      return TRUE;
    }
}

/* The mark takes the place of the last character, so that nothing grows longer by being cut. */
static void
mark_cut (GString *text)
{
  const char *last = g_utf8_find_prev_char (text->str, text->str + text->len);

  if (last != NULL)
    g_string_truncate (text, last - text->str);
  g_string_append (text, "…");
}

char *
opt_transcript_clean_text (const char *text, guint max_chars)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_new (NULL);
  guint n_chars = 0;
  gboolean space = FALSE;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);

      if (g_unichar_isspace (character))
        {
          space = clean->len > 0;
          continue;
        }
      if (!is_visible (character))
        continue;
      if (n_chars + (space ? 1 : 0) >= max_chars)
        {
          mark_cut (clean);
          break;
        }
      if (space)
        {
          g_string_append_c (clean, ' ');
          n_chars++;
        }
      g_string_append_unichar (clean, character);
      n_chars++;
      space = FALSE;
    }

  return g_string_free (clean, FALSE);
}
