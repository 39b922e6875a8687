/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "found-text.h"

GPtrArray *
read_bytes (const char *client, const void *data, gsize size_bytes, GError **error)
{
  g_autoptr (GPtrArray) files = opt_client_files_new ();

  g_ptr_array_add (files, opt_client_file_new ("file", g_bytes_new (data, size_bytes)));

  return opt_client_read (opt_client_find (client), "/there", files, error);
}

static const char *const securities[] = { "none", "starttls-if-offered", "starttls", "tls" };
static const char *const auths[] = { "any", "password", "challenge", "other", "no-auth" };

static void
append_server (GString *text, OptService service, const OptFoundServer *server)
{
  g_string_append_printf (text,
                          "%s %s:%u %s %s %s",
                          opt_service_to_string (service),
                          server->host,
                          server->port,
                          securities[server->security],
                          auths[server->auth],
                          server->user != NULL ? server->user : "-");
  if (server->key != NULL)
    g_string_append_printf (text, " key %s", server->key);
  if (server->any_certificate)
    g_string_append (text, " any-certificate");
  if (server->holds_password)
    g_string_append (text, " holds-password");
  g_string_append_c (text, '\n');
}

static void
append_leaves (GString *text, guint days)
{
  if (days == OPT_LEAVE_ON_SERVER_NEVER)
    g_string_append (text, "leaves nothing\n");
  else if (days == OPT_LEAVE_ON_SERVER_ALWAYS)
    g_string_append (text, "leaves all\n");
  else if (days != OPT_LEAVE_ON_SERVER_UNKNOWN)
    g_string_append_printf (text, "leaves %u\n", days);
}

char *
create_found_text (GPtrArray *founds)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < founds->len; i++)
    {
      const OptFound *found = founds->pdata[i];

      g_string_append_printf (text,
                              "%s <%s>\n",
                              found->name != NULL ? found->name : "-",
                              found->address != NULL ? found->address : "-");
      for (guint k = 0; k < OPT_N_SERVICES; k++)
        if (found->servers[k] != NULL)
          append_server (text, k, found->servers[k]);
      append_leaves (text, found->leave_on_server);
    }

  return g_string_free (text, FALSE);
}

static void
append_own_server (GString *text, const OptServer *server)
{
  g_string_append_printf (text,
                          "%s %s:%u %s password %s\n",
                          opt_service_to_string (opt_server_get_service (server)),
                          opt_server_get_host (server),
                          (guint) opt_server_get_port (server),
                          opt_server_get_security (server) == OPT_SECURITY_TLS ? "tls" : "starttls",
                          opt_server_get_user (server));
}

char *
create_settings_text (const OptSettings *settings)
{
  const char *name = opt_settings_get_name (settings);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "%s <%s>\n",
                          name[0] != '\0' ? name : "-",
                          opt_settings_get_address (settings));
  append_own_server (text, opt_settings_get_incoming (settings));
  append_own_server (text, opt_settings_get_outgoing (settings));
  if (opt_settings_get_incoming_service (settings) == OPT_SERVICE_POP3)
    append_leaves (text, opt_settings_get_leave_on_server (settings));

  return g_string_free (text, FALSE);
}
