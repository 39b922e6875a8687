/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-utf16.h"

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
