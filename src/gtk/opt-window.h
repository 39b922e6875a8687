/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_WINDOW (opt_window_get_type ())

/**
 * OptWindow:
 *
 * The wizard's window: the pages, and the buttons and actions that move between them.
 */
G_DECLARE_FINAL_TYPE (OptWindow, opt_window, OPT, WINDOW, AdwApplicationWindow)

/**
 * opt_window_new:
 * @application: the application
 * @session: what the window shows and changes
 *
 * Returns: (transfer floating): a window
 */
GtkWidget *opt_window_new (GtkApplication *application, OptSession *session);

/**
 * opt_window_add_example:
 * @self: a window
 * @title: what the example shows, translated
 * @address: its address
 * @password: its password, which is no secret
 *
 * Shows an account to practice with on the first page.
 */
void opt_window_add_example (OptWindow *self,
                             const char *title,
                             const char *address,
                             const char *password);

/**
 * opt_window_open_file:
 * @self: a window
 * @file: a file of some mail program's settings
 *
 * Reads the file and shows what is in it, or says why that cannot be done.
 */
void opt_window_open_file (OptWindow *self, GFile *file);

G_END_DECLS
