/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the keyring promises, against two real ones: libsecret's encrypted file, and with
 * --gnome-keyring=PROGRAM a gnome-keyring-daemon on a bus and in a home of its own. */
#include "keyring-backend.h"
#include "keyring-calls.h"

#include "opt-error.h"
#include "opt-foreign-swap.h"
#include "opt-libsecret.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define JANE "jane.doe@optonline.net"
#define JOHN "john@optimum.net"

/* As long as OPT_SECRET_MAX_BYTES lets it be, at 1000 characters. */
static char *
create_long_password (void)
{
  g_autofree char *tens = g_strnfill (990, 'x');

  return g_strconcat ("\"", tens, "'ü€ \\ $$", NULL);
}

static const struct
{
  const char *name, *password;
} passwords[] = {
  { "plain", "hunter2" },
  { "spaces", "  two  spaces  " },
  { "quotes", "a\"b'c\\d #e%f$g;h{i}`j`" },
  { "utf-8", "Grüße, 世界 🔑" },
  { "one", "x" },
  { "long", NULL },
};

static void
test_password (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptAccount) account =
    account_new (JANE, "tls://mail.example.net", NULL, "starttls://mail.example.net");
  g_autofree char *long_password = create_long_password ();
  const char *password = passwords[i].password != NULL ? passwords[i].password : long_password;

  assert_saved (account, password);
  assert_found (account, password);
  g_assert_cmpint (call_forget (JANE, NULL, NULL), ==, 2);
}

static void
test_list_and_forget (void)
{
  g_autoptr (OptAccount) jane =
    account_new (JANE, "tls://mail.example.net", "tls://pop.example.net", "tls://smtp.example.net");
  g_autoptr (OptAccount) john = account_new (JOHN, "tls://mail.example.org", NULL, NULL);
  const char *john_only = JOHN " imap mail.example.org " JOHN "\n";

  assert_listed ("");
  assert_not_found (jane);

  assert_saved (john, "john's");
  assert_saved (jane, "jane's");
  assert_found (john, "john's");
  assert_found (jane, "jane's");
  assert_listed (JANE " imap mail.example.net " JANE "\n" //
                 JANE " pop3 pop.example.net " JANE "\n"  //
                 JANE " smtp smtp.example.net " JANE "\n" //
                 JOHN " imap mail.example.org " JOHN "\n");

  g_assert_cmpint (call_forget (JANE, NULL, NULL), ==, 3);
  g_assert_cmpint (call_forget (JANE, NULL, NULL), ==, 0);
  assert_listed (john_only);
  assert_not_found (jane);
  assert_found (john, "john's");

  g_assert_cmpint (call_forget (JOHN, NULL, NULL), ==, 1);
  assert_listed ("");
}

/* Saved again, for other servers: the outdated password is found nowhere any more. */
static void
test_replace (void)
{
  g_autoptr (OptAccount) before =
    account_new (JANE, "tls://old.example.net", "tls://pop.example.net", NULL);
  g_autoptr (OptAccount) after =
    account_new (JANE, "tls://new.example.net", NULL, "tls://smtp.example.net");

  assert_saved (before, "old");
  assert_saved (before, "older");
  assert_saved (after, "new");
  assert_listed (JANE " imap new.example.net " JANE "\n" //
                 JANE " smtp smtp.example.net " JANE "\n");
  assert_not_found (before);
  assert_found (after, "new");

  g_assert_cmpint (call_forget (JANE, NULL, NULL), ==, 2);
}

/* Saved for the second choice, looked for with all choices; but never for another host. */
static void
test_candidates (void)
{
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptAddress) address = opt_address_parse (JANE, NULL);
  g_autoptr (OptAccount) account =
    opt_account_new (NULL, address, opt_providers_find (providers, "optonline"));
  GPtrArray *servers = opt_account_get_servers (account, OPT_SERVICE_SMTP);
  g_autoptr (OptAccount) second = NULL;
  g_autoptr (OptAccount) foreign = account_new (JANE, "tls://imap.example.org", NULL, NULL);

  g_assert_cmpint (servers->len, >, 1);
  second = opt_account_with_server (account, g_ptr_array_index (servers, 1));

  assert_saved (second, "found");
  assert_found (second, "found");
  assert_found (account, "found");
  assert_not_found (foreign);

  g_assert_cmpint (call_forget (JANE, NULL, NULL), ==, 3);
}

