/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every client's file, or its steps and values, for IMAP and POP3, letter by letter as in
 * tests/golden/. After a change that is meant, write them anew and read the difference before it is
 * committed:
 *
 *     OPT_UPDATE_GOLDEN=1 meson test -C build golden
 */
#include "format-readers.h"
#include "opt-client.h"
#include "opt-value.h"

#include <string.h>

/* What every syntax has to escape, and letters beyond Latin. */
#define NAME "Jane \"O'Doe\" \\ `$#%;<&> é 字 יוחנן 😀"

static const char provider_text[] = "[optonline]\n"
                                    "name=Optonline\n"
                                    "domains=optonline.net\n"
                                    "imap=tls://mail.optonline.net;tls://mail.optimum.net\n"
                                    "pop3=tls://mail.optonline.net\n"
                                    "smtp=starttls://mail.optonline.net;tls://mail.optimum.net\n";

#define OLD_NAME "Zoë \"O'Doe\" \\ `$#%;<&>"
#define OLD_SMTP "tls://mail.optonline.net"

/* What some programs cannot take, in the name or in the server for sending, is not for them. */
static const struct
{
  const char *id, *name, *smtp;
} special[] = {
  /* A name with what needs quotes, or one with letters beyond ASCII, but not both. */
  { "s-nail", "Jane \"O'Doe\" \\ `$#%;<&>", NULL },
  /* From before Unicode, and partly from before STARTTLS. */
  { "outlook-prf", OLD_NAME, OLD_SMTP },
  { "outlook-express-reg", OLD_NAME, OLD_SMTP },
};

static OptSettings *
create_settings (const OptClient *client, OptService incoming)
{
  const char *name = NAME;
  g_autoptr (GError) error = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (OptProvider) provider = NULL;
  g_autoptr (OptAddress) address = opt_address_parse ("jane.doe@optonline.net", NULL);
  g_autoptr (OptAccount) account = NULL;
  OptSettings *settings;

  g_assert_true (g_key_file_load_from_data (file, provider_text, -1, G_KEY_FILE_NONE, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (special); i++)
    if (g_str_equal (special[i].id, client->id))
      {
        name = special[i].name;
        if (special[i].smtp != NULL)
          g_key_file_set_string (file, "optonline", "smtp", special[i].smtp);
      }
  provider = opt_provider_new_from_key_file (file, "optonline", &error);
  g_assert_no_error (error);
  account = opt_account_new (name, address, provider);
  settings = opt_settings_new (account, incoming, &error);
  g_assert_no_error (error);

  return settings;
}

static char *
read_zip (GBytes *file)
{
  return read_only_entry (file, "prefs.js");
}

static char *
read_picture (GBytes *file)
{
  return read_png (file, 8);
}

static char *
read_text (GBytes *file)
{
  return g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
}

/* Files that are no UTF-8 text. The bytes of the first two depend on the version of zlib, so what
 * they hold is what counts. */
static const struct
{
  const char *suffix, *golden_suffix;
  char *(*read) (GBytes *file);
} binaries[] = {
  { ".zip", ".prefs.js", read_zip },
  { ".png", ".png.txt", read_picture },
  { ".reg", ".reg.txt", read_utf16 },
  { ".oeaccount", ".oeaccount.txt", read_utf16 },
};

/* The end of the golden file's name; @text is what belongs in it. */
static const char *
get_readable (const char *file_name, GBytes *file, char **text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (binaries); i++)
    if (g_str_has_suffix (file_name, binaries[i].suffix))
      {
        *text = binaries[i].read (file);
        return binaries[i].golden_suffix;
      }

  *text = read_text (file);

  return strrchr (file_name, '.');
}

static void
check_golden (const char *id, OptService incoming, const OptClientFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *got = NULL;
  g_autofree char *want = NULL;
  const char *suffix = get_readable (file->name, file->bytes, &got);
  g_autofree char *name = g_strdup_printf ("%s-%s%s", id, opt_service_to_string (incoming), suffix);
  g_autofree char *path = g_build_filename (g_getenv ("OPT_GOLDEN_FOLDER"), name, NULL);

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

/* Where there is no file, what a person reads in its place. */
static GPtrArray *
write_instructions (const OptClient *client, const OptSettings *settings)
{
  g_auto (GStrv) steps = opt_client_create_steps (client, settings);
  g_autoptr (GPtrArray) values = opt_client_create_values (client, settings);
  GString *text = g_string_new (NULL);
  GPtrArray *files = opt_client_files_new ();

  for (guint i = 0; steps[i] != NULL; i++)
    g_string_append_printf (text, "%u. %s\n", i + 1, steps[i]);
  for (guint i = 0; i < values->len; i++)
    {
      const OptValue *value = values->pdata[i];

      g_string_append_printf (text,
                              "%u %s: %s%s\n",
                              (guint) value->group,
                              value->label,
                              value->text,
                              value->is_literal ? " *" : "");
    }
  g_ptr_array_add (files, opt_client_file_new ("steps.txt", g_string_free_to_bytes (text)));

  return files;
}

static void
check_client (const OptClient *client, OptService incoming)
{
  g_autoptr (OptSettings) settings = create_settings (client, incoming);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = opt_client_has_file (client)
                                  ? opt_client_render_files (client, settings, &error)
                                  : write_instructions (client, settings);

  g_assert_no_error (error);
  for (guint i = 0; i < files->len; i++)
    check_golden (client->id, incoming, files->pdata[i]);
}

static void
test_golden (gconstpointer data)
{
  const OptClient *client = data;

  for (guint service = OPT_SERVICE_IMAP; service <= OPT_SERVICE_POP3; service++)
    if (opt_client_takes (client, service))
      check_client (client, service);
}

/* Several files of one kind: see test-desktop.c. */
static const char *const elsewhere[] = { "evolution", "geary", NULL };

int
main (int argc, char **argv)
{
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/golden/%s", clients[i]->id);

      if (g_strv_contains (elsewhere, clients[i]->id))
        continue;

      g_test_add_data_func (path, clients[i], test_golden);
    }

  return g_test_run ();
}
