/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli passwd: a password was changed at the provider. It is checked first, and then takes
 * the place of the old one everywhere on this computer, or nowhere. */
#include "opt-cli-account.h"
#include "opt-cli-password.h"
#include "opt-cli-problems.h"
#include "opt-cli-progress.h"
#include "opt-cli-usage.h"

#include "opt-new-password.h"

#include <glib/gi18n.h>

/* What was typed. */
typedef struct
{
  char *address;
  char *password_fd;
  gboolean dry_run;
} Arguments;

static void
clear_arguments (Arguments *self)
{
  g_free (self->address);
  g_free (self->password_fd);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Arguments, clear_arguments)

static void
print_places (const char *heading, char **places)
{
  opt_cli_say ("%s", heading);
  for (guint i = 0; places[i] != NULL; i++)
    opt_cli_say ("  %s", places[i]);
}

/* A check that is for nothing is a sign-in for nothing. */
static OptCliStatus
list_places (OptCli *cli, OptAccount *account, OptSetupStore *store, char ***places)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  opt_new_password_list_async (cli->keyring,
                               account,
                               store,
                               cli->cancellable,
                               opt_cli_keep_result,
                               &result);
  *places = opt_new_password_list_finish (opt_cli_wait (&result), &error);
  if (*places == NULL)
    return opt_cli_complain_about (error);
  if ((*places)[0] != NULL)
    return OPT_CLI_DONE;

  /* Translators: the first %s is an email address, the second and the third are the name of the
   * program; leave save and setup behind it as they are */
  opt_cli_complain (_ ("nothing here has a password of %s that was put there by “%s save” or "
                       "“%s setup”"),
                    opt_address_get_text (opt_account_get_address (account)),
                    OPT_CLI_PROGRAM,
                    OPT_CLI_PROGRAM);

  return OPT_CLI_FAILED;
}

static OptCheck *
run_check (OptCli *cli, OptAccount *account, OptSecret *secret, OptNetwork *network)
{
  OptCheckOptions options = OPT_CHECK_OPTIONS_DEFAULT;
  OptCheck *check;
  g_autoptr (OptCliProgress) progress = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  options.network = network;
  check = opt_check_new (account, &options);
  progress = opt_cli_progress_new (check, OPT_CLI_PROGRESS_LINES);
  opt_check_run_async (check, secret, cli->cancellable, opt_cli_keep_result, &result);
  opt_check_run_finish (check, opt_cli_wait (&result));
  opt_cli_progress_finish (progress);
  opt_cli_print_problems (cli, check, FALSE);

  return check;
}

/* One server that lets us in proves the password right. Another may be switched off or out of
 * reach; to keep the old password for that would leave one that is surely wrong. */
static gboolean
is_good (OptCheck *check)
{
  return opt_check_get_verdict (check) != OPT_VERDICT_CANCELLED &&
         opt_check_accepted_password (check);
}

static OptCliStatus
store_password (OptCli *cli, OptAccount *account, OptSetupStore *store, OptSecret *secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) places = NULL;

  opt_new_password_store_async (cli->keyring,
                                account,
                                store,
                                secret,
                                cli->cancellable,
                                opt_cli_keep_result,
                                &result);
  places = opt_new_password_store_finish (opt_cli_wait (&result), &error);
  if (places == NULL)
    return opt_cli_complain_about (error);

  fputc ('\n', stdout);
  print_places (_ ("This was changed:"), places);
  fputc ('\n', stdout);
  opt_cli_print_wrapped (opt_new_password_get_reminder ());

  return OPT_CLI_DONE;
}

static OptCliStatus
refuse (OptVerdict verdict)
{
  fputc ('\n', stdout);
  if (verdict == OPT_VERDICT_CANCELLED)
    {
      opt_cli_say (_ ("Stopped before the end. The old password stays where it is."));
      return OPT_CLI_CANCELLED;
    }

  opt_cli_say (_ ("No server took the new password. The old one stays where it is."));

  return OPT_CLI_FAILED;
}

static OptCliStatus
change (OptCli *cli, const Arguments *arguments, OptCliAccount *found)
{
  g_autofree char *path = opt_setup_store_dup_default_path ();
  g_autoptr (OptSetupStore) store = opt_setup_store_new (path);
  g_autoptr (OptSecret) secret = NULL;
  g_autoptr (OptCheck) check = NULL;
  g_auto (GStrv) places = NULL;
  OptCliStatus status = list_places (cli, found->account, store, &places);

  if (status != OPT_CLI_DONE)
    return status;
  if (arguments->dry_run)
    {
      print_places (_ ("This will be changed:"), places);
      return OPT_CLI_DONE;
    }

  status = opt_cli_get_new_password (cli, found->account, arguments->password_fd, &secret);
  if (status != OPT_CLI_DONE)
    return status;

  check = run_check (cli, found->account, secret, NULL);
  if (!is_good (check))
    return refuse (opt_check_get_verdict (check));

  status = store_password (cli, found->account, store, secret);
  if (status == OPT_CLI_DONE)
    opt_cli_note_check (cli, found, opt_check_get_verdict (check));

  return status;
}

static OptCliStatus
practice (OptCli *cli, const Arguments *arguments, const OptCliAccount *found)
{
  g_autoptr (OptPracticeWorld) world = NULL;
  g_autoptr (OptNetwork) network = NULL;
  g_autoptr (OptSecret) secret = NULL;
  g_autoptr (OptCheck) check = NULL;
  g_autoptr (GError) error = NULL;
  OptCliStatus status =
    opt_cli_get_new_password (cli, found->account, arguments->password_fd, &secret);

  if (status != OPT_CLI_DONE)
    return status;

  world = opt_practice_world_new (&error);
  if (world == NULL)
    return opt_cli_complain_about (error);

  network = opt_cli_create_network (world, found->account);
  check = run_check (cli, found->account, secret, network);
  if (!is_good (check))
    return refuse (opt_check_get_verdict (check));

  fputc ('\n', stdout);
  opt_cli_say (_ ("The new password works. Practicing keeps nothing, so nothing was changed."));

  return OPT_CLI_DONE;
}

static OptCliStatus
run (OptCli *cli, char **argv)
{
  g_auto (Arguments) given = { 0 };
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "password-fd", 0, 0, G_OPTION_ARG_FILENAME, &given.password_fd,
      N_ ("Read the new password from this file descriptor"), N_ ("NUMBER") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &given.dry_run,
      N_ ("Only say where the password would be changed"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  /* clang-format on */
  g_auto (OptCliAccount) found = { 0 };
  OptCliStatus status;

  if (!opt_cli_parse (&opt_cli_passwd, entries, argv, &given.address, &status))
    return status;
  if (given.dry_run && opt_cli_refuse_practice (cli, &opt_cli_passwd))
    return OPT_CLI_BAD_USE;

  status = opt_cli_find_account (cli, given.address, NULL, &found);
  if (status != OPT_CLI_DONE)
    return status;

  return cli->practice ? practice (cli, &given, &found) : change (cli, &given, &found);
}

const OptCliVerb opt_cli_passwd = {
  .name = "passwd",
  .operands = "ADDRESS",
  .summary = N_ ("Check a new password, and put it in the place of the old one"),
  .run = run,
};
