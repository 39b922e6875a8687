/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes from the wizard into files and the clipboard, and which file to read. The file chooser
 * asks where, and whether a file of that name may go; one place writes. */
#include "opt-window-private.h"

#include "opt-advice.h"
#include "opt-file.h"

#include <glib/gi18n.h>
#include <string.h>

void
opt_window_tell_saved (OptWindow *self, const char *path, const GError *error)
{
  g_autofree char *name = g_filename_display_name (path);
  /* Translators: %s is the name of a file */
  g_autofree char *text = g_strdup_printf (_ ("Saved as %s"), name);

  opt_window_show_toast (self, error == NULL ? text : opt_advice_get_error_text (error));
}

static void
save (OptWindow *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (path != NULL)
    self->save_chosen (self, path);
  else
    opt_window_show_toast (self, _ ("Choose a folder of this computer"));
}

static void
on_chosen (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  OptWindow *self = user_data;
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_clear_object (&self->chooser);
  if (file != NULL)
    save (self, file);
}

static void
choose (OptWindow *self, GtkFileChooserNative *chooser, OptWindowSaveFunc save_chosen)
{
  self->save_chosen = save_chosen;
  self->chooser = chooser;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
opt_window_choose_file (OptWindow *self,
                        const char *title,
                        const char *name,
                        OptWindowSaveFunc save_chosen)
{
  GtkFileChooserNative *chooser;

  g_return_if_fail (OPT_IS_WINDOW (self) && name != NULL && save_chosen != NULL);

  if (self->chooser != NULL)
    return;

  chooser = gtk_file_chooser_native_new (title,
                                         GTK_WINDOW (self),
                                         GTK_FILE_CHOOSER_ACTION_SAVE,
                                         _ ("_Save"),
                                         _ ("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  choose (self, chooser, save_chosen);
}

void
opt_window_choose_folder (OptWindow *self, const char *title, OptWindowSaveFunc save_chosen)
{
  GtkFileChooserNative *chooser;

  g_return_if_fail (OPT_IS_WINDOW (self) && save_chosen != NULL);

  if (self->chooser != NULL)
    return;

  chooser = gtk_file_chooser_native_new (title,
                                         GTK_WINDOW (self),
                                         GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                         _ ("_Save"),
                                         _ ("_Cancel"));
  choose (self, chooser, save_chosen);
}

void
opt_window_choose_to_open (OptWindow *self, const char *title, OptWindowSaveFunc open)
{
  GtkFileChooserNative *chooser;

  g_return_if_fail (OPT_IS_WINDOW (self) && open != NULL);

  if (self->chooser != NULL)
    return;

  chooser = gtk_file_chooser_native_new (title,
                                         GTK_WINDOW (self),
                                         GTK_FILE_CHOOSER_ACTION_OPEN,
                                         _ ("_Open"),
                                         _ ("_Cancel"));
  choose (self, chooser, open);
}

static void
copy_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          g_variant_get_string (parameter, NULL));
  opt_window_show_toast (OPT_WINDOW (widget), _ ("Copied"));
}

static char *
create_report (OptWindow *self)
{
  return self->current == PAGE_REVIEW ? opt_session_create_found_report (self->session)
                                      : opt_session_create_report (self->session);
}

static void
copy_report_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  g_autofree char *report = create_report (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), report);
  opt_window_show_toast (self, _ ("Report copied"));
}

static void
save_report (OptWindow *self, const char *path)
{
  char *report = create_report (self);
  g_autoptr (GBytes) bytes = g_bytes_new_take (report, strlen (report));
  g_autoptr (GError) error = NULL;

  opt_file_write (path, bytes, OPT_FILE_REPLACE, &error);
  opt_window_tell_saved (self, path, error);
}

static void
save_report_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  opt_window_choose_file (OPT_WINDOW (widget),
                          _ ("Save the report"),
                          "optsetup-report.txt",
                          save_report);
}

static const struct
{
  const char *name, *parameter_type;
  GtkWidgetActionActivateFunc activate;
} action_rows[] = {
  { "win.copy", "s", copy_activated },
  { "win.copy-report", NULL, copy_report_activated },
  { "win.save-report", NULL, save_report_activated },
};

void
opt_window_class_install_file_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (action_rows); i++)
    gtk_widget_class_install_action (widget_class,
                                     action_rows[i].name,
                                     action_rows[i].parameter_type,
                                     action_rows[i].activate);
}
