/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-difference-row.h"

#include <glib/gi18n.h>

struct _OptDifferenceRow
{
  AdwActionRow parent_instance;

  GtkImage *icon;
  GtkWidget *copy_button;
};

G_DEFINE_FINAL_TYPE (OptDifferenceRow, opt_difference_row, ADW_TYPE_ACTION_ROW)

static void
opt_difference_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_DIFFERENCE_ROW);

  G_OBJECT_CLASS (opt_difference_row_parent_class)->dispose (object);
}

static void
opt_difference_row_class_init (OptDifferenceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_difference_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-difference-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OptDifferenceRow, icon);
  gtk_widget_class_bind_template_child (widget_class, OptDifferenceRow, copy_button);
}

static void
opt_difference_row_init (OptDifferenceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_severity (OptDifferenceRow *self, OptSeverity severity)
{
  static const struct
  {
    const char *icon_name, *style;
  } severities[] = {
    [OPT_SEVERITY_OLD] = { "dialog-information-symbolic", "dim-label" },
    [OPT_SEVERITY_NOT_SAFE] = { "dialog-warning-symbolic", "warning" },
    [OPT_SEVERITY_BROKEN] = { "dialog-error-symbolic", "error" },
  };

  gtk_image_set_from_icon_name (self->icon, severities[severity].icon_name);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), severities[severity].style);
  /* To be seen is not enough; here it says how bad that is. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->icon),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  opt_severity_get_title (severity),
                                  -1);
}

/* Whether the value is typed letter by letter, and not picked from a list. */
static gboolean
is_typed (OptDifferenceKind kind)
{
  switch (kind)
    {
    case OPT_DIFFERENCE_HOST_RETIRED:
    case OPT_DIFFERENCE_HOST_SIBLING:
    case OPT_DIFFERENCE_HOST_NAMESAKE:
    case OPT_DIFFERENCE_HOST_OTHER:
    case OPT_DIFFERENCE_HOST_SPACE:
    case OPT_DIFFERENCE_HOST_INVALID:
    case OPT_DIFFERENCE_PORT_OTHER:
    case OPT_DIFFERENCE_PORT_INVALID:
    case OPT_DIFFERENCE_USER_NOT_ADDRESS:
    case OPT_DIFFERENCE_USER_CASE:
    case OPT_DIFFERENCE_USER_OTHER:
    case OPT_DIFFERENCE_USER_SPACE:
    case OPT_DIFFERENCE_USER_MISSING:
    case OPT_DIFFERENCE_SENDER_CASE:
    case OPT_DIFFERENCE_ADDRESS_TYPO:
    case OPT_DIFFERENCE_OUTGOING_MISSING:
    case OPT_DIFFERENCE_INCOMING_MISSING:
      return TRUE;
    case OPT_DIFFERENCE_NO_TLS:
    case OPT_DIFFERENCE_TLS_OPTIONAL:
    case OPT_DIFFERENCE_SECURITY_PORT:
    case OPT_DIFFERENCE_SECURITY_OTHER:
    case OPT_DIFFERENCE_CERTIFICATE_UNCHECKED:
    case OPT_DIFFERENCE_AUTH_CHALLENGE:
    case OPT_DIFFERENCE_AUTH_OTHER:
    case OPT_DIFFERENCE_AUTH_NONE:
    case OPT_DIFFERENCE_PASSWORD_IN_FILE:
    case OPT_DIFFERENCE_LEAVE_NEVER:
      return FALSE;
    }

  g_assert_not_reached ();
}

static void
show_copy (OptDifferenceRow *self, const char *value)
{
  /* Translators: %s is a value, for example the name of a server */
  g_autofree char *name = g_strdup_printf (_ ("Copy “%s”"), value);

  gtk_widget_set_tooltip_text (self->copy_button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->copy_button), "s", value);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->copy_button), "win.copy");
  gtk_widget_set_visible (self->copy_button, TRUE);
}

GtkWidget *
opt_difference_row_new (const OptDifference *difference)
{
  OptDifferenceRow *self;
  g_autofree char *text = NULL;
  g_autofree char *advice = NULL;

  g_return_val_if_fail (difference != NULL, NULL);

  self = g_object_new (OPT_TYPE_DIFFERENCE_ROW, NULL);
  text = opt_difference_create_text (difference);
  advice = opt_difference_create_advice (difference);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), text);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), advice);
  show_severity (self, difference->severity);
  if (difference->wanted != NULL && is_typed (difference->kind))
    show_copy (self, difference->wanted);

  return GTK_WIDGET (self);
}
