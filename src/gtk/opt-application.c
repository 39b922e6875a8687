/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-application.h"

#include "opt-account-store.h"
#include "opt-keyring-libsecret.h"
#include "opt-practice-world.h"
#include "opt-window.h"

#include <glib/gi18n.h>

struct _OptApplication
{
  AdwApplication parent_instance;

  OptPracticeWorld *world;
};

G_DEFINE_FINAL_TYPE (OptApplication, opt_application, ADW_TYPE_APPLICATION)

/* The world in which an account is checked while practicing. */
static OptNetwork *
create_network (const char *address, GPtrArray *servers, gpointer user_data)
{
  OptPracticeWorld *world = user_data;
  OptNetwork *network = opt_network_new (opt_practice_world_get_ca_pem (world));

  for (guint i = 0; i < servers->len; i++)
    {
      OptServer *server = g_ptr_array_index (servers, i);
      const char *host = opt_server_get_host (server);
      guint16 port = opt_server_get_port (server);
      guint16 local_port = opt_practice_world_get_port (world, address, host, port);

      if (local_port != 0)
        opt_network_add_route (network, host, port, local_port);
    }

  return network;
}

static OptSession *
create_session (OptApplication *self)
{
  g_autoptr (OptKeyring) keyring = NULL;
  g_autofree char *store_path = NULL;
  g_autofree char *setups_path = NULL;
  g_autoptr (OptSetupStore) setups = NULL;
  OptSession *session;

  if (self->world != NULL)
    {
      session = opt_session_new (NULL, NULL);
      opt_session_set_network_func (session,
                                    create_network,
                                    g_object_ref (self->world),
                                    g_object_unref);
      return session;
    }

  keyring = opt_keyring_libsecret_new ();
  store_path = opt_account_store_dup_default_path ();
  setups_path = opt_setup_store_dup_default_path ();
  setups = opt_setup_store_new (setups_path);
  session = opt_session_new (keyring, store_path);
  opt_session_set_setup_store (session, setups);

  return session;
}

static void
add_examples (OptApplication *self, OptWindow *window)
{
  guint n;
  const OptPracticeAccount *accounts = opt_practice_world_get_accounts (self->world, &n);

  for (guint i = 0; i < n; i++)
    opt_window_add_example (window,
                            g_dgettext (GETTEXT_PACKAGE, accounts[i].title),
                            accounts[i].address,
                            accounts[i].password);
}

static void
opt_application_activate (GApplication *application)
{
  OptApplication *self = OPT_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      g_autoptr (OptSession) session = create_session (self);

      window = GTK_WINDOW (opt_window_new (GTK_APPLICATION (self), session));
      if (self->world != NULL)
        add_examples (self, OPT_WINDOW (window));
    }

  gtk_window_present (window);
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
  gtk_window_set_default_icon_name (OPT_APP_ID);
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
}

OptApplication *
opt_application_new (void)
{
  return g_object_new (OPT_TYPE_APPLICATION,
                       "application-id",
                       OPT_APP_ID,
                       "resource-base-path",
                       "/com/example/OptSetup",
                       NULL);
}
