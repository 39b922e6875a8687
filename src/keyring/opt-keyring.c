/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where passwords are kept, as the rest of the program sees it. This file knows threads and tasks
 * and no keyring; an implementation knows its keyring and no threads. Work is done in a thread
 * because saving is a dozen calls that must be undone in order when one of them fails, and any of
 * them may wait for a person. */
#include "opt-keyring.h"

G_DEFINE_INTERFACE (OptKeyring, opt_keyring, G_TYPE_OBJECT)

static void
opt_keyring_default_init (OptKeyringInterface *iface)
{
}

typedef struct
{
  OptAccount *account;
  OptSecret *secret;
  char *address;
} Job;

static void
free_job (Job *job)
{
  g_clear_pointer (&job->account, opt_account_unref);
  g_clear_pointer (&job->secret, opt_secret_unref);
  g_clear_pointer (&job->address, g_free);
  g_free (job);
}

static GTask *
create_task (OptKeyring *self,
             gpointer source_tag,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, g_new0 (Job, 1), (GDestroyNotify) free_job);

  return task;
}

static void
run_save (GTask *task, gpointer self, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  if (OPT_KEYRING_GET_IFACE (self)->save (self, job->account, job->secret, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
run_find (GTask *task, gpointer self, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  OptSecret *secret = OPT_KEYRING_GET_IFACE (self)->find (self, job->account, cancellable, &error);

  if (secret != NULL)
    g_task_return_pointer (task, secret, (GDestroyNotify) opt_secret_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
run_list (GTask *task, gpointer self, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items = OPT_KEYRING_GET_IFACE (self)->list (self, cancellable, &error);

  if (items != NULL)
    g_task_return_pointer (task, items, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
run_forget (GTask *task, gpointer self, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  int n_removed = OPT_KEYRING_GET_IFACE (self)->forget (self, job->address, cancellable, &error);

  if (n_removed >= 0)
    g_task_return_int (task, n_removed);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
run_describe (GTask *task, gpointer self, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  char *label = OPT_KEYRING_GET_IFACE (self)->describe (self, cancellable, &error);

  if (label != NULL)
    g_task_return_pointer (task, label, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
opt_keyring_save_async (OptKeyring *self,
                        OptAccount *account,
                        OptSecret *secret,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (OPT_IS_KEYRING (self));
  g_return_if_fail (account != NULL && secret != NULL);

  task = create_task (self, opt_keyring_save_async, cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->account = opt_account_ref (account);
  job->secret = opt_secret_ref (secret);
  /* When saving has returned, the caller may rely on the outcome: a late cancellation must not
   * hide that the password is kept. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_save);
}

gboolean
opt_keyring_save_finish (OptKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
opt_keyring_save (OptKeyring *self,
                  OptAccount *account,
                  OptSecret *secret,
                  GCancellable *cancellable,
                  GError **error)
{
  g_return_val_if_fail (OPT_IS_KEYRING (self), FALSE);
  g_return_val_if_fail (account != NULL && secret != NULL, FALSE);

  return OPT_KEYRING_GET_IFACE (self)->save (self, account, secret, cancellable, error);
}

gboolean
opt_keyring_look (OptKeyring *self,
                  const char *address,
                  gboolean *is_there,
                  GCancellable *cancellable,
                  GError **error)
{
  g_return_val_if_fail (OPT_IS_KEYRING (self), FALSE);
  g_return_val_if_fail (address != NULL && is_there != NULL, FALSE);

  return OPT_KEYRING_GET_IFACE (self)->look (self, address, is_there, cancellable, error);
}

void
opt_keyring_find_async (OptKeyring *self,
                        OptAccount *account,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (OPT_IS_KEYRING (self));
  g_return_if_fail (account != NULL);

  task = create_task (self, opt_keyring_find_async, cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->account = opt_account_ref (account);
  g_task_run_in_thread (task, run_find);
}

OptSecret *
opt_keyring_find_finish (OptKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
opt_keyring_list_async (OptKeyring *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (OPT_IS_KEYRING (self));

  task = create_task (self, opt_keyring_list_async, cancellable, callback, user_data);
  g_task_run_in_thread (task, run_list);
}

GPtrArray *
opt_keyring_list_finish (OptKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
opt_keyring_forget_async (OptKeyring *self,
                          const char *address,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (OPT_IS_KEYRING (self));
  g_return_if_fail (address != NULL);

  task = create_task (self, opt_keyring_forget_async, cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->address = g_strdup (address);
  g_task_set_check_cancellable (task, FALSE); /* as in saving */
  g_task_run_in_thread (task, run_forget);
}

int
opt_keyring_forget_finish (OptKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

void
opt_keyring_describe_async (OptKeyring *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (OPT_IS_KEYRING (self));

  task = create_task (self, opt_keyring_describe_async, cancellable, callback, user_data);
  g_task_run_in_thread (task, run_describe);
}

char *
opt_keyring_describe_finish (OptKeyring *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
