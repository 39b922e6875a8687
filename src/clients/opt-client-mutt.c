/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Mutt and NeoMutt read one syntax. Their own file can `source` ours. The password comes from a
 * command between backticks: what it prints is not read as syntax again, and it runs once, when the
 * file is read. */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-lookup.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "neomutt" },       { OPT_TRACE_PROGRAM, "mutt" },
  { OPT_TRACE_CONFIG_FOLDER, "neomutt" }, { OPT_TRACE_CONFIG_FOLDER, "mutt" },
  { OPT_TRACE_HOME_FOLDER, ".mutt" },     { OPT_TRACE_NONE },
};

/* Inside "…" these are read: the end, escapes, variables and commands. */
static void
add_string (GString *config, const char *key, const char *value)
{
  g_string_append_printf (config, "set %s = \"", key);
  for (const char *p = value; *p != '\0'; p++)
    {
      if (strchr ("\\\"$`", *p) != NULL)
        g_string_append_c (config, '\\');
      g_string_append_c (config, *p);
    }
  g_string_append (config, "\"\n");
}

/* All that a command of ours can hold is safe inside "…". */
static gboolean
add_password (GString *config, const char *key, const OptServer *server, GError **error)
{
  g_autofree char *command = opt_lookup_create_command (server, error);

  if (command == NULL)
    return FALSE;

  g_string_append_printf (config, "set %s = \"`%s`\"\n", key, command);

  return TRUE;
}

/* "s" after the scheme is TLS from the start; without it ssl_starttls and ssl_force_tls see to TLS
 * before the password. */
static char *
dup_url (const OptServer *server, const char *scheme, const char *path)
{
  gboolean tls = opt_server_get_security (server) == OPT_SECURITY_TLS;
  g_autofree char *user = g_uri_escape_string (opt_server_get_user (server), NULL, FALSE);

  return g_strdup_printf ("%s%s://%s@%s:%u/%s",
                          scheme,
                          tls ? "s" : "",
                          user,
                          opt_server_get_host (server),
                          (guint) opt_server_get_port (server),
                          path);
}

static gboolean
add_imap (GString *config, const OptServer *server, GError **error)
{
  g_autofree char *folder = dup_url (server, "imap", "");
  g_autofree char *inbox = dup_url (server, "imap", "INBOX");

  add_string (config, "imap_user", opt_server_get_user (server));
  if (!add_password (config, "imap_pass", server, error))
    return FALSE;
  add_string (config, "folder", folder);
  add_string (config, "spoolfile", inbox);

  return TRUE;
}

/* pop_delete is about fetching into a file; the mailbox can be opened as it lies on the server,
 * too. There are no days. */
static gboolean
add_pop (GString *config, const OptServer *server, guint leave_on_server_days, GError **error)
{
  gboolean removes = leave_on_server_days == OPT_LEAVE_ON_SERVER_NEVER;
  g_autofree char *url = dup_url (server, "pop", "");

  add_string (config, "pop_user", opt_server_get_user (server));
  if (!add_password (config, "pop_pass", server, error))
    return FALSE;
  add_string (config, "pop_host", url);
  g_string_append_printf (config, "set pop_delete = %s\n", removes ? "yes" : "no");
  add_string (config, "spoolfile", url);

  return TRUE;
}

static gboolean
add_incoming (GString *config, const OptSettings *settings, GError **error)
{
  const OptServer *server = opt_settings_get_incoming (settings);

  return opt_settings_get_incoming_service (settings) == OPT_SERVICE_IMAP
           ? add_imap (config, server, error)
           : add_pop (config, server, opt_settings_get_leave_on_server (settings), error);
}

static GBytes *
render (const OptSettings *settings, GError **error)
{
  g_autoptr (GString) config = g_string_new (NULL);
  const OptServer *outgoing = opt_settings_get_outgoing (settings);
  g_autofree char *smtp_url = dup_url (outgoing, "smtp", "");

  add_string (config, "realname", opt_settings_get_name (settings));
  add_string (config, "from", opt_settings_get_address (settings));
  g_string_append (config, "set use_from = yes\n");
  g_string_append (config, "set ssl_starttls = yes\n");
  g_string_append (config, "set ssl_force_tls = yes\n");
  if (!add_incoming (config, settings, error))
    return NULL;
  add_string (config, "smtp_url", smtp_url);
  if (!add_password (config, "smtp_pass", outgoing, error))
    return NULL;

  return g_string_free_to_bytes (g_steal_pointer (&config));
}

static const char *
get_last_step (const OptSettings *settings)
{
  if (opt_settings_get_incoming_service (settings) == OPT_SERVICE_IMAP)
    return _ ("Start it. Your inbox opens; “c” changes to another folder of yours, “m” writes a "
              "message.");
  if (opt_settings_get_leave_on_server (settings) == OPT_LEAVE_ON_SERVER_NEVER)
    return _ ("Start it. Your mailbox opens as it lies on the server; “G” fetches it into a file "
              "and removes it there.");

  return _ ("Start it. Your mailbox opens as it lies on the server, and “G” fetches it into a "
            "file. It cannot remove mail after some days: everything stays until you delete it.");
}

static char **
create_steps (const OptSettings *settings)
{
  const char *move =
    _ ("Move the file to where it can stay, for example to “~/.config/mutt/”. Only "
       "you may read it, so keep its mode at 600.");
  /* Translators: the line in quotes stays as it is, but for the folder. */
  const char *source = _ ("Add the line “source ~/.config/mutt/optsetup.muttrc” to the end of your "
                          "“~/.muttrc” or “~/.config/mutt/muttrc”; for NeoMutt, to “~/.neomuttrc” "
                          "or “~/.config/neomutt/neomuttrc”. If you have neither, make the first "
                          "with this line.");
  const char *tool = _ ("The program “secret-tool” has to be there; on Debian and Ubuntu it is in "
                        "the package libsecret-tools.");
  /* Translators: %s is an email address. */
  g_autofree char *password = g_strdup_printf (_ ("There is no password to enter: that of %s comes "
                                                  "from the keyring, once it is saved there."),
                                               opt_settings_get_address (settings));
  const char *steps[] = { move, source, tool, password, get_last_step (settings), NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_mutt = {
  .id = "mutt",
  .name = N_ ("Mutt and NeoMutt"),
  .icon_name = "utilities-terminal-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "optsetup.muttrc",
  .media_type = "text/plain",
  .traces = traces,
  .render = render,
  .create_steps = create_steps,
  .password_path = N_ ("The file has a command that takes it out of the keyring."),
  .proof = "mutt.test_opens_the_mailbox",
  .tried =
    N_ ("Mutt 2.2.12 and NeoMutt 20220429 on Debian opened the mailbox and sent mail with it, "
        "by TLS and by STARTTLS. With POP3 they leave mail on the server or remove it at "
        "once; they cannot count days."),
};
