/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a screen reader is told of an entry row. The text inside it is what has the focus; the row
 * is no more than its place in the list. */
#include "opt-entry.h"

static GtkAccessible *
get_text (AdwEntryRow *row)
{
  return GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row)));
}

/* As a description, because GTK 4.8 tells a screen reader nothing of ERROR_MESSAGE, and 4.18 wants
 * a list there. */
static void
describe (GtkAccessible *text, GtkWidget *message)
{
  gtk_accessible_update_relation (text, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, message, NULL, -1);
}

void
opt_entry_name (AdwEntryRow *row, GtkWidget *message)
{
  g_autofree char *name = NULL;

  g_return_if_fail (ADW_IS_ENTRY_ROW (row));
  g_return_if_fail (message == NULL || GTK_IS_WIDGET (message));

  /* The title as it is seen, without the sign for the mnemonic. */
  pango_parse_markup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                      -1,
                      '_',
                      NULL,
                      &name,
                      NULL,
                      NULL);
  g_object_set (row, "accessible-role", GTK_ACCESSIBLE_ROLE_LIST_ITEM, NULL);
  g_object_set (get_text (row), "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  gtk_accessible_update_property (get_text (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (message != NULL)
    describe (get_text (row), message);
}

void
opt_entry_mark (AdwEntryRow *row, gboolean wrong, GtkWidget *message)
{
  g_return_if_fail (ADW_IS_ENTRY_ROW (row));
  g_return_if_fail (message == NULL || GTK_IS_WIDGET (message));

  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");

  if (message != NULL && wrong)
    describe (get_text (row), message);
  else if (message != NULL)
    gtk_accessible_reset_relation (get_text (row), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);

  gtk_accessible_update_state (get_text (row),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}
