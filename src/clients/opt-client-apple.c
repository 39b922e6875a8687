/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A configuration profile for Apple's Mail (com.apple.mail.managed in Apple's device management
 * schema). It takes one way in, and cannot say for how long POP3 leaves mail on the server, nor
 * whether TLS starts at once: Mail finds that out by itself. */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-plist.h"
#include "opt-uuid.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define IDENTIFIER OPT_APP_ID "."
#define PAYLOAD_VERSION 1

#define MAIL_PAYLOAD "com.apple.mail.managed"
#define INCOMING "IncomingMailServer"
#define OUTGOING "OutgoingMailServer"

static void
add_string (plist_t dict, const char *key, const char *value)
{
  plist_dict_set_item (dict, key, plist_new_string (value));
}

static void
add_number (plist_t dict, const char *key, guint value)
{
  plist_dict_set_item (dict, key, plist_new_uint (value));
}

static void
add_boolean (plist_t dict, const char *key, gboolean value)
{
  plist_dict_set_item (dict, key, plist_new_bool (value));
}

/* What every payload must have. A profile with the same identifier replaces the one before. */
static void
add_payload_keys (plist_t dict, const OptSettings *settings, const char *type, const char *suffix)
{
  g_autofree char *account = opt_uuid_create (settings, IDENTIFIER);
  g_autofree char *identifier = g_strconcat (IDENTIFIER, account, suffix, NULL);
  g_autofree char *uuid = opt_uuid_create (settings, identifier);
  g_autofree char *upper = g_ascii_strup (uuid, -1);
  g_autofree char *title = g_strdup_printf ("%s (%s)",
                                            opt_settings_get_provider_name (settings),
                                            opt_settings_get_address (settings));

  add_string (dict, "PayloadDisplayName", title);
  add_string (dict, "PayloadIdentifier", identifier);
  add_string (dict, "PayloadType", type);
  add_string (dict, "PayloadUUID", upper);
  add_number (dict, "PayloadVersion", PAYLOAD_VERSION);
}

static void
add_server (plist_t dict, const char *prefix, const OptServer *server)
{
  g_autofree char *authentication = g_strconcat (prefix, "Authentication", NULL);
  g_autofree char *host = g_strconcat (prefix, "HostName", NULL);
  g_autofree char *port = g_strconcat (prefix, "PortNumber", NULL);
  g_autofree char *tls = g_strconcat (prefix, "UseSSL", NULL);
  g_autofree char *user = g_strconcat (prefix, "Username", NULL);

  add_string (dict, authentication, "EmailAuthPassword");
  add_string (dict, host, opt_server_get_host (server));
  add_number (dict, port, opt_server_get_port (server));
  add_boolean (dict, tls, TRUE);
  add_string (dict, user, opt_server_get_user (server));
}

static plist_t
create_mail_payload (const OptSettings *settings)
{
  gboolean imap = opt_settings_get_incoming_service (settings) == OPT_SERVICE_IMAP;
  plist_t dict = plist_new_dict ();

  add_string (dict, "EmailAccountDescription", opt_settings_get_provider_name (settings));
  if (opt_settings_get_name (settings)[0] != '\0')
    add_string (dict, "EmailAccountName", opt_settings_get_name (settings));
  add_string (dict, "EmailAccountType", imap ? "EmailTypeIMAP" : "EmailTypePOP");
  add_string (dict, "EmailAddress", opt_settings_get_address (settings));
  add_server (dict, INCOMING, opt_settings_get_incoming (settings));
  add_server (dict, OUTGOING, opt_settings_get_outgoing (settings));
  add_boolean (dict, "OutgoingPasswordSameAsIncomingPassword", TRUE);
  add_payload_keys (dict, settings, MAIL_PAYLOAD, ".mail");

  return dict;
}

static GBytes *
render (const OptSettings *settings, GError **error)
{
  g_autoptr (OptPlist) profile = plist_new_dict ();
  plist_t payloads = plist_new_array ();
  char *xml = NULL;
  uint32_t size_bytes = 0;
  GBytes *file;

  plist_array_append_item (payloads, create_mail_payload (settings));
  plist_dict_set_item (profile, "PayloadContent", payloads);
  add_payload_keys (profile, settings, "Configuration", "");
  add_boolean (profile, "PayloadRemovalDisallowed", FALSE);

  plist_to_xml (profile, &xml, &size_bytes);
  if (xml == NULL)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_FILE_NOT_WRITTEN, "libplist cannot write the file");
      return NULL;
    }

  file = g_bytes_new (xml, size_bytes);
  free (xml);

  return file;
}

static const struct
{
  const char *name;
  OptFoundAuth auth;
} auths[] = {
  { "EmailAuthPassword", OPT_FOUND_AUTH_PASSWORD },
  { "EmailAuthCRAMMD5", OPT_FOUND_AUTH_CHALLENGE },
  { "EmailAuthHTTPMD5", OPT_FOUND_AUTH_CHALLENGE },
  { "EmailAuthNTLM", OPT_FOUND_AUTH_CHALLENGE },
  { "EmailAuthNone", OPT_FOUND_AUTH_NONE },
};

static OptFoundAuth
read_auth (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (auths); i++)
    if (g_strcmp0 (name, auths[i].name) == 0)
      return auths[i].auth;

  return OPT_FOUND_AUTH_ANY;
}

/* What Mail uses where the profile has no port, and the ports on which it does not begin with
 * TLS. */
static const struct
{
  guint16 plain_port, tls_port;
  guint16 starttls_ports[2];
} ports[] = {
  [OPT_SERVICE_IMAP] = { 143, 993, { 143, 0 } },
  [OPT_SERVICE_POP3] = { 110, 995, { 110, 0 } },
  [OPT_SERVICE_SMTP] = { 25, 587, { 25, 587 } },
};

