/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Thunderbird takes a ZIP file that holds nothing but a prefs.js for a backed-up profile: it keeps
 * the accounts that it has and gives ours new numbers (ThunderbirdProfileImporter, 153 ESR). */
#include "opt-client-thunderbird.h"

#include "opt-error.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* nsMsgSocketType and nsMsgAuthMethod of Thunderbird's MailNewsTypes2.idl. */
#define SOCKET_STARTTLS 2
#define SOCKET_TLS 3
#define AUTH_PASSWORD_CLEARTEXT 3

#define CHECK_EVERY_MINUTES 10

typedef struct archive OptArchive;
typedef struct archive_entry OptArchiveEntry;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptArchive, archive_write_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptArchiveEntry, archive_entry_free)

const OptTrace opt_thunderbird_traces[] = {
  { OPT_TRACE_PROGRAM, "thunderbird" },
  { OPT_TRACE_FLATPAK, "org.mozilla.Thunderbird" },
  { OPT_TRACE_FLATPAK, "net.thunderbird.Thunderbird" },
  { OPT_TRACE_SNAP, "thunderbird" },
  { OPT_TRACE_HOME_FOLDER, ".thunderbird" },
  { OPT_TRACE_NONE },
};

/* The grammar of Mozilla's libpref: strings are UTF-8, only these two need an escape once control
 * characters are out. */
static void
add_string (GString *prefs, const char *key, const char *value)
{
  g_string_append_printf (prefs, "user_pref(\"%s\", \"", key);
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (prefs, '\\');
      g_string_append_c (prefs, *p);
    }
  g_string_append (prefs, "\");\n");
}

static void
add_number (GString *prefs, const char *key, guint value)
{
  g_string_append_printf (prefs, "user_pref(\"%s\", %u);\n", key, value);
}

static void
add_boolean (GString *prefs, const char *key, gboolean value)
{
  g_string_append_printf (prefs, "user_pref(\"%s\", %s);\n", key, value ? "true" : "false");
}

static guint
get_socket_type (const OptServer *server)
{
  return opt_server_get_security (server) == OPT_SECURITY_TLS ? SOCKET_TLS : SOCKET_STARTTLS;
}

static void
add_identity (GString *prefs, const OptSettings *settings)
{
  add_string (prefs, "mail.account.account1.identities", "id1");
  add_string (prefs, "mail.account.account1.server", "server1");
  add_string (prefs, "mail.accountmanager.accounts", "account1");
  add_string (prefs, "mail.accountmanager.defaultaccount", "account1");
  add_string (prefs, "mail.identity.id1.fullName", opt_settings_get_name (settings));
  add_string (prefs, "mail.identity.id1.smtpServer", "smtp1");
  add_string (prefs, "mail.identity.id1.useremail", opt_settings_get_address (settings));
  add_boolean (prefs, "mail.identity.id1.valid", TRUE);
}

static void
add_leave_on_server (GString *prefs, guint days)
{
  gboolean forever = days == OPT_LEAVE_ON_SERVER_ALWAYS;

  add_boolean (prefs, "mail.server.server1.leave_on_server", days != OPT_LEAVE_ON_SERVER_NEVER);
  if (days == OPT_LEAVE_ON_SERVER_NEVER)
    return;

  add_boolean (prefs, "mail.server.server1.delete_by_age_from_server", !forever);
  if (!forever)
    add_number (prefs, "mail.server.server1.num_days_to_leave_on_server", days);
}

static void
add_incoming (GString *prefs, const OptSettings *settings)
{
  OptServer *server = opt_settings_get_incoming (settings);
  OptService service = opt_settings_get_incoming_service (settings);

  add_string (prefs, "mail.server.server1.type", opt_service_to_string (service));
  add_string (prefs, "mail.server.server1.name", opt_settings_get_address (settings));
  add_string (prefs, "mail.server.server1.hostname", opt_server_get_host (server));
  add_number (prefs, "mail.server.server1.port", opt_server_get_port (server));
  add_number (prefs, "mail.server.server1.socketType", get_socket_type (server));
  add_number (prefs, "mail.server.server1.authMethod", AUTH_PASSWORD_CLEARTEXT);
  add_string (prefs, "mail.server.server1.userName", opt_server_get_user (server));
  add_boolean (prefs, "mail.server.server1.login_at_startup", TRUE);
  add_boolean (prefs, "mail.server.server1.check_new_mail", TRUE);
  add_number (prefs, "mail.server.server1.check_time", CHECK_EVERY_MINUTES);

  if (service == OPT_SERVICE_POP3)
    add_leave_on_server (prefs, opt_settings_get_leave_on_server (settings));
}

