/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-distance.h"

#include <string.h>

guint
opt_distance (const char *a, const char *b)
{
  gsize n_a = strlen (a);
  gsize n_b = strlen (b);
  /* Three rows of the table are enough: this one, the last, and the last but one for swaps. */
  g_autofree guint *before_last = g_new0 (guint, n_b + 1);
  g_autofree guint *last = g_new0 (guint, n_b + 1);
  g_autofree guint *row = g_new0 (guint, n_b + 1);

  for (gsize j = 0; j <= n_b; j++)
    row[j] = j;

  for (gsize i = 1; i <= n_a; i++)
    {
      guint *free_row = before_last;

      before_last = last;
      last = row;
      row = free_row;
      row[0] = i;

      for (gsize j = 1; j <= n_b; j++)
        {
          guint changed = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);

          row[j] = MIN (changed, MIN (last[j], row[j - 1]) + 1);
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], before_last[j - 2] + 1);
        }
    }

  return row[n_b];
}
