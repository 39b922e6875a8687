/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything works, but not where it usually does: mail programs that are set to the usual server
 * fail meanwhile, and nobody would know why. */
#include "opt-advice-stand-in.h"

#include <glib/gi18n-lib.h>

/* By its host, or where both have the same, by that and its port. */
static char *
create_name (const OptServer *server, const OptServer *other)
{
  const char *host = opt_server_get_host (server);

  if (!g_str_equal (host, opt_server_get_host (other)))
    return g_strdup (host);

  return g_strdup_printf ("%s:%u", host, (guint) opt_server_get_port (server));
}

static char *
create_sentence (OptProbe *probe)
{
  const OptEvidence *first = g_ptr_array_index (opt_probe_get_tried (probe), 0);
  const OptServer *used = opt_probe_get_evidence (probe)->server;
  g_autofree char *usual = NULL;
  g_autofree char *stand_in = NULL;

  if (first->server == used)
    return NULL;

  usual = create_name (first->server, used);
  stand_in = create_name (used, first->server);

  return g_strdup_printf (
    /* Translators: the names of two servers */
    _ ("%1$s, the usual server, does not work right now. %2$s does, and is used instead."),
    usual,
    stand_in);
}

char *
opt_advice_create_stand_in_text (OptCheck *check)
{
  g_autoptr (GPtrArray) sentences = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (OPT_IS_CHECK (check), NULL);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_autofree char *sentence =
        opt_check_works (check, i) ? create_sentence (opt_check_get_probe (check, i)) : NULL;

      if (sentence != NULL &&
          !g_ptr_array_find_with_equal_func (sentences, sentence, g_str_equal, NULL))
        g_ptr_array_add (sentences, g_steal_pointer (&sentence));
    }
  if (sentences->len == 0)
    return NULL;

  g_ptr_array_add (sentences, NULL);

  return g_strjoinv ("\n", (char **) sentences->pdata);
}
