/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-file-group.h"

#include "opt-page.h"

#include <glib/gi18n.h>

struct _OptFileGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *save_row;
  GtkWidget *copy_button;
  GtkWidget *save_button;
  GtkWidget *password_row;
  GtkSwitch *password_switch;
  GtkWidget *warning_row;

  guint n_files;
};

G_DEFINE_FINAL_TYPE (OptFileGroup, opt_file_group, ADW_TYPE_PREFERENCES_GROUP)

static void
update (OptFileGroup *self)
{
  g_autofree char *folder = NULL;

  if (self->n_files == 0)
    {
      adw_action_row_set_subtitle (self->save_row,
                                   opt_file_group_wants_password (self)
                                     ? _ ("With the password")
                                     : _ ("Without the password"));
      return;
    }

  folder = g_strdup_printf (ngettext ("A folder with %u file, without the password",
                                      "A folder with %u files, without the password",
                                      self->n_files),
                            self->n_files);
  adw_action_row_set_subtitle (self->save_row, folder);
}

static void
opt_file_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_FILE_GROUP);

  G_OBJECT_CLASS (opt_file_group_parent_class)->dispose (object);
}

static void
opt_file_group_class_init (OptFileGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_file_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-file-group.ui");
  gtk_widget_class_bind_template_child (widget_class, OptFileGroup, save_row);
  gtk_widget_class_bind_template_child (widget_class, OptFileGroup, copy_button);
  gtk_widget_class_bind_template_child (widget_class, OptFileGroup, save_button);
  gtk_widget_class_bind_template_child (widget_class, OptFileGroup, password_row);
  gtk_widget_class_bind_template_child (widget_class, OptFileGroup, password_switch);
  gtk_widget_class_bind_template_child (widget_class, OptFileGroup, warning_row);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
opt_file_group_init (OptFileGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  opt_page_name_button (self->save_button);
}

void
opt_file_group_show (OptFileGroup *self,
                     const OptClient *client,
                     guint n_files,
                     gboolean offers_password,
                     gboolean suggested)
{
  g_return_if_fail (OPT_IS_FILE_GROUP (self) && client != NULL);

  self->n_files = opt_client_has_folder (client) ? n_files : 0;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->save_row), client->file_name);
  gtk_widget_set_visible (self->copy_button, self->n_files == 0 && opt_client_is_text (client));
  if (suggested)
    gtk_widget_add_css_class (self->save_button, "suggested-action");
  else
    gtk_widget_remove_css_class (self->save_button, "suggested-action");
  gtk_switch_set_active (self->password_switch, FALSE);
  gtk_widget_set_visible (self->password_row, offers_password);
  update (self);
}

gboolean
opt_file_group_wants_password (OptFileGroup *self)
{
  g_return_val_if_fail (OPT_IS_FILE_GROUP (self), FALSE);

  return gtk_switch_get_active (self->password_switch);
}

void
opt_file_group_focus (OptFileGroup *self)
{
  g_return_if_fail (OPT_IS_FILE_GROUP (self));

  gtk_widget_grab_focus (self->save_button);
}
