/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What holds for every client, whatever its format: a new one is tried here without a line for it.
 * What a format's own parser makes of its files is in test-formats.c and the tests beside it. */
#include "nasty.h"
#include "only-file.h"
#include "opt-error.h"
#include "opt-value.h"

#include <string.h>
#include <time.h>

#define ADDRESS "jane.doe@optimum.net"
#define SECRET "correct horse 7"

static const guint days[] = { OPT_LEAVE_ON_SERVER_DEFAULT,
                              OPT_LEAVE_ON_SERVER_NEVER,
                              OPT_LEAVE_ON_SERVER_ALWAYS };

typedef void (*Check) (const OptClient *client, const OptSettings *settings);

/* Calls @check for each way in that @client takes. */
static void
with_each_way_in (
  const OptClient *client, const char *address, const char *name, const char *user, Check check)
{
  for (guint service = OPT_SERVICE_IMAP; service <= OPT_SERVICE_POP3; service++)
    {
      g_autoptr (OptSettings) plain = create_nasty_settings (address, name, user, service);
      g_autoptr (OptSettings) settings =
        vary_nasty_settings (plain, "tls", OPT_LEAVE_ON_SERVER_DEFAULT);

      if (opt_client_takes (client, service))
        check (client, settings);
    }
}

/* One line of text that a person can read, or part of one. */
static void
assert_line (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
}

static void
assert_words (const char *text)
{
  g_autofree char *stripped = g_strdup (text);

  assert_line (text);
  g_assert_cmpstr (g_strstrip (stripped), !=, "");
}

static void
assert_file_name (const char *name)
{
  assert_words (name);
  g_assert_null (strchr (name, '/'));
  g_assert_cmpstr (name, !=, ".");
  g_assert_cmpstr (name, !=, "..");
}

/* MODULE.test_NAME, as tests/clients/test-real.py has it; that there is such a test is for
 * docs/make-clients.py to see. */
static void
assert_proof (const char *proof)
{
  if (proof != NULL)
    g_assert_true (g_regex_match_simple ("^[a-z0-9_]+\\.test_[a-z0-9_]+$", proof, 0, 0));
}

static void
test_table (gconstpointer data)
{
  const OptClient *client = data;

  g_assert_true (g_regex_match_simple ("^[a-z0-9]+(-[a-z0-9]+)*$", client->id, 0, 0));
  assert_words (opt_client_get_name (client));
  assert_words (client->icon_name);
  assert_words (opt_client_get_password_path (client));
  assert_words (opt_client_get_tried (client));
  assert_proof (client->proof);
  g_assert_cmpint (client->group, <=, OPT_CLIENT_ANYTHING_ELSE);
  g_assert_cmpint (client->protocols, !=, 0);
  g_assert_false (opt_client_takes (client, OPT_SERVICE_SMTP));

  g_assert_cmpint (client->file_name != NULL, ==, opt_client_has_file (client));
  if (client->file_name != NULL)
    assert_file_name (client->file_name);
  g_assert_false (client->render != NULL && client->render_files != NULL);
  g_assert_cmpint (client->media_type != NULL, ==, client->render != NULL);
  g_assert_true (client->render != NULL || !opt_client_can_hold_password (client));
}

static void
test_unique (void)
{
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);

  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (opt_client_find (clients[i]->id) == clients[i]);
      for (guint j = 0; j < i; j++)
        {
          g_assert_cmpstr (clients[i]->id, !=, clients[j]->id);
          g_assert_cmpstr (clients[i]->name, !=, clients[j]->name);
          if (clients[i]->file_name != NULL)
            g_assert_cmpstr (clients[i]->file_name, !=, clients[j]->file_name);
        }
    }
}

static void
check_words (const OptClient *client, const OptSettings *settings)
{
  g_auto (GStrv) steps = opt_client_create_steps (client, settings);
  g_autoptr (GPtrArray) values = opt_client_create_values (client, settings);
  OptValueGroup group = OPT_VALUE_OF_PERSON;

  g_assert_nonnull (steps);
  g_assert_cmpuint (g_strv_length (steps), >=, 1);
  for (guint i = 0; steps[i] != NULL; i++)
    assert_words (steps[i]);

  g_assert_cmpuint (values->len, >=, 1);
  for (guint i = 0; i < values->len; i++)
    {
      const OptValue *value = values->pdata[i];

      assert_words (value->label);
      assert_line (value->text);
      g_assert_cmpint (value->group, >=, group);
      group = value->group;
    }
}

