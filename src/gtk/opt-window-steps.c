/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps from one page to another, beyond Back and Next. */
#include "opt-window-private.h"

#include "opt-account-page.h"
#include "opt-client-page.h"
#include "opt-remedy.h"

#include <glib/gi18n.h>

static void
confirm_host (OptWindow *self, const char *host)
{
  opt_session_confirm_host (self->session, host);
}

static void
start_check (OptWindow *self)
{
  opt_window_start_check (self, FALSE);
}

static void
start_check_to_the_end (OptWindow *self)
{
  opt_window_start_check (self, TRUE);
}

void
opt_window_start_check (OptWindow *self, gboolean all_sign_ins)
{
  g_auto (GStrv) hosts = opt_session_dup_unconfirmed_hosts (self->session);
  OptDetection *detection = opt_session_get_detection (self->session);

  if (hosts[0] != NULL)
    {
      const OptHostQuestion question = {
        .hosts = hosts,
        .provider = opt_detection_get_provider (detection),
        .confirm = confirm_host,
        .go_on = all_sign_ins ? start_check_to_the_end : start_check,
      };

      opt_window_ask_about_hosts (self, &question);
      return;
    }

  opt_session_start_check (self->session, all_sign_ins);
  opt_window_go_to (self, PAGE_CHECK);
}

static void
start_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  opt_window_call_up (OPT_WINDOW (widget), PAGE_ACCOUNT);
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
  opt_window_go_to (self, PAGE_ACCOUNT);
}

static void
servers_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  opt_window_call_up (OPT_WINDOW (widget), PAGE_SERVERS);
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

  opt_window_go_back (self, PAGE_ACCOUNT);
  opt_account_page_enter_password (OPT_ACCOUNT_PAGE (self->pages[PAGE_ACCOUNT]));
}

static void
enter_name_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);

  opt_window_go_back (self, PAGE_ACCOUNT);
  opt_account_page_enter_name (OPT_ACCOUNT_PAGE (self->pages[PAGE_ACCOUNT]));
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
  opt_window_go_to (OPT_WINDOW (widget), PAGE_PROGRAMS);
}

static void
first_page_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  opt_window_go_back (OPT_WINDOW (widget), PAGE_WELCOME);
}

static void
client_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  OptWindow *self = OPT_WINDOW (widget);
  const OptClient *client = opt_client_find (g_variant_get_string (parameter, NULL));

  g_return_if_fail (client != NULL);

  opt_client_page_set_client (OPT_CLIENT_PAGE (self->pages[PAGE_CLIENT]), client);
  opt_window_call_up (self, PAGE_CLIENT);
}

static OptDeliveryJob *
get_delivery_job (GtkWidget *widget)
{
  return opt_session_get_delivery_job (OPT_WINDOW (widget)->session);
}

static void
send_test_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  opt_delivery_job_send (get_delivery_job (widget));
}

static void
look_again_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  opt_delivery_job_look_again (get_delivery_job (widget));
}

static void
cancel_test_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  opt_delivery_job_cancel (get_delivery_job (widget));
}

static const struct
{
  const char *name, *parameter_type;
  GtkWidgetActionActivateFunc activate;
} action_rows[] = {
  { "win.start", NULL, start_activated },
  { "win.practice", "s", practice_activated },
  { "win.servers", NULL, servers_activated },
  { "win.check", NULL, check_activated },
  { "win.check-all", NULL, check_all_activated },
  { "win.enter-password", NULL, enter_password_activated },
  { "win.enter-name", NULL, enter_name_activated },
  { "win.use-server", "u", use_server_activated },
  { "win.send-test", NULL, send_test_activated },
  { "win.look-again", NULL, look_again_activated },
  { "win.cancel-test", NULL, cancel_test_activated },
  { "win.save", NULL, save_activated },
  { "win.programs", NULL, programs_activated },
  { "win.first-page", NULL, first_page_activated },
  { "win.client", "s", client_activated },
};

void
opt_window_class_install_step_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (action_rows); i++)
    gtk_widget_class_install_action (widget_class,
                                     action_rows[i].name,
                                     action_rows[i].parameter_type,
                                     action_rows[i].activate);
}
