/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Several values in one text. How two of them stand together is for translators to say: Chinese has
 * no space there, Arabic another comma. */
#include "opt-join.h"

#include <glib/gi18n-lib.h>

/* @pattern is of two values; what stands between them stands between all. */
static char *
join (const char *pattern, const char *const *parts)
{
  g_auto (GStrv) around = g_strsplit (pattern, "%s", -1);
  g_autofree char *joined = NULL;

  g_return_val_if_fail (g_strv_length (around) == 3, NULL);

  if (parts[0] == NULL || parts[1] == NULL)
    return g_strdup (parts[0] != NULL ? parts[0] : "");

  joined = g_strjoinv (around[1], (char **) parts);

  return g_strconcat (around[0], joined, around[2], NULL);
}

char *
opt_join_list (const char *const *words)
{
  g_return_val_if_fail (words != NULL, NULL);

  /* Translators: how names stand in a list of two; what is between them is put between all names of
   * a longer list. Keep their order */
  return join (C_ ("list", "%s, %s"), words);
}

char *
opt_join_in_order (const char *const *words)
{
  g_return_val_if_fail (words != NULL, NULL);

  /* Translators: two servers that a message went through, the first and the next; what is between
   * them is put between all servers if they are more. Keep their order */
  return join (_ ("%s, then %s"), words);
}

char *
opt_join_sentences (const char *const *sentences)
{
  g_return_val_if_fail (sentences != NULL, NULL);

  /* Translators: how two sentences stand one after the other, here with a space between them. Keep
   * their order */
  return join (C_ ("sentences", "%s %s"), sentences);
}
