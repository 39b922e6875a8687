/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every client's file, for IMAP and POP3, letter by letter as in tests/golden/. After a change that
 * is meant, write them anew and read the difference before it is committed:
 *
 *     OPT_UPDATE_GOLDEN=1 meson test -C build golden
 */
#include "format-readers.h"
#include "opt-client.h"

#include <string.h>

/* What every syntax has to escape, and letters beyond Latin. */
#define NAME "Jane \"O'Doe\" \\ `$#%;<&> é 字 יוחנן 😀"

static const char provider_text[] = "[optonline]\n"
                                    "name=Optonline\n"
                                    "domains=optonline.net\n"
                                    "imap=tls://mail.optonline.net;tls://mail.optimum.net\n"
                                    "pop3=tls://mail.optonline.net\n"
                                    "smtp=starttls://mail.optonline.net;tls://mail.optimum.net\n";

/* S-nail can send a name with what needs quotes, or one with letters beyond ASCII. */
static const char *
get_name (const OptClient *client)
{
  return g_str_equal (client->id, "s-nail") ? "Jane \"O'Doe\" \\ `$#%;<&>" : NAME;
}

static OptSettings *
create_settings (const OptClient *client, OptService incoming)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (OptProvider) provider = NULL;
  g_autoptr (OptAddress) address = opt_address_parse ("jane.doe@optonline.net", NULL);
  g_autoptr (OptAccount) account = NULL;
  OptSettings *settings;

  g_assert_true (g_key_file_load_from_data (file, provider_text, -1, G_KEY_FILE_NONE, NULL));
  provider = opt_provider_new_from_key_file (file, "optonline", &error);
  g_assert_no_error (error);
  account = opt_account_new (get_name (client), address, provider);
  settings = opt_settings_new (account, incoming, &error);
  g_assert_no_error (error);

  return settings;
}

/* A ZIP file's bytes depend on the version of zlib: what it holds is what counts. */
static GBytes *
get_readable (const OptClient *client, GBytes *file)
{
  char *text;

  if (!g_str_equal (client->media_type, "application/zip"))
    return g_bytes_ref (file);

  text = read_only_entry (file, "prefs.js");

  return g_bytes_new_take (text, strlen (text));
}

static char *
build_golden_path (const OptClient *client, OptService incoming)
{
  const char *suffix = strrchr (client->file_name, '.');
  g_autofree char *name = g_strdup_printf ("%s-%s%s",
                                           client->id,
                                           opt_service_to_string (incoming),
                                           g_str_equal (suffix, ".zip") ? ".prefs.js" : suffix);

  return g_build_filename (g_getenv ("OPT_GOLDEN_FOLDER"), name, NULL);
}

static void
check_golden (const OptClient *client, OptService incoming)
{
  g_autoptr (OptSettings) settings = create_settings (client, incoming);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = opt_client_render (client, settings, &error);
  g_autoptr (GBytes) readable = get_readable (client, file);
  g_autofree char *path = build_golden_path (client, incoming);
  g_autofree char *got = g_strndup (g_bytes_get_data (readable, NULL), g_bytes_get_size (readable));
  g_autofree char *want = NULL;

  g_assert_no_error (error);
  if (g_getenv ("OPT_UPDATE_GOLDEN") != NULL)
    {
      g_assert_true (g_file_set_contents (path, got, -1, NULL));
      g_test_message ("wrote %s", path);
      return;
    }

  g_file_get_contents (path, &want, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, want);
}

static void
test_golden (gconstpointer data)
{
  const OptClient *client = data;

  for (guint service = OPT_SERVICE_IMAP; service <= OPT_SERVICE_POP3; service++)
    if (opt_client_takes (client, service))
      check_golden (client, service);
}

int
main (int argc, char **argv)
{
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/golden/%s", clients[i]->id);

      g_test_add_data_func (path, clients[i], test_golden);
    }

  return g_test_run ();
}
