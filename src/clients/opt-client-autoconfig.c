/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* config-v1.1.xml (draft-ietf-mailmaint-autoconfig), which Thunderbird and others look up for a
 * domain. It may serve everybody there, so it speaks of addresses by variable where it can, and it
 * has no element for a person's name. */
#include "opt-client-thunderbird.h"

#include "opt-error.h"
#include "opt-found-value.h"
#include "opt-limit.h"
#include "opt-xml.h"

#include <glib/gi18n-lib.h>
#include <libxml/xmlwriter.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlBuffer, xmlBufferFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlTextWriter, xmlFreeTextWriter)

#define ROOT "clientConfig"

/* More of them in one value are no name of anything. */
#define MAX_VARIABLES 4

/* What Thunderbird puts in place of these, one after the other (AccountConfig.sys.mjs). The address
 * alone is enough for the first of them. */
#define N_ADDRESS_VARIABLES 2
static const char *const variables[] = {
  OPT_FOUND_WHOLE_ADDRESS,
  OPT_FOUND_LOCAL_PART,
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
        return OPT_FOUND_WHOLE_ADDRESS;
      if (g_str_equal (user, opt_address_get_local_part (address)))
        return OPT_FOUND_LOCAL_PART;
    }

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    literal = literal && strstr (user, variables[i]) == NULL;
  if (literal)
    return user;

  opt_limit_refuse_text (user, error);

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
  start_element (writer, ROOT, "version", "1.1");
  if (!add_provider (writer, settings, error))
    return NULL;

  if (xmlTextWriterEndDocument (writer) < 0)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_FILE_NOT_WRITTEN, "libxml2 cannot write the file");
      return NULL;
    }

  return g_bytes_new (xmlBufferContent (buffer), xmlBufferLength (buffer));
}

static const struct
{
  const char *text;
  OptFoundSecurity security;
} socket_types[] = {
  { "plain", OPT_FOUND_SECURITY_NONE },
  { "STARTTLS", OPT_FOUND_SECURITY_STARTTLS },
  { "SSL", OPT_FOUND_SECURITY_TLS },
};

/* Of several, Thunderbird takes the first that it knows. FALSE: none. */
static gboolean
read_security (const xmlNode *element, OptFoundSecurity *security)
{
  for (const xmlNode *node = opt_xml_find (element, "socketType"); node != NULL;
       node = opt_xml_find_next (node, "socketType"))
    {
      g_autofree char *text = opt_xml_dup_content (node);

      for (gsize i = 0; i < G_N_ELEMENTS (socket_types); i++)
        if (g_str_equal (text, socket_types[i].text))
          {
            *security = socket_types[i].security;
            return TRUE;
          }
    }

  return FALSE;
}

static const struct
{
  const char *text;
  OptFoundAuth auth;
} authentications[] = {
  { "password-cleartext", OPT_FOUND_AUTH_PASSWORD },
  { "plain", OPT_FOUND_AUTH_PASSWORD },
  { "password-encrypted", OPT_FOUND_AUTH_CHALLENGE },
  { "secure", OPT_FOUND_AUTH_CHALLENGE },
  { "NTLM", OPT_FOUND_AUTH_CHALLENGE },
  { "GSSAPI", OPT_FOUND_AUTH_OTHER },
  { "OAuth2", OPT_FOUND_AUTH_OTHER },
  { "TLS-client-cert", OPT_FOUND_AUTH_OTHER },
  { "client-IP-address", OPT_FOUND_AUTH_NONE },
  { "smtp-after-pop", OPT_FOUND_AUTH_NONE },
  { "none", OPT_FOUND_AUTH_NONE },
};

static OptFoundAuth
read_auth (const xmlNode *element)
{
  for (const xmlNode *node = opt_xml_find (element, "authentication"); node != NULL;
       node = opt_xml_find_next (node, "authentication"))
    {
      g_autofree char *text = opt_xml_dup_content (node);

      for (gsize i = 0; i < G_N_ELEMENTS (authentications); i++)
        if (g_str_equal (text, authentications[i].text))
          return authentications[i].auth;
    }

  return OPT_FOUND_AUTH_ANY;
}

