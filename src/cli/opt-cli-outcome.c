/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a test of another program's settings has shown, while it goes on and in the end. */
#include "opt-cli-outcome.h"

#include "opt-cli-found.h"
#include "opt-cli-problems.h"

#include "opt-report.h"
#include "opt-setup.h"

#include <glib/gi18n.h>

struct _OptCliSections
{
  const OptCli *cli;
  OptReview *review;
  OptCliProgressParts parts;
  gulong handler;
  OptCheck *check;          /* of the section that is open */
  OptCliProgress *progress; /* likewise */
  gboolean postponed;       /* what is wrong as it is will depend on what comes next */
};

/* A refusal may turn out to be about the name, and then nobody shall doubt the password. */
static void
print_section_problems (OptCliSections *self)
{
  OptCheck *now = opt_review_get_check_now (self->review);

  if (self->check == now && opt_review_get_check_wanted (self->review) != NULL)
    {
      self->postponed = TRUE;
      return;
    }

  if (self->postponed && !opt_review_was_name_refused (self->review))
    opt_cli_print_problems (self->cli, now, FALSE);
  opt_cli_print_problems (self->cli, self->check, FALSE);
}

static void
close_section (OptCliSections *self)
{
  if (self->progress == NULL)
    return;

  opt_cli_progress_finish (self->progress);
  if (self->parts & OPT_CLI_PROGRESS_LINES)
    print_section_problems (self);
  g_clear_pointer (&self->progress, opt_cli_progress_free);
}

static char *
create_heading (OptCliSections *self, OptCheck *check)
{
  if (check == opt_review_get_check_now (self->review))
    return g_strdup (_ ("As it is:"));

  /* Translators: %s is the name of a provider */
  return g_strdup_printf (_ ("As %s wants it:"),
                          opt_provider_get_name (
                            opt_account_get_provider (opt_review_get_wanted (self->review))));
}

static void
open_section (OptCliSections *self, OptCheck *check)
{
  g_autofree char *heading = create_heading (self, check);

  close_section (self);
  if (self->parts & OPT_CLI_PROGRESS_LINES)
    opt_cli_print (stdout, "\n%s\n", heading);
  g_set_object (&self->check, check);
  self->progress = opt_cli_progress_new (check, self->parts);
}

static void
on_changed (OptReview *review, gpointer user_data)
{
  OptCliSections *self = user_data;
  OptCheck *now = opt_review_get_check_now (review);
  OptCheck *wanted = opt_review_get_check_wanted (review);

  if (now != NULL && self->check == NULL)
    open_section (self, now);
  if (wanted != NULL && self->check != wanted)
    open_section (self, wanted);
}

OptCliSections *
opt_cli_sections_new (const OptCli *cli, OptReview *review, OptCliProgressParts parts)
{
  OptCliSections *self;

  g_return_val_if_fail (cli != NULL && OPT_IS_REVIEW (review), NULL);

  self = g_new0 (OptCliSections, 1);
  self->cli = cli;
  self->review = g_object_ref (review);
  self->parts = parts;
  self->handler = g_signal_connect (review, "changed", G_CALLBACK (on_changed), self);
  on_changed (review, self);

  return self;
}

void
opt_cli_sections_free (OptCliSections *self)
{
  g_return_if_fail (self != NULL);

  g_clear_signal_handler (&self->handler, self->review);
  close_section (self);
  g_clear_object (&self->check);
  g_object_unref (self->review);
  g_free (self);
}

