/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Evolution's accounts are key files for its data server, three for each: where mail comes in, who
 * writes it, and where it goes out (evolution-data-server 3.46). A file's name is the source's UID,
 * by which the others and the keyring speak of it; the same account always has the same. */
#include "opt-client.h"
#include "opt-error.h"

#include <glib/gi18n-lib.h>

#define REFRESH_MINUTES 10

/* CamelPop3Settings:delete-after-days. */
#define MAX_DAYS 365

/* Long enough that two accounts never meet. */
#define UID_CHARS 16

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "evolution" },
  { OPT_TRACE_FLATPAK, "org.gnome.Evolution" },
  { OPT_TRACE_NONE },
};

/* The three sources' UIDs. */
typedef struct
{
  char *account;
  char *identity;
  char *transport;
} Uids;

static void
clear_uids (Uids *uids)
{
  g_free (uids->account);
  g_free (uids->identity);
  g_free (uids->transport);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Uids, clear_uids)

/* An address may have characters that no file name has. */
static void
set_uids (Uids *uids, const OptSettings *settings)
{
  g_autofree char *lower = g_ascii_strdown (opt_settings_get_address (settings), -1);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, lower, -1);

  sum[UID_CHARS] = '\0';
  uids->account = g_strdup_printf ("optsetup-%s-account", sum);
  uids->identity = g_strdup_printf ("optsetup-%s-identity", sum);
  uids->transport = g_strdup_printf ("optsetup-%s-transport", sum);
}

static GKeyFile *
create_source (const OptSettings *settings, const char *parent)
{
  GKeyFile *file = g_key_file_new ();

  g_key_file_set_string (file, "Data Source", "DisplayName", opt_settings_get_address (settings));
  g_key_file_set_boolean (file, "Data Source", "Enabled", TRUE);
  g_key_file_set_string (file, "Data Source", "Parent", parent);

  return file;
}

/* Without a method POP3 signs in by USER and PASS and IMAP by LOGIN; SMTP has to be told. */
static void
add_server (GKeyFile *file, const OptServer *server)
{
  gboolean smtp = opt_server_get_service (server) == OPT_SERVICE_SMTP;
  gboolean tls = opt_server_get_security (server) == OPT_SECURITY_TLS;

  g_key_file_set_string (file, "Authentication", "Host", opt_server_get_host (server));
  g_key_file_set_string (file, "Authentication", "Method", smtp ? "PLAIN" : "none");
  g_key_file_set_integer (file, "Authentication", "Port", opt_server_get_port (server));
  g_key_file_set_string (file, "Authentication", "ProxyUid", "system-proxy");
  g_key_file_set_boolean (file, "Authentication", "RememberPassword", TRUE);
  g_key_file_set_string (file, "Authentication", "User", opt_server_get_user (server));
  g_key_file_set_string (file,
                         "Security",
                         "Method",
                         tls ? "ssl-on-alternate-port" : "starttls-on-standard-port");
}

static void
add_leave_on_server (GKeyFile *file, guint days)
{
  gboolean keep = days != OPT_LEAVE_ON_SERVER_NEVER;

  g_key_file_set_boolean (file, "Pop Backend", "KeepOnServer", keep);
  g_key_file_set_integer (file,
                          "Pop Backend",
                          "DeleteAfterDays",
                          days == OPT_LEAVE_ON_SERVER_ALWAYS ? 0 : (int) days);
}

static GKeyFile *
create_account (const OptSettings *settings, const Uids *uids)
{
  GKeyFile *file = create_source (settings, "");
  gboolean pop3 = opt_settings_get_incoming_service (settings) == OPT_SERVICE_POP3;

  add_server (file, opt_settings_get_incoming (settings));
  g_key_file_set_string (file, "Mail Account", "BackendName", pop3 ? "pop" : "imapx");
  g_key_file_set_string (file, "Mail Account", "IdentityUid", uids->identity);
  g_key_file_set_boolean (file, "Mail Account", "NeedsInitialSetup", FALSE);
  g_key_file_set_boolean (file, "Refresh", "Enabled", TRUE);
  g_key_file_set_integer (file, "Refresh", "IntervalMinutes", REFRESH_MINUTES);
  if (pop3)
    add_leave_on_server (file, opt_settings_get_leave_on_server (settings));

  return file;
}