static void
test_cancelled (void)
{
  g_autoptr (OptAccount) account = account_new (JANE, "tls://mail.example.net", NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (call_save (account, "never", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  g_assert_null (call_find (account, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  assert_listed ("");
}

static void
test_describe (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *label = call_describe (NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (label, ==, is_gnome_keyring ? "Login" : "");
}

/* What secret-tool prints; every other program finds an item the same way. */
static char *
run_secret_tool (const char *const *arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_ptr_array_add (argv, (gpointer) "secret-tool");
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) arguments[i]);
  g_ptr_array_add (argv, NULL);

  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);

  return output;
}

static void
test_secret_tool (void)
{
  const char *lookup[] = { "lookup", "host", "mail.optonline.net", "service", "smtp", "user",
                           JANE,     NULL };
  const char *search[] = { "search", "--all", "address", JANE, NULL };
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptAddress) address = opt_address_parse (JANE, NULL);
  g_autoptr (OptAccount) account =
    opt_account_new (NULL, address, opt_providers_find (providers, "optonline"));
  g_autofree char *password = create_long_password ();
  g_autofree char *found = NULL;
  g_autofree char *listing = NULL;

  if (!is_gnome_keyring)
    {
      g_test_skip ("secret-tool finds what is on the bus only");
      return;
    }

  lookup[2] = opt_server_get_host (opt_account_get_server (account, OPT_SERVICE_SMTP));
  assert_saved (account, password);
  found = run_secret_tool (lookup);
  g_assert_cmpstr (found, ==, password);

  listing = run_secret_tool (search);
  g_assert_nonnull (strstr (listing, "label = Optonline mail (IMAP): " JANE "\n"));
  g_assert_nonnull (strstr (listing, "label = Optonline mail (POP3): " JANE "\n"));
  g_assert_nonnull (strstr (listing, "label = Optonline mail (SMTP): " JANE "\n"));
  g_assert_nonnull (strstr (listing, "schema = com.example.OptSetup\n"));

  g_assert_cmpint (call_forget (JANE, NULL, NULL), ==, 3);
}

static void
lock_gnome_keyring (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) reply = NULL;

  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (bus,
                                       "org.freedesktop.secrets",
                                       "/org/freedesktop/secrets",
                                       "org.freedesktop.Secret.Service",
                                       "Lock",
                                       g_variant_new_parsed ("(["
                                                             "objectpath '/org/freedesktop/secrets/"
                                                             "collection/login'],)"),
                                       NULL,
                                       G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                       -1,
                                       NULL,
                                       &error);
  g_assert_no_error (error);
}

/* Last, for nobody is there to unlock it: gnome-keyring's prompt comes from a program of its own,
 * and this bus does not start it. The daemon then says that the prompt was dismissed. */
static void
test_locked (void)
{
  g_autoptr (OptAccount) account = account_new (JANE, "tls://mail.example.net", NULL, NULL);
  g_autoptr (GError) error = NULL;

  if (!is_gnome_keyring)
    {
      g_test_skip ("the file back end has no lock");
      return;
    }

  assert_saved (account, "kept");
  lock_gnome_keyring ();

  assert_listed (JANE " imap mail.example.net " JANE "\n");
  g_assert_false (call_save (account, "other", NULL, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_DISMISSED);
  g_clear_error (&error);
  g_assert_null (call_find (account, NULL, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_DISMISSED);
  g_clear_error (&error);
  g_assert_cmpint (call_forget (JANE, NULL, &error), ==, -1);
  g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_DISMISSED);
}

/* What is kept for another program under its own schema, read as the program does. */
static void
assert_foreign (const OptForeignItem *item, const char *want)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptLibsecret) visit = opt_libsecret_open (NULL, &error);
  g_autoptr (GPtrArray) entries = opt_libsecret_search_unlocked (visit, item, &error);
  g_autoptr (OptSecret) secret = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, want != NULL ? 1 : 0);
  if (want == NULL)
    return;

  secret = opt_libsecret_read (visit, entries->pdata[0], &error);
  g_assert_no_error (error);
  g_assert_cmpstr (opt_secret_peek (secret), ==, want);
  g_assert_cmpstr (((OptLibsecretEntry *) entries->pdata[0])->label, ==, item->label);
}

