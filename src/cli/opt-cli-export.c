/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli export: the account's settings as files for mail programs, or as steps. */
#include "opt-cli-export.h"
#include "opt-cli-file.h"
#include "opt-cli-guide.h"
#include "opt-cli-password.h"
#include "opt-cli-usage.h"

#include "opt-error.h"

#include <glib/gi18n.h>
#include <unistd.h>

/* What was typed. */
typedef struct
{
  char *address;
  char *client;
  char *protocol;
  char *leave_on_server;
  char *output;
  char *name;
  char **servers;
  char *password_fd;
  gboolean all;
  gboolean include_password;
  gboolean force;
} Arguments;

static void
clear_arguments (Arguments *self)
{
  g_free (self->address);
  g_free (self->client);
  g_free (self->protocol);
  g_free (self->leave_on_server);
  g_free (self->output);
  g_free (self->name);
  g_strfreev (self->servers);
  g_free (self->password_fd);
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

/* Returns what is wrong with it, or NULL. */
static const char *
find_misuse_of_all (const Arguments *arguments)
{
  if (arguments->client != NULL)
    return _ ("--all is for every mail program, so --client does not go with it");
  if (arguments->include_password)
    return _ ("--include-password is for one mail program at a time, not for --all");
  if (arguments->output == NULL || opt_cli_is_stdout (arguments->output))
    return _ ("--all needs a folder to write to, given with --output");

  return NULL;
}

static const char *
find_misuse_of_file (const Arguments *arguments, const OptClient *client)
{
  gboolean to_stdout = opt_cli_is_stdout (arguments->output);
  gboolean to_terminal = to_stdout && isatty (STDOUT_FILENO);

  if (!opt_client_has_file (client) && arguments->output != NULL)
    return _ ("there is no file for this mail program, so --output means nothing");
  if (opt_client_has_folder (client) && to_stdout)
    return _ ("this mail program takes several files; give a folder with --output");
  if (arguments->include_password && to_terminal)
    return _ ("the password would show on the terminal; give a file name with --output");
  if (opt_client_has_file (client) && !opt_client_is_text (client) && to_terminal)
    return _ ("this file is not text that a terminal can show; give a file name with --output, or "
              "send it to another program");

  return NULL;
}

static gboolean
check_wishes (const Arguments *arguments, const OptClient *client)
{
  const char *misuse =
    arguments->all ? find_misuse_of_all (arguments) : find_misuse_of_file (arguments, client);

  if (client != NULL && arguments->include_password && !opt_client_can_hold_password (client))
    {
      g_autoptr (GError) error =
        g_error_new_literal (OPT_ERROR, OPT_ERROR_CLIENT_PASSWORD, "no password can be in it");

      opt_cli_complain_about (error);
      return FALSE;
    }

  if (misuse == NULL && arguments->password_fd != NULL && !arguments->include_password)
    misuse = _ ("--password-fd means nothing without --include-password");
  if (misuse != NULL)
    opt_cli_complain ("%s", misuse);

  return misuse == NULL && opt_cli_check_name (arguments->name);
}

static gboolean
parse_protocol (const Arguments *arguments, OptCliExport *export)
{
  if (arguments->protocol == NULL)
    return TRUE;

  export->has_protocol = TRUE;
  if (opt_service_from_string (arguments->protocol, &export->protocol, NULL) &&
      export->protocol != OPT_SERVICE_SMTP)
    return TRUE;

  opt_cli_complain (_ ("--protocol is pop3 or imap"));

  return FALSE;
}

static gboolean
parse_leave_on_server (const Arguments *arguments, OptCliExport *export)
{
  const char *text = arguments->leave_on_server;
  guint64 days = 0;

  if (text == NULL)
    return TRUE;

  export->has_days = TRUE;
  if (g_str_equal (text, "never"))
    export->leave_on_server = OPT_LEAVE_ON_SERVER_NEVER;
  else if (g_str_equal (text, "always"))
    export->leave_on_server = OPT_LEAVE_ON_SERVER_ALWAYS;
  else if (g_ascii_string_to_unsigned (text, 10, 1, OPT_LEAVE_ON_SERVER_MAX_DAYS, &days, NULL))
    export->leave_on_server = (guint) days;
  else
    {
      /* Translators: leave never and always as they are; %d is a number */
      opt_cli_complain (_ ("--leave-on-server is a number of days from 1 to %d, never, or always"),
                        OPT_LEAVE_ON_SERVER_MAX_DAYS);
      return FALSE;
    }

  /* Who asks for that asks for POP3. */
  if (!export->has_protocol)
    {
      export->has_protocol = TRUE;
      export->protocol = OPT_SERVICE_POP3;
    }
  if (export->protocol == OPT_SERVICE_POP3)
    return TRUE;

  opt_cli_complain (_ ("--leave-on-server is for pop3; with imap all mail stays on the server"));

  return FALSE;
}

static OptService
choose_way_in (const OptCliExport *self, const OptClient *client)
{
  if (self->has_protocol)
    return self->protocol;
  if (!opt_client_takes (client, OPT_SERVICE_POP3))
    return OPT_SERVICE_IMAP;

  return opt_client_takes (client, OPT_SERVICE_IMAP) &&
             opt_account_get_server (self->account, OPT_SERVICE_IMAP) != NULL
           ? OPT_SERVICE_IMAP
           : OPT_SERVICE_POP3;
}

OptSettings *
opt_cli_export_create_settings (const OptCliExport *self, const OptClient *client, GError **error)
{
  OptService way_in;
  g_autoptr (OptSettings) settings = NULL;

  g_return_val_if_fail (self != NULL && client != NULL, NULL);

  way_in = choose_way_in (self, client);
  if (!opt_client_takes (client, way_in))
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_CLIENT_PROTOCOL, "%s does not take it", client->id);
      return NULL;
    }

  settings = opt_settings_new (self->account, way_in, error);
  if (settings == NULL || !self->has_days)
    return g_steal_pointer (&settings);

  return opt_settings_with_leave_on_server (settings, self->leave_on_server);
}

