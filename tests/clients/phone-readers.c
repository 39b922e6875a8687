/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What phones are given. */
#include "format-readers-private.h"

#include <libxml/parser.h>
#include <plist/plist.h>
#include <png.h>
#include <stdlib.h>

static void
put_k9_server (GHashTable *table, const char *prefix, xmlNode *server)
{
  g_autofree char *host = read_child (server, "host");
  g_autofree char *port = read_child (server, "port");
  g_autofree char *security = read_child (server, "connection-security");
  g_autofree char *authentication = read_child (server, "authentication-type");
  g_autofree char *user = read_child (server, "username");
  xmlChar *type = xmlGetProp (server, BAD_CAST "type");
  g_autofree char *service = g_ascii_strdown ((const char *) type, -1);

  g_assert_cmpstr (authentication, ==, "PLAIN");
  if (!g_str_equal (security, "SSL_TLS_REQUIRED"))
    g_assert_cmpstr (security, ==, "STARTTLS_REQUIRED");
  put (table, prefix, "service", service);
  put (table, prefix, "host", host);
  put (table, prefix, "port", port);
  put (table, prefix, "security", security[1] == 'S' ? "tls" : "starttls");
  put (table, prefix, "user", user);
  xmlFree (type);
}

GHashTable *
read_k9 (GBytes *file, const OptSettings *settings)
{
  GHashTable *table = create_table ();
  gsize size_bytes;
  const char *data = g_bytes_get_data (file, &size_bytes);
  xmlDoc *document = xmlReadMemory (data, size_bytes, NULL, NULL, XML_PARSE_NONET);
  xmlNode *account, *identity;
  g_autofree char *name = NULL;
  g_autofree char *email = NULL;
  xmlChar *uuid;

  g_assert_nonnull (document);
  account = find_child (find_child (xmlDocGetRootElement (document), "accounts"), "account");
  uuid = xmlGetProp (account, BAD_CAST "uuid");
  g_assert_true (g_uuid_string_is_valid ((const char *) uuid));
  xmlFree (uuid);
  identity = find_child (find_child (account, "identities"), "identity");
  name = read_child (identity, "name");
  email = read_child (identity, "email");
  put (table, "", "name", name);
  put (table, "", "address", email);
  put_k9_server (table, "in.", find_child (account, "incoming-server"));
  put_k9_server (table, "out.", find_child (account, "outgoing-server"));
  xmlFreeDoc (document);

  return table;
}

static void
put_plist_string (
  GHashTable *table, const char *prefix, const char *key, plist_t dict, const char *from)
{
  char *value = NULL;

  plist_get_string_val (plist_dict_get_item (dict, from), &value);
  put (table, prefix, key, value);
  free (value);
}

static void
assert_plist_string (plist_t dict, const char *key, const char *want)
{
  char *value = NULL;

  plist_get_string_val (plist_dict_get_item (dict, key), &value);
  g_assert_cmpstr (value, ==, want);
  free (value);
}

/* The format has one switch for TLS, and what is on the port decides how it starts. */
static void
put_plist_server (
  GHashTable *table, const char *prefix, plist_t dict, OptService service, const char *direction)
{
  g_autofree char *host = g_strconcat (direction, "MailServerHostName", NULL);
  g_autofree char *port = g_strconcat (direction, "MailServerPortNumber", NULL);
  g_autofree char *user = g_strconcat (direction, "MailServerUsername", NULL);
  g_autofree char *tls = g_strconcat (direction, "MailServerUseSSL", NULL);
  g_autofree char *authentication = g_strconcat (direction, "MailServerAuthentication", NULL);
  g_autofree char *number = NULL;
  guint8 uses_tls = 0;
  guint64 value = 0;

  assert_plist_string (dict, authentication, "EmailAuthPassword");
  plist_get_bool_val (plist_dict_get_item (dict, tls), &uses_tls);
  g_assert_cmpuint (uses_tls, ==, 1);
  plist_get_uint_val (plist_dict_get_item (dict, port), &value);
  number = g_strdup_printf ("%u", (guint) value);

  put (table, prefix, "service", opt_service_to_string (service));
  put_plist_string (table, prefix, "host", dict, host);
  put (table, prefix, "port", number);
  put (table,
       prefix,
       "security",
       value == opt_server_get_usual_port (service, OPT_SECURITY_TLS) ? "tls" : "starttls");
  put_plist_string (table, prefix, "user", dict, user);
}

static void
assert_payload (plist_t dict, const char *type)
{
  char *uuid = NULL;

  assert_plist_string (dict, "PayloadType", type);
  plist_get_string_val (plist_dict_get_item (dict, "PayloadUUID"), &uuid);
  g_assert_true (g_uuid_string_is_valid (uuid));
  free (uuid);
}

GHashTable *
read_apple (GBytes *file, const OptSettings *settings)
{
  GHashTable *table = create_table ();
  plist_t root = NULL;
  plist_t mail;
  char *type = NULL;
  OptService service;

  plist_from_xml (g_bytes_get_data (file, NULL), g_bytes_get_size (file), &root);
  g_assert_nonnull (root);
  assert_payload (root, "Configuration");
  g_assert_cmpuint (plist_array_get_size (plist_dict_get_item (root, "PayloadContent")), ==, 1);
  mail = plist_array_get_item (plist_dict_get_item (root, "PayloadContent"), 0);
  assert_payload (mail, "com.apple.mail.managed");

  plist_get_string_val (plist_dict_get_item (mail, "EmailAccountType"), &type);
  service = g_str_equal (type, "EmailTypeIMAP") ? OPT_SERVICE_IMAP : OPT_SERVICE_POP3;
  if (service == OPT_SERVICE_POP3)
    g_assert_cmpstr (type, ==, "EmailTypePOP");
  free (type);
  put_plist_string (table, "", "name", mail, "EmailAccountName");
  put_plist_string (table, "", "address", mail, "EmailAddress");
  put_plist_server (table, "in.", mail, service, "Incoming");
  put_plist_server (table, "out.", mail, OPT_SERVICE_SMTP, "Outgoing");
  plist_free (root);

  return table;
}

char *
read_png (GBytes *file, guint step)
{
  png_image image = { .version = PNG_IMAGE_VERSION };
  GString *text = g_string_new (NULL);
  g_autofree guint8 *pixels = NULL;

  g_assert_true (png_image_begin_read_from_memory (&image,
                                                   g_bytes_get_data (file, NULL),
                                                   g_bytes_get_size (file)));
  image.format = PNG_FORMAT_GRAY;
  pixels = g_malloc (PNG_IMAGE_SIZE (image));
  g_assert_true (png_image_finish_read (&image, NULL, pixels, 0, NULL));
  for (guint y = 0; y < image.height; y += step)
    {
      for (guint x = 0; x < image.width; x += step)
        {
          guint8 pixel = pixels[y * image.width + x];

          g_assert_true (pixel == 0 || pixel == 0xff);
          g_string_append_c (text, pixel == 0 ? '#' : ' ');
        }
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}
