/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Evolution's accounts are key files for its data server, three for each: where mail comes in, who
 * writes it, and where it goes out (evolution-data-server 3.46). A file's name is the source's UID,
 * by which the others and the keyring speak of it; the same account always has the same. */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-found-value.h"
#include "opt-key-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FLATPAK_ID "org.gnome.Evolution"
#define SUFFIX ".source"

#define REFRESH_MINUTES 10

/* RFC 5321 §4.5.4.2. */
#define SMTP_PORT 25

/* Sources within sources; they may be made to go round in circles. */
#define MAX_PARENTS 8

/* CamelPop3Settings:delete-after-days. */
#define MAX_DAYS 365

/* Long enough that two accounts never meet. */
#define UID_CHARS 16

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "evolution" },
  { OPT_TRACE_FLATPAK, FLATPAK_ID },
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
  g_autofree char *name = g_strconcat (uid, SUFFIX, NULL);
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
      g_set_error_literal (error,
                           OPT_ERROR,
                           OPT_ERROR_CLIENT_VALUE,
                           _ (
                             "Evolution leaves mail on the server for a year at most. Choose fewer "
                             "days, or always."));
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

static void
find_places (const OptMachine *machine, GPtrArray *places)
{
  g_auto (GStrv) folders =
    opt_machine_list_config_folders (machine, "evolution/sources", FLATPAK_ID);

  for (gsize i = 0; folders[i] != NULL; i++)
    opt_places_add_folder (places, g_strdup (folders[i]), SUFFIX);
}

static const struct
{
  const char *method;
  OptFoundSecurity security;
} securities[] = {
  { "ssl-on-alternate-port", OPT_FOUND_SECURITY_TLS },
  { "starttls-on-standard-port", OPT_FOUND_SECURITY_STARTTLS },
};

static OptFoundSecurity
read_security (GKeyFile *source)
{
  g_autofree char *method = opt_key_file_dup_text (source, "Security", "Method");

  for (gsize i = 0; i < G_N_ELEMENTS (securities); i++)
    if (g_strcmp0 (method, securities[i].method) == 0)
      return securities[i].security;

  return OPT_FOUND_SECURITY_NONE;
}

/* The opposite of what add_server() knows of methods; one with a + is done before the usual way. */
static OptFoundAuth
read_auth (GKeyFile *source, OptService service)
{
  g_autofree char *method = opt_key_file_dup_text (source, "Authentication", "Method");

  if (method == NULL || g_str_equal (method, "none"))
    return service == OPT_SERVICE_SMTP ? OPT_FOUND_AUTH_NONE : OPT_FOUND_AUTH_PASSWORD;

  return opt_found_value_get_auth (method[0] == '+' ? method + 1 : method);
}

static void
read_server (OptFound *found, OptService service, GKeyFile *source, const char *uid)
{
  g_autofree char *host = opt_key_file_dup_text (source, "Authentication", "Host");
  OptFoundServer *server = opt_found_add_server (found, service, host);
  int port = opt_key_file_get_number (source, "Authentication", "Port");

  server->security = read_security (source);
  /* Camel does not know of submission. */
  if (port == 0 && service == OPT_SERVICE_SMTP && server->security != OPT_FOUND_SECURITY_TLS)
    port = SMTP_PORT;
  server->port = opt_found_value_get_port (port, service, server->security);
  server->auth = read_auth (source, service);
  server->user = opt_key_file_dup_text (source, "Authentication", "User");
  server->key = g_strdup (uid);
}

static GKeyFile *
find_source (GHashTable *sources, GKeyFile *from, const char *group, const char *key, char **uid)
{
  *uid = opt_key_file_dup_text (from, group, key);

  return *uid != NULL ? g_hash_table_lookup (sources, *uid) : NULL;
}

/* What a collection has been switched off for its accounts are, too; and accounts of GNOME's are
 * found there. */