char *
opt_cli_export_create_reason (const OptCliExport *self, const OptClient *client)
{
  g_return_val_if_fail (self != NULL && client != NULL, NULL);

  if (opt_client_takes (client, choose_way_in (self, client)))
    return g_strdup (_ ("the account has no server for this way of receiving, or none for "
                        "sending"));

  if (opt_client_takes (client, OPT_SERVICE_IMAP))
    /* Translators: %s is the name of a mail program */
    return g_strdup_printf (_ ("%s receives mail by IMAP only"), opt_client_get_name (client));

  /* Translators: %s is the name of a mail program */
  return g_strdup_printf (_ ("%s receives mail by POP3 only"), opt_client_get_name (client));
}

static void
warn_of_password (const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);

  if (opt_cli_is_stdout (path))
    opt_cli_complain (_ ("warning: the password is in what was written, for everybody to read"));
  else
    /* Translators: %s is the name of a file */
    opt_cli_complain (_ ("warning: the password is in “%s”, for everybody to read who gets the "
                         "file; remove it when it has been brought in"),
                      shown);
}

static GPtrArray *
render (const OptClient *client, const OptSettings *settings, OptSecret *secret, GError **error)
{
  GBytes *bytes;
  GPtrArray *files;

  if (secret == NULL)
    return opt_client_render_files (client, settings, error);

  bytes = opt_client_render_with_password (client, settings, secret, error);
  if (bytes == NULL)
    return NULL;

  files = opt_client_files_new ();
  g_ptr_array_add (files, opt_client_file_new (client->file_name, bytes));

  return files;
}

static OptCliStatus
write_files (const OptCliExport *export,
             const OptClient *client,
             const OptSettings *settings,
             OptSecret *secret)
{
  g_autofree char *shown = g_filename_display_name (export->output);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = render (client, settings, secret, &error);
  OptCliStatus status;

  if (files == NULL)
    return opt_cli_complain_about (error);

  status = opt_cli_write_client (client, export->output, files, export->force);
  if (status != OPT_CLI_DONE)
    return status;

  if (!opt_cli_is_stdout (export->output))
    /* Translators: %s is the name of a file */
    opt_cli_say (_ ("The settings are in “%s”."), shown);
  if (secret != NULL)
    warn_of_password (export->output);

  return OPT_CLI_DONE;
}

static OptCliStatus
complain_of_settings (const OptCliExport *export, const OptClient *client, const GError *error)
{
  g_autofree char *reason = NULL;

  if (!g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_PROTOCOL))
    return opt_cli_complain_about (error);

  reason = opt_cli_export_create_reason (export, client);
  opt_cli_complain ("%s", reason);

  return OPT_CLI_BAD_USE;
}

