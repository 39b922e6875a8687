/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What classic Outlook would ask a server for when somebody adds an account, as a file on the
 * computer, and the registry file that makes Outlook look there (Autodiscover, the "plain old XML"
 * of [MS-OXDSCLI]). */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-found-value.h"
#include "opt-reg.h"
#include "opt-xml.h"

#include <glib/gi18n-lib.h>
#include <libxml/xmlwriter.h>

#define RESPONSE_NAMESPACE "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006"
#define SETTINGS_NAMESPACE                                                                         \
  "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a"

/* 16.0 is every Outlook since 2016. */
#define REGISTRY_KEY "HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Outlook\\AutoDiscover"

/* The registry wants to know where the file is, and this folder is on every Windows. */
#define XML_NAME "autodiscover.xml"
#define XML_PATH "C:\\Users\\Public\\" XML_NAME
#define REG_NAME "outlook-autodiscover.reg"

#define ROOT "Autodiscover"

/* How the key is spelt in a registry file of any version of Outlook. */
#define ANY_REGISTRY_KEY "\\outlook\\autodiscover]"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlBuffer, xmlBufferFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlTextWriter, xmlFreeTextWriter)

/* libxml2 fails only for want of memory; xmlTextWriterEndDocument() is where that is asked. */
static void
add_element (xmlTextWriter *writer, const char *name, const char *text)
{
  xmlTextWriterWriteElement (writer, BAD_CAST name, BAD_CAST text);
}

static void
start_element (xmlTextWriter *writer, const char *name, const char *name_space)
{
  xmlTextWriterStartElement (writer, BAD_CAST name);
  if (name_space != NULL)
    xmlTextWriterWriteAttribute (writer, BAD_CAST "xmlns", BAD_CAST name_space);
}

static void
add_server (xmlTextWriter *writer, const OptSettings *settings, const OptServer *server)
{
  OptService service = opt_server_get_service (server);
  gboolean tls = opt_server_get_security (server) == OPT_SECURITY_TLS;
  const char *user = opt_server_get_user (server);
  g_autofree char *type = g_ascii_strup (opt_service_to_string (service), -1);

  start_element (writer, "Protocol", NULL);
  add_element (writer, "Type", type);
  add_element (writer, "Server", opt_server_get_host (server));
  xmlTextWriterWriteFormatElement (writer,
                                   BAD_CAST "Port",
                                   "%u",
                                   (guint) opt_server_get_port (server));
  add_element (writer, "DomainRequired", "off");
  add_element (writer, "LoginName", user);
  add_element (writer, "SPA", "off");
  /* The second says more, and older ones know only the first. */
  add_element (writer, "SSL", "on");
  add_element (writer, "Encryption", tls ? "SSL" : "TLS");
  add_element (writer, "AuthRequired", "on");
  if (service == OPT_SERVICE_SMTP)
    {
      OptServer *incoming = opt_settings_get_incoming (settings);

      add_element (writer,
                   "UsePOPAuth",
                   g_str_equal (user, opt_server_get_user (incoming)) ? "on" : "off");
      add_element (writer, "SMTPLast", "off");
    }
  xmlTextWriterEndElement (writer);
}

static void
add_response (xmlTextWriter *writer, const OptSettings *settings)
{
  OptServer *other = opt_settings_get_other_incoming (settings);

  start_element (writer, "Response", SETTINGS_NAMESPACE);
  start_element (writer, "User", NULL);
  add_element (writer, "DisplayName", opt_settings_get_name (settings));
  xmlTextWriterEndElement (writer);
  start_element (writer, "Account", NULL);
  add_element (writer, "AccountType", "email");
  add_element (writer, "Action", "settings");
  /* In order of preference. */
  add_server (writer, settings, opt_settings_get_incoming (settings));
  if (other != NULL)
    add_server (writer, settings, other);
  add_server (writer, settings, opt_settings_get_outgoing (settings));
  xmlTextWriterEndElement (writer);
  xmlTextWriterEndElement (writer);
}

static GBytes *
create_xml (const OptSettings *settings, GError **error)
{
  g_autoptr (xmlBuffer) buffer = xmlBufferCreate ();
  g_autoptr (xmlTextWriter) writer = xmlNewTextWriterMemory (buffer, 0);

  xmlTextWriterSetIndent (writer, 1);
  xmlTextWriterSetIndentString (writer, BAD_CAST "  ");
  xmlTextWriterStartDocument (writer, NULL, "UTF-8", NULL);
  start_element (writer, ROOT, RESPONSE_NAMESPACE);
  add_response (writer, settings);
  if (xmlTextWriterEndDocument (writer) < 0)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_FILE_NOT_WRITTEN, "libxml2 cannot write the file");
      return NULL;
    }

  return g_bytes_new (xmlBufferContent (buffer), xmlBufferLength (buffer));
}

static GBytes *
create_reg (const OptSettings *settings)
{
  OptAddress *address = opt_account_get_address (opt_settings_get_account (settings));
  GString *reg = opt_reg_new (REGISTRY_KEY);

  opt_reg_add_number (reg, "PreferLocalXML", 1);
  opt_reg_add_string (reg, opt_address_get_domain (address), XML_PATH);

  return opt_reg_free_to_bytes (reg);
}

static GPtrArray *
render_files (const OptSettings *settings, GError **error)
{
  GBytes *xml = create_xml (settings, error);
  GPtrArray *files;

  if (xml == NULL)
    return NULL;

  files = opt_client_files_new ();
  g_ptr_array_add (files, opt_client_file_new (XML_NAME, xml));
  g_ptr_array_add (files, opt_client_file_new (REG_NAME, create_reg (settings)));

  return files;
}

