/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings file of K-9 Mail and Thunderbird for Android, of which only one account is written:
 * the rest of what the person has set stays. */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-found-value.h"
#include "opt-uuid.h"
#include "opt-xml.h"

#include <glib/gi18n-lib.h>
#include <libxml/chvalid.h>
#include <libxml/xmlwriter.h>

/* The app reads files of its own version and older ones. */
#define SETTINGS_VERSION "99"
#define FILE_FORMAT "1"

#define ROOT "k9settings"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlBuffer, xmlBufferFree)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlTextWriter, xmlFreeTextWriter)

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

static const char *
get_security_name (OptSecurity security)
{
  switch (security)
    {
    case OPT_SECURITY_TLS:
      return "SSL_TLS_REQUIRED";
    case OPT_SECURITY_STARTTLS:
      return "STARTTLS_REQUIRED";
    }

  g_return_val_if_reached (NULL);
}

static void
add_server (xmlTextWriter *writer, const OptServer *server, OptSecret *secret)
{
  OptService service = opt_server_get_service (server);
  g_autofree char *type = g_ascii_strup (opt_service_to_string (service), -1);

  start_element (writer,
                 service == OPT_SERVICE_SMTP ? "outgoing-server" : "incoming-server",
                 "type",
                 type);
  add_element (writer, "host", opt_server_get_host (server));
  xmlTextWriterWriteFormatElement (writer,
                                   BAD_CAST "port",
                                   "%u",
                                   (guint) opt_server_get_port (server));
  add_element (writer, "connection-security", get_security_name (opt_server_get_security (server)));
  add_element (writer, "authentication-type", "PLAIN");
  add_element (writer, "username", opt_server_get_user (server));
  if (secret != NULL)
    add_element (writer, "password", opt_secret_peek (secret));
  xmlTextWriterEndElement (writer);
}

/* What happens on the server when a message is deleted in the app. By age it removes nothing, so
 * "never leave" comes to "until it is deleted". */
static const char *
get_delete_policy (const OptSettings *settings)
{
  gboolean keep = opt_settings_get_incoming_service (settings) == OPT_SERVICE_POP3 &&
                  opt_settings_get_leave_on_server (settings) != OPT_LEAVE_ON_SERVER_NEVER;

  return keep ? "NEVER" : "ON_DELETE";
}

static void
add_account (xmlTextWriter *writer, const OptSettings *settings, OptSecret *secret)
{
  g_autofree char *uuid = opt_uuid_create (settings, "k9");

  start_element (writer, "account", "uuid", uuid);
  add_element (writer, "name", opt_settings_get_address (settings));
  start_element (writer, "settings", NULL, NULL);
  start_element (writer, "value", "key", "deletePolicy");
  xmlTextWriterWriteString (writer, BAD_CAST get_delete_policy (settings));
  xmlTextWriterEndElement (writer);
  xmlTextWriterEndElement (writer);
  add_server (writer, opt_settings_get_incoming (settings), secret);
  add_server (writer, opt_settings_get_outgoing (settings), secret);
  start_element (writer, "identities", NULL, NULL);
  start_element (writer, "identity", NULL, NULL);
  add_element (writer, "name", opt_settings_get_name (settings));
  add_element (writer, "email", opt_settings_get_address (settings));
  xmlTextWriterEndElement (writer);
  xmlTextWriterEndElement (writer);
  xmlTextWriterEndElement (writer);
}

/* XML 1.0 §2.2 has no way to write most control characters, and a password may have them. */
static gboolean
check_password (OptSecret *secret, GError **error)
{
  for (const char *p = opt_secret_peek (secret); *p != '\0'; p = g_utf8_next_char (p))
    if (!xmlIsCharQ (g_utf8_get_char (p)))
      {
        g_set_error (error,
                     OPT_ERROR,
                     OPT_ERROR_CLIENT_PASSWORD,
                     "XML cannot hold a character of the password");
        return FALSE;
      }

  return TRUE;
}

static GBytes *
render_with_password (const OptSettings *settings, OptSecret *secret, GError **error)
{
  g_autoptr (xmlBuffer) buffer = xmlBufferCreate ();
  g_autoptr (xmlTextWriter) writer = xmlNewTextWriterMemory (buffer, 0);
  GBytes *file;

  if (secret != NULL && !check_password (secret, error))
    return NULL;

  xmlTextWriterSetIndent (writer, 1);
  xmlTextWriterSetIndentString (writer, BAD_CAST "  ");
  xmlTextWriterStartDocument (writer, NULL, "UTF-8", "yes");
  start_element (writer, ROOT, "version", SETTINGS_VERSION);
  xmlTextWriterWriteAttribute (writer, BAD_CAST "format", BAD_CAST FILE_FORMAT);
  start_element (writer, "accounts", NULL, NULL);
  add_account (writer, settings, secret);
  if (xmlTextWriterEndDocument (writer) < 0)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_FILE_NOT_WRITTEN, "libxml2 cannot write the file");
      return NULL;
    }

  file = g_bytes_new (xmlBufferContent (buffer), xmlBufferLength (buffer));
  opt_secret_wipe ((void *) xmlBufferContent (buffer), xmlBufferLength (buffer));

  return file;
}

static GBytes *
render (const OptSettings *settings, GError **error)
{
  return render_with_password (settings, NULL, error);
}

/* Those with "OPTIONAL" are of K-9 Mail 4 and older: it took any certificate then, and did without
 * STARTTLS where that was not offered. */
