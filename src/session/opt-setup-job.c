/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps of setting a program up, one at a time, each ending in a state. All of the work is
 * opt-setup's; what is kept here is what a page needs to show it, so that going back and forth
 * loses nothing. */
#include "opt-setup-job.h"

struct _OptSetupJob
{
  GObject parent_instance;

  const OptSetup *setup;
  OptSetupStore *store;
  OptSetupState state;
  GError *error;
  OptSetupPlan *plan;
  OptSetupRecord *record;
  GPtrArray *leftovers; /* of the last undo */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (OptSetupJob, opt_setup_job, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_state (OptSetupJob *self, OptSetupState state, GError *error)
{
  g_clear_error (&self->error);
  self->error = error;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
opt_setup_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, OPT_SETUP_JOB (object)->state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
opt_setup_job_finalize (GObject *object)
{
  OptSetupJob *self = OPT_SETUP_JOB (object);

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_clear_pointer (&self->plan, opt_setup_plan_unref);
  g_clear_pointer (&self->record, opt_setup_record_unref);
  g_clear_pointer (&self->leftovers, g_ptr_array_unref);
  opt_setup_store_unref (self->store);

  G_OBJECT_CLASS (opt_setup_job_parent_class)->finalize (object);
}

static void
opt_setup_job_class_init (OptSetupJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = opt_setup_job_get_property;
  object_class->finalize = opt_setup_job_finalize;

  properties[PROP_STATE] = g_param_spec_enum ("state",
                                              NULL,
                                              NULL,
                                              OPT_TYPE_SETUP_STATE,
                                              OPT_SETUP_CHECKING,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
opt_setup_job_init (OptSetupJob *self)
{
}

/* For a call that holds a reference: somebody may have lost interest in the meantime. */
static GCancellable *
begin (OptSetupJob *self)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  return self->cancellable;
}

/* What was cancelled has not failed. */
static GError *
keep_failure (GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return error;

  g_error_free (error);

  return NULL;
}

static void
check_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptSetupJob) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean here = opt_setup_check_finish (result, &error);

  if (!here)
    g_debug ("setup of %s: %s", opt_setup_get_client (self->setup)->id, error->message);
  set_state (self, here ? OPT_SETUP_READY : OPT_SETUP_NOT_HERE, NULL);
}

OptSetupJob *
opt_setup_job_new (const OptSetup *setup, const char *address, OptSetupStore *store)
{
  OptSetupJob *self;

  g_return_val_if_fail (setup != NULL && address != NULL && store != NULL, NULL);

  self = g_object_new (OPT_TYPE_SETUP_JOB, NULL);
  self->setup = setup;
  self->store = opt_setup_store_ref (store);
  self->record = opt_setup_store_find (store, opt_setup_get_client (setup)->id, address, NULL);
  if (self->record != NULL)
    self->state = OPT_SETUP_DONE;
  else
    opt_setup_check_async (setup, begin (self), check_done, g_object_ref (self));

  return self;
}

const OptClient *
opt_setup_job_get_client (OptSetupJob *self)
{
  g_return_val_if_fail (OPT_IS_SETUP_JOB (self), NULL);

  return opt_setup_get_client (self->setup);
}

OptSetupState
opt_setup_job_get_state (OptSetupJob *self)
{
  g_return_val_if_fail (OPT_IS_SETUP_JOB (self), OPT_SETUP_NOT_HERE);

  return self->state;
}

const GError *
opt_setup_job_get_error (OptSetupJob *self)
{
  g_return_val_if_fail (OPT_IS_SETUP_JOB (self), NULL);

  return self->error;
}

GPtrArray *
opt_setup_job_get_leftovers (OptSetupJob *self)
{
  g_return_val_if_fail (OPT_IS_SETUP_JOB (self), NULL);

  return self->leftovers;
}

char **
opt_setup_job_describe (OptSetupJob *self)
{
  g_return_val_if_fail (OPT_IS_SETUP_JOB (self), NULL);

  if (self->state == OPT_SETUP_PLANNED)
    return opt_setup_plan_describe (self->plan);
  if (self->record != NULL)
    return opt_setup_record_describe_undo (self->record);

  return g_new0 (char *, 1);
}

static void
plan_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptSetupJob) self = user_data;
  GError *error = NULL;
  OptSetupPlan *plan = opt_setup_plan_finish (result, &error);

