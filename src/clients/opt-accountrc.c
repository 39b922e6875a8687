/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sylpheed and Claws Mail, which grew out of it, keep their accounts in a file of sections. A value
 * is the rest of its line, without any escapes: what looks like one is part of the value. There is
 * never a password in it: Sylpheed would keep it as it stands. */
#include "opt-accountrc.h"

#include "opt-limit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Sylpheed reads a line of 8 KiB at most, and takes what follows for lines of their own. */
#define LINE_MAX_BYTES 8000

/* SSLType of both. */
#define SSL_TLS 1
#define SSL_STARTTLS 2

static guint
get_ssl (const OptServer *server)
{
  return opt_server_get_security (server) == OPT_SECURITY_TLS ? SSL_TLS : SSL_STARTTLS;
}

static void
add_text (GString *file, const char *key, const char *value)
{
  g_string_append_printf (file, "%s=%s\n", key, value);
}

static void
add_number (GString *file, const char *key, guint value)
{
  g_string_append_printf (file, "%s=%u\n", key, value);
}

static void
add_incoming (GString *file, const OptAccountrc *self, const OptSettings *settings)
{
  OptServer *server = opt_settings_get_incoming (settings);
  gboolean imap = opt_settings_get_incoming_service (settings) == OPT_SERVICE_IMAP;

  add_number (file, "protocol", imap ? self->imap : 0);
  add_text (file, "receive_server", opt_server_get_host (server));
  add_text (file, "user_id", opt_server_get_user (server));
  add_number (file, imap ? "ssl_imap" : "ssl_pop", get_ssl (server));
  add_number (file, imap ? "set_imapport" : "set_popport", 1);
  add_number (file, imap ? "imap_port" : "pop_port", opt_server_get_port (server));
}

static void
add_pop3 (GString *file, const OptAccountrc *self, guint days)
{
  gboolean forever = days == OPT_LEAVE_ON_SERVER_ALWAYS;

  add_number (file, "remove_mail", forever ? 0 : 1);
  if (!forever)
    add_number (file, "message_leave_time", days);
  g_string_append (file, self->more_pop3);
}

static void
add_outgoing (GString *file, const OptSettings *settings)
{
  OptServer *server = opt_settings_get_outgoing (settings);

  add_text (file, "smtp_server", opt_server_get_host (server));
  add_number (file, "use_smtp_auth", 1);
  add_number (file, "smtp_auth_method", 0);
  add_text (file, "smtp_user_id", opt_server_get_user (server));
  add_number (file, "ssl_smtp", get_ssl (server));
  add_number (file, "set_smtpport", 1);
  add_number (file, "smtp_port", opt_server_get_port (server));
}

static gboolean
check_lines (const GString *file, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (file->str, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (strlen (lines[i]) > LINE_MAX_BYTES)
      return opt_limit_refuse_length (error);

  return TRUE;
}

GBytes *
opt_accountrc_render (const OptAccountrc *self, const OptSettings *settings, GError **error)
{
  g_autoptr (GString) file = g_string_new ("[Account: 1]\n");

  g_return_val_if_fail (self != NULL && settings != NULL, NULL);

  add_text (file, "account_name", opt_settings_get_address (settings));
  add_number (file, "is_default", 1);
  add_text (file, "name", opt_settings_get_name (settings));
  add_text (file, "address", opt_settings_get_address (settings));
  add_incoming (file, self, settings);
  if (opt_settings_get_incoming_service (settings) == OPT_SERVICE_POP3)
    add_pop3 (file, self, opt_settings_get_leave_on_server (settings));
  add_outgoing (file, settings);
  g_string_append (file, self->more);

  return check_lines (file, error) ? g_string_free_to_bytes (g_steal_pointer (&file)) : NULL;
}

char **
opt_accountrc_create_steps (const OptSettings *settings,
                            const char *program,
                            const char *folder,
                            const char *first,
                            const char *last)
{
  /* Translators: %s is the name of a mail program. */
  g_autofree char *quit = g_strdup_printf (_ ("Quit %s: it writes its settings anew when it ends, "
                                              "and the exported lines would be lost."),
                                           program);
  g_autofree char *append =
    /* Translators: %s is a folder; “accountrc” stays as it is. */
    g_strdup_printf (_ ("Open the file “accountrc” in the folder “%s” in a text editor. Do not "
                        "replace it: add all of the exported lines to its end."),
                     folder);
  const char *number =
    /* Translators: what stands in quotes stays as it is. */
    _ ("In the exported lines, put the next free number in “[Account: 1]”, and change "
       "“is_default=1” to “is_default=0”.");
  /* Translators: the first %s is the name of a mail program, the second an email address. */
  g_autofree char *password = g_strdup_printf (_ ("Start %s. When asked, enter the password of "
                                                  "%s."),
                                               program,
                                               opt_settings_get_address (settings));
  const char *steps[] = { first, quit, append, number, password, last, NULL };

  return g_strdupv ((char **) steps);
}
