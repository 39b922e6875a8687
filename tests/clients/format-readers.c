/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "format-readers-private.h"

#include <archive.h>
#include <archive_entry.h>
#include <json-glib/json-glib.h>
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <string.h>

GHashTable *
create_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
put (GHashTable *table, const char *prefix, const char *key, const char *value)
{
  g_assert_nonnull (value);
  g_assert_true (g_hash_table_insert (table, g_strconcat (prefix, key, NULL), g_strdup (value)));
}

static void
put_server (GHashTable *table, const char *prefix, const OptServer *server)
{
  g_autofree char *port = g_strdup_printf ("%u", (guint) opt_server_get_port (server));

  put (table, prefix, "service", opt_service_to_string (opt_server_get_service (server)));
  put (table, prefix, "host", opt_server_get_host (server));
  put (table, prefix, "port", port);
  put (table, prefix, "security", opt_security_to_string (opt_server_get_security (server)));
  put (table, prefix, "user", opt_server_get_user (server));
}

GHashTable *
create_wanted (const OptSettings *settings)
{
  GHashTable *table = create_table ();

  put (table, "", "name", opt_settings_get_name (settings));
  put (table, "", "address", opt_settings_get_address (settings));
  put_server (table, "in.", opt_settings_get_incoming (settings));
  put_server (table, "out.", opt_settings_get_outgoing (settings));

  return table;
}

char *
read_only_entry (GBytes *file, const char *name)
{
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  gsize size_bytes;
  const char *data = g_bytes_get_data (file, &size_bytes);
  char *content;

  g_assert_cmpint (archive_read_support_format_zip (archive), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_read_open_memory (archive, data, size_bytes), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_read_next_header (archive, &entry), ==, ARCHIVE_OK);
  g_assert_cmpstr (archive_entry_pathname (entry), ==, name);
  g_assert_cmpint (archive_entry_filetype (entry), ==, AE_IFREG);
  g_assert_true (archive_entry_size_is_set (entry));

  content = g_malloc0 (archive_entry_size (entry) + 1);
  g_assert_cmpint (archive_read_data (archive, content, archive_entry_size (entry)),
                   ==,
                   archive_entry_size (entry));
  g_assert_cmpint (archive_read_next_header (archive, &entry), ==, ARCHIVE_EOF);
  archive_read_free (archive);

  return content;
}

/* The grammar of modules/libpref/parser: a string ends at the first quote without a backslash, and
 * only these escapes are known. */
static char *
read_pref_string (const char **p)
{
  GString *text = g_string_new (NULL);

  g_assert_cmpint (*(*p)++, ==, '"');
  for (; **p != '"'; (*p)++)
    {
      g_assert_cmpint (**p, !=, '\0');
      g_assert_cmpint (**p, !=, '\n');
      if (**p == '\\')
        {
          (*p)++;
          g_assert_nonnull (strchr ("\"'\\", **p));
          g_assert_cmpint (**p, !=, '\0');
        }
      g_string_append_c (text, **p);
    }
  (*p)++;

  return g_string_free (text, FALSE);
}

static void
expect (const char **p, const char *token)
{
  g_assert_true (g_str_has_prefix (*p, token));
  *p += strlen (token);
}

static GHashTable *
read_prefs (const char *text)
{
  GHashTable *prefs = create_table ();
  const char *p = text;

  expect (&p, "// Mozilla User Preferences\n");
  while (*p != '\0')
    {
      g_autofree char *key = NULL;
      g_autofree char *value = NULL;

      expect (&p, "user_pref(");
      key = read_pref_string (&p);
      expect (&p, ", ");
      if (*p == '"')
        value = read_pref_string (&p);
      else
        {
          gsize length = strspn (p, "0123456789aeflrstu");

          value = g_strndup (p, length);
          p += length;
        }
      expect (&p, ");\n");
      put (prefs, "", key, value);
    }

  return prefs;
}

static void
put_pref (GHashTable *table, GHashTable *prefs, const char *key, const char *from)
{
  put (table, "", key, g_hash_table_lookup (prefs, from));
}

static void
put_pref_security (GHashTable *table, GHashTable *prefs, const char *key, const char *from)
{
  const char *value = g_hash_table_lookup (prefs, from);

  g_assert_true (g_strcmp0 (value, "2") == 0 || g_strcmp0 (value, "3") == 0);
  put (table, "", key, value[0] == '3' ? "tls" : "starttls");
}

