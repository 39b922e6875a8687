/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* isync's mbsync keeps a copy of an IMAP mailbox in a folder. In its file an argument with a space
 * stands in double quotes, which toggle; a backslash escapes. Nothing that we write needs one: the
 * look-up admits only plain names. */
#include "opt-client.h"
#include "opt-lookup.h"
#include "opt-terminal.h"

#include <glib/gi18n-lib.h>

/* A section ends at an empty line (mbsync(1)). Mail that is deleted on one side stays on the other
 * until the person sets Expunge. */
static const char format[] = "IMAPAccount %1$s\n"
                             "Host %2$s\n"
                             "Port %3$u\n"
                             "SSLType %4$s\n"
                             "User %5$s\n"
                             "PassCmd \"%6$s\"\n"
                             "\n"
                             "IMAPStore %1$s-remote\n"
                             "Account %1$s\n"
                             "\n"
                             "MaildirStore %1$s-local\n"
                             "Path ~/Mail/isync/%1$s/\n"
                             "Inbox ~/Mail/isync/%1$s/INBOX\n"
                             "SubFolders Verbatim\n"
                             "\n"
                             "Channel %1$s\n"
                             "Far :%1$s-remote:\n"
                             "Near :%1$s-local:\n"
                             "Patterns *\n"
                             "Create Near\n"
                             "SyncState *\n";

static GBytes *
render (const OptSettings *settings, GError **error)
{
  OptServer *server = opt_settings_get_incoming (settings);
  gboolean tls = opt_server_get_security (server) == OPT_SECURITY_TLS;
  g_autofree char *label = opt_terminal_create_label (settings);
  g_autofree char *command = opt_lookup_create_command (server, error);
  GString *file;

  if (command == NULL)
    return NULL;

  file = g_string_new (NULL);
  g_string_printf (file,
                   format,
                   label,
                   opt_server_get_host (server),
                   (guint) opt_server_get_port (server),
                   tls ? "IMAPS" : "STARTTLS",
                   opt_server_get_user (server),
                   command);

  return g_string_free_to_bytes (file);
}

static char **
create_steps (const OptSettings *settings)
{
  g_autofree char *label = opt_terminal_create_label (settings);
  g_autofree char *make = g_strdup_printf ("mkdir -p ~/Mail/isync/%s", label);
  g_autofree char *folder = opt_terminal_create_run_step (make);
  /* Translators: “~/.mbsyncrc” stays as it is. */
  const char *save = _ ("Save the file as “~/.mbsyncrc” in your home folder. If you have such a "
                        "file, do not replace it: add an empty line and our lines to its end.");
  g_autofree char *command = g_strdup_printf ("mbsync %s", label);
  g_autofree char *run = opt_terminal_create_run_step (command);
  const char *steps[] = { opt_terminal_get_keyring_step (), folder, save, run, NULL };

  return g_strdupv ((char **) steps);
}

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "mbsync" },
  { OPT_TRACE_NONE },
};

const OptClient opt_client_isync = {
  .id = "isync",
  .name = N_ ("isync (mbsync)"),
  .icon_name = "utilities-terminal-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP,
  .file_name = "isync.mbsyncrc",
  .media_type = "text/plain",
  .traces = traces,
  .render = render,
  .create_steps = create_steps,
  .password_path = N_ ("It takes it out of the keyring, by the program secret-tool."),
  .proof = "isync.test_fetches",
  .tried = N_ ("Fetched mail with mbsync 1.4 on Debian, with TLS and STARTTLS; only receives mail. "
               "Not tried on a Mac."),
};
