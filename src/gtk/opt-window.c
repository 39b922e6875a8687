/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The window alone moves between pages. What Back and Next do on each page stands in one table. */
#include "opt-window-private.h"

#include "opt-accessible.h"
#include "opt-account-page.h"
#include "opt-check-page.h"
#include "opt-client-page.h"
#include "opt-done-page.h"
#include "opt-export-page.h"
#include "opt-found-page.h"
#include "opt-new-password-page.h"
#include "opt-programs-page.h"
#include "opt-review-page.h"
#include "opt-save-page.h"
#include "opt-servers-page.h"
#include "opt-welcome-page.h"

#include <glib/gi18n.h>

#define N_STEPS 4

G_DEFINE_FINAL_TYPE (OptWindow, opt_window, ADW_TYPE_APPLICATION_WINDOW)

static void next_from_account (OptWindow *self);
static void next_from_servers (OptWindow *self);
static void next_from_check (OptWindow *self);
static void next_from_save (OptWindow *self);
static void next_from_export (OptWindow *self);
static void next_from_done (OptWindow *self);
static void next_from_new_password (OptWindow *self);

/* Adding a page is adding a row. */
static const struct
{
  const char *name;
  GType (*get_type) (void);
  guint step; /* 1 to N_STEPS, or 0 outside of them */
  PageId back;
  void (*next) (OptWindow *self);
} page_rows[N_PAGES] = {
  [PAGE_WELCOME] = { "welcome", opt_welcome_page_get_type, 0, PAGE_WELCOME, NULL },
  [PAGE_ACCOUNT] = { "account", opt_account_page_get_type, 1, PAGE_WELCOME, next_from_account },
  [PAGE_SERVERS] = { "servers", opt_servers_page_get_type, 1, PAGE_ACCOUNT, next_from_servers },
  [PAGE_CHECK] = { "check", opt_check_page_get_type, 2, PAGE_ACCOUNT, next_from_check },
  [PAGE_SAVE] = { "save", opt_save_page_get_type, 3, PAGE_CHECK, next_from_save },
  [PAGE_EXPORT] = { "export", opt_export_page_get_type, 4, PAGE_SAVE, next_from_export },
  [PAGE_PROGRAMS] = { "programs", opt_programs_page_get_type, 4, PAGE_EXPORT, NULL },
  [PAGE_CLIENT] = { "client", opt_client_page_get_type, 4, PAGE_EXPORT, NULL },
  [PAGE_DONE] = { "done", opt_done_page_get_type, 0, PAGE_EXPORT, next_from_done },
  [PAGE_FOUND] = { "found", opt_found_page_get_type, 0, PAGE_WELCOME, opt_window_test_all },
  [PAGE_REVIEW] = { "review", opt_review_page_get_type, 0, PAGE_FOUND, opt_window_test },
  [PAGE_NEW_PASSWORD] = { "new-password",
                          opt_new_password_page_get_type,
                          0,
                          PAGE_REVIEW,
                          next_from_new_password },
};

void
opt_window_go_back (OptWindow *self, PageId page)
{
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->pages[page]));
}

void
opt_window_go_to (OptWindow *self, PageId page)
{
  self->came_from[page] = page_rows[page].back;
  opt_window_go_back (self, page);
}

void
opt_window_call_up (OptWindow *self, PageId page)
{
  self->came_from[page] = self->current;
  opt_window_go_back (self, page);
}

void
opt_window_show_toast (OptWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

/* Whether something runs on the page that is seen. */
static gboolean
is_busy (OptWindow *self)
{
  OptFoundItem *found = opt_session_get_found (self->session);
  OptPasswordJob *job = opt_session_get_password_job (self->session);

  if (self->current == PAGE_CHECK)
    return opt_session_is_checking (self->session);
  if (self->current == PAGE_REVIEW)
    return found != NULL && opt_found_item_is_busy (found);

  return self->current == PAGE_NEW_PASSWORD && job != NULL && opt_password_job_is_busy (job);
}

/* While something runs, going back means stopping it. */
static void
show_back (OptWindow *self)
{
  gboolean busy = is_busy (self);
  const char *name;

  gtk_widget_set_visible (self->back_button, self->current != PAGE_WELCOME);
  gtk_label_set_label (self->back_label, busy ? _ ("_Cancel") : _ ("_Back"));
  gtk_image_set_from_icon_name (self->back_icon,
                                busy ? "process-stop-symbolic" : "go-previous-symbolic");
  name = gtk_label_get_text (self->back_label);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->back_icon), name);
  opt_accessible_set_name (self->back_button, name);
}

static void
update_back (OptWindow *self)
{
  gboolean checking = opt_session_is_checking (self->session);

  show_back (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", self->current != PAGE_WELCOME);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "win.check",
                                 !checking && opt_session_can_check (self->session));
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "win.check-all",
                                 !checking && opt_session_can_check (self->session));
}