GHashTable *
read_thunderbird (GBytes *file, const OptSettings *settings)
{
  GHashTable *table = create_table ();
  g_autofree char *text = read_only_entry (file, "prefs.js");
  g_autoptr (GHashTable) prefs = read_prefs (text);

  put_pref (table, prefs, "name", "mail.identity.id1.fullName");
  put_pref (table, prefs, "address", "mail.identity.id1.useremail");
  put_pref (table, prefs, "in.service", "mail.server.server1.type");
  put_pref (table, prefs, "in.host", "mail.server.server1.hostname");
  put_pref (table, prefs, "in.port", "mail.server.server1.port");
  put_pref_security (table, prefs, "in.security", "mail.server.server1.socketType");
  put_pref (table, prefs, "in.user", "mail.server.server1.userName");
  put (table, "out.", "service", "smtp");
  put_pref (table, prefs, "out.host", "mail.smtpserver.smtp1.hostname");
  put_pref (table, prefs, "out.port", "mail.smtpserver.smtp1.port");
  put_pref_security (table, prefs, "out.security", "mail.smtpserver.smtp1.try_ssl");
  put_pref (table, prefs, "out.user", "mail.smtpserver.smtp1.username");

  return table;
}

xmlNode *
find_child (xmlNode *parent, const char *name)
{
  for (xmlNode *child = parent->children; child != NULL; child = child->next)
    if (xmlStrEqual (child->name, BAD_CAST name))
      return child;

  g_error ("no <%s> in <%s>", name, (const char *) parent->name);
}

char *
read_child (xmlNode *parent, const char *name)
{
  xmlChar *content = xmlNodeGetContent (find_child (parent, name));
  char *text = g_strdup ((const char *) content);

  xmlFree (content);

  return text;
}

/* As AccountConfig.replaceVariables() does it, for addresses without "$", which that takes for a
 * pattern. */
static char *
replace_variables (const char *text, const OptSettings *settings)
{
  OptAddress *address = opt_account_get_address (opt_settings_get_account (settings));
  const char *values[][2] = {
    { "%EMAILADDRESS%", opt_address_get_text (address) },
    { "%EMAILLOCALPART%", opt_address_get_local_part (address) },
    { "%EMAILDOMAIN%", opt_address_get_domain (address) },
    { "%REALNAME%", opt_settings_get_name (settings) },
  };
  GString *replaced = g_string_new (text);

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    if (strstr (replaced->str, values[i][0]) != NULL)
      {
        g_assert_null (strchr (values[i][1], '$'));
        g_string_replace (replaced, values[i][0], values[i][1], 0);
      }

  return g_string_free (replaced, FALSE);
}

static void
put_xml_server (GHashTable *table, const char *prefix, xmlNode *server, const OptSettings *settings)
{
  g_autofree char *host = read_child (server, "hostname");
  g_autofree char *port = read_child (server, "port");
  g_autofree char *socket_type = read_child (server, "socketType");
  g_autofree char *authentication = read_child (server, "authentication");
  g_autofree char *username = read_child (server, "username");
  g_autofree char *user = replace_variables (username, settings);
  xmlChar *type = xmlGetProp (server, BAD_CAST "type");

  g_assert_cmpstr (authentication, ==, "password-cleartext");
  if (!g_str_equal (socket_type, "SSL"))
    g_assert_cmpstr (socket_type, ==, "STARTTLS");
  put (table, prefix, "service", (const char *) type);
  put (table, prefix, "host", host);
  put (table, prefix, "port", port);
  put (table, prefix, "security", g_str_equal (socket_type, "SSL") ? "tls" : "starttls");
  put (table, prefix, "user", user);
  xmlFree (type);
}

GHashTable *
read_autoconfig (GBytes *file, const OptSettings *settings)
{
  GHashTable *table = create_table ();
  gsize size_bytes;
  const char *data = g_bytes_get_data (file, &size_bytes);
  xmlDoc *document = xmlReadMemory (data, size_bytes, NULL, NULL, XML_PARSE_NONET);
  xmlNode *provider;

  g_assert_nonnull (document);
  provider = find_child (xmlDocGetRootElement (document), "emailProvider");
  /* The first that is valid wins. */
  put_xml_server (table, "in.", find_child (provider, "incomingServer"), settings);
  put_xml_server (table, "out.", find_child (provider, "outgoingServer"), settings);
  xmlFreeDoc (document);

  return table;
}

static void
put_json_server (GHashTable *table, const char *service, const char *prefix, JsonArray *servers)
{
  for (guint i = 0; i < json_array_get_length (servers); i++)
    {
      JsonObject *server = json_array_get_object_element (servers, i);
      g_autofree char *port =
        g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (server, "port"));

      if (!g_str_equal (json_object_get_string_member (server, "service"), service))
        continue;

      put (table, prefix, "service", service);
      put (table, prefix, "host", json_object_get_string_member (server, "host"));
      put (table, prefix, "port", port);
      put (table, prefix, "security", json_object_get_string_member (server, "security"));
      put (table, prefix, "user", json_object_get_string_member (server, "user"));
      return;
    }

  g_error ("no server for %s", service);
}

