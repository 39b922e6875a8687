/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The one way for a changed password: type it, check it, put it everywhere. Nothing is changed
 * before a server has let it in, and none has refused it. */
#include "opt-password-job.h"

#include "opt-new-password.h"

struct _OptPasswordJob
{
  GObject parent_instance;

  OptKeyring *keyring;
  OptAccount *account;
  OptSetupStore *store;
  OptNetworkSource *source;
  OptSecret *secret;
  OptPasswordState state;
  OptCheck *check;
  GError *error;
  char **places;
  GCancellable *listing;
  GCancellable *cancellable; /* of what is under way */
};

G_DEFINE_FINAL_TYPE (OptPasswordJob, opt_password_job, G_TYPE_OBJECT)

enum
{
  PROP_STATE = 1,
  PROP_HAS_PASSWORD,
  PROP_PLACES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_state (OptPasswordJob *self, OptPasswordState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
take_places (OptPasswordJob *self, char **places)
{
  g_strfreev (self->places);
  self->places = places;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLACES]);
}

static void
opt_password_job_dispose (GObject *object)
{
  OptPasswordJob *self = OPT_PASSWORD_JOB (object);

  g_cancellable_cancel (self->listing);
  opt_password_job_cancel (self);
  g_clear_object (&self->check);
  g_clear_object (&self->keyring);
  g_clear_pointer (&self->secret, opt_secret_unref);

  G_OBJECT_CLASS (opt_password_job_parent_class)->dispose (object);
}

static void
opt_password_job_finalize (GObject *object)
{
  OptPasswordJob *self = OPT_PASSWORD_JOB (object);

  g_object_unref (self->listing);
  g_clear_pointer (&self->account, opt_account_unref);
  g_clear_pointer (&self->store, opt_setup_store_unref);
  g_clear_pointer (&self->source, opt_network_source_unref);
  g_clear_error (&self->error);
  g_strfreev (self->places);

  G_OBJECT_CLASS (opt_password_job_parent_class)->finalize (object);
}

static void
opt_password_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OptPasswordJob *self = OPT_PASSWORD_JOB (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_HAS_PASSWORD:
      g_value_set_boolean (value, self->secret != NULL);
      break;
    case PROP_PLACES:
      g_value_set_boxed (value, self->places);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
opt_password_job_class_init (OptPasswordJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = opt_password_job_dispose;
  object_class->finalize = opt_password_job_finalize;
  object_class->get_property = opt_password_job_get_property;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, OPT_TYPE_PASSWORD_STATE, OPT_PASSWORD_TYPING, readable);
  properties[PROP_HAS_PASSWORD] =
    g_param_spec_boolean ("has-password", NULL, NULL, FALSE, readable);
  properties[PROP_PLACES] = g_param_spec_boxed ("places", NULL, NULL, G_TYPE_STRV, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
opt_password_job_init (OptPasswordJob *self)
{
  self->listing = g_cancellable_new ();
}

/* Not to know them beforehand is no reason not to go on. */
static void
list_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptPasswordJob) self = user_data;
  g_autoptr (GError) error = NULL;
  char **places = opt_new_password_list_finish (result, &error);

  if (places == NULL)
    g_debug ("places: %s", error->message);
  else if (self->state == OPT_PASSWORD_STORED)
    g_strfreev (places);
  else
    take_places (self, places);
}

OptPasswordJob *
opt_password_job_new (OptKeyring *keyring,
                      OptAccount *account,
                      OptSetupStore *store,
                      OptNetworkSource *source)
{
  OptPasswordJob *self;

  g_return_val_if_fail (OPT_IS_KEYRING (keyring) && account != NULL && store != NULL, NULL);

  self = g_object_new (OPT_TYPE_PASSWORD_JOB, NULL);
  self->keyring = g_object_ref (keyring);
  self->account = opt_account_ref (account);
  self->store = opt_setup_store_ref (store);
  self->source = source != NULL ? opt_network_source_ref (source) : NULL;
  opt_new_password_list_async (keyring,
                               account,
                               store,
                               self->listing,
                               list_done,
                               g_object_ref (self));

  return self;
}

OptAccount *
opt_password_job_get_account (OptPasswordJob *self)
{
  g_return_val_if_fail (OPT_IS_PASSWORD_JOB (self), NULL);

  return self->account;
}

gboolean
opt_password_job_set_password (OptPasswordJob *self,
                               const char *bytes,
                               gsize n_bytes,
                               GError **error)
{
  OptSecret *secret = NULL;

  g_return_val_if_fail (OPT_IS_PASSWORD_JOB (self), FALSE);
  g_return_val_if_fail (!opt_password_job_is_busy (self), FALSE);

  if (n_bytes > 0)
    secret = opt_secret_new (bytes, n_bytes, error);
  g_clear_pointer (&self->secret, opt_secret_unref);
  self->secret = secret;
  set_state (self, OPT_PASSWORD_TYPING);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_PASSWORD]);

  return n_bytes == 0 || secret != NULL;
}

