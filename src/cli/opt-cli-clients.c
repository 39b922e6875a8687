/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli clients: for which mail programs is there a file? */
#include "opt-cli-usage.h"

#include "opt-client.h"

#include <glib/gi18n.h>

static const OptService ways_in[] = { OPT_SERVICE_POP3, OPT_SERVICE_IMAP };

static void
add_client (JsonBuilder *builder, const OptClient *client, gboolean installed)
{
  json_builder_begin_object (builder);
  opt_cli_add_text (builder, "id", client->id);
  opt_cli_add_text (builder, "name", opt_client_get_name (client));
  json_builder_set_member_name (builder, "installed");
  json_builder_add_boolean_value (builder, installed);
  json_builder_set_member_name (builder, "protocols");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (ways_in); i++)
    if (opt_client_takes (client, ways_in[i]))
      json_builder_add_string_value (builder, opt_service_to_string (ways_in[i]));
  json_builder_end_array (builder);
  opt_cli_add_text (builder, "file_name", client->file_name);
  opt_cli_add_text (builder, "media_type", client->media_type);
  json_builder_end_object (builder);
}

static void
print_json (const OptClient *const *clients, guint n, const OptMachine *machine)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    add_client (builder, clients[i], opt_client_is_installed (clients[i], machine));
  json_builder_end_array (builder);

  root = json_builder_get_root (builder);
  opt_cli_print_json (root);
}

static void
print_text (const OptClient *const *clients, guint n, const OptMachine *machine)
{
  for (guint i = 0; i < n; i++)
    {
      const char *name = opt_client_get_name (clients[i]);

      opt_cli_print (stdout, "%-12s  ", clients[i]->id);
      if (opt_client_is_installed (clients[i], machine))
        /* Translators: %s is the name of a mail program */
        opt_cli_say (_ ("%s (installed)"), name);
      else
        opt_cli_say ("%s", name);
    }
}

static OptCliStatus
run (OptCli *cli, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON in place of text"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (OptMachine) machine = NULL;
  g_autofree char *operand = NULL;
  const OptClient *const *clients;
  OptCliStatus status;
  guint n;

  if (!opt_cli_parse (&opt_cli_clients, entries, argv, &operand, &status))
    return status;

  machine = opt_machine_new ();
  clients = opt_clients_get (&n);
  if (json)
    print_json (clients, n, machine);
  else
    print_text (clients, n, machine);

  return OPT_CLI_DONE;
}

const OptCliVerb opt_cli_clients = {
  .name = "clients",
  .summary = N_ ("List the mail programs and formats that settings can be exported for"),
  .run = run,
};
