/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A new password in the place of the old one: first in the items of other programs, then in ours,
 * which the keyring itself changes together or not at all. Whatever fails last, those before it are
 * put back. Only what we have put there ourselves is touched, and nothing is made that is not
 * there. */
#include "opt-new-password.h"

#include "opt-error.h"
#include "opt-foreign-swap.h"
#include "opt-setup-private.h"

#include <glib/gi18n-lib.h>

/* What a thread works on. */
typedef struct
{
  OptKeyring *keyring;
  OptAccount *account;
  OptSetupStore *store;
  OptSecret *secret;
} Job;

static void
free_job (Job *job)
{
  g_object_unref (job->keyring);
  opt_account_unref (job->account);
  opt_setup_store_unref (job->store);
  g_clear_pointer (&job->secret, opt_secret_unref);
  g_free (job);
}

static GTask *
create_task (OptKeyring *keyring,
             OptAccount *account,
             OptSetupStore *store,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->keyring = g_object_ref (keyring);
  job->account = opt_account_ref (account);
  job->store = opt_setup_store_ref (store);
  g_task_set_task_data (task, job, (GDestroyNotify) free_job);

  return task;
}

static const char *
get_address (const Job *job)
{
  return opt_address_get_text (opt_account_get_address (job->account));
}

static GPtrArray *
find_records (const Job *job, GError **error)
{
  g_autoptr (GPtrArray) records =
    g_ptr_array_new_with_free_func ((GDestroyNotify) opt_setup_record_unref);
  const OptSetup *setup;

  for (guint i = 0; (setup = opt_setup_nth (i)) != NULL; i++)
    {
      g_autoptr (GError) cause = NULL;
      OptSetupRecord *record =
        opt_setup_store_find (job->store, setup->client->id, get_address (job), &cause);

      if (record != NULL)
        {
          g_ptr_array_add (records, record);
          continue;
        }
      if (g_error_matches (cause, OPT_ERROR, OPT_ERROR_SETUP_UNKNOWN))
        continue;

      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }

  return g_steal_pointer (&records);
}

/* @client: NULL for ourselves. */
static void
add_line (GStrvBuilder *lines, const Job *job, const OptClient *client)
{
  const char *name = client != NULL ? opt_client_get_name (client) : _ ("OptSetup");
  g_autofree char *line =
    /* Translators: the first %s is a program, the second an email address */
    g_strdup_printf (_ ("The password that %s keeps for %s"), name, get_address (job));

  g_strv_builder_add (lines, line);
}

/* How the places are gone through. */
typedef struct
{
  const Job *job;
  OptForeignSwap *swap; /* NULL: only to look */
  GCancellable *cancellable;
} Search;

static gboolean
visit_item (const Search *search,
            const OptSetup *setup,
            const OptForeignItem *item,
            guint *n_found,
            GError **error)
{
  g_autoptr (GBytes) content = NULL;
  gboolean is_there;

  if (search->swap != NULL)
    {
      content = setup->packing->pack (search->job->secret);
      return opt_foreign_swap_add (search->swap, item, content, n_found, error);
    }

  if (!opt_foreign_item_look (item, &is_there, search->cancellable, error))
    return FALSE;
  *n_found = is_there ? 1 : 0;

  return TRUE;
}

/* Counts the items that are still there in @n_found. */
static gboolean
visit_record (const Search *search, const OptSetupRecord *record, guint *n_found, GError **error)
{
  const OptSetup *setup = opt_setup_find (opt_setup_record_get_client_id (record));
  GPtrArray *changes = opt_setup_record_get_changes (record);

  *n_found = 0;
  for (guint i = 0; i < changes->len; i++)
    {
      const OptSetupChange *change = g_ptr_array_index (changes, i);
      g_auto (GStrv) words =
        change->kind->dup_item != NULL ? change->kind->dup_item (change) : NULL;
      OptForeignItem item;
      guint n;

      if (words == NULL)
        continue;

      item = opt_setup_get_item (words);
      if (!visit_item (search, setup, &item, &n, error))
        return FALSE;
      *n_found += n;
    }

  return TRUE;
}

