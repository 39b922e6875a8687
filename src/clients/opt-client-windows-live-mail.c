/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The account file of Windows Live Mail and Windows Mail. The only word it has for encryption is on
 * or off, and the port says which: STARTTLS for sending on 25 and 587, TLS from the start
 * everywhere else. Other combinations are refused. */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-internet-account.h"
#include "opt-limit.h"
#include "opt-utf16.h"
#include "opt-uuid.h"
#include "opt-xml.h"

#include <glib/gi18n-lib.h>
#include <libxml/xmlwriter.h>
#include <string.h>

#define PORT_RELAY 25
#define PORT_SUBMISSION 587

static const guint starttls_ports[] = { PORT_RELAY, PORT_SUBMISSION, 0 };

#define ROOT "MessageAccount"

#define CONNECTION_AS_THE_SYSTEM_HAS_IT 3
#define TIMEOUT_S 60

/* "SMTP_Use_Sicily" */
#define AUTH_AS_INCOMING 2
#define AUTH_OF_ITS_OWN 3

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlBuffer, xmlBufferFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlTextWriter, xmlFreeTextWriter)

/* libxml2 fails only for want of memory; xmlTextWriterEndDocument() is where that is asked. */
static void
start_element (xmlTextWriter *writer, const char *prefix, const char *name, const char *type)
{
  g_autofree char *whole = g_strconcat (prefix, name, NULL);

  xmlTextWriterStartElement (writer, BAD_CAST whole);
  xmlTextWriterWriteAttribute (writer, BAD_CAST "type", BAD_CAST type);
}

static void
add_string (xmlTextWriter *writer, const char *prefix, const char *name, const char *text)
{
  start_element (writer, prefix, name, "SZ");
  xmlTextWriterWriteString (writer, BAD_CAST text);
  xmlTextWriterEndElement (writer);
}

static void
add_number (xmlTextWriter *writer, const char *prefix, const char *name, guint value)
{
  start_element (writer, prefix, name, "DWORD");
  xmlTextWriterWriteFormatString (writer, "%08x", value);
  xmlTextWriterEndElement (writer);
}

static gboolean
check_security (const OptServer *server, GError **error)
{
  guint port = opt_server_get_port (server);
  gboolean starts_plain = opt_server_get_service (server) == OPT_SERVICE_SMTP &&
                          (port == PORT_RELAY || port == PORT_SUBMISSION);

  return starts_plain == (opt_server_get_security (server) == OPT_SECURITY_STARTTLS) ||
         opt_limit_refuse_security (server, error);
}

static void
add_server (xmlTextWriter *writer, const char *prefix, const OptServer *server)
{
  add_string (writer, prefix, "Server", opt_server_get_host (server));
  add_number (writer, prefix, "Port", opt_server_get_port (server));
  add_number (writer, prefix, "Secure_Connection", 1);
  add_number (writer, prefix, "Timeout", TIMEOUT_S);
}

static void
add_leave_on_server (xmlTextWriter *writer, guint days)
{
  add_number (writer, "", "Leave_Mail_On_Server", days != OPT_LEAVE_ON_SERVER_NEVER);
  if (days == OPT_LEAVE_ON_SERVER_NEVER || days == OPT_LEAVE_ON_SERVER_ALWAYS)
    return;

  add_number (writer, "", "Remove_When_Expired", 1);
  add_number (writer, "", "Expire_Days", days);
}

static void
add_incoming (xmlTextWriter *writer, const OptSettings *settings)
{
  OptServer *server = opt_settings_get_incoming (settings);
  gboolean pop3 = opt_server_get_service (server) == OPT_SERVICE_POP3;
  const char *prefix = pop3 ? "POP3_" : "IMAP_";

  add_server (writer, prefix, server);
  add_string (writer, prefix, "User_Name", opt_server_get_user (server));
  add_number (writer, prefix, "Prompt_for_Password", 1);
  if (pop3)
    add_leave_on_server (writer, opt_settings_get_leave_on_server (settings));
}

static void
add_outgoing (xmlTextWriter *writer, const OptSettings *settings)
{
  OptServer *server = opt_settings_get_outgoing (settings);
  const char *user = opt_server_get_user (server);
  gboolean same = g_str_equal (user, opt_server_get_user (opt_settings_get_incoming (settings)));

  add_server (writer, "SMTP_", server);
  add_number (writer, "SMTP_", "Use_Sicily", same ? AUTH_AS_INCOMING : AUTH_OF_ITS_OWN);
  if (!same)
    {
      add_string (writer, "SMTP_", "User_Name", user);
      add_number (writer, "SMTP_", "Prompt_for_Password", 1);
    }
  if (opt_settings_get_name (settings)[0] != '\0')
    add_string (writer, "SMTP_", "Display_Name", opt_settings_get_name (settings));
  add_string (writer, "SMTP_", "Email_Address", opt_settings_get_address (settings));
}

