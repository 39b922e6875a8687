/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * opt_wrap_button:
 * @button: a button that shows words
 *
 * Lets them go on several lines where there is no room for them on one. They stay so when they are
 * set anew.
 */
void opt_wrap_button (GtkWidget *button);

/**
 * opt_wrap_titles:
 * @widget: a group of rows, or what has some inside
 *
 * Lets the titles of groups go on several lines; libadwaita cuts them off.
 */
void opt_wrap_titles (GtkWidget *widget);

G_END_DECLS