/* As text, if it is text: UTF-8, or UTF-16 as Windows has it. */
static char *
decode (const OptClientFile *file)
{
  gsize size_bytes;
  const char *bytes = g_bytes_get_data (file->bytes, &size_bytes);

  if (size_bytes >= 2 && memcmp (bytes, "\xff\xfe", 2) == 0)
    return g_convert (bytes, size_bytes, "UTF-8", "UTF-16", NULL, NULL, NULL);

  return g_utf8_validate (bytes, size_bytes, NULL) ? g_strndup (bytes, size_bytes) : NULL;
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p++)
    n += *p == '\n' ? 1 : 0;

  return n;
}

/* Tabs and line ends of one kind are all the control characters that a file needs. */
static void
assert_clean (const char *text)
{
  gboolean dos = strchr (text, '\r') != NULL;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (*p == '\n')
      g_assert_cmpint (dos, ==, p > text && p[-1] == '\r');
    else if (*p == '\r')
      g_assert_cmpint (p[1], ==, '\n');
    else if (*p != '\t')
      g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
}

/* A picture has as many lines as it needs; all else has those of settings that do nobody harm, or a
 * value got out of its place. */
static void
assert_same_lines (const OptClient *client, const OptClientFile *file, const OptClientFile *plain)
{
  g_autofree char *text = decode (file);
  g_autofree char *plain_text = decode (plain);

  if (client->media_type != NULL && g_str_has_prefix (client->media_type, "image/"))
    return;

  g_assert_cmpint (text != NULL, ==, plain_text != NULL);
  if (text == NULL)
    return;

  assert_clean (text);
  g_assert_cmpuint (count_lines (text), ==, count_lines (plain_text));
}

/* The same for somebody whose name is harmless. */
static GPtrArray *
render_plain (const OptClient *client, const OptSettings *settings)
{
  OptSecurity security = opt_server_get_security (opt_settings_get_incoming (settings));
  g_autoptr (OptSettings) plain =
    create_nasty_settings (ADDRESS, "Jane", ADDRESS, opt_settings_get_incoming_service (settings));
  g_autoptr (OptSettings) varied =
    vary_nasty_settings (plain,
                         opt_security_to_string (security),
                         opt_settings_get_leave_on_server (settings));
  g_autoptr (GError) error = NULL;
  GPtrArray *files = opt_client_render_files (client, varied, &error);

  g_assert_no_error (error);

  return files;
}

/* NULL when the format cannot express a value, and says so. */
static GPtrArray *
render_or_refuse (const OptClient *client, const OptSettings *settings)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *files = opt_client_render_files (client, settings, &error);

  if (files != NULL)
    {
      g_assert_no_error (error);
      return files;
    }

  g_assert_true (g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_NAME) ||
                 g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE));
  assert_words (error->message);

  return NULL;
}

static void
assert_equal_files (GPtrArray *files, GPtrArray *others)
{
  g_assert_cmpuint (files->len, ==, others->len);
  for (guint i = 0; i < files->len; i++)
    {
      const OptClientFile *file = files->pdata[i];
      const OptClientFile *other = others->pdata[i];

      g_assert_cmpstr (file->name, ==, other->name);
      g_assert_true (g_bytes_equal (file->bytes, other->bytes));
    }
}

static void
check_files (const OptClient *client, const OptSettings *settings)
{
  g_autoptr (GPtrArray) files = render_or_refuse (client, settings);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) plain = NULL;

  if (files == NULL)
    return;

  again = opt_client_render_files (client, settings, NULL);
  assert_equal_files (files, again);

  plain = render_plain (client, settings);
  g_assert_cmpuint (files->len, >=, 1);
  g_assert_cmpuint (files->len, ==, plain->len);
  for (guint i = 0; i < files->len; i++)
    {
      const OptClientFile *file = files->pdata[i];

      assert_file_name (file->name);
      g_assert_cmpuint (g_bytes_get_size (file->bytes), >, 0);
      assert_same_lines (client, file, plain->pdata[i]);
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (file->name, !=, ((OptClientFile *) files->pdata[j])->name);
    }
}

static void
check_client (const OptClient *client, const OptSettings *settings)
{
  check_words (client, settings);
  if (opt_client_has_file (client))
    check_files (client, settings);
}

/* As a person's name, and as the name to sign in with. */
static void
test_nasty_names (gconstpointer data)
{
  const OptClient *client = data;

  for (gsize i = 0; i < n_nasty_names; i++)
    {
      with_each_way_in (client, ADDRESS, nasty_names[i], ADDRESS, check_client);
      with_each_way_in (client, ADDRESS, "Jane Doe", nasty_names[i], check_client);
    }
  with_each_way_in (client, ADDRESS, "", ADDRESS, check_words);
}