static void
test_foreign (void)
{
  static const char *const attributes[] = { "proto", "IMAP", "login", "o'neil é", NULL };
  static const char *const others[] = { "proto", "SMTP", "login", "o'neil é", NULL };
  const OptForeignItem item = { "org.example.Mail", "Mail “é”", attributes };
  const OptForeignItem other = { "org.example.Mail", "Mail", others };
  const OptForeignItem namesake = { "org.example.Other", "Other", attributes };
  g_autoptr (OptSecret) first = secret_new ("first");
  g_autoptr (OptSecret) second = secret_new ("a\"b'c\\d #e%f$g;h{i} é");
  g_autoptr (GError) error = NULL;
  gboolean is_there = FALSE;

  g_assert_true (opt_foreign_item_check_free (&item, NULL, &error));
  g_assert_true (opt_foreign_item_store (&item, second, &is_there, NULL, &error));
  g_assert_true (is_there);
  g_assert_true (opt_foreign_item_store (&other, first, &is_there, NULL, &error));

  g_assert_false (opt_foreign_item_check_free (&item, NULL, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_EXISTS);
  g_clear_error (&error);
  g_assert_false (opt_foreign_item_store (&item, first, &is_there, NULL, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_SETUP_EXISTS);
  g_clear_error (&error);
  g_assert_false (is_there);
  assert_foreign (&item, "a\"b'c\\d #e%f$g;h{i} é");
  assert_foreign (&namesake, NULL);

  g_assert_true (opt_foreign_item_remove (&namesake, NULL, &error));
  g_assert_true (opt_foreign_item_remove (&item, NULL, &error));
  g_assert_true (opt_foreign_item_remove (&item, NULL, &error));
  g_assert_no_error (error);
  assert_foreign (&item, NULL);
  assert_foreign (&other, "first");
  assert_listed ("");
  g_assert_true (opt_foreign_item_remove (&other, NULL, &error));
}

static void
add_to_swap (OptForeignSwap *swap, const OptForeignItem *item, const char *content, guint n_found)
{
  g_autoptr (GBytes) bytes = g_bytes_new (content, strlen (content));
  g_autoptr (GError) error = NULL;
  guint n;

  g_assert_true (opt_foreign_swap_add (swap, item, bytes, &n, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, n_found);
}

static void
test_swap (void)
{
  static const char *const attributes[] = { "proto", "IMAP", NULL };
  static const char *const others[] = { "proto", "SMTP", NULL };
  static const char *const missing[] = { "proto", "POP3", NULL };
  const OptForeignItem item = { "org.example.Mail", "Mail “é”", attributes };
  const OptForeignItem other = { "org.example.Mail", "Mail", others };
  const OptForeignItem gone = { "org.example.Mail", "Gone", missing };
  g_autoptr (OptForeignSwap) swap = opt_foreign_swap_new (NULL);
  g_autoptr (OptSecret) old = secret_new ("old");
  g_autoptr (GError) error = NULL;
  gboolean is_there;

  g_assert_true (opt_foreign_item_store (&item, old, &is_there, NULL, &error));
  g_assert_true (opt_foreign_item_store (&other, old, &is_there, NULL, &error));
  add_to_swap (swap, &item, "new é", 1);
  add_to_swap (swap, &gone, "new", 0);
  add_to_swap (swap, &other, "newer", 1);
  assert_foreign (&item, "old");

  g_assert_true (opt_foreign_swap_write (swap, &error));
  assert_foreign (&item, "new é");
  assert_foreign (&other, "newer");
  assert_foreign (&gone, NULL);

  g_assert_true (opt_foreign_swap_put_back (swap, &error));
  g_assert_no_error (error);
  assert_foreign (&item, "old");
  assert_foreign (&other, "old");
  g_assert_true (opt_foreign_item_remove (&item, NULL, &error));
  g_assert_true (opt_foreign_item_remove (&other, NULL, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      g_autofree char *path = g_strconcat ("/keyring/password-", passwords[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_password);
    }
  g_test_add_func ("/keyring/list-and-forget", test_list_and_forget);
  g_test_add_func ("/keyring/replace", test_replace);
  g_test_add_func ("/keyring/candidates", test_candidates);
  g_test_add_func ("/keyring/cancelled", test_cancelled);
  g_test_add_func ("/keyring/describe", test_describe);
  g_test_add_func ("/keyring/secret-tool", test_secret_tool);
  g_test_add_func ("/keyring/foreign", test_foreign);
  g_test_add_func ("/keyring/swap", test_swap);
  g_test_add_func ("/keyring/locked", test_locked);

  return keyring_backend_run (argc, argv);
}
