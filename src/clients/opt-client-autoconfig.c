/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* config-v1.1.xml (draft-ietf-mailmaint-autoconfig), which Thunderbird and others look up for a
 * domain. It may serve everybody there, so it speaks of addresses by variable where it can, and it
 * has no element for a person's name. */
#include "opt-client-thunderbird.h"

#include "opt-error.h"

#include <glib/gi18n-lib.h>
#include <libxml/xmlwriter.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlBuffer, xmlBufferFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlTextWriter, xmlFreeTextWriter)

/* What Thunderbird puts in place of these, one after the other (AccountConfig.sys.mjs). */
static const char *const variables[] = {
  "%EMAILADDRESS%",
  "%EMAILLOCALPART%",
  "%EMAILDOMAIN%",
  "%REALNAME%",
};

/* Thunderbird's JXON makes numbers and booleans of such text: 007 would come out as 7. */
static gboolean
reads_as_number_or_boolean (const char *text)
{
  char *end;

  g_ascii_strtod (text, &end);

  return *end == '\0' || g_ascii_strcasecmp (text, "true") == 0 ||
         g_ascii_strcasecmp (text, "false") == 0;
}

/* Puts the value in by String.replaceAll(), where $ is special, and looks for the next variable in
 * what came out. */
static gboolean
survives_as_variable (const char *value)
{
  return strpbrk (value, "$%") == NULL;
}

static const char *
find_user_text (const OptSettings *settings, const OptServer *server, GError **error)
{
  OptAddress *address = opt_account_get_address (opt_settings_get_account (settings));
  const char *user = opt_server_get_user (server);
  gboolean literal = !reads_as_number_or_boolean (user);

  if (survives_as_variable (opt_address_get_text (address)))
    {
      if (g_str_equal (user, opt_address_get_text (address)))
        return "%EMAILADDRESS%";
      if (g_str_equal (user, opt_address_get_local_part (address)))
        return "%EMAILLOCALPART%";
    }

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    literal = literal && strstr (user, variables[i]) == NULL;
  if (literal)
    return user;

  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_CLIENT_VALUE,
               "the user name would be read as something else");

  return NULL;
}

/* libxml2 fails only for want of memory; xmlTextWriterEndDocument() is where that is asked. */
static void
add_element (xmlTextWriter *writer, const char *name, const char *text)
{
  xmlTextWriterWriteElement (writer, BAD_CAST name, BAD_CAST text);
}

static void
start_element (xmlTextWriter *writer, const char *name, const char *attribute, const char *value)
{
  xmlTextWriterStartElement (writer, BAD_CAST name);
  if (attribute != NULL)
    xmlTextWriterWriteAttribute (writer, BAD_CAST attribute, BAD_CAST value);
}

static void
add_leave_on_server (xmlTextWriter *writer, guint days)
{
  start_element (writer, "pop3", NULL, NULL);
  add_element (writer,
               "leaveMessagesOnServer",
               days != OPT_LEAVE_ON_SERVER_NEVER ? "true" : "false");
  /* Where nothing is said of days, Thunderbird takes 14 (AccountConfig.sys.mjs). */
  if (days != OPT_LEAVE_ON_SERVER_NEVER)
    xmlTextWriterWriteFormatElement (writer,
                                     BAD_CAST "daysToLeaveMessagesOnServer",
                                     "%u",
                                     days == OPT_LEAVE_ON_SERVER_ALWAYS ? 0 : days);
  xmlTextWriterEndElement (writer);
}

