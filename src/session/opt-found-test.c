/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Testing found accounts, and where their passwords come from: the keyboard, our keyring, or, when
 * the person has agreed, the program's own. */
#include "opt-found-list-private.h"

#include "opt-kept-password.h"
#include "opt-refused.h"

/* What is under way for one account. */
typedef struct
{
  OptFoundList *list;
  OptFoundItem *item;
} Job;

static Job *
job_new (OptFoundList *list, OptFoundItem *item)
{
  Job *self = g_new (Job, 1);

  self->list = g_object_ref (list);
  self->item = g_object_ref (item);

  return self;
}

static void
job_free (Job *self)
{
  g_object_unref (self->list);
  g_object_unref (self->item);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
tell_failure (OptFoundList *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit_by_name (self, "failed", error);
}

static gboolean
has_address (OptFoundItem *item, const char *address)
{
  return address != NULL && g_strcmp0 (opt_found_item_get_address (item), address) == 0;
}

void
opt_found_list_share_secret (OptFoundList *self, const char *address, OptSecret *secret)
{
  for (guint i = 0; i < self->items->len; i++)
    if (has_address (g_ptr_array_index (self->items, i), address))
      opt_found_item_set_secret (g_ptr_array_index (self->items, i), secret);
}

gboolean
opt_found_list_set_password (
  OptFoundList *self, OptFoundItem *item, const char *bytes, gsize n_bytes, GError **error)
{
  g_autoptr (OptSecret) secret = NULL;

  g_return_val_if_fail (OPT_IS_FOUND_LIST (self) && OPT_IS_FOUND_ITEM (item), FALSE);

  if (n_bytes > 0)
    secret = opt_secret_new (bytes, n_bytes, error);
  opt_found_item_set_secret (item, secret);
  opt_found_list_share_secret (self, opt_found_item_get_address (item), secret);

  return n_bytes == 0 || secret != NULL;
}

/* The keyring's list is read in a moment and asks nobody; without it a password is typed. */
static void
list_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptFoundList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) kept = opt_keyring_list_finish (OPT_KEYRING (source), result, &error);

  if (kept == NULL)
    {
      g_debug ("keyring: %s", error->message);
      return;
    }

  g_hash_table_remove_all (self->kept);
  for (guint i = 0; i < kept->len; i++)
    {
      const OptKeyringItem *item = g_ptr_array_index (kept, i);

      g_hash_table_add (self->kept, g_strdup (item->address));
    }
  for (guint i = 0; i < self->items->len; i++)
    {
      OptFoundItem *item = g_ptr_array_index (self->items, i);
      const char *address = opt_found_item_get_address (item);

      opt_found_item_set_kept (item,
                               address != NULL && g_hash_table_contains (self->kept, address));
    }
}

void
opt_found_list_load_kept (OptFoundList *self)
{
  if (self->keyring != NULL)
    opt_keyring_list_async (self->keyring, self->cancellable, list_done, g_object_ref (self));
}

gboolean
opt_found_list_may_use_kept_password (OptFoundList *self, OptFoundItem *item)
{
  g_return_val_if_fail (OPT_IS_FOUND_LIST (self) && OPT_IS_FOUND_ITEM (item), FALSE);

  /* A file that was opened is not this computer's program. */
  return self->keyring != NULL && opt_found_item_get_file (item) == NULL &&
         opt_kept_password_may_be_there (opt_found_item_get_found (item));
}

static void
kept_password_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OptSecret) secret = opt_kept_password_find_finish (result, &error);

  opt_found_item_end (job->item);
  if (secret == NULL)
    {
      tell_failure (job->list, error);
      return;
    }

  opt_found_item_set_secret (job->item, secret);
  opt_found_list_share_secret (job->list, opt_found_item_get_address (job->item), secret);
}

void
opt_found_list_use_kept_password (OptFoundList *self, OptFoundItem *item)
{
  g_return_if_fail (OPT_IS_FOUND_LIST (self) && OPT_IS_FOUND_ITEM (item));
  g_return_if_fail (opt_found_list_may_use_kept_password (self, item));
  g_return_if_fail (!opt_found_item_is_busy (item));

  opt_kept_password_find_async (opt_found_item_get_found (item),
                                opt_found_item_begin (item),
                                kept_password_done,
                                job_new (self, item));
}

