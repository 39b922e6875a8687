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

static char *
dup_below_config (const char *name)
{
  return g_build_filename (g_get_user_config_dir (), name, NULL);
}

/* What each program may have changed, with all that a key file has to escape. */
static OptSetupRecord *
create_record (const char *client)
{
  GPtrArray *changes = opt_setup_changes_new ();
  g_autofree char *folder = dup_below_config ("geary/account_01; é\\n x");
  g_autofree char *ini = dup_below_config ("geary/account_01/geary.ini");
  g_autofree char *file = g_strconcat (ini, "|" JANE, NULL);

  if (g_str_equal (client, "geary"))
    {
      add (changes,
           &opt_setup_kind_item,
           "org.gnome.Geary|Label; “é” \\|proto|IMAP|host|mail.x|login|o'neil;=#$");
      add (changes, &opt_setup_kind_folder, folder);
      add (changes, &opt_setup_kind_file, file);
    }
  else if (g_str_equal (client, "evolution"))
    add (changes, &opt_setup_kind_sources, JANE "|optsetup-1|optsetup-2");
  else
    add (changes, &opt_setup_kind_online_account, JANE "|account_1");

  return opt_setup_record_new (client, JANE, changes);
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
  static const char *const clients[] = { "evolution", "goa", "geary" };

  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (OptSetupRecord) record = create_record (clients[i]);
      g_autoptr (GKeyFile) file = g_key_file_new ();
      g_autoptr (GKeyFile) again = g_key_file_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      g_autoptr (OptSetupRecord) read = NULL;

      opt_setup_record_save (record, file);
      text = g_key_file_to_data (file, NULL, NULL);
      g_assert_true (g_key_file_load_from_data (again, text, -1, G_KEY_FILE_NONE, NULL));
      read = opt_setup_record_new_from_key_file (again, clients[i], JANE, &error);
      g_assert_no_error (error);
      assert_same (record, read);
    }
}

static const struct
{
  const char *client, *as_new, *as_old; /* %s: the folder of all settings */
} texts[] = {
  { "geary",
    "New keyring item “Label; “é” \\”, with the password\n"
    "New folder “%1$s/geary/account_01; é\\n x”\n"
    "New file “%1$s/geary/account_01/geary.ini”",
    "The keyring item “Label; “é” \\”, with the password\n"
    "The folder “%1$s/geary/account_01; é\\n x”\n"
    "The file “%1$s/geary/account_01/geary.ini”" },
  { "evolution",
    "New account " JANE " in Evolution\n"
    "New file “%1$s/evolution/sources/optsetup-1.source”\n"
    "New file “%1$s/evolution/sources/optsetup-2.source”",
    "The account " JANE " in Evolution\n"
    "The file “%1$s/evolution/sources/optsetup-1.source”\n"
    "The file “%1$s/evolution/sources/optsetup-2.source”" },
  { "goa",
    "New account " JANE " in GNOME Online Accounts, with its password",
    "The account " JANE " in GNOME Online Accounts, with its password" },
};

static void
assert_lines (char **lines, const char *want)
{
  g_autofree char *got = g_strjoinv ("\n", lines);
  g_auto (GStrv) parts = g_strsplit (want, "%1$s", -1);
  g_autofree char *wanted = g_strjoinv (g_get_user_config_dir (), parts);

  g_assert_cmpstr (got, ==, wanted);
}

static void
test_describe (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (OptSetupRecord) record = create_record (texts[i].client);
      g_auto (GStrv) as_new = opt_setup_record_describe (record);
      g_auto (GStrv) as_old = opt_setup_record_describe_undo (record);

      assert_lines (as_new, texts[i].as_new);
      assert_lines (as_old, texts[i].as_old);
    }
}

#define SIXTEEN                                                                                    \
  "proto;IMAP;proto;IMAP;proto;IMAP;proto;IMAP;proto;IMAP;proto;IMAP;proto;IMAP;proto;IMAP;"

