/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli setup: give an account to a mail program that is on this computer, and take it back.
 * What will be changed is said before, what was changed after. */
#include "opt-cli-account.h"
#include "opt-cli-password.h"
#include "opt-cli-usage.h"

#include "opt-advice.h"
#include "opt-error.h"
#include "opt-setup.h"

#include <glib/gi18n.h>
#include <string.h>

/* What was typed. */
typedef struct
{
  char *address;
  char *client;
  char *protocol;
  char *name;
  char **servers;
  char *password_fd;
  gboolean dry_run;
  gboolean undo;
} Arguments;

static void
clear_arguments (Arguments *self)
{
  g_free (self->address);
  g_free (self->client);
  g_free (self->protocol);
  g_free (self->name);
  g_strfreev (self->servers);
  g_free (self->password_fd);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, clear_arguments)

static const OptSetup *
find_setup (const Arguments *arguments)
{
  const OptClient *client = arguments->client != NULL ? opt_client_find (arguments->client) : NULL;
  const OptSetup *setup = client != NULL ? opt_setup_find (client->id) : NULL;

  if (client == NULL)
    /* Translators: %s is the name of the program */
    opt_cli_complain (_ ("--client wants an id from “%s clients”"), OPT_CLI_PROGRAM);
  else if (setup == NULL)
    /* Translators: the first %s is the name of a mail program, the second that of ours */
    opt_cli_complain (_ ("%s cannot be set up from here; “%s export” makes a file for it"),
                      opt_client_get_name (client),
                      OPT_CLI_PROGRAM);

  return setup;
}

static gboolean
check_wishes (const Arguments *arguments)
{
  if (!arguments->undo || (arguments->protocol == NULL && arguments->name == NULL &&
                           arguments->servers == NULL && arguments->password_fd == NULL))
    return opt_cli_check_name (arguments->name);

  opt_cli_complain (_ ("with --undo, --protocol, --name, --server and --password-fd mean nothing"));

  return FALSE;
}

static void
print_lines (const char *heading, char **lines)
{
  opt_cli_say ("%s", heading);
  for (guint i = 0; lines[i] != NULL; i++)
    opt_cli_say ("  %s", lines[i]);
}

static gboolean
choose_way_in (const Arguments *arguments, OptAccount *account, OptService *way_in)
{
  *way_in = opt_account_get_server (account, OPT_SERVICE_IMAP) != NULL ? OPT_SERVICE_IMAP
                                                                       : OPT_SERVICE_POP3;
  if (arguments->protocol == NULL)
    return TRUE;
  if (opt_service_from_string (arguments->protocol, way_in, NULL) && *way_in != OPT_SERVICE_SMTP)
    return TRUE;

  opt_cli_complain (_ ("--protocol is pop3 or imap"));

  return FALSE;
}

static OptSetupPlan *
create_plan (OptCli *cli, const OptSetup *setup, OptSettings *settings, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  opt_setup_plan_async (setup, settings, cli->cancellable, opt_cli_keep_result, &result);

  return opt_setup_plan_finish (opt_cli_wait (&result), error);
}

static OptSetupStore *
open_store (void)
{
  g_autofree char *path = opt_setup_store_dup_default_path ();

  return opt_setup_store_new (path);
}

static OptCliStatus
apply (OptCli *cli, OptSetupPlan *plan, OptSecret *secret)
{
  g_autoptr (OptSetupStore) store = open_store ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (OptSetupRecord) record = NULL;
  g_auto (GStrv) lines = NULL;

  opt_setup_apply_async (plan, secret, store, cli->cancellable, opt_cli_keep_result, &result);
  record = opt_setup_apply_finish (opt_cli_wait (&result), &error);
  if (record == NULL)
    return opt_cli_complain_about (error);

  lines = opt_setup_record_describe (record);
  print_lines (_ ("This was changed:"), lines);
  /* Translators: the first %s is the name of the program, the second an address, the third an id */
  opt_cli_say (_ ("“%s setup %s --client %s --undo” takes it back."),
               OPT_CLI_PROGRAM,
               opt_setup_record_get_address (record),
               opt_setup_record_get_client_id (record));

  return OPT_CLI_DONE;
}

/* GNOME Online Accounts sends these as they are, inside of quotes (goa-daemon 3.46). */
static void
warn_about (const OptSetup *setup, OptSecret *secret)
{
  const char *password = opt_secret_peek (secret);

  if (!g_str_equal (opt_setup_get_client (setup)->id, "goa") ||
      (g_str_is_ascii (password) && strpbrk (password, "\"\\") == NULL))
    return;

  opt_cli_complain (
    _ ("this password has “\"”, “\\” or letters beyond English: GNOME Online Accounts "
       "3.46 keeps it, but cannot sign in with it"));
}

static OptCliStatus
plan_and_apply (OptCli *cli,
                const Arguments *arguments,
                const OptSetup *setup,
                OptSettings *settings,
                OptCliAccount *found)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptSetupPlan) plan = create_plan (cli, setup, settings, &error);
  g_autoptr (OptSecret) secret = NULL;
  g_auto (GStrv) lines = NULL;
  OptCliStatus status = OPT_CLI_DONE;

  if (plan == NULL)
    return opt_cli_complain_about (error);

  /* What was given wrongly is complained about before anything is said. */
  if (arguments->password_fd != NULL && !arguments->dry_run)
    status = opt_cli_get_password (cli, found, arguments->password_fd, &secret);
  if (status != OPT_CLI_DONE)
    return status;

  lines = opt_setup_plan_describe (plan);
  print_lines (_ ("This will be changed:"), lines);
  opt_cli_say ("%s", opt_client_get_tried (opt_setup_get_client (setup)));
  if (arguments->dry_run)
    return OPT_CLI_DONE;

  fflush (stdout);
  if (secret == NULL)
    status = opt_cli_get_password (cli, found, NULL, &secret);

  if (status != OPT_CLI_DONE)
    return status;

  warn_about (setup, secret);

  return apply (cli, plan, secret);
}

