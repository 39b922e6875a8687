/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-value.h"

#include <glib/gstdio.h>

#define ADDRESS "jane.doe@optonline.net"

static OptAccount *
with_server (OptAccount *account, OptService service, const char *uri, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptServer) server = opt_server_parse (service, uri, user, &error);
  OptAccount *changed;

  g_assert_no_error (error);
  changed = opt_account_with_server (account, server);
  opt_account_unref (account);

  return changed;
}

static OptAccount *
create_account (const char *name, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptAddress) address = opt_address_parse (ADDRESS, &error);
  OptAccount *account = opt_account_new (name, address, NULL);

  g_assert_no_error (error);
  account = with_server (account, OPT_SERVICE_IMAP, "tls://mail.optonline.net", user);
  account = with_server (account, OPT_SERVICE_POP3, "tls://mail.optonline.net", user);

  return with_server (account, OPT_SERVICE_SMTP, "starttls://smtp.optonline.net", user);
}

static OptSettings *
create_settings (OptService incoming)
{
  g_autoptr (OptAccount) account = create_account ("Jane Doe", ADDRESS);
  g_autoptr (GError) error = NULL;
  OptSettings *settings = opt_settings_new (account, incoming, &error);

  g_assert_no_error (error);

  return settings;
}

static const struct
{
  const char *what, *name, *user;
} refused[] = {
  { "line-feed", "Jane\nset from=x", ADDRESS },
  { "carriage-return", "Jane\rDoe", ADDRESS },
  { "tab", "Jane\tDoe", ADDRESS },
  { "escape", "Jane\033[2J", ADDRESS },
  { "u-0001", "Jane\001", ADDRESS },
  { "delete", "Jane\177", ADDRESS },
  { "c1", "Jane\302\205Doe", ADDRESS },
  { "line-separator", "Jane\u2028Doe", ADDRESS },
  { "paragraph-separator", "Jane\u2029Doe", ADDRESS },
  { "noncharacter", "Jane\uffff", ADDRESS },
  { "noncharacter-plane-1", "Jane\U0001fffe", ADDRESS },
  { "noncharacter-arabic", "Jane\ufdd0", ADDRESS },
  { "not-utf-8", "J\xe4ne", ADDRESS },
  { "user-noncharacter", "Jane", "jane\uffff" },
  { "user-empty", "Jane", "" },
};

static void
test_refused (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptAccount) account = create_account (refused[i].name, refused[i].user);
  g_autoptr (GError) error = NULL;

  g_assert_null (opt_settings_new (account, OPT_SERVICE_IMAP, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE);
}

