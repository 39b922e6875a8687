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
  PAGE_FOUND,
  PAGE_REVIEW,
  PAGE_NEW_PASSWORD,
  N_PAGES
} PageId;

/* Writes something to a path that was chosen. */
typedef void (*OptWindowSaveFunc) (OptWindow *self, const char *path);

/* Goes on when the person has said yes. */
typedef void (*OptWindowConfirmFunc) (OptWindow *self);

struct _OptWindow
{
  AdwApplicationWindow parent_instance;

  GtkLabel *title_label;
  GtkLabel *step_label;
  AdwHeaderBar *header_bar;
  AdwSqueezer *width_squeezer;
  GtkWidget *wide_box; /* what it shows where it is wide */
  GtkWidget *back_button;
  GtkLabel *back_label;
  GtkImage *back_icon;
  GtkButton *next_button;
  AdwToastOverlay *toasts;
  GtkStack *stack;

  OptSession *session;
  OptPage *pages[N_PAGES];
  PageId current;
  PageId came_from[N_PAGES]; /* where Back leads to */
  GHashTable *examples;      /* address -> password, for practice */
  gboolean asked_to_close;   /* about the result that there is now */
  gboolean leaves_message;   /* so the person answered */
  gint64 check_began_us;
  gint64 test_began_us;
  gint64 delivery_began_us;
  gboolean testing;
  gboolean delivering;
  gboolean notified; /* the desktop shows a result of ours */

  GtkFileChooserNative *chooser;
  OptWindowSaveFunc save_chosen; /* does what the chooser is open for */
  GCancellable *opening;         /* of the last file that was opened */
  char *opening_path;
  GSignalGroup *found_signals;
  GSignalGroup *job_signals;
  GSignalGroup *delivery_signals;
};

/**
 * opt_window_go_to:
 * @self: a window
 * @page: the next page on the way
 */
void opt_window_go_to (OptWindow *self, PageId page);

/**
 * opt_window_call_up:
 * @self: a window
 * @page: a page that Back leads from to where it was called up
 */
void opt_window_call_up (OptWindow *self, PageId page);

/**
 * opt_window_go_back:
 * @self: a window
 * @page: a page that was seen before
 */
void opt_window_go_back (OptWindow *self, PageId page);

/**
 * opt_window_update_header:
 * @self: a window of which something has changed
 */
void opt_window_update_header (OptWindow *self);

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
 * OptHostQuestion:
 * @hosts: (array zero-terminated=1): at least one host that is not the provider's
 * @provider: (nullable): whose hosts they are not
 * @confirm: called with each host after a yes
 * @go_on: called at last after a yes
 */
typedef struct
{
  char **hosts;
  OptProvider *provider;
  void (*confirm) (OptWindow *self, const char *host);
  OptWindowConfirmFunc go_on;
} OptHostQuestion;

/**
 * opt_window_ask_about_hosts:
 * @self: a window
 * @question: what to ask; copied
 *
 * Asks whether the password may go to some hosts. After a no nothing has happened.
 */
void opt_window_ask_about_hosts (OptWindow *self, const OptHostQuestion *question);

/**
 * opt_window_ask_whose:
 * @self: a window whose session has a found account without an address
 *
 * Asks for the address, and goes on with opt_window_complete_found().
 */
void opt_window_ask_whose (OptWindow *self);

/**
 * opt_window_complete_found:
 * @self: a window
 * @address: whose the found account is
 *
 * Shows the found account as it is for @address.
 */
void opt_window_complete_found (OptWindow *self, OptAddress *address);

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
 * opt_window_choose_to_open:
 * @self: a window
 * @title: what it is for, translated
 * @open: called with the path
 *
 * Asks for a file that is there.
 */
void opt_window_choose_to_open (OptWindow *self, const char *title, OptWindowSaveFunc open);

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

/**
 * opt_window_class_install_step_actions:
 * @widget_class: the window's class
 *
 * Installs the actions that move between pages, beyond Back and Next.
 */
void opt_window_class_install_step_actions (GtkWidgetClass *widget_class);

/**
 * opt_window_class_install_found_actions:
 * @widget_class: the window's class
 *
 * Installs the actions around what other programs have.
 */
void opt_window_class_install_found_actions (GtkWidgetClass *widget_class);

/**
 * opt_window_set_up_founds:
 * @self: a window with pages
 *
 * Begins to look for what other programs have, and lets files be dropped where that is of use.
 */
void opt_window_set_up_founds (OptWindow *self);

/**
 * opt_window_update_found_actions:
 * @self: a window of which something has changed
 */
void opt_window_update_found_actions (OptWindow *self);

/**
 * opt_window_test:
 * @self: a window whose account, of those that were found, can be tested
 *
 * Tests it; asks first where that is needed.
 */
void opt_window_test (OptWindow *self);

/**
 * opt_window_test_all:
 * @self: a window
 *
 * Tests what can be tested; asks first where that is needed.
 */
void opt_window_test_all (OptWindow *self);

/**
 * opt_window_cancel_busy:
 * @self: a window
 *
 * Ends what runs on the page that is seen, if anything does.
 *
 * Returns: whether it did
 */
gboolean opt_window_cancel_busy (OptWindow *self);

/**
 * opt_window_get_step:
 * @self: a window
 *
 * Returns: which of the steps to mail that works is seen, from 1, or 0 outside of them
 */
guint opt_window_get_step (OptWindow *self);

/**
 * opt_window_may_close:
 * @self: a window that somebody wants to close
 *
 * Returns: whether it may; if not, it has said why, or has asked and will close when that is wanted
 */
gboolean opt_window_may_close (OptWindow *self);

/**
 * opt_window_set_up_telling:
 * @self: a window with pages
 *
 * Begins to tell of results that come while nobody sees them.
 */
void opt_window_set_up_telling (OptWindow *self);

/**
 * opt_window_restore_size:
 * @self: a window that was not shown yet
 *
 * Gives it the size that it had the last time, if that is known.
 */
void opt_window_restore_size (OptWindow *self);

/**
 * opt_window_store_size:
 * @self: a window that is about to close
 *
 * Keeps its size for the next time.
 */
void opt_window_store_size (OptWindow *self);

G_END_DECLS
