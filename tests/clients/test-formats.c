/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Nasty values in every format: what a parser of the format reads is what went in. */
#include "format-readers.h"
#include "nasty.h"
#include "only-file.h"
#include "opt-error.h"

#include <string.h>
#include <time.h>

#define ADDRESS "o'neil!#$%&*+-/=?^_`{|}~@optimum.net"

typedef struct
{
  const char *id;
  GHashTable *(*read) (GBytes *file, const OptSettings *settings);
  gboolean has_person;
} Format;

static const Format formats[] = {
  { "thunderbird", read_thunderbird, TRUE },
  { "autoconfig", read_autoconfig, FALSE },
  { "sheet-html", read_sheet_html, TRUE },
  { "sheet-text", read_sheet_text, TRUE },
  { "json", read_json, TRUE },
  { "k9", read_k9, TRUE },
  { "apple", read_apple, TRUE },
  { "outlook-autodiscover", read_autodiscover, FALSE },
};

static void
assert_reads_back (const Format *format, const OptSettings *settings)
{
  const OptClient *client = opt_client_find (format->id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = opt_client_render_files (client, settings, &error);
  g_autoptr (GHashTable) wanted = create_wanted (settings);
  g_autoptr (GHashTable) got = NULL;
  GHashTableIter iter;
  gpointer key, value;

  g_assert_no_error (error);
  /* Of several the first one holds the account. */
  got = format->read (((OptClientFile *) files->pdata[0])->bytes, settings);
  if (!format->has_person)
    {
      g_hash_table_remove (wanted, "name");
      g_hash_table_remove (wanted, "address");
    }

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_assert_cmpstr (g_hash_table_lookup (got, key), ==, value);
  g_assert_cmpuint (g_hash_table_size (got), ==, g_hash_table_size (wanted));
}

static void
test_nasty (gconstpointer data)
{
  const Format *format = data;

  for (gsize i = 0; i < n_nasty_names; i++)
    for (guint service = OPT_SERVICE_IMAP; service <= OPT_SERVICE_POP3; service++)
      {
        g_autoptr (OptSettings) settings =
          create_nasty_settings (ADDRESS, nasty_names[i], nasty_names[i], service);

        assert_reads_back (format, settings);
      }
}

/* Sign-in names that are the address, or a part of it, of addresses with all that RFC 5321 allows.
 */
static void
test_addresses (gconstpointer data)
{
  const Format *format = data;

  for (gsize i = 0; i < n_nasty_addresses; i++)
    {
      g_autoptr (OptAddress) address = opt_address_parse (nasty_addresses[i], NULL);
      const char *users[] = { opt_address_get_text (address),
                              opt_address_get_local_part (address) };

      for (gsize j = 0; j < G_N_ELEMENTS (users); j++)
        {
          g_autoptr (OptSettings) settings =
            create_nasty_settings (nasty_addresses[i], "Jane", users[j], OPT_SERVICE_IMAP);

          assert_reads_back (format, settings);
        }
    }
}

/* What Thunderbird would not read as it stands is refused, not mangled. */
static void
test_autoconfig_refuses (void)
{
  static const char *const users[] = {
    "jane%EMAILDOMAIN%", "%EMAILADDRESS%", "%REALNAME%", "007", "1e5", "0x10", "True", "false",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr (OptSettings) settings =
        create_nasty_settings (ADDRESS, "Jane", users[i], OPT_SERVICE_IMAP);
      g_autoptr (GError) error = NULL;

      g_assert_null (render_only_file (opt_client_find ("autoconfig"), settings, &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE);
    }
}

/* Days, and what is in the file for them. */
static const struct
{
  guint days;
  const char *prefs, *xml, *json, *sheet;
} leave[] = {
  { 14,
    "_leave_on_server\", 14)",
    ">14</daysToLeave",
    "\"leave_on_server_days\" : 14",
    "for 14 days" },
  { OPT_LEAVE_ON_SERVER_NEVER,
    ".leave_on_server\", false)",
    "<leaveMessagesOnServer>false<",
    "\"leave_on_server_days\" : 0",
    "server  no" },
  { OPT_LEAVE_ON_SERVER_ALWAYS,
    "by_age_from_server\", false)",
    ">0</daysToLeave",
    "\"leave_on_server_days\" : null",
    "server  always" },
};

static void
assert_holds (const char *id, const OptSettings *settings, const char *want)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = render_only_file (opt_client_find (id), settings, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  if (g_str_equal (id, "thunderbird"))
    text = read_only_entry (file, "prefs.js");
  else
    text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  g_assert_nonnull (strstr (text, want));
}

static void
test_leave_on_server (void)
{
  g_autoptr (OptSettings) settings =
    create_nasty_settings (ADDRESS, "Jane", "jane", OPT_SERVICE_POP3);

  for (gsize i = 0; i < G_N_ELEMENTS (leave); i++)
    {
      g_autoptr (OptSettings) changed = opt_settings_with_leave_on_server (settings, leave[i].days);

      assert_holds ("thunderbird", changed, leave[i].prefs);
      assert_holds ("autoconfig", changed, leave[i].xml);
      assert_holds ("json", changed, leave[i].json);
      assert_holds ("sheet-text", changed, leave[i].sheet);
    }
}

/* K-9 Mail removes nothing by age. */
static void
test_k9_leave_on_server (void)
{
  static const struct
  {
    OptService incoming;
    guint days;
    const char *want;
  } policies[] = {
    { OPT_SERVICE_POP3, 14, ">NEVER<" },
    { OPT_SERVICE_POP3, OPT_LEAVE_ON_SERVER_ALWAYS, ">NEVER<" },
    { OPT_SERVICE_POP3, OPT_LEAVE_ON_SERVER_NEVER, ">ON_DELETE<" },
    { OPT_SERVICE_IMAP, 14, ">ON_DELETE<" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      g_autoptr (OptSettings) settings =
        create_nasty_settings (ADDRESS, "Jane", "jane", policies[i].incoming);
      g_autoptr (OptSettings) changed =
        opt_settings_with_leave_on_server (settings, policies[i].days);

      assert_holds ("k9", changed, policies[i].want);
    }
}

/* For those who asked; what XML cannot hold is refused, and not told. */
static void
test_k9_password (void)
{
  const OptClient *client = opt_client_find ("k9");
  g_autoptr (OptSettings) settings =
    create_nasty_settings (ADDRESS, "Jane", "jane", OPT_SERVICE_IMAP);
  g_autoptr (OptSecret) secret = opt_secret_new ("a\"b'c\\d<&]]>", 12, NULL);
  g_autoptr (OptSecret) control = opt_secret_new ("secret\001", 7, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = opt_client_render_with_password (client, settings, secret, &error);
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  parts = g_strsplit (text, "<password>a&quot;b'c\\d&lt;&amp;]]&gt;</password>", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 3);

  g_assert_null (opt_client_render_with_password (client, settings, control, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_PASSWORD);
  g_assert_null (strstr (error->message, "secret"));
}

/* The same settings make the same bytes wherever one lives: the time in a ZIP file is local. */
static void
test_reproducible (gconstpointer data)
{
  const Format *format = data;
  const OptClient *client = opt_client_find (format->id);
  g_autoptr (OptSettings) settings =
    create_nasty_settings (ADDRESS, "Jane", "jane", OPT_SERVICE_POP3);
  g_autoptr (GPtrArray) here = opt_client_render_files (client, settings, NULL);
  g_autoptr (GPtrArray) there = NULL;

  g_setenv ("TZ", "Asia/Tokyo", TRUE);
  tzset ();
  there = opt_client_render_files (client, settings, NULL);
  g_setenv ("TZ", "UTC", TRUE);
  tzset ();

  g_assert_cmpuint (here->len, ==, there->len);
  for (guint i = 0; i < here->len; i++)
    g_assert_true (g_bytes_equal (((OptClientFile *) here->pdata[i])->bytes,
                                  ((OptClientFile *) there->pdata[i])->bytes));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *nasty_path = g_strdup_printf ("/formats/%s/nasty", formats[i].id);
      g_autofree char *addresses = g_strdup_printf ("/formats/%s/addresses", formats[i].id);
      g_autofree char *reproducible = g_strdup_printf ("/formats/%s/reproducible", formats[i].id);

      g_test_add_data_func (nasty_path, &formats[i], test_nasty);
      g_test_add_data_func (addresses, &formats[i], test_addresses);
      g_test_add_data_func (reproducible, &formats[i], test_reproducible);
    }
  g_test_add_func ("/formats/autoconfig/refuses", test_autoconfig_refuses);
  g_test_add_func ("/formats/leave-on-server", test_leave_on_server);
  g_test_add_func ("/formats/k9/leave-on-server", test_k9_leave_on_server);
  g_test_add_func ("/formats/k9/password", test_k9_password);

  return g_test_run ();
}
