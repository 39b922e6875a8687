/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What classic Outlook would ask a server for when somebody adds an account, as a file on the
 * computer, and the registry file that makes Outlook look there (Autodiscover, the "plain old XML"
 * of [MS-OXDSCLI]). */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-reg.h"

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
  start_element (writer, "Autodiscover", RESPONSE_NAMESPACE);
  add_response (writer, settings);
  if (xmlTextWriterEndDocument (writer) < 0)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE, "libxml2 cannot write the file");
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

static char **
create_steps (const OptSettings *settings)
{
  /* Translators: first the name of a file, then where it goes. */
  g_autofree char *copy =
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
  .password_path = N_ ("Outlook asks for it once, and keeps it itself."),
  .proof = "outlook.test_autodiscover",
  .tried = N_ ("Read as XML by xmllint on Debian; not tried on Windows."),
};