/* Asks for the password only when nothing else is in the way. */
static OptCliStatus
find_password (OptCli *cli,
               const Arguments *arguments,
               const OptCliExport *export,
               OptCliAccount *found,
               OptSecret **secret)
{
  OptCliStatus status;

  if (!arguments->include_password)
    return OPT_CLI_DONE;

  status = opt_cli_check_file (export->output, export->force);

  return status == OPT_CLI_DONE ? opt_cli_get_password (cli, found, arguments->password_fd, secret)
                                : status;
}

static OptCliStatus
export_to_one (OptCli *cli,
               const Arguments *arguments,
               const OptClient *client,
               OptCliExport *export,
               OptCliAccount *found)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptSettings) settings = opt_cli_export_create_settings (export, client, &error);
  g_autoptr (OptSecret) secret = NULL;
  OptCliStatus status;

  if (settings == NULL)
    return complain_of_settings (export, client, error);

  if (export->output == NULL)
    export->output = client->file_name;
  status = find_password (cli, arguments, export, found, &secret);
  if (status == OPT_CLI_DONE && opt_client_has_file (client))
    status = write_files (export, client, settings, secret);
  if (status != OPT_CLI_DONE)
    return status;

  /* Where they do not mix with the settings. */
  opt_cli_print_guide (opt_cli_is_stdout (export->output) ? stderr : stdout,
                       client,
                       settings,
                       secret != NULL);

  return OPT_CLI_DONE;
}

static OptCliStatus
export_account (OptCli *cli, const Arguments *arguments)
{
  const OptClient *client = arguments->all ? NULL : find_client (arguments);
  OptCliExport export = { .output = arguments->output, .force = arguments->force };
  g_auto (OptCliAccount) found = { 0 };
  g_autoptr (OptAccount) account = NULL;
  OptCliStatus status;

  if ((client == NULL && !arguments->all) || !check_wishes (arguments, client) ||
      !parse_protocol (arguments, &export) || !parse_leave_on_server (arguments, &export))
    return OPT_CLI_BAD_USE;

  status = opt_cli_find_account (cli, arguments->address, arguments->servers, &found);
  if (status != OPT_CLI_DONE)
    return status;

  account = arguments->name != NULL ? opt_account_with_name (found.account, arguments->name)
                                    : opt_account_ref (found.account);
  export.account = account;

  return arguments->all ? opt_cli_export_to_all (&export)
                        : export_to_one (cli, arguments, client, &export, &found);
}

static OptCliStatus
run (OptCli *cli, char **argv)
{
  g_auto (Arguments) given = { 0 };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "client", 0, 0, G_OPTION_ARG_FILENAME, &given.client,
      N_ ("The mail program or format"), N_ ("ID") },
    { "all", 0, 0, G_OPTION_ARG_NONE, &given.all,
      N_ ("Write for every mail program that takes a file"), NULL },
    { "protocol", 0, 0, G_OPTION_ARG_FILENAME, &given.protocol,
      N_ ("How to receive, pop3 or imap"), N_ ("PROTOCOL") },
    { "leave-on-server", 0, 0, G_OPTION_ARG_FILENAME, &given.leave_on_server,
      N_ ("With pop3, how long mail stays on the server: days, never or always"), N_ ("DAYS") },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &given.output,
      N_ ("The file or folder to write, or - for standard output"), N_ ("PATH") },
    { "force", 0, 0, G_OPTION_ARG_NONE, &given.force, N_ ("Replace files"), NULL },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &given.name,
      N_ ("The name that others see in the mail"), N_ ("NAME") },
    { "server", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given.servers,
      N_ ("Use this server, tls or starttls"), N_ ("SERVICE=tls://HOST:PORT") },
    { "include-password", 0, 0, G_OPTION_ARG_NONE, &given.include_password,
      N_ ("Write the password into the file, if its format can hold one"), NULL },
    { "password-fd", 0, 0, G_OPTION_ARG_FILENAME, &given.password_fd,
      N_ ("Read that password from this file descriptor"), N_ ("NUMBER") },
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
  .summary = N_ ("Write the settings of an account for mail programs"),
  .run = run,
};
