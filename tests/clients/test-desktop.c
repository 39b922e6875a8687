/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Evolution, Geary and GNOME Online Accounts: what is written for them, letter by letter as in
 * tests/golden/ and for nasty values as GKeyFile, by which they read it, reads it back. After a
 * change that is meant:
 *
 *     OPT_UPDATE_GOLDEN=1 meson test -C build desktop
 */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-value.h"

#include <string.h>

#define ADDRESS "jane.doe@optonline.net"
#define S20 "aB3\"\\`$#%;<>&'é字😀 "
#define S200 S20 S20 S20 S20 S20 S20 S20 S20 S20 S20 "x"

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

static OptSettings *
create_settings (const char *name, const char *user, OptService incoming)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptAddress) address = opt_address_parse (ADDRESS, NULL);
  OptAccount *bare = opt_account_new (name, address, NULL);
  g_autoptr (OptAccount) account = NULL;
  OptSettings *settings;

  bare = with_server (bare, OPT_SERVICE_IMAP, "tls://mail.optonline.net", user);
  bare = with_server (bare, OPT_SERVICE_POP3, "tls://mail.optonline.net", user);
  account = with_server (bare, OPT_SERVICE_SMTP, "starttls://smtp.optonline.net:2525", ADDRESS);
  settings = opt_settings_new (account, incoming, &error);
  g_assert_no_error (error);

  return settings;
}

static void
append_files (GString *text, const OptClient *client, const OptSettings *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = opt_client_render_files (client, settings, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < files->len; i++)
    {
      const OptClientFile *file = files->pdata[i];

      g_string_append_printf (text, "==> %s <==\n", file->name);
      g_string_append_len (text,
                           g_bytes_get_data (file->bytes, NULL),
                           g_bytes_get_size (file->bytes));
    }
}

static void
append_values (GString *text, const OptClient *client, const OptSettings *settings)
{
  g_autoptr (GPtrArray) values = opt_client_create_values (client, settings);

  for (guint i = 0; i < values->len; i++)
    {
      const OptValue *value = values->pdata[i];

      g_string_append_printf (text,
                              "%d %s: %s%s\n",
                              value->group,
                              value->label,
                              value->text,
                              value->is_literal ? " *" : "");
    }
}

static const struct
{
  const char *name, *client;
  OptService incoming;
} goldens[] = {
  { "desktop-evolution-imap", "evolution", OPT_SERVICE_IMAP },
  { "desktop-evolution-pop3", "evolution", OPT_SERVICE_POP3 },
  { "desktop-geary-imap", "geary", OPT_SERVICE_IMAP },
  { "desktop-goa-imap", "goa", OPT_SERVICE_IMAP },
};

static void
test_golden (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  const OptClient *client = opt_client_find (goldens[i].client);
  g_autoptr (OptSettings) settings =
    create_settings ("Zoë O'Doe `$#%;<&> 字 😀", ADDRESS, goldens[i].incoming);
  g_autoptr (GString) got = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strconcat (goldens[i].name, ".txt", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("OPT_GOLDEN_FOLDER"), name, NULL);
  g_autofree char *want = NULL;

  if (opt_client_has_file (client))
    append_files (got, client, settings);
  else
    append_values (got, client, settings);

  if (g_getenv ("OPT_UPDATE_GOLDEN") != NULL)
    {
      g_assert_true (g_file_set_contents (path, got->str, -1, NULL));
      g_test_message ("wrote %s", path);
      return;
    }

  g_file_get_contents (path, &want, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got->str, ==, want);
}

static GKeyFile *
load_file (GPtrArray *files, guint i)
{
  GKeyFile *file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_bytes (file,
                              ((OptClientFile *) files->pdata[i])->bytes,
                              G_KEY_FILE_NONE,
                              &error);
  g_assert_no_error (error);

  return file;
}

static void
assert_string (GKeyFile *file, const char *group, const char *key, const char *want)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *got = g_key_file_get_string (file, group, key, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, want);
}

static const char *const nasty[] = {
  "Jane \"Quote\" Doe",     "Jane \\ Doe \\", "\\n\\s\\t", "`id` $(id)", "#Jane # Doe",
  "; Jane; Doe;",           "[Data Source]",  "a=b",       "100% %s",    "יוֹחָנָן \u202eeoD",
  "👩‍👩‍👧 Doe", "Ｊａｎｅ 字",    S200,
};

static void
test_evolution_nasty (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (nasty); i++)
    {
      g_autoptr (OptSettings) settings = create_settings (nasty[i], nasty[i], OPT_SERVICE_IMAP);
      g_autoptr (GPtrArray) files =
        opt_client_render_files (opt_client_find ("evolution"), settings, NULL);
      g_autoptr (GKeyFile) account = load_file (files, 0);
      g_autoptr (GKeyFile) identity = load_file (files, 1);

      assert_string (account, "Authentication", "User", nasty[i]);
      assert_string (identity, "Mail Identity", "Name", nasty[i]);
      assert_string (identity, "Mail Identity", "Address", ADDRESS);
    }
}

