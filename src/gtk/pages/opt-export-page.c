/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The mail programs that can be given the settings, those that are installed here first. */
#include "opt-export-page.h"

#include <glib/gi18n.h>

struct _OptExportPage
{
  OptPage parent_instance;

  AdwPreferencesGroup *computer_group;
  AdwPreferencesGroup *phone_group;
  AdwPreferencesGroup *else_group;
  GtkWidget *first_row;
};

G_DEFINE_FINAL_TYPE (OptExportPage, opt_export_page, OPT_TYPE_PAGE)

static AdwPreferencesGroup *
find_group (OptExportPage *self, const OptClient *client)
{
  switch (client->group)
    {
    case OPT_CLIENT_ON_COMPUTER:
      return self->computer_group;
    case OPT_CLIENT_ON_PHONE:
      return self->phone_group;
    case OPT_CLIENT_ANYTHING_ELSE:
      return self->else_group;
    }

  g_assert_not_reached ();
}

static void
add_row (OptExportPage *self, const OptClient *client, gboolean installed)
{
  AdwPreferencesGroup *group = find_group (self, client);
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), opt_client_get_name (client));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               installed ? _ ("Installed on this computer") : client->file_name);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), client->icon_name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", client->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.client");
  adw_preferences_group_add (group, row);
  gtk_widget_set_visible (GTK_WIDGET (group), TRUE);
  if (self->first_row == NULL)
    self->first_row = row;
}

static void
add_rows (OptExportPage *self)
{
  g_autoptr (OptMachine) machine = opt_machine_new ();
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);

  for (guint i = 0; i < n; i++)
    if (opt_client_is_installed (clients[i], machine))
      add_row (self, clients[i], TRUE);
  for (guint i = 0; i < n; i++)
    if (!opt_client_is_installed (clients[i], machine))
      add_row (self, clients[i], FALSE);
}

static void
opt_export_page_shown (OptPage *page)
{
  OptExportPage *self = OPT_EXPORT_PAGE (page);

  if (self->first_row != NULL)
    gtk_widget_grab_focus (self->first_row);
}

static void
opt_export_page_constructed (GObject *object)
{
  OptExportPage *self = OPT_EXPORT_PAGE (object);

  G_OBJECT_CLASS (opt_export_page_parent_class)->constructed (object);

  add_rows (self);
  opt_page_set_next (OPT_PAGE (self), _ ("_Done"), TRUE);
}

static void
opt_export_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_EXPORT_PAGE);

  G_OBJECT_CLASS (opt_export_page_parent_class)->dispose (object);
}

static void
opt_export_page_class_init (OptExportPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = opt_export_page_constructed;
  object_class->dispose = opt_export_page_dispose;
  OPT_PAGE_CLASS (klass)->shown = opt_export_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/pages/opt-export-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptExportPage, computer_group);
  gtk_widget_class_bind_template_child (widget_class, OptExportPage, phone_group);
  gtk_widget_class_bind_template_child (widget_class, OptExportPage, else_group);
}

static void
opt_export_page_init (OptExportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
