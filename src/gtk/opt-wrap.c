/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* For large text and small windows: words that GTK and libadwaita keep on one line. There is no
 * property for it, so the labels inside are looked for. */
#include "opt-wrap.h"

static void
wrap_label (GtkLabel *label)
{
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
}

void
opt_wrap_button (GtkWidget *button)
{
  GtkWidget *child;

  g_return_if_fail (GTK_IS_BUTTON (button));

  child = gtk_button_get_child (GTK_BUTTON (button));
  if (!GTK_IS_LABEL (child))
    return;

  wrap_label (GTK_LABEL (child));
  gtk_label_set_justify (GTK_LABEL (child), GTK_JUSTIFY_CENTER);
}

void
opt_wrap_titles (GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "heading"))
    {
      wrap_label (GTK_LABEL (widget));
      gtk_label_set_xalign (GTK_LABEL (widget), 0);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    opt_wrap_titles (child);
}
