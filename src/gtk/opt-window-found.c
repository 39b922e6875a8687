/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What other programs have: found, opened, dropped here; tested, repaired, moved; and a password
 * that was changed. */
#include "opt-window-private.h"

#include "opt-advice.h"
#include "opt-client-page.h"
#include "opt-found-page.h"

#include <glib/gi18n.h>

static OptFoundList *
get_founds (OptWindow *self)
{
  return opt_session_get_founds (self->session);
}

static void
review (OptWindow *self, OptFoundItem *item)
{
  opt_session_set_found (self->session, item);
  opt_window_call_up (self, PAGE_REVIEW);
}

/* What is not known of its servers has to be typed. */
static void
move (OptWindow *self, OptFoundItem *item)
{
  if (opt_session_take_over (self->session, item))
    {
      opt_window_call_up (self, PAGE_EXPORT);
      return;
    }

  opt_window_show_toast (self, _ ("The servers of this account are not known"));
  opt_window_call_up (self, PAGE_ACCOUNT);
}

static gboolean
is_moving (OptWindow *self)
{
  return self->current == PAGE_FOUND &&
         opt_found_page_get_purpose (OPT_FOUND_PAGE (self->pages[PAGE_FOUND])) == OPT_FOUND_TO_MOVE;
}

static void
show_found (OptWindow *self, OptFoundPurpose purpose)
{
  opt_found_page_set_purpose (OPT_FOUND_PAGE (self->pages[PAGE_FOUND]), purpose);
  if (self->current != PAGE_FOUND)
    opt_window_go_to (self, PAGE_FOUND);
}

static void
show_opened (OptWindow *self, GPtrArray *items)
{
  gboolean moving = is_moving (self);

  if (items->len > 1)
    show_found (self, moving ? OPT_FOUND_TO_MOVE : OPT_FOUND_TO_REVIEW);
  else if (moving)
    move (self, g_ptr_array_index (items, 0));
  else
    review (self, g_ptr_array_index (items, 0));
}

/* A toast is gone before everybody has read it; the page keeps it. */
static void
tell_not_opened (OptWindow *self, const GError *error)
{
  const char *reason = opt_advice_get_error_text (error);

  opt_found_page_show_open_failed (OPT_FOUND_PAGE (self->pages[PAGE_FOUND]),
                                   self->opening_path,
                                   reason);
  opt_window_show_toast (self, reason);
}

static void
open_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items =
    opt_found_list_open_finish (OPT_FOUND_LIST (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (items != NULL)
    show_opened (self, items);
  else
    tell_not_opened (self, error);
}

static void
open_path (OptWindow *self, const char *path)
{
  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();
  g_free (self->opening_path);
  self->opening_path = g_strdup (path);
  opt_found_page_show_open_failed (OPT_FOUND_PAGE (self->pages[PAGE_FOUND]), NULL, NULL);
  opt_found_list_open_async (get_founds (self),
                             path,
                             self->opening,
                             open_done,
                             g_object_ref (self));
}

void
opt_window_open_file (OptWindow *self, GFile *file)
{
  g_autofree char *path = NULL;

  g_return_if_fail (OPT_IS_WINDOW (self) && G_IS_FILE (file));

  path = g_file_get_path (file);
  if (path != NULL)
    open_path (self, path);
  else
    opt_window_show_toast (self, _ ("Choose a file of this computer"));
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  opt_window_open_file (user_data, g_value_get_object (value));

  return TRUE;
}

static void
find_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_found (OPT_WINDOW (widget), OPT_FOUND_TO_REVIEW);
}

static void
move_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_found (OPT_WINDOW (widget), OPT_FOUND_TO_MOVE);
}

static void
open_file_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  opt_window_choose_to_open (OPT_WINDOW (widget), _ ("Open a settings file"), open_path);
}

static void
found_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  OptFoundItem *item = opt_found_list_find (get_founds (self), g_variant_get_uint32 (parameter));

  if (item == NULL)
    return;

  if (is_moving (self))
    move (self, item);
  else
    review (self, item);
}

static void
whose_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);

  if (opt_session_get_found (self->session) != NULL)
    opt_window_ask_whose (self);
}

void
opt_window_complete_found (OptWindow *self, OptAddress *address)
{
  OptFoundItem *item = opt_session_get_found (self->session);

  g_return_if_fail (OPT_IS_WINDOW (self) && address != NULL);

  if (item != NULL && !opt_found_item_is_busy (item))
    review (self, opt_found_list_complete (get_founds (self), item, address));
}

static void
confirm_host (OptWindow *self, const char *host)
{
  opt_found_list_confirm_host (get_founds (self), opt_session_get_found (self->session), host);
}

static void
confirm_host_for_all (OptWindow *self, const char *host)
{
  opt_found_list_confirm_host (get_founds (self), NULL, host);
}

void
opt_window_test (OptWindow *self)
{
  OptFoundItem *item = opt_session_get_found (self->session);
  g_auto (GStrv) hosts = opt_found_list_dup_unconfirmed_hosts (get_founds (self), item);
  OptAccount *wanted = opt_review_get_wanted (opt_found_item_get_review (item));
  const OptHostQuestion question = {
    .hosts = hosts,
    .provider = wanted != NULL ? opt_account_get_provider (wanted) : NULL,
    .confirm = confirm_host,
    .go_on = opt_window_test,
  };

  if (hosts[0] != NULL)
    opt_window_ask_about_hosts (self, &question);
  else
    opt_found_list_start_test (get_founds (self), item);
}

