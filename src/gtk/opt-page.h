/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_PAGE (opt_page_get_type ())

/**
 * OptPage:
 *
 * One page of the wizard. It shows what the session says and writes what the person types into the
 * session; it starts nothing and knows no other page. The window reads these properties:
 * `title`, `next-label` (of the button that goes on) and `complete` (whether that can be pressed).
 */
G_DECLARE_DERIVABLE_TYPE (OptPage, opt_page, OPT, PAGE, AdwBin)

/**
 * OptPageClass:
 * @shown: called each time that the page comes into view; moves the focus to where work is
 */
struct _OptPageClass
{
  AdwBinClass parent_class;

  void (*shown) (OptPage *self);
};

/**
 * opt_page_get_session:
 * @self: a page
 *
 * Returns: (transfer none): the session it shows
 */
OptSession *opt_page_get_session (OptPage *self);

/**
 * opt_page_set_title:
 * @self: a page
 * @title: what the header bar shows, translated
 */
void opt_page_set_title (OptPage *self, const char *title);

/**
 * opt_page_get_title:
 * @self: a page
 *
 * Returns: (transfer none): what the header bar shows
 */
const char *opt_page_get_title (OptPage *self);

/**
 * opt_page_set_next:
 * @self: a page
 * @label: (nullable): what the button that goes on says, translated, with a mnemonic; %NULL for
 *   no such button
 * @complete: whether it can be pressed
 */
void opt_page_set_next (OptPage *self, const char *label, gboolean complete);

/**
 * opt_page_get_next_label:
 * @self: a page
 *
 * Returns: (transfer none) (nullable): what the button says
 */
const char *opt_page_get_next_label (OptPage *self);

/**
 * opt_page_is_complete:
 * @self: a page
 *
 * Returns: whether the button can be pressed
 */
gboolean opt_page_is_complete (OptPage *self);

/**
 * opt_page_set_has_report:
 * @self: a page
 * @has_report: whether it shows a result of which there is a report
 *
 * With one, Ctrl+C copies it from wherever on the page nothing is selected.
 */
void opt_page_set_has_report (OptPage *self, gboolean has_report);

/**
 * opt_page_shown:
 * @self: a page that came into view
 */
void opt_page_shown (OptPage *self);

/**
 * opt_page_focus_heading:
 * @self: a page
 * @heading: a selectable label on it
 *
 * Moves the focus to a heading without marking its text, so that a screen reader speaks it; GTK 4.8
 * has no announcements.
 */
void opt_page_focus_heading (OptPage *self, GtkLabel *heading);

G_END_DECLS