static void
read_security (OptFoundServer *server, OptService service, guint64 port, gboolean tls)
{
  if (port == 0)
    port = tls ? ports[service].tls_port : ports[service].plain_port;
  server->port = port <= G_MAXUINT16 ? (guint16) port : 0;
  if (!tls)
    server->security = OPT_FOUND_SECURITY_NONE;
  else if (port == ports[service].starttls_ports[0] || port == ports[service].starttls_ports[1])
    server->security = OPT_FOUND_SECURITY_STARTTLS;
}

static void
read_server (OptFound *found, OptService service, plist_t payload, const char *prefix)
{
  g_autofree char *host = g_strconcat (prefix, "HostName", NULL);
  g_autofree char *port = g_strconcat (prefix, "PortNumber", NULL);
  g_autofree char *tls = g_strconcat (prefix, "UseSSL", NULL);
  g_autofree char *user = g_strconcat (prefix, "Username", NULL);
  g_autofree char *authentication = g_strconcat (prefix, "Authentication", NULL);
  OptFoundServer *server =
    opt_found_add_server (found, service, opt_plist_get_string (payload, host));

  read_security (server,
                 service,
                 opt_plist_get_number (payload, port),
                 opt_plist_get_boolean (payload, tls));
  server->user = g_strdup (opt_plist_get_string (payload, user));
  server->auth = read_auth (opt_plist_get_string (payload, authentication));
}

static OptFound *
read_payload (plist_t payload)
{
  OptFound *found = opt_found_new ();
  const char *type = opt_plist_get_string (payload, "EmailAccountType");
  OptService incoming = g_strcmp0 (type, "EmailTypePOP") == 0 ? OPT_SERVICE_POP3 : OPT_SERVICE_IMAP;

  found->name = g_strdup (opt_plist_get_string (payload, "EmailAccountName"));
  found->address = g_strdup (opt_plist_get_string (payload, "EmailAddress"));
  read_server (found, incoming, payload, INCOMING);
  read_server (found, OPT_SERVICE_SMTP, payload, OUTGOING);
  found->servers[incoming]->holds_password =
    opt_plist_get_string (payload, "IncomingPassword") != NULL;
  found->servers[OPT_SERVICE_SMTP]->holds_password =
    opt_plist_get_string (payload, "OutgoingPassword") != NULL;

  return found;
}

/* A signed profile is one more layer around the list: SignedData of RFC 5652 §5, which names itself
 * right at the beginning. */
static gboolean
is_signed (GBytes *bytes)
{
  static const guint8 name[] = { 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02 };
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &size_bytes);

  /* A sequence, and up to five bytes for its length. */
  for (gsize i = 2; i <= 6 && i + sizeof name <= size_bytes; i++)
    if (data[0] == 0x30 && memcmp (data + i, name, sizeof name) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
recognises (const OptClientFile *file)
{
  return opt_plist_looks_like (file->bytes) || is_signed (file->bytes);
}

static gboolean
read_file (GBytes *bytes, GPtrArray *founds, GError **error)
{
  g_autoptr (OptPlist) profile = NULL;
  plist_t payloads;
  guint n_payloads;

  if (is_signed (bytes))
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_READ_SIGNED, "a signed profile");
      return FALSE;
    }

  profile = opt_plist_parse (bytes, error);
  if (profile == NULL)
    return FALSE;

  payloads = opt_plist_get_array (profile, "PayloadContent");
  n_payloads = payloads != NULL ? plist_array_get_size (payloads) : 0;
  for (guint i = 0; i < n_payloads && founds->len < OPT_CLIENT_MAX_FOUNDS; i++)
    {
      plist_t payload = plist_array_get_item (payloads, i);

      if (g_strcmp0 (opt_plist_get_string (payload, "PayloadType"), MAIL_PAYLOAD) == 0)
        g_ptr_array_add (founds, read_payload (payload));
    }

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
  const char *bring = _ ("Bring the file to the iPhone, iPad or Mac, by AirDrop, as an attachment "
                         "or from a web page, and open it there.");
  /* Translators: what stands in quotes as iOS has it in your language. */
  const char *phone = _ ("On an iPhone or iPad, open “Settings”, choose “Profile Downloaded”, then "
                         "“Install”. It is not signed, so the device warns you.");
  /* Translators: what stands in quotes as macOS has it in your language. */
  const char *mac = _ ("On a Mac, open “System Settings”, search for “Profiles” (called “Device "
                       "Management” in newer versions), double-click the profile and choose "
                       "“Install…”.");
  /* Translators: %s is an email address. */
  g_autofree char *password = g_strdup_printf (_ ("When asked, enter the password of %s."),
                                               opt_settings_get_address (settings));
  const char *leave = opt_settings_get_incoming_service (settings) == OPT_SERVICE_POP3
                        ? _ ("A profile cannot say how long mail stays on the server: look at the "
                             "account's advanced settings in Mail.")
                        : NULL;
  const char *steps[] = { bring, phone, mac, password, leave, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_apple = {
  .id = "apple",
  .name = N_ ("Mail on iPhone, iPad and Mac (profile)"),
  .icon_name = "phone-symbolic",
  .group = OPT_CLIENT_ON_PHONE,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "mail-settings.mobileconfig",
  .media_type = "application/x-apple-aspen-config",
  .render = render,
  .create_steps = create_steps,
  .recognises = recognises,
  .read = read_files,
  .password_path =
    N_ ("The device asks for it when the profile is installed, and keeps it itself."),
  .proof = "apple.test_plistutil",
  .tried = N_ ("Read by plistutil on Debian; not tried on an Apple device."),
};
