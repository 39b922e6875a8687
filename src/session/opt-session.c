/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The wizard's model. It knows no widget and no page; everything that a page shows is a property
 * here, so that going back and forth loses nothing and every way through can be tested without a
 * display. */
#include "opt-session.h"

#include "opt-account-store.h"

#include <string.h>

/* A pause in typing that is long enough to ask DNS about the domain. */
#define LOOKUP_DELAY_MS 400

struct _OptSession
{
  GObject parent_instance;

  OptProviders *providers;
  OptKeyring *keyring;
  char *store_path;
  OptSessionNetworkFunc network_func;
  gpointer network_data;
  GDestroyNotify network_destroy;

  char *name;
  char *address_text;
  GError *address_error;
  OptAddress *address;
  OptDetection *detection;
  guint lookup_delay;
  GCancellable *lookup;
  OptSecret *secret;
  OptService incoming;
  OptServer *servers[OPT_N_SERVICES];

  OptCheck *check;
  GCancellable *check_cancellable;
  gboolean checking;

  OptSaveState save_state;
  GError *save_error;
  GCancellable *save_cancellable;
  GCancellable *label_cancellable;
  char *keyring_label;
};

G_DEFINE_FINAL_TYPE (OptSession, opt_session, G_TYPE_OBJECT)

enum
{
  PROP_NAME = 1,
  PROP_ADDRESS,
  PROP_INCOMING,
  PROP_DETECTION,
  PROP_HAS_PASSWORD,
  PROP_CAN_CHECK,
  PROP_CHECK,
  PROP_CHECKING,
  PROP_SAVE_STATE,
  PROP_KEYRING_LABEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

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

static void
notify (OptSession *self, guint property)
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
  if (self->save_cancellable != NULL)
    g_cancellable_cancel (self->save_cancellable);
  g_clear_object (&self->save_cancellable);
  if (self->label_cancellable != NULL)
    g_cancellable_cancel (self->label_cancellable);
  g_clear_object (&self->label_cancellable);
  g_clear_object (&self->check);
  g_clear_object (&self->keyring);
  g_clear_pointer (&self->secret, opt_secret_unref);
  if (self->network_destroy != NULL)
    self->network_destroy (g_steal_pointer (&self->network_data));
  self->network_destroy = NULL;

  G_OBJECT_CLASS (opt_session_parent_class)->dispose (object);
}

static void
opt_session_finalize (GObject *object)
{
  OptSession *self = OPT_SESSION (object);

  opt_providers_unref (self->providers);
  g_free (self->store_path);
  g_free (self->name);
  g_free (self->address_text);
  g_clear_error (&self->address_error);
  g_clear_pointer (&self->address, opt_address_unref);
  g_clear_pointer (&self->detection, opt_detection_unref);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    g_clear_pointer (&self->servers[i], opt_server_unref);
  g_clear_error (&self->save_error);
  g_free (self->keyring_label);

  G_OBJECT_CLASS (opt_session_parent_class)->finalize (object);
}

