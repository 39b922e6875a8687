/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-welcome-page.h"

struct _OptWelcomePage
{
  OptPage parent_instance;

  AdwPreferencesGroup *practice_group;
};

G_DEFINE_FINAL_TYPE (OptWelcomePage, opt_welcome_page, OPT_TYPE_PAGE)

void
opt_welcome_page_add_example (OptWelcomePage *self, const char *title, const char *address)
{
  g_autofree char *subtitle = g_markup_escape_text (address, -1);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  GtkWidget *row;
  GtkWidget *arrow;

  g_return_if_fail (OPT_IS_WELCOME_PAGE (self) && title != NULL && address != NULL);

  row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", address);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.practice");
  adw_preferences_group_add (self->practice_group, row);
  gtk_widget_set_visible (GTK_WIDGET (self->practice_group), TRUE);
}

static void
opt_welcome_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_WELCOME_PAGE);

  G_OBJECT_CLASS (opt_welcome_page_parent_class)->dispose (object);
}

static void
opt_welcome_page_class_init (OptWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_welcome_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/pages/opt-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptWelcomePage, practice_group);
}

static void
opt_welcome_page_init (OptWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