/* A value that is not the chosen server's is rendered by some formats all the same. */
static void
test_refused_elsewhere (void)
{
  OptAccount *bad = create_account ("Jane", ADDRESS);
  g_autoptr (OptAccount) account =
    with_server (bad, OPT_SERVICE_POP3, "tls://mail.optonline.net", "jane\uffff");
  g_autoptr (GError) error = NULL;

  g_assert_null (opt_settings_new (account, OPT_SERVICE_IMAP, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE);
}

static void
test_missing_service (void)
{
  g_autoptr (OptAddress) address = opt_address_parse (ADDRESS, NULL);
  g_autoptr (OptAccount) bare = opt_account_new (NULL, address, NULL);
  g_autoptr (OptAccount) only_imap =
    with_server (opt_account_ref (bare), OPT_SERVICE_IMAP, "tls://mail.optonline.net", "jane");
  g_autoptr (GError) error = NULL;

  g_assert_null (opt_settings_new (bare, OPT_SERVICE_IMAP, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_PROTOCOL);
  g_clear_error (&error);

  g_assert_null (opt_settings_new (only_imap, OPT_SERVICE_POP3, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_PROTOCOL);
  g_clear_error (&error);

  /* Nowhere to send. */
  g_assert_null (opt_settings_new (only_imap, OPT_SERVICE_IMAP, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_PROTOCOL);
}

static void
test_settings (void)
{
  g_autoptr (OptSettings) settings = create_settings (OPT_SERVICE_POP3);
  g_autoptr (OptSettings) changed = opt_settings_with_leave_on_server (settings, 3);

  g_assert_cmpstr (opt_settings_get_name (settings), ==, "Jane Doe");
  g_assert_cmpstr (opt_settings_get_address (settings), ==, ADDRESS);
  g_assert_cmpstr (opt_settings_get_provider_name (settings), ==, "optonline.net");
  g_assert_cmpint (opt_settings_get_incoming_service (settings), ==, OPT_SERVICE_POP3);
  g_assert_cmpint (opt_server_get_service (opt_settings_get_incoming (settings)),
                   ==,
                   OPT_SERVICE_POP3);
  g_assert_cmpint (opt_server_get_service (opt_settings_get_other_incoming (settings)),
                   ==,
                   OPT_SERVICE_IMAP);
  g_assert_cmpint (opt_server_get_service (opt_settings_get_outgoing (settings)),
                   ==,
                   OPT_SERVICE_SMTP);
  g_assert_cmpuint (opt_settings_get_leave_on_server (settings), ==, 14);
  g_assert_cmpuint (opt_settings_get_leave_on_server (changed), ==, 3);
}

static void
test_find (void)
{
  g_assert_nonnull (opt_client_find ("thunderbird"));
  g_assert_null (opt_client_find ("outlook-2525"));
  g_assert_null (opt_client_find (""));
}

static void
test_steps (void)
{
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);
  g_autoptr (OptSettings) settings = create_settings (OPT_SERVICE_IMAP);

  for (guint i = 0; i < n; i++)
    {
      g_auto (GStrv) steps = opt_client_create_steps (clients[i], settings);
      g_autofree char *all = g_strjoinv ("\n", steps);

      g_assert_cmpuint (g_strv_length (steps), >, 0);
      g_assert_nonnull (strstr (all, ADDRESS));
    }
}

static GBytes *
render_nothing (const OptSettings *settings, GError **error)
{
  return g_bytes_new_static ("", 0);
}

static void
test_protocol (void)
{
  const OptClient only_imap = {
    .id = "only-imap",
    .file_name = "only-imap",
    .protocols = OPT_CLIENT_TAKES_IMAP,
    .render = render_nothing,
  };
  g_autoptr (OptSettings) imap = create_settings (OPT_SERVICE_IMAP);
  g_autoptr (OptSettings) pop3 = create_settings (OPT_SERVICE_POP3);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = opt_client_render_files (&only_imap, imap, &error);

  g_assert_no_error (error);
  g_assert_nonnull (files);
  g_assert_null (opt_client_render_files (&only_imap, pop3, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_PROTOCOL);
}

static void
test_values (void)
{
  g_autoptr (OptSettings) settings = create_settings (OPT_SERVICE_POP3);
  g_autoptr (OptSettings) one_day = opt_settings_with_leave_on_server (settings, 1);
  g_autoptr (GPtrArray) values = opt_values_create (one_day);
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < values->len; i++)
    {
      const OptValue *value = values->pdata[i];

      g_string_append_printf (all,
                              "%d %s: %s%s\n",
                              value->group,
                              value->label,
                              value->text,
                              value->is_literal ? " *" : "");
    }

  g_assert_cmpstr (all->str,
                   ==,
                   "0 Your name: Jane Doe *\n"
                   "0 Email address: " ADDRESS " *\n"
                   "0 Password: the password of this address; it is not written here\n"
                   "1 Server: mail.optonline.net *\n"
                   "1 Port: 995 *\n"
                   "1 Security: Encrypted from the start (SSL/TLS)\n"
                   "1 User name: " ADDRESS " *\n"
                   "1 Authentication: Normal password\n"
                   "1 Leave mail on server: for 1 day\n"
                   "2 Server: smtp.optonline.net *\n"
                   "2 Port: 587 *\n"
                   "2 Security: Encrypted after connecting (STARTTLS)\n"
                   "2 User name: " ADDRESS " *\n"
                   "2 Authentication: Normal password\n");
  g_string_free (all, TRUE);
}

/* Each with what is made on the disk, "x" standing for an executable file. */
static const struct
{
  const char *name, *folder, *file;
  guint mode;
  gboolean installed;
} machines[] = {
  { "bare", "home", NULL, 0, FALSE },
  { "program", "bin", "bin/thunderbird", 0755, TRUE },
  { "second-in-path", "bin2", "bin2/thunderbird", 0755, TRUE },
  { "not-executable", "bin", "bin/thunderbird", 0644, FALSE },
  { "folder-of-that-name", "bin/thunderbird", NULL, 0, FALSE },
  { "elsewhere", "sbin", "sbin/thunderbird", 0755, FALSE },
  { "flatpak", "flatpak/app/org.mozilla.Thunderbird", NULL, 0, TRUE },
  { "flatpak-new-name", "flatpak2/app/net.thunderbird.Thunderbird", NULL, 0, TRUE },
  { "snap", "snap/thunderbird", NULL, 0, TRUE },
  { "settings", "home/.thunderbird", NULL, 0, TRUE },
};

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
  g_assert_cmpint (g_remove (path), ==, 0);
}

static OptMachine *
create_machine (const char *root)
{
  OptMachine *machine = g_new0 (OptMachine, 1);

  machine->home_folder = g_build_filename (root, "home", NULL);
  machine->config_folder = g_build_filename (root, "home/.config", NULL);
  machine->flatpak_folders = g_new0 (char *, 3);
  machine->flatpak_folders[0] = g_build_filename (root, "flatpak", NULL);
  machine->flatpak_folders[1] = g_build_filename (root, "flatpak2", NULL);
  machine->snap_folders = g_new0 (char *, 2);
  machine->snap_folders[0] = g_build_filename (root, "snap", NULL);
  /* The first and the last, empty, would be the current folder. */
  machine->path = g_strdup_printf (":%s/bin:%s/bin2:", root, root);

  return machine;
}

static void
test_machine (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *root = g_dir_make_tmp ("opt-machine-XXXXXX", &error);
  g_autofree char *folder = g_build_filename (root, machines[i].folder, NULL);
  g_autoptr (OptMachine) machine = create_machine (root);

  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  if (machines[i].file != NULL)
    {
      g_autofree char *file = g_build_filename (root, machines[i].file, NULL);

      g_assert_true (g_file_set_contents (file, "x", 1, NULL));
      g_assert_cmpint (g_chmod (file, machines[i].mode), ==, 0);
    }

  g_assert_cmpint (opt_client_is_installed (opt_client_find ("thunderbird"), machine),
                   ==,
                   machines[i].installed);
  /* No program's own, so never installed. */
  g_assert_false (opt_client_is_installed (opt_client_find ("sheet-text"), machine));
  remove_tree (root);
}

static void
test_this_machine (void)
{
  g_autoptr (OptMachine) machine = opt_machine_new ();
  const OptTrace shell = { OPT_TRACE_PROGRAM, "sh" };
  const OptTrace config = { OPT_TRACE_CONFIG_FOLDER, "optsetup-has-no-such-folder" };

  g_assert_true (opt_machine_has_trace (machine, &shell));
  g_assert_false (opt_machine_has_trace (machine, &config));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/clients/refused/%s", refused[i].what);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refused);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (machines); i++)
    {
      g_autofree char *path = g_strdup_printf ("/clients/machine/%s", machines[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_machine);
    }
  g_test_add_func ("/clients/refused-elsewhere", test_refused_elsewhere);
  g_test_add_func ("/clients/missing-service", test_missing_service);
  g_test_add_func ("/clients/settings", test_settings);
  g_test_add_func ("/clients/find", test_find);
  g_test_add_func ("/clients/steps", test_steps);
  g_test_add_func ("/clients/protocol", test_protocol);
  g_test_add_func ("/clients/values", test_values);
  g_test_add_func ("/clients/this-machine", test_this_machine);

  return g_test_run ();
}
