/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What we write for Claws Mail, Sylpheed and the programs for the terminal, read back: it is the
 * same account, each file is known for what it is, and it is found where the program has it. */
#include "nasty.h"
#include "opt-client.h"
#include "opt-error.h"

#include <glib/gstdio.h>
#include <string.h>

/* What a format can hold of an account. */
typedef enum
{
  HOLDS_NAME = 1 << 0,
  HOLDS_ADDRESS = 1 << 1,
  HOLDS_INCOMING = 1 << 2,
  HOLDS_OUTGOING = 1 << 3,
  HOLDS_SWITCH = 1 << 4, /* whether mail stays on the server */
  HOLDS_DAYS = 1 << 5,   /* and for how long */
  HOLDS_ALL = HOLDS_NAME | HOLDS_ADDRESS | HOLDS_INCOMING | HOLDS_OUTGOING,
} Holds;

static const struct
{
  const char *id;
  Holds holds;
} formats[] = {
  { "claws", HOLDS_ALL | HOLDS_DAYS },
  { "sylpheed", HOLDS_ALL | HOLDS_DAYS },
  { "msmtp", HOLDS_ADDRESS | HOLDS_OUTGOING },
  { "mpop", HOLDS_ADDRESS | HOLDS_INCOMING | HOLDS_SWITCH },
  { "mutt", HOLDS_ALL | HOLDS_SWITCH },
  { "fetchmail", HOLDS_INCOMING | HOLDS_SWITCH },
  { "getmail", HOLDS_INCOMING | HOLDS_DAYS },
  { "isync", HOLDS_INCOMING },
  { "aerc", HOLDS_ALL },
  { "offlineimap", HOLDS_INCOMING },
  { "s-nail", HOLDS_ALL | HOLDS_SWITCH },
};

/* Each server has its own host and its own port, so that none is taken for another. */
static OptSettings *
create_settings (const char *scheme, OptService incoming, const OptSettings *like)
{
  g_autofree char *imap = g_strdup_printf ("%s://imap.optonline.net:1143", scheme);
  g_autofree char *pop3 = g_strdup_printf ("%s://pop.optonline.net:1110", scheme);
  g_autofree char *smtp = g_strdup_printf ("%s://smtp.optonline.net:1025", scheme);
  const char *user = opt_server_get_user (opt_settings_get_incoming (like));
  OptAccount *account = opt_account_ref (opt_settings_get_account (like));
  OptSettings *settings;

  account = with_nasty_server (account, OPT_SERVICE_IMAP, imap, user);
  account = with_nasty_server (account, OPT_SERVICE_POP3, pop3, user);
  account = with_nasty_server (account, OPT_SERVICE_SMTP, smtp, user);
  settings = opt_settings_new (account, incoming, NULL);
  opt_account_unref (account);

  return settings;
}

static void
assert_same_server (const OptFoundServer *found, const OptServer *wanted)
{
  gboolean tls = opt_server_get_security (wanted) == OPT_SECURITY_TLS;
  g_autofree char *user = g_strdup (opt_server_get_user (wanted));

  g_assert_nonnull (found);
  g_assert_cmpstr (found->host, ==, opt_server_get_host (wanted));
  g_assert_cmpuint (found->port, ==, opt_server_get_port (wanted));
  g_assert_cmpuint (found->security,
                    ==,
                    tls ? OPT_FOUND_SECURITY_TLS : OPT_FOUND_SECURITY_STARTTLS);
  g_assert_cmpstr (found->user, ==, g_strstrip (user));
  g_assert_true (found->auth == OPT_FOUND_AUTH_ANY || found->auth == OPT_FOUND_AUTH_PASSWORD);
  g_assert_false (found->any_certificate);
  g_assert_false (found->holds_password);
}

static guint
get_wanted_days (Holds holds, const OptSettings *settings)
{
  guint days = opt_settings_get_leave_on_server (settings);

  if (opt_settings_get_incoming_service (settings) == OPT_SERVICE_IMAP ||
      (holds & (HOLDS_SWITCH | HOLDS_DAYS)) == 0)
    return OPT_LEAVE_ON_SERVER_UNKNOWN;

  return (holds & HOLDS_DAYS) != 0 || days == OPT_LEAVE_ON_SERVER_NEVER
           ? days
           : OPT_LEAVE_ON_SERVER_ALWAYS;
}

static void
assert_same (const OptFound *found, Holds holds, const OptSettings *settings)
{
  OptService incoming = opt_settings_get_incoming_service (settings);
  g_autofree char *name = g_strdup (opt_settings_get_name (settings));

  g_strstrip (name);
  if ((holds & HOLDS_NAME) != 0)
    g_assert_cmpstr (found->name, ==, name[0] != '\0' ? name : NULL);
  if ((holds & HOLDS_ADDRESS) != 0)
    g_assert_cmpstr (found->address, ==, opt_settings_get_address (settings));
  if ((holds & HOLDS_INCOMING) != 0)
    assert_same_server (found->servers[incoming], opt_settings_get_incoming (settings));
  if ((holds & HOLDS_OUTGOING) != 0)
    assert_same_server (found->servers[OPT_SERVICE_SMTP], opt_settings_get_outgoing (settings));
  g_assert_cmpuint (found->leave_on_server, ==, get_wanted_days (holds, settings));
}

/* What the program's format cannot express, its writer refuses; the tests of the writers see to
 * what that is. */
static gboolean
check_round_trip (gsize i, const OptSettings *settings)
{
  const OptClient *client = opt_client_find (formats[i].id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = opt_client_render_files (client, settings, &error);
  g_autoptr (GPtrArray) founds = NULL;

  if (files == NULL)
    {
      g_assert_true (g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_NAME) ||
                     g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE) ||
                     g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_PROTOCOL));
      return FALSE;
    }

  founds = opt_client_read (client, "/settings", files, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (founds->len, ==, 1);
  assert_same (g_ptr_array_index (founds, 0), formats[i].holds, settings);

  return TRUE;
}

