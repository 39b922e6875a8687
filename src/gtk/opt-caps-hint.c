/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-caps-hint.h"

struct _OptCapsHint
{
  GtkBox parent_instance;

  GtkWidget *entry;
  GtkEventController *focus;
  GdkDevice *keyboard;
};

G_DEFINE_FINAL_TYPE (OptCapsHint, opt_caps_hint, GTK_TYPE_BOX)

enum
{
  PROP_ENTRY = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
update (OptCapsHint *self)
{
  gboolean typing = self->focus != NULL && gtk_event_controller_focus_contains_focus (
                                             GTK_EVENT_CONTROLLER_FOCUS (self->focus));

  gtk_widget_set_visible (GTK_WIDGET (self),
                          typing && self->keyboard != NULL &&
                            gdk_device_get_caps_lock_state (self->keyboard));
}

static void
set_entry (OptCapsHint *self, GtkWidget *entry)
{
  if (!g_set_object (&self->entry, entry) || entry == NULL)
    return;

  self->focus = gtk_event_controller_focus_new ();
  g_signal_connect_object (self->focus,
                           "notify::contains-focus",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, g_object_ref (self->focus));
}

static void
opt_caps_hint_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ENTRY:
      set_entry (OPT_CAPS_HINT (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* Not every desktop has a keyboard. */
static void
opt_caps_hint_constructed (GObject *object)
{
  OptCapsHint *self = OPT_CAPS_HINT (object);
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));

  G_OBJECT_CLASS (opt_caps_hint_parent_class)->constructed (object);

  if (seat == NULL || !g_set_object (&self->keyboard, gdk_seat_get_keyboard (seat)))
    return;

  g_signal_connect_object (self->keyboard,
                           "notify::caps-lock-state",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
opt_caps_hint_dispose (GObject *object)
{
  OptCapsHint *self = OPT_CAPS_HINT (object);

  g_clear_object (&self->focus);
  g_clear_object (&self->entry);
  g_clear_object (&self->keyboard);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_CAPS_HINT);

  G_OBJECT_CLASS (opt_caps_hint_parent_class)->dispose (object);
}

static void
opt_caps_hint_class_init (OptCapsHintClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = opt_caps_hint_set_property;
  object_class->constructed = opt_caps_hint_constructed;
  object_class->dispose = opt_caps_hint_dispose;

  properties[PROP_ENTRY] = g_param_spec_object ("entry",
                                                NULL,
                                                NULL,
                                                GTK_TYPE_WIDGET,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/com/example/OptSetup/opt-caps-hint.ui");
}

static void
opt_caps_hint_init (OptCapsHint *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
