/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli forget: remove the passwords of an account, then what is known of its test messages,
 * then the account. If something may be left, the account stays in the list, so that the next try
 * still finds it. */
#include "opt-cli-account.h"
#include "opt-cli-usage.h"

#include "opt-delivery-log.h"
#include "opt-error.h"

#include <glib/gi18n.h>

/* The address as it was saved: the one in the list, else the form that the provider wants. */
static OptCliStatus
find_address (OptCli *cli, const char *text, OptAddress **address, gboolean *listed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptAddress) typed = opt_address_parse (text, &error);
  g_autoptr (OptSavedAccount) saved = NULL;
  g_autoptr (OptDetection) detection = NULL;

  if (typed == NULL)
    return opt_cli_complain_about (error);

  saved = opt_account_store_find (cli->store, typed, &error);
  *listed = saved != NULL;
  if (saved != NULL)
    {
      *address = opt_address_ref (opt_account_get_address (saved->account));
      return OPT_CLI_DONE;
    }

  if (!g_error_matches (error, OPT_ERROR, OPT_ERROR_ACCOUNT_UNKNOWN))
    return opt_cli_complain_about (error);

  detection = opt_detect (cli->providers, typed);
  *address = opt_address_ref (opt_detection_get_address (detection));

  return OPT_CLI_DONE;
}

static OptCliStatus
forget_passwords (OptCli *cli, OptAddress *address, int *n_passwords)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  OptCliStatus status;

  opt_keyring_forget_async (cli->keyring,
                            opt_address_get_text (address),
                            cli->cancellable,
                            opt_cli_keep_result,
                            &result);
  *n_passwords = opt_keyring_forget_finish (cli->keyring, opt_cli_wait (&result), &error);
  if (*n_passwords >= 0)
    return OPT_CLI_DONE;

  *n_passwords = 0;
  status = opt_cli_complain_about (error);

  /* Where there is no keyring, there is no password in it. */
  return g_error_matches (error, OPT_ERROR, OPT_ERROR_KEYRING_MISSING) ? OPT_CLI_DONE : status;
}

static OptCliStatus
forget_messages (OptAddress *address, guint *n_messages)
{
  g_autofree char *path = opt_delivery_log_dup_default_path ();
  g_autoptr (GError) error = NULL;

  *n_messages = opt_delivery_log_forget (path, address, &error);

  return error == NULL ? OPT_CLI_DONE : opt_cli_complain_about (error);
}

static OptCliStatus
report (OptAddress *address, int n_passwords, guint n_messages, gboolean listed)
{
  const char *text = opt_address_get_text (address);

  if (n_passwords == 0 && n_messages == 0 && !listed)
    {
      /* Translators: %s is an email address */
      opt_cli_complain (_ ("nothing is kept for %s"), text);
      return OPT_CLI_FAILED;
    }

  opt_cli_say (
    /* Translators: %d is a number of passwords, %s an email address */
    ngettext ("%d password of %s was removed from the keyring.",
              "%d passwords of %s were removed from the keyring.",
              (gulong) n_passwords),
    n_passwords,
    text);
  if (n_messages > 0)
    opt_cli_say (_ ("What was noted about test messages was removed."));
  if (listed)
    /* Translators: %s is an email address */
    opt_cli_say (_ ("%s was removed from the list of accounts."), text);

  return OPT_CLI_DONE;
}

static OptCliStatus
forget (OptCli *cli, const char *text)
{
  g_autoptr (OptAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  gboolean listed;
  int n_passwords;
  guint n_messages;
  OptCliStatus status = find_address (cli, text, &address, &listed);

  if (status == OPT_CLI_DONE)
    status = forget_passwords (cli, address, &n_passwords);
  if (status == OPT_CLI_DONE)
    status = forget_messages (address, &n_messages);
  if (status != OPT_CLI_DONE)
    return status;

  if (listed && !opt_account_store_forget (cli->store, address, &error))
    return opt_cli_complain_about (error);

  return report (address, n_passwords, n_messages, listed);
}

static OptCliStatus
run (OptCli *cli, char **argv)
{
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_autofree char *text = NULL;
  OptCliStatus status;

  if (!opt_cli_parse (&opt_cli_forget, entries, argv, &text, &status))
    return status;

  return opt_cli_refuse_practice (cli, &opt_cli_forget) ? OPT_CLI_BAD_USE : forget (cli, text);
}

const OptCliVerb opt_cli_forget = {
  .name = "forget",
  .operands = "ADDRESS",
  .summary = N_ ("Remove an account and its passwords"),
  .run = run,
};
