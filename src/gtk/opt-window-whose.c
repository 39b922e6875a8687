/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings that are for everybody of a provider are checked for one address, which is asked for. */
#include "opt-window-private.h"

#include "opt-accessible.h"
#include "opt-entry.h"

#include <glib/gi18n.h>

static OptAddress *
parse_address (GtkEditable *entry)
{
  return opt_address_parse (gtk_editable_get_text (entry), NULL);
}

static void
on_address_changed (GtkEditable *entry, gpointer user_data)
{
  g_autoptr (OptAddress) address = parse_address (entry);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (user_data), "next", address != NULL);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  OptWindow *self = OPT_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog)));
  g_autoptr (OptAddress) address = parse_address (user_data);

  /* It goes with its window, and that is a no as well. */
  if (self != NULL && address != NULL && g_str_equal (response, "next"))
    opt_window_complete_found (self, address);
}

static GtkWidget *
add_entry (GtkWidget *dialog)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("_Email address"));
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), GTK_INPUT_PURPOSE_EMAIL);
  adw_entry_row_set_input_hints (ADW_ENTRY_ROW (row),
                                 GTK_INPUT_HINT_NO_SPELLCHECK | GTK_INPUT_HINT_LOWERCASE |
                                   GTK_INPUT_HINT_NO_EMOJI);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect (row, "changed", G_CALLBACK (on_address_changed), dialog);
  opt_entry_name (ADW_ENTRY_ROW (row), NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), group);

  return row;
}

void
opt_window_ask_whose (OptWindow *self)
{
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (self),
                            _ ("No address"),
                            _ ("These settings do not say whose address they are for. Give yours "
                               "to check them."));
  GtkWidget *row = add_entry (dialog);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _ ("_Cancel"),
                                    "next",
                                    _ ("_Next"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "next",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "next", FALSE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "next");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), row, 0);
  opt_accessible_name_buttons (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (row);
}