static gboolean
add_server (xmlTextWriter *writer,
            const OptSettings *settings,
            const OptServer *server,
            GError **error)
{
  OptService service = opt_server_get_service (server);
  gboolean tls = opt_server_get_security (server) == OPT_SECURITY_TLS;
  const char *user = find_user_text (settings, server, error);

  if (user == NULL)
    return FALSE;

  start_element (writer,
                 service == OPT_SERVICE_SMTP ? "outgoingServer" : "incomingServer",
                 "type",
                 opt_service_to_string (service));
  add_element (writer, "hostname", opt_server_get_host (server));
  xmlTextWriterWriteFormatElement (writer,
                                   BAD_CAST "port",
                                   "%u",
                                   (guint) opt_server_get_port (server));
  add_element (writer, "socketType", tls ? "SSL" : "STARTTLS");
  /* Without it Thunderbird passes the server over. */
  add_element (writer, "authentication", "password-cleartext");
  add_element (writer, "username", user);
  if (service == OPT_SERVICE_POP3)
    add_leave_on_server (writer, opt_settings_get_leave_on_server (settings));
  xmlTextWriterEndElement (writer);

  return TRUE;
}

static gboolean
add_provider (xmlTextWriter *writer, const OptSettings *settings, GError **error)
{
  OptAddress *address = opt_account_get_address (opt_settings_get_account (settings));
  const char *name = opt_settings_get_provider_name (settings);
  OptServer *other = opt_settings_get_other_incoming (settings);

  start_element (writer, "emailProvider", "id", opt_address_get_domain (address));
  add_element (writer, "domain", opt_address_get_domain (address));
  add_element (writer, "displayName", name);
  add_element (writer, "displayShortName", name);

  /* The first that is valid wins. */
  if (!add_server (writer, settings, opt_settings_get_incoming (settings), error) ||
      (other != NULL && !add_server (writer, settings, other, error)) ||
      !add_server (writer, settings, opt_settings_get_outgoing (settings), error))
    return FALSE;

  xmlTextWriterEndElement (writer);

  return TRUE;
}

static GBytes *
render (const OptSettings *settings, GError **error)
{
  g_autoptr (xmlBuffer) buffer = xmlBufferCreate ();
  g_autoptr (xmlTextWriter) writer = xmlNewTextWriterMemory (buffer, 0);

  xmlTextWriterSetIndent (writer, 1);
  xmlTextWriterSetIndentString (writer, BAD_CAST "  ");
  xmlTextWriterStartDocument (writer, NULL, "UTF-8", NULL);
  start_element (writer, "clientConfig", "version", "1.1");
  if (!add_provider (writer, settings, error))
    return NULL;

  if (xmlTextWriterEndDocument (writer) < 0)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE, "libxml2 cannot write the file");
      return NULL;
    }

  return g_bytes_new (xmlBufferContent (buffer), xmlBufferLength (buffer));
}

static char **
create_steps (const OptSettings *settings)
{
  OptAddress *address = opt_account_get_address (opt_settings_get_account (settings));
  /* Translators: %s is the domain of an email address; “.xml” stays as it is. */
  g_autofree char *save = g_strdup_printf (_ ("Name the file “%s.xml” and keep it where it can "
                                              "stay."),
                                           opt_address_get_domain (address));
  /* Translators: what stands in quotes as Thunderbird has it in your language. */
  const char *open = _ ("Open Thunderbird. In “Settings”, “General”, choose “Config Editor”.");
  /* Translators: mailnews.auto_config_url, file:/// and {{domain}}.xml stay as they are. */
  const char *set = _ ("Set “mailnews.auto_config_url” to “file:///FOLDER/{{domain}}.xml”, with "
                       "your folder in place of FOLDER.");
  /* Translators: %s is an email address. */
  g_autofree char *add = g_strdup_printf (_ ("Add a mail account for %s. Thunderbird finds the "
                                             "servers in the file."),
                                          opt_address_get_text (address));
  const char *steps[] = { save, open, set, add, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_autoconfig = {
  .id = "autoconfig",
  .name = N_ ("Thunderbird autoconfiguration"),
  .icon_name = "thunderbird",
  .group = OPT_CLIENT_ANYTHING_ELSE,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "config-v1.1.xml",
  .media_type = "application/xml",
  .traces = opt_thunderbird_traces,
  .render = render,
  .create_steps = create_steps,
  .password_path = N_ ("Thunderbird asks for it once, and keeps it itself."),
  .proof = "thunderbird.test_reads_config",
  .tried = N_ ("Read by Thunderbird 153 on Debian; not tried on Windows or on a Mac."),
};
