/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Our own format, for other tools: enough to make the same account and the same choices again. Its
 * keys are those of `optsetup-cli check --json`. */
#include "opt-client.h"
#include "opt-error.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define SCHEMA 1

/* json-glib calls itself for every level, without a bound of its own before 1.10. */
#define MAX_DEPTH 16
#define MAX_BYTES (1024 * 1024)

static void
add_string (JsonBuilder *builder, const char *key, const char *value)
{
  json_builder_set_member_name (builder, key);
  json_builder_add_string_value (builder, value);
}

static void
add_provider (JsonBuilder *builder, OptProvider *provider)
{
  json_builder_set_member_name (builder, "provider");
  if (provider == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  add_string (builder, "id", opt_provider_get_id (provider));
  add_string (builder, "name", opt_provider_get_name (provider));
  json_builder_end_object (builder);
}

static void
add_server (JsonBuilder *builder, const OptServer *server)
{
  json_builder_begin_object (builder);
  add_string (builder, "service", opt_service_to_string (opt_server_get_service (server)));
  add_string (builder, "host", opt_server_get_host (server));
  json_builder_set_member_name (builder, "port");
  json_builder_add_int_value (builder, opt_server_get_port (server));
  add_string (builder, "security", opt_security_to_string (opt_server_get_security (server)));
  add_string (builder, "user", opt_server_get_user (server));
  json_builder_end_object (builder);
}

/* All of them, those to fall back on as well; for each service in order of preference. */
static void
add_servers (JsonBuilder *builder, const OptAccount *account)
{
  json_builder_set_member_name (builder, "servers");
  json_builder_begin_array (builder);
  for (guint service = 0; service < OPT_N_SERVICES; service++)
    {
      GPtrArray *servers = opt_account_get_servers (account, service);

      for (guint i = 0; i < servers->len; i++)
        add_server (builder, servers->pdata[i]);
    }
  json_builder_end_array (builder);
}

/* null stands for never removed. */
static void
add_leave_on_server (JsonBuilder *builder, guint days)
{
  json_builder_set_member_name (builder, "leave_on_server_days");
  if (days == OPT_LEAVE_ON_SERVER_ALWAYS)
    json_builder_add_null_value (builder);
  else
    json_builder_add_int_value (builder, days);
}

static JsonNode *
create_root (const OptSettings *settings)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  OptAccount *account = opt_settings_get_account (settings);
  OptService incoming = opt_settings_get_incoming_service (settings);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_int_value (builder, SCHEMA);
  add_string (builder, "name", opt_settings_get_name (settings));
  add_string (builder, "address", opt_settings_get_address (settings));
  add_provider (builder, opt_account_get_provider (account));
  add_string (builder, "incoming", opt_service_to_string (incoming));
  if (incoming == OPT_SERVICE_POP3)
    add_leave_on_server (builder, opt_settings_get_leave_on_server (settings));
  add_servers (builder, account);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static GBytes *
render (const OptSettings *settings, GError **error)
{
  g_autoptr (JsonNode) root = create_root (settings);
  g_autofree char *json = json_to_string (root, TRUE);
  char *file = g_strconcat (json, "\n", NULL);

  return g_bytes_new_take (file, strlen (file));
}

/* Returns the end of a text in quotes that begins at @p, or @end if it has none. */
static const char *
skip_text (const char *p, const char *end)
{
  for (p++; p < end && *p != '"'; p++)
    if (*p == '\\' && p + 1 < end)
      p++;

  return p;
}

/* json-glib also takes comments, words of JavaScript, and one value after another, and lets go of
 * none but the last. So there is a look at the grammar of RFC 8259 first: one object, and outside
 * of texts no letter but those of its three words and of numbers. */
static gboolean
is_one_object (const char *text, gsize size_bytes)
{
  const char *end = text + size_bytes;
  gboolean begun = FALSE;
  guint depth = 0;

  for (const char *p = text; p < end; p++)
    {
      if (g_ascii_isspace (*p))
        continue;

      if (depth == 0 && (begun || *p != '{'))
        return FALSE;

      begun = TRUE;
      if (*p == '"')
        p = skip_text (p, end);
      else if (*p == '{' || *p == '[')
        depth++;
      else if (*p == '}' || *p == ']')
        depth--;
      else if (strchr (":,+-.0123456789Etruefalsn", *p) == NULL)
        return FALSE;

      if (depth > MAX_DEPTH)
        return FALSE;
    }

  return begun && depth == 0;
}

static gboolean
is_sound (const char *text, gsize size_bytes)
{
  return size_bytes > 0 && size_bytes <= MAX_BYTES &&
         g_utf8_validate (text, (gssize) size_bytes, NULL) && is_one_object (text, size_bytes);
}

/* json-glib warns of a type that it did not expect; so these ask first. */
static const char *
get_string (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

static gboolean
get_number (JsonObject *object, const char *name, gint64 min, gint64 max, guint *number)
{
  JsonNode *node = json_object_get_member (object, name);
  gint64 value;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;

  value = json_node_get_int (node);
  *number = (guint) CLAMP (value, min, max);

  return value >= min && value <= max;
}

static gboolean
read_security (const char *name, OptFoundSecurity *security)
{
  if (g_strcmp0 (name, opt_security_to_string (OPT_SECURITY_TLS)) == 0)
    *security = OPT_FOUND_SECURITY_TLS;
  else if (g_strcmp0 (name, opt_security_to_string (OPT_SECURITY_STARTTLS)) == 0)
    *security = OPT_FOUND_SECURITY_STARTTLS;
  else
    return FALSE;

  return TRUE;
}

/* Of each service the first one is preferred; the others are to fall back on. */
static gboolean
read_server (JsonNode *node, OptFound *found)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *name = object != NULL ? get_string (object, "service") : NULL;
  OptService service;
  OptFoundSecurity security;
  OptFoundServer *server;
  guint port;

  if (name == NULL || !opt_service_from_string (name, &service, NULL) ||
      get_string (object, "host") == NULL || get_string (object, "user") == NULL ||
      !get_number (object, "port", 1, G_MAXUINT16, &port) ||
      !read_security (get_string (object, "security"), &security))
    return FALSE;

  if (found->servers[service] != NULL)
    return TRUE;

  server = opt_found_add_server (found, service, get_string (object, "host"));
  server->port = (guint16) port;
  server->security = security;
  server->auth = OPT_FOUND_AUTH_PASSWORD;
  server->user = g_strdup (get_string (object, "user"));

  return TRUE;
}

static gboolean
read_leave_on_server (JsonObject *object, guint *days)
{
  JsonNode *node = json_object_get_member (object, "leave_on_server_days");

  if (node == NULL)
    return TRUE;

  if (JSON_NODE_HOLDS_NULL (node))
    {
      *days = OPT_LEAVE_ON_SERVER_ALWAYS;
      return TRUE;
    }

  return get_number (object, "leave_on_server_days", 0, OPT_LEAVE_ON_SERVER_MAX_DAYS, days);
}

/* Ours to define, so what is not as we write it is refused; only what is not known is left out, for
 * a later version may have more. */
static gboolean
read_account (JsonObject *object, OptFound *found)
{
  JsonNode *servers = json_object_get_member (object, "servers");
  guint schema;
  guint n_servers;

  if (!get_number (object, "schema", SCHEMA, SCHEMA, &schema) ||
      get_string (object, "address") == NULL ||
      !read_leave_on_server (object, &found->leave_on_server) || servers == NULL ||
      !JSON_NODE_HOLDS_ARRAY (servers))
    return FALSE;

  found->name = g_strdup (get_string (object, "name"));
  found->address = g_strdup (get_string (object, "address"));
  n_servers = json_array_get_length (json_node_get_array (servers));
  for (guint i = 0; i < n_servers; i++)
    if (!read_server (json_array_get_element (json_node_get_array (servers), i), found))
      return FALSE;

  return TRUE;
}

static gboolean
read_file (GBytes *bytes, OptFound *found)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root;
  gsize size_bytes;
  const char *text = g_bytes_get_data (bytes, &size_bytes);

  if (!is_sound (text, size_bytes) ||
      !json_parser_load_from_data (parser, text, (gssize) size_bytes, NULL))
    return FALSE;

  root = json_parser_get_root (parser);

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) &&
         read_account (json_node_get_object (root), found);
}

