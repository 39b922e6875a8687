/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli export: the account's settings as a file for a mail program. */
#include "opt-cli-account.h"
#include "opt-cli-file.h"
#include "opt-cli-usage.h"

#include "opt-client.h"
#include "opt-error.h"

#include <glib/gi18n.h>
#include <unistd.h>

/* What was typed. */
typedef struct
{
  char *address;
  char *client;
  char *protocol;
  char *output;
  char *name;
  gboolean include_password;
  gboolean force;
} Arguments;

static void
clear_arguments (Arguments *self)
{
  g_free (self->address);
  g_free (self->client);
  g_free (self->protocol);
  g_free (self->output);
  g_free (self->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, clear_arguments)

static const OptClient *
find_client (const Arguments *arguments)
{
  const OptClient *client = arguments->client != NULL ? opt_client_find (arguments->client) : NULL;

  if (client == NULL)
    /* Translators: %s is the name of the program */
    opt_cli_complain (_ ("--client wants an id from “%s clients”"), OPT_CLI_PROGRAM);

  return client;
}

/* No format of today's may hold a password, so there is no way to put one in. */
static gboolean
check_wishes (const Arguments *arguments, const OptClient *client)
{
  if (arguments->include_password && !opt_client_can_hold_password (client))
    {
      g_autoptr (GError) error =
        g_error_new_literal (OPT_ERROR, OPT_ERROR_CLIENT_PASSWORD, "no password can be in it");

      opt_cli_complain_about (error);
      return FALSE;
    }

  if (client->render == NULL && arguments->output != NULL)
    {
      opt_cli_complain (_ ("there is no file for this mail program, so --output means nothing"));
      return FALSE;
    }

  if (client->render != NULL && opt_cli_is_stdout (arguments->output) &&
      !opt_client_is_text (client) && isatty (STDOUT_FILENO))
    {
      opt_cli_complain (_ ("this file is not text that a terminal can show; give a file name with "
                           "--output, or send it to another program"));
      return FALSE;
    }

  return TRUE;
}

static gboolean
choose_way_in (const Arguments *arguments,
               const OptClient *client,
               OptAccount *account,
               OptService *way_in)
{
  g_autoptr (GError) error = NULL;

  if (arguments->protocol == NULL)
    {
      *way_in = opt_client_takes (client, OPT_SERVICE_IMAP) &&
                    opt_account_get_server (account, OPT_SERVICE_IMAP) != NULL
                  ? OPT_SERVICE_IMAP
                  : OPT_SERVICE_POP3;
      return TRUE;
    }

  if (opt_service_from_string (arguments->protocol, way_in, NULL) && *way_in != OPT_SERVICE_SMTP)
    return TRUE;

  opt_cli_complain (_ ("--protocol is pop3 or imap"));

  return FALSE;
}

static OptCliStatus
write_file (const Arguments *arguments, const OptClient *client, GBytes *bytes)
{
  const char *path = arguments->output != NULL ? arguments->output : client->file_name;
  g_autofree char *shown = g_filename_display_name (path);
  OptCliStatus status = opt_cli_write_file (path, bytes, arguments->force);

  if (status == OPT_CLI_DONE && !opt_cli_is_stdout (path))
    /* Translators: %s is the name of a file */
    opt_cli_say (_ ("The settings are in “%s”."), shown);

  return status;
}

static void
print_steps (FILE *stream, const OptClient *client, OptSettings *settings)
{
  g_auto (GStrv) steps = opt_client_create_steps (client, settings);

  for (guint i = 0; steps[i] != NULL; i++)
    opt_cli_print (stream, "%u. %s\n", i + 1, steps[i]);
}

static OptCliStatus
export_settings (const Arguments *arguments, const OptClient *client, OptSettings *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  OptCliStatus status;

  if (client->render != NULL)
    {
      bytes = opt_client_render (client, settings, &error);
      if (bytes == NULL)
        return opt_cli_complain_about (error);

      status = write_file (arguments, client, bytes);
      if (status != OPT_CLI_DONE)
        return status;
    }

  /* Where they do not mix with the settings. */
  print_steps (opt_cli_is_stdout (arguments->output) ? stderr : stdout, client, settings);

  return OPT_CLI_DONE;
}

static OptCliStatus
export_account (OptCli *cli, const Arguments *arguments)
{
  const OptClient *client = find_client (arguments);
  g_auto (OptCliAccount) found = { 0 };
  g_autoptr (OptAccount) account = NULL;
  g_autoptr (OptSettings) settings = NULL;
  g_autoptr (GError) error = NULL;
  OptService way_in;
  OptCliStatus status;

  if (client == NULL || !check_wishes (arguments, client) || !opt_cli_check_name (arguments->name))
    return OPT_CLI_BAD_USE;

  status = opt_cli_find_account (cli, arguments->address, NULL, &found);
  if (status != OPT_CLI_DONE)
    return status;

  account = arguments->name != NULL ? opt_account_with_name (found.account, arguments->name)
                                    : opt_account_ref (found.account);
  if (!choose_way_in (arguments, client, account, &way_in))
    return OPT_CLI_BAD_USE;

  settings = opt_settings_new (account, way_in, &error);

  return settings != NULL ? export_settings (arguments, client, settings)
                          : opt_cli_complain_about (error);
}

static OptCliStatus
run (OptCli *cli, char **argv)
{
  g_auto (Arguments) given = { 0 };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "client", 0, 0, G_OPTION_ARG_FILENAME, &given.client,
      N_ ("The mail program or format"), N_ ("ID") },
    { "protocol", 0, 0, G_OPTION_ARG_FILENAME, &given.protocol,
      N_ ("How to receive, pop3 or imap"), N_ ("PROTOCOL") },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &given.output,
      N_ ("The file to write, or - for standard output"), N_ ("PATH") },
    { "force", 0, 0, G_OPTION_ARG_NONE, &given.force, N_ ("Replace a file"), NULL },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &given.name,
      N_ ("The name that others see in the mail"), N_ ("NAME") },
    { "include-password", 0, 0, G_OPTION_ARG_NONE, &given.include_password,
      N_ ("Write the password into the file, if its format can hold one"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  /* clang-format on */
  OptCliStatus status;

  return opt_cli_parse (&opt_cli_export, entries, argv, &given.address, &status)
           ? export_account (cli, &given)
           : status;
}

const OptCliVerb opt_cli_export = {
  .name = "export",
  .operands = "ADDRESS",
  .summary = N_ ("Write the settings of an account for a mail program"),
  .run = run,
};
