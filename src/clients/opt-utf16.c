/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-utf16.h"

#include "opt-error.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

GBytes *
opt_utf16_create_bytes (const char *text)
{
  GString *marked = g_string_new (BYTE_ORDER_MARK);
  g_autofree gunichar2 *units = NULL;
  glong n_units = 0;

  g_return_val_if_fail (text != NULL, NULL);

  g_string_append (marked, text);
  g_string_replace (marked, "\n", "\r\n", 0);
  units = g_utf8_to_utf16 (marked->str, marked->len, NULL, &n_units, NULL);
  g_string_free (marked, TRUE);
  for (glong i = 0; i < n_units; i++)
    units[i] = GUINT16_TO_LE (units[i]);

  return g_bytes_new (units, n_units * sizeof *units);
}

/* What a byte order mark says, and the letters of western Windows where there is none and it is no
 * UTF-8. */
static char *
decode (const char *data, gsize size_bytes, gsize *length)
{
  if (size_bytes >= 2 && memcmp (data, "\xff\xfe", 2) == 0)
    return g_convert (data + 2, (gssize) size_bytes - 2, "UTF-8", "UTF-16LE", NULL, length, NULL);

  if (size_bytes >= 2 && memcmp (data, "\xfe\xff", 2) == 0)
    return g_convert (data + 2, (gssize) size_bytes - 2, "UTF-8", "UTF-16BE", NULL, length, NULL);

  if (!g_utf8_validate (data, (gssize) size_bytes, NULL))
    return g_convert (data, (gssize) size_bytes, "UTF-8", "WINDOWS-1252", NULL, length, NULL);

  if (size_bytes >= 3 && memcmp (data, BYTE_ORDER_MARK, 3) == 0)
    data += 3, size_bytes -= 3;
  *length = size_bytes;

  return g_strndup (data, size_bytes);
}

static void
drop_carriage_returns (char *text)
{
  char *end = text;

  for (const char *p = text; *p != '\0'; p++)
    if (*p != '\r')
      *end++ = *p;
  *end = '\0';
}

char *
opt_utf16_dup_text (GBytes *bytes, GError **error)
{
  gsize size_bytes;
  gsize length = 0;
  const char *data;
  g_autofree char *text = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size_bytes);
  if (size_bytes > 0 && size_bytes <= OPT_UTF16_MAX_BYTES)
    text = decode (data, size_bytes, &length);
  if (text == NULL || strlen (text) != length)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN, "not a text of a Windows program");
      return NULL;
    }

  drop_carriage_returns (text);

  return g_steal_pointer (&text);
}
