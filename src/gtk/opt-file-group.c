/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-file-group.h"

#include "opt-accessible.h"
#include "opt-drag-out.h"

#include <glib/gi18n.h>

struct _OptFileGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *save_row;
  GtkWidget *copy_button;
  GtkWidget *print_row;
  GtkWidget *print_button;
  GtkWidget *save_button;
  GtkWidget *password_row;
  GtkSwitch *password_switch;
  GtkWidget *warning_row;

  const OptClient *client;
  GPtrArray *files;
  OptDragOut *drag_out;
};

G_DEFINE_FINAL_TYPE (OptFileGroup, opt_file_group, ADW_TYPE_PREFERENCES_GROUP)

static char *
describe (OptFileGroup *self)
{
  if (opt_client_has_folder (self->client))
    return g_strdup_printf (
      ngettext ("A folder with %u file, without the password. It can also be dragged out.",
                "A folder with %u files, without the password. It can also be dragged out.",
                self->files->len),
      self->files->len);

  return g_strdup (opt_file_group_wants_password (self)
                     ? _ ("With the password")
                     : _ ("Without the password. It can also be dragged out."));
}

static void
update (OptFileGroup *self)
{
  g_autofree char *description = NULL;

  if (self->files == NULL)
    return;

  description = describe (self);
  adw_action_row_set_subtitle (self->save_row, description);
  /* What is dragged would not be what the row says. */
  opt_drag_out_set_files (self->drag_out,
                          opt_file_group_wants_password (self) ? NULL : self->files,
                          opt_client_has_folder (self->client) ? self->client->file_name : NULL);
}

static void
opt_file_group_dispose (GObject *object)
{
  OptFileGroup *self = OPT_FILE_GROUP (object);

  g_clear_object (&self->drag_out);
  g_clear_pointer (&self->files, g_ptr_array_unref);
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
  gtk_widget_class_bind_template_child (widget_class, OptFileGroup, print_row);
  gtk_widget_class_bind_template_child (widget_class, OptFileGroup, copy_button);
  gtk_widget_class_bind_template_child (widget_class, OptFileGroup, print_button);
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
  opt_accessible_name_button (self->print_button);
  opt_accessible_name_button (self->save_button);
  self->drag_out = opt_drag_out_new (GTK_WIDGET (self->save_row));
}

static void
suggest (GtkWidget *button, gboolean suggested)
{
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  else
    gtk_widget_remove_css_class (button, "suggested-action");
}

void
opt_file_group_show (OptFileGroup *self,
                     const OptClient *client,
                     GPtrArray *files,
                     gboolean offers_password,
                     gboolean suggested)
{
  gboolean has_folder;
  gboolean prints;

  g_return_if_fail (OPT_IS_FILE_GROUP (self) && client != NULL && files != NULL);

  has_folder = opt_client_has_folder (client);
  prints = opt_client_is_printable (client);
  self->client = client;
  g_ptr_array_ref (files);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = files;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->save_row), client->file_name);
  adw_action_row_set_icon_name (self->save_row,
                                has_folder ? "folder-symbolic" : "text-x-generic-symbolic");
  /* Nobody has a use for the source of a web page. */
  gtk_widget_set_visible (self->copy_button, !has_folder && !prints && opt_client_is_text (client));
  gtk_widget_set_visible (self->print_row, prints);
  suggest (self->print_button, suggested && prints);
  suggest (self->save_button, suggested && !prints);
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

  gtk_widget_grab_focus (gtk_widget_get_visible (self->print_row) ? self->print_button
                                                                  : self->save_button);
}
