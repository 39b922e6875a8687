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
  PAGE_PROGRAMS,
  PAGE_CLIENT,
  PAGE_DONE,
  N_PAGES
} PageId;

/* Writes something to a path that was chosen. */
typedef void (*OptWindowSaveFunc) (OptWindow *self, const char *path);

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
  PageId before_client;  /* where the program was */
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
 * opt_window_choose_file:
 * @self: a window
 * @title: what it is for, translated
 * @name: what to call the file
 * @save: called with the path, after the person has agreed that a file of this name may go
 *
 * Asks where to save something.
 */
void opt_window_choose_file (OptWindow *self,
                             const char *title,
                             const char *name,
                             OptWindowSaveFunc save);

/**
 * opt_window_choose_folder:
 * @self: a window
 * @title: what it is for, translated
 * @save: called with the path of a folder that is there
 *
 * Asks for a folder to save something in.
 */
void opt_window_choose_folder (OptWindow *self, const char *title, OptWindowSaveFunc save);

/**
 * opt_window_tell_saved:
 * @self: a window
 * @path: what was to be saved
 * @error: (nullable): why it was not
 */
void opt_window_tell_saved (OptWindow *self, const char *path, const GError *error);

/**
 * opt_window_class_install_export_actions:
 * @widget_class: the window's class
 *
 * Installs the actions that hand settings to other programs.
 */
void opt_window_class_install_export_actions (GtkWidgetClass *widget_class);

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
 * Installs the actions that take the report out of the wizard, and copy what is seen.
 */
void opt_window_class_install_file_actions (GtkWidgetClass *widget_class);

G_END_DECLS
