/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the wizard hands to other programs, as files and by the clipboard. The file chooser asks
 * whether a file may go; whether a folder may be written into is asked here. */
#include "opt-window-private.h"

#include "opt-accessible.h"
#include "opt-advice.h"
#include "opt-client-page.h"
#include "opt-done-page.h"
#include "opt-error.h"
#include "opt-file.h"
#include "opt-print.h"

#include <glib/gi18n.h>

static const OptClient *
get_client (OptWindow *self)
{
  return opt_client_page_get_client (OPT_CLIENT_PAGE (self->pages[PAGE_CLIENT]));
}

static void
tell (OptWindow *self, const char *path, const GError *error)
{
  if (error == NULL)
    opt_done_page_add_file (OPT_DONE_PAGE (self->pages[PAGE_DONE]), path);
  opt_window_tell_saved (self, path, error);
}

static void
save_file (OptWindow *self, const char *path)
{
  OptClientPage *page = OPT_CLIENT_PAGE (self->pages[PAGE_CLIENT]);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = opt_session_create_files (self->session,
                                                          get_client (self),
                                                          opt_client_page_wants_password (page),
                                                          &error);

  if (files != NULL)
    {
      const OptClientFile *file = g_ptr_array_index (files, 0);

      opt_file_write (path, file->bytes, OPT_FILE_REPLACE, &error);
    }
  tell (self, path, error);
}

static gboolean
write_folder (OptWindow *self, const char *path, OptFileFlags flags, GError **error)
{
  g_autoptr (GPtrArray) files =
    opt_session_create_files (self->session, get_client (self), FALSE, error);
  g_autoptr (GArray) contents = g_array_new (FALSE, FALSE, sizeof (OptFile));

  if (files == NULL)
    return FALSE;

  for (guint i = 0; i < files->len; i++)
    {
      const OptClientFile *file = g_ptr_array_index (files, i);
      OptFile content = { file->name, file->bytes };

      g_array_append_val (contents, content);
    }

  return opt_file_write_folder (path, (OptFile *) contents->data, contents->len, flags, error);
}

static void
on_replace_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  OptWindow *self = OPT_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog)));
  const char *path = user_data;
  g_autoptr (GError) error = NULL;

  /* It goes with its window, and that is a no as well. */
  if (self == NULL || !g_str_equal (response, "replace"))
    return;

  write_folder (self, path, OPT_FILE_REPLACE, &error);
  tell (self, path, error);
}

static void
free_path (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
ask_about_folder (OptWindow *self, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  /* Translators: %s is the name of a folder */
  g_autofree char *heading = g_strdup_printf (_ ("Write into the folder “%s”?"), name);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self),
                                              heading,
                                              _ ("It is already there. Files of the same name are "
                                                 "replaced, all others stay."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _ ("_Cancel"),
                                    "replace",
                                    _ ("_Replace"),
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog,
                         "response",
                         G_CALLBACK (on_replace_response),
                         g_strdup (path),
                         free_path,
                         0);
  opt_accessible_name_buttons (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
save_folder (OptWindow *self, const char *parent)
{
  g_autofree char *path = g_build_filename (parent, get_client (self)->file_name, NULL);
  g_autoptr (GError) error = NULL;

  write_folder (self, path, OPT_FILE_NEW, &error);
  if (g_error_matches (error, OPT_ERROR, OPT_ERROR_FILE_EXISTS))
    ask_about_folder (self, path);
  else
    tell (self, path, error);
}

static void
export_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  const OptClient *client = get_client (self);

  if (opt_client_has_folder (client))
    opt_window_choose_folder (self, _ ("Where to save the folder"), save_folder);
  else
    opt_window_choose_file (self, _ ("Save the settings"), client->file_name, save_file);
}

/* Never with the password: other programs read the clipboard. */
static void
copy_export_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files =
    opt_session_create_files (self->session, get_client (self), FALSE, &error);
  g_autofree char *text = NULL;
  const OptClientFile *file;
  gsize n_bytes;

  if (files == NULL)
    {
      opt_window_show_toast (self, opt_advice_get_error_text (error));
      return;
    }

  file = g_ptr_array_index (files, 0);
  g_bytes_get_data (file->bytes, &n_bytes);
  text = g_strndup (g_bytes_get_data (file->bytes, NULL), n_bytes);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  opt_window_show_toast (self, _ ("Copied"));
}