static gboolean
is_in_use (GHashTable *sources, GKeyFile *account)
{
  GKeyFile *source = account;

  for (guint i = 0; source != NULL && i < MAX_PARENTS; i++)
    {
      g_autofree char *uid = NULL;

      if (!opt_key_file_get_boolean (source, "Data Source", "Enabled", TRUE) ||
          !opt_key_file_get_boolean (source, "Collection", "MailEnabled", TRUE) ||
          g_key_file_has_group (source, "GNOME Online Accounts"))
        return FALSE;

      source = find_source (sources, source, "Data Source", "Parent", &uid);
    }

  return TRUE;
}

static void
read_identity (OptFound *found, GHashTable *sources, GKeyFile *account)
{
  g_autofree char *uid = NULL;
  g_autofree char *transport_uid = NULL;
  g_autofree char *backend = NULL;
  GKeyFile *identity = find_source (sources, account, "Mail Account", "IdentityUid", &uid);
  GKeyFile *transport;

  if (identity == NULL)
    return;

  found->name = opt_key_file_dup_text (identity, "Mail Identity", "Name");
  found->address = opt_key_file_dup_text (identity, "Mail Identity", "Address");

  transport = find_source (sources, identity, "Mail Submission", "TransportUid", &transport_uid);
  if (transport == NULL)
    return;

  /* Others hand it to a program, or to Exchange. */
  backend = opt_key_file_dup_text (transport, "Mail Transport", "BackendName");
  if (g_strcmp0 (backend, "smtp") == 0)
    read_server (found, OPT_SERVICE_SMTP, transport, transport_uid);
}

static void
read_account (GPtrArray *founds, GHashTable *sources, const char *uid)
{
  GKeyFile *account = g_hash_table_lookup (sources, uid);
  g_autofree char *backend = opt_key_file_dup_text (account, "Mail Account", "BackendName");
  gboolean pop3 = g_strcmp0 (backend, "pop") == 0;
  OptFound *found;

  if ((!pop3 && g_strcmp0 (backend, "imapx") != 0) || !is_in_use (sources, account))
    return;

  found = opt_found_new ();
  read_server (found, pop3 ? OPT_SERVICE_POP3 : OPT_SERVICE_IMAP, account, uid);
  if (pop3)
    found->leave_on_server =
      opt_found_value_get_leave_on_server (opt_key_file_get_boolean (account,
                                                                     "Pop Backend",
                                                                     "KeepOnServer",
                                                                     FALSE),
                                           opt_key_file_get_number (account,
                                                                    "Pop Backend",
                                                                    "DeleteAfterDays"));
  read_identity (found, sources, account);
  g_ptr_array_add (founds, found);
}

/* As the registry does, which passes over what it cannot read: most sources are calendars and
 * address books. */
static gboolean
read_files (GPtrArray *files, GPtrArray *founds, GError **error)
{
  g_autoptr (GHashTable) sources =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_key_file_unref);
  g_autoptr (GPtrArray) uids = g_ptr_array_new ();

  for (guint i = 0; i < files->len; i++)
    {
      const OptClientFile *file = files->pdata[i];
      GKeyFile *source = opt_key_file_parse (file->bytes, NULL);
      char *uid;

      if (source == NULL || !g_str_has_suffix (file->name, SUFFIX))
        {
          g_clear_pointer (&source, g_key_file_unref);
          continue;
        }

      uid = g_strndup (file->name, strlen (file->name) - strlen (SUFFIX));
      if (g_hash_table_insert (sources, uid, source))
        g_ptr_array_add (uids, uid);
    }

  for (guint i = 0; i < uids->len; i++)
    read_account (founds, sources, uids->pdata[i]);

  if (uids->len > 0 || files->len == 0)
    return TRUE;

  g_set_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN, "no source can be read");

  return FALSE;
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
  .find_places = find_places,
  .folder_suffix = SUFFIX,
  .read = read_files,
  .password_path = N_ ("When it is set up from here, it finds the password in the keyring, under a "
                       "name of its own; with the files it asks for it once."),
  .proof = "evolution.test_takes_imap",
  .tried = N_ ("Taken, kept and removed again by the data server of Evolution 3.46 on Debian, and "
               "the password found; not tried with the Flatpak."),
};