gboolean
opt_password_job_has_password (OptPasswordJob *self)
{
  g_return_val_if_fail (OPT_IS_PASSWORD_JOB (self), FALSE);

  return self->secret != NULL;
}

OptSecret *
opt_password_job_peek_secret (OptPasswordJob *self)
{
  g_return_val_if_fail (OPT_IS_PASSWORD_JOB (self), NULL);

  return self->secret;
}

static void
store_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptPasswordJob) self = user_data;
  char **places;

  g_clear_error (&self->error);
  places = opt_new_password_store_finish (result, &self->error);
  g_clear_object (&self->cancellable);
  if (places != NULL)
    {
      take_places (self, places);
      set_state (self, OPT_PASSWORD_STORED);
    }
  else if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_state (self, OPT_PASSWORD_TYPING);
  else
    set_state (self, OPT_PASSWORD_FAILED);
}

static void
check_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptPasswordJob) self = user_data;
  OptVerdict verdict = opt_check_run_finish (OPT_CHECK (source), result);

  /* Stopped, or begun anew, since. */
  if (self->check != OPT_CHECK (source) || self->state != OPT_PASSWORD_CHECKING)
    return;

  if (verdict == OPT_VERDICT_CANCELLED || !opt_check_accepted_password (self->check))
    {
      g_clear_object (&self->cancellable);
      set_state (self, OPT_PASSWORD_NOT_PROVEN);
      return;
    }

  set_state (self, OPT_PASSWORD_STORING);
  opt_new_password_store_async (self->keyring,
                                self->account,
                                self->store,
                                self->secret,
                                self->cancellable,
                                store_done,
                                g_object_ref (self));
}

void
opt_password_job_start (OptPasswordJob *self)
{
  OptCheckOptions options = OPT_CHECK_OPTIONS_DEFAULT;
  g_autoptr (OptNetwork) network = NULL;

  g_return_if_fail (OPT_IS_PASSWORD_JOB (self) && self->secret != NULL);
  g_return_if_fail (!opt_password_job_is_busy (self));

  network = opt_network_source_create_for (self->source, self->account);
  options.network = network;
  g_clear_object (&self->check);
  self->check = opt_check_new (self->account, &options);
  self->cancellable = g_cancellable_new ();
  set_state (self, OPT_PASSWORD_CHECKING);
  opt_check_run_async (self->check,
                       self->secret,
                       self->cancellable,
                       check_done,
                       g_object_ref (self));
}

void
opt_password_job_cancel (OptPasswordJob *self)
{
  g_return_if_fail (OPT_IS_PASSWORD_JOB (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  /* What is being stored says itself when all is put back. */
  if (self->state != OPT_PASSWORD_CHECKING)
    return;

  g_clear_object (&self->cancellable);
  set_state (self, OPT_PASSWORD_TYPING);
}

OptPasswordState
opt_password_job_get_state (OptPasswordJob *self)
{
  g_return_val_if_fail (OPT_IS_PASSWORD_JOB (self), OPT_PASSWORD_TYPING);

  return self->state;
}

gboolean
opt_password_job_is_busy (OptPasswordJob *self)
{
  g_return_val_if_fail (OPT_IS_PASSWORD_JOB (self), FALSE);

  return self->state == OPT_PASSWORD_CHECKING || self->state == OPT_PASSWORD_STORING;
}

const char *const *
opt_password_job_get_places (OptPasswordJob *self)
{
  g_return_val_if_fail (OPT_IS_PASSWORD_JOB (self), NULL);

  return (const char *const *) self->places;
}

OptCheck *
opt_password_job_get_check (OptPasswordJob *self)
{
  g_return_val_if_fail (OPT_IS_PASSWORD_JOB (self), NULL);

  return self->check;
}

const GError *
opt_password_job_get_error (OptPasswordJob *self)
{
  g_return_val_if_fail (OPT_IS_PASSWORD_JOB (self), NULL);

  return self->error;
}

GType
opt_password_state_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { OPT_PASSWORD_TYPING, "OPT_PASSWORD_TYPING", "typing" },
        { OPT_PASSWORD_CHECKING, "OPT_PASSWORD_CHECKING", "checking" },
        { OPT_PASSWORD_NOT_PROVEN, "OPT_PASSWORD_NOT_PROVEN", "not-proven" },
        { OPT_PASSWORD_STORING, "OPT_PASSWORD_STORING", "storing" },
        { OPT_PASSWORD_STORED, "OPT_PASSWORD_STORED", "stored" },
        { OPT_PASSWORD_FAILED, "OPT_PASSWORD_FAILED", "failed" },
        { 0, NULL, NULL },
      };

      g_once_init_leave (&type, g_enum_register_static ("OptPasswordState", values));
    }

  return type;
}
