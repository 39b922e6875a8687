/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* GLib reads and writes such text itself, but leaves copies of the passwords in freed memory. So
 * this knows as much of the form as is needed for texts, and refuses everything else (GVariant Text
 * Format; seen with goa-daemon 3.46). */
#include "opt-goa-password.h"

#include "opt-error.h"

#include <string.h>

#define IMAP_KEY "imap-password"
#define SMTP_KEY "smtp-password"

/* Two passwords of full length, each byte escaped, are far below. */
#define MAX_BYTES (32 * 1024)

/* As a byte, in the longest of its forms: \u0001. */
#define MAX_ESCAPED_BYTES 6

typedef struct
{
  gsize size_bytes;
  char text[];
} Buffer;

static void
free_buffer (gpointer data)
{
  Buffer *buffer = data;

  opt_secret_wipe (buffer->text, buffer->size_bytes);
  g_free (buffer);
}

static char *
put_text (char *at, const char *text)
{
  return g_stpcpy (at, text);
}

static char *
put_quoted (char *at, const char *text)
{
  *at++ = '\'';
  for (; *text != '\0'; text++)
    {
      if (g_ascii_iscntrl (*text))
        {
          at += g_snprintf (at, MAX_ESCAPED_BYTES + 1, "\\u%04x", (guint) *text);
          continue;
        }
      if (*text == '\'' || *text == '\\')
        *at++ = '\\';
      *at++ = *text;
    }

  return put_text (at, "'");
}

GBytes *
opt_goa_password_pack (OptSecret *secret)
{
  static const char *const keys[] = { "{'" IMAP_KEY "': <", ">, '" SMTP_KEY "': <" };
  gsize size_bytes = 128 + 2 * MAX_ESCAPED_BYTES * opt_secret_get_size (secret);
  Buffer *buffer = g_malloc0 (sizeof *buffer + size_bytes);
  char *at = buffer->text;

  buffer->size_bytes = size_bytes;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    at = put_quoted (put_text (at, keys[i]), opt_secret_peek (secret));
  at = put_text (at, ">}");

  return g_bytes_new_with_free_func (buffer->text, at - buffer->text, free_buffer, buffer);
}

typedef struct
{
  const char *at;
  const char *end;
} Cursor;

static gboolean
take (Cursor *cursor, char wanted)
{
  while (cursor->at < cursor->end && g_ascii_isspace (*cursor->at))
    cursor->at++;
  if (cursor->at == cursor->end || *cursor->at != wanted)
    return FALSE;
  cursor->at++;

  return TRUE;
}

/* A text of at most OPT_SECRET_MAX_BYTES; more would be no password. */
typedef struct
{
  char bytes[OPT_SECRET_MAX_BYTES + 8];
  gsize n_bytes;
} Text;

static void
wipe_text (Text *text)
{
  opt_secret_wipe (text, sizeof *text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Text, wipe_text)

static gboolean
take_character (Cursor *cursor, guint n_digits, Text *text)
{
  gunichar character = 0;

  for (guint i = 0; i < n_digits; i++, cursor->at++)
    {
      if (cursor->at == cursor->end || !g_ascii_isxdigit (*cursor->at))
        return FALSE;
      character = character << 4 | g_ascii_xdigit_value (*cursor->at);
    }
  if (character == 0 || !g_unichar_validate (character))
    return FALSE;
  text->n_bytes += g_unichar_to_utf8 (character, text->bytes + text->n_bytes);

  return TRUE;
}

/* What stands behind a backslash. */
static gboolean
take_escape (Cursor *cursor, Text *text)
{
  static const char letters[] = "abfnrtv", meanings[] = "\a\b\f\n\r\t\v";
  const char *letter;
  char found;

  if (cursor->at == cursor->end)
    return FALSE;
  found = *cursor->at++;
  if (found == 'u' || found == 'U')
    return take_character (cursor, found == 'u' ? 4 : 8, text);

  letter = found != '\0' ? strchr (letters, found) : NULL;
  text->bytes[text->n_bytes++] = letter != NULL ? meanings[letter - letters] : found;

  return TRUE;
}

static gboolean
take_quoted (Cursor *cursor, Text *text)
{
  char quote = take (cursor, '\'') ? '\'' : '"';

  text->n_bytes = 0;
  if (quote == '"' && !take (cursor, quote))
    return FALSE;

  while (cursor->at < cursor->end && text->n_bytes <= OPT_SECRET_MAX_BYTES)
    {
      char found = *cursor->at++;

      if (found == quote)
        return TRUE;
      if (found != '\\')
        text->bytes[text->n_bytes++] = found;
      else if (!take_escape (cursor, text))
        return FALSE;
    }

  return FALSE;
}

/* One of `'key': <'value'>`. */
static gboolean
take_entry (Cursor *cursor, const char *wanted, Text *value, gboolean *is_wanted)
{
  g_auto (Text) key = { .n_bytes = 0 };

  if (!take_quoted (cursor, &key) || !take (cursor, ':') || !take (cursor, '<') ||
      !take_quoted (cursor, value) || !take (cursor, '>'))
    return FALSE;
  *is_wanted = key.n_bytes == strlen (wanted) && memcmp (key.bytes, wanted, key.n_bytes) == 0;

  return TRUE;
}

static OptSecret *
fail_text (GError **error)
{
  g_set_error_literal (error,
                       OPT_ERROR,
                       OPT_ERROR_PASSWORD_NOT_TEXT,
                       "the keyring item of GNOME Online Accounts has another form");

  return NULL;
}

OptSecret *
opt_goa_password_unpack (GBytes *content, OptService service, GError **error)
{
  const char *wanted = service == OPT_SERVICE_SMTP ? SMTP_KEY : IMAP_KEY;
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (content, &n_bytes);
  Cursor cursor = { bytes, bytes + n_bytes };
  g_auto (Text) value = { .n_bytes = 0 };
  gboolean is_wanted = FALSE;

  if (n_bytes > MAX_BYTES || !take (&cursor, '{'))
    return fail_text (error);

  do
    if (!take_entry (&cursor, wanted, &value, &is_wanted))
      return fail_text (error);
  while (!is_wanted && take (&cursor, ','));

  if (is_wanted)
    return opt_secret_new_from (OPT_SECRET_KEPT_ELSEWHERE, value.bytes, value.n_bytes, error);

  g_set_error (error, OPT_ERROR, OPT_ERROR_KEYRING_NOT_FOUND, "There is no %s", wanted);

  return NULL;
}