static char *
describe_skip (const OptCliReview *self)
{
  g_auto (GStrv) hosts = NULL;

  switch (self->skip)
    {
    case OPT_CLI_SKIP_NONE:
      break;
    case OPT_CLI_SKIP_UNTESTABLE:
      if (opt_review_needs_address (self->review))
        return g_strdup (_ ("These settings do not say whose address they are for. Give yours to "
                            "check them."));
      return g_strdup (_ ("Skipped: there is nothing in these settings that can be tested."));
    case OPT_CLI_SKIP_HOST:
      hosts = opt_cli_review_dup_hosts (self, NULL);
      /* Translators: both %s are the name of a server; leave the option as it is */
      return g_strdup_printf (_ ("Skipped: the password would go to %s, which is none of the "
                                 "provider’s own servers. If you know it, give --confirm-host %s."),
                              hosts[0],
                              hosts[0]);
    case OPT_CLI_SKIP_PASSWORD:
      return g_strdup (_ ("Skipped: the keyring has no password for it."));
    case OPT_CLI_SKIP_REFUSED:
      return g_strdup (_ ("Skipped: its password was refused with other settings, and a second "
                          "refusal could lock the account."));
    }

  return NULL;
}

char *
opt_cli_describe_outcome (const OptCliReview *self)
{
  char *skip;

  g_return_val_if_fail (self != NULL, NULL);

  skip = describe_skip (self);

  return skip != NULL ? skip : g_strdup (opt_review_get_title (self->review));
}

/* The servers that have to be said, as without them the command would take those of @usual. */
static char *
describe_servers (OptAccount *account, OptAccount *usual)
{
  g_autoptr (GString) options = g_string_new (NULL);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptServer *server = opt_account_get_server (account, i);
      OptServer *other = usual != NULL ? opt_account_get_server (usual, i) : NULL;
      g_autofree char *url = NULL;

      if (server == NULL || (other != NULL && opt_server_equal (server, other)))
        continue;

      url = opt_server_to_string (server);
      g_string_append_printf (options, " --server %s=%s", opt_service_to_string (i), url);
    }

  return g_string_free (g_steal_pointer (&options), FALSE);
}

/* What was saved with us is saved again as it should be. */
static char *
create_save_command (OptAccount *account, const char *address)
{
  g_autofree char *servers = describe_servers (account, NULL);

  return g_strdup_printf ("%s save %s%s", OPT_CLI_PROGRAM, address, servers);
}

/* Practicing sets nothing up. */
static gboolean
can_set_up (const OptCli *cli, const OptClient *client)
{
  return !cli->practice && opt_setup_find (client->id) != NULL;
}

/* Mail goes on coming in the way it did, and stays on the server as long as it did, where that can
 * be chosen. That it is removed at once is one of the differences. */
static char *
describe_way_in (const OptCli *cli, const OptFound *found)
{
  guint days = found->leave_on_server;

  if (found->servers[OPT_SERVICE_POP3] == NULL || found->servers[OPT_SERVICE_IMAP] != NULL ||
      !opt_client_takes (found->client, OPT_SERVICE_IMAP))
    return g_strdup ("");
  if (can_set_up (cli, found->client) || days == OPT_LEAVE_ON_SERVER_NEVER ||
      days == OPT_LEAVE_ON_SERVER_UNKNOWN)
    return g_strdup (" --protocol pop3");
  if (days == OPT_LEAVE_ON_SERVER_ALWAYS)
    return g_strdup (" --protocol pop3 --leave-on-server always");

  return g_strdup_printf (" --protocol pop3 --leave-on-server %u",
                          MIN (days, OPT_LEAVE_ON_SERVER_MAX_DAYS));
}

/* Another program is set up from here where that can be done, else there is a file for it. */
static char *
create_client_command (const OptCli *cli,
                       const OptFound *found,
                       const char *address,
                       const char *servers)
{
  g_autofree char *way_in = describe_way_in (cli, found);

  return g_strdup_printf ("%s%s %s %s --client %s%s%s",
                          OPT_CLI_PROGRAM,
                          cli->practice ? " --practice" : "",
                          can_set_up (cli, found->client) ? "setup" : "export",
                          address,
                          found->client->id,
                          way_in,
                          servers);
}

