/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The command by which other programs take the password out of the keyring. It runs in a shell of
 * theirs, behind one or two layers of their own quoting, so it holds nothing that any of them could
 * take for syntax; what does not fit is refused, never escaped. */
#include "opt-lookup.h"

#include "opt-limit.h"

#include <string.h>

static gboolean
check_word (const char *word, GError **error)
{
  gboolean plain = word[0] != '\0' && word[0] != '-';

  for (const char *p = word; plain && *p != '\0'; p++)
    plain = g_ascii_isalnum (*p) || strchr ("._+@-", *p) != NULL;

  return plain || opt_limit_refuse_text (word, error);
}

char **
opt_lookup_create_arguments (const OptServer *server, GError **error)
{
  const char *arguments[] = { "secret-tool", "lookup", "host", NULL, "service",
                              NULL,          "user",   NULL,   NULL };

  g_return_val_if_fail (server != NULL, NULL);

  arguments[3] = opt_server_get_host (server);
  arguments[5] = opt_service_to_string (opt_server_get_service (server));
  arguments[7] = opt_server_get_user (server);
  for (guint i = 0; arguments[i] != NULL; i++)
    if (!check_word (arguments[i], error))
      return NULL;

  return g_strdupv ((char **) arguments);
}

char *
opt_lookup_create_command (const OptServer *server, GError **error)
{
  g_auto (GStrv) arguments = opt_lookup_create_arguments (server, error);

  return arguments != NULL ? g_strjoinv (" ", arguments) : NULL;
}
