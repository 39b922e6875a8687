/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From an address to an account with servers. What was saved goes before what is detected, and what
 * was typed goes before both. */
#include "opt-cli-account.h"

#include "opt-error.h"

#include <glib/gi18n.h>
#include <string.h>

void
opt_cli_account_clear (OptCliAccount *self)
{
  g_clear_pointer (&self->account, opt_account_unref);
}

OptDetection *
opt_cli_detect_address (OptCli *cli, OptAddress *address, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (cli->practice)
    return opt_detect (cli->providers, address);

  opt_detect_async (cli->providers, address, cli->cancellable, opt_cli_keep_result, &result);

  return opt_detect_finish (opt_cli_wait (&result), error);
}

/* SERVICE=URL */
static OptServer *
parse_server (const char *text, const char *user, GError **error)
{
  const char *url = strchr (text, '=');
  g_autofree char *name = NULL;
  OptService service;

  if (url == NULL || !g_utf8_validate (text, -1, NULL))
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_SERVER_SYNTAX, "no service before the server");
      return NULL;
    }

  name = g_strndup (text, url - text);
  if (!opt_service_from_string (name, &service, error))
    return NULL;

  return opt_server_parse (service, url + 1, user, error);
}

/* All of them are read before anything is looked up: a mistake costs no waiting. */
static OptCliStatus
parse_servers (char **texts, const char *user, OptServer *servers[OPT_N_SERVICES])
{
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (OptServer) server = parse_server (texts[i], user, &error);
      OptService service;

      if (server == NULL)
        return opt_cli_complain_about (error);

      service = opt_server_get_service (server);
      if (servers[service] != NULL)
        {
          /* Translators: %s is imap, pop3 or smtp */
          opt_cli_complain (_ ("--server was given twice for %s"), opt_service_to_string (service));
          return OPT_CLI_BAD_USE;
        }
      servers[service] = g_steal_pointer (&server);
    }

  return OPT_CLI_DONE;
}

gboolean
opt_cli_has_host (OptAccount *account, const char *host)
{
  g_return_val_if_fail (account != NULL && host != NULL, FALSE);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      GPtrArray *servers = opt_account_get_servers (account, i);

      for (guint j = 0; j < servers->len; j++)
        if (g_str_equal (opt_server_get_host (servers->pdata[j]), host))
          return TRUE;
    }

  return FALSE;
}

/* Whoever gives a server by hand keeps the sign-in name of the service that it stands in for,
 * unless the provider of the server says how to sign in. */
static const char *
find_user (OptAccount *before, OptAccount *providers, OptServer *given)
{
  OptServer *usual = opt_account_get_server (before, opt_server_get_service (given));

  if (usual == NULL || opt_cli_has_host (providers, opt_server_get_host (given)))
    return opt_address_get_text (opt_account_get_address (before));

  return opt_server_get_user (usual);
}

static void
use_server (OptCliAccount *found, OptAccount *before, OptServer *given)
{
  g_autoptr (OptAccount) providers =
    opt_account_new (NULL, opt_account_get_address (before), opt_account_get_provider (before));
  g_autoptr (OptServer) server = opt_server_new (opt_server_get_service (given),
                                                 opt_server_get_host (given),
                                                 opt_server_get_port (given),
                                                 opt_server_get_security (given),
                                                 find_user (before, providers, given),
                                                 NULL);
  g_autoptr (OptAccount) account = opt_account_with_server (found->account, server);

  if (!opt_cli_has_host (before, opt_server_get_host (server)) &&
      !opt_cli_has_host (providers, opt_server_get_host (server)))
    found->new_host = TRUE;
  opt_account_unref (found->account);
  found->account = g_steal_pointer (&account);
}

gboolean
opt_cli_find_saved (OptCli *cli, OptAddress *address, OptCliAccount *found, GError **error)
{
  g_autoptr (OptSavedAccount) saved = NULL;

  g_return_val_if_fail (cli != NULL && address != NULL && found != NULL, FALSE);

  if (cli->practice)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_ACCOUNT_UNKNOWN, "practicing keeps nothing");
      return FALSE;
    }

  saved = opt_account_store_find (cli->store, address, error);
  if (saved == NULL)
    return FALSE;

  found->account = opt_account_ref (saved->account);
  found->saved = TRUE;

  return TRUE;
}

