/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Records of set-ups: what is kept of them, and what people read. */
#include "opt-error.h"
#include "opt-setup-change.h"
#include "opt-setup.h"

#include <glib/gstdio.h>
#include <string.h>

#define JANE "jane.doe@optonline.net"

static void
add (GPtrArray *changes, const OptSetupKind *kind, const char *words)
{
  opt_setup_changes_add (changes, kind, g_strsplit (words, "|", -1), NULL);
}

/* One of each kind, with all that a key file has to escape. */
static OptSetupRecord *
create_record (void)
{
  GPtrArray *changes = opt_setup_changes_new ();

  add (changes, &opt_setup_kind_item, "a.b.Schema|Label; “é” \\|host|mail.x|login|o'neil;=#$");
  add (changes, &opt_setup_kind_folder, "/home/jane; doe/ x");
  add (changes, &opt_setup_kind_file, "/home/jane\\n/é.ini|" JANE);
  add (changes, &opt_setup_kind_sources, JANE "|uid-1|uid-2");
  add (changes, &opt_setup_kind_online_account, JANE "|account_1");

  return opt_setup_record_new ("evolution", JANE, changes);
}

static void
assert_same (OptSetupRecord *a, OptSetupRecord *b)
{
  GPtrArray *wanted = opt_setup_record_get_changes (a), *got = opt_setup_record_get_changes (b);

  g_assert_cmpstr (opt_setup_record_get_client_id (a), ==, opt_setup_record_get_client_id (b));
  g_assert_cmpstr (opt_setup_record_get_address (a), ==, opt_setup_record_get_address (b));
  g_assert_cmpuint (wanted->len, ==, got->len);
  for (guint i = 0; i < wanted->len; i++)
    {
      const OptSetupChange *want = wanted->pdata[i], *have = got->pdata[i];

      g_assert_true (want->kind == have->kind);
      g_assert_true (
        g_strv_equal ((const char *const *) want->words, (const char *const *) have->words));
    }
}

static void
test_round_trip (void)
{
  g_autoptr (OptSetupRecord) record = create_record ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GKeyFile) again = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (OptSetupRecord) read = NULL;

  opt_setup_record_save (record, file);
  text = g_key_file_to_data (file, NULL, NULL);
  g_assert_true (g_key_file_load_from_data (again, text, -1, G_KEY_FILE_NONE, NULL));
  read = opt_setup_record_new_from_key_file (again, "evolution", JANE, &error);
  g_assert_no_error (error);
  assert_same (record, read);
}

static void
test_describe (void)
{
  g_autoptr (OptSetupRecord) record = create_record ();
  g_auto (GStrv) lines = opt_setup_record_describe (record);
  g_autofree char *text = g_strjoinv ("\n", lines);
  g_autofree char *want =
    g_strdup_printf ("New keyring item “Label; “é” \\”, with the password\n"
                     "New folder “/home/jane; doe/ x”\n"
                     "New file “/home/jane\\n/é.ini”\n"
                     "New account " JANE " in Evolution\n"
                     "New file “%1$s/evolution/sources/uid-1.source”\n"
                     "New file “%1$s/evolution/sources/uid-2.source”\n"
                     "New account " JANE " in GNOME Online Accounts, with its password",
                     g_get_user_config_dir ());

  g_assert_cmpstr (text, ==, want);
}

/* Sections that are none of ours; to undo half of one would be worse than nothing. */
static const char *const invalid[] = {
  "",
  "change-2=folder;/x;\n",
  "change-1=\n",
  "change-1=folder;\n",
  "change-1=file;/x;\n",
  "change-1=item;schema;label;name;\n",
  "change-1=everything;/;\n",
  "change-1=folder;/x;\nchange-2=nonsense;/x;\n",
};

static void
test_invalid (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_autofree char *text = g_strconcat ("[geary " JANE "]\n", invalid[i], NULL);
      g_autoptr (GKeyFile) file = g_key_file_new ();
      g_autoptr (GError) error = NULL;

      g_assert_true (g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, NULL));
      g_assert_null (opt_setup_record_new_from_key_file (file, "geary", JANE, &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == G_KEY_FILE_ERROR);
    }
}

static void
test_store (void)
{
  g_autofree char *root = g_dir_make_tmp ("opt-setup-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (root, "optsetup", NULL);
  g_autofree char *path = g_build_filename (folder, "setups.ini", NULL);
  g_autoptr (OptSetupStore) store = opt_setup_store_new (path);
  g_autoptr (OptSetupRecord) record = create_record ();
  g_autoptr (OptSetupRecord) found = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_null (opt_setup_store_find (store, "evolution", JANE, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_UNKNOWN);
  g_clear_error (&error);

  g_assert_true (opt_setup_store_save (store, record, &error));
  g_assert_true (opt_setup_store_save (store, record, &error));
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  found = opt_setup_store_find (store, "evolution", "Jane.Doe@optonline.net", &error);
  g_assert_no_error (error);
  assert_same (record, found);
  g_assert_null (opt_setup_store_find (store, "geary", JANE, NULL));

  g_assert_true (opt_setup_store_forget (store, record, &error));
  g_assert_true (opt_setup_store_forget (store, record, &error));
  g_assert_null (opt_setup_store_find (store, "evolution", JANE, NULL));

  g_remove (path);
  g_rmdir (folder);
  g_rmdir (root);
}

static void
test_programs (void)
{
  static const char *const ids[] = { "evolution", "goa", "geary" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_true (opt_setup_get_client (opt_setup_find (ids[i])) == opt_client_find (ids[i]));
  g_assert_null (opt_setup_find ("thunderbird"));
  g_assert_null (opt_setup_find (""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setup/round-trip", test_round_trip);
  g_test_add_func ("/setup/describe", test_describe);
  g_test_add_func ("/setup/invalid", test_invalid);
  g_test_add_func ("/setup/store", test_store);
  g_test_add_func ("/setup/programs", test_programs);

  return g_test_run ();
}
