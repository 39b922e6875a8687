/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The wizard's model. It knows no widget and no page; everything that a page shows is a property
 * here, so that going back and forth loses nothing and every way through can be tested without a
 * display. */
#include "opt-session-private.h"

#include <string.h>

/* A pause in typing that is long enough to ask DNS about the domain. */
#define LOOKUP_DELAY_MS 400

G_DEFINE_FINAL_TYPE (OptSession, opt_session, G_TYPE_OBJECT)

static GParamSpec *properties[OPT_SESSION_N_PROPS];

void
opt_session_notify (OptSession *self, OptSessionProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
stop_lookup (OptSession *self)
{
  g_clear_handle_id (&self->lookup_delay, g_source_remove);
  if (self->lookup != NULL)
    g_cancellable_cancel (self->lookup);
  g_clear_object (&self->lookup);
}

static void
opt_session_dispose (GObject *object)
{
  OptSession *self = OPT_SESSION (object);

  stop_lookup (self);
  opt_session_cancel_check (self);
  opt_session_drop_setups (self);
  if (self->save_cancellable != NULL)
    g_cancellable_cancel (self->save_cancellable);
  g_clear_object (&self->save_cancellable);
  if (self->label_cancellable != NULL)
    g_cancellable_cancel (self->label_cancellable);
  g_clear_object (&self->label_cancellable);
  g_clear_object (&self->check);
  g_clear_object (&self->delivery_job);
  g_clear_object (&self->keyring);
  g_clear_pointer (&self->secret, opt_secret_unref);
  opt_session_set_found (self, NULL);
  opt_session_end_new_password (self);
  g_clear_object (&self->founds);

  G_OBJECT_CLASS (opt_session_parent_class)->dispose (object);
}

static void
opt_session_finalize (GObject *object)
{
  OptSession *self = OPT_SESSION (object);

  opt_providers_unref (self->providers);
  g_clear_pointer (&self->network_source, opt_network_source_unref);
  g_free (self->store_path);
  g_free (self->name);
  g_free (self->address_text);
  g_clear_error (&self->address_error);
  g_clear_pointer (&self->address, opt_address_unref);
  g_clear_pointer (&self->detection, opt_detection_unref);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    g_clear_pointer (&self->servers[i], opt_server_unref);
  g_hash_table_unref (self->confirmed_hosts);
  g_ptr_array_unref (self->given_up);
  g_hash_table_unref (self->setups);
  g_clear_pointer (&self->setup_store, opt_setup_store_unref);
  g_clear_error (&self->save_error);
  g_free (self->keyring_label);
  g_free (self->delivery_log);

  G_OBJECT_CLASS (opt_session_parent_class)->finalize (object);
}

static void
opt_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OptSession *self = OPT_SESSION (object);

  switch (id)
    {
    case OPT_SESSION_PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case OPT_SESSION_PROP_ADDRESS:
      g_value_set_string (value, self->address_text);
      break;
    case OPT_SESSION_PROP_INCOMING:
      g_value_set_uint (value, self->incoming);
      break;
    case OPT_SESSION_PROP_LEAVE_ON_SERVER:
      g_value_set_uint (value, self->leave_on_server_days);
      break;
    case OPT_SESSION_PROP_DETECTION:
      g_value_set_boxed (value, self->detection);
      break;
    case OPT_SESSION_PROP_HAS_PASSWORD:
      g_value_set_boolean (value, self->secret != NULL);
      break;
    case OPT_SESSION_PROP_CAN_CHECK:
      g_value_set_boolean (value, opt_session_can_check (self));
      break;
    case OPT_SESSION_PROP_CHECK:
      g_value_set_object (value, self->check);
      break;
    case OPT_SESSION_PROP_CHECKING:
      g_value_set_boolean (value, self->checking);
      break;
    case OPT_SESSION_PROP_SAVE_STATE:
      g_value_set_enum (value, self->save_state);
      break;
    case OPT_SESSION_PROP_KEYRING_LABEL:
      g_value_set_string (value, self->keyring_label);
      break;
    case OPT_SESSION_PROP_FOUND:
      g_value_set_object (value, self->found);
      break;
    case OPT_SESSION_PROP_PASSWORD_JOB:
      g_value_set_object (value, self->password_job);
      break;
    case OPT_SESSION_PROP_DELIVERY_JOB:
      g_value_set_object (value, self->delivery_job);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
opt_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OptSession *self = OPT_SESSION (object);

  switch (id)
    {
    case OPT_SESSION_PROP_NAME:
      opt_session_set_name (self, g_value_get_string (value));
      break;
    case OPT_SESSION_PROP_ADDRESS:
      opt_session_set_address_text (self, g_value_get_string (value));
      break;
    case OPT_SESSION_PROP_INCOMING:
      opt_session_set_incoming (self, g_value_get_uint (value));
      break;
    case OPT_SESSION_PROP_LEAVE_ON_SERVER:
      opt_session_set_leave_on_server (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
opt_session_class_init (OptSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags writable = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = opt_session_dispose;
  object_class->finalize = opt_session_finalize;
  object_class->get_property = opt_session_get_property;
  object_class->set_property = opt_session_set_property;

  properties[OPT_SESSION_PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", writable);
  properties[OPT_SESSION_PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, "", writable);
  properties[OPT_SESSION_PROP_INCOMING] = g_param_spec_uint ("incoming",
                                                             NULL,
                                                             NULL,
                                                             OPT_SERVICE_IMAP,
                                                             OPT_SERVICE_POP3,
                                                             OPT_SERVICE_IMAP,
                                                             writable);
  properties[OPT_SESSION_PROP_LEAVE_ON_SERVER] = g_param_spec_uint ("leave-on-server",
                                                                    NULL,
                                                                    NULL,
                                                                    0,
                                                                    G_MAXUINT,
                                                                    OPT_LEAVE_ON_SERVER_DEFAULT,
                                                                    writable);
  properties[OPT_SESSION_PROP_DETECTION] =
    g_param_spec_boxed ("detection", NULL, NULL, OPT_TYPE_DETECTION, readable);
  properties[OPT_SESSION_PROP_HAS_PASSWORD] =
    g_param_spec_boolean ("has-password", NULL, NULL, FALSE, readable);
  properties[OPT_SESSION_PROP_CAN_CHECK] =
    g_param_spec_boolean ("can-check", NULL, NULL, FALSE, readable);
  properties[OPT_SESSION_PROP_CHECK] =
    g_param_spec_object ("check", NULL, NULL, OPT_TYPE_CHECK, readable);
  properties[OPT_SESSION_PROP_CHECKING] =
    g_param_spec_boolean ("checking", NULL, NULL, FALSE, readable);
  properties[OPT_SESSION_PROP_SAVE_STATE] =
    g_param_spec_enum ("save-state", NULL, NULL, OPT_TYPE_SAVE_STATE, OPT_SAVE_NOT_YET, readable);
  properties[OPT_SESSION_PROP_KEYRING_LABEL] =
    g_param_spec_string ("keyring-label", NULL, NULL, NULL, readable);
  properties[OPT_SESSION_PROP_FOUND] =
    g_param_spec_object ("found", NULL, NULL, OPT_TYPE_FOUND_ITEM, readable);
  properties[OPT_SESSION_PROP_PASSWORD_JOB] =
    g_param_spec_object ("password-job", NULL, NULL, OPT_TYPE_PASSWORD_JOB, readable);
  properties[OPT_SESSION_PROP_DELIVERY_JOB] =
    g_param_spec_object ("delivery-job", NULL, NULL, OPT_TYPE_DELIVERY_JOB, readable);
  g_object_class_install_properties (object_class, OPT_SESSION_N_PROPS, properties);
}

static void
opt_session_init (OptSession *self)
{
  self->providers = opt_providers_load ();
  self->name = g_strdup ("");
  self->address_text = g_strdup ("");
  self->incoming = OPT_SERVICE_IMAP;
  self->leave_on_server_days = OPT_LEAVE_ON_SERVER_DEFAULT;
  self->given_up = g_ptr_array_new_with_free_func ((GDestroyNotify) opt_server_unref);
  self->confirmed_hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->setups = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
}

OptSession *
opt_session_new (OptKeyring *keyring, const char *store_path)
{
  OptSession *self = g_object_new (OPT_TYPE_SESSION, NULL);

  g_set_object (&self->keyring, keyring);
  self->store_path = g_strdup (store_path);
  self->founds = opt_found_list_new (keyring, self->providers, store_path);

  return self;
}

void
opt_session_set_network_func (OptSession *self,
                              OptNetworkFunc func,
                              gpointer user_data,
                              GDestroyNotify destroy)
{
  g_return_if_fail (OPT_IS_SESSION (self) && self->network_source == NULL);

  self->network_source = opt_network_source_new (func, user_data, destroy);
  opt_found_list_set_network_source (self->founds, self->network_source);
}

void
opt_session_set_name (OptSession *self, const char *name)
{
  g_return_if_fail (OPT_IS_SESSION (self));

  name = name != NULL ? name : "";
  if (g_str_equal (name, self->name))
    return;

  g_free (self->name);
  self->name = g_strdup (name);
  opt_session_forget_saving (self);
  opt_session_forget_plans (self);
  opt_session_notify (self, OPT_SESSION_PROP_NAME);
}

static void
set_detection (OptSession *self, OptDetection *detection)
{
  g_clear_pointer (&self->detection, opt_detection_unref);
  self->detection = detection;
  opt_session_notify (self, OPT_SESSION_PROP_DETECTION);
  opt_session_notify (self, OPT_SESSION_PROP_CAN_CHECK);
}

static void
detection_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OptDetection *detection = opt_detect_finish (result, NULL);
  OptSession *self;

  /* Cancelled: the session may be gone. */
  if (detection == NULL)
    return;

  self = OPT_SESSION (user_data);
  g_clear_object (&self->lookup);
  set_detection (self, detection);
}

static gboolean
on_lookup_delay (gpointer user_data)
{
  OptSession *self = user_data;

  self->lookup_delay = 0;
  self->lookup = g_cancellable_new ();
  opt_detect_async (self->providers, self->address, self->lookup, detection_done, self);

  return G_SOURCE_REMOVE;
}

static gboolean
may_have_mail_elsewhere (OptDetection *detection)
{
  OptAddress *address = opt_detection_get_address (detection);

  return opt_detection_get_how (detection) == OPT_DETECTED_BY_NONE &&
         !opt_detection_is_company_domain (detection) &&
         strchr (opt_address_get_domain (address), '.') != NULL;
}

static void
detect (OptSession *self)
{
  OptDetection *detection =
    self->address != NULL ? opt_detect (self->providers, self->address) : NULL;

  stop_lookup (self);
  /* A world of its own has no DNS; nothing may leave the computer then. */
  if (detection != NULL && self->network_source == NULL && may_have_mail_elsewhere (detection))
    self->lookup_delay = g_timeout_add (LOOKUP_DELAY_MS, on_lookup_delay, self);
  set_detection (self, detection);
}

void
opt_session_set_address_text (OptSession *self, const char *text)
{
  g_return_if_fail (OPT_IS_SESSION (self));

  text = text != NULL ? text : "";
  if (g_str_equal (text, self->address_text))
    return;

  g_free (self->address_text);
  self->address_text = g_strdup (text);
  g_clear_error (&self->address_error);
  g_clear_pointer (&self->address, opt_address_unref);
  /* What was said about one account's password goes for no other. */
  g_hash_table_remove_all (self->confirmed_hosts);
  g_ptr_array_set_size (self->given_up, 0);
  self->address = opt_address_parse (text, &self->address_error);
  opt_session_drop_setups (self);
  opt_session_make_stale (self);
  detect (self);
  opt_session_notify (self, OPT_SESSION_PROP_ADDRESS);
}

const GError *
opt_session_get_address_error (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  return self->address_error;
}

OptDetection *
opt_session_get_detection (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  return self->detection;
}

gboolean
opt_session_is_looking_up (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), FALSE);

  return self->lookup_delay != 0 || self->lookup != NULL;
}

gboolean
opt_session_set_password (OptSession *self, const char *bytes, gsize n_bytes, GError **error)
{
  OptSecret *secret = NULL;

  g_return_val_if_fail (OPT_IS_SESSION (self), FALSE);

  if (n_bytes > 0)
    secret = opt_secret_new (bytes, n_bytes, error);

  g_clear_pointer (&self->secret, opt_secret_unref);
  self->secret = secret;
  opt_session_make_stale (self);
  opt_session_notify (self, OPT_SESSION_PROP_HAS_PASSWORD);

  return n_bytes == 0 || secret != NULL;
}

gboolean
opt_session_has_password (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), FALSE);

  return self->secret != NULL;
}
