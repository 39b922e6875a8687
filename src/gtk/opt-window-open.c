/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the wizard opens outside of itself: pages of the provider, the desktop's settings, the
 * guide, and the mail program at last. */
#include "opt-window-private.h"

#include "opt-help.h"
#include "opt-program.h"

#include <glib/gi18n.h>

/* Links come from the provider's data and from nowhere else. */
static void
open_link (OptWindow *self, OptLink link)
{
  g_autoptr (OptAccount) account = opt_session_dup_account (self->session);
  OptProvider *provider = account != NULL ? opt_account_get_provider (account) : NULL;
  const char *uri = provider != NULL ? opt_provider_get_link (provider, link) : NULL;

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

static void
open_web_mail_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_link (OPT_WINDOW (widget), OPT_LINK_WEB_MAIL);
}

static void
open_reset_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_link (OPT_WINDOW (widget), OPT_LINK_RESET_PASSWORD);
}

static void
open_contact_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_link (OPT_WINDOW (widget), OPT_LINK_CONTACT);
}

static void
open_settings (OptWindow *self, const char *command, const char *otherwise)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAppInfo) settings =
    g_app_info_create_from_commandline (command, NULL, G_APP_INFO_CREATE_NONE, &error);

  if (settings == NULL || !g_app_info_launch (settings, NULL, NULL, &error))
    opt_window_show_toast (self, otherwise);
}

static void
open_network_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_settings (OPT_WINDOW (widget),
                 "gnome-control-center network",
                 _ ("Open the network settings of your desktop"));
}

static void
open_clock_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_settings (OPT_WINDOW (widget),
                 "gnome-control-center datetime",
                 _ ("Open the date and time settings of your desktop"));
}

static void
help_shown (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    return;

  g_debug ("help: %s", error->message);
  opt_window_show_toast (self, _ ("The help could not be opened"));
}

static void
help_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *uri = opt_help_find_uri ();

  if (uri != NULL)
    gtk_show_uri_full (GTK_WINDOW (widget),
                       uri,
                       GDK_CURRENT_TIME,
                       NULL,
                       help_shown,
                       g_object_ref (widget));
  else
    opt_window_show_toast (OPT_WINDOW (widget), _ ("The help is not installed on this computer"));
}

static void
open_program_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const OptClient *client = opt_client_find (g_variant_get_string (parameter, NULL));
  g_autoptr (GAppInfo) program = client != NULL ? opt_program_find (client) : NULL;
  g_autoptr (GdkAppLaunchContext) context =
    gdk_display_get_app_launch_context (gtk_widget_get_display (widget));
  g_autoptr (GError) error = NULL;

  if (program != NULL && g_app_info_launch (program, NULL, G_APP_LAUNCH_CONTEXT (context), &error))
    return;

  g_debug ("program: %s", error != NULL ? error->message : "gone");
  opt_window_show_toast (OPT_WINDOW (widget), _ ("The program could not be opened"));
}

static const struct
{
  const char *name, *parameter_type;
  GtkWidgetActionActivateFunc activate;
} action_rows[] = {
  { "win.open-web-mail", NULL, open_web_mail_activated },
  { "win.open-reset", NULL, open_reset_activated },
  { "win.open-contact", NULL, open_contact_activated },
  { "win.open-network", NULL, open_network_activated },
  { "win.open-clock", NULL, open_clock_activated },
  { "win.help", NULL, help_activated },
  { "win.open-program", "s", open_program_activated },
};

void
opt_window_class_install_open_actions (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < G_N_ELEMENTS (action_rows); i++)
    gtk_widget_class_install_action (widget_class,
                                     action_rows[i].name,
                                     action_rows[i].parameter_type,
                                     action_rows[i].activate);
}
