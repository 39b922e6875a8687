/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "setup-calls.h"

#include "opt-error.h"

#include <glib/gstdio.h>
#include <string.h>

char *root;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder =
    g_file_test (path, G_FILE_TEST_IS_DIR) ? g_dir_open (path, 0, NULL) : NULL;

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* All files and folders below, one a line. */
void
append_tree (GString *text, const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;)
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_string_append_printf (text, "%s\n", (char *) names->pdata[i] + strlen (root));
      append_tree (text, names->pdata[i]);
    }
}

void
assert_tree (const char *want)
{
  g_autoptr (GString) got = g_string_new (NULL);

  append_tree (got, root);
  g_assert_cmpstr (got->str, ==, want);
}

void
make_file (const char *name, const char *text, guint mode)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static OptSettings *
create_settings (OptService incoming)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptAddress) address = opt_address_parse (JANE, NULL);
  g_autoptr (OptAccount) account = opt_account_new ("Jane Doe", address, NULL);
  OptSettings *settings;

  for (guint service = 0; service < OPT_N_SERVICES; service++)
    {
      g_autoptr (OptServer) server =
        opt_server_parse (service, "tls://mail.optonline.net", JANE, NULL);
      OptAccount *next = opt_account_with_server (account, server);

      opt_account_unref (account);
      account = next;
    }
  settings = opt_settings_new (account, incoming, &error);
  g_assert_no_error (error);

  return settings;
}

OptSetupPlan *
call_plan (const char *client, OptService incoming, GError **error)
{
  g_autoptr (OptSettings) settings = create_settings (incoming);
  g_autoptr (GAsyncResult) result = NULL;

  opt_setup_plan_async (opt_setup_find (client), settings, NULL, keep_result, &result);
  wait_for_result (&result);

  return opt_setup_plan_finish (result, error);
}

OptSetupStore *
open_store (void)
{
  g_autofree char *path = g_build_filename (root, "state", "optsetup", "setups.ini", NULL);

  return opt_setup_store_new (path);
}

OptSetupRecord *
call_apply (OptSetupPlan *plan, const char *password, GCancellable *cancellable, GError **error)
{
  g_autoptr (OptSecret) secret = secret_new (password);
  g_autoptr (OptSetupStore) store = open_store ();
  g_autoptr (GAsyncResult) result = NULL;

  opt_setup_apply_async (plan, secret, store, cancellable, keep_result, &result);
  wait_for_result (&result);

  return opt_setup_apply_finish (result, error);
}

OptSetupRecord *
set_up (const char *client, GError **error)
{
  g_autoptr (OptSetupPlan) plan = call_plan (client, OPT_SERVICE_IMAP, error);

  return plan != NULL ? call_apply (plan, "secret", NULL, error) : NULL;
}

GPtrArray *
call_undo (OptSetupRecord *record, GError **error)
{
  g_autoptr (OptSetupStore) store = open_store ();
  g_autoptr (GAsyncResult) result = NULL;

  opt_setup_undo_async (record, store, NULL, keep_result, &result);
  wait_for_result (&result);

  return opt_setup_undo_finish (result, error);
}

/* The record as a later run finds it; NULL: there is none. */
OptSetupRecord *
find_record (const char *client)
{
  g_autoptr (OptSetupStore) store = open_store ();
  g_autoptr (GError) error = NULL;
  OptSetupRecord *record = opt_setup_store_find (store, client, JANE, &error);

  if (record == NULL)
    g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_UNKNOWN);

  return record;
}

void
assert_no_record (const char *client)
{
  g_assert_null (find_record (client));
}

void
assert_undone (OptSetupRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) leftovers = call_undo (record, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (leftovers->len, ==, 0);
  assert_no_record (opt_setup_record_get_client_id (record));
}

static void
set_folder (const char *variable, const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);

  g_setenv (variable, path, TRUE);
}

/* The bus needs the machine's programs, the tests are not to see them. */
static void
run_on_bus (gconstpointer test)
{
  g_autoptr (GTestDBus) bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_autofree char *programs = g_strdup (g_getenv ("PATH"));

  remove_tree (root);
  g_assert_cmpint (g_mkdir (root, 0700), ==, 0);
  g_test_dbus_up (bus);
  set_folder ("PATH", "bin");
  ((GTestFunc) test) ();
  g_setenv ("PATH", programs, TRUE);
  g_test_dbus_down (bus);
}

void
add_on_bus (const char *path, GTestFunc test)
{
  g_test_add_data_func (path, test, run_on_bus);
}

void
setup_calls_init (void)
{
  root = g_dir_make_tmp ("opt-setup-XXXXXX", NULL);
  set_folder ("XDG_CONFIG_HOME", "config");
  set_folder ("XDG_DATA_HOME", "data");
  set_folder ("XDG_STATE_HOME", "state");
}

void
setup_calls_clear (void)
{
  remove_tree (root);
  g_clear_pointer (&root, g_free);
}
