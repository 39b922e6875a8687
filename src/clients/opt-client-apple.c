/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A configuration profile for Apple's Mail (com.apple.mail.managed in Apple's device management
 * schema). It takes one way in, and cannot say for how long POP3 leaves mail on the server, nor
 * whether TLS starts at once: Mail finds that out by itself. */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-uuid.h"

#include <glib/gi18n-lib.h>
#include <plist/plist.h>
#include <stdlib.h>

#define IDENTIFIER OPT_APP_ID "."
#define PAYLOAD_VERSION 1

typedef void OptPlist;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptPlist, plist_free)

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
  add_server (dict, "IncomingMailServer", opt_settings_get_incoming (settings));
  add_server (dict, "OutgoingMailServer", opt_settings_get_outgoing (settings));
  add_boolean (dict, "OutgoingPasswordSameAsIncomingPassword", TRUE);
  add_payload_keys (dict, settings, "com.apple.mail.managed", ".mail");

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
      g_set_error (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE, "libplist cannot write the file");
      return NULL;
    }

  file = g_bytes_new (xml, size_bytes);
  free (xml);

  return file;
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
  .password_path =
    N_ ("The device asks for it when the profile is installed, and keeps it itself."),
  .proof = "apple.test_plistutil",
  .tried = N_ ("Read by plistutil on Debian; not tried on an Apple device."),
};