/* [MS-OXDSCLI] has it that what is not said is on. */
static gboolean
is_on (const xmlNode *protocol, const char *name)
{
  g_autofree char *text = opt_xml_dup_text (protocol, name);

  return text == NULL || g_ascii_strcasecmp (text, "off") != 0;
}

static const struct
{
  const char *name;
  OptFoundSecurity security;
} encryptions[] = {
  { "None", OPT_FOUND_SECURITY_NONE },
  { "SSL", OPT_FOUND_SECURITY_TLS },
  { "TLS", OPT_FOUND_SECURITY_STARTTLS },
  { "Auto", OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED },
};

static OptFoundSecurity
read_security (const xmlNode *protocol)
{
  g_autofree char *name = opt_xml_dup_text (protocol, "Encryption");

  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (encryptions); i++)
    if (g_ascii_strcasecmp (name, encryptions[i].name) == 0)
      return encryptions[i].security;

  return is_on (protocol, "SSL") ? OPT_FOUND_SECURITY_TLS : OPT_FOUND_SECURITY_NONE;
}

static OptFoundAuth
read_auth (const xmlNode *protocol)
{
  if (!is_on (protocol, "AuthRequired"))
    return OPT_FOUND_AUTH_NONE;

  return is_on (protocol, "SPA") ? OPT_FOUND_AUTH_CHALLENGE : OPT_FOUND_AUTH_PASSWORD;
}

/* Of each kind the first one is preferred, and Exchange's own kinds are not for us. */
static void
read_protocol (OptFound *found, const xmlNode *protocol)
{
  g_autofree char *type = opt_xml_dup_text (protocol, "Type");
  g_autofree char *name = g_ascii_strdown (type != NULL ? type : "", -1);
  g_autofree char *host = opt_xml_dup_text (protocol, "Server");
  g_autofree char *port = opt_xml_dup_text (protocol, "Port");
  OptService service;
  OptFoundServer *server;

  if (host == NULL || !opt_service_from_string (name, &service, NULL) ||
      found->servers[service] != NULL)
    return;

  server = opt_found_add_server (found, service, host);
  server->security = read_security (protocol);
  server->port =
    opt_found_value_get_port (opt_found_value_parse_port (port), service, server->security);
  server->user = opt_xml_dup_text (protocol, "LoginName");
  server->auth = read_auth (protocol);
}

static void
read_response (const xmlNode *response, GPtrArray *founds)
{
  const xmlNode *user = opt_xml_find (response, "User");
  const xmlNode *protocol = opt_xml_find (opt_xml_find (response, "Account"), "Protocol");
  OptFound *found = opt_found_new ();

  found->name = opt_xml_dup_text (user, "DisplayName");
  found->address = opt_xml_dup_text (user, "AutoDiscoverSMTPAddress");
  for (; protocol != NULL; protocol = opt_xml_find_next (protocol, "Protocol"))
    read_protocol (found, protocol);
  g_ptr_array_add (founds, found);
}

/* The registry file only says where the other one is. */
static gboolean
read_file (GBytes *bytes, GPtrArray *founds, GError **error)
{
  g_autoptr (xmlDoc) document = NULL;
  const xmlNode *root;

  if (opt_reg_looks_like (bytes, ANY_REGISTRY_KEY))
    return TRUE;

  document = opt_xml_parse (bytes, ROOT, error);
  if (document == NULL)
    return FALSE;

  root = xmlDocGetRootElement (document);
  read_response (opt_xml_find (root, "Response"), founds);

  return TRUE;
}

static gboolean
read_files (GPtrArray *files, GPtrArray *founds, GError **error)
{
  return opt_client_read_each (files, founds, read_file, error);
}

static gboolean
recognises (const OptClientFile *file)
{
  return opt_xml_has_root (file->bytes, ROOT) || opt_reg_looks_like (file->bytes, ANY_REGISTRY_KEY);
}

static char **
create_steps (const OptSettings *settings)
{
  g_autofree char *copy =
    /* Translators: first the name of a file, then where it goes. */
    g_strdup_printf (_ ("Copy “%s” to the Windows computer, as “%s”."), XML_NAME, XML_PATH);
  /* Translators: %s is the name of a file. */
  g_autofree char *merge = g_strdup_printf (_ ("Double-click “%s” there, and agree to add it to "
                                               "the registry."),
                                            REG_NAME);
  /* Translators: %s is an email address; what stands in quotes as Outlook has it in your language.
   */
  g_autofree char *add = g_strdup_printf (_ ("In classic Outlook, choose “File”, then “Add "
                                             "Account”, and enter %s. Outlook finds the servers in "
                                             "the file."),
                                          opt_settings_get_address (settings));
  const char *password = _ ("When asked, enter the password.");
  const char *steps[] = { copy, merge, add, password, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_outlook_autodiscover = {
  .id = "outlook-autodiscover",
  .name = N_ ("Outlook (Autodiscover on this computer)"),
  .icon_name = "computer-symbolic",
  .group = OPT_CLIENT_ANYTHING_ELSE,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "outlook-autodiscover",
  .render_files = render_files,
  .create_steps = create_steps,
  .recognises = recognises,
  .folder_suffix = XML_NAME,
  .read = read_files,
  .password_path = N_ ("Outlook asks for it once, and keeps it itself."),
  .proof = "outlook.test_autodiscover",
  .tried = N_ ("Read as XML by xmllint on Debian; not tried on Windows."),
};
