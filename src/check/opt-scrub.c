/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A server that repeats the password must not get it onto the screen or into a report. What is
 * looked for here are the forms that software makes of a text without meaning harm; a server that
 * wants to hide what it was given can always find another. */
#include "opt-scrub.h"

#include "opt-transcript.h"

#include <string.h>

/* Shorter passwords are part of too many words to be taken out of a server's: of those only a word
 * of their own counts. */
#define MIN_BYTES 4

/* Base64 turns three bytes into four characters, so there are as many ways to cut a text. */
#define N_CUTS 3

#define N_VARIANTS 6

enum
{
  RAW,
  WORD,
  REVERSED_BYTES,
  REVERSED_CHARACTERS,
  PAYLOAD,
  HEX,
  BASE64,
  N_FORMS = BASE64 + N_CUTS,
};

G_STATIC_ASSERT (N_FORMS == OPT_SCRUB_N_FORMS);

static void
free_hidden (char *text)
{
  opt_secret_wipe (text, strlen (text));
  g_free (text);
}

/* As the reader of replies shows it: UTF-8 whatever came. */
static char *
reverse_bytes (const char *password, gsize n_bytes)
{
  char *reversed = g_malloc (n_bytes);
  char *valid;

  for (gsize i = 0; i < n_bytes; i++)
    reversed[i] = password[n_bytes - 1 - i];
  valid = g_utf8_make_valid (reversed, n_bytes);
  opt_secret_wipe (reversed, n_bytes);
  g_free (reversed);

  return valid;
}

static char *
create_hex (const char *password, gsize n_bytes)
{
  char *hex = g_malloc0 (2 * n_bytes + 1);

  for (gsize i = 0; i < n_bytes; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", (guint8) password[i]);

  return hex;
}

/* The characters that stand for the password alone when @n_before bytes come before it, modulo 3:
 * those at its ends share their bits with what is beside it. */
static char *
create_base64_core (const char *password, gsize n_bytes, gsize n_before)
{
  gsize first = (8 * n_before + 5) / 6;
  gsize end = 8 * (n_before + n_bytes) / 6;
  char *shifted = g_malloc0 (n_before + n_bytes);
  char *encoded;
  char *core;

  memcpy (shifted + n_before, password, n_bytes);
  encoded = g_base64_encode ((const guchar *) shifted, n_before + n_bytes);
  core = g_strndup (encoded + first, end - first);
  opt_secret_wipe (shifted, n_before + n_bytes);
  g_free (shifted);
  free_hidden (encoded);

  return core;
}

void
opt_scrub_fill_forms (char *forms[OPT_SCRUB_N_FORMS], const OptSecret *secret, const char *payload)
{
  const char *password;
  gsize n_bytes;

  g_return_if_fail (forms != NULL && secret != NULL && payload != NULL);

  forms[PAYLOAD] = g_strdup (payload);
  password = opt_secret_peek (secret);
  n_bytes = opt_secret_get_size (secret);
  if (n_bytes < MIN_BYTES)
    {
      forms[WORD] = g_strndup (password, n_bytes);
      return;
    }

  forms[RAW] = g_strndup (password, n_bytes);
  forms[REVERSED_BYTES] = reverse_bytes (password, n_bytes);
  forms[REVERSED_CHARACTERS] = g_utf8_strreverse (password, (gssize) n_bytes);
  forms[HEX] = create_hex (password, n_bytes);
  for (gsize i = 0; i < N_CUTS; i++)
    forms[BASE64 + i] = create_base64_core (password, n_bytes, i);
}

/* Undoes percent-encoding (RFC 3986 §2.1) wherever it seems to be, because which characters are
 * encoded is the server's choice. In web forms a space is a plus. */
static char *
unescape (const char *text, gboolean is_form)
{
  char *plain = g_malloc (strlen (text) + 1);
  char *to = plain;

  for (const char *from = text; *from != '\0'; from++)
    if (from[0] == '%' && g_ascii_isxdigit (from[1]) && g_ascii_isxdigit (from[2]))
      {
        *to++ = (char) (g_ascii_xdigit_value (from[1]) << 4 | g_ascii_xdigit_value (from[2]));
        from += 2;
      }
    else
      *to++ = is_form && *from == '+' ? ' ' : *from;
  *to = '\0';

  return plain;
}

static gboolean
holds (const char *text, const char *form)
{
  return form != NULL && strstr (text, form) != NULL;
}

static gboolean
is_word_end (const char *p)
{
  return !g_unichar_isalnum (g_utf8_get_char (p));
}

static gboolean
holds_word (const char *text, const char *word)
{
  gsize n_bytes = word != NULL ? strlen (word) : 0;

  for (const char *p = word != NULL ? strstr (text, word) : NULL; p != NULL;
       p = strstr (p + 1, word))
    if ((p == text || is_word_end (g_utf8_prev_char (p))) && is_word_end (p + n_bytes))
      return TRUE;

  return FALSE;
}

static gboolean
holds_any (const char *text, char *const forms[OPT_SCRUB_N_FORMS])
{
  for (guint i = 0; i < OPT_SCRUB_N_FORMS; i++)
    if (i == WORD ? holds_word (text, forms[i]) : holds (text, forms[i]))
      return TRUE;

  return FALSE;
}

/* The text as it came, without what is invisible, without percent-encoding, with the usual alphabet
 * of base64 in place of that for file names (RFC 4648 §5), and in lower case for hexadecimal. */
static void
fill_variants (char *variants[N_VARIANTS], const char *text)
{
  variants[0] = g_strdup (text);
  variants[1] = opt_transcript_clean_text (text, G_MAXUINT);
  variants[2] = unescape (text, FALSE);
  variants[3] = unescape (text, TRUE);
  variants[4] = g_strdelimit (g_strdelimit (unescape (text, FALSE), "-", '+'), "_", '/');
  variants[5] = g_ascii_strdown (text, -1);
}

gboolean
opt_scrub_finds (char *const forms[OPT_SCRUB_N_FORMS], const char *text)
{
  char *variants[N_VARIANTS];
  gboolean found = FALSE;

  g_return_val_if_fail (forms != NULL && text != NULL, FALSE);

  fill_variants (variants, text);
  for (guint i = 0; i < N_VARIANTS; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (variants[i], -1);

      found = found || holds_any (variants[i], forms) || holds_any (valid, forms);
      opt_secret_wipe (valid, strlen (valid));
      free_hidden (variants[i]);
    }

  return found;
}