static void
test_nasty_addresses (gconstpointer data)
{
  const OptClient *client = data;

  for (gsize i = 0; i < n_nasty_addresses; i++)
    {
      g_autoptr (OptAddress) address = opt_address_parse (nasty_addresses[i], NULL);

      with_each_way_in (client,
                        nasty_addresses[i],
                        "Jane",
                        opt_address_get_text (address),
                        check_client);
      with_each_way_in (client,
                        nasty_addresses[i],
                        "Jane",
                        opt_address_get_local_part (address),
                        check_client);
    }
}

/* Connections that are protected later, and all times that POP3 knows. */
static void
check_varied (const OptClient *client, const OptSettings *settings)
{
  static const char *const schemes[] = { "tls", "starttls" };

  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (days); j++)
      {
        g_autoptr (OptSettings) varied = vary_nasty_settings (settings, schemes[i], days[j]);

        check_client (client, varied);
      }
}

static void
test_varied (gconstpointer data)
{
  with_each_way_in (data, ADDRESS, "Jane \"J\" Doe", ADDRESS, check_varied);
}

/* Those of nearly everybody; without a name, too. */
static void
check_rendered (const OptClient *client, const OptSettings *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = opt_client_render_files (client, settings, &error);

  g_assert_no_error (error);
  g_assert_nonnull (files);
}

static void
test_usual (gconstpointer data)
{
  with_each_way_in (data, ADDRESS, "Jane Doe", ADDRESS, check_rendered);
  with_each_way_in (data, ADDRESS, "", ADDRESS, check_rendered);
  with_each_way_in (data, ADDRESS, "Zoë O'Neil", "jane", check_rendered);
}

static void
check_time_zone (const OptClient *client, const OptSettings *settings)
{
  g_autoptr (GPtrArray) here = opt_client_render_files (client, settings, NULL);
  g_autoptr (GPtrArray) there = NULL;

  g_setenv ("TZ", "Asia/Tokyo", TRUE);
  tzset ();
  there = opt_client_render_files (client, settings, NULL);
  g_setenv ("TZ", "UTC", TRUE);
  tzset ();

  assert_equal_files (here, there);
}

static void
test_reproducible (gconstpointer data)
{
  with_each_way_in (data, ADDRESS, "Jane Doe", ADDRESS, check_time_zone);
}

/* Nobody gets a file for what the program does not take. */
static void
test_other_way_in (gconstpointer data)
{
  const OptClient *client = data;

  for (guint service = OPT_SERVICE_IMAP; service <= OPT_SERVICE_POP3; service++)
    if (!opt_client_takes (client, service))
      {
        g_autoptr (OptSettings) settings =
          create_nasty_settings (ADDRESS, "Jane", ADDRESS, service);
        g_autoptr (GError) error = NULL;

        g_assert_null (opt_client_render_files (client, settings, &error));
        g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_PROTOCOL);
      }
}

/* Only who asked for it gets it, and an error never tells it. */
static void
check_password (const OptClient *client, const OptSettings *settings)
{
  static const char *const passwords[] = {
    SECRET, "a\"b'c\\d #e%f$g;h{i} é", "</password>]]>", SECRET "\001", SECRET "\t", "🔑пароль",
  };
  g_autoptr (GBytes) without = render_only_file (client, settings, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      g_autoptr (OptSecret) secret = opt_secret_new (passwords[i], strlen (passwords[i]), NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) with = opt_client_render_with_password (client, settings, secret, &error);
      g_autoptr (GBytes) again = opt_client_render_with_password (client, settings, secret, NULL);

      if (with == NULL)
        {
          g_assert_true (g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_PASSWORD) ||
                         g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE));
          g_assert_null (strstr (error->message, passwords[i]));
          continue;
        }

      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (with, again));
      g_assert_false (g_bytes_equal (with, without));
    }
}

static void
test_password (gconstpointer data)
{
  with_each_way_in (data, ADDRESS, "Jane Doe", ADDRESS, check_password);
}

static void
add_test (const OptClient *client, const char *name, GTestDataFunc test)
{
  g_autofree char *path = g_strdup_printf ("/every-client/%s/%s", client->id, name);

  g_test_add_data_func (path, client, test);
}

int
main (int argc, char **argv)
{
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/every-client/unique", test_unique);
  for (guint i = 0; i < n; i++)
    {
      add_test (clients[i], "table", test_table);
      add_test (clients[i], "names", test_nasty_names);
      add_test (clients[i], "addresses", test_nasty_addresses);
      add_test (clients[i], "varied", test_varied);
      if (!opt_client_has_file (clients[i]))
        continue;

      add_test (clients[i], "usual", test_usual);
      add_test (clients[i], "reproducible", test_reproducible);
      add_test (clients[i], "other-way-in", test_other_way_in);
      if (opt_client_can_hold_password (clients[i]))
        add_test (clients[i], "password", test_password);
    }

  return g_test_run ();
}
