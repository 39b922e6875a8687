/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What has to be known before the account of another program is tested: whose password it takes,
 * where that would go, and whether the person agreed. It prints no result. */
#include "opt-cli-review.h"

#include "opt-cli-password.h"

#include "opt-kept-password.h"

#include <string.h>

/* What is saved goes first, as everywhere; an address that is none has no password. */
static void
find_account (OptCli *cli, OptReview *review, OptCliAccount *found)
{
  const char *text = opt_review_get_address (review);
  OptAccount *wanted = opt_review_get_wanted (review);
  g_autoptr (OptAddress) address = text != NULL ? opt_address_parse (text, NULL) : NULL;

  /* A list that cannot be read is no reason not to go on; whoever looks for accounts says so. */
  if (address != NULL && opt_cli_find_saved (cli, address, found, NULL))
    return;

  if (wanted != NULL)
    found->account = opt_account_ref (wanted);
  else if (address != NULL)
    found->account = opt_account_new (NULL, address, NULL);
}

OptCliReview *
opt_cli_review_new (OptCli *cli, OptFound *found)
{
  OptCliReview *self = g_new0 (OptCliReview, 1);
  g_auto (GStrv) hosts = NULL;

  self->review = opt_review_new (found, cli->providers);
  self->also = g_ptr_array_new_with_free_func ((GDestroyNotify) opt_found_unref);
  find_account (cli, self->review, &self->account);
  if (self->account.account == NULL || !opt_review_can_test (self->review))
    self->skip = OPT_CLI_SKIP_UNTESTABLE;

  hosts = opt_cli_review_dup_hosts (self, NULL);
  self->account.new_host = hosts[0] != NULL;
  if (!cli->practice && opt_kept_password_may_be_there (found))
    self->account.keeper = opt_found_get_client_name (found);

  return self;
}

void
opt_cli_review_free (OptCliReview *self)
{
  g_return_if_fail (self != NULL);

  g_object_unref (self->review);
  opt_cli_account_clear (&self->account);
  g_ptr_array_unref (self->also);
  g_clear_pointer (&self->secret, opt_secret_unref);
  g_free (self);
}

static gboolean
is_confirmed (char **confirmed, const char *host)
{
  for (guint i = 0; confirmed != NULL && confirmed[i] != NULL; i++)
    if (g_ascii_strcasecmp (confirmed[i], host) == 0)
      return TRUE;

  return FALSE;
}

char **
opt_cli_review_dup_hosts (const OptCliReview *self, char **confirmed)
{
  g_auto (GStrv) hosts = opt_review_dup_unconfirmed_hosts (self->review);
  g_autoptr (GStrvBuilder) left = g_strv_builder_new ();

  for (guint i = 0; hosts[i] != NULL; i++)
    if (!is_confirmed (confirmed, hosts[i]) &&
        !(self->account.saved && opt_cli_has_host (self->account.account, hosts[i])))
      g_strv_builder_add (left, hosts[i]);

  return g_strv_builder_end (left);
}

OptCliStatus
opt_cli_review_ask_keeper (OptCli *cli, OptCliReview *self)
{
  OptFound *found = opt_review_get_found (self->review);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (!opt_kept_password_may_be_there (found))
    return OPT_CLI_NO_PASSWORD;

  opt_kept_password_find_async (found, cli->cancellable, opt_cli_keep_result, &result);
  self->secret = opt_kept_password_find_finish (opt_cli_wait (&result), &error);

  return self->secret != NULL ? OPT_CLI_DONE : opt_cli_judge_keyring (error);
}

OptNetwork *
opt_cli_review_create_network (const OptCliReview *self, OptPracticeWorld *world)
{
  const OptFound *found = opt_review_get_found (self->review);
  OptAccount *wanted = opt_review_get_wanted (self->review);
  OptAccount *account = self->account.account;
  g_autoptr (OptNetwork) network = NULL;

  if (world == NULL)
    return NULL;

  network = opt_cli_create_network (world, wanted != NULL ? wanted : account);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (found->servers[i] != NULL)
      opt_cli_add_route (network,
                         world,
                         opt_address_get_text (opt_account_get_address (account)),
                         found->servers[i]->host,
                         found->servers[i]->port);

  return g_steal_pointer (&network);
}

static gboolean
has_signed_in (OptCheck *check)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);

      if (probe != NULL && opt_probe_get_evidence (probe)->signed_in)
        return TRUE;
    }

  return FALSE;
}

/* A service that is switched off says nothing of the password, unless another one took it. */
static gboolean
has_refusal (OptCheck *check)
{
  for (guint i = 0; check != NULL && i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);

      if (probe != NULL && opt_probe_get_state (probe) == OPT_PROBE_FAILS &&
          (opt_probe_get_diagnosis (probe) == OPT_DIAGNOSIS_PASSWORD_REFUSED ||
           opt_probe_get_diagnosis (probe) == OPT_DIAGNOSIS_ACCOUNT_LOCKED ||
           (opt_probe_get_diagnosis (probe) == OPT_DIAGNOSIS_SERVICE_DISABLED &&
            !has_signed_in (check)) ||
           opt_probe_get_diagnosis (probe) == OPT_DIAGNOSIS_LOGIN_TOO_OFTEN))
        return TRUE;
    }

  return FALSE;
}

gboolean
opt_cli_review_was_refused (const OptCliReview *self)
{
  /* A name that is refused says nothing against the password, nor against other settings. */
  if (opt_review_was_name_refused (self->review))
    return FALSE;

  return has_refusal (opt_review_get_check_now (self->review)) ||
         has_refusal (opt_review_get_check_wanted (self->review));
}

/* What lets mail through today may still give the password away, or stop tomorrow. */
static gboolean
is_good_enough (OptReview *review)
{
  OptSeverity worst;

  return !opt_differences_get_severity (opt_review_get_differences (review), &worst) ||
         worst == OPT_SEVERITY_OLD;
}

OptCliStatus
opt_cli_review_get_status (const OptCliReview *self)
{
  switch (opt_review_get_verdict (self->review))
    {
    case OPT_REVIEW_WORKS:
      return is_good_enough (self->review) ? OPT_CLI_DONE : OPT_CLI_FAILED;
    case OPT_REVIEW_CANCELLED:
      return OPT_CLI_CANCELLED;
    case OPT_REVIEW_NONE:
    case OPT_REVIEW_PARTLY:
    case OPT_REVIEW_WANTED_WORKS:
    case OPT_REVIEW_WANTED_PARTLY:
    case OPT_REVIEW_NOT_SAFE:
    case OPT_REVIEW_FAILS:
      return OPT_CLI_FAILED;
    }

  g_assert_not_reached ();
}

/* Only of the settings that we keep ourselves, as they are. */
void
opt_cli_review_note (OptCli *cli, const OptCliReview *self)
{
  OptCheck *check = opt_review_get_check_now (self->review);

  if (opt_review_get_found (self->review)->client == NULL && check != NULL)
    opt_cli_note_check (cli, &self->account, opt_check_get_verdict (check));
}
