/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The QR code for Thunderbird for Android: what is in it, and that every picture shows just that
 * code. zbarimg reads the pictures in real/test_qr.py. */
#include "format-readers.h"
#include "only-file.h"
#include "opt-error.h"
#include "opt-qr.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#define ADDRESS "jane.doe@optonline.net"

static OptAccount *
with_server (OptAccount *account, OptService service, const char *uri, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptServer) server = opt_server_parse (service, uri, user, &error);
  g_autoptr (OptAccount) before = account;

  g_assert_no_error (error);

  return opt_account_with_server (before, server);
}

static OptSettings *
create_settings (const char *name, const char *user, OptService incoming)
{
  g_autoptr (OptAddress) address = opt_address_parse (ADDRESS, NULL);
  g_autoptr (OptAccount) account = opt_account_new (name, address, NULL);
  g_autoptr (GError) error = NULL;
  OptSettings *settings;

  account = with_server (g_steal_pointer (&account), OPT_SERVICE_IMAP, "starttls://in", user);
  account = with_server (g_steal_pointer (&account), OPT_SERVICE_POP3, "tls://in", user);
  account = with_server (g_steal_pointer (&account), OPT_SERVICE_SMTP, "tls://out", ADDRESS);
  settings = opt_settings_new (account, incoming, &error);
  g_assert_no_error (error);

  return settings;
}

static void
test_payload (void)
{
  g_autoptr (OptSettings) pop3 = create_settings ("Jane Doe", ADDRESS, OPT_SERVICE_POP3);
  g_autoptr (OptSettings) imap = create_settings (NULL, "jane", OPT_SERVICE_IMAP);
  g_autofree char *of_pop3 = opt_qr_create_payload (pop3);
  g_autofree char *of_imap = opt_qr_create_payload (imap);

  g_assert_cmpstr (of_pop3,
                   ==,
                   "[1,[1,1],[1,\"in\",995,3,1,\"" ADDRESS "\",\"" ADDRESS "\",\"\"],"
                   "[[[0,\"out\",465,3,1,\"" ADDRESS "\",\"\"],[\"" ADDRESS "\",\"Jane Doe\"]]]]");
  g_assert_cmpstr (of_imap,
                   ==,
                   "[1,[1,1],[0,\"in\",143,2,1,\"jane\",\"" ADDRESS "\",\"\"],"
                   "[[[0,\"out\",465,3,1,\"" ADDRESS "\",\"\"],[\"" ADDRESS "\",\"\"]]]]");
}

static const char *const nasty[] = {
  "Jane \"Quote\" Doe",
  "Jane \\ Doe \\",
  "\\\"",
  "\\u0041\\n",
  "'Jane' `id` $HOME #1 100% ; {x} /",
  "],[\"a\",null]",
  "é 🙂 \u202eabc ~",
};

static void
test_nasty (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (nasty); i++)
    {
      g_autoptr (OptSettings) settings = create_settings (nasty[i], nasty[i], OPT_SERVICE_IMAP);
      g_autofree char *payload = opt_qr_create_payload (settings);
      g_autoptr (JsonNode) root = json_from_string (payload, NULL);
      JsonArray *parts, *incoming, *identity;

      g_assert_nonnull (root);
      parts = json_node_get_array (root);
      g_assert_cmpuint (json_array_get_length (parts), ==, 4);
      incoming = json_array_get_array_element (parts, 2);
      g_assert_cmpstr (json_array_get_string_element (incoming, 5), ==, nasty[i]);
      identity = json_array_get_array_element (
        json_array_get_array_element (json_array_get_array_element (parts, 3), 0), 1);
      g_assert_cmpstr (json_array_get_string_element (identity, 1), ==, nasty[i]);
    }
}

