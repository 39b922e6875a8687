/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Names as they stand in the header of a message, which had no letters but ASCII for decades: some
 * programs keep them so in their settings. */
#include "opt-encoded-word.h"

#include <string.h>

#define SPACE " \t"

/* RFC 2047 §4.2: _ is a space in any character set. */
static GByteArray *
decode_q (const char *text, gsize size_bytes)
{
  GByteArray *bytes = g_byte_array_new ();

  for (gsize i = 0; i < size_bytes; i++)
    {
      guint8 byte = text[i] == '_' ? ' ' : (guint8) text[i];

      if (text[i] == '=' && i + 2 < size_bytes && g_ascii_isxdigit (text[i + 1]) &&
          g_ascii_isxdigit (text[i + 2]))
        {
          byte =
            (guint8) (g_ascii_xdigit_value (text[i + 1]) * 16 + g_ascii_xdigit_value (text[i + 2]));
          i += 2;
        }
      g_byte_array_append (bytes, &byte, 1);
    }

  return bytes;
}

static GByteArray *
decode_b (const char *text, gsize size_bytes)
{
  g_autofree char *copy = g_strndup (text, size_bytes);
  gsize n;
  guchar *bytes = g_base64_decode (copy, &n);

  return g_byte_array_new_take (bytes, n);
}

/* The name goes to iconv, so it has to look like one; a language may follow (RFC 2231 §5). */
static char *
convert (const GByteArray *bytes, const char *charset, gsize n_charset)
{
  g_autofree char *name = g_strndup (charset, n_charset);
  char *language = strchr (name, '*');

  if (language != NULL)
    *language = '\0';
  if (name[0] == '\0' || name[strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_-")] != '\0')
    return NULL;

  return g_convert ((const char *) bytes->data, bytes->len, "UTF-8", name, NULL, NULL, NULL);
}

/* RFC 2047 §2: =?charset?encoding?text?= Returns NULL when there is none at @text, else moves
 * @text behind it. */
static char *
take_word (const char **text)
{
  const char *charset = *text + strlen ("=?");
  const char *encoding = g_str_has_prefix (*text, "=?") ? strchr (charset, '?') : NULL;
  const char *content;
  const char *end;
  g_autoptr (GByteArray) bytes = NULL;
  char *word;

  if (encoding == NULL || encoding[1] == '\0' || encoding[2] != '?')
    return NULL;

  content = encoding + strlen ("?Q?");
  end = strstr (content, "?=");
  if (end == NULL || strcspn (content, SPACE) < (gsize) (end - content))
    return NULL;

  if (g_ascii_toupper (encoding[1]) == 'B')
    bytes = decode_b (content, (gsize) (end - content));
  else if (g_ascii_toupper (encoding[1]) == 'Q')
    bytes = decode_q (content, (gsize) (end - content));
  else
    return NULL;

  word = convert (bytes, charset, (gsize) (encoding - charset));
  if (word != NULL)
    *text = end + strlen ("?=");

  return word;
}

/* The space between two encoded words is no part of the text (RFC 2047 §6.2). */
char *
opt_encoded_word_decode (const char *text)
{
  g_autoptr (GString) decoded = g_string_new (NULL);
  gboolean after_word = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  while (*text != '\0')
    {
      gsize n_space = strspn (text, SPACE);
      const char *next = text + n_space;
      g_autofree char *word = take_word (&next);

      if (word == NULL)
        next += strcspn (next, SPACE);
      if (word == NULL || !after_word)
        g_string_append_len (decoded, text, word == NULL ? next - text : (gssize) n_space);
      if (word != NULL)
        g_string_append (decoded, word);
      after_word = word != NULL;
      text = next;
    }

  return g_string_free (g_steal_pointer (&decoded), FALSE);
}

/* RFC 5322 §3.2.4. */
static char *
unquote (const char *text)
{
  gsize n = strlen (text);
  g_autoptr (GString) plain = NULL;

  if (n < 2 || text[0] != '"' || text[n - 1] != '"')
    return g_strdup (text);

  plain = g_string_new (NULL);
  for (gsize i = 1; i < n - 1; i++)
    {
      if (text[i] == '\\' && i + 1 < n - 1)
        i++;
      g_string_append_c (plain, text[i]);
    }

  return g_string_free (g_steal_pointer (&plain), FALSE);
}

void
opt_encoded_word_split_mailbox (const char *mailbox, char **name, char **address)
{
  const char *open;
  g_autofree char *phrase = NULL;
  g_autofree char *unquoted = NULL;

  g_return_if_fail (mailbox != NULL && name != NULL && address != NULL);

  *name = NULL;
  open = strrchr (mailbox, '<');
  if (open == NULL)
    {
      *address = g_strstrip (g_strdup (mailbox));
      return;
    }

  *address = g_strstrip (g_strndup (open + 1, strcspn (open + 1, ">")));
  phrase = g_strchomp (g_strndup (mailbox, (gsize) (open - mailbox)));
  unquoted = unquote (g_strchug (phrase));
  if (unquoted[0] != '\0')
    *name = opt_encoded_word_decode (unquoted);
}
