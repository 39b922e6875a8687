/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

#include "opt-error.h"

#include <glib/gstdio.h>
#include <string.h>

#define DEADLINE_S 20

static gboolean
session_keyring_save (OptKeyring *keyring,
                      OptAccount *account,
                      OptSecret *secret,
                      GCancellable *cancellable,
                      GError **error)
{
  SessionKeyring *self = SESSION_KEYRING (keyring);

  if (self->error_code != 0)
    {
      g_set_error_literal (error, OPT_ERROR, self->error_code, "as told");
      return FALSE;
    }

  g_assert_cmpstr (opt_secret_peek (secret), ==, SESSION_PASSWORD);
  g_free (self->host);
  self->host = g_strdup (opt_server_get_host (opt_account_get_server (account, OPT_SERVICE_IMAP)));
  self->n_saved++;

  return TRUE;
}

static OptSecret *
session_keyring_find (OptKeyring *keyring,
                      OptAccount *account,
                      GCancellable *cancellable,
                      GError **error)
{
  SessionKeyring *self = SESSION_KEYRING (keyring);

  g_atomic_int_inc (&self->n_found);
  if (g_strcmp0 (opt_address_get_text (opt_account_get_address (account)), self->kept_address) != 0)
    {
      g_set_error_literal (error, OPT_ERROR, OPT_ERROR_KEYRING_NOT_FOUND, "as told");
      return NULL;
    }

  return opt_secret_new_from (OPT_SECRET_KEPT, SESSION_PASSWORD, strlen (SESSION_PASSWORD), error);
}

static GPtrArray *
session_keyring_list (OptKeyring *keyring, GCancellable *cancellable, GError **error)
{
  SessionKeyring *self = SESSION_KEYRING (keyring);
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) opt_keyring_item_free);

  if (self->kept_address != NULL)
    g_ptr_array_add (items,
                     opt_keyring_item_new (self->kept_address,
                                           "mail.optonline.net",
                                           OPT_SERVICE_IMAP,
                                           self->kept_address));

  return items;
}

static char *
session_keyring_describe (OptKeyring *keyring, GCancellable *cancellable, GError **error)
{
  return g_strdup ("Login");
}

static void
session_keyring_init_interface (OptKeyringInterface *iface)
{
  iface->save = session_keyring_save;
  iface->find = session_keyring_find;
  iface->list = session_keyring_list;
  iface->describe = session_keyring_describe;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SessionKeyring,
                               session_keyring,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OPT_TYPE_KEYRING,
                                                      session_keyring_init_interface))

static void
session_keyring_finalize (GObject *object)
{
  g_free (SESSION_KEYRING (object)->host);

  G_OBJECT_CLASS (session_keyring_parent_class)->finalize (object);
}

static void
session_keyring_class_init (SessionKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = session_keyring_finalize;
}

static void
session_keyring_init (SessionKeyring *self)
{
}

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

void
session_fixture_set_up (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("optsetup-session-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->store_path = g_build_filename (fixture->folder, "accounts.ini", NULL);
  fixture->keyring = g_object_new (SESSION_TYPE_KEYRING, NULL);
  fixture->world = opt_practice_world_new (&error);
  g_assert_no_error (error);
  fixture->session = opt_session_new (OPT_KEYRING (fixture->keyring), fixture->store_path);
  opt_session_set_network_func (fixture->session, create_network, fixture->world, NULL);
}

void
session_fixture_tear_down (SessionFixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->session);
  g_object_unref (fixture->world);
  g_object_unref (fixture->keyring);
  g_remove (fixture->store_path);
  g_rmdir (fixture->folder);
  g_free (fixture->store_path);
  g_free (fixture->folder);
}

static gboolean
on_deadline (gpointer user_data)
{
  g_error ("the deadline passed");

  return G_SOURCE_REMOVE;
}

void
session_wait_for (OptSession *session, SessionCondition condition)
{
  guint deadline = g_timeout_add_seconds (DEADLINE_S, on_deadline, NULL);

  while (!condition (session))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
}

gboolean
session_check_is_over (OptSession *session)
{
  return !opt_session_is_checking (session);
}

void
session_type_in (OptSession *session, const char *address, const char *password)
{
  g_autoptr (GError) error = NULL;

  opt_session_set_name (session, "Jane Doe");
  opt_session_set_address_text (session, address);
  g_assert_true (opt_session_set_password (session, password, strlen (password), &error));
  g_assert_no_error (error);
}

void
session_set_servers (OptSession *session, const char *const *texts)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_autoptr (OptServer) server = NULL;
      g_autoptr (GError) error = NULL;

      if (texts[i] == NULL)
        continue;

      server = opt_server_parse (i, texts[i], "jane", &error);
      g_assert_no_error (error);
      opt_session_set_server (session, server);
    }
}
