/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A stranger's words beside our own: they must not look like ours, nor lead anywhere. What is taken
 * away leaves a gap, so that nothing new can grow together from what stood around it. */
#include "opt-quote.h"

#include "opt-transcript.h"

/* More is never shown, so more need not be searched. */
#define MAX_SEARCHED_CHARS 4096

/* The part of a link after its scheme; a full stop or a bracket at its end belongs to the sentence.
 */
#define REST_OF_LINK "(?:[^\\s\"<>]*[^\\s\"<>.,;:!?'’”)\\]])"

/* In this order: a link may stand inside of a tag, and none may be put together by taking away. */
static const struct
{
  const char *pattern;
  const char *replacement;
} steps[] = {
  { "[a-z0-9+.-]*://" REST_OF_LINK "?", "[…]" },
  { "\\b(?:https?|ftps?|file|data|javascript|mailto|tel|sms):" REST_OF_LINK, "[…]" },
  { "\\bwww\\." REST_OF_LINK "?", "[…]" },
  /* A host with a path, without a scheme. */
  { "\\b[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.[a-z]{2,}/" REST_OF_LINK "?", "[…]" },
  /* A tag, a comment or a declaration, even without an end, but no <jane@example.net>. */
  { "<(?![^\\s<>:/=\"'&]+@[^\\s<>:/=\"'&]+>)[a-z/!?][^<>]*(?:>|$)", " " },
  { "&(?:#x?[0-9a-f]+|[a-z][a-z0-9]*);", " " },
};

char *
opt_quote_create (const char *text, guint max_chars)
{
  g_autofree char *words = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  words = opt_transcript_clean_text (text, MAX_SEARCHED_CHARS);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GRegex) regex = g_regex_new (steps[i].pattern, G_REGEX_CASELESS, 0, NULL);
      g_autofree char *before = g_steal_pointer (&words);

      words = g_regex_replace_literal (regex, before, -1, 0, steps[i].replacement, 0, NULL);
      /* A search that gives up (PCRE's limits) has found too strange a text to show any of it. */
      if (words == NULL)
        return g_strdup ("");
    }

  return opt_transcript_clean_text (words, max_chars);
}