/* A store that cannot be read is no reason not to go on without it. */
static gboolean
find_saved (OptCli *cli, OptAddress *address, OptCliAccount *found)
{
  g_autoptr (GError) error = NULL;

  if (opt_cli_find_saved (cli, address, found, &error))
    return TRUE;

  if (!g_error_matches (error, OPT_ERROR, OPT_ERROR_ACCOUNT_UNKNOWN))
    opt_cli_complain_about (error);

  return FALSE;
}

static OptCliStatus
detect_account (OptCli *cli, OptAddress *address, gboolean has_servers, OptCliAccount *found)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptDetection) detection = opt_cli_detect_address (cli, address, &error);
  GPtrArray *suggestions;

  if (detection == NULL)
    return opt_cli_complain_about (error);

  if (opt_detection_get_provider (detection) == NULL && !has_servers)
    {
      suggestions = opt_detection_get_suggestions (detection);
      if (suggestions->len > 0)
        /* Translators: %s is an email address */
        opt_cli_complain (_ ("Did you mean %s?"), opt_address_get_text (suggestions->pdata[0]));
      else
        /* Translators: %s is an email address; leave the option as it is */
        opt_cli_complain (_ ("%s is not an Optonline or Optimum address. Give its servers, as in "
                             "--server imap=tls://mail.example.net:993."),
                          opt_address_get_text (address));
      return OPT_CLI_BAD_USE;
    }

  found->account = opt_account_new (opt_address_get_display_name (address),
                                    opt_detection_get_address (detection),
                                    opt_detection_get_provider (detection));

  return OPT_CLI_DONE;
}

/* What was given by hand for each service. */
typedef struct
{
  OptServer *servers[OPT_N_SERVICES];
} Given;

static void
clear_given (Given *self)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    g_clear_pointer (&self->servers[i], opt_server_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Given, clear_given)

OptCliStatus
opt_cli_find_account (OptCli *cli, const char *text, char **servers, OptCliAccount *found)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptAddress) address = opt_address_parse (text, &error);
  g_autoptr (OptAccount) before = NULL;
  g_auto (Given) given = { 0 };
  OptCliStatus status;

  if (address == NULL)
    return opt_cli_complain_about (error);

  status = parse_servers (servers, opt_address_get_text (address), given.servers);
  if (status == OPT_CLI_DONE && !find_saved (cli, address, found))
    status = detect_account (cli, address, servers != NULL, found);
  if (status != OPT_CLI_DONE)
    return status;

  before = opt_account_ref (found->account);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (given.servers[i] != NULL)
      use_server (found, before, given.servers[i]);

  return OPT_CLI_DONE;
}

/* Not being able to note it is no failure of the check. */
void
opt_cli_note_check (OptCli *cli, const OptCliAccount *found, OptVerdict verdict)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GError) error = NULL;

  if (!found->saved || verdict == OPT_VERDICT_CANCELLED || verdict == OPT_VERDICT_NONE)
    return;

  if (!opt_account_store_set_checked (cli->store,
                                      opt_account_get_address (found->account),
                                      opt_verdict_to_string (verdict),
                                      now,
                                      &error))
    opt_cli_complain_about (error);
}

void
opt_cli_add_route (
  OptNetwork *network, OptPracticeWorld *world, const char *address, const char *host, guint16 port)
{
  guint16 local_port = opt_practice_world_get_port (world, address, host, port);

  if (local_port != 0)
    opt_network_add_route (network, host, port, local_port);
}

OptNetwork *
opt_cli_create_network (OptPracticeWorld *world, OptAccount *account)
{
  const char *address = opt_address_get_text (opt_account_get_address (account));
  OptNetwork *network = opt_network_new (opt_practice_world_get_ca_pem (world));

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      GPtrArray *servers = opt_account_get_servers (account, i);

      for (guint j = 0; j < servers->len; j++)
        opt_cli_add_route (network,
                           world,
                           address,
                           opt_server_get_host (servers->pdata[j]),
                           opt_server_get_port (servers->pdata[j]));
    }

  return network;
}
