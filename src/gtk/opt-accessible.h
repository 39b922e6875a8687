/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * opt_accessible_set_name:
 * @widget: a widget
 * @name: what a screen reader is to call it, in the person's language
 *
 * Names it by that and nothing else. Newer versions of GTK have buttons and rows labelled by their
 * own words (GTK 4.10, libadwaita 1.4), and that goes before any name (accname, 2B).
 */
void opt_accessible_set_name (GtkWidget *widget, const char *name);

/**
 * opt_accessible_name_button:
 * @button: a button whose label has a mnemonic and was just set
 *
 * Names it by the words that are seen. GTK 4.8 puts the raw label before them, and a screen reader
 * speaks “_Next Next”.
 */
void opt_accessible_name_button (GtkWidget *button);

/**
 * opt_accessible_name_buttons:
 * @dialog: a dialogue that has all of its buttons
 *
 * Does what opt_accessible_name_button() does with each of them.
 */
void opt_accessible_name_buttons (GtkWidget *dialog);

G_END_DECLS
