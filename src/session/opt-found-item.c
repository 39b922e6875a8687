/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-found-item-private.h"

#include "opt-refused.h"

G_DEFINE_FINAL_TYPE (OptFoundItem, opt_found_item, G_TYPE_OBJECT)

enum
{
  PROP_PASSWORD = 1,
  PROP_BUSY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

static void
emit_changed (OptFoundItem *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void
opt_found_item_dispose (GObject *object)
{
  OptFoundItem *self = OPT_FOUND_ITEM (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->review);
  g_clear_pointer (&self->secret, opt_secret_unref);

  G_OBJECT_CLASS (opt_found_item_parent_class)->dispose (object);
}

static void
opt_found_item_finalize (GObject *object)
{
  OptFoundItem *self = OPT_FOUND_ITEM (object);

  g_free (self->file);
  g_free (self->last_verdict);
  g_clear_pointer (&self->saved, g_date_time_unref);
  g_clear_pointer (&self->checked, g_date_time_unref);

  G_OBJECT_CLASS (opt_found_item_parent_class)->finalize (object);
}

static void
opt_found_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OptFoundItem *self = OPT_FOUND_ITEM (object);

  switch (id)
    {
    case PROP_PASSWORD:
      g_value_set_enum (value, opt_found_item_get_password (self));
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
opt_found_item_class_init (OptFoundItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = opt_found_item_dispose;
  object_class->finalize = opt_found_item_finalize;
  object_class->get_property = opt_found_item_get_property;

  properties[PROP_PASSWORD] = g_param_spec_enum ("password",
                                                 NULL,
                                                 NULL,
                                                 OPT_TYPE_FOUND_PASSWORD,
                                                 OPT_FOUND_PASSWORD_UNKNOWN,
                                                 readable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  changed_signal = g_signal_new ("changed",
                                 OPT_TYPE_FOUND_ITEM,
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 0);
}

static void
opt_found_item_init (OptFoundItem *self)
{
}

OptFoundItem *
opt_found_item_new (guint id, OptFound *found, OptProviders *providers, const char *file)
{
  OptFoundItem *self = g_object_new (OPT_TYPE_FOUND_ITEM, NULL);

  self->id = id;
  self->review = opt_review_new (found, providers);
  self->file = g_strdup (file);
  g_signal_connect_object (self->review,
                           "changed",
                           G_CALLBACK (emit_changed),
                           self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
opt_found_item_set_saved (OptFoundItem *self, const OptSavedAccount *saved)
{
  g_clear_pointer (&self->saved, g_date_time_unref);
  self->saved = g_date_time_ref (saved->saved);
  g_clear_pointer (&self->checked, g_date_time_unref);
  if (saved->checked != NULL)
    self->checked = g_date_time_ref (saved->checked);
  g_free (self->last_verdict);
  self->last_verdict = g_strdup (saved->verdict);
  emit_changed (self);
}

static void
notify_password (OptFoundItem *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PASSWORD]);
  emit_changed (self);
}

void
opt_found_item_set_kept (OptFoundItem *self, gboolean kept)
{
  if (self->kept == kept)
    return;

  self->kept = kept;
  notify_password (self);
}

void
opt_found_item_set_secret (OptFoundItem *self, OptSecret *secret)
{
  if (self->secret == secret)
    return;

  g_clear_pointer (&self->secret, opt_secret_unref);
  self->secret = secret != NULL ? opt_secret_ref (secret) : NULL;
  notify_password (self);
}

static void
notify_busy (OptFoundItem *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  emit_changed (self);
}

GCancellable *
opt_found_item_begin (OptFoundItem *self)
{
  self->cancellable = g_cancellable_new ();
  notify_busy (self);

  return self->cancellable;
}

void
opt_found_item_end (OptFoundItem *self)
{
  g_clear_object (&self->cancellable);
  self->testing = FALSE;
  notify_busy (self);
}

/* For the keyring it is enough what the provider has; for a stranger, what is in the settings. */
OptAccount *
opt_found_item_create_account (OptFoundItem *self)
{
  OptAccount *wanted = opt_review_get_wanted (self->review);

  return wanted != NULL ? opt_account_ref (wanted) : opt_review_dup_account (self->review);
}

static void
add_servers (GPtrArray *servers, OptAccount *account, OptService service)
{
  GPtrArray *more = opt_account_get_servers (account, service);

  for (guint i = 0; i < more->len; i++)
    g_ptr_array_add (servers, opt_server_ref (g_ptr_array_index (more, i)));
}

GPtrArray *
opt_found_item_create_servers (OptFoundItem *self)
{
  OptFound *found = opt_found_item_get_found (self);
  OptAccount *wanted = opt_review_get_wanted (self->review);
  GPtrArray *servers = g_ptr_array_new_with_free_func ((GDestroyNotify) opt_server_unref);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      const OptFoundServer *now = found->servers[i];
      OptServer *server = NULL;

      /* Without TLS it is only looked at, and that begins as with STARTTLS. */
      if (now != NULL)
        server = opt_server_new (i,
                                 now->host,
                                 now->port,
                                 now->security == OPT_FOUND_SECURITY_TLS ? OPT_SECURITY_TLS
                                                                         : OPT_SECURITY_STARTTLS,
                                 now->user != NULL ? now->user : "",
                                 NULL);
      if (server != NULL)
        g_ptr_array_add (servers, server);
      if (wanted != NULL)
        add_servers (servers, wanted, i);
    }

  return servers;
}

guint
opt_found_item_get_id (OptFoundItem *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_ITEM (self), 0);

  return self->id;
}

OptFound *
opt_found_item_get_found (OptFoundItem *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_ITEM (self), NULL);

  return opt_review_get_found (self->review);
}

OptReview *
opt_found_item_get_review (OptFoundItem *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_ITEM (self), NULL);