void
opt_window_test_all (OptWindow *self)
{
  g_auto (GStrv) hosts = opt_found_list_dup_unconfirmed_hosts (get_founds (self), NULL);
  const OptHostQuestion question = {
    .hosts = hosts,
    .confirm = confirm_host_for_all,
    .go_on = opt_window_test_all,
  };

  if (hosts[0] != NULL)
    opt_window_ask_about_hosts (self, &question);
  else
    opt_found_list_start_test_all (get_founds (self));
}

static void
test_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  OptFoundItem *item = opt_session_get_found (self->session);

  if (item != NULL && opt_found_list_can_test (get_founds (self), item))
    opt_window_test (self);
}

/* An account of ours, from the first page. */
static void
test_saved_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  OptFoundItem *item = opt_found_list_find (get_founds (self), g_variant_get_uint32 (parameter));

  if (item == NULL)
    return;

  review (self, item);
  if (opt_found_list_can_test (get_founds (self), item))
    opt_window_test (self);
}

static void
use_kept_password_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  OptFoundItem *item = opt_session_get_found (self->session);

  if (item != NULL && !opt_found_item_is_busy (item))
    opt_found_list_use_kept_password (get_founds (self), item);
}

/* The program itself, or, for an account of ours, any. */
static void
fix_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  OptFoundItem *item = opt_session_get_found (self->session);
  const OptClient *client = item != NULL ? opt_found_item_get_found (item)->client : NULL;

  if (item == NULL || !opt_session_take_over (self->session, item))
    return;

  if (client == NULL)
    {
      opt_window_call_up (self, PAGE_EXPORT);
      return;
    }

  opt_client_page_set_client (OPT_CLIENT_PAGE (self->pages[PAGE_CLIENT]), client);
  opt_window_call_up (self, PAGE_CLIENT);
}

static void
new_password_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  OptFoundItem *item = opt_session_get_found (self->session);
  g_autoptr (GError) error = NULL;

  if (item == NULL || !opt_session_can_change_password (self->session, item))
    return;

  if (opt_session_begin_new_password (self->session, item, &error))
    opt_window_call_up (self, PAGE_NEW_PASSWORD);
  else
    opt_window_show_toast (self, opt_advice_get_error_text (error));
}

static const struct
{
  const char *name, *parameter_type;
  GtkWidgetActionActivateFunc activate;
} action_rows[] = {
  { "win.find", NULL, find_activated },
  { "win.move", NULL, move_activated },
  { "win.open-file", NULL, open_file_activated },
  { "win.found", "u", found_activated },
  { "win.whose", NULL, whose_activated },
  { "win.test", NULL, test_activated },
  { "win.test-saved", "u", test_saved_activated },
  { "win.use-kept-password", NULL, use_kept_password_activated },
  { "win.fix", NULL, fix_activated },
  { "win.new-password", NULL, new_password_activated },
};

void
opt_window_class_install_found_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (action_rows); i++)
    gtk_widget_class_install_action (widget_class,
                                     action_rows[i].name,
                                     action_rows[i].parameter_type,
                                     action_rows[i].activate);
}

gboolean
opt_window_cancel_busy (OptWindow *self)
{
  OptFoundItem *item = opt_session_get_found (self->session);
  OptPasswordJob *job = opt_session_get_password_job (self->session);

  if (self->current == PAGE_REVIEW && item != NULL && opt_found_item_is_busy (item))
    {
      opt_found_list_cancel_test (get_founds (self), item);
      return TRUE;
    }
  if (self->current == PAGE_NEW_PASSWORD && job != NULL && opt_password_job_is_busy (job))
    {
      opt_password_job_cancel (job);
      return TRUE;
    }

  return FALSE;
}

static void
on_failed (OptWindow *self, const GError *error)
{
  opt_window_show_toast (self, opt_advice_get_error_text (error));
}

static void
let_drop (OptWindow *self, PageId page)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->pages[page]), GTK_EVENT_CONTROLLER (target));
}

/* What is seen of an account, or of a new password, the header bar shows too. */
static void
follow (OptWindow *self)
{
  self->found_signals = g_signal_group_new (OPT_TYPE_FOUND_ITEM);
  g_signal_group_connect_swapped (self->found_signals,
                                  "changed",
                                  G_CALLBACK (opt_window_update_header),
                                  self);
  g_object_bind_property (self->session,
                          "found",
                          self->found_signals,
                          "target",
                          G_BINDING_SYNC_CREATE);
  self->job_signals = g_signal_group_new (OPT_TYPE_PASSWORD_JOB);
  g_signal_group_connect_swapped (self->job_signals,
                                  "notify::state",
                                  G_CALLBACK (opt_window_update_header),
                                  self);
  g_object_bind_property (self->session,
                          "password-job",
                          self->job_signals,
                          "target",
                          G_BINDING_SYNC_CREATE);
}

void
opt_window_update_found_actions (OptWindow *self)
{
  OptFoundItem *item = opt_session_get_found (self->session);

  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "win.test",
                                 item != NULL && opt_found_list_can_test (get_founds (self), item));
}

void
opt_window_set_up_founds (OptWindow *self)
{
  follow (self);
  let_drop (self, PAGE_WELCOME);
  let_drop (self, PAGE_FOUND);
  g_signal_connect_object (get_founds (self),
                           "failed",
                           G_CALLBACK (on_failed),
                           self,
                           G_CONNECT_SWAPPED);
  opt_found_list_start_scan (get_founds (self));
}