/* The longest name that still fits, and one letter more. */
static void
test_limit (void)
{
  g_autoptr (OptSettings) bare = create_settings (NULL, "jane", OPT_SERVICE_IMAP);
  g_autofree char *payload = opt_qr_create_payload (bare);
  g_autofree char *fits = g_strnfill (OPT_QR_MAX_BYTES - strlen (payload), 'x');
  g_autofree char *too_long = g_strconcat (fits, "x", NULL);
  g_autoptr (OptSettings) largest = create_settings (fits, "jane", OPT_SERVICE_IMAP);
  g_autoptr (OptSettings) larger = create_settings (too_long, "jane", OPT_SERVICE_IMAP);
  g_autoptr (OptSecret) secret = opt_secret_new ("x", 1, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (OptQr) qr = opt_qr_new (largest, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (opt_qr_get_width (qr), >, 21);
  g_assert_null (opt_qr_new (larger, NULL, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE);
  g_clear_error (&error);
  g_assert_null (opt_qr_new (largest, secret, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE);
  g_assert_null (strstr (error->message, "xx"));
  g_clear_error (&error);
  g_assert_null (render_only_file (opt_client_find ("thunderbird-android"), larger, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE);
  g_clear_error (&error);
  g_assert_null (render_only_file (opt_client_find ("thunderbird-android-svg"), larger, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE);
}

static char *
draw (const OptQr *qr)
{
  guint width = opt_qr_get_width (qr);
  GString *text = g_string_new (NULL);

  for (guint y = 0; y < width + 2 * OPT_QR_QUIET_MODULES; y++)
    {
      for (guint x = 0; x < width + 2 * OPT_QR_QUIET_MODULES; x++)
        {
          guint column = x - OPT_QR_QUIET_MODULES;
          guint row = y - OPT_QR_QUIET_MODULES;
          gboolean dark = column < width && row < width && opt_qr_is_dark (qr, column, row);

          g_string_append_c (text, dark ? '#' : ' ');
        }
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

/* Nothing but bars of one module's height. */
static char *
read_svg (GBytes *file)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  const char *box = strstr (text, "viewBox=\"0 0 ");
  const char *bar = strstr (text, "M");
  guint width = g_ascii_strtoull (box + strlen ("viewBox=\"0 0 "), NULL, 10);
  char *picture = g_strnfill ((gsize) width * (width + 1), ' ');

  for (guint y = 0; y < width; y++)
    picture[y * (width + 1) + width] = '\n';
  for (; bar != NULL; bar = strstr (bar + 1, "M"))
    {
      guint x, y, length, back;

      g_assert_cmpint (sscanf (bar, "M%u %uh%uv1h-%uz", &x, &y, &length, &back), ==, 4);
      g_assert_cmpuint (length, ==, back);
      g_assert_cmpuint (x + length, <, width);
      memset (picture + y * (width + 1) + x, '#', length);
    }

  return picture;
}

static void
assert_pictures (const OptSettings *settings, OptSecret *secret)
{
  const OptClient *clients[] = { opt_client_find ("thunderbird-android"),
                                 opt_client_find ("thunderbird-android-svg") };
  g_autoptr (OptQr) qr = opt_qr_new (settings, secret, NULL);
  g_autofree char *want = draw (qr);

  for (gsize i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) file =
        secret != NULL ? opt_client_render_with_password (clients[i], settings, secret, &error)
                       : render_only_file (clients[i], settings, &error);
      g_autofree char *got = NULL;

      g_assert_no_error (error);
      got = i == 0 ? read_png (file, 8) : read_svg (file);
      g_assert_cmpstr (got, ==, want);
    }
}

/* The password makes another code, and the same password the same. */
static void
test_pictures (void)
{
  g_autoptr (OptSettings) settings = create_settings ("Jane Doe", "jane", OPT_SERVICE_IMAP);
  g_autoptr (OptSecret) secret = opt_secret_new ("a\"b'c\\d\t", 8, NULL);
  g_autoptr (OptQr) without = opt_qr_new (settings, NULL, NULL);
  g_autoptr (OptQr) with = opt_qr_new (settings, secret, NULL);
  g_autofree char *picture_without = draw (without);
  g_autofree char *picture_with = draw (with);

  g_assert_cmpstr (picture_with, !=, picture_without);
  assert_pictures (settings, NULL);
  assert_pictures (settings, secret);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/qr/payload", test_payload);
  g_test_add_func ("/qr/nasty", test_nasty);
  g_test_add_func ("/qr/limit", test_limit);
  g_test_add_func ("/qr/pictures", test_pictures);

  return g_test_run ();
}
