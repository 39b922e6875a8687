/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-account-store.h"

#include "opt-error.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of its own for each test; the store's folder below it is not there yet. */
typedef struct
{
  char *root;
  char *folder;
  char *path;
  OptProviders *providers;
  OptAccountStore *store;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->root = g_dir_make_tmp ("optsetup-XXXXXX", NULL);
  g_assert_nonnull (f->root);
  f->folder = g_build_filename (f->root, "config", "optsetup", NULL);
  f->path = g_build_filename (f->folder, "accounts.ini", NULL);
  f->providers = opt_providers_load ();
  f->store = opt_account_store_new (f->path, f->providers);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    folder = g_dir_open (path, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  opt_account_store_free (f->store);
  opt_providers_unref (f->providers);
  remove_tree (f->root);
  g_free (f->path);
  g_free (f->folder);
  g_free (f->root);
}

static GDateTime *
at (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return g_date_time_new_from_iso8601 (text, utc);
}

static OptAddress *
address_of (const char *text)
{
  OptAddress *address = opt_address_parse (text, NULL);

  g_assert_nonnull (address);

  return address;
}

static OptAccount *
account_of (Fixture *f, const char *name, const char *text, const char *provider)
{
  g_autoptr (OptAddress) address = address_of (text);

  return opt_account_new (name,
                          address,
                          provider != NULL ? opt_providers_find (f->providers, provider) : NULL);
}

static void
save (Fixture *f, const char *name, const char *text, const char *provider)
{
  g_autoptr (OptAccount) account = account_of (f, name, text, provider);
  g_autoptr (GDateTime) now = at ("2026-11-23T12:34:56Z");
  g_autoptr (GError) error = NULL;

  opt_account_store_save (f->store, account, now, &error);
  g_assert_no_error (error);
}

static OptSavedAccount *
find (Fixture *f, const char *text)
{
  g_autoptr (OptAddress) address = address_of (text);
  g_autoptr (GError) error = NULL;
  OptSavedAccount *saved = opt_account_store_find (f->store, address, &error);

  g_assert_no_error (error);

  return saved;
}

static char *
read_text (Fixture *f)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (f->path, &text, NULL, NULL));

  return text;
}

static void
write_text (Fixture *f, const char *text, gssize n_bytes)
{
  g_assert_cmpint (g_mkdir_with_parents (f->folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (f->path, text, n_bytes, NULL));
}

static void
assert_addresses (Fixture *f, const char *want)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) accounts = opt_account_store_list (f->store, &error);
  g_autoptr (GString) got = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < accounts->len; i++)
    {
      const OptSavedAccount *saved = g_ptr_array_index (accounts, i);

      g_string_append_printf (got,
                              "%s%s",
                              i > 0 ? " " : "",
                              opt_address_get_text (opt_account_get_address (saved->account)));
    }
  g_assert_cmpstr (got->str, ==, want);
}

