/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Practice mode: the whole product with servers that are played, and old settings to repair. */
#include "opt-practice.h"

#include "opt-practice-settings.h"

#include <glib/gi18n.h>
#include <string.h>

static OptNetwork *
create_network (const char *address, GPtrArray *servers, gpointer user_data)
{
  OptPracticeWorld *world = user_data;
  OptNetwork *network = opt_network_new (opt_practice_world_get_ca_pem (world));

  for (guint i = 0; i < servers->len; i++)
    {
      OptServer *server = g_ptr_array_index (servers, i);
      const char *host = opt_server_get_host (server);
      guint16 port = opt_server_get_port (server);
      guint16 local_port = opt_practice_world_get_port (world, address, host, port);

      if (local_port != 0)
        opt_network_add_route (network, host, port, local_port);
    }

  return network;
}

static OptFoundSecurity
get_security (const OptPracticeSettingsServer *example)
{
  if (!example->is_protected)
    return OPT_FOUND_SECURITY_NONE;

  return example->security == OPT_SECURITY_TLS ? OPT_FOUND_SECURITY_TLS
                                               : OPT_FOUND_SECURITY_STARTTLS;
}

static OptFound *
create_found (const OptPracticeSettings *settings)
{
  OptFound *found = opt_found_new ();

  found->client = opt_client_find (settings->client_id);
  found->address = g_strdup (settings->address);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      const OptPracticeSettingsServer *example = &settings->servers[i];
      OptFoundServer *server;

      if (example->host == NULL)
        continue;

      server = opt_found_add_server (found, i, example->host);
      server->port = example->port;
      server->security = get_security (example);
      server->user = g_strdup (example->user);
    }

  return found;
}

static const char *
find_password (OptPracticeWorld *world, const char *address)
{
  guint n;
  const OptPracticeAccount *accounts = opt_practice_world_get_accounts (world, &n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (accounts[i].address, address))
      return accounts[i].password;

  return NULL;
}

/* Their passwords are no secret, and nobody could guess them. */
static void
add_founds (OptPracticeWorld *world, OptFoundList *list)
{
  guint n;
  const OptPracticeSettings *settings = opt_practice_settings_get (&n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (OptFound) found = create_found (&settings[i]);
      const char *password = find_password (world, found->address);
      OptFoundItem *item = opt_found_list_add (list, found, NULL);

      if (password != NULL)
        opt_found_list_set_password (list, item, password, strlen (password), NULL);
    }
}

OptSession *
opt_practice_create_session (OptPracticeWorld *world)
{
  OptSession *session;

  g_return_val_if_fail (OPT_IS_PRACTICE_WORLD (world), NULL);

  session = opt_session_new (NULL, NULL);
  opt_session_set_network_func (session, create_network, g_object_ref (world), g_object_unref);
  add_founds (world, opt_session_get_founds (session));

  return session;
}

void
opt_practice_add_examples (OptPracticeWorld *world, OptWindow *window)
{
  guint n;
  const OptPracticeAccount *accounts;

  g_return_if_fail (OPT_IS_PRACTICE_WORLD (world) && OPT_IS_WINDOW (window));

  accounts = opt_practice_world_get_accounts (world, &n);
  for (guint i = 0; i < n; i++)
    opt_window_add_example (window,
                            g_dgettext (GETTEXT_PACKAGE, accounts[i].title),
                            accounts[i].address,
                            accounts[i].password);
}
