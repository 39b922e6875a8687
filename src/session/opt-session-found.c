/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The accounts that other programs have: which one is looked at, how it becomes the session's own,
 * and a new password for one of ours. */
#include "opt-session-private.h"

#include "opt-account-store.h"
#include "opt-found-list-private.h"
#include "opt-report.h"

OptFoundList *
opt_session_get_founds (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  return self->founds;
}

void
opt_session_set_found (OptSession *self, OptFoundItem *item)
{
  g_return_if_fail (OPT_IS_SESSION (self) && (item == NULL || OPT_IS_FOUND_ITEM (item)));

  if (g_set_object (&self->found, item))
    opt_session_notify (self, OPT_SESSION_PROP_FOUND);
}

OptFoundItem *
opt_session_get_found (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  return self->found;
}

static char *
create_report (OptCheck *check)
{
  return check != NULL ? opt_report_create_text (check) : g_strdup ("");
}

char *
opt_session_create_found_report (OptSession *self)
{
  OptReview *review;
  g_autofree char *now = NULL;
  g_autofree char *wanted = NULL;

  g_return_val_if_fail (OPT_IS_SESSION (self) && self->found != NULL, NULL);

  review = opt_found_item_get_review (self->found);
  now = create_report (opt_review_get_check_now (review));
  wanted = create_report (opt_review_get_check_wanted (review));

  return g_strconcat (now, now[0] != '\0' && wanted[0] != '\0' ? "\n" : "", wanted, NULL);
}

static gboolean
is_useful (OptReviewVerdict verdict)
{
  switch (verdict)
    {
    case OPT_REVIEW_WORKS:
    case OPT_REVIEW_PARTLY:
    case OPT_REVIEW_WANTED_WORKS:
    case OPT_REVIEW_WANTED_PARTLY:
      return TRUE;
    case OPT_REVIEW_NONE:
    case OPT_REVIEW_NOT_SAFE:
    case OPT_REVIEW_FAILS:
    case OPT_REVIEW_CANCELLED:
      return FALSE;
    }

  g_assert_not_reached ();
}

/* Whether what @check has found to work is what is handed on. */
static gboolean
is_check_of (OptCheck *check, OptAccount *account)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);
      OptServer *server = opt_account_get_server (account, i);

      if (probe != NULL && opt_probe_get_state (probe) == OPT_PROBE_WORKS &&
          (server == NULL || !opt_server_equal (opt_probe_get_evidence (probe)->server, server)))
        return FALSE;
    }

  return TRUE;
}

/* The check whose servers are handed on: the one that has found some that work. */
static OptCheck *
find_useful_check (OptReview *review, OptAccount *account)
{
  OptReviewVerdict verdict = opt_review_get_verdict (review);
  OptCheck *check;

  if (!is_useful (verdict))
    return NULL;

  check = verdict == OPT_REVIEW_WORKS || verdict == OPT_REVIEW_PARTLY
            ? opt_review_get_check_now (review)
            : opt_review_get_check_wanted (review);

  return check != NULL && is_check_of (check, account) ? check : NULL;
}

static void
take_over_servers (OptSession *self, OptAccount *account)
{
  g_autoptr (OptAccount) own = opt_session_create_account (self);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptServer *wanted = opt_account_get_server (account, i);
      OptServer *server = own != NULL ? opt_account_get_server (own, i) : NULL;

      if (wanted != NULL && (server == NULL || !opt_server_equal (wanted, server)))
        opt_session_set_server (self, wanted);
    }
}

static void
take_over_details (OptSession *self, OptFoundItem *item)
{
  OptFound *found = opt_found_item_get_found (item);
  const char *address = opt_found_item_get_address (item);
  gboolean only_pop3 =
    found->servers[OPT_SERVICE_POP3] != NULL && found->servers[OPT_SERVICE_IMAP] == NULL;

  opt_session_set_name (self, found->name);
  opt_session_set_address_text (self, address != NULL ? address : "");
  opt_session_clear_servers (self);
  opt_session_set_incoming (self, only_pop3 ? OPT_SERVICE_POP3 : OPT_SERVICE_IMAP);
  if (found->leave_on_server != OPT_LEAVE_ON_SERVER_UNKNOWN)
    opt_session_set_leave_on_server (self, found->leave_on_server);
  g_clear_pointer (&self->secret, opt_secret_unref);
  if (item->secret != NULL)
    self->secret = opt_secret_ref (item->secret);
  opt_session_make_stale (self);
  opt_session_notify (self, OPT_SESSION_PROP_HAS_PASSWORD);
}

