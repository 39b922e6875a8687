/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeping the password and the list of accounts that were set up. */
#include "opt-session-private.h"

#include "opt-account-store.h"

void
opt_session_forget_saving (OptSession *self)
{
  if (self->save_cancellable != NULL)
    g_cancellable_cancel (self->save_cancellable);
  g_clear_object (&self->save_cancellable);
  g_clear_error (&self->save_error);
  if (self->save_state == OPT_SAVE_NOT_YET)
    return;

  self->save_state = OPT_SAVE_NOT_YET;
  opt_session_notify (self, OPT_SESSION_PROP_SAVE_STATE);
}

static void
end_saving (OptSession *self, GError *error)
{
  g_clear_object (&self->save_cancellable);
  g_clear_error (&self->save_error);
  self->save_error = error;
  self->save_state = error == NULL ? OPT_SAVE_DONE : OPT_SAVE_FAILED;
  opt_session_notify (self, OPT_SESSION_PROP_SAVE_STATE);
}

static void
save_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError *error = NULL;
  OptSession *self;
  g_autoptr (OptAccount) account = NULL;

  opt_keyring_save_finish (OPT_KEYRING (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_error_free (error);
      return;
    }

  self = OPT_SESSION (user_data);
  account = opt_session_dup_account (self);
  if (error == NULL && self->store_path != NULL)
    {
      g_autoptr (OptAccountStore) store = opt_account_store_new (self->store_path, self->providers);
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

      opt_account_store_save (store, account, now, &error);
      opt_found_list_refresh_saved (self->founds);
    }
  end_saving (self, error);
}

void
opt_session_start_saving (OptSession *self)
{
  g_autoptr (OptAccount) account = NULL;

  g_return_if_fail (OPT_IS_SESSION (self) && self->secret != NULL);

  if (self->keyring == NULL || self->save_state == OPT_SAVE_BUSY)
    return;

  account = opt_session_dup_account (self);
  self->save_state = OPT_SAVE_BUSY;
  self->save_cancellable = g_cancellable_new ();
  opt_session_notify (self, OPT_SESSION_PROP_SAVE_STATE);
  opt_keyring_save_async (self->keyring,
                          account,
                          self->secret,
                          self->save_cancellable,
                          save_done,
                          self);
}

OptSaveState
opt_session_get_save_state (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), OPT_SAVE_NOT_YET);

  return self->save_state;
}

const GError *
opt_session_get_save_error (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  return self->save_error;
}

gboolean
opt_session_keeps_passwords (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), FALSE);

  return self->keyring != NULL;
}

gboolean
opt_session_has_unsaved_result (OptSession *self)
{
  OptVerdict verdict;

  g_return_val_if_fail (OPT_IS_SESSION (self), FALSE);

  if (self->check == NULL || self->keyring == NULL || self->save_state == OPT_SAVE_DONE)
    return FALSE;

  verdict = opt_check_get_verdict (self->check);

  return (verdict == OPT_VERDICT_WORKS || verdict == OPT_VERDICT_PARTLY) &&
         !opt_session_has_set_up (self);
}

static void
describe_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  char *label = opt_keyring_describe_finish (OPT_KEYRING (source), result, &error);
  OptSession *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self = OPT_SESSION (user_data);
  g_clear_object (&self->label_cancellable);
  /* Saving will say what is the matter, when it matters. */
  if (label == NULL)
    {
      g_debug ("keyring: %s", error->message);
      return;
    }

  g_free (self->keyring_label);
  self->keyring_label = label;
  opt_session_notify (self, OPT_SESSION_PROP_KEYRING_LABEL);
}

void
opt_session_load_keyring_label (OptSession *self)
{
  g_return_if_fail (OPT_IS_SESSION (self));

  if (self->keyring == NULL || self->label_cancellable != NULL || self->keyring_label != NULL)
    return;

  self->label_cancellable = g_cancellable_new ();
  opt_keyring_describe_async (self->keyring, self->label_cancellable, describe_done, self);
}

const char *
opt_session_get_keyring_label (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  return self->keyring_label;
}

GType
opt_save_state_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { OPT_SAVE_NOT_YET, "OPT_SAVE_NOT_YET", "not-yet" },
        { OPT_SAVE_BUSY, "OPT_SAVE_BUSY", "busy" },
        { OPT_SAVE_DONE, "OPT_SAVE_DONE", "done" },
        { OPT_SAVE_FAILED, "OPT_SAVE_FAILED", "failed" },
        { 0, NULL, NULL },
      };

      g_once_init_leave (&type, g_enum_register_static ("OptSaveState", values));
    }

  return type;
}
