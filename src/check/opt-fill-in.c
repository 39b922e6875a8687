/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-fill-in.h"

#include <string.h>

char *
opt_fill_in (const char *text, const char *const *values, guint n_values)
{
  g_autoptr (GString) filled = NULL;

  g_return_val_if_fail (text != NULL && n_values <= 9, NULL);

  filled = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    if (p[0] == '%' && p[1] >= '1' && p[1] < '1' + (int) n_values && g_str_has_prefix (p + 2, "$s"))
      {
        const char *value = values[p[1] - '1'];

        g_string_append (filled, value != NULL ? value : "");
        p += strlen ("1$s");
      }
    else
      g_string_append_c (filled, *p);

  return g_string_free (g_steal_pointer (&filled), FALSE);
}
