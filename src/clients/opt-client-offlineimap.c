/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* OfflineIMAP keeps a copy of an IMAP mailbox in a folder. It reads its file with Python's
 * ConfigParser, where a % would have to be doubled; the look-up admits none. Its STARTTLS checks no
 * certificate and goes on without when the server offers none, so that is refused. */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-lookup.h"
#include "opt-terminal.h"

#include <glib/gi18n-lib.h>

static const char format[] =
  "[general]\n"
  "accounts = %1$s\n"
  "ui = basic\n"
  "\n"
  "[Account %1$s]\n"
  "localrepository = %1$s-local\n"
  "remoterepository = %1$s-remote\n"
  "\n"
  "[Repository %1$s-local]\n"
  "type = Maildir\n"
  "localfolders = ~/Mail/offlineimap/%1$s\n"
  "\n"
  "[Repository %1$s-remote]\n"
  "type = IMAP\n"
  "remotehost = %2$s\n"
  "remoteport = %3$u\n"
  "ssl = yes\n"
  "starttls = no\n"
  "sslcacertfile = OS-DEFAULT\n"
  "remoteuser = %4$s\n"
  "remotepasseval = __import__(\"subprocess\").check_output([\"%5$s\"]).decode(\"utf-8\")\n";

static GBytes *
render (const OptSettings *settings, GError **error)
{
  OptServer *server = opt_settings_get_incoming (settings);
  g_autofree char *label = opt_terminal_create_label (settings);
  g_auto (GStrv) lookup = NULL;
  g_autofree char *command = NULL;
  GString *file;

  if (opt_server_get_security (server) != OPT_SECURITY_TLS)
    {
      g_set_error (error,
                   OPT_ERROR,
                   OPT_ERROR_CLIENT_VALUE,
                   "OfflineIMAP checks no certificate with STARTTLS");
      return NULL;
    }

  lookup = opt_lookup_create_arguments (server, error);
  if (lookup == NULL)
    return NULL;

  command = g_strjoinv ("\", \"", lookup);
  file = g_string_new (NULL);
  g_string_printf (file,
                   format,
                   label,
                   opt_server_get_host (server),
                   (guint) opt_server_get_port (server),
                   opt_server_get_user (server),
                   command);

  return g_string_free_to_bytes (file);
}

static char **
create_steps (const OptSettings *settings)
{
  g_autofree char *label = opt_terminal_create_label (settings);
  /* Translators: %s is the name of a file; “~/.config/offlineimap” stays as it is. */
  g_autofree char *save =
    g_strdup_printf (_ ("Save the file as “%s” in the folder “~/.config/offlineimap”, beside a "
                        "configuration that may be there."),
                     label);
  const char *both = _ ("Know that it works both ways: what you delete in the folder is deleted on "
                        "the server, too.");
  g_autofree char *command = g_strdup_printf ("offlineimap -c ~/.config/offlineimap/%s", label);
  g_autofree char *run = opt_terminal_create_run_step (command);
  const char *steps[] = { opt_terminal_get_keyring_step (), save, both, run, NULL };

  return g_strdupv ((char **) steps);
}

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "offlineimap" },
  { OPT_TRACE_CONFIG_FOLDER, "offlineimap" },
  { OPT_TRACE_HOME_FOLDER, ".offlineimap" },
  { OPT_TRACE_NONE },
};

const OptClient opt_client_offlineimap = {
  .id = "offlineimap",
  .name = N_ ("OfflineIMAP"),
  .icon_name = "utilities-terminal-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP,
  .file_name = "offlineimap.offlineimaprc",
  .media_type = "text/plain",
  .traces = traces,
  .render = render,
  .create_steps = create_steps,
  .password_path = N_ ("It takes it out of the keyring, by the program secret-tool."),
  .proof = "offlineimap.test_fetches",
  .tried = N_ ("Fetched mail with OfflineIMAP 8.0 on Debian; only receives mail and has no safe "
               "STARTTLS. Not tried on a Mac."),
};