/* The last step alone can be come to without the others, from what a program has already. */
guint
opt_window_get_step (OptWindow *self)
{
  PageId page = self->current;

  while (page_rows[page].step == N_STEPS && self->came_from[page] != page)
    page = self->came_from[page];

  return page_rows[page].step > 0 ? page_rows[self->current].step : 0;
}

static void
show_title (OptWindow *self, const char *title, const char *progress)
{
  gtk_label_set_text (self->title_label, title != NULL ? title : "");
  gtk_label_set_text (self->step_label, progress != NULL ? progress : "");
  gtk_widget_set_visible (GTK_WIDGET (self->step_label), progress != NULL);
  /* For the list of windows, and for who hears of a window by its name. */
  gtk_window_set_title (GTK_WINDOW (self), title != NULL ? title : _ ("OptSetup"));
}

/* Where it is narrow, Back, Next and the menu have the header bar to themselves. */
static void
update_title_buttons (OptWindow *self)
{
  gboolean shown = self->current == PAGE_WELCOME ||
                   adw_squeezer_get_visible_child (self->width_squeezer) == self->wide_box;

  adw_header_bar_set_show_start_title_buttons (self->header_bar, shown);
  adw_header_bar_set_show_end_title_buttons (self->header_bar, shown);
}

void
opt_window_update_header (OptWindow *self)
{
  OptPage *page = self->pages[self->current];
  const char *label = opt_page_get_next_label (page);
  const char *title = opt_page_get_title (page);
  guint step = opt_window_get_step (self);
  g_autofree char *progress =
    /* Translators: the number of this step, then how many there are */
    step > 0 ? g_strdup_printf (_ ("Step %u of %u"), step, N_STEPS) : NULL;

  show_title (self, title, progress);
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), label != NULL);
  update_title_buttons (self);
  gtk_button_set_label (self->next_button, label != NULL ? label : "");
  opt_accessible_name_button (GTK_WIDGET (self->next_button));
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "win.next",
                                 label != NULL && opt_page_is_complete (page));
  update_back (self);
  opt_window_update_found_actions (self);
}

static void
on_page_notify (OptWindow *self)
{
  if (self->session != NULL)
    opt_window_update_header (self);
}

/* A screen reader is to find the page that is seen; GTK 4.8 would read out all of the stack. */
static void
update_hidden (OptWindow *self)
{
  for (guint i = 0; i < N_PAGES; i++)
    if (self->pages[i] != NULL)
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->pages[i]),
                                   GTK_ACCESSIBLE_STATE_HIDDEN,
                                   i != self->current,
                                   -1);
}

static void
on_page_changed (OptWindow *self)
{
  GtkWidget *visible = gtk_stack_get_visible_child (self->stack);

  if (self->session == NULL)
    return;

  for (guint i = 0; i < N_PAGES; i++)
    if (GTK_WIDGET (self->pages[i]) == visible)
      {
        self->current = i;
        opt_window_update_header (self);
        update_hidden (self);
        opt_page_shown (self->pages[i]);
      }
}

/* The result of a check that nothing has made stale is as good as a new one. */
static void
next_from_account (OptWindow *self)
{
  OptCheck *check = opt_session_get_check (self->session);

  if (check != NULL && opt_check_get_verdict (check) == OPT_VERDICT_WORKS)
    opt_window_go_to (self, PAGE_CHECK);
  else
    opt_window_start_check (self, FALSE);
}

static void
next_from_servers (OptWindow *self)
{
  opt_servers_page_apply (OPT_SERVERS_PAGE (self->pages[PAGE_SERVERS]));
  if (opt_session_can_check (self->session) && self->came_from[PAGE_SERVERS] == PAGE_CHECK)
    opt_window_start_check (self, FALSE);
  else
    opt_window_go_back (self, PAGE_ACCOUNT);
}

static void
next_from_check (OptWindow *self)
{
  opt_session_load_keyring_label (self->session);
  opt_window_go_to (self, PAGE_SAVE);
}

static void
next_from_save (OptWindow *self)
{
  OptSavePage *page = OPT_SAVE_PAGE (self->pages[PAGE_SAVE]);

  if (opt_save_page_wants_saving (page) &&
      opt_session_get_save_state (self->session) == OPT_SAVE_NOT_YET)
    opt_session_start_saving (self->session);
  else
    opt_window_go_to (self, PAGE_EXPORT);
}

static void
next_from_export (OptWindow *self)
{
  opt_window_go_to (self, PAGE_DONE);
}