static void
opt_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OptSession *self = OPT_SESSION (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_ADDRESS:
      g_value_set_string (value, self->address_text);
      break;
    case PROP_INCOMING:
      g_value_set_uint (value, self->incoming);
      break;
    case PROP_DETECTION:
      g_value_set_boxed (value, self->detection);
      break;
    case PROP_HAS_PASSWORD:
      g_value_set_boolean (value, self->secret != NULL);
      break;
    case PROP_CAN_CHECK:
      g_value_set_boolean (value, opt_session_can_check (self));
      break;
    case PROP_CHECK:
      g_value_set_object (value, self->check);
      break;
    case PROP_CHECKING:
      g_value_set_boolean (value, self->checking);
      break;
    case PROP_SAVE_STATE:
      g_value_set_enum (value, self->save_state);
      break;
    case PROP_KEYRING_LABEL:
      g_value_set_string (value, self->keyring_label);
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
    case PROP_NAME:
      opt_session_set_name (self, g_value_get_string (value));
      break;
    case PROP_ADDRESS:
      opt_session_set_address_text (self, g_value_get_string (value));
      break;
    case PROP_INCOMING:
      opt_session_set_incoming (self, g_value_get_uint (value));
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

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", writable);
  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, "", writable);
  properties[PROP_INCOMING] = g_param_spec_uint ("incoming",
                                                 NULL,
                                                 NULL,
                                                 OPT_SERVICE_IMAP,
                                                 OPT_SERVICE_POP3,
                                                 OPT_SERVICE_IMAP,
                                                 writable);
  properties[PROP_DETECTION] =
    g_param_spec_boxed ("detection", NULL, NULL, OPT_TYPE_DETECTION, readable);
  properties[PROP_HAS_PASSWORD] =
    g_param_spec_boolean ("has-password", NULL, NULL, FALSE, readable);
  properties[PROP_CAN_CHECK] = g_param_spec_boolean ("can-check", NULL, NULL, FALSE, readable);
  properties[PROP_CHECK] = g_param_spec_object ("check", NULL, NULL, OPT_TYPE_CHECK, readable);
  properties[PROP_CHECKING] = g_param_spec_boolean ("checking", NULL, NULL, FALSE, readable);
  properties[PROP_SAVE_STATE] =
    g_param_spec_enum ("save-state", NULL, NULL, OPT_TYPE_SAVE_STATE, OPT_SAVE_NOT_YET, readable);
  properties[PROP_KEYRING_LABEL] =
    g_param_spec_string ("keyring-label", NULL, NULL, NULL, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
opt_session_init (OptSession *self)
{
  self->providers = opt_providers_load ();
  self->name = g_strdup ("");
  self->address_text = g_strdup ("");
  self->incoming = OPT_SERVICE_IMAP;
}

OptSession *
opt_session_new (OptKeyring *keyring, const char *store_path)
{
  OptSession *self = g_object_new (OPT_TYPE_SESSION, NULL);

  g_set_object (&self->keyring, keyring);
  self->store_path = g_strdup (store_path);

  return self;
}

void
opt_session_set_network_func (OptSession *self,
                              OptSessionNetworkFunc func,
                              gpointer user_data,
                              GDestroyNotify destroy)
{
  g_return_if_fail (OPT_IS_SESSION (self) && self->network_func == NULL);

  self->network_func = func;
  self->network_data = user_data;
  self->network_destroy = destroy;
}

OptProviders *
opt_session_get_providers (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  return self->providers;
}

/* What was saved no longer is what is there. */
static void
forget_saving (OptSession *self)
{
  if (self->save_cancellable != NULL)
    g_cancellable_cancel (self->save_cancellable);
  g_clear_object (&self->save_cancellable);
  g_clear_error (&self->save_error);
  if (self->save_state == OPT_SAVE_NOT_YET)
    return;

  self->save_state = OPT_SAVE_NOT_YET;
  notify (self, PROP_SAVE_STATE);
}

/* A result is about what was typed then, and about nothing else. */
static void
make_stale (OptSession *self)
{
  opt_session_cancel_check (self);
  forget_saving (self);
  if (self->check != NULL)
    {
      g_clear_object (&self->check);
      notify (self, PROP_CHECK);
    }
  notify (self, PROP_CAN_CHECK);
}

const char *
opt_session_get_name (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  return self->name;
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
  forget_saving (self);
  notify (self, PROP_NAME);
}

static void
set_detection (OptSession *self, OptDetection *detection)
{
  g_clear_pointer (&self->detection, opt_detection_unref);
  self->detection = detection;
  notify (self, PROP_DETECTION);
  notify (self, PROP_CAN_CHECK);
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
  if (detection != NULL && self->network_func == NULL && may_have_mail_elsewhere (detection))
    self->lookup_delay = g_timeout_add (LOOKUP_DELAY_MS, on_lookup_delay, self);
  set_detection (self, detection);
}

const char *
opt_session_get_address_text (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  return self->address_text;
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
  self->address = opt_address_parse (text, &self->address_error);
  make_stale (self);
  detect (self);
  notify (self, PROP_ADDRESS);
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
  make_stale (self);
  notify (self, PROP_HAS_PASSWORD);

  return n_bytes == 0 || secret != NULL;
}

OptService
opt_session_get_incoming (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), OPT_SERVICE_IMAP);

  return self->incoming;
}

void
opt_session_set_incoming (OptSession *self, OptService incoming)
{
  g_return_if_fail (OPT_IS_SESSION (self) && incoming != OPT_SERVICE_SMTP);

  if (self->incoming == incoming)
    return;

  self->incoming = incoming;
  notify (self, PROP_INCOMING);
}

