/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A file that somebody opens by hand is known by what is in it, whatever it is called; and whatever
 * we write for a machine to read we can read ourselves. */
#include "nasty.h"
#include "opt-error.h"
#include "opt-scan.h"

#include <glib/gstdio.h>
#include <string.h>

#define ADDRESS "jane.doe@optimum.net"

/* Clients with a file that we do not read, and why. */
static const char *const unread[] = {
  "sheet-html",              /* for people */
  "sheet-text",              /* for people */
  "thunderbird-android",     /* a picture */
  "thunderbird-android-svg", /* a picture */
};

/* Clients whose files have nothing that tells whose they are, or of which one alone is no account;
 * they are found where they lie. */
static const char *const unrecognised[] = {
  "evolution",
  "geary",
  "goa",
};

static gboolean
contains (const char *const *ids, gsize n_ids, const OptClient *client)
{
  for (gsize i = 0; i < n_ids; i++)
    if (g_str_equal (ids[i], client->id))
      return TRUE;

  return FALSE;
}

/* Both ways, so that no list says more than is so. */
static void
test_readers (gconstpointer data)
{
  const OptClient *client = data;

  if (opt_client_has_file (client))
    g_assert_cmpint (opt_client_can_read (client),
                     !=,
                     contains (unread, G_N_ELEMENTS (unread), client));
  if (opt_client_can_read (client))
    g_assert_cmpint (client->recognises != NULL,
                     !=,
                     contains (unrecognised, G_N_ELEMENTS (unrecognised), client));
  g_assert_true (opt_client_can_read (client) || client->find_places == NULL);
  g_assert_true (opt_client_can_read (client) || client->recognises == NULL);
  g_assert_true (!opt_client_can_read (client) || client->find_places != NULL ||
                 client->recognises != NULL);
}

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("optsetup-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "wrong.name", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static GPtrArray *
scan_bytes (Fixture *fixture, const char *bytes, gsize size_bytes, GError **error)
{
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) size_bytes, NULL));

  return opt_scan_file (fixture->path, error);
}

/* As another client's with the same format, perhaps, but never as anything else. */
static void
check_file (Fixture *fixture, const OptClientFile *file, const OptSettings *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) founds = scan_bytes (fixture,
                                             g_bytes_get_data (file->bytes, NULL),
                                             g_bytes_get_size (file->bytes),
                                             &error);
  OptServer *servers[OPT_N_SERVICES] = {
    opt_settings_get_incoming (settings),
    opt_settings_get_outgoing (settings),
  };
  const OptFound *found;
  gboolean same = FALSE;

  g_assert_no_error (error);
  g_assert_cmpuint (founds->len, ==, 1);
  found = founds->pdata[0];
  g_assert_cmpstr (found->path, ==, fixture->path);
  for (guint i = 0; i < OPT_N_SERVICES && servers[i] != NULL; i++)
    {
      OptFoundServer *server = found->servers[opt_server_get_service (servers[i])];

      same =
        same || (server != NULL && g_str_equal (server->host, opt_server_get_host (servers[i])));
    }
  g_assert_true (same);
}

static void
test_by_content (Fixture *fixture, gconstpointer data)
{
  const OptClient *client = data;

  for (guint service = OPT_SERVICE_IMAP; service <= OPT_SERVICE_POP3; service++)
    {
      g_autoptr (OptSettings) plain = create_nasty_settings (ADDRESS, "Jane", ADDRESS, service);
      g_autoptr (OptSettings) settings =
        vary_nasty_settings (plain, "tls", OPT_LEAVE_ON_SERVER_DEFAULT);
      g_autoptr (GPtrArray) files = NULL;
      g_autoptr (GError) error = NULL;

      if (!opt_client_takes (client, service))
        continue;

      files = opt_client_render_files (client, settings, &error);
      g_assert_no_error (error);
      /* Of several the first one holds the account. */
      check_file (fixture, files->pdata[0], settings);
    }
}

