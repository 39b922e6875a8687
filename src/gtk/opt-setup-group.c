/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-setup-group.h"

#include "opt-advice.h"
#include "opt-page.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *label, *action;
} Button;

/* What is shown in each state. */
typedef struct
{
  const char *title, *subtitle;
  const char *icon_name;
  gboolean busy;
  gboolean lists; /* what will be changed, or can be undone */
  Button primary, secondary;
} View;

static const View views[] = {
  [OPT_SETUP_READY] = { N_ ("Set it up now"),
                        N_ ("First you see what will be changed on this computer"),
                        .primary = { N_ ("_Set it up…"), "win.plan-setup" } },
  [OPT_SETUP_PLANNING] = { N_ ("Finding out what will be changed…"),
                           N_ ("Nothing is changed yet"),
                           .busy = TRUE,
                           .secondary = { N_ ("_Cancel"), "win.cancel-setup" } },
  [OPT_SETUP_PLANNED] = { N_ ("This will be changed"),
                          N_ ("It can be undone, now and later"),
                          .lists = TRUE,
                          .primary = { N_ ("Set it _up"), "win.apply-setup" },
                          .secondary = { N_ ("_Cancel"), "win.cancel-setup" } },
  [OPT_SETUP_APPLYING] = { N_ ("Setting it up…"),
                           N_ ("You may be asked to unlock the keyring"),
                           .busy = TRUE,
                           .secondary = { N_ ("_Cancel"), "win.cancel-setup" } },
  [OPT_SETUP_DONE] = { N_ ("It is set up"),
                       N_ ("This is on this computer now, and can be undone"),
                       "emblem-ok-symbolic",
                       .lists = TRUE,
                       .secondary = { N_ ("_Undo"), "win.undo-setup" } },
  [OPT_SETUP_UNDOING] = { N_ ("Undoing…"), N_ ("Taking this back"), .busy = TRUE, .lists = TRUE },
};

struct _OptSetupGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *state_row;
  GtkSpinner *spinner;
  AdwActionRow *error_row;
  GtkWidget *lines_row;
  GtkLabel *lines;
  GtkWidget *buttons_row;
  GtkWidget *primary_button;
  GtkWidget *secondary_button;

  OptSetupJob *job;
};

G_DEFINE_FINAL_TYPE (OptSetupGroup, opt_setup_group, ADW_TYPE_PREFERENCES_GROUP)

static void
show_button (GtkWidget *widget, const Button *button)
{
  gtk_widget_set_visible (widget, button->action != NULL);
  if (button->action == NULL)
    return;

  gtk_button_set_label (GTK_BUTTON (widget), _ (button->label));
  opt_page_name_button (widget);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (widget), button->action);
}

static void
append_lines (GString *text, char **lines)
{
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "%s• %s", text->len > 0 ? "\n" : "", lines[i]);
}

static char *
create_leftovers_text (GPtrArray *leftovers)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < leftovers->len; i++)
    {
      const OptSetupLeftover *leftover = g_ptr_array_index (leftovers, i);
      const char *reason = leftover->reason->domain == G_IO_ERROR
                             ? leftover->reason->message
                             : opt_advice_get_error_text (leftover->reason);

      append_lines (text, leftover->what);
      g_string_append_printf (text, "\n%s", reason);
    }

  return g_string_free (text, FALSE);
}

static void
show_lines (OptSetupGroup *self, const View *view)
{
  GPtrArray *leftovers = opt_setup_job_get_leftovers (self->job);
  g_auto (GStrv) lines = view->lists ? opt_setup_job_describe (self->job) : NULL;
  g_autofree char *text = NULL;

  if (leftovers != NULL && leftovers->len > 0)
    text = create_leftovers_text (leftovers);
  else if (lines != NULL)
    {
      GString *list = g_string_new (NULL);

      append_lines (list, lines);
      text = g_string_free (list, FALSE);
    }

  gtk_widget_set_visible (self->lines_row, text != NULL);
  gtk_label_set_text (self->lines, text != NULL ? text : "");
  /* The row takes the focus, and is spoken then. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->lines_row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text != NULL ? text : "",
                                  -1);
}

static void
show_error (OptSetupGroup *self)
{
  const GError *error = opt_setup_job_get_error (self->job);

  gtk_widget_set_visible (GTK_WIDGET (self->error_row), error != NULL);
  if (error != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->error_row),
                                   opt_advice_get_error_text (error));
}

/* After an undo the state is that of before, and yet there is something to say. */
static const char *
get_subtitle (OptSetupGroup *self, const View *view)
{
  GPtrArray *leftovers = opt_setup_job_get_leftovers (self->job);

  if (leftovers == NULL)
    return _ (view->subtitle);

  return leftovers->len == 0 ? _ ("Undone. All is as it was before.")
                             : _ ("Undone, except for this:");
}

static void
update (OptSetupGroup *self)
{
  OptSetupState state =
    self->job != NULL ? opt_setup_job_get_state (self->job) : OPT_SETUP_NOT_HERE;
  const View *view = &views[MAX (state, OPT_SETUP_READY)];
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), state >= OPT_SETUP_READY);
  if (state < OPT_SETUP_READY)
    return;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), _ (view->title));
  adw_action_row_set_subtitle (self->state_row, get_subtitle (self, view));
  adw_action_row_set_icon_name (self->state_row, view->icon_name);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), view->busy);
  gtk_spinner_set_spinning (self->spinner, view->busy);
  show_error (self);
  show_lines (self, view);
  show_button (self->primary_button, &view->primary);
  show_button (self->secondary_button, &view->secondary);
  gtk_widget_set_visible (self->buttons_row,
                          view->primary.action != NULL || view->secondary.action != NULL);
  /* The button that was pressed may be gone. */
  if (focused)
    opt_setup_group_focus (self);
}

static void
opt_setup_group_dispose (GObject *object)
{
  g_clear_object (&OPT_SETUP_GROUP (object)->job);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_SETUP_GROUP);

  G_OBJECT_CLASS (opt_setup_group_parent_class)->dispose (object);
}

static void
opt_setup_group_class_init (OptSetupGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_setup_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-setup-group.ui");
  gtk_widget_class_bind_template_child (widget_class, OptSetupGroup, state_row);
  gtk_widget_class_bind_template_child (widget_class, OptSetupGroup, spinner);
  gtk_widget_class_bind_template_child (widget_class, OptSetupGroup, error_row);
  gtk_widget_class_bind_template_child (widget_class, OptSetupGroup, lines_row);
  gtk_widget_class_bind_template_child (widget_class, OptSetupGroup, lines);
  gtk_widget_class_bind_template_child (widget_class, OptSetupGroup, buttons_row);
  gtk_widget_class_bind_template_child (widget_class, OptSetupGroup, primary_button);
  gtk_widget_class_bind_template_child (widget_class, OptSetupGroup, secondary_button);
}

static void
opt_setup_group_init (OptSetupGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
opt_setup_group_set_job (OptSetupGroup *self, OptSetupJob *job)
{
  g_return_if_fail (OPT_IS_SETUP_GROUP (self));

  if (self->job != NULL)
    g_signal_handlers_disconnect_by_func (self->job, update, self);
  g_set_object (&self->job, job);
  if (job != NULL)
    g_signal_connect_object (job, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

OptSetupJob *
opt_setup_group_get_job (OptSetupGroup *self)
{
  g_return_val_if_fail (OPT_IS_SETUP_GROUP (self), NULL);

  return self->job;
}

void
opt_setup_group_focus (OptSetupGroup *self)
{
  g_return_if_fail (OPT_IS_SETUP_GROUP (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->state_row));
}
