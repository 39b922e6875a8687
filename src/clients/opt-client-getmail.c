/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* getmail fetches mail into a folder. It reads its file with Python's RawConfigParser, where a
 * value is the rest of the line as it stands, and evaluates password_command as a tuple. It checks
 * certificates only if it is told against what. It knows no STARTTLS, and by IMAP only passwords in
 * ASCII, so it gets POP3 with TLS. */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-lookup.h"
#include "opt-terminal.h"

#include <glib/gi18n-lib.h>

/* Debian, Ubuntu and Arch; the steps speak of the others. */
#define AUTHORITIES "/etc/ssl/certs/ca-certificates.crt"

static void
add_retriever (GString *file, const OptServer *server, char **lookup)
{
  g_autofree char *command = g_strjoinv ("\", \"", lookup);

  g_string_append_printf (file,
                          "[retriever]\n"
                          "type = SimplePOP3SSLRetriever\n"
                          "server = %s\n"
                          "port = %u\n"
                          "username = %s\n"
                          "password_command = (\"%s\")\n"
                          "ca_certs = " AUTHORITIES "\n",
                          opt_server_get_host (server),
                          (guint) opt_server_get_port (server),
                          opt_server_get_user (server),
                          command);
}

static void
add_options (GString *file, guint days)
{
  g_string_append_printf (file,
                          "[options]\n"
                          "delete = %s\n",
                          days == OPT_LEAVE_ON_SERVER_NEVER ? "true" : "false");
  if (days != OPT_LEAVE_ON_SERVER_NEVER && days != OPT_LEAVE_ON_SERVER_ALWAYS)
    g_string_append_printf (file, "delete_after = %u\n", days);
  g_string_append (file, "read_all = false\n");
}

static GBytes *
render (const OptSettings *settings, GError **error)
{
  OptServer *server = opt_settings_get_incoming (settings);
  g_autofree char *label = opt_terminal_create_label (settings);
  g_auto (GStrv) lookup = NULL;
  GString *file;

  if (opt_server_get_security (server) != OPT_SECURITY_TLS)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE, "getmail knows no STARTTLS");
      return NULL;
    }

  lookup = opt_lookup_create_arguments (server, error);
  if (lookup == NULL)
    return NULL;

  file = g_string_new (NULL);
  add_retriever (file, server, lookup);
  g_string_append_printf (file,
                          "\n[destination]\ntype = Maildir\npath = ~/Mail/getmail/%s/\n\n",
                          label);
  add_options (file, opt_settings_get_leave_on_server (settings));

  return g_string_free_to_bytes (file);
}

static char **
create_steps (const OptSettings *settings)
{
  g_autofree char *label = opt_terminal_create_label (settings);
  g_autofree char *make = g_strdup_printf ("mkdir -p -m 700 ~/.config/getmail "
                                           "~/Mail/getmail/%1$s/cur ~/Mail/getmail/%1$s/new "
                                           "~/Mail/getmail/%1$s/tmp",
                                           label);
  g_autofree char *folders = opt_terminal_create_run_step (make);
  /* Translators: %s is the name of a file; “~/.config/getmail” stays as it is. */
  g_autofree char *save =
    g_strdup_printf (_ ("Save the file as “%s” in the folder “~/.config/getmail”."), label);
  /* Translators: “ca_certs” and the paths stay as they are. */
  const char *authorities = _ ("On Fedora, put “/etc/pki/tls/certs/ca-bundle.crt” after "
                               "“ca_certs =”.");
  g_autofree char *command =
    g_strdup_printf ("getmail --getmaildir ~/.config/getmail --rcfile %s", label);
  g_autofree char *run = opt_terminal_create_run_step (command);
  const char *steps[] = { opt_terminal_get_keyring_step (), folders, save, authorities, run, NULL };

  return g_strdupv ((char **) steps);
}

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "getmail" },
  { OPT_TRACE_CONFIG_FOLDER, "getmail" },
  { OPT_TRACE_HOME_FOLDER, ".getmail" },
  { OPT_TRACE_NONE },
};

const OptClient opt_client_getmail = {
  .id = "getmail",
  .name = N_ ("getmail"),
  .icon_name = "utilities-terminal-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_POP3,
  .file_name = "getmail.getmailrc",
  .media_type = "text/plain",
  .traces = traces,
  .render = render,
  .create_steps = create_steps,
  .password_path = N_ ("It takes it out of the keyring, by the program secret-tool."),
  .proof = "getmail.test_fetches",
  .tried = N_ ("Fetched mail with getmail 6.18 on Debian; only receives mail, with TLS from the "
               "start. Not tried on a Mac."),
};
