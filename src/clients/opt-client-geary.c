/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Geary keeps each account in a folder with one key file (Geary 43). It takes IMAP only. */
#include "opt-client.h"
#include "opt-encoded-word.h"
#include "opt-found-value.h"
#include "opt-key-file.h"
#include "opt-limit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FLATPAK_ID "org.gnome.Geary"
#define FILE_NAME "geary.ini"
#define OLD_GROUP "AccountInformation"

#define PREFETCH_DAYS 14

/* RFC 5321 §4.5.4.2. */
#define SMTP_PORT 25

/* An encoded word has 75 characters at most (RFC 2047 §2): this many bytes become 60 in Base64. */
#define WORD_BYTES 45

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "geary" },
  { OPT_TRACE_FLATPAK, FLATPAK_ID },
  { OPT_TRACE_NONE },
};

/* Geary decodes a name that was decoded before, and so drops these (MailboxAddress.decode_name). */
static gboolean
is_kept (gunichar c)
{
  return c != '"' && c != '\\';
}

static gboolean
check_name (const char *name, GError **error)
{
  g_autofree char *dropped = opt_limit_find_characters (name, is_kept);

  if (dropped != NULL)
    return opt_limit_refuse_name (name, dropped, error);

  return strstr (name, "=?") == NULL || opt_limit_refuse_name (name, "=?", error);
}

/* Words of atoms (RFC 5322 §3.2.3), one space between them. */
static gboolean
is_plain_phrase (const char *name)
{
  if (strstr (name, "  ") != NULL || name[0] == ' ' || g_str_has_suffix (name, " "))
    return FALSE;

  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr (" !#$%&'*+-/=?^_`{|}~", *p) == NULL)
      return FALSE;

  return TRUE;
}

/* RFC 2047 §2 and §5: no word ends within a character; the space between two words is not a part
 * of the text. */
static void
append_encoded (GString *text, const char *name)
{
  for (const char *start = name; *start != '\0';)
    {
      const char *end = start;
      g_autofree char *encoded = NULL;

      while (*end != '\0' && g_utf8_next_char (end) - start <= WORD_BYTES)
        end = g_utf8_next_char (end);

      encoded = g_base64_encode ((const guchar *) start, end - start);
      g_string_append_printf (text, "%s=?utf-8?b?%s?=", start > name ? " " : "", encoded);
      start = end;
    }
}