static char *
describe_way_on (const OptCli *cli, const OptCliReview *self, OptAccount *account)
{
  const OptFound *found = opt_review_get_found (self->review);
  const OptClient *client = found->client;
  const char *text = opt_address_get_text (opt_account_get_address (account));
  g_autofree char *address = opt_cli_dup_quoted (text);
  g_autofree char *servers = describe_servers (account, self->account.account);
  g_autofree char *command = client != NULL ? create_client_command (cli, found, address, servers)
                                            : create_save_command (account, address);

  if (client == NULL)
    /* Translators: %s is something to type in a terminal */
    return g_strdup_printf (_ ("To keep it as it should be: %s"), command);

  if (can_set_up (cli, client))
    /* Translators: the first %s is the name of a mail program, the second something to type */
    return g_strdup_printf (_ ("To set %s up anew, remove the account there, then: %s"),
                            opt_client_get_name (client),
                            command);

  /* Translators: the first %s is the name of a mail program, the second something to type */
  return g_strdup_printf (_ ("To have settings for %s: %s"), opt_client_get_name (client), command);
}

/* An account that is right, or of nobody we know, needs no repair; and with a password that is
 * refused nobody shall begin one. */
static void
print_way_on (const OptCli *cli, const OptCliReview *self)
{
  g_autoptr (OptAccount) account = opt_review_dup_account (self->review);
  g_autofree char *text = NULL;

  if (account == NULL || opt_review_get_wanted (self->review) == NULL ||
      opt_review_get_differences (self->review)->len == 0 || opt_cli_review_was_refused (self))
    return;

  text = describe_way_on (cli, self, account);
  opt_cli_print (stdout, "\n%s\n", text);
}

void
opt_cli_print_outcome (const OptCli *cli, const OptCliReview *self)
{
  g_autofree char *short_text = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (cli != NULL && self != NULL);

  short_text = opt_cli_describe_outcome (self);
  fputc ('\n', stdout);
  opt_cli_print_wrapped (short_text);
  if (self->skip == OPT_CLI_SKIP_NONE)
    {
      text = opt_review_create_text (self->review);
      opt_cli_print_wrapped (text);
    }

  opt_cli_print_differences (self->review);
  print_way_on (cli, self);
}

/* Part of the product's interface. */
static const char *const skip_ids[] = {
  [OPT_CLI_SKIP_NONE] = NULL,
  [OPT_CLI_SKIP_UNTESTABLE] = "nothing-to-test",
  [OPT_CLI_SKIP_HOST] = "host-not-confirmed",
  [OPT_CLI_SKIP_PASSWORD] = "password-unknown",
  [OPT_CLI_SKIP_REFUSED] = "password-refused",
};

static void
add_check (JsonBuilder *builder, const char *name, OptCheck *check)
{
  json_builder_set_member_name (builder, name);
  if (check != NULL)
    json_builder_add_value (builder, opt_report_create_json (check));
  else
    json_builder_add_null_value (builder);
}

static void
add_outcome (JsonBuilder *builder, const OptCliReview *self)
{
  gboolean tested = self->skip == OPT_CLI_SKIP_NONE;
  g_autofree char *text =
    tested ? opt_review_create_text (self->review) : opt_cli_describe_outcome (self);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_int_value (builder, 1);
  opt_cli_add_review (builder, self->review);
  json_builder_set_member_name (builder, "also");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->also->len; i++)
    {
      json_builder_begin_object (builder);
      opt_cli_add_place (builder, g_ptr_array_index (self->also, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  opt_cli_add_text (builder,
                    "verdict",
                    opt_review_verdict_to_string (opt_review_get_verdict (self->review)));
  opt_cli_add_text (builder, "skipped", skip_ids[self->skip]);
  opt_cli_add_text (builder, "text", text);
  add_check (builder, "now", opt_review_get_check_now (self->review));
  add_check (builder, "wanted", opt_review_get_check_wanted (self->review));
  json_builder_end_object (builder);
}

void
opt_cli_print_outcomes_json (GPtrArray *reviews)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_array (builder);
  for (guint i = 0; i < reviews->len; i++)
    add_outcome (builder, g_ptr_array_index (reviews, i));
  json_builder_end_array (builder);

  root = json_builder_get_root (builder);
  opt_cli_print_json (root);
}
