/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-application.h"

#include "opt-account-store.h"
#include "opt-delivery-log.h"
#include "opt-keyring-libsecret.h"
#include "opt-practice.h"

#include <glib/gi18n.h>

struct _OptApplication
{
  AdwApplication parent_instance;

  OptPracticeWorld *world;
};

G_DEFINE_FINAL_TYPE (OptApplication, opt_application, ADW_TYPE_APPLICATION)

static OptSession *
create_session (OptApplication *self)
{
  g_autoptr (OptKeyring) keyring = NULL;
  g_autofree char *store_path = NULL;
  g_autofree char *setups_path = NULL;
  g_autofree char *deliveries_path = NULL;
  g_autoptr (OptSetupStore) setups = NULL;
  OptSession *session;

  if (self->world != NULL)
    return opt_practice_create_session (self->world);

  keyring = opt_keyring_libsecret_new ();
  store_path = opt_account_store_dup_default_path ();
  setups_path = opt_setup_store_dup_default_path ();
  setups = opt_setup_store_new (setups_path);
  session = opt_session_new (keyring, store_path);
  opt_session_set_setup_store (session, setups);
  deliveries_path = opt_delivery_log_dup_default_path ();
  opt_session_set_delivery_log (session, deliveries_path);
  opt_found_list_set_machine (opt_session_get_founds (session), opt_machine_new ());

  return session;
}

static OptWindow *
ensure_window (OptApplication *self)
{
  g_autoptr (OptSession) session = NULL;
  OptWindow *window;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (OPT_IS_WINDOW (l->data))
      return l->data;

  session = create_session (self);
  window = OPT_WINDOW (opt_window_new (GTK_APPLICATION (self), session));
  if (self->world != NULL)
    opt_practice_add_examples (self->world, window);

  return window;
}

static void
opt_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (ensure_window (OPT_APPLICATION (application))));
}

/* One at a time: every file that is opened leads somewhere. */
static void
opt_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  OptWindow *window = ensure_window (OPT_APPLICATION (application));

  gtk_window_present (GTK_WINDOW (window));
  if (n_files > 0)
    opt_window_open_file (window, files[0]);
}

static int
opt_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  OptApplication *self = OPT_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("optsetup %s\n", OPT_VERSION);
      return 0;
    }

  if (!g_variant_dict_contains (options, "practice"))
    return -1;

  /* Practising shares nothing with a window that is open for real. */
  g_application_set_flags (application,
                           g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);
  self->world = opt_practice_world_new (&error);
  if (self->world == NULL)
    {
      g_printerr ("optsetup: %s\n", error->message);
      return 1;
    }

  return -1;
}

static void
about_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_show_about_window (gtk_application_get_active_window (user_data),
                         "application-name",
                         _ ("OptSetup"),
                         "application-icon",
                         OPT_APP_ID,
                         "version",
                         OPT_VERSION,
                         "developer-name",
                         _ ("The OptSetup authors"),
                         "license-type",
                         GTK_LICENSE_GPL_3_0,
                         "comments",
                         _ ("Sets up Optonline and Optimum mail, finds out why it does not work, "
                            "and takes it to another program. Not affiliated with Optimum."),
                         NULL);
}

/* What a notification does. */
static void
show_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  g_application_activate (user_data);
}

static void
quit_activated (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows = gtk_application_get_windows (user_data);

  /* A question on top of the wizard goes with it. */
  for (GList *l = windows; l != NULL; l = l->next)
    if (OPT_IS_WINDOW (l->data))
      {
        gtk_window_close (l->data);
        return;
      }
}

static void
opt_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "about", .activate = about_activated },
    { .name = "show", .activate = show_activated },
    { .name = "quit", .activate = quit_activated },
  };

  G_APPLICATION_CLASS (opt_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application),
                                   actions,
                                   G_N_ELEMENTS (actions),
                                   application);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application),
                                         "app.quit",
                                         (const char *[]){ "<Control>q", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (application),
                                         "win.help",
                                         (const char *[]){ "F1", NULL });
  gtk_window_set_default_icon_name (OPT_APP_ID);
  /* To be read and copied from, words can have the focus; they are not to be marked by that. */
  g_object_set (gtk_settings_get_default (), "gtk-label-select-on-focus", FALSE, NULL);
}

static void
opt_application_dispose (GObject *object)
{
  g_clear_object (&OPT_APPLICATION (object)->world);

  G_OBJECT_CLASS (opt_application_parent_class)->dispose (object);
}

static void
opt_application_class_init (OptApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_application_dispose;
  application_class->startup = opt_application_startup;
  application_class->activate = opt_application_activate;
  application_class->open = opt_application_open;
  application_class->handle_local_options = opt_application_handle_local_options;
}

static void
opt_application_init (OptApplication *self)
{
  const GOptionEntry options[] = {
    { "practice",
      0,
      0,
      G_OPTION_ARG_NONE,
      NULL,
      N_ ("Try everything with example accounts; nothing leaves this computer"),
      NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE]"));
}

OptApplication *
opt_application_new (void)
{
  return g_object_new (OPT_TYPE_APPLICATION,
                       "application-id",
                       OPT_APP_ID,
                       "flags",
                       G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path",
                       "/com/example/OptSetup",
                       NULL);
}