static const struct
{
  const char *name;
  OptFoundSecurity security;
  gboolean any_certificate;
} securities[] = {
  { "SSL_TLS_REQUIRED", OPT_FOUND_SECURITY_TLS, FALSE },
  { "STARTTLS_REQUIRED", OPT_FOUND_SECURITY_STARTTLS, FALSE },
  { "SSL_TLS_OPTIONAL", OPT_FOUND_SECURITY_TLS, TRUE },
  { "STARTTLS_OPTIONAL", OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED, TRUE },
};

/* The app takes what it does not know for none at all. */
static void
read_security (OptFoundServer *server, const char *name)
{
  server->security = OPT_FOUND_SECURITY_NONE;
  for (gsize i = 0; i < G_N_ELEMENTS (securities); i++)
    if (g_strcmp0 (name, securities[i].name) == 0)
      {
        server->security = securities[i].security;
        server->any_certificate = securities[i].any_certificate;
      }
}

static OptFoundAuth
read_auth (const char *name, const char *user)
{
  g_autofree char *mechanism = g_strdelimit (g_strdup (name != NULL ? name : ""), "_", '-');

  if (user == NULL || user[0] == '\0' || g_str_equal (mechanism, "NONE"))
    return OPT_FOUND_AUTH_NONE;

  return opt_found_value_get_auth (mechanism);
}

static void
read_server (OptFound *found, const xmlNode *node)
{
  g_autofree char *type = node != NULL ? opt_xml_dup_attribute (node, "type") : NULL;
  g_autofree char *name = g_ascii_strdown (type != NULL ? type : "", -1);
  g_autofree char *host = opt_xml_dup_text (node, "host");
  g_autofree char *port = opt_xml_dup_text (node, "port");
  g_autofree char *security = opt_xml_dup_text (node, "connection-security");
  g_autofree char *auth = opt_xml_dup_text (node, "authentication-type");
  OptService service;
  OptFoundServer *server;

  if (host == NULL || !opt_service_from_string (name, &service, NULL) ||
      found->servers[service] != NULL)
    return;

  server = opt_found_add_server (found, service, host);
  read_security (server, security);
  server->port =
    opt_found_value_get_port (opt_found_value_parse_port (port), service, server->security);
  server->user = opt_xml_dup_text (node, "username");
  server->auth = read_auth (auth, server->user);
  server->holds_password = opt_xml_has_text (node, "password");
}

/* Only one value is of interest. POP3 mail stays unless it is deleted in the app. */
static guint
read_leave_on_server (const xmlNode *account)
{
  const xmlNode *value = opt_xml_find (opt_xml_find (account, "settings"), "value");

  for (; value != NULL; value = opt_xml_find_next (value, "value"))
    {
      g_autofree char *key = opt_xml_dup_attribute (value, "key");
      g_autofree char *text = opt_xml_dup_content (value);

      if (g_strcmp0 (key, "deletePolicy") == 0 && g_str_equal (text, "NEVER"))
        return OPT_LEAVE_ON_SERVER_ALWAYS;
    }

  return OPT_LEAVE_ON_SERVER_UNKNOWN;
}

static OptFound *
read_account (const xmlNode *account)
{
  OptFound *found = opt_found_new ();
  const xmlNode *identity = opt_xml_find (opt_xml_find (account, "identities"), "identity");

  found->name = opt_xml_dup_text (identity, "name");
  found->address = opt_xml_dup_text (identity, "email");
  read_server (found, opt_xml_find (account, "incoming-server"));
  read_server (found, opt_xml_find (account, "outgoing-server"));
  if (found->servers[OPT_SERVICE_POP3] != NULL)
    found->leave_on_server = read_leave_on_server (account);

  return found;
}

static gboolean
read_files (GPtrArray *files, GPtrArray *founds, GError **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      const OptClientFile *file = g_ptr_array_index (files, i);
      g_autoptr (xmlDoc) document = opt_xml_parse (file->bytes, ROOT, error);
      const xmlNode *account;

      if (document == NULL)
        return FALSE;

      account =
        opt_xml_find (opt_xml_find (xmlDocGetRootElement (document), "accounts"), "account");
      for (; account != NULL && founds->len < OPT_CLIENT_MAX_FOUNDS;
           account = opt_xml_find_next (account, "account"))
        g_ptr_array_add (founds, read_account (account));
    }

  return TRUE;
}

static gboolean
recognises (const OptClientFile *file)
{
  return opt_xml_has_root (file->bytes, ROOT);
}

static char **
create_steps (const OptSettings *settings)
{
  const char *bring = _ ("Bring the file to the phone, by cable or as an attachment.");
  /* Translators: what stands in quotes as K-9 Mail has it in your language. */
  const char *open = _ ("On the phone, open K-9 Mail or Thunderbird. In its menu, choose "
                        "“Settings”, then “Import settings”, then “Select file”, and pick the "
                        "file.");
  /* Translators: %s is an email address. */
  g_autofree char *password = g_strdup_printf (_ ("When asked, enter the password of %s."),
                                               opt_settings_get_address (settings));
  const char *leave = opt_settings_get_incoming_service (settings) == OPT_SERVICE_POP3
                        ? _ ("The app cannot remove mail from the server by age: it stays there, "
                             "or goes when you delete it.")
                        : NULL;
  const char *steps[] = { bring, open, password, leave, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_k9 = {
  .id = "k9",
  .name = N_ ("K-9 Mail"),
  .icon_name = "phone-symbolic",
  .group = OPT_CLIENT_ON_PHONE,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "mail-settings.k9s",
  .media_type = "application/xml",
  .render = render,
  .render_with_password = render_with_password,
  .create_steps = create_steps,
  .recognises = recognises,
  .read = read_files,
  .password_path = N_ ("The app asks for it once, unless you had it put into the file."),
  .proof = "k9.test_xmllint",
  .tried = N_ ("Read as XML by xmllint on Debian; not tried on a phone."),
};