  return self->review;
}

const char *
opt_found_item_get_address (OptFoundItem *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_ITEM (self), NULL);

  return opt_review_get_address (self->review);
}

gboolean
opt_found_item_is_saved (OptFoundItem *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_ITEM (self), FALSE);

  return opt_found_item_get_found (self)->client == NULL;
}

GDateTime *
opt_found_item_get_checked (OptFoundItem *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_ITEM (self), NULL);

  return self->checked;
}

const char *
opt_found_item_get_last_verdict (OptFoundItem *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_ITEM (self), NULL);

  return self->last_verdict;
}

const char *
opt_found_item_get_file (OptFoundItem *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_ITEM (self), NULL);

  return self->file;
}

OptFoundPassword
opt_found_item_get_password (OptFoundItem *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_ITEM (self), OPT_FOUND_PASSWORD_UNKNOWN);

  if (self->secret != NULL)
    return OPT_FOUND_PASSWORD_HELD;

  return self->kept ? OPT_FOUND_PASSWORD_KEPT : OPT_FOUND_PASSWORD_UNKNOWN;
}

gboolean
opt_found_item_is_busy (OptFoundItem *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_ITEM (self), FALSE);

  return self->cancellable != NULL;
}

static OptStanding
get_untested_standing (OptFoundItem *self)
{
  OptSeverity severity;

  if (opt_differences_get_severity (opt_review_get_differences (self->review), &severity))
    return severity == OPT_SEVERITY_OLD ? OPT_STANDING_OLD : OPT_STANDING_BAD;

  return opt_review_get_compared (self->review) != NULL ? OPT_STANDING_GOOD : OPT_STANDING_UNKNOWN;
}

OptStanding
opt_found_item_get_standing (OptFoundItem *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_ITEM (self), OPT_STANDING_UNKNOWN);

  if (self->cancellable != NULL)
    return OPT_STANDING_BUSY;

  switch (opt_review_get_verdict (self->review))
    {
    case OPT_REVIEW_NONE:
    case OPT_REVIEW_CANCELLED:
      return get_untested_standing (self);
    case OPT_REVIEW_WORKS:
      return OPT_STANDING_GOOD;
    case OPT_REVIEW_PARTLY:
      return OPT_STANDING_OLD;
    case OPT_REVIEW_WANTED_WORKS:
    case OPT_REVIEW_WANTED_PARTLY:
    case OPT_REVIEW_NOT_SAFE:
    case OPT_REVIEW_FAILS:
      return OPT_STANDING_BAD;
    }

  g_assert_not_reached ();
}

gboolean
opt_found_item_was_refused (OptFoundItem *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_ITEM (self), FALSE);

  return !opt_review_was_name_refused (self->review) &&
         (opt_check_was_refused (opt_review_get_check_now (self->review)) ||
          opt_check_was_refused (opt_review_get_check_wanted (self->review)));
}

GType
opt_found_password_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { OPT_FOUND_PASSWORD_UNKNOWN, "OPT_FOUND_PASSWORD_UNKNOWN", "unknown" },
        { OPT_FOUND_PASSWORD_KEPT, "OPT_FOUND_PASSWORD_KEPT", "kept" },
        { OPT_FOUND_PASSWORD_HELD, "OPT_FOUND_PASSWORD_HELD", "held" },
        { 0, NULL, NULL },
      };

      g_once_init_leave (&type, g_enum_register_static ("OptFoundPassword", values));
    }

  return type;
}