/* A line for each program that has any, and one for ourselves. Of the records those stay whose
 * items are still there. */
static char **
visit_places (const Search *search, GPtrArray *records, gboolean *is_ours, GError **error)
{
  const Job *job = search->job;
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  for (guint i = 0; i < records->len;)
    {
      const OptSetupRecord *record = g_ptr_array_index (records, i);
      guint n_found;

      if (!visit_record (search, record, &n_found, error))
        return NULL;
      if (n_found == 0)
        {
          g_ptr_array_remove_index (records, i);
          continue;
        }
      add_line (lines, job, opt_setup_find (opt_setup_record_get_client_id (record))->client);
      i++;
    }

  if (!opt_keyring_look (job->keyring, get_address (job), is_ours, search->cancellable, error))
    return NULL;
  if (*is_ours)
    add_line (lines, job, NULL);

  return g_strv_builder_end (lines);
}

static void
run_list (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Search search = { data, NULL, cancellable };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = find_records (data, &error);
  gboolean is_ours;
  char **lines = records != NULL ? visit_places (&search, records, &is_ours, &error) : NULL;

  if (lines != NULL)
    g_task_return_pointer (task, lines, (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
opt_new_password_list_async (OptKeyring *keyring,
                             OptAccount *account,
                             OptSetupStore *store,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (OPT_IS_KEYRING (keyring) && account != NULL && store != NULL);

  task = create_task (keyring, account, store, cancellable, callback, user_data);
  g_task_set_source_tag (task, opt_new_password_list_async);
  g_task_run_in_thread (task, run_list);
}

char **
opt_new_password_list_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The other programs' items first: those can be put back from here. */
static gboolean
write_places (const Search *search, gboolean is_ours, GError **error)
{
  const Job *job = search->job;
  GError *cause = NULL;

  if (!opt_foreign_swap_write (search->swap, error))
    return FALSE;
  if (!is_ours ||
      opt_keyring_save (job->keyring, job->account, job->secret, search->cancellable, &cause))
    return TRUE;

  if (opt_foreign_swap_put_back (search->swap, error))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  g_info ("our own items were not changed: %s", cause->message);
  g_error_free (cause);

  return FALSE;
}

static char **
store_everywhere (const Job *job, GPtrArray *records, GCancellable *cancellable, GError **error)
{
  g_autoptr (OptForeignSwap) swap = opt_foreign_swap_new (cancellable);
  const Search search = { job, swap, cancellable };
  gboolean is_ours;
  g_auto (GStrv) lines = visit_places (&search, records, &is_ours, error);

  if (lines == NULL || !write_places (&search, is_ours, error))
    return NULL;

  return g_steal_pointer (&lines);
}

static void
tell_programs (GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      GPtrArray *changes = opt_setup_record_get_changes (records->pdata[i]);

      for (guint j = 0; j < changes->len; j++)
        {
          const OptSetupChange *change = g_ptr_array_index (changes, j);

          if (change->kind->tell != NULL)
            change->kind->tell (change);
        }
    }
}

static void
run_store (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  g_auto (OptFileLock) lock = opt_setup_store_lock (job->store);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = find_records (job, &error);
  char **lines = records != NULL ? store_everywhere (job, records, cancellable, &error) : NULL;

  if (lines == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  tell_programs (records);
  g_task_return_pointer (task, lines, (GDestroyNotify) g_strfreev);
}

void
opt_new_password_store_async (OptKeyring *keyring,
                              OptAccount *account,
                              OptSetupStore *store,
                              OptSecret *secret,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (OPT_IS_KEYRING (keyring) && account != NULL && store != NULL);
  g_return_if_fail (secret != NULL);

  task = create_task (keyring, account, store, cancellable, callback, user_data);
  g_task_set_source_tag (task, opt_new_password_store_async);
  job = g_task_get_task_data (task);
  job->secret = opt_secret_ref (secret);
  /* A late cancellation must not hide that the places have the new password. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_store);
}

char **
opt_new_password_store_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

const char *
opt_new_password_get_reminder (void)
{
  return _ (
    "A program or a phone that keeps your password itself, as Thunderbird does, asks for the "
    "new one when it next fetches mail.");
}
