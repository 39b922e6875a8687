/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The window alone moves between pages. What Back and Next do on each page stands in one table. */
#include "opt-window-private.h"

#include "opt-account-page.h"
#include "opt-check-page.h"
#include "opt-client-page.h"
#include "opt-done-page.h"
#include "opt-export-page.h"
#include "opt-programs-page.h"
#include "opt-remedy.h"
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
};

static void
go_to (OptWindow *self, PageId page)
{
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->pages[page]));
}

void
opt_window_show_toast (OptWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static void
update_back (OptWindow *self)
{
  gboolean checking = opt_session_is_checking (self->session);

  gtk_widget_set_visible (GTK_WIDGET (self->back_button), self->current != PAGE_WELCOME);
  /* While something runs, going back means stopping it. */
  gtk_button_set_label (self->back_button,
                        self->current == PAGE_CHECK && checking ? _ ("_Cancel") : _ ("_Back"));
  opt_page_name_button (GTK_WIDGET (self->back_button));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back", self->current != PAGE_WELCOME);
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "win.check",
                                 !checking && opt_session_can_check (self->session));
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "win.check-all",
                                 !checking && opt_session_can_check (self->session));
}

static void
update_header (OptWindow *self)
{
  OptPage *page = self->pages[self->current];
  const char *label = opt_page_get_next_label (page);
  const char *title = opt_page_get_title (page);
  guint step = page_rows[self->current].step;
  g_autofree char *progress =
    /* Translators: the number of this step, then how many there are */
    step > 0 ? g_strdup_printf (_ ("Step %u of %u"), step, N_STEPS) : NULL;

  adw_window_title_set_title (self->window_title, title != NULL ? title : "");
  adw_window_title_set_subtitle (self->window_title, progress != NULL ? progress : "");
  gtk_widget_set_visible (GTK_WIDGET (self->next_button), label != NULL);
  /* Back and Next have the header bar to themselves: at 360 px there is no room for more. */
  gtk_widget_set_visible (self->menu_button, self->current == PAGE_WELCOME);
  adw_header_bar_set_show_start_title_buttons (self->header_bar, self->current == PAGE_WELCOME);
  adw_header_bar_set_show_end_title_buttons (self->header_bar, self->current == PAGE_WELCOME);
  gtk_button_set_label (self->next_button, label != NULL ? label : "");
  opt_page_name_button (GTK_WIDGET (self->next_button));
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "win.next",
                                 label != NULL && opt_page_is_complete (page));
  update_back (self);
}

static void
on_page_notify (OptWindow *self)
{
  if (self->session != NULL)
    update_header (self);
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
        update_header (self);
        update_hidden (self);
        opt_page_shown (self->pages[i]);
      }
}

void
opt_window_start_check (OptWindow *self, gboolean all_sign_ins)
{
  g_auto (GStrv) hosts = opt_session_dup_unconfirmed_hosts (self->session);

  if (hosts[0] != NULL)
    {
      opt_window_ask_about_hosts (self, hosts, all_sign_ins);
      return;
    }

  opt_session_start_check (self->session, all_sign_ins);
  go_to (self, PAGE_CHECK);
}

/* The result of a check that nothing has made stale is as good as a new one. */
static void
next_from_account (OptWindow *self)
{
  OptCheck *check = opt_session_get_check (self->session);

  if (check != NULL && opt_check_get_verdict (check) == OPT_VERDICT_WORKS)
    go_to (self, PAGE_CHECK);
  else
    opt_window_start_check (self, FALSE);
}

static void
next_from_servers (OptWindow *self)
{
  opt_servers_page_apply (OPT_SERVERS_PAGE (self->pages[PAGE_SERVERS]));
  if (opt_session_can_check (self->session) && self->before_servers == PAGE_CHECK)
    opt_window_start_check (self, FALSE);
  else
    go_to (self, PAGE_ACCOUNT);
}

static void
next_from_check (OptWindow *self)
{
  opt_session_load_keyring_label (self->session);
  go_to (self, PAGE_SAVE);
}

static void
next_from_save (OptWindow *self)
{
  OptSavePage *page = OPT_SAVE_PAGE (self->pages[PAGE_SAVE]);

  if (opt_save_page_wants_saving (page) &&
      opt_session_get_save_state (self->session) == OPT_SAVE_NOT_YET)
    opt_session_start_saving (self->session);
  else
    go_to (self, PAGE_EXPORT);
}

static void
next_from_export (OptWindow *self)
{
  go_to (self, PAGE_DONE);
}

