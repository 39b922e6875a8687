/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The form in which GNOME Online Accounts keeps two passwords: GLib, which is what it reads and
 * writes them with, is asked for the truth. */
#include "opt-goa-password.h"

#include "opt-error.h"

#include <string.h>

static const char *const passwords[] = {
  "secret",   "it's",       "\"quoted\"", "both ' and \"", "\\",
  "\\'",      "\t\x01\x7f", "é 🙂",    "\u202e",        "{'imap-password': <'x'>}",
  "a\\u0041",
};

/* What was written by GLib is read. */
static void
test_unpack (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    for (guint service = 0; service < OPT_N_SERVICES; service++)
      {
        GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
        g_autoptr (GVariant) variant = NULL;
        g_autofree char *text = NULL;
        g_autoptr (GBytes) content = NULL;
        g_autoptr (OptSecret) secret = NULL;
        g_autoptr (GError) error = NULL;
        gboolean sends = service == OPT_SERVICE_SMTP;

        g_variant_builder_add_parsed (&builder,
                                      "{'imap-password', <%s>}",
                                      sends ? "other" : passwords[i]);
        g_variant_builder_add_parsed (&builder,
                                      "{'smtp-password', <%s>}",
                                      sends ? passwords[i] : "other");
        variant = g_variant_ref_sink (g_variant_builder_end (&builder));
        text = g_variant_print (variant, TRUE);
        content = g_bytes_new (text, strlen (text));
        secret = opt_goa_password_unpack (content, service, &error);
        g_assert_no_error (error);
        g_assert_cmpstr (opt_secret_peek (secret), ==, passwords[i]);
      }
}

/* What is written is read by GLib. */
static void
test_pack (void)
{
  g_autofree char *longest = g_strnfill (OPT_SECRET_MAX_BYTES, '\x01');

  for (guint i = 0; i <= G_N_ELEMENTS (passwords); i++)
    {
      const char *password = i < G_N_ELEMENTS (passwords) ? passwords[i] : longest;
      g_autoptr (OptSecret) secret = opt_secret_new (password, strlen (password), NULL);
      g_autoptr (GBytes) content = opt_goa_password_pack (secret);
      gsize n_bytes;
      const char *text = g_bytes_get_data (content, &n_bytes);
      g_autoptr (GError) error = NULL;
      g_autoptr (GVariant) variant =
        g_variant_parse (G_VARIANT_TYPE_VARDICT, text, text + n_bytes, NULL, &error);
      g_autoptr (OptSecret) again = NULL;
      const char *imap, *smtp;

      g_assert_no_error (error);
      g_assert_true (g_variant_lookup (variant, "imap-password", "&s", &imap));
      g_assert_true (g_variant_lookup (variant, "smtp-password", "&s", &smtp));
      g_assert_cmpuint (g_variant_n_children (variant), ==, 2);
      g_assert_cmpstr (imap, ==, password);
      g_assert_cmpstr (smtp, ==, password);

      again = opt_goa_password_unpack (content, OPT_SERVICE_SMTP, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (opt_secret_peek (again), ==, password);
    }
}

static const struct
{
  const char *name, *text;
  int want;
} refused[] = {
  { "nothing", "", OPT_ERROR_PASSWORD_NOT_TEXT },
  { "bare", "secret", OPT_ERROR_PASSWORD_NOT_TEXT },
  { "empty", "{}", OPT_ERROR_PASSWORD_NOT_TEXT },
  { "another-type", "{'imap-password': <42>}", OPT_ERROR_PASSWORD_NOT_TEXT },
  { "not-closed", "{'imap-password': <'x", OPT_ERROR_PASSWORD_NOT_TEXT },
  { "ends-in-escape", "{'imap-password': <'x\\", OPT_ERROR_PASSWORD_NOT_TEXT },
  { "ends-in-number", "{'imap-password': <'\\u00", OPT_ERROR_PASSWORD_NOT_TEXT },
  { "nul", "{'imap-password': <'\\u0000'>}", OPT_ERROR_PASSWORD_NOT_TEXT },
  { "surrogate", "{'imap-password': <'\\ud800'>}", OPT_ERROR_PASSWORD_NOT_TEXT },
  { "too-high", "{'imap-password': <'\\Uffffffff'>}", OPT_ERROR_PASSWORD_NOT_TEXT },
  { "not-utf-8", "{'imap-password': <'\xff'>}", OPT_ERROR_PASSWORD_NOT_TEXT },
  { "line-break", "{'imap-password': <'a\\nb'>}", OPT_ERROR_PASSWORD_NOT_TEXT },
  { "empty-password", "{'imap-password': <''>}", OPT_ERROR_PASSWORD_EMPTY },
  { "another-account", "{'password': <'x'>}", OPT_ERROR_KEYRING_NOT_FOUND },
  { "longer-key", "{'imap-password2': <'x'>}", OPT_ERROR_KEYRING_NOT_FOUND },
  { "second-broken", "{'smtp-password': <'x'>, 'imap-password'}", OPT_ERROR_PASSWORD_NOT_TEXT },
};

/* Each at the very end of its memory, so that a sanitizer sees who reads on. */
static void
test_refused (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  gsize n_bytes = strlen (refused[i].text);
  g_autoptr (GBytes) content = g_bytes_new_take (g_memdup2 (refused[i].text, n_bytes), n_bytes);
  g_autoptr (GError) error = NULL;

  g_assert_null (opt_goa_password_unpack (content, OPT_SERVICE_IMAP, &error));
  g_assert_error (error, OPT_ERROR, refused[i].want);
}

static void
test_too_long (void)
{
  static const gsize sizes[] = { OPT_SECRET_MAX_BYTES + 1, 10 * OPT_SECRET_MAX_BYTES, 1024 * 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *password = g_strnfill (sizes[i], 'x');
      g_autofree char *text = g_strdup_printf ("{'imap-password': <'%s'>}", password);
      g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
      g_autoptr (GError) error = NULL;

      g_assert_null (opt_goa_password_unpack (content, OPT_SERVICE_IMAP, &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_PASSWORD_NOT_TEXT);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/goa-password/unpack", test_unpack);
  g_test_add_func ("/goa-password/pack", test_pack);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/goa-password/refused/", refused[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refused);
    }
  g_test_add_func ("/goa-password/too-long", test_too_long);

  return g_test_run ();
}