/* As in a From line. */
static char *
create_mailbox (const OptSettings *settings)
{
  const char *name = opt_settings_get_name (settings);
  g_autoptr (GString) text = g_string_new (NULL);

  if (name[0] == '\0')
    return g_strdup (opt_settings_get_address (settings));

  if (is_plain_phrase (name))
    g_string_append (text, name);
  else
    append_encoded (text, name);
  g_string_append_printf (text, " <%s>", opt_settings_get_address (settings));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_account (GKeyFile *file, const OptSettings *settings)
{
  g_autofree char *mailbox = create_mailbox (settings);
  const char *const mailboxes[] = { mailbox };

  g_key_file_set_integer (file, "Metadata", "version", 1);
  g_key_file_set_string (file, "Metadata", "status", "enabled");
  g_key_file_set_integer (file, "Account", "ordinal", 1);
  g_key_file_set_string (file, "Account", "label", opt_settings_get_address (settings));
  g_key_file_set_integer (file, "Account", "prefetch_days", PREFETCH_DAYS);
  g_key_file_set_boolean (file, "Account", "save_drafts", TRUE);
  g_key_file_set_boolean (file, "Account", "save_sent", TRUE);
  g_key_file_set_boolean (file, "Account", "use_signature", FALSE);
  g_key_file_set_string (file, "Account", "signature", "");
  g_key_file_set_string_list (file, "Account", "sender_mailboxes", mailboxes, 1);
  g_key_file_set_string (file, "Account", "service_provider", "other");
}

/* Left to Geary to find. */
static void
add_folders (GKeyFile *file)
{
  static const char *const folders[] = {
    "archive_folder", "drafts_folder", "junk_folder", "sent_folder", "trash_folder",
  };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    g_key_file_set_string (file, "Folders", folders[i], "");
}

static void
add_server (GKeyFile *file, const char *group, const OptServer *server, const char *credentials)
{
  gboolean tls = opt_server_get_security (server) == OPT_SECURITY_TLS;

  if (g_str_equal (credentials, "custom"))
    g_key_file_set_string (file, group, "login", opt_server_get_user (server));
  g_key_file_set_boolean (file, group, "remember_password", TRUE);
  g_key_file_set_string (file, group, "host", opt_server_get_host (server));
  g_key_file_set_integer (file, group, "port", opt_server_get_port (server));
  g_key_file_set_string (file, group, "transport_security", tls ? "transport" : "start-tls");
  g_key_file_set_string (file, group, "credentials", credentials);
}

static GPtrArray *
render_files (const OptSettings *settings, GError **error)
{
  OptServer *incoming = opt_settings_get_incoming (settings);
  OptServer *outgoing = opt_settings_get_outgoing (settings);
  gboolean same = g_str_equal (opt_server_get_user (incoming), opt_server_get_user (outgoing));
  g_autoptr (GKeyFile) file = NULL;
  GPtrArray *files;
  gsize size_bytes;
  char *text;

  if (!check_name (opt_settings_get_name (settings), error))
    return NULL;

  file = g_key_file_new ();
  add_account (file, settings);
  add_folders (file);
  add_server (file, "Incoming", incoming, "custom");
  add_server (file, "Outgoing", outgoing, same ? "use-incoming" : "custom");

  text = g_key_file_to_data (file, &size_bytes, NULL);
  files = opt_client_files_new ();
  g_ptr_array_add (files, opt_client_file_new (FILE_NAME, g_bytes_new_take (text, size_bytes)));

  return files;
}

/* A folder for each account, which in old ones has the name of the address. Those of GNOME Online
 * Accounts are found there. */
static void
find_places (const OptMachine *machine, GPtrArray *places)
{
  g_auto (GStrv) folders = opt_machine_list_config_folders (machine, "geary", FLATPAK_ID);

  for (gsize i = 0; folders[i] != NULL; i++)
    opt_places_add_subfolders (places, folders[i], "goa_", FILE_NAME);
}

static const struct
{
  const char *text;
  OptFoundSecurity security;
} securities[] = {
  { "none", OPT_FOUND_SECURITY_NONE },
  { "start-tls", OPT_FOUND_SECURITY_STARTTLS },
};

static OptFoundSecurity
read_security (GKeyFile *file, const char *group)
{
  g_autofree char *text = opt_key_file_dup_text (file, group, "transport_security");

  for (gsize i = 0; text != NULL && i < G_N_ELEMENTS (securities); i++)
    if (g_ascii_strcasecmp (text, securities[i].text) == 0)
      return securities[i].security;

  return OPT_FOUND_SECURITY_TLS;
}

/* Where it does not sign in, Geary sends as one server does to another. */
static void
set_port (OptFoundServer *server, OptService service, int port)
{
  if (port == 0 && service == OPT_SERVICE_SMTP && server->auth == OPT_FOUND_AUTH_NONE &&
      server->security != OPT_FOUND_SECURITY_TLS)
    port = SMTP_PORT;
  server->port = opt_found_value_get_port (port, service, server->security);
}

static void
read_server (OptFound *found, OptService service, GKeyFile *file, const char *group)
{
  g_autofree char *host = opt_key_file_dup_text (file, group, "host");
  g_autofree char *credentials = opt_key_file_dup_text (file, group, "credentials");
  gboolean same = g_strcmp0 (credentials, "use-incoming") == 0;
  OptFoundServer *server = opt_found_add_server (found, service, host);

  server->security = read_security (file, group);
  server->auth =
    g_strcmp0 (credentials, "none") == 0 ? OPT_FOUND_AUTH_NONE : OPT_FOUND_AUTH_PASSWORD;
  if (server->auth != OPT_FOUND_AUTH_NONE)
    server->user = opt_key_file_dup_text (file, same ? "Incoming" : group, "login");
  set_port (server, service, opt_key_file_get_number (file, group, "port"));
}

static void
read_current (OptFound *found, GKeyFile *file)
{
  g_auto (GStrv) mailboxes =
    g_key_file_get_string_list (file, "Account", "sender_mailboxes", NULL, NULL);

  if (mailboxes != NULL && mailboxes[0] != NULL)
    opt_encoded_word_split_mailbox (mailboxes[0], &found->name, &found->address);
  read_server (found, OPT_SERVICE_IMAP, file, "Incoming");
  read_server (found, OPT_SERVICE_SMTP, file, "Outgoing");
}

static OptFoundSecurity
read_old_security (GKeyFile *file, OptService service, const char *ssl, const char *starttls)
{
  if (opt_key_file_get_boolean (file, OLD_GROUP, ssl, service == OPT_SERVICE_IMAP))
    return OPT_FOUND_SECURITY_TLS;

  return opt_key_file_get_boolean (file, OLD_GROUP, starttls, TRUE) ? OPT_FOUND_SECURITY_STARTTLS
                                                                    : OPT_FOUND_SECURITY_NONE;
}

/* The keys of one server: each begins with its protocol. */
typedef struct
{
  const char *host, *port, *user, *ssl, *starttls;
} OldKeys;

static const OldKeys old_imap = {
  "imap_host", "imap_port", "imap_username", "imap_ssl", "imap_starttls"
};
static const OldKeys old_smtp = {
  "smtp_host", "smtp_port", "smtp_username", "smtp_ssl", "smtp_starttls"
};

static OptFoundServer *
read_old_server (OptFound *found, OptService service, GKeyFile *file, const OldKeys *keys)
{
  g_autofree char *host = opt_key_file_dup_text (file, OLD_GROUP, keys->host);
  OptFoundServer *server = opt_found_add_server (found, service, host);

  server->security = read_old_security (file, service, keys->ssl, keys->starttls);
  server->auth = OPT_FOUND_AUTH_PASSWORD;
  server->user = opt_key_file_dup_text (file, OLD_GROUP, keys->user);
  if (server->user == NULL)
    server->user = g_strdup (found->address);

  return server;
}

/* From before version 1, Geary 3.32. */
static void
read_old (OptFound *found, GKeyFile *file)
{
  OptFoundServer *imap;
  OptFoundServer *smtp;

  found->name = opt_key_file_dup_text (file, OLD_GROUP, "real_name");
  found->address = opt_key_file_dup_text (file, OLD_GROUP, "primary_email");
  imap = read_old_server (found, OPT_SERVICE_IMAP, file, &old_imap);
  smtp = read_old_server (found, OPT_SERVICE_SMTP, file, &old_smtp);

  if (opt_key_file_get_boolean (file, OLD_GROUP, "smtp_use_imap_credentials", TRUE))
    {
      g_free (smtp->user);
      smtp->user = g_strdup (imap->user);
    }
  else if (opt_key_file_get_boolean (file, OLD_GROUP, "smtp_noauth", FALSE))
    {
      smtp->auth = OPT_FOUND_AUTH_NONE;
      g_clear_pointer (&smtp->user, g_free);
    }

  set_port (imap, OPT_SERVICE_IMAP, opt_key_file_get_number (file, OLD_GROUP, old_imap.port));
  set_port (smtp, OPT_SERVICE_SMTP, opt_key_file_get_number (file, OLD_GROUP, old_smtp.port));
}

static gboolean
read_file (GBytes *bytes, GPtrArray *founds, GError **error)
{
  g_autoptr (GKeyFile) file = opt_key_file_parse (bytes, error);
  g_autofree char *status = NULL;
  OptFound *found;

  if (file == NULL)
    return FALSE;

  /* Switched off, on its way to be deleted, or waiting for GNOME Online Accounts. */
  status = opt_key_file_dup_text (file, "Metadata", "status");
  if (status != NULL && g_ascii_strcasecmp (status, "enabled") != 0)
    return TRUE;

  found = opt_found_new ();
  if (g_key_file_has_group (file, "Account"))
    read_current (found, file);
  else
    read_old (found, file);
  g_ptr_array_add (founds, found);

  return TRUE;
}

static gboolean
read_files (GPtrArray *files, GPtrArray *founds, GError **error)
{
  return opt_client_read_each (files, founds, read_file, error);
}

static char **
create_steps (const OptSettings *settings)
{
  const char *close = _ ("Close Geary.");
  /* Translators: ~/.config/geary and account_01 stay as they are. */
  const char *copy = _ ("Put the folder into “~/.config/geary”, and name it “account_01”. If there "
                        "is one of that name, take the next number.");
  /* Translators: %s is an email address. */
  g_autofree char *password = g_strdup_printf (_ ("Open Geary. When it asks, enter the password of "
                                                  "%s, and let it be remembered."),
                                               opt_settings_get_address (settings));
  const char *steps[] = { close, copy, password, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_geary = {
  .id = "geary",
  .name = N_ ("Geary"),
  .icon_name = "org.gnome.Geary",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP,
  .file_name = "geary-account",
  .traces = traces,
  .render_files = render_files,
  .create_steps = create_steps,
  .find_places = find_places,
  .folder_suffix = FILE_NAME,
  .read = read_files,
  .password_path = N_ ("When it is set up from here, it finds the password in the keyring, under a "
                       "name of its own; with the folder it asks for it once."),
  .proof = "geary.test_signs_in",
  .tried = N_ ("Geary 43 on Debian signed in with it by IMAP; not tried with the Flatpak."),
};