static void
test_missing (Fixture *f, gconstpointer data)
{
  g_autoptr (OptAddress) address = address_of ("jane@optonline.net");
  g_autoptr (GDateTime) now = at ("2026-11-23T12:34:56Z");
  g_autoptr (GError) error = NULL;

  assert_addresses (f, "");
  g_assert_null (opt_account_store_find (f->store, address, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_ACCOUNT_UNKNOWN);
  g_clear_error (&error);
  g_assert_false (opt_account_store_forget (f->store, address, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_ACCOUNT_UNKNOWN);
  g_clear_error (&error);
  g_assert_false (opt_account_store_set_checked (f->store, address, "works", now, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_ACCOUNT_UNKNOWN);

  /* Reading makes nothing. */
  g_assert_false (g_file_test (f->folder, G_FILE_TEST_EXISTS));
}

static void
test_file (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;
  GStatBuf info;

  save (f, "Jane “J” Doe", "jane@optonline.net", "optonline");

  text = read_text (f);
  g_assert_cmpstr (text,
                   ==,
                   "[jane@optonline.net]\n"
                   "name=Jane “J” Doe\n"
                   "provider=optonline\n"
                   "imap=tls://mail.optonline.net:993\n"
                   "imap-user=jane@optonline.net\n"
                   "pop3=tls://mail.optonline.net:995\n"
                   "pop3-user=jane@optonline.net\n"
                   "smtp=tls://mail.optonline.net:465\n"
                   "smtp-user=jane@optonline.net\n"
                   "saved=2026-11-23T12:34:56Z\n");

  g_assert_cmpint (g_stat (f->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0600);
  g_assert_cmpint (g_stat (f->folder, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0700);
}

static void
test_round_trip (Fixture *f, gconstpointer data)
{
  g_autoptr (OptAccount) before =
    account_of (f, " a=b;\\n [x] ", "jane@optonline.net", "optonline");
  g_autoptr (OptServer) server =
    opt_server_parse (OPT_SERVICE_IMAP, "starttls://mail.optimum.net:143", "Jane Doe", NULL);
  g_autoptr (OptAccount) account = opt_account_with_server (before, server);
  g_autoptr (GDateTime) now = at ("2026-11-23T12:34:56+02:00");
  g_autoptr (GDateTime) utc = at ("2026-11-23T10:34:56Z");
  g_autoptr (OptSavedAccount) saved = NULL;
  g_autoptr (GError) error = NULL;

  opt_account_store_save (f->store, account, now, &error);
  g_assert_no_error (error);
  saved = find (f, "jane@optonline.net");

  g_assert_cmpstr (opt_account_get_name (saved->account), ==, " a=b;\\n [x] ");
  g_assert_cmpstr (opt_provider_get_id (opt_account_get_provider (saved->account)),
                   ==,
                   "optonline");
  g_assert_true (g_date_time_equal (saved->saved, utc));
  g_assert_null (saved->checked);
  g_assert_null (saved->verdict);
  g_assert_true (
    opt_server_equal (opt_account_get_server (saved->account, OPT_SERVICE_IMAP), server));
  g_assert_cmpuint (opt_account_get_servers (saved->account, OPT_SERVICE_IMAP)->len, ==, 1);
  /* The provider's own choice comes with its siblings. */
  g_assert_cmpuint (opt_account_get_servers (saved->account, OPT_SERVICE_POP3)->len, ==, 2);
}

static void
test_by_hand (Fixture *f, gconstpointer data)
{
  g_autoptr (OptAccount) before = account_of (f, NULL, "me@own.example", NULL);
  g_autoptr (OptServer) server =
    opt_server_parse (OPT_SERVICE_SMTP, "tls://mail.own.example", "me", NULL);
  g_autoptr (OptAccount) account = opt_account_with_server (before, server);
  g_autoptr (GDateTime) now = at ("2026-11-23T12:34:56Z");
  g_autoptr (OptSavedAccount) saved = NULL;

  g_assert_true (opt_account_store_save (f->store, account, now, NULL));
  saved = find (f, "me@own.example");

  g_assert_null (opt_account_get_provider (saved->account));
  g_assert_null (opt_account_get_server (saved->account, OPT_SERVICE_IMAP));
  g_assert_null (opt_account_get_server (saved->account, OPT_SERVICE_POP3));
  g_assert_true (
    opt_server_equal (opt_account_get_server (saved->account, OPT_SERVICE_SMTP), server));
}

static void
test_replace_and_forget (Fixture *f, gconstpointer data)
{
  g_autoptr (OptAddress) jane = address_of ("jane@optonline.net");
  g_autoptr (GDateTime) now = at ("2026-11-24T00:00:00Z");
  g_autoptr (OptSavedAccount) saved = NULL;
  g_autoptr (GError) error = NULL;

  save (f, "Jane", "jane@optonline.net", "optonline");
  save (f, "John", "john@optimum.net", "optimum");
  assert_addresses (f, "jane@optonline.net john@optimum.net");

  opt_account_store_set_checked (f->store, jane, "partly", now, &error);
  g_assert_no_error (error);
  saved = find (f, "jane@optonline.net");
  g_assert_true (g_date_time_equal (saved->checked, now));
  g_assert_cmpstr (saved->verdict, ==, "partly");
  g_clear_pointer (&saved, opt_saved_account_free);

  /* What was checked is not what is saved now. */
  save (f, "Jane Doe", "jane@optonline.net", "optonline");
  saved = find (f, "jane@optonline.net");
  g_assert_cmpstr (opt_account_get_name (saved->account), ==, "Jane Doe");
  g_assert_null (saved->checked);
  assert_addresses (f, "john@optimum.net jane@optonline.net");

  opt_account_store_forget (f->store, jane, &error);
  g_assert_no_error (error);
  assert_addresses (f, "john@optimum.net");
}

static void
test_case (Fixture *f, gconstpointer data)
{
  g_autoptr (OptSavedAccount) similar = NULL;
  g_autoptr (OptSavedAccount) exact = NULL;

  save (f, "small", "jane@own.example", NULL);
  similar = find (f, "JANE@own.example");
  g_assert_cmpstr (opt_account_get_name (similar->account), ==, "small");

  save (f, "large", "JANE@own.example", NULL);
  exact = find (f, "JANE@own.example");
  g_assert_cmpstr (opt_account_get_name (exact->account), ==, "large");
}

#define SECTION "[jane@optonline.net]\n"
#define SAVED "saved=2026-11-23T12:34:56Z\n"

static const struct
{
  const char *name, *text;
  gssize n_bytes;
} broken[] = {
  { "no-section", "name=x\n", -1 },
  { "no-key", SECTION "nonsense\n", -1 },
  { "not-text", SECTION "name=\xff\xfe\n" SAVED, -1 },
  { "nul", "\0\0\0\0", 4 },
  { "no-address", "[jane]\n" SAVED, -1 },
  { "no-date", SECTION "name=Jane\n", -1 },
  { "bad-date", SECTION "saved=yesterday\n", -1 },
  { "bad-checked", SECTION SAVED "checked=1\nverdict=works\n", -1 },
  { "no-verdict", SECTION SAVED "checked=2026-11-23T12:34:56Z\n", -1 },
  { "plain-server", SECTION SAVED "imap=imap://mail.example.net:143\nimap-user=j\n", -1 },
  { "bad-port", SECTION SAVED "imap=tls://mail.example.net:0\nimap-user=j\n", -1 },
  { "no-user", SECTION SAVED "imap=tls://mail.example.net:993\n", -1 },
  { "second-one", SECTION SAVED "[jane@]\n" SAVED, -1 },
};

/* Clearly an error, in reading and in writing, and not a byte of the file changes. */
static void
test_broken (Fixture *f, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  gsize size = broken[i].n_bytes < 0 ? strlen (broken[i].text) : (gsize) broken[i].n_bytes;
  g_autoptr (OptAccount) account = account_of (f, NULL, "john@optimum.net", "optimum");
  g_autoptr (OptAddress) jane = address_of ("jane@optonline.net");
  g_autoptr (GDateTime) now = at ("2026-11-24T00:00:00Z");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize n_bytes;

  write_text (f, broken[i].text, broken[i].n_bytes);

  g_assert_null (opt_account_store_list (f->store, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_ACCOUNTS_INVALID);
  g_assert_nonnull (strstr (error->message, f->path));
  g_clear_error (&error);
  g_assert_false (opt_account_store_save (f->store, account, now, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_ACCOUNTS_INVALID);
  g_clear_error (&error);
  g_assert_false (opt_account_store_set_checked (f->store, jane, "works", now, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_ACCOUNTS_INVALID);
  g_clear_error (&error);
  g_assert_false (opt_account_store_forget (f->store, jane, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_ACCOUNTS_INVALID);

  g_assert_true (g_file_get_contents (f->path, &text, &n_bytes, NULL));
  g_assert_cmpmem (text, n_bytes, broken[i].text, size);
}

static void
test_too_large (Fixture *f, gconstpointer data)
{
  g_autofree char *text = g_strnfill (1024 * 1024 + 1, '\n');
  g_autoptr (GError) error = NULL;

  write_text (f, text, -1);
  g_assert_null (opt_account_store_list (f->store, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_ACCOUNTS_INVALID);
}

static void
test_provider_gone (Fixture *f, gconstpointer data)
{
  g_autoptr (OptSavedAccount) saved = NULL;

  write_text (f,
              SECTION "provider=gone\nimap=tls://mail.gone.example:993\nimap-user=jane\n" SAVED,
              -1);
  saved = find (f, "jane@optonline.net");

  g_assert_null (opt_account_get_provider (saved->account));
  g_assert_cmpstr (opt_server_get_host (opt_account_get_server (saved->account, OPT_SERVICE_IMAP)),
                   ==,
                   "mail.gone.example");
}

/* Comments, and keys that a newer version wrote for another account, are not ours to drop. */
static void
test_keeps_the_rest (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  write_text (f, "# mine\n" SECTION SAVED "future=1\n", -1);
  save (f, NULL, "john@optimum.net", "optimum");
  text = read_text (f);

  g_assert_true (g_str_has_prefix (text, "# mine\n"));
  g_assert_nonnull (strstr (text, "future=1\n"));
}

static void
test_not_written (Fixture *f, gconstpointer data)
{
  g_autoptr (OptAccount) account = account_of (f, NULL, "jane@optonline.net", "optonline");
  g_autoptr (GDateTime) now = at ("2026-11-24T00:00:00Z");
  g_autofree char *config = g_path_get_dirname (f->folder);
  g_autofree char *elsewhere = g_build_filename (f->root, "elsewhere", NULL);
  g_autoptr (GError) error = NULL;

  /* A file where the folder should be. */
  g_assert_true (g_file_set_contents (config, "", 0, NULL));
  g_assert_false (opt_account_store_save (f->store, account, now, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_FILE_NOT_WRITTEN);
  g_clear_error (&error);
  g_assert_cmpint (g_remove (config), ==, 0);

  /* A link is not followed. */
  g_assert_cmpint (g_mkdir_with_parents (f->folder, 0700), ==, 0);
  g_assert_cmpint (symlink (elsewhere, f->path), ==, 0);
  g_assert_false (opt_account_store_save (f->store, account, now, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_FILE_LINK);
  g_assert_false (g_file_test (elsewhere, G_FILE_TEST_EXISTS));
}

static void
test_default_path (void)
{
  g_autofree char *path = opt_account_store_dup_default_path ();
  g_autofree char *want =
    g_build_filename (g_get_user_config_dir (), "optsetup/accounts.ini", NULL);

  g_assert_cmpstr (path, ==, want);
}

static void
add (const char *path, gsize data, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GSIZE_TO_POINTER (data), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/account-store/missing", 0, test_missing);
  add ("/account-store/file", 0, test_file);
  add ("/account-store/round-trip", 0, test_round_trip);
  add ("/account-store/by-hand", 0, test_by_hand);
  add ("/account-store/replace-and-forget", 0, test_replace_and_forget);
  add ("/account-store/case", 0, test_case);
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = g_strconcat ("/account-store/broken/", broken[i].name, NULL);

      add (path, i, test_broken);
    }
  add ("/account-store/too-large", 0, test_too_large);
  add ("/account-store/provider-gone", 0, test_provider_gone);
  add ("/account-store/keeps-the-rest", 0, test_keeps_the_rest);
  add ("/account-store/not-written", 0, test_not_written);
  g_test_add_func ("/account-store/default-path", test_default_path);

  return g_test_run ();
}