  /* It may have been stopped too late for the thread, but not for the person. */
  if (plan != NULL && g_cancellable_is_cancelled (self->cancellable))
    g_clear_pointer (&plan, opt_setup_plan_unref);
  if (plan == NULL)
    {
      set_state (self, OPT_SETUP_READY, error != NULL ? keep_failure (error) : NULL);
      return;
    }

  self->plan = plan;
  set_state (self, OPT_SETUP_PLANNED, NULL);
}

void
opt_setup_job_plan (OptSetupJob *self, OptSettings *settings)
{
  g_return_if_fail (OPT_IS_SETUP_JOB (self) && settings != NULL);
  g_return_if_fail (self->state == OPT_SETUP_READY);

  g_clear_pointer (&self->leftovers, g_ptr_array_unref);
  set_state (self, OPT_SETUP_PLANNING, NULL);
  opt_setup_plan_async (self->setup, settings, begin (self), plan_done, g_object_ref (self));
}

static void
apply_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptSetupJob) self = user_data;
  GError *error = NULL;

  self->record = opt_setup_apply_finish (result, &error);
  if (self->record != NULL)
    set_state (self, OPT_SETUP_DONE, NULL);
  else
    set_state (self, OPT_SETUP_READY, keep_failure (error));
}

void
opt_setup_job_apply (OptSetupJob *self, OptSecret *secret)
{
  g_autoptr (OptSetupPlan) plan = NULL;

  g_return_if_fail (OPT_IS_SETUP_JOB (self) && secret != NULL);
  g_return_if_fail (self->state == OPT_SETUP_PLANNED);

  plan = g_steal_pointer (&self->plan);
  set_state (self, OPT_SETUP_APPLYING, NULL);
  opt_setup_apply_async (plan, secret, self->store, begin (self), apply_done, g_object_ref (self));
}

static void
undo_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptSetupJob) self = user_data;
  GError *error = NULL;
  GPtrArray *leftovers = opt_setup_undo_finish (result, &error);
  g_autoptr (OptSetupRecord) before = NULL;

  if (leftovers == NULL)
    {
      set_state (self, OPT_SETUP_DONE, keep_failure (error));
      return;
    }

  self->leftovers = leftovers;
  before = g_steal_pointer (&self->record);
  /* What is worth another try is still in the list. */
  self->record = opt_setup_store_find (self->store,
                                       opt_setup_record_get_client_id (before),
                                       opt_setup_record_get_address (before),
                                       NULL);
  set_state (self, self->record != NULL ? OPT_SETUP_DONE : OPT_SETUP_READY, NULL);
}

void
opt_setup_job_undo (OptSetupJob *self)
{
  g_return_if_fail (OPT_IS_SETUP_JOB (self) && self->state == OPT_SETUP_DONE);

  g_clear_pointer (&self->leftovers, g_ptr_array_unref);
  set_state (self, OPT_SETUP_UNDOING, NULL);
  opt_setup_undo_async (self->record, self->store, begin (self), undo_done, g_object_ref (self));
}

void
opt_setup_job_cancel (OptSetupJob *self)
{
  g_return_if_fail (OPT_IS_SETUP_JOB (self));

  if (self->state == OPT_SETUP_PLANNED)
    {
      g_clear_pointer (&self->plan, opt_setup_plan_unref);
      set_state (self, OPT_SETUP_READY, NULL);
    }
  else if (self->state != OPT_SETUP_UNDOING && self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

void
opt_setup_job_forget_plan (OptSetupJob *self)
{
  g_return_if_fail (OPT_IS_SETUP_JOB (self));

  if (self->state == OPT_SETUP_PLANNING || self->state == OPT_SETUP_PLANNED)
    opt_setup_job_cancel (self);
}

GType
opt_setup_state_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { OPT_SETUP_CHECKING, "OPT_SETUP_CHECKING", "checking" },
        { OPT_SETUP_NOT_HERE, "OPT_SETUP_NOT_HERE", "not-here" },
        { OPT_SETUP_READY, "OPT_SETUP_READY", "ready" },
        { OPT_SETUP_PLANNING, "OPT_SETUP_PLANNING", "planning" },
        { OPT_SETUP_PLANNED, "OPT_SETUP_PLANNED", "planned" },
        { OPT_SETUP_APPLYING, "OPT_SETUP_APPLYING", "applying" },
        { OPT_SETUP_DONE, "OPT_SETUP_DONE", "done" },
        { OPT_SETUP_UNDOING, "OPT_SETUP_UNDOING", "undoing" },
        { 0, NULL, NULL },
      };

      g_once_init_leave (&type, g_enum_register_static ("OptSetupState", values));
    }

  return type;
}