/* Sections that are none of ours; to undo half of one would be worse than nothing, and whoever
 * wrote one may want something else taken away. %s: the folder of all settings. */
static const struct
{
  const char *client, *text;
} invalid[] = {
  { "geary", "" },
  { "geary", "change-2=folder;%1$s/geary;\n" },
  { "geary", "change-1=\n" },
  { "geary", "change-1=folder;\n" },
  { "geary", "change-1=folder;/x;\n" },
  { "geary", "change-1=folder;%1$s/geary/../..;\n" },
  { "geary", "change-1=file;%1$s/geary/account_01/geary.ini;\n" },
  { "geary", "change-1=file;%1$s/geary/account_01/geary.ini;;\n" },
  { "geary", "change-1=file;/any/path;;\n" },
  { "geary", "change-1=file;/any/path;" JANE ";\n" },
  { "geary", "change-1=file;%1$s/geary/account_01/other.ini;" JANE ";\n" },
  { "geary", "change-1=file;%1$s/geary/account_01/../../geary.ini;" JANE ";\n" },
  { "evolution", "change-1=file;%1$s/evolution/sources/x.source;" JANE ";\n" },
  { "geary", "change-1=item;schema;label;name;\n" },
  { "geary", "change-1=item;org.gnome.Geary;label;proto;IMAP;host;\n" },
  { "geary", "change-1=item;org.gnome.Geary;label;proto;IMAP;\n" },
  { "geary", "change-1=item;org.gnome.Geary;label;proto;IMAP;host;x;login;\n" },
  { "geary", "change-1=item;org.gnome.Geary;label;proto;IMAP;host;x;user;y;\n" },
  { "geary", "change-1=item;com.example.OptSetup;label;proto;IMAP;host;x;login;y;\n" },
  { "geary", "change-1=item;org.gnome.Geary;label;" SIXTEEN SIXTEEN SIXTEEN "\n" },
  { "goa", "change-1=item;org.gnome.OnlineAccounts;label;goa-identity;x;\n" },
  { "evolution", "change-1=sources;" JANE ";../../../victim;\n" },
  { "evolution", "change-1=sources;" JANE ";optsetup-1;optsetup-/../x;\n" },
  { "evolution", "change-1=sources;" JANE ";system-proxy;\n" },
  { "evolution", "change-1=sources;" JANE ";;\n" },
  { "goa", "change-1=online-account;" JANE ";../Manager;\n" },
  { "goa", "change-1=online-account;;account_1;\n" },
  { "geary", "change-1=everything;/;\n" },
  { "geary", "change-1=folder;%1$s/geary;\nchange-2=nonsense;/x;\n" },
  { "thunderbird", "change-1=folder;%1$s/geary;\n" },
};

static void
test_invalid (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_auto (GStrv) parts = g_strsplit (invalid[i].text, "%1$s", -1);
      g_autofree char *body = g_strjoinv (g_get_user_config_dir (), parts);
      g_autofree char *text = g_strconcat ("[", invalid[i].client, " " JANE "]\n", body, NULL);
      g_autoptr (GKeyFile) file = g_key_file_new ();
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", text);
      g_assert_true (g_key_file_load_from_data (file, text, -1, G_KEY_FILE_NONE, NULL));
      g_assert_null (opt_setup_record_new_from_key_file (file, invalid[i].client, JANE, &error));
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
  g_autoptr (OptSetupRecord) record = create_record ("evolution");
  g_autoptr (OptSetupRecord) capitals =
    opt_setup_record_new ("evolution", "Jane.Doe@optonline.net", opt_setup_changes_new ());
  g_autoptr (OptSetupRecord) found = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf status;

  g_assert_null (opt_setup_store_find (store, "evolution", JANE, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_UNKNOWN);
  g_clear_error (&error);

  g_assert_true (opt_setup_store_save (store, record, &error));
  g_assert_false (opt_setup_store_save (store, capitals, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_KNOWN);
  g_clear_error (&error);
  g_assert_true (opt_setup_store_replace (store, record, &error));
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