static OptCliStatus
set_up (OptCli *cli, const Arguments *arguments, const OptSetup *setup)
{
  g_auto (OptCliAccount) found = { 0 };
  g_autoptr (OptAccount) account = NULL;
  g_autoptr (OptSettings) settings = NULL;
  g_autoptr (GError) error = NULL;
  OptService way_in;
  OptCliStatus status = opt_cli_find_account (cli, arguments->address, arguments->servers, &found);

  if (status != OPT_CLI_DONE)
    return status;

  account = arguments->name != NULL ? opt_account_with_name (found.account, arguments->name)
                                    : opt_account_ref (found.account);
  if (!choose_way_in (arguments, account, &way_in))
    return OPT_CLI_BAD_USE;

  settings = opt_settings_new (account, way_in, &error);

  return settings != NULL ? plan_and_apply (cli, arguments, setup, settings, &found)
                          : opt_cli_complain_about (error);
}

/* As it was typed, else in the form that the provider wants. */
static OptCliStatus
find_record (OptCli *cli, const Arguments *arguments, OptSetupStore *store, OptSetupRecord **record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptAddress) typed = opt_address_parse (arguments->address, &error);
  g_autoptr (OptDetection) detection = NULL;

  if (typed == NULL)
    return opt_cli_complain_about (error);

  *record = opt_setup_store_find (store, arguments->client, opt_address_get_text (typed), &error);
  if (g_error_matches (error, OPT_ERROR, OPT_ERROR_SETUP_UNKNOWN))
    {
      g_clear_error (&error);
      detection = opt_detect (cli->providers, typed);
      *record = opt_setup_store_find (store,
                                      arguments->client,
                                      opt_address_get_text (opt_detection_get_address (detection)),
                                      &error);
    }

  return *record != NULL ? OPT_CLI_DONE : opt_cli_complain_about (error);
}

/* Only what can be tried again is a failure. */
static OptCliStatus
print_leftovers (GPtrArray *leftovers)
{
  OptCliStatus status = OPT_CLI_DONE;

  if (leftovers->len == 0)
    {
      opt_cli_say (_ ("All of it was taken back."));
      return status;
    }

  opt_cli_say (_ ("All else was taken back. Still there:"));
  for (guint i = 0; i < leftovers->len; i++)
    {
      const OptSetupLeftover *leftover = g_ptr_array_index (leftovers, i);

      for (guint j = 0; leftover->what[j] != NULL; j++)
        opt_cli_say ("  %s", leftover->what[j]);
      opt_cli_say ("    %s", opt_advice_get_error_text (leftover->reason));
      if (leftover->reason->domain == OPT_ERROR)
        status = OPT_CLI_FAILED;
    }

  return status;
}

static OptCliStatus
undo (OptCli *cli, const Arguments *arguments)
{
  g_autoptr (OptSetupStore) store = open_store ();
  g_autoptr (OptSetupRecord) record = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) leftovers = NULL;
  g_auto (GStrv) lines = NULL;
  OptCliStatus status = find_record (cli, arguments, store, &record);

  if (status != OPT_CLI_DONE)
    return status;

  lines = opt_setup_record_describe_undo (record);
  print_lines (_ ("This will be taken back:"), lines);
  if (arguments->dry_run)
    return OPT_CLI_DONE;

  opt_setup_undo_async (record, store, cli->cancellable, opt_cli_keep_result, &result);
  leftovers = opt_setup_undo_finish (opt_cli_wait (&result), &error);

  return leftovers != NULL ? print_leftovers (leftovers) : opt_cli_complain_about (error);
}

static OptCliStatus
run (OptCli *cli, char **argv)
{
  g_auto (Arguments) given = { 0 };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "client", 0, 0, G_OPTION_ARG_FILENAME, &given.client,
      N_ ("The mail program: evolution, goa or geary"), N_ ("ID") },
    { "protocol", 0, 0, G_OPTION_ARG_FILENAME, &given.protocol,
      N_ ("How to receive, pop3 or imap"), N_ ("PROTOCOL") },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &given.name,
      N_ ("The name that others see in the mail"), N_ ("NAME") },
    { "server", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given.servers,
      N_ ("Use this server, tls or starttls"), N_ ("SERVICE=tls://HOST:PORT") },
    { "password-fd", 0, 0, G_OPTION_ARG_FILENAME, &given.password_fd,
      N_ ("Read the password from this file descriptor"), N_ ("NUMBER") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &given.dry_run,
      N_ ("Only say what will be changed"), NULL },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &given.undo,
      N_ ("Take back what was set up"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  /* clang-format on */
  const OptSetup *setup;
  OptCliStatus status;

  if (!opt_cli_parse (&opt_cli_setup, entries, argv, &given.address, &status))
    return status;
  if (opt_cli_refuse_practice (cli, &opt_cli_setup))
    return OPT_CLI_BAD_USE;

  setup = find_setup (&given);
  if (setup == NULL || !check_wishes (&given))
    return OPT_CLI_BAD_USE;

  return given.undo ? undo (cli, &given) : set_up (cli, &given, setup);
}

const OptCliVerb opt_cli_setup = {
  .name = "setup",
  .operands = "ADDRESS",
  .summary = N_ ("Set up a mail program on this computer, or undo that"),
  .run = run,
};
