/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-value-row.h"

#include <glib/gi18n.h>

struct _OptValueRow
{
  AdwActionRow parent_instance;

  GtkWidget *copy_button;
};

G_DEFINE_FINAL_TYPE (OptValueRow, opt_value_row, ADW_TYPE_ACTION_ROW)

static void
opt_value_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_VALUE_ROW);

  G_OBJECT_CLASS (opt_value_row_parent_class)->dispose (object);
}

static void
opt_value_row_class_init (OptValueRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_value_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-value-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OptValueRow, copy_button);
}

static void
opt_value_row_init (OptValueRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
name_button (GtkWidget *button, const char *label, const char *group)
{
  /* Translators: %s is what a mail program calls a value: Server, Port, User name */
  g_autofree char *name = g_strdup_printf (_ ("Copy “%s”"), label);

  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  group,
                                  -1);
}

GtkWidget *
opt_value_row_new (const OptValue *value, const char *group)
{
  OptValueRow *self;

  g_return_val_if_fail (value != NULL && group != NULL, NULL);

  self = g_object_new (OPT_TYPE_VALUE_ROW, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), value->label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), value->text);
  gtk_widget_set_visible (self->copy_button, value->is_literal);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->copy_button), "s", value->text);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->copy_button), "win.copy");
  name_button (self->copy_button, value->label, group);

  return GTK_WIDGET (self);
}
