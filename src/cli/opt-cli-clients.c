/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli clients: for which mail programs is there a file? */
#include "opt-cli-guide.h"
#include "opt-cli-usage.h"
#include "opt-setup.h"

#include <glib/gi18n.h>

static const OptService ways_in[] = { OPT_SERVICE_POP3, OPT_SERVICE_IMAP };

/* What JSON calls the groups; part of the product's interface. */
static const char *const group_ids[] = {
  [OPT_CLIENT_ON_COMPUTER] = "computer",
  [OPT_CLIENT_ON_PHONE] = "phone",
  [OPT_CLIENT_ANYTHING_ELSE] = "other",
};

static void
add_flag (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/* From where we can read the settings that the program has now. */
static void
add_reads (JsonBuilder *builder, const OptClient *client)
{
  json_builder_set_member_name (builder, "reads");
  json_builder_begin_array (builder);
  if (opt_client_can_read (client) && client->find_places != NULL)
    json_builder_add_string_value (builder, "machine");
  if (opt_client_can_read (client) && client->recognises != NULL)
    json_builder_add_string_value (builder, "file");
  json_builder_end_array (builder);
}

static void
add_client (JsonBuilder *builder, const OptClient *client, const OptMachine *machine)
{
  json_builder_begin_object (builder);
  opt_cli_add_text (builder, "id", client->id);
  opt_cli_add_text (builder, "name", opt_client_get_name (client));
  opt_cli_add_text (builder, "group", group_ids[client->group]);
  add_flag (builder, "installed", opt_client_is_installed (client, machine));
  add_flag (builder, "running", opt_client_is_running (client, machine));
  json_builder_set_member_name (builder, "protocols");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (ways_in); i++)
    if (opt_client_takes (client, ways_in[i]))
      json_builder_add_string_value (builder, opt_service_to_string (ways_in[i]));
  json_builder_end_array (builder);
  opt_cli_add_text (builder, "file_name", client->file_name);
  opt_cli_add_text (builder, "media_type", client->media_type);
  add_flag (builder, "folder", opt_client_has_folder (client));
  add_flag (builder, "direct", opt_setup_find (client->id) != NULL);
  add_reads (builder, client);
  add_flag (builder, "can_hold_password", opt_client_can_hold_password (client));
  opt_cli_add_text (builder, "password_path", opt_client_get_password_path (client));
  opt_cli_add_text (builder, "proof", client->proof);
  opt_cli_add_text (builder, "tried", opt_client_get_tried (client));
  json_builder_end_object (builder);
}

static void
print_json (GPtrArray *clients, const OptMachine *machine)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < clients->len; i++)
    add_client (builder, clients->pdata[i], machine);
  json_builder_end_array (builder);

  root = json_builder_get_root (builder);
  opt_cli_print_json (root);
}

static void
print_text (GPtrArray *clients, const OptMachine *machine)
{
  int width = opt_cli_measure_client_ids ();

  for (guint i = 0; i < clients->len; i++)
    {
      const OptClient *client = clients->pdata[i];
      const char *name = opt_client_get_name (client);

      opt_cli_print (stdout, "%-*s  ", width, client->id);
      if (opt_client_is_installed (client, machine))
        /* Translators: %s is the name of a mail program */
        opt_cli_say (_ ("%s (installed)"), name);
      else
        opt_cli_say ("%s", name);
    }
}

/* Those that are installed come first, and otherwise the best. */
static GPtrArray *
sort_clients (const OptMachine *machine)
{
  GPtrArray *sorted = g_ptr_array_new ();
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);

  for (guint i = 0; i < n; i++)
    if (opt_client_is_installed (clients[i], machine))
      g_ptr_array_add (sorted, (gpointer) clients[i]);
  for (guint i = 0; i < n; i++)
    if (!opt_client_is_installed (clients[i], machine))
      g_ptr_array_add (sorted, (gpointer) clients[i]);

  return sorted;
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
  g_autoptr (GPtrArray) clients = NULL;
  g_autofree char *operand = NULL;
  OptCliStatus status;

  if (!opt_cli_parse (&opt_cli_clients, entries, argv, &operand, &status))
    return status;

  machine = opt_machine_new ();
  clients = sort_clients (machine);
  if (json)
    print_json (clients, machine);
  else
    print_text (clients, machine);

  return OPT_CLI_DONE;
}

const OptCliVerb opt_cli_clients = {
  .name = "clients",
  .summary = N_ ("List the mail programs and formats that settings can be exported for"),
  .run = run,
};
