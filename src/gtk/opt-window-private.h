/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-page.h"
#include "opt-window.h"

G_BEGIN_DECLS

/* The window's parts share this header; nobody else includes it. */

typedef enum
{
  PAGE_WELCOME,
  PAGE_ACCOUNT,
  PAGE_SERVERS,
  PAGE_CHECK,
  PAGE_SAVE,
  PAGE_EXPORT,
  PAGE_CLIENT,
  PAGE_DONE,
  N_PAGES
} PageId;

/* Writes something to a path, for opt-window-files.c. */
typedef gboolean (*OptWindowSaveFunc) (OptWindow *self, const char *path, GError **error);

struct _OptWindow
{
  AdwApplicationWindow parent_instance;

  AdwHeaderBar *header_bar;
  AdwWindowTitle *window_title;
  GtkButton *back_button;
  GtkButton *next_button;
  GtkWidget *menu_button;
  AdwToastOverlay *toasts;
  GtkStack *stack;

  OptSession *session;
  OptPage *pages[N_PAGES];
  PageId current;
  PageId before_servers; /* where the servers were called up from */
  GHashTable *examples;  /* address -> password, for practice */

  GtkFileChooserNative *chooser;
  OptWindowSaveFunc save_chosen; /* saves what the chooser is open for */
};

/**
 * opt_window_show_toast:
 * @self: a window
 * @text: plain text, translated
 */
void opt_window_show_toast (OptWindow *self, const char *text);

/**
 * opt_window_start_check:
 * @self: a window whose session can check
 * @all_sign_ins: whether to go on signing in after a refusal
 *
 * Starts a check and shows it; asks first where the session wants that.
 */
void opt_window_start_check (OptWindow *self, gboolean all_sign_ins);

/**
 * opt_window_ask_about_hosts:
 * @self: a window
 * @hosts: (array zero-terminated=1): at least one host that is not the provider's
 * @all_sign_ins: for the check that is about to start
 *
 * Asks whether the password may go to @hosts. After a yes the check starts, after a no nothing has
 * happened.
 */
void opt_window_ask_about_hosts (OptWindow *self, char **hosts, gboolean all_sign_ins);

/**
 * opt_window_class_install_open_actions:
 * @widget_class: the window's class
 *
 * Installs the actions that open something outside of the wizard.
 */
void opt_window_class_install_open_actions (GtkWidgetClass *widget_class);

/**
 * opt_window_class_install_file_actions:
 * @widget_class: the window's class
 *
 * Installs the actions that take something out of the wizard, into files and the clipboard.
 */
void opt_window_class_install_file_actions (GtkWidgetClass *widget_class);

G_END_DECLS
