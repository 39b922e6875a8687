/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The words for what a format has no way to say: which of the settings it is, and what to do. No
 * password ever comes here. */
#include "opt-limit.h"

#include "opt-error.h"

#include <glib/gi18n-lib.h>

gboolean
opt_limit_refuse_name (const char *name, const char *characters, GError **error)
{
  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_CLIENT_NAME,
               /* Translators: the first is somebody's name, the second some of its characters */
               _ ("The name “%1$s” has “%2$s”, which this mail program cannot hold. Use another "
                  "name for it."),
               name,
               characters);

  return FALSE;
}

gboolean
opt_limit_refuse_text (const char *text, GError **error)
{
  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_CLIENT_VALUE,
               /* Translators: %s is a user name or an address */
               _ ("This mail program would take “%s” for something else. Choose another program."),
               text);

  return FALSE;
}

gboolean
opt_limit_refuse_security (const OptServer *server, GError **error)
{
  g_autofree char *shown = opt_server_to_string (server);

  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_CLIENT_VALUE,
               /* Translators: %s is a server, as in starttls://mail.example.net:587 */
               _ ("This mail program cannot encrypt as “%s” wants it. Choose another server, or "
                  "another program."),
               shown);

  return FALSE;
}

gboolean
opt_limit_refuse_length (GError **error)
{
  g_set_error_literal (error,
                       OPT_ERROR,
                       OPT_ERROR_CLIENT_VALUE,
                       _ ("The settings are longer than this mail program can read. A shorter name "
                          "may help."));

  return FALSE;
}

char *
opt_limit_find_characters (const char *text, gboolean (*fits) (gunichar c))
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!fits (c) && g_utf8_strchr (found->str, -1, c) == NULL)
        g_string_append_unichar (found, c);
    }

  return found->len > 0 ? g_string_free (g_steal_pointer (&found), FALSE) : NULL;
}