/* RFC 2047: the words of the phrase, with the space between two of them left out. */
static char *
decode_phrase (const char *phrase)
{
  GString *text = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit (phrase, " ", -1);

  if (!g_str_has_prefix (phrase, "=?"))
    return g_string_free (g_string_assign (text, phrase), FALSE);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree guchar *bytes = NULL;
      gsize size_bytes;

      g_assert_cmpuint (strlen (words[i]), <=, 75);
      g_assert_true (g_str_has_prefix (words[i], "=?utf-8?b?"));
      g_assert_true (g_str_has_suffix (words[i], "?="));
      words[i][strlen (words[i]) - 2] = '\0';
      bytes = g_base64_decode (words[i] + strlen ("=?utf-8?b?"), &size_bytes);
      g_assert_true (g_utf8_validate ((char *) bytes, size_bytes, NULL));
      g_string_append_len (text, (char *) bytes, size_bytes);
    }

  return g_string_free (text, FALSE);
}

static gboolean
is_kept_by_geary (const char *name)
{
  return strpbrk (name, "\"\\") == NULL && strstr (name, "=?") == NULL;
}

static void
assert_geary_keeps (GPtrArray *files, const char *name)
{
  g_autoptr (GKeyFile) file = load_file (files, 0);
  gsize n;
  g_auto (GStrv) mailboxes =
    g_key_file_get_string_list (file, "Account", "sender_mailboxes", &n, NULL);
  char *end = strstr (mailboxes[0], " <" ADDRESS ">");
  g_autofree char *decoded = NULL;

  g_assert_cmpuint (n, ==, 1);
  g_assert_nonnull (end);
  g_assert_cmpstr (end, ==, " <" ADDRESS ">");
  *end = '\0';
  decoded = decode_phrase (mailboxes[0]);
  g_assert_cmpstr (decoded, ==, name);
}

static void
test_geary_nasty (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (nasty); i++)
    {
      g_autoptr (OptSettings) settings = create_settings (nasty[i], nasty[i], OPT_SERVICE_IMAP);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) files =
        opt_client_render_files (opt_client_find ("geary"), settings, &error);

      if (is_kept_by_geary (nasty[i]))
        {
          g_autoptr (GKeyFile) file = load_file (files, 0);

          assert_geary_keeps (files, nasty[i]);
          assert_string (file, "Incoming", "login", nasty[i]);
          assert_string (file, "Outgoing", "login", ADDRESS);
        }
      else
        g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_NAME);
    }
}

static void
test_geary_no_name (void)
{
  g_autoptr (OptSettings) settings = create_settings ("", ADDRESS, OPT_SERVICE_IMAP);
  g_autoptr (GPtrArray) files = opt_client_render_files (opt_client_find ("geary"), settings, NULL);
  g_autoptr (GKeyFile) file = load_file (files, 0);

  assert_string (file, "Account", "sender_mailboxes", ADDRESS ";");
  assert_string (file, "Outgoing", "credentials", "use-incoming");
  g_assert_false (g_key_file_has_key (file, "Outgoing", "login", NULL));
}

/* Days, and how Evolution puts it; NULL: not at all. */
static const struct
{
  guint days;
  const char *keep, *delete_after;
} leave[] = {
  { 14, "true", "14" },
  { 365, "true", "365" },
  { OPT_LEAVE_ON_SERVER_NEVER, "false", "0" },
  { OPT_LEAVE_ON_SERVER_ALWAYS, "true", "0" },
  { 366, NULL, NULL },
};

static void
test_leave_on_server (void)
{
  g_autoptr (OptSettings) settings = create_settings ("Jane", ADDRESS, OPT_SERVICE_POP3);

  for (gsize i = 0; i < G_N_ELEMENTS (leave); i++)
    {
      g_autoptr (OptSettings) changed = opt_settings_with_leave_on_server (settings, leave[i].days);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) files =
        opt_client_render_files (opt_client_find ("evolution"), changed, &error);
      g_autoptr (GKeyFile) file = files != NULL ? load_file (files, 0) : NULL;

      if (leave[i].keep == NULL)
        {
          g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE);
          continue;
        }
      assert_string (file, "Pop Backend", "KeepOnServer", leave[i].keep);
      assert_string (file, "Pop Backend", "DeleteAfterDays", leave[i].delete_after);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (goldens); i++)
    {
      g_autofree char *path = g_strdup_printf ("/desktop/golden/%s", goldens[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_golden);
    }
  g_test_add_func ("/desktop/evolution/nasty", test_evolution_nasty);
  g_test_add_func ("/desktop/evolution/leave-on-server", test_leave_on_server);
  g_test_add_func ("/desktop/geary/nasty", test_geary_nasty);
  g_test_add_func ("/desktop/geary/no-name", test_geary_no_name);

  return g_test_run ();
}