static GBytes *
render (const OptSettings *settings, GError **error)
{
  g_autoptr (xmlBuffer) buffer = xmlBufferCreate ();
  g_autoptr (xmlTextWriter) writer = xmlNewTextWriterMemory (buffer, 0);

  if (!check_security (opt_settings_get_incoming (settings), error) ||
      !check_security (opt_settings_get_outgoing (settings), error))
    return NULL;

  xmlTextWriterSetIndent (writer, 1);
  /* By hand: the writer would take the encoding for that of what it gets. */
  xmlTextWriterWriteRaw (writer, BAD_CAST "<?xml version=\"1.0\" encoding=\"utf-16\"?>\n");
  xmlTextWriterStartElement (writer, BAD_CAST ROOT);
  add_string (writer, "", "Account_Name", opt_settings_get_address (settings));
  add_number (writer, "", "Connection_Type", CONNECTION_AS_THE_SYSTEM_HAS_IT);
  add_incoming (writer, settings);
  add_outgoing (writer, settings);
  if (xmlTextWriterEndDocument (writer) < 0)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_FILE_NOT_WRITTEN, "libxml2 cannot write the file");
      return NULL;
    }

  return opt_utf16_create_bytes ((const char *) xmlBufferContent (buffer));
}

static gboolean
recognises (const OptClientFile *file)
{
  return opt_xml_has_root (file->bytes, ROOT);
}

/* The names are those of Outlook Express with another letter between the words. A password is there
 * for Windows alone to read, and not looked at. */
static GHashTable *
collect_values (const xmlNode *root)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (const xmlNode *node = root->children; node != NULL; node = node->next)
    {
      g_autofree char *name = NULL;

      if (node->type != XML_ELEMENT_NODE)
        continue;

      name = g_strdelimit (g_ascii_strdown ((const char *) node->name, -1), "_", ' ');
      if (strstr (name, "password") == NULL)
        g_hash_table_replace (values, g_steal_pointer (&name), opt_xml_dup_content (node));
    }

  return values;
}

static gboolean
read_files (GPtrArray *files, GPtrArray *founds, GError **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      const OptClientFile *file = g_ptr_array_index (files, i);
      g_autoptr (xmlDoc) document = opt_xml_parse (file->bytes, ROOT, error);
      g_autoptr (GHashTable) values = NULL;

      if (document == NULL)
        return FALSE;

      values = collect_values (xmlDocGetRootElement (document));
      opt_internet_account_read (values, starttls_ports, founds);
    }

  return TRUE;
}

static char **
create_steps (const OptSettings *settings)
{
  gboolean pop3 = opt_settings_get_incoming_service (settings) == OPT_SERVICE_POP3;
  g_autofree char *uuid = opt_uuid_create (settings, "windows-live-mail");
  g_autofree char *name = g_strdup_printf ("account{%s}.oeaccount", uuid);
  const char *close = _ ("Close Windows Live Mail, and copy the file to that computer.");
  /* Translators: %s is the name of a file. */
  g_autofree char *rename = g_strdup_printf (_ ("Rename it to “%s”."), name);
  g_autofree char *move =
    /* Translators: first a folder of Windows, then the name of another folder. */
    g_strdup_printf (_ ("In File Explorer, open “%s”, make the folder “%s” there if there is none, "
                        "and move the file into it."),
                     "%LOCALAPPDATA%\\Microsoft\\Windows Live Mail",
                     pop3 ? "Local Folders" : opt_settings_get_address (settings));
  /* Translators: %s is an email address. */
  g_autofree char *password = g_strdup_printf (_ ("Open Windows Live Mail and enter the password "
                                                  "of %s when asked."),
                                               opt_settings_get_address (settings));
  const char *old = _ ("Windows Live Mail is no longer kept up. If it cannot connect, another mail "
                       "program is needed.");
  const char *steps[] = { close, rename, move, password, old, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_windows_live_mail = {
  .id = "windows-live-mail",
  .name = N_ ("Windows Live Mail"),
  .icon_name = "computer-symbolic",
  .group = OPT_CLIENT_ANYTHING_ELSE,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "windows-live-mail.oeaccount",
  .media_type = "application/octet-stream",
  .render = render,
  .create_steps = create_steps,
  .recognises = recognises,
  .read = read_files,
  .password_path = N_ ("Windows Live Mail asks for it once, and keeps it itself."),
  .proof = "outlook.test_live_mail",
  .tried = N_ ("Read as XML by xmllint on Debian; not tried on Windows."),
};