static gboolean
read_files (GPtrArray *files, GPtrArray *founds, GError **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      OptFound *found = opt_found_new ();

      g_ptr_array_add (founds, found);
      if (!read_file (((OptClientFile *) files->pdata[i])->bytes, found))
        {
          g_set_error (error,
                       OPT_ERROR,
                       OPT_ERROR_READ_BROKEN,
                       "not settings of schema %d",
                       SCHEMA);
          return FALSE;
        }
    }

  return TRUE;
}

/* An object that says what schema it is of. */
static gboolean
recognises (const OptClientFile *file)
{
  gsize size_bytes;
  const char *text = g_bytes_get_data (file->bytes, &size_bytes);
  gsize i = 0;

  while (i < size_bytes && g_ascii_isspace (text[i]))
    i++;

  return i < size_bytes && text[i] == '{' &&
         g_strstr_len (text + i, (gssize) (size_bytes - i), "\"schema\"") != NULL;
}

static char **
create_steps (const OptSettings *settings)
{
  /* Translators: %s is an email address. */
  g_autofree char *give = g_strdup_printf (_ ("Give the file to the program that shall read it. "
                                              "It holds the servers of %s, and no password."),
                                           opt_settings_get_address (settings));
  const char *steps[] = { give, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_json = {
  .id = "json",
  .name = N_ ("JSON for other tools"),
  .icon_name = "text-x-generic-symbolic",
  .group = OPT_CLIENT_ANYTHING_ELSE,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "mail-settings.json",
  .media_type = "application/json",
  .render = render,
  .create_steps = create_steps,
  .recognises = recognises,
  .read = read_files,
  .password_path = N_ ("It is not in the file."),
  .tried = N_ ("A format of our own; no mail program is known to read it."),
};