static void
add_outgoing (GString *prefs, const OptSettings *settings)
{
  OptServer *server = opt_settings_get_outgoing (settings);

  add_string (prefs, "mail.smtp.defaultserver", "smtp1");
  add_string (prefs,
              "mail.smtpserver.smtp1.description",
              opt_settings_get_provider_name (settings));
  add_string (prefs, "mail.smtpserver.smtp1.hostname", opt_server_get_host (server));
  add_number (prefs, "mail.smtpserver.smtp1.port", opt_server_get_port (server));
  add_number (prefs, "mail.smtpserver.smtp1.try_ssl", get_socket_type (server));
  add_number (prefs, "mail.smtpserver.smtp1.authMethod", AUTH_PASSWORD_CLEARTEXT);
  add_string (prefs, "mail.smtpserver.smtp1.username", opt_server_get_user (server));
  add_string (prefs, "mail.smtpservers", "smtp1");
}

static GString *
create_prefs (const OptSettings *settings)
{
  GString *prefs = g_string_new ("// Mozilla User Preferences\n");

  add_identity (prefs, settings);
  add_incoming (prefs, settings);
  add_outgoing (prefs, settings);

  return prefs;
}

static la_ssize_t
on_archive_bytes (OptArchive *archive, void *user_data, const void *data, size_t size_bytes)
{
  GByteArray *file = user_data;

  g_byte_array_append (file, data, size_bytes);

  return size_bytes;
}

/* No time is set, so that libarchive writes the first one that a ZIP file can hold in every time
 * zone, and the same settings make the same bytes. */
static gboolean
write_entry (OptArchive *archive, const char *name, const GString *content)
{
  g_autoptr (OptArchiveEntry) entry = archive_entry_new ();

  archive_entry_set_pathname (entry, name);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_size (entry, content->len);

  return archive_write_header (archive, entry) == ARCHIVE_OK &&
         archive_write_data (archive, content->str, content->len) == (la_ssize_t) content->len;
}

static GBytes *
render (const OptSettings *settings, GError **error)
{
  g_autoptr (GString) prefs = create_prefs (settings);
  g_autoptr (GByteArray) file = g_byte_array_new ();
  g_autoptr (OptArchive) archive = archive_write_new ();

  /* The last block is not padded: a ZIP file ends with its directory. */
  if (archive_write_set_format_zip (archive) != ARCHIVE_OK ||
      archive_write_set_bytes_in_last_block (archive, 1) != ARCHIVE_OK ||
      archive_write_open (archive, file, NULL, on_archive_bytes, NULL) != ARCHIVE_OK ||
      !write_entry (archive, "prefs.js", prefs) || archive_write_close (archive) != ARCHIVE_OK)
    {
      g_set_error (error,
                   OPT_ERROR,
                   OPT_ERROR_FILE_NOT_WRITTEN,
                   "cannot make the ZIP file: %s",
                   archive_error_string (archive));
      return NULL;
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&file));
}

static char **
create_steps (const OptSettings *settings)
{
  /* Translators: “Tools” and “Import” as Thunderbird has them in your language. */
  const char *open = _ ("Open Thunderbird. In its menu, choose “Tools”, then “Import”.");
  /* Translators: what stands in quotes as Thunderbird has it in your language. */
  const char *choose = _ ("Choose “Import from a file”, then “Import Backed-up Profile”, then "
                          "“Choose a ZIP file”, and pick the file that you saved.");
  /* Translators: “Accounts and Settings” as Thunderbird has it in your language. */
  const char *start = _ ("Leave “Accounts and Settings” ticked and start the import. The accounts "
                         "that are already there stay.");
  const char *restart = _ ("Let Thunderbird restart.");
  /* Translators: %s is an email address. */
  g_autofree char *password = g_strdup_printf (_ ("When asked, enter the password of %s."),
                                               opt_settings_get_address (settings));
  const char *steps[] = { open, choose, start, restart, password, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_thunderbird = {
  .id = "thunderbird",
  .name = N_ ("Thunderbird"),
  .icon_name = "thunderbird",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "thunderbird-settings.zip",
  .media_type = "application/zip",
  .traces = opt_thunderbird_traces,
  .render = render,
  .create_steps = create_steps,
  .is_running = opt_thunderbird_is_running,
  .find_places = opt_thunderbird_find_places,
  .recognises = opt_thunderbird_recognises,
  .read = opt_thunderbird_read,
  .password_path = N_ ("Thunderbird asks for it once, and keeps it itself."),
  .proof = "thunderbird.test_fetches_imap",
  .tried =
    N_ ("Imported by Thunderbird 153 on Debian, which then fetched mail; not tried on Windows "
        "or on a Mac."),
};
