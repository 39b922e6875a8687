/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Setting up another program, as the rest of the product sees it. This file knows threads, and that
 * it is all or nothing; a program's own file knows what has to be changed there, and a kind of
 * change how that is done and undone. */
#include "opt-setup.h"

#include "opt-error.h"
#include "opt-setup-private.h"

static const OptSetup *const setups[] = {
  &opt_setup_evolution,
  &opt_setup_goa,
  &opt_setup_geary,
};

struct _OptSetupPlan
{
  const OptSetup *setup;
  char *address;
  GPtrArray *changes; /* NULL once it was applied */
};

G_DEFINE_BOXED_TYPE (OptSetupPlan, opt_setup_plan, opt_setup_plan_ref, opt_setup_plan_unref)

/* What a thread works on. */
typedef struct
{
  const OptSetup *setup;
  OptSettings *settings;
  OptSetupPlan *plan;
  OptSecret *secret;
  OptSetupStore *store;
  OptSetupRecord *record;
} Job;

static void
free_job (Job *job)
{
  g_clear_pointer (&job->settings, opt_settings_unref);
  g_clear_pointer (&job->plan, opt_setup_plan_unref);
  g_clear_pointer (&job->secret, opt_secret_unref);
  g_clear_pointer (&job->store, opt_setup_store_unref);
  g_clear_pointer (&job->record, opt_setup_record_unref);
  g_free (job);
}

static GTask *
create_task (gpointer source_tag,
             const OptSetup *setup,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->setup = setup;
  g_task_set_source_tag (task, source_tag);
  g_task_set_task_data (task, job, (GDestroyNotify) free_job);

  return task;
}

const OptSetup *
opt_setup_find (const char *client_id)
{
  g_return_val_if_fail (client_id != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (setups); i++)
    if (g_str_equal (setups[i]->client->id, client_id))
      return setups[i];

  return NULL;
}

const OptSetup *
opt_setup_nth (guint i)
{
  return i < G_N_ELEMENTS (setups) ? setups[i] : NULL;
}

const OptClient *
opt_setup_get_client (const OptSetup *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->client;
}