/* Whose address it is the file does not say, only of which domain. */
static char *
dup_value (const xmlNode *element, const char *name, const char *domain)
{
  g_autofree char *text = opt_xml_dup_text (element, name);
  g_autoptr (GString) value = g_string_new (text);

  if (domain != NULL)
    g_string_replace (value, "%EMAILDOMAIN%", domain, MAX_VARIABLES);

  return text != NULL ? g_string_free (g_steal_pointer (&value), FALSE) : NULL;
}

static gboolean
has_variable (const char *value, gsize first)
{
  for (gsize i = first; i < G_N_ELEMENTS (variables); i++)
    if (strstr (value, variables[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* What depends on more than the address is not known. */
static void
read_user (OptFoundServer *server, const xmlNode *element, const char *domain)
{
  g_autofree char *user = dup_value (element, "username", domain);

  if (user == NULL || has_variable (user, N_ADDRESS_VARIABLES))
    return;

  if (has_variable (user, 0))
    server->user_pattern = g_steal_pointer (&user);
  else
    server->user = g_steal_pointer (&user);
}

static void
read_leave_on_server (OptFound *found, const xmlNode *element)
{
  const xmlNode *pop3 = opt_xml_find (element, "pop3");
  g_autofree char *leave = opt_xml_dup_text (pop3, "leaveMessagesOnServer");
  g_autofree char *days = opt_xml_dup_text (pop3, "daysToLeaveMessagesOnServer");

  found->leave_on_server =
    opt_found_value_get_leave_on_server (g_strcmp0 (leave, "false") != 0,
                                         days != NULL ? g_ascii_strtoll (days, NULL, 10)
                                                      : OPT_LEAVE_ON_SERVER_DEFAULT);
}

static void
read_server (OptFound *found, OptService service, const xmlNode *element, const char *domain)
{
  g_autofree char *host = dup_value (element, "hostname", domain);
  g_autofree char *port = opt_xml_dup_text (element, "port");
  OptFoundSecurity security;
  OptFoundServer *server;

  /* The first that is valid wins. */
  if (found->servers[service] != NULL || host == NULL || host[0] == '\0' ||
      has_variable (host, 0) || !read_security (element, &security))
    return;

  server = opt_found_add_server (found, service, host);
  server->security = security;
  server->port = opt_found_value_get_port (opt_found_value_parse_port (port), service, security);
  server->auth = read_auth (element);
  read_user (server, element, domain);
  server->holds_password = opt_xml_has_text (element, "password");
  if (service == OPT_SERVICE_POP3)
    read_leave_on_server (found, element);
}

static void
read_servers (OptFound *found,
              const xmlNode *provider,
              const char *name,
              OptService service,
              const char *domain)
{
  for (const xmlNode *node = opt_xml_find (provider, name); node != NULL;
       node = opt_xml_find_next (node, name))
    {
      g_autofree char *type = opt_xml_dup_attribute (node, "type");

      if (g_strcmp0 (type, opt_service_to_string (service)) == 0)
        read_server (found, service, node, domain);
    }
}

static gboolean
recognises (const OptClientFile *file)
{
  return opt_xml_has_root (file->bytes, ROOT);
}

static gboolean
read_file (GBytes *bytes, GPtrArray *founds, GError **error)
{
  g_autoptr (xmlDoc) document = opt_xml_parse (bytes, ROOT, error);
  const xmlNode *provider;
  g_autofree char *domain = NULL;
  OptFound *found;

  if (document == NULL)
    return FALSE;

  provider = opt_xml_find (xmlDocGetRootElement (document), "emailProvider");
  domain = opt_xml_dup_text (provider, "domain");
  found = opt_found_new ();
  read_servers (found, provider, "incomingServer", OPT_SERVICE_IMAP, domain);
  read_servers (found, provider, "incomingServer", OPT_SERVICE_POP3, domain);
  read_servers (found, provider, "outgoingServer", OPT_SERVICE_SMTP, domain);
  found->domain = g_steal_pointer (&domain);
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
  .recognises = recognises,
  .read = read_files,
  .password_path = N_ ("Thunderbird asks for it once, and keeps it itself."),
  .proof = "thunderbird.test_reads_config",
  .tried = N_ ("Read by Thunderbird 153 on Debian; not tried on Windows or on a Mac."),
};
