/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a password comes from: a descriptor, a keyring, a person. */
#include "opt-cli-password.h"

#include "opt-cli-terminal.h"
#include "opt-cli-usage.h"
#include "opt-error.h"

#include <glib/gi18n.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>

static OptCliStatus
make_secret (OptCliBuffer *buffer, OptSecret **secret)
{
  g_autoptr (GError) error = NULL;

  *secret = opt_secret_new (buffer->bytes, buffer->n_bytes, &error);

  return *secret != NULL ? OPT_CLI_DONE : opt_cli_complain_about (error);
}

/* What we were started with stays open across exec(); what GLib opens for itself does not. */
static gboolean
was_inherited (int fd)
{
  int flags = fcntl (fd, F_GETFD);

  return flags >= 0 && (flags & FD_CLOEXEC) == 0;
}

static OptCliStatus
read_descriptor (OptCli *cli, const char *text, OptSecret **secret)
{
  g_auto (OptCliTerminal) terminal = { .fd = -1 };
  g_auto (OptCliBuffer) buffer = { 0 };
  g_autoptr (GError) error = NULL;
  gssize n_bytes = -1;
  guint fd;

  if (!opt_cli_parse_number ("--password-fd", text, 0, INT_MAX, &fd))
    return OPT_CLI_BAD_USE;

  if (!was_inherited ((int) fd))
    {
      /* Translators: %u is a number */
      opt_cli_complain (_ ("--password-fd: descriptor %u is not open"), fd);
      return OPT_CLI_BAD_USE;
    }

  /* Somebody may give 0 and type. */
  opt_cli_terminal_take (&terminal, fcntl ((int) fd, F_DUPFD_CLOEXEC, 0), FALSE);
  do
    n_bytes = opt_cli_read_some (cli, (int) fd, &buffer, &error);
  while (n_bytes > 0);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return opt_cli_complain_about (error);
  if (n_bytes < 0)
    {
      /* Translators: %u is a number, %s the system's reason */
      opt_cli_complain (_ ("--password-fd: descriptor %u cannot be read (%s)"), fd, error->message);
      return OPT_CLI_BAD_USE;
    }

  opt_cli_buffer_strip (&buffer);

  return make_secret (&buffer, secret);
}

static OptCliStatus
ask_person (OptCli *cli, const char *prompt, OptSecret **secret)
{
  g_auto (OptCliBuffer) buffer = { 0 };
  OptCliStatus status = opt_cli_ask (cli, prompt, FALSE, &buffer);

  return status == OPT_CLI_DONE ? make_secret (&buffer, secret) : status;
}

OptCliStatus
opt_cli_judge_keyring (const GError *error)
{
  g_return_val_if_fail (error != NULL, OPT_CLI_FAILED);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return opt_cli_complain_about (error);

  /* Nothing kept is nothing to speak of; all else the person can do something about. */
  if (!g_error_matches (error, OPT_ERROR, OPT_ERROR_KEYRING_NOT_FOUND) &&
      !g_error_matches (error, OPT_ERROR, OPT_ERROR_KEYRING_MISSING))
    opt_cli_complain_about (error);

  return OPT_CLI_NO_PASSWORD;
}

static OptCliStatus
ask_keyring (OptCli *cli, OptAccount *account, OptSecret **secret)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  opt_keyring_find_async (cli->keyring, account, cli->cancellable, opt_cli_keep_result, &result);
  *secret = opt_keyring_find_finish (cli->keyring, opt_cli_wait (&result), &error);

  return *secret != NULL ? OPT_CLI_DONE : opt_cli_judge_keyring (error);
}

OptCliStatus
opt_cli_find_password (OptCli *cli, OptAccount *account, OptSecret **secret)
{
  g_return_val_if_fail (cli != NULL && account != NULL && secret != NULL, OPT_CLI_FAILED);

  return cli->practice ? OPT_CLI_NO_PASSWORD : ask_keyring (cli, account, secret);
}

static const char *
get_address (const OptCliAccount *found)
{
  return opt_address_get_text (opt_account_get_address (found->account));
}

/* The person may not know that it is there, or that they have to agree. */
static void
tell_of_keeper (const OptCliAccount *found)
{
  if (found->keeper != NULL)
    /* Translators: %s is the name of a mail program; leave the option as it is */
    opt_cli_complain (_ ("%s may keep the password; with --use-kept-password it is taken from "
                         "there"),
                      found->keeper);
}

OptCliStatus
opt_cli_get_password (OptCli *cli, OptCliAccount *found, const char *fd_text, OptSecret **secret)
{
  /* Translators: %s is an email address; the password is typed behind it */
  g_autofree char *prompt = g_strdup_printf (_ ("Password for %s: "), get_address (found));
  OptCliStatus status = OPT_CLI_NO_PASSWORD;

  if (fd_text != NULL)
    return read_descriptor (cli, fd_text, secret);

  if (!found->new_host)
    status = opt_cli_find_password (cli, found->account, secret);
  found->password_kept = status == OPT_CLI_DONE;
  if (status != OPT_CLI_NO_PASSWORD)
    return status;

  tell_of_keeper (found);
  status = ask_person (cli, prompt, secret);
  if (status == OPT_CLI_NO_PASSWORD)
    opt_cli_complain (_ ("there is no password to be had: the keyring has none for this address, "
                         "and there is no terminal to ask at. Give one with --password-fd."));

  return status;
}

static gboolean
is_same (const OptSecret *a, const OptSecret *b)
{
  return opt_secret_get_size (a) == opt_secret_get_size (b) &&
         memcmp (opt_secret_peek (a), opt_secret_peek (b), opt_secret_get_size (a)) == 0;
}

static OptCliStatus
ask_twice (OptCli *cli, OptAccount *account, OptSecret **secret)
{
  const char *address = opt_address_get_text (opt_account_get_address (account));
  /* Translators: %s is an email address; the password is typed behind it */
  g_autofree char *prompt = g_strdup_printf (_ ("New password for %s: "), address);
  g_autoptr (OptSecret) first = NULL;
  g_autoptr (OptSecret) second = NULL;
  OptCliStatus status = ask_person (cli, prompt, &first);

  if (status == OPT_CLI_DONE)
    status = ask_person (cli, _ ("The same once more: "), &second);
  if (status != OPT_CLI_DONE)
    return status;

  if (!is_same (first, second))
    {
      opt_cli_complain (_ ("the two are not the same, so nothing was done"));
      return OPT_CLI_BAD_USE;
    }
  *secret = g_steal_pointer (&first);

  return OPT_CLI_DONE;
}

OptCliStatus
opt_cli_get_new_password (OptCli *cli, OptAccount *account, const char *fd_text, OptSecret **secret)
{
  OptCliStatus status;

  g_return_val_if_fail (cli != NULL && account != NULL && secret != NULL, OPT_CLI_FAILED);

  if (fd_text != NULL)
    return read_descriptor (cli, fd_text, secret);

  status = ask_twice (cli, account, secret);
  if (status == OPT_CLI_NO_PASSWORD)
    opt_cli_complain (_ ("there is no terminal to ask for the new password at. Give it with "
                         "--password-fd."));

  return status;
}