/* What the server calls its folders nobody knows yet. */
static GKeyFile *
create_identity (const OptSettings *settings, const Uids *uids)
{
  GKeyFile *file = create_source (settings, uids->account);

  g_key_file_set_string (file, "Mail Identity", "Address", opt_settings_get_address (settings));
  g_key_file_set_string (file, "Mail Identity", "Name", opt_settings_get_name (settings));
  g_key_file_set_string (file, "Mail Submission", "TransportUid", uids->transport);
  g_key_file_set_string (file, "Mail Submission", "SentFolder", "folder://local/Sent");
  g_key_file_set_boolean (file, "Mail Submission", "UseSentFolder", TRUE);
  g_key_file_set_string (file, "Mail Composition", "DraftsFolder", "folder://local/Drafts");
  g_key_file_set_string (file, "Mail Composition", "TemplatesFolder", "folder://local/Templates");

  return file;
}

static GKeyFile *
create_transport (const OptSettings *settings, const Uids *uids)
{
  GKeyFile *file = create_source (settings, uids->account);

  add_server (file, opt_settings_get_outgoing (settings));
  g_key_file_set_string (file, "Mail Transport", "BackendName", "smtp");

  return file;
}

static void
add_file (GPtrArray *files, const char *uid, GKeyFile *source)
{
  g_autofree char *name = g_strconcat (uid, ".source", NULL);
  gsize size_bytes;
  char *text = g_key_file_to_data (source, &size_bytes, NULL);

  g_ptr_array_add (files, opt_client_file_new (name, g_bytes_new_take (text, size_bytes)));
}

static GPtrArray *
render_files (const OptSettings *settings, GError **error)
{
  guint days = opt_settings_get_leave_on_server (settings);
  g_auto (Uids) uids = { NULL };
  g_autoptr (GKeyFile) account = NULL;
  g_autoptr (GKeyFile) identity = NULL;
  g_autoptr (GKeyFile) transport = NULL;
  GPtrArray *files;

  if (opt_settings_get_incoming_service (settings) == OPT_SERVICE_POP3 && days > MAX_DAYS &&
      days != OPT_LEAVE_ON_SERVER_ALWAYS)
    {
      g_set_error (error,
                   OPT_ERROR,
                   OPT_ERROR_CLIENT_VALUE,
                   "Evolution leaves mail for %u days at most",
                   MAX_DAYS);
      return NULL;
    }

  set_uids (&uids, settings);
  account = create_account (settings, &uids);
  identity = create_identity (settings, &uids);
  transport = create_transport (settings, &uids);

  files = opt_client_files_new ();
  add_file (files, uids.account, account);
  add_file (files, uids.identity, identity);
  add_file (files, uids.transport, transport);

  return files;
}

static char **
create_steps (const OptSettings *settings)
{
  const char *close = _ ("Close Evolution.");
  /* Translators: ~/.config/evolution/sources stays as it is. */
  const char *copy = _ ("Put the three files into the folder “~/.config/evolution/sources”. Those "
                        "that are already there stay.");
  const char *login = _ ("Log out and in again, so that the files are read.");
  /* Translators: %s is an email address. */
  g_autofree char *password =
    g_strdup_printf (_ ("Open Evolution. When it asks, enter the password "
                        "of %s, and let it be remembered."),
                     opt_settings_get_address (settings));
  const char *steps[] = { close, copy, login, password, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_evolution = {
  .id = "evolution",
  .name = N_ ("Evolution"),
  .icon_name = "evolution",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "evolution-sources",
  .traces = traces,
  .render_files = render_files,
  .create_steps = create_steps,
  .password_path = N_ ("When it is set up from here, it finds the password in the keyring, under a "
                       "name of its own; with the files it asks for it once."),
  .proof = "evolution.test_takes_imap",
  .tried = N_ ("Taken, kept and removed again by the data server of Evolution 3.46 on Debian, and "
               "the password found; not tried with the Flatpak."),
};