GHashTable *
read_json (GBytes *file, const OptSettings *settings)
{
  GHashTable *table = create_table ();
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;
  gsize size_bytes;
  const char *data = g_bytes_get_data (file, &size_bytes);
  JsonObject *root;
  JsonArray *servers;

  json_parser_load_from_data (parser, data, size_bytes, &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpint (json_object_get_int_member (root, "schema"), ==, 1);
  servers = json_object_get_array_member (root, "servers");

  put (table, "", "name", json_object_get_string_member (root, "name"));
  put (table, "", "address", json_object_get_string_member (root, "address"));
  put_json_server (table, json_object_get_string_member (root, "incoming"), "in.", servers);
  put_json_server (table, "smtp", "out.", servers);

  return table;
}

/* One line of a sheet, as a person takes it in. */
static void
put_line (GHashTable *table, const char *prefix, const char *label, const char *text)
{
  static const char *const keys[][2] = {
    { "Your name", "name" }, { "Email address", "address" }, { "Server", "host" },
    { "Port", "port" },      { "Security", "security" },     { "User name", "user" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (label, keys[i][0]))
      {
        if (g_str_equal (label, "Security"))
          text = strstr (text, "STARTTLS") != NULL ? "starttls" : "tls";
        put (table, prefix, keys[i][1], text);
      }
}

/* Says which server the lines below are about. */
static const char *
put_heading (GHashTable *table, const char *heading)
{
  if (strstr (heading, "in place of") != NULL)
    {
      put (table, "other.", "service", strstr (heading, "(IMAP)") != NULL ? "imap" : "pop3");
      return "other.";
    }
  if (g_str_has_prefix (heading, "Incoming mail"))
    {
      put (table, "in.", "service", strstr (heading, "IMAP") != NULL ? "imap" : "pop3");
      return "in.";
    }
  if (g_str_has_prefix (heading, "Outgoing mail"))
    {
      put (table, "out.", "service", "smtp");
      return "out.";
    }

  return "";
}

/* A sheet alone has the way in that was not chosen. */
static void
take_other (GHashTable *table, const OptSettings *settings)
{
  g_autoptr (GHashTable) wanted = create_table ();
  GHashTableIter iter;
  gpointer key, value;

  put_server (wanted, "other.", opt_settings_get_other_incoming (settings));
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      g_assert_cmpstr (g_hash_table_lookup (table, key), ==, value);
      g_hash_table_remove (table, key);
    }
}

static void
walk_html (GHashTable *table, xmlNode *node, const char **prefix, char **label)
{
  for (; node != NULL; node = node->next)
    {
      const char *name = (const char *) node->name;
      xmlChar *content = xmlNodeGetContent (node);

      if (g_strcmp0 (name, "h2") == 0)
        *prefix = put_heading (table, (const char *) content);
      else if (g_strcmp0 (name, "th") == 0)
        {
          g_free (*label);
          *label = g_strdup ((const char *) content);
        }
      else if (g_strcmp0 (name, "td") == 0)
        put_line (table, *prefix, *label, (const char *) content);
      xmlFree (content);
      walk_html (table, node->children, prefix, label);
    }
}

GHashTable *
read_sheet_html (GBytes *file, const OptSettings *settings)
{
  GHashTable *table = create_table ();
  gsize size_bytes;
  const char *data = g_bytes_get_data (file, &size_bytes);
  /* libxml2 knows HTML 4 only, so it is told to be quiet about section and bdi. */
  htmlDocPtr document =
    htmlReadMemory (data, size_bytes, NULL, NULL, HTML_PARSE_NONET | HTML_PARSE_NOERROR);
  g_autofree char *label = NULL;
  const char *prefix = "";

  g_assert_nonnull (document);
  walk_html (table, xmlDocGetRootElement (document), &prefix, &label);
  xmlFreeDoc (document);
  take_other (table, settings);

  return table;
}

GHashTable *
read_sheet_text (GBytes *file, const OptSettings *settings)
{
  GHashTable *table = create_table ();
  gsize size_bytes;
  const char *data = g_bytes_get_data (file, &size_bytes);
  g_autofree char *text = g_strndup (data, size_bytes);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const char *prefix = "";

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *gap;

      if (lines[i][0] != ' ')
        {
          prefix = lines[i][0] != '\0' ? put_heading (table, lines[i]) : prefix;
          continue;
        }

      /* The label ends where two spaces are, and the value starts at the first letter after. */
      gap = strstr (lines[i] + 2, "  ");
      g_assert_nonnull (gap);
      *gap = '\0';
      put_line (table, prefix, lines[i] + 2, gap + 1 + strspn (gap + 1, " "));
    }
  take_other (table, settings);

  return table;
}