void
opt_session_set_server (OptSession *self, OptServer *server)
{
  OptService service;

  g_return_if_fail (OPT_IS_SESSION (self) && server != NULL);

  service = opt_server_get_service (server);
  g_clear_pointer (&self->servers[service], opt_server_unref);
  self->servers[service] = opt_server_ref (server);
  make_stale (self);
}

void
opt_session_clear_servers (OptSession *self)
{
  g_return_if_fail (OPT_IS_SESSION (self));

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    g_clear_pointer (&self->servers[i], opt_server_unref);
  make_stale (self);
}

gboolean
opt_session_has_own_servers (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), FALSE);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->servers[i] != NULL)
      return TRUE;

  return FALSE;
}

static OptAccount *
create_account (OptSession *self)
{
  OptProvider *provider;
  OptAccount *account;

  if (self->detection == NULL)
    return NULL;

  provider = opt_detection_get_provider (self->detection);
  if (provider == NULL && !opt_session_has_own_servers (self))
    return NULL;

  account = opt_account_new (self->name, opt_detection_get_address (self->detection), provider);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->servers[i] != NULL)
      {
        OptAccount *changed = opt_account_with_server (account, self->servers[i]);

        opt_account_unref (account);
        account = changed;
      }

  return account;
}

OptAccount *
opt_session_dup_account (OptSession *self)
{
  g_autoptr (OptAccount) checked = NULL;

  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  if (self->check == NULL || opt_check_get_verdict (self->check) == OPT_VERDICT_NONE)
    return create_account (self);

  checked = opt_check_dup_account (self->check);

  return opt_account_with_name (checked, self->name);
}

OptSettings *
opt_session_dup_settings (OptSession *self, GError **error)
{
  g_autoptr (OptAccount) account = NULL;

  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  account = opt_session_dup_account (self);
  g_return_val_if_fail (account != NULL, NULL);

  return opt_settings_new (account, self->incoming, error);
}

gboolean
opt_session_can_check (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), FALSE);

  return self->secret != NULL && self->detection != NULL &&
         (opt_detection_get_provider (self->detection) != NULL ||
          opt_session_has_own_servers (self));
}

static void
check_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptSession) self = user_data;

  opt_check_run_finish (OPT_CHECK (source), result);
  /* An edit or another check may have come since. */
  if (self->check != OPT_CHECK (source))
    return;

  self->checking = FALSE;
  g_clear_object (&self->check_cancellable);
  notify (self, PROP_CHECKING);
}

void
opt_session_start_check (OptSession *self, gboolean all_sign_ins)
{
  OptCheckOptions options = OPT_CHECK_OPTIONS_DEFAULT;
  g_autoptr (OptNetwork) network = NULL;
  g_autoptr (OptAccount) account = NULL;

  g_return_if_fail (OPT_IS_SESSION (self) && opt_session_can_check (self));

  make_stale (self);
  account = create_account (self);
  if (self->network_func != NULL)
    network = self->network_func (account, self->network_data);
  options.network = network;
  options.all_sign_ins = all_sign_ins;

  self->check = opt_check_new (account, &options);
  self->check_cancellable = g_cancellable_new ();
  self->checking = TRUE;
  notify (self, PROP_CHECK);
  notify (self, PROP_CHECKING);
  opt_check_run_async (self->check,
                       self->secret,
                       self->check_cancellable,
                       check_done,
                       g_object_ref (self));
}

void
opt_session_cancel_check (OptSession *self)
{
  g_return_if_fail (OPT_IS_SESSION (self));

  if (self->check_cancellable != NULL)
    g_cancellable_cancel (self->check_cancellable);
  g_clear_object (&self->check_cancellable);
  if (!self->checking)
    return;

  self->checking = FALSE;
  notify (self, PROP_CHECKING);
}

OptCheck *
opt_session_get_check (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  return self->check;
}

gboolean
opt_session_is_checking (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), FALSE);

  return self->checking;
}

static void
end_saving (OptSession *self, GError *error)
{
  g_clear_object (&self->save_cancellable);
  g_clear_error (&self->save_error);
  self->save_error = error;
  self->save_state = error == NULL ? OPT_SAVE_DONE : OPT_SAVE_FAILED;
  notify (self, PROP_SAVE_STATE);
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
  notify (self, PROP_SAVE_STATE);
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
  notify (self, PROP_KEYRING_LABEL);
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