static void
on_printed (OptWindow *self, GtkPrintOperationResult result, GtkPrintOperation *operation)
{
  g_autoptr (GError) error = NULL;

  if (result == GTK_PRINT_OPERATION_RESULT_APPLY)
    opt_window_show_toast (self, _ ("The sheet is printed"));
  else if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    {
      gtk_print_operation_get_error (operation, &error);
      g_message ("the sheet was not printed: %s", error->message);
      opt_window_show_toast (self, _ ("The sheet was not printed. You can save it instead."));
    }
}

static void
print_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (OptSettings) settings = opt_session_dup_settings (self->session, &error);
  g_autoptr (GtkPrintOperation) operation = NULL;

  if (settings == NULL)
    {
      opt_window_show_toast (self, opt_advice_get_error_text (error));
      return;
    }

  operation = opt_print_new (opt_sheet_new (settings));
  g_signal_connect_object (operation, "done", G_CALLBACK (on_printed), self, G_CONNECT_SWAPPED);
  gtk_print_operation_run (operation,
                           GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_WINDOW (self),
                           NULL);
}

static OptClientPage *
get_client_page (GtkWidget *widget)
{
  return OPT_CLIENT_PAGE (OPT_WINDOW (widget)->pages[PAGE_CLIENT]);
}

static OptSetupJob *
get_setup (GtkWidget *widget)
{
  return opt_client_page_get_setup (get_client_page (widget));
}

/* What a person would do first on a program's page. */
static void
hand_over_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const OptClient *client = opt_client_find (g_variant_get_string (parameter, NULL));

  g_return_if_fail (client != NULL);

  if (opt_client_is_printable (client))
    {
      gtk_widget_activate_action (widget, "win.print", NULL);
      return;
    }

  gtk_widget_activate_action_variant (widget, "win.client", parameter);
  if (get_setup (widget) != NULL)
    gtk_widget_activate_action (widget, "win.plan-setup", NULL);
  else if (opt_client_page_offers_file (get_client_page (widget)) && !opt_client_has_code (client))
    gtk_widget_activate_action (widget, "win.export", NULL);
}

static void
plan_setup_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  g_autoptr (GError) error = NULL;

  opt_session_plan_setup (self->session, get_setup (widget), &error);
  if (error != NULL)
    opt_window_show_toast (self, opt_advice_get_error_text (error));
}

static void
apply_setup_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  opt_session_apply_setup (OPT_WINDOW (widget)->session, get_setup (widget));
}

static void
cancel_setup_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  opt_setup_job_cancel (get_setup (widget));
}

static void
undo_setup_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  opt_setup_job_undo (get_setup (widget));
}

static const struct
{
  const char *name, *parameter_type;
  GtkWidgetActionActivateFunc activate;
} action_rows[] = {
  { "win.export", NULL, export_activated },
  { "win.copy-export", NULL, copy_export_activated },
  { "win.print", NULL, print_activated },
  { "win.hand-over", "s", hand_over_activated },
  { "win.plan-setup", NULL, plan_setup_activated },
  { "win.apply-setup", NULL, apply_setup_activated },
  { "win.cancel-setup", NULL, cancel_setup_activated },
  { "win.undo-setup", NULL, undo_setup_activated },
};

void
opt_window_class_install_export_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (action_rows); i++)
    gtk_widget_class_install_action (widget_class,
                                     action_rows[i].name,
                                     action_rows[i].parameter_type,
                                     action_rows[i].activate);
}