static char *
create_confirmation (OptFoundItem *item, const char *host)
{
  return g_strdup_printf ("%u %s", opt_found_item_get_id (item), host);
}

static gboolean
is_confirmed (OptFoundList *self, OptFoundItem *item, const char *host)
{
  g_autofree char *confirmation = create_confirmation (item, host);

  return g_hash_table_contains (self->confirmed, confirmation);
}

static void
collect_hosts (OptFoundList *self, OptFoundItem *item, GPtrArray *hosts)
{
  g_auto (GStrv) strange = opt_review_dup_unconfirmed_hosts (opt_found_item_get_review (item));

  for (guint i = 0; strange[i] != NULL; i++)
    if (!is_confirmed (self, item, strange[i]) &&
        !g_ptr_array_find_with_equal_func (hosts, strange[i], g_str_equal, NULL))
      g_ptr_array_add (hosts, g_strdup (strange[i]));
}

char **
opt_found_list_dup_unconfirmed_hosts (OptFoundList *self, OptFoundItem *item)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_with_free_func (g_free);

  g_return_val_if_fail (OPT_IS_FOUND_LIST (self), NULL);

  if (item != NULL)
    collect_hosts (self, item, hosts);
  for (guint i = 0; item == NULL && i < self->items->len; i++)
    if (opt_found_list_can_test (self, g_ptr_array_index (self->items, i)))
      collect_hosts (self, g_ptr_array_index (self->items, i), hosts);
  g_ptr_array_add (hosts, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&hosts), FALSE);
}

void
opt_found_list_confirm_host (OptFoundList *self, OptFoundItem *item, const char *host)
{
  g_return_if_fail (OPT_IS_FOUND_LIST (self) && host != NULL);

  if (item != NULL)
    g_hash_table_add (self->confirmed, create_confirmation (item, host));
  for (guint i = 0; item == NULL && i < self->items->len; i++)
    if (opt_found_list_can_test (self, g_ptr_array_index (self->items, i)))
      g_hash_table_add (self->confirmed,
                        create_confirmation (g_ptr_array_index (self->items, i), host));
}

gboolean
opt_found_list_can_test (OptFoundList *self, OptFoundItem *item)
{
  g_return_val_if_fail (OPT_IS_FOUND_LIST (self) && OPT_IS_FOUND_ITEM (item), FALSE);

  return !opt_found_item_is_busy (item) &&
         opt_found_item_get_password (item) != OPT_FOUND_PASSWORD_UNKNOWN &&
         opt_review_can_test (opt_found_item_get_review (item));
}

/* What accounts.ini says of a check; nothing of one that was not carried through. */
static const char *
get_saved_verdict (OptReviewVerdict verdict)
{
  switch (verdict)
    {
    case OPT_REVIEW_WORKS:
      return "works";
    case OPT_REVIEW_PARTLY:
      return "partly";
    case OPT_REVIEW_WANTED_WORKS:
    case OPT_REVIEW_WANTED_PARTLY:
    case OPT_REVIEW_NOT_SAFE:
    case OPT_REVIEW_FAILS:
      return "fails";
    case OPT_REVIEW_NONE:
    case OPT_REVIEW_CANCELLED:
      return NULL;
    }

  g_assert_not_reached ();
}

static void
note_result (OptFoundList *self, OptFoundItem *item, OptReviewVerdict verdict)
{
  const char *saved_verdict = get_saved_verdict (verdict);
  g_autoptr (OptAddress) address = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GError) error = NULL;

  if (!opt_found_item_is_saved (item) || self->store == NULL || saved_verdict == NULL)
    return;

  address = opt_address_parse (opt_found_item_get_address (item), &error);
  if (address != NULL &&
      opt_account_store_set_checked (self->store, address, saved_verdict, now, &error))
    opt_found_list_refresh_saved (self);
  else
    tell_failure (self, error);
}

/* The others of the same address wait for one to be let in: one wrong password is to be one failed
 * sign-in, for several can lock an account. */
static void
end_waiting (OptFoundList *self, const char *address, gboolean let_in)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      OptFoundItem *item = g_ptr_array_index (self->items, i);

      if (!item->waiting || !has_address (item, address))
        continue;

      item->waiting = FALSE;
      opt_found_item_end (item);
      if (let_in)
        opt_found_list_start_test (self, item);
    }
}