static void
next_from_done (OptWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_saved (OptWindow *self)
{
  if (self->current == PAGE_SAVE && opt_session_get_save_state (self->session) == OPT_SAVE_DONE)
    {
      opt_window_show_toast (self, _ ("Your password is kept in the keyring"));
      go_to (self, PAGE_EXPORT);
    }
}

static void
back_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);

  if (self->current == PAGE_CHECK)
    opt_session_cancel_check (self->session);
  /* Other servers have made the result that they were called up from stale. */
  if (self->current == PAGE_SERVERS && opt_session_get_check (self->session) != NULL)
    go_to (self, self->before_servers);
  else if (self->current == PAGE_CLIENT)
    go_to (self, self->before_client);
  else
    go_to (self, page_rows[self->current].back);
}

static void
next_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);

  page_rows[self->current].next (self);
}

static void
start_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  go_to (OPT_WINDOW (widget), PAGE_ACCOUNT);
}

static void
practice_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  const char *address = g_variant_get_string (parameter, NULL);

  opt_account_page_fill_in (OPT_ACCOUNT_PAGE (self->pages[PAGE_ACCOUNT]),
                            /* Translators: the name of somebody in an example */
                            _ ("Jane Doe"),
                            address,
                            g_hash_table_lookup (self->examples, address));
  go_to (self, PAGE_ACCOUNT);
}

static void
servers_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);

  self->before_servers = self->current;
  go_to (self, PAGE_SERVERS);
}

static void
check_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  opt_window_start_check (OPT_WINDOW (widget), FALSE);
}

static void
check_all_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  opt_window_start_check (OPT_WINDOW (widget), TRUE);
}

static void
enter_password_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);

  go_to (self, PAGE_ACCOUNT);
  opt_account_page_enter_password (OPT_ACCOUNT_PAGE (self->pages[PAGE_ACCOUNT]));
}

static void
use_server_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  g_autoptr (OptRemedy) remedy =
    opt_remedy_new (opt_session_get_check (self->session), g_variant_get_uint32 (parameter));

  opt_session_set_server (self->session, remedy->server);
  opt_window_start_check (self, FALSE);
}

static void
save_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  opt_session_start_saving (OPT_WINDOW (widget)->session);
}

static void
programs_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  go_to (OPT_WINDOW (widget), PAGE_PROGRAMS);
}

static void
client_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  const OptClient *client = opt_client_find (g_variant_get_string (parameter, NULL));

  g_return_if_fail (client != NULL);

  self->before_client = self->current;
  opt_client_page_set_client (OPT_CLIENT_PAGE (self->pages[PAGE_CLIENT]), client);
  go_to (self, PAGE_CLIENT);
}

/* What is half done could not be undone later. It takes a moment only, and can be cancelled. */
static gboolean
opt_window_close_request (GtkWindow *window)
{
  OptWindow *self = OPT_WINDOW (window);

  if (!opt_session_is_setting_up (self->session))
    return GTK_WINDOW_CLASS (opt_window_parent_class)->close_request (window);

  opt_window_show_toast (self, _ ("A mail program is just being set up"));

  return TRUE;
}

static void
opt_window_dispose (GObject *object)
{
  OptWindow *self = OPT_WINDOW (object);

  if (self->session != NULL)
    opt_session_cancel_check (self->session);
  g_clear_object (&self->chooser);
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

static const struct
{
  const char *name, *parameter_type;
  GtkWidgetActionActivateFunc activate;
} action_rows[] = {
  { "win.back", NULL, back_activated },
  { "win.next", NULL, next_activated },
  { "win.start", NULL, start_activated },
  { "win.practice", "s", practice_activated },
  { "win.servers", NULL, servers_activated },
  { "win.check", NULL, check_activated },
  { "win.check-all", NULL, check_all_activated },
  { "win.enter-password", NULL, enter_password_activated },
  { "win.use-server", "u", use_server_activated },
  { "win.save", NULL, save_activated },
  { "win.programs", NULL, programs_activated },
  { "win.client", "s", client_activated },
};

static void
opt_window_class_init (OptWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = opt_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = opt_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/OptSetup/opt-window.ui");
  gtk_widget_class_bind_template_child (widget_class, OptWindow, header_bar);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, next_button);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, OptWindow, stack);
  gtk_widget_class_bind_template_callback (widget_class, on_page_changed);

  for (guint i = 0; i < G_N_ELEMENTS (action_rows); i++)
    gtk_widget_class_install_action (widget_class,
                                     action_rows[i].name,
                                     action_rows[i].parameter_type,
                                     action_rows[i].activate);
  opt_window_class_install_open_actions (widget_class);
  opt_window_class_install_file_actions (widget_class);
  opt_window_class_install_export_actions (widget_class);
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
                           G_CALLBACK (update_header),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session,
                           "notify::save-state",
                           G_CALLBACK (on_saved),
                           self,
                           G_CONNECT_SWAPPED);
  update_header (self);

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