static void
run_check (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;

  if (job->setup->check (cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
opt_setup_check_async (const OptSetup *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (self != NULL);

  task = create_task (opt_setup_check_async, self, cancellable, callback, user_data);
  g_task_run_in_thread (task, run_check);
}

gboolean
opt_setup_check_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
is_idle (const OptSetup *setup, GCancellable *cancellable, GError **error)
{
  return setup->check_idle == NULL || setup->check_idle (cancellable, error);
}

static gboolean
check_free (const OptSetup *setup,
            const char *address,
            GPtrArray *changes,
            GCancellable *cancellable,
            GError **error)
{
  if (setup->check_free != NULL && !setup->check_free (address, error))
    return FALSE;

  for (guint i = 0; i < changes->len; i++)
    {
      const OptSetupChange *change = g_ptr_array_index (changes, i);

      if (change->kind->check_free != NULL &&
          !change->kind->check_free (change, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/* A record is text: what it cannot hold could not be taken back. */
static gboolean
check_words (GPtrArray *changes, GError **error)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const OptSetupChange *change = g_ptr_array_index (changes, i);

      for (guint j = 0; change->words[j] != NULL; j++)
        if (!g_utf8_validate (change->words[j], -1, NULL))
          {
            g_set_error (error, OPT_ERROR, OPT_ERROR_SETUP_FOLDER, "a path is not UTF-8");
            return FALSE;
          }
    }

  return TRUE;
}

static OptSetupPlan *
create_plan (const Job *job, GCancellable *cancellable, GError **error)
{
  const char *address = opt_settings_get_address (job->settings);
  g_autoptr (GPtrArray) changes = NULL;
  OptSetupPlan *plan;

  if (!job->setup->check (cancellable, error) || !is_idle (job->setup, cancellable, error))
    return NULL;

  changes = job->setup->plan (job->settings, cancellable, error);
  if (changes == NULL || !check_words (changes, error) ||
      !check_free (job->setup, address, changes, cancellable, error))
    return NULL;

  plan = g_atomic_rc_box_new0 (OptSetupPlan);
  plan->setup = job->setup;
  plan->address = g_strdup (address);
  plan->changes = g_steal_pointer (&changes);

  return plan;
}

static void
run_plan (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  OptSetupPlan *plan = create_plan (data, cancellable, &error);

  if (plan != NULL)
    g_task_return_pointer (task, plan, (GDestroyNotify) opt_setup_plan_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
opt_setup_plan_async (const OptSetup *self,
                      OptSettings *settings,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (self != NULL && settings != NULL);

  task = create_task (opt_setup_plan_async, self, cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->settings = opt_settings_ref (settings);
  g_task_run_in_thread (task, run_plan);
}

OptSetupPlan *
opt_setup_plan_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

OptSetupPlan *
opt_setup_plan_ref (OptSetupPlan *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_plan (gpointer data)
{
  OptSetupPlan *self = data;

  g_free (self->address);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
}

void
opt_setup_plan_unref (OptSetupPlan *self)
{
  g_atomic_rc_box_release_full (self, clear_plan);
}

char **
opt_setup_plan_describe (const OptSetupPlan *self)
{
  g_autoptr (OptSetupRecord) record = NULL;

  g_return_val_if_fail (self != NULL && self->changes != NULL, NULL);

  record =
    opt_setup_record_new (self->setup->client->id, self->address, g_ptr_array_ref (self->changes));

  return opt_setup_record_describe (record);
}

static OptSetupRecord *
create_record (const Job *job, GPtrArray *changes)
{
  return opt_setup_record_new (job->setup->client->id,
                               job->plan->address,
                               g_ptr_array_ref (changes));
}

/* Before the change as well as after it: whatever ends this program half way, what it has done by
 * then can be taken back. The first is not to push out what somebody else has noted. */
static gboolean
note (const Job *job, GPtrArray *made, gboolean *is_noted, GError **error)
{
  g_autoptr (OptSetupRecord) record = create_record (job, made);

  if (*is_noted)
    return opt_setup_store_replace (job->store, record, error);

  *is_noted = opt_setup_store_save (job->store, record, error);

  return *is_noted;
}

/* What resists is kept, so that it can be taken back later. */
static void
roll_back (const Job *job, GPtrArray *made)
{
  g_autoptr (GPtrArray) leftovers = opt_setup_leftovers_new ();
  g_autoptr (GPtrArray) rest = opt_setup_take_back (made, made->len, leftovers);
  g_autoptr (OptSetupRecord) record = create_record (job, rest);
  g_autoptr (GError) error = NULL;

  if (!(rest->len > 0 ? opt_setup_store_replace (job->store, record, &error)
                      : opt_setup_store_forget (job->store, record, &error)))
    g_info ("what is left of a set-up cannot be noted: %s", error->message);
}

/* Moves what is made from @changes to @made. */
static gboolean
make_next (const Job *job,
           GPtrArray *changes,
           GPtrArray *made,
           gboolean *is_noted,
           GCancellable *cancellable,
           GError **error)
{
  OptSetupChange *change = g_ptr_array_steal_index (changes, 0);
  gboolean ok;

  g_ptr_array_add (made, change);
  ok = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
       note (job, made, is_noted, error) &&
       change->kind->make (change, job->secret, cancellable, error);
  if (!change->is_ours)
    g_ptr_array_remove_index (made, made->len - 1);

  return ok;
}

static GPtrArray *
make_changes (const Job *job, GPtrArray *changes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) made = opt_setup_changes_new ();
  gboolean is_noted = FALSE, ok = TRUE;

  while (ok && changes->len > 0)
    ok = make_next (job, changes, made, &is_noted, cancellable, error);
  if (ok && note (job, made, &is_noted, error))
    return g_steal_pointer (&made);

  if (is_noted)
    roll_back (job, made);

  return NULL;
}

/* The plan may be as old as a person takes to think and to type a password. */
static OptSetupRecord *
apply (const Job *job, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) changes = g_steal_pointer (&job->plan->changes);
  g_auto (OptFileLock) lock = OPT_FILE_UNLOCKED;
  g_autoptr (GPtrArray) made = NULL;

  if (!is_idle (job->setup, cancellable, error))
    return NULL;

  /* This may take as long as somebody else has to do with the keyring. */
  lock = opt_setup_store_lock (job->store);
  if (!is_idle (job->setup, cancellable, error) ||
      !check_free (job->setup, job->plan->address, changes, cancellable, error))
    return NULL;

  made = make_changes (job, changes, cancellable, error);

  return made != NULL ? create_record (job, made) : NULL;
}

static void
run_apply (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  OptSetupRecord *record = apply (data, cancellable, &error);

  if (record != NULL)
    g_task_return_pointer (task, record, (GDestroyNotify) opt_setup_record_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
opt_setup_apply_async (OptSetupPlan *plan,
                       OptSecret *secret,
                       OptSetupStore *store,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (plan != NULL && plan->changes != NULL && secret != NULL && store != NULL);

  task = create_task (opt_setup_apply_async, plan->setup, cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->plan = opt_setup_plan_ref (plan);
  job->secret = opt_secret_ref (secret);
  job->store = opt_setup_store_ref (store);
  /* A late cancellation must not hide that the program is set up. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_apply);
}

OptSetupRecord *
opt_setup_apply_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What can be tried again stays in the list. */
static gboolean
note_rest (const Job *job, GPtrArray *rest, GError **error)
{
  g_autoptr (OptSetupRecord) record = NULL;

  if (rest->len == 0)
    return opt_setup_store_forget (job->store, job->record, error);

  record = opt_setup_record_new (job->setup->client->id,
                                 opt_setup_record_get_address (job->record),
                                 g_ptr_array_ref (rest));

  return opt_setup_store_replace (job->store, record, error);
}

static GPtrArray *
undo (const Job *job, GCancellable *cancellable, GError **error)
{
  GPtrArray *changes = opt_setup_record_get_changes (job->record);
  g_autoptr (GPtrArray) leftovers = opt_setup_leftovers_new ();
  g_autoptr (GPtrArray) rest = NULL;
  g_auto (OptFileLock) lock = opt_setup_store_lock (job->store);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !is_idle (job->setup, cancellable, error))
    return NULL;

  rest = opt_setup_take_back (changes, changes->len, leftovers);
  if (job->setup->add_rest != NULL)
    job->setup->add_rest (job->record, leftovers);

  return note_rest (job, rest, error) ? g_steal_pointer (&leftovers) : NULL;
}

static void
run_undo (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *leftovers = undo (data, cancellable, &error);

  if (leftovers != NULL)
    g_task_return_pointer (task, leftovers, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
opt_setup_undo_async (OptSetupRecord *record,
                      OptSetupStore *store,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  const OptSetup *setup;
  Job *job;

  g_return_if_fail (record != NULL && store != NULL);

  setup = opt_setup_find (opt_setup_record_get_client_id (record));
  g_return_if_fail (setup != NULL);

  task = create_task (opt_setup_undo_async, setup, cancellable, callback, user_data);
  job = g_task_get_task_data (task);
  job->record = opt_setup_record_ref (record);
  job->store = opt_setup_store_ref (store);
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_undo);
}

GPtrArray *
opt_setup_undo_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
