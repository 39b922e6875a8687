/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes from the wizard into files and the clipboard. The file chooser asks where, and whether
 * a file of that name may go; one place writes. */
#include "opt-window-private.h"

#include "opt-advice.h"
#include "opt-client-page.h"
#include "opt-done-page.h"
#include "opt-file.h"
#include "opt-report.h"

#include <glib/gi18n.h>
#include <string.h>

static void
save (OptWindow *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    {
      opt_window_show_toast (self, _ ("Choose a folder of this computer"));
      return;
    }

  if (!self->save_chosen (self, path, &error))
    {
      opt_window_show_toast (self, opt_advice_get_error_text (error));
      return;
    }

  /* Translators: %s is the name of a file */
  text = g_strdup_printf (_ ("Saved as %s"), path);
  opt_window_show_toast (self, text);
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
choose (OptWindow *self, const char *title, const char *file_name, OptWindowSaveFunc save_chosen)
{
  if (self->chooser != NULL)
    return;

  self->save_chosen = save_chosen;
  self->chooser = gtk_file_chooser_native_new (title,
                                               GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SAVE,
                                               _ ("_Save"),
                                               _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), file_name);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static const OptClient *
get_client (OptWindow *self)
{
  return opt_client_page_get_client (OPT_CLIENT_PAGE (self->pages[PAGE_CLIENT]));
}

static gboolean
save_export (OptWindow *self, const char *path, GError **error)
{
  g_autoptr (OptSettings) settings = opt_session_dup_settings (self->session, error);
  g_autoptr (GBytes) bytes = NULL;

  if (settings == NULL)
    return FALSE;

  bytes = opt_client_render (get_client (self), settings, error);
  if (bytes == NULL || !opt_file_write (path, bytes, OPT_FILE_REPLACE, error))
    return FALSE;

  opt_done_page_add_file (OPT_DONE_PAGE (self->pages[PAGE_DONE]), path);

  return TRUE;
}

static void
export_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);

  choose (self, _ ("Save the settings"), get_client (self)->file_name, save_export);
}

static void
copy_report_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  g_autofree char *report = opt_report_create_text (opt_session_get_check (self->session));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), report);
  opt_window_show_toast (self, _ ("Report copied"));
}

static gboolean
save_report (OptWindow *self, const char *path, GError **error)
{
  char *report = opt_report_create_text (opt_session_get_check (self->session));
  g_autoptr (GBytes) bytes = g_bytes_new_take (report, strlen (report));

  return opt_file_write (path, bytes, OPT_FILE_REPLACE, error);
}

static void
save_report_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose (OPT_WINDOW (widget), _ ("Save the report"), "optsetup-report.txt", save_report);
}

static const struct
{
  const char *name;
  GtkWidgetActionActivateFunc activate;
} action_rows[] = {
  { "win.export", export_activated },
  { "win.copy-report", copy_report_activated },
  { "win.save-report", save_report_activated },
};

void
opt_window_class_install_file_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (action_rows); i++)
    gtk_widget_class_install_action (widget_class,
                                     action_rows[i].name,
                                     NULL,
                                     action_rows[i].activate);
}
