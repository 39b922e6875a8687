/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Our own format, for other tools: enough to make the same account and the same choices again. Its
 * keys are those of `optsetup-cli check --json`. */
#include "opt-client.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define SCHEMA 1

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
  .password_path = N_ ("It is not in the file."),
  .tried = N_ ("A format of our own; no mail program is known to read it."),
};