static gboolean
may_have_been_refused (OptReview *review)
{
  return opt_check_may_have_been_refused (opt_review_get_check_now (review)) ||
         opt_check_may_have_been_refused (opt_review_get_check_wanted (review));
}

static void
test_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  OptReviewVerdict verdict = opt_review_test_finish (OPT_REVIEW (source), result);

  /* From one that ends to those that waited for it the testing goes on. */
  g_object_freeze_notify (G_OBJECT (job->list));
  opt_found_item_end (job->item);
  note_result (job->list, job->item, verdict);
  end_waiting (job->list,
               opt_found_item_get_address (job->item),
               verdict != OPT_REVIEW_CANCELLED && !may_have_been_refused (OPT_REVIEW (source)));
  g_object_thaw_notify (G_OBJECT (job->list));
}

/* Whose mail it is, as the provider writes it: settings may have it otherwise. */
static const char *
get_owner (OptFoundItem *item)
{
  OptAccount *wanted = opt_review_get_wanted (opt_found_item_get_review (item));

  return wanted != NULL ? opt_address_get_text (opt_account_get_address (wanted))
                        : opt_found_item_get_address (item);
}

/* Takes over the job. */
static void
run_test (Job *job)
{
  const OptTimeouts timeouts = OPT_TIMEOUTS_DEFAULT;
  g_autoptr (GPtrArray) servers = opt_found_item_create_servers (job->item);
  g_autoptr (OptNetwork) network =
    opt_network_source_create (job->list->network_source, get_owner (job->item), servers);

  job->item->testing = TRUE;
  opt_review_test_async (opt_found_item_get_review (job->item),
                         job->item->secret,
                         &timeouts,
                         network,
                         job->item->cancellable,
                         test_done,
                         job);
}

static void
own_password_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (OptSecret) secret = opt_keyring_find_finish (OPT_KEYRING (source), result, &error);

  if (secret == NULL)
    {
      opt_found_item_end (job->item);
      tell_failure (job->list, error);
      end_waiting (job->list, opt_found_item_get_address (job->item), FALSE);
      return;
    }

  opt_found_item_set_secret (job->item, secret);
  opt_found_list_share_secret (job->list, opt_found_item_get_address (job->item), secret);
  run_test (g_steal_pointer (&job));
}

void
opt_found_list_start_test (OptFoundList *self, OptFoundItem *item)
{
  g_autoptr (OptAccount) account = NULL;

  g_return_if_fail (OPT_IS_FOUND_LIST (self) && OPT_IS_FOUND_ITEM (item));
  g_return_if_fail (opt_found_list_can_test (self, item));

  opt_found_item_begin (item);
  if (item->secret != NULL)
    {
      run_test (job_new (self, item));
      return;
    }

  account = opt_found_item_create_account (item);
  opt_keyring_find_async (self->keyring,
                          account,
                          item->cancellable,
                          own_password_done,
                          job_new (self, item));
}

void
opt_found_list_cancel_test (OptFoundList *self, OptFoundItem *item)
{
  g_return_if_fail (OPT_IS_FOUND_LIST (self) && OPT_IS_FOUND_ITEM (item));

  if (item->waiting)
    {
      item->waiting = FALSE;
      opt_found_item_end (item);
    }
  else if (item->cancellable != NULL)
    g_cancellable_cancel (item->cancellable);
}

gboolean
opt_found_list_can_test_all (OptFoundList *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_LIST (self), FALSE);

  for (guint i = 0; i < self->items->len; i++)
    if (opt_found_list_can_test (self, g_ptr_array_index (self->items, i)))
      return TRUE;

  return FALSE;
}

static gboolean
is_being_tested (OptFoundList *self, const char *address)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      OptFoundItem *item = g_ptr_array_index (self->items, i);

      if (has_address (item, address) && opt_found_item_is_busy (item))
        return TRUE;
    }

  return FALSE;
}

void
opt_found_list_start_test_all (OptFoundList *self)
{
  g_return_if_fail (OPT_IS_FOUND_LIST (self));

  for (guint i = 0; i < self->items->len; i++)
    {
      OptFoundItem *item = g_ptr_array_index (self->items, i);

      if (!opt_found_list_can_test (self, item))
        continue;

      item->waiting = is_being_tested (self, opt_found_item_get_address (item));
      if (item->waiting)
        opt_found_item_begin (item);
      else
        opt_found_list_start_test (self, item);
    }
}
