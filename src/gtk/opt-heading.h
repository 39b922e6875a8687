/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OPT_TYPE_HEADING (opt_heading_get_type ())

/**
 * OptHeading:
 *
 * The heading of a page that says something new while it has the focus, such as the verdict after a
 * check. A screen reader speaks what the focus comes to, and GTK 4.8 has no other announcements: so
 * there are two labels, and new words come with the focus on the other one.
 */
G_DECLARE_FINAL_TYPE (OptHeading, opt_heading, OPT, HEADING, GtkBox)

/**
 * opt_heading_set_text:
 * @self: a heading
 * @text: what it says, translated
 *
 * The focus stays on the heading if it is there.
 */
void opt_heading_set_text (OptHeading *self, const char *text);

/**
 * opt_heading_get_label:
 * @self: a heading
 *
 * Returns: (transfer none): what is seen of it, for opt_page_focus_heading()
 */
GtkLabel *opt_heading_get_label (OptHeading *self);

G_END_DECLS
