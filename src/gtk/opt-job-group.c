/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-job-group.h"

#include "opt-accessible.h"
#include "opt-wrap-box.h"
#include "opt-wrap.h"

typedef struct
{
  AdwActionRow *state_row;
  GtkSpinner *spinner;
  AdwActionRow *error_row;
  GtkWidget *lines_row;
  GtkLabel *lines;
  GtkWidget *buttons_row;
  GtkWidget *primary_button;
  GtkWidget *secondary_button;
} OptJobGroupPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (OptJobGroup, opt_job_group, ADW_TYPE_PREFERENCES_GROUP)

static OptJobGroupPrivate *
get_private (OptJobGroup *self)
{
  return opt_job_group_get_instance_private (self);
}

static void
show_button (GtkWidget *widget, const OptJobButton *button)
{
  gtk_widget_set_visible (widget, button->action != NULL);
  if (button->action == NULL)
    return;

  gtk_button_set_label (GTK_BUTTON (widget), button->label);
  opt_wrap_button (widget);
  opt_accessible_name_button (widget);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (widget), button->action);
}

static void
show_lines (OptJobGroupPrivate *priv, const char *text)
{
  gtk_widget_set_visible (priv->lines_row, text != NULL);
  gtk_label_set_text (priv->lines, text != NULL ? text : "");
  /* The row takes the focus, and is spoken then. */
  opt_accessible_set_name (priv->lines_row, text != NULL ? text : "");
}

static void
show_error (OptJobGroupPrivate *priv, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (priv->error_row), text != NULL);
  if (text != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (priv->error_row), text);
}

static void
show_icon (OptJobGroupPrivate *priv, const OptJobView *view)
{
  adw_action_row_set_icon_name (priv->state_row,
                                view->done ? "object-select-symbolic" : view->icon_name);
  if (view->done)
    gtk_widget_add_css_class (GTK_WIDGET (priv->state_row), "done");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (priv->state_row), "done");
}

void
opt_job_group_show (OptJobGroup *self, const OptJobView *view)
{
  OptJobGroupPrivate *priv = get_private (self);
  gboolean focused;

  g_return_if_fail (OPT_IS_JOB_GROUP (self));

  focused = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;
  gtk_widget_set_visible (GTK_WIDGET (self), view != NULL);
  if (view == NULL)
    return;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (priv->state_row), view->title);
  adw_action_row_set_subtitle (priv->state_row, view->subtitle != NULL ? view->subtitle : "");
  show_icon (priv, view);
  gtk_widget_set_visible (GTK_WIDGET (priv->spinner), view->busy);
  gtk_spinner_set_spinning (priv->spinner, view->busy);
  show_error (priv, view->error);
  show_lines (priv, view->lines);
  show_button (priv->primary_button, &view->primary);
  show_button (priv->secondary_button, &view->secondary);
  gtk_widget_set_visible (priv->buttons_row,
                          view->primary.action != NULL || view->secondary.action != NULL);
  /* The button that was pressed may be gone. */
  if (focused)
    opt_job_group_focus (self);
}

void
opt_job_group_set_title (OptJobGroup *self, const char *title)
{
  g_return_if_fail (OPT_IS_JOB_GROUP (self) && title != NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (get_private (self)->state_row), title);
}

void
opt_job_group_focus (OptJobGroup *self)
{
  g_return_if_fail (OPT_IS_JOB_GROUP (self));

  gtk_widget_grab_focus (GTK_WIDGET (get_private (self)->state_row));
}

static void
opt_job_group_class_init (OptJobGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (OPT_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-job-group.ui");
  gtk_widget_class_bind_template_child_private (widget_class, OptJobGroup, state_row);
  gtk_widget_class_bind_template_child_private (widget_class, OptJobGroup, spinner);
  gtk_widget_class_bind_template_child_private (widget_class, OptJobGroup, error_row);
  gtk_widget_class_bind_template_child_private (widget_class, OptJobGroup, lines_row);
  gtk_widget_class_bind_template_child_private (widget_class, OptJobGroup, lines);
  gtk_widget_class_bind_template_child_private (widget_class, OptJobGroup, buttons_row);
  gtk_widget_class_bind_template_child_private (widget_class, OptJobGroup, primary_button);
  gtk_widget_class_bind_template_child_private (widget_class, OptJobGroup, secondary_button);
}

static void
opt_job_group_init (OptJobGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