static void
next_from_done (OptWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
next_from_new_password (OptWindow *self)
{
  OptPasswordJob *job = opt_session_get_password_job (self->session);

  if (opt_password_job_get_state (job) == OPT_PASSWORD_STORED)
    opt_window_go_back (self, self->came_from[PAGE_NEW_PASSWORD]);
  else
    opt_password_job_start (job);
}

static void
on_check (OptWindow *self)
{
  self->asked_to_close = FALSE;
}

static void
on_saved (OptWindow *self)
{
  if (self->current == PAGE_SAVE && opt_session_get_save_state (self->session) == OPT_SAVE_DONE)
    {
      opt_window_show_toast (self, _ ("Your password is kept in the keyring"));
      opt_window_go_to (self, PAGE_EXPORT);
    }
}

static void
back_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);

  if (self->current == PAGE_CHECK)
    opt_session_cancel_check (self->session);
  else if (opt_window_cancel_busy (self))
    return;

  /* Other servers have made the result that they were called up from stale. */
  if (self->current == PAGE_SERVERS && opt_session_get_check (self->session) == NULL)
    opt_window_go_back (self, PAGE_ACCOUNT);
  else
    opt_window_go_back (self, self->came_from[self->current]);
}

static void
next_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);

  page_rows[self->current].next (self);
}

static gboolean
opt_window_close_request (GtkWindow *window)
{
  OptWindow *self = OPT_WINDOW (window);

  if (!opt_window_may_close (self))
    return TRUE;

  /* Practice leaves nothing behind. */
  if (opt_session_keeps_passwords (self->session))
    opt_window_store_size (self);

  return GTK_WINDOW_CLASS (opt_window_parent_class)->close_request (window);
}

static void
opt_window_dispose (GObject *object)
{
  OptWindow *self = OPT_WINDOW (object);

  if (self->session != NULL)
    opt_session_cancel_check (self->session);
  g_clear_object (&self->chooser);
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_pointer (&self->opening_path, g_free);
  g_clear_object (&self->found_signals);
  g_clear_object (&self->job_signals);
  g_clear_object (&self->delivery_signals);
  /* Without a session nothing is shown any more while the pages go, one after the other. */
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_WINDOW);

  G_OBJECT_CLASS (opt_window_parent_class)->dispose (object);
}

static void
opt_window_finalize (GObject *object)
{
  g_hash_table_unref (OPT_WINDOW (object)->examples);

  G_OBJECT_CLASS (opt_window_parent_class)->finalize (object);
}

static void
opt_window_class_init (OptWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = opt_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = opt_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/OptSetup/opt-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OptWindow, header_bar);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, width_squeezer);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, wide_box);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, title_label);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, step_label);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, back_label);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, back_icon);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, next_button);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed);
  gtk_widget_class_bind_template_callback (widget_class, update_title_buttons);

  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_activated);
  gtk_widget_class_install_action (widget_class, "win.next", NULL, next_activated);
  opt_window_class_install_step_actions (widget_class);
  opt_window_class_install_open_actions (widget_class);
  opt_window_class_install_file_actions (widget_class);
  opt_window_class_install_export_actions (widget_class);
  opt_window_class_install_found_actions (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "win.back", NULL);
}

static void
opt_window_init (OptWindow *self)
{
  self->examples = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
add_pages (OptWindow *self)
{
  for (guint i = 0; i < N_PAGES; i++)
    {
      self->came_from[i] = page_rows[i].back;
      self->pages[i] = g_object_new (page_rows[i].get_type (), "session", self->session, NULL);
      gtk_stack_add_named (self->stack, GTK_WIDGET (self->pages[i]), page_rows[i].name);
      g_signal_connect_object (self->pages[i],
                               "notify",
                               G_CALLBACK (on_page_notify),
                               self,
                               G_CONNECT_SWAPPED);
    }
  update_hidden (self);
}

GtkWidget *
opt_window_new (GtkApplication *application, OptSession *session)
{
  OptWindow *self;

  g_return_val_if_fail (GTK_IS_APPLICATION (application) && OPT_IS_SESSION (session), NULL);

  self = g_object_new (OPT_TYPE_WINDOW, "application", application, NULL);
  self->session = g_object_ref (session);
  add_pages (self);
  g_signal_connect_object (session,
                           "notify::checking",
                           G_CALLBACK (opt_window_update_header),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session,
                           "notify::check",
                           G_CALLBACK (on_check),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session,
                           "notify::save-state",
                           G_CALLBACK (on_saved),
                           self,
                           G_CONNECT_SWAPPED);
  opt_window_set_up_founds (self);
  opt_window_set_up_telling (self);
  opt_window_restore_size (self);
  opt_window_update_header (self);
  opt_page_shown (self->pages[PAGE_WELCOME]);

  return GTK_WIDGET (self);
}

void
opt_window_add_example (OptWindow *self,
                        const char *title,
                        const char *address,
                        const char *password)
{
  g_return_if_fail (OPT_IS_WINDOW (self) && title != NULL && address != NULL);

  g_hash_table_insert (self->examples, g_strdup (address), g_strdup (password));
  opt_welcome_page_add_example (OPT_WELCOME_PAGE (self->pages[PAGE_WELCOME]), title, address);
}