static const struct
{
  const char *name, *bytes;
  gsize size_bytes;
  OptError code;
} refused[] = {
  { "empty", "", 0, OPT_ERROR_READ_UNKNOWN },
  { "nul", "\0\0\0\0", 4, OPT_ERROR_READ_UNKNOWN },
  { "letter", "Dear Jane,\n\nhow are you?\n", 25, OPT_ERROR_READ_UNKNOWN },
  { "program",
    "\x7f"
    "ELF\x02\x01\x01\0\0",
    9,
    OPT_ERROR_READ_UNKNOWN },
  { "picture", "\x89PNG\r\n\x1a\n", 8, OPT_ERROR_READ_UNKNOWN },
  { "page", "<html><body/></html>", 20, OPT_ERROR_READ_UNKNOWN },
  { "other-json", "{\"a\":1}", 7, OPT_ERROR_READ_UNKNOWN },
  { "broken", "<k9settings>", 12, OPT_ERROR_READ_BROKEN },
  { "no-account", "<k9settings/>", 13, OPT_ERROR_READ_EMPTY },
};

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (scan_bytes (fixture, refused[i].bytes, refused[i].size_bytes, &error));
      if (!g_error_matches (error, OPT_ERROR, (int) refused[i].code))
        g_error ("%s: %s", refused[i].name, error->message);
    }
}

#define CONFIG "account a\nhost mail.optonline.net\ntls on\nuser jane\n"

/* msmtp and mpop have one syntax. */
static const struct
{
  const char *name, *text, *client;
} twins[] = {
  { ".mpoprc", CONFIG, "mpop" },
  { "copy of mpoprc.txt", CONFIG, "mpop" },
  { ".msmtprc", CONFIG "keep on\n", "msmtp" },
  { "config", CONFIG "delivery mbox ~/mail\n", "mpop" },
  { "config", CONFIG "keep on\n", "mpop" },
  { "config", CONFIG "from jane@optonline.net\n", "msmtp" },
  { "config", CONFIG, "msmtp" },
};

static void
test_twins (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (twins); i++)
    {
      OptClientFile file = { (char *) twins[i].name,
                             g_bytes_new_static (twins[i].text, strlen (twins[i].text)) };
      gboolean is_mpop = g_str_equal (twins[i].client, "mpop");

      g_assert_cmpint (opt_client_recognises (opt_client_find ("mpop"), &file), ==, is_mpop);
      g_assert_cmpint (opt_client_recognises (opt_client_find ("msmtp"), &file), ==, !is_mpop);
      g_bytes_unref (file.bytes);
    }
}

static void
test_no_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) folder = NULL;
  g_autoptr (GError) nothing = NULL;

  g_assert_null (opt_scan_file (fixture->folder, &folder));
  g_assert_error (folder, OPT_ERROR, OPT_ERROR_READ_NOT_FILE);
  g_assert_null (opt_scan_file (fixture->path, &nothing));
  g_assert_error (nothing, OPT_ERROR, OPT_ERROR_READ_FAILED);
}

int
main (int argc, char **argv)
{
  guint n_clients;
  const OptClient *const *clients = opt_clients_get (&n_clients);

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < n_clients; i++)
    {
      g_autofree char *readers = g_strdup_printf ("/scan-file/%s/reader", clients[i]->id);
      g_autofree char *content = g_strdup_printf ("/scan-file/%s/by-content", clients[i]->id);

      g_test_add_data_func (readers, clients[i], test_readers);
      if (opt_client_has_file (clients[i]) && clients[i]->recognises != NULL)
        g_test_add (content, Fixture, clients[i], set_up, test_by_content, tear_down);
    }
  g_test_add ("/scan-file/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add_func ("/scan-file/twins", test_twins);
  g_test_add ("/scan-file/no-file", Fixture, NULL, set_up, test_no_file, tear_down);

  return g_test_run ();
}
