/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli save: keep the password in the keyring and the account in the list. The keyring
 * comes first: an account in the list without its password would be half a thing. */
#include "opt-cli-password.h"
#include "opt-cli-usage.h"

#include <glib/gi18n.h>

/* What was typed. */
typedef struct
{
  char *address;
  char *password_fd;
  char *name;
  char **servers;
} Arguments;

static void
clear_arguments (Arguments *self)
{
  g_free (self->address);
  g_free (self->password_fd);
  g_free (self->name);
  g_strfreev (self->servers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, clear_arguments)

/* A list that cannot be read cannot be added to; better to know before the keyring has changed. */
static OptCliStatus
check_store (OptCli *cli)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = opt_account_store_list (cli->store, &error);

  return accounts != NULL ? OPT_CLI_DONE : opt_cli_complain_about (error);
}

static OptCliStatus
save_password (OptCli *cli, OptAccount *account, OptSecret *secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  opt_keyring_save_async (cli->keyring,
                          account,
                          secret,
                          cli->cancellable,
                          opt_cli_keep_result,
                          &result);
  if (opt_keyring_save_finish (cli->keyring, opt_cli_wait (&result), &error))
    return OPT_CLI_DONE;

  return opt_cli_complain_about (error);
}

static OptCliStatus
save_account (OptCli *cli, OptAccount *account)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GError) error = NULL;
  const char *address = opt_address_get_text (opt_account_get_address (account));

  if (opt_account_store_save (cli->store, account, now, &error))
    {
      /* Translators: %s is an email address */
      opt_cli_say (_ ("%s is saved, its password is in the keyring."), address);
      return OPT_CLI_DONE;
    }

  opt_cli_complain_about (error);
  /* Translators: %s is an email address, as in: the password of jane@example.net */
  opt_cli_complain (_ ("the keyring has the password of %s, but the list of accounts lacks it"),
                    address);

  return OPT_CLI_FAILED;
}

static OptCliStatus
save (OptCli *cli, const Arguments *arguments)
{
  g_auto (OptCliAccount) found = { 0 };
  g_autoptr (OptAccount) account = NULL;
  g_autoptr (OptSecret) secret = NULL;
  OptCliStatus status;

  if (opt_cli_refuse_practice (cli, &opt_cli_save) || !opt_cli_check_name (arguments->name))
    return OPT_CLI_BAD_USE;

  status = check_store (cli);
  if (status == OPT_CLI_DONE)
    status = opt_cli_find_account (cli, arguments->address, arguments->servers, &found);
  if (status == OPT_CLI_DONE)
    status = opt_cli_get_password (cli, &found, arguments->password_fd, &secret);
  if (status != OPT_CLI_DONE)
    return status;

  account = arguments->name != NULL ? opt_account_with_name (found.account, arguments->name)
                                    : opt_account_ref (found.account);
  status = save_password (cli, account, secret);

  if (status == OPT_CLI_DONE)
    status = save_account (cli, account);
  if (status == OPT_CLI_DONE && found.password_kept)
    opt_cli_say ("%s",
                 _ ("The password is the one that the keyring had; forget the account first, or "
                    "use --password-fd, to give another one."));

  return status;
}

static OptCliStatus
run (OptCli *cli, char **argv)
{
  g_auto (Arguments) given = { 0 };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "password-fd", 0, 0, G_OPTION_ARG_FILENAME, &given.password_fd,
      N_ ("Read the password from this file descriptor"), N_ ("NUMBER") },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &given.name,
      N_ ("The name that others see in the mail"), N_ ("NAME") },
    { "server", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &given.servers,
      N_ ("Use this server, tls or starttls"), N_ ("SERVICE=tls://HOST:PORT") },
    G_OPTION_ENTRY_NULL,
  };
  /* clang-format on */
  OptCliStatus status;

  return opt_cli_parse (&opt_cli_save, entries, argv, &given.address, &status) ? save (cli, &given)
                                                                               : status;
}

const OptCliVerb opt_cli_save = {
  .name = "save",
  .operands = "ADDRESS",
  .summary = N_ ("Keep an account, and its password in the keyring"),
  .run = run,
};