static guint
check_variants (gsize i, const char *address, const char *name, const char *user)
{
  static const char *const schemes[] = { "tls", "starttls" };
  static const guint days[] = { OPT_LEAVE_ON_SERVER_NEVER, 14, OPT_LEAVE_ON_SERVER_ALWAYS };
  guint n_read = 0;

  for (guint service = OPT_SERVICE_IMAP; service <= OPT_SERVICE_POP3; service++)
    for (gsize s = 0; s < G_N_ELEMENTS (schemes); s++)
      for (gsize d = 0; d < G_N_ELEMENTS (days); d++)
        {
          g_autoptr (OptSettings) like = create_nasty_settings (address, name, user, service);
          g_autoptr (OptSettings) plain = create_settings (schemes[s], service, like);
          g_autoptr (OptSettings) settings = opt_settings_with_leave_on_server (plain, days[d]);

          n_read += check_round_trip (i, settings);
        }

  return n_read;
}

static void
test_round_trip (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  const char *address = "jane.doe@optonline.net";

  g_assert_cmpuint (check_variants (i, address, "Jane Doe", address), >, 0);
  g_assert_cmpuint (check_variants (i, address, "", "jane.doe"), >, 0);
  for (gsize k = 0; k < n_nasty_names; k++)
    {
      check_variants (i, address, nasty_names[k], address);
      check_variants (i, address, "Jane Doe", nasty_names[k]);
    }
  for (gsize k = 0; k < n_nasty_addresses; k++)
    check_variants (i, nasty_addresses[k], "Jane Doe", "jane.doe");
}

/* Every file of every client: only its own program, if any of these, takes it for its own. */
static void
check_recognised (const OptClient *client, const OptClientFile *file)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (opt_client_recognises (opt_client_find (formats[i].id), file) !=
        g_str_equal (formats[i].id, client->id))
      g_error ("%s as %s", client->id, formats[i].id);
}

static void
test_recognises (void)
{
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);

  for (guint i = 0; i < n; i++)
    for (guint service = OPT_SERVICE_IMAP; service <= OPT_SERVICE_POP3; service++)
      {
        g_autoptr (OptSettings) like =
          create_nasty_settings ("jane.doe@optonline.net", "Jane", "jane", service);
        g_autoptr (OptSettings) settings = create_settings ("tls", service, like);
        g_autoptr (GPtrArray) files = NULL;

        if (!opt_client_has_file (clients[i]) || !opt_client_takes (clients[i], service))
          continue;
        files = opt_client_render_files (clients[i], settings, NULL);
        for (guint k = 0; files != NULL && k < files->len; k++)
          check_recognised (clients[i], g_ptr_array_index (files, k));
      }
}

static const struct
{
  const char *name, *id, *file;
} places[] = {
  { "claws", "claws", "home/.claws-mail/accountrc" },
  { "sylpheed", "sylpheed", "home/.sylpheed-2.0/accountrc" },
  { "msmtp-home", "msmtp", "home/.msmtprc" },
  { "msmtp-config", "msmtp", "config/msmtp/config" },
  { "mpop-home", "mpop", "home/.mpoprc" },
  { "mpop-config", "mpop", "config/mpop/config" },
  { "mutt-home", "mutt", "home/.muttrc" },
  { "mutt-folder", "mutt", "home/.mutt/muttrc" },
  { "neomutt-home", "mutt", "home/.neomuttrc" },
  { "neomutt-config", "mutt", "config/neomutt/neomuttrc" },
  { "mutt-ours", "mutt", "config/mutt/optsetup.muttrc" },
  { "fetchmail", "fetchmail", "home/.fetchmailrc" },
  { "getmail-home", "getmail", "home/.getmail/getmailrc" },
  { "getmail-config", "getmail", "config/getmail/jane" },
  { "isync-home", "isync", "home/.mbsyncrc" },
  { "isync-config", "isync", "config/isyncrc" },
  { "aerc", "aerc", "config/aerc/accounts.conf" },
  { "offlineimap-home", "offlineimap", "home/.offlineimaprc" },
  { "offlineimap-config", "offlineimap", "config/offlineimap/config" },
  { "s-nail", "s-nail", "home/.mailrc" },
};

static void
test_places (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *root = g_dir_make_tmp ("optsetup-XXXXXX", &error);
  g_autofree char *home = g_build_filename (root, "home", NULL);
  g_autofree char *config = g_build_filename (root, "config", NULL);
  g_autofree char *file = g_build_filename (root, places[i].file, NULL);
  g_autofree char *folder = g_path_get_dirname (file);
  const OptMachine machine = { .home_folder = home, .config_folder = config };
  const OptClient *client = opt_client_find (places[i].id);
  g_autoptr (GPtrArray) none = opt_client_find_places (client, &machine);
  g_autoptr (GPtrArray) found = NULL;
  OptPlace *place;

  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  found = opt_client_find_places (client, &machine);
  g_assert_cmpuint (found->len, ==, 1);
  place = g_ptr_array_index (found, 0);
  g_assert_cmpstr (place->path, ==, file);
  g_assert_cmpstr (place->files[0], ==, file);

  g_assert_cmpint (g_unlink (file), ==, 0);
  for (; strlen (folder) >= strlen (root); *strrchr (folder, '/') = '\0')
    g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_strconcat ("/terminal-back/same/", formats[i].id, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_round_trip);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_strconcat ("/terminal-back/places/", places[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_places);
    }
  g_test_add_func ("/terminal-back/recognises", test_recognises);

  return g_test_run ();
}
