/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-page.h"

#include "opt-wrap.h"

typedef struct
{
  OptSession *session;
  char *title;
  char *next_label;
  gboolean complete;
  gboolean has_report;
} OptPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (OptPage, opt_page, ADW_TYPE_BIN)

enum
{
  PROP_SESSION = 1,
  PROP_TITLE,
  PROP_NEXT_LABEL,
  PROP_COMPLETE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
opt_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OptPagePrivate *priv = opt_page_get_instance_private (OPT_PAGE (object));

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, priv->session);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_NEXT_LABEL:
      g_value_set_string (value, priv->next_label);
      break;
    case PROP_COMPLETE:
      g_value_set_boolean (value, priv->complete);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
opt_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  OptPagePrivate *priv = opt_page_get_instance_private (OPT_PAGE (object));

  switch (id)
    {
    case PROP_SESSION:
      priv->session = g_value_dup_object (value);
      break;
    case PROP_TITLE:
      opt_page_set_title (OPT_PAGE (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* What comes later, wraps its own. */
static void
opt_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (opt_page_parent_class)->constructed (object);

  opt_wrap_titles (GTK_WIDGET (object));
}

static void
opt_page_finalize (GObject *object)
{
  OptPagePrivate *priv = opt_page_get_instance_private (OPT_PAGE (object));

  g_clear_object (&priv->session);
  g_free (priv->title);
  g_free (priv->next_label);

  G_OBJECT_CLASS (opt_page_parent_class)->finalize (object);
}

static void
opt_page_class_init (OptPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = opt_page_get_property;
  object_class->set_property = opt_page_set_property;
  object_class->constructed = opt_page_constructed;
  object_class->finalize = opt_page_finalize;

  properties[PROP_SESSION] =
    g_param_spec_object ("session",
                         NULL,
                         NULL,
                         OPT_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
    g_param_spec_string ("title",
                         NULL,
                         NULL,
                         NULL,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_NEXT_LABEL] =
    g_param_spec_string ("next-label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_COMPLETE] =
    g_param_spec_boolean ("complete", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

/* Who has marked something wants that. */
static gboolean
is_selected (GtkWidget *focus)
{
  return (GTK_IS_LABEL (focus) && gtk_label_get_selection_bounds (GTK_LABEL (focus), NULL, NULL)) ||
         GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus);
}

static gboolean
on_copy (GtkWidget *widget, GVariant *arguments, gpointer user_data)
{
  OptPagePrivate *priv = opt_page_get_instance_private (OPT_PAGE (widget));
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));

  if (!priv->has_report || (focus != NULL && is_selected (focus)))
    return FALSE;

  return gtk_widget_activate_action (widget, "win.copy-report", NULL);
}

static void
opt_page_init (OptPage *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  /* Before the heading, which would copy nothing. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_c,
                                                                                  GDK_CONTROL_MASK),
                                                          gtk_callback_action_new (on_copy,
                                                                                   NULL,
                                                                                   NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

OptSession *
opt_page_get_session (OptPage *self)
{
  OptPagePrivate *priv = opt_page_get_instance_private (self);

  g_return_val_if_fail (OPT_IS_PAGE (self), NULL);

  return priv->session;
}

void
opt_page_set_title (OptPage *self, const char *title)
{
  OptPagePrivate *priv = opt_page_get_instance_private (self);

  g_return_if_fail (OPT_IS_PAGE (self));

  if (g_strcmp0 (priv->title, title) == 0)
    return;

  g_free (priv->title);
  priv->title = g_strdup (title);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
}

const char *
opt_page_get_title (OptPage *self)
{
  OptPagePrivate *priv = opt_page_get_instance_private (self);

  g_return_val_if_fail (OPT_IS_PAGE (self), NULL);

  return priv->title;
}

void
opt_page_set_next (OptPage *self, const char *label, gboolean complete)
{
  OptPagePrivate *priv = opt_page_get_instance_private (self);

  g_return_if_fail (OPT_IS_PAGE (self));

  if (g_strcmp0 (priv->next_label, label) != 0)
    {
      g_free (priv->next_label);
      priv->next_label = g_strdup (label);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEXT_LABEL]);
    }

  if (priv->complete != complete)
    {
      priv->complete = complete;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPLETE]);
    }
}

const char *
opt_page_get_next_label (OptPage *self)
{
  OptPagePrivate *priv = opt_page_get_instance_private (self);

  g_return_val_if_fail (OPT_IS_PAGE (self), NULL);

  return priv->next_label;
}

gboolean
opt_page_is_complete (OptPage *self)
{
  OptPagePrivate *priv = opt_page_get_instance_private (self);

  g_return_val_if_fail (OPT_IS_PAGE (self), FALSE);

  return priv->complete;
}

void
opt_page_set_has_report (OptPage *self, gboolean has_report)
{
  OptPagePrivate *priv = opt_page_get_instance_private (self);

  g_return_if_fail (OPT_IS_PAGE (self));

  priv->has_report = has_report;
}

void
opt_page_shown (OptPage *self)
{
  OptPageClass *klass;

  g_return_if_fail (OPT_IS_PAGE (self));

  klass = OPT_PAGE_GET_CLASS (self);
  if (klass->shown != NULL)
    klass->shown (self);
}

void
opt_page_focus_heading (OptPage *self, GtkLabel *heading)
{
  g_return_if_fail (OPT_IS_PAGE (self) && GTK_IS_LABEL (heading));

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  gtk_widget_grab_focus (GTK_WIDGET (heading));
  gtk_label_select_region (heading, 0, 0);
}
