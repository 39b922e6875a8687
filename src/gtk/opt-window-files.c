/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes from the wizard into files. The file chooser asks where, and whether a file of that
 * name may go; one place writes. */
#include "opt-window-private.h"

#include "opt-advice.h"
#include "opt-client-page.h"
#include "opt-done-page.h"
#include "opt-file.h"

#include <glib/gi18n.h>

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

void
opt_window_class_install_file_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.export", NULL, export_activated);
}