gboolean
opt_session_take_over (OptSession *self, OptFoundItem *item)
{
  g_autoptr (OptAccount) account = NULL;
  OptCheck *check;

  g_return_val_if_fail (OPT_IS_SESSION (self) && OPT_IS_FOUND_ITEM (item), FALSE);

  take_over_details (self, item);
  account = opt_review_dup_account (opt_found_item_get_review (item));
  if (account == NULL || self->address == NULL)
    return FALSE;

  take_over_servers (self, account);
  check = find_useful_check (opt_found_item_get_review (item), account);
  if (check != NULL && g_set_object (&self->check, check))
    opt_session_notify (self, OPT_SESSION_PROP_CHECK);

  return TRUE;
}

gboolean
opt_session_can_change_password (OptSession *self, OptFoundItem *item)
{
  g_return_val_if_fail (OPT_IS_SESSION (self) && OPT_IS_FOUND_ITEM (item), FALSE);

  return self->keyring != NULL && self->setup_store != NULL && self->store_path != NULL &&
         opt_found_item_is_saved (item);
}

static void
note_new_password (OptSession *self)
{
  OptAddress *address = opt_account_get_address (opt_password_job_get_account (self->password_job));
  g_autoptr (OptAccountStore) store = opt_account_store_new (self->store_path, self->providers);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GError) error = NULL;

  opt_found_list_share_secret (self->founds,
                               opt_address_get_text (address),
                               opt_password_job_peek_secret (self->password_job));
  /* The password is where it should be; only the date of the check is not. */
  if (!opt_account_store_set_checked (store, address, "works", now, &error))
    g_debug ("accounts: %s", error->message);
  opt_found_list_refresh_saved (self->founds);
}

static void
on_password_state (OptSession *self)
{
  if (opt_password_job_get_state (self->password_job) == OPT_PASSWORD_STORED)
    note_new_password (self);
}

static void
set_password_job (OptSession *self, OptPasswordJob *job)
{
  if (self->password_job != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->password_job, self);
      opt_password_job_cancel (self->password_job);
    }
  g_set_object (&self->password_job, job);
  if (job != NULL)
    g_signal_connect_object (job,
                             "notify::state",
                             G_CALLBACK (on_password_state),
                             self,
                             G_CONNECT_SWAPPED);
  opt_session_notify (self, OPT_SESSION_PROP_PASSWORD_JOB);
}

gboolean
opt_session_begin_new_password (OptSession *self, OptFoundItem *item, GError **error)
{
  g_autoptr (OptAddress) address = NULL;
  g_autoptr (OptAccountStore) store = NULL;
  g_autoptr (OptSavedAccount) saved = NULL;
  g_autoptr (OptPasswordJob) job = NULL;

  g_return_val_if_fail (OPT_IS_SESSION (self) && OPT_IS_FOUND_ITEM (item), FALSE);
  g_return_val_if_fail (opt_session_can_change_password (self, item), FALSE);

  address = opt_address_parse (opt_found_item_get_address (item), error);
  if (address == NULL)
    return FALSE;

  store = opt_account_store_new (self->store_path, self->providers);
  saved = opt_account_store_find (store, address, error);
  if (saved == NULL)
    return FALSE;

  job =
    opt_password_job_new (self->keyring, saved->account, self->setup_store, self->network_source);
  set_password_job (self, job);

  return TRUE;
}

void
opt_session_end_new_password (OptSession *self)
{
  g_return_if_fail (OPT_IS_SESSION (self));

  set_password_job (self, NULL);
}

OptPasswordJob *
opt_session_get_password_job (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  return self->password_job;
}
