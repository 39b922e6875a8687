/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-scrub.h"

#include <string.h>

#define PAYLOAD "AGphbmUAczNjcjN0"

static const struct
{
  const char *name, *password, *text;
  gboolean found;
} texts[] = {
  { "nothing", "s3cr+t/ü", "no such user", FALSE },
  { "empty", "s3cr+t/ü", "", FALSE },
  { "raw", "s3cr+t/ü", "<s3cr+t/ü>", TRUE },
  { "other-case", "s3cr+t/ü", "S3CR+T/Ü", FALSE },
  { "part", "s3cr+t/ü", "s3cr+t/", FALSE },
  { "payload", "s3cr+t/ü", "AUTH PLAIN " PAYLOAD, TRUE },
  { "base64", "s3cr+t/ü", "czNjcit0L8O8", TRUE },
  { "base64-after-one", "s3cr+t/ü", "AHMzY3IrdC/DvA==", TRUE },
  { "base64-after-two", "s3cr+t/ü", "AGFzM2NyK3Qvw7w=", TRUE },
  { "base64-inside", "s3cr+t/ü", "dXNlcjpzM2NyK3Qvw7wgYmFk", TRUE },
  { "percent", "s3cr+t/ü", "s3cr%2Bt%2F%C3%BC", TRUE },
  { "percent-lower", "s3cr+t/ü", "s3cr%2bt%2f%c3%bc", TRUE },
  { "percent-some", "s3cr+t/ü", "s3cr+t/%C3%BC", TRUE },
  { "percent-all", "abcd", "%61%62%63%64", TRUE },
  { "percent-form", "ab cd", "ab+cd", TRUE },
  { "percent-broken", "s3cr%zt%", "100%, s3cr%zt%", TRUE },
  { "hex", "abcd", "0x61626364", TRUE },
  { "hex-upper", "jklm", "6A6B6C6D", TRUE },
  { "reversed", "s3cr+t/ü", "ü/t+rc3s", TRUE },
  { "control-inside", "abcd", "a\001b\302\200cd", TRUE },
  { "direction-inside", "abcd", "ab\342\200\256cd", TRUE },
  { "tab-for-space", "ab cd", "ab\tcd", TRUE },
  { "base64-percent", "s3cr+t/ü", "czNjcit0L8O8%3D czNjcit0L8O8", TRUE },
  { "base64-percent-inside", "s3>?~~?", "dXNlcjpzMz4%2Ffn4%2F", TRUE },
  { "base64-url", "s3>?~~?", "dXNlcjpzMz4_fn4_", TRUE },
  { "short", "abc", "YWJj 616263 abcd xabc", FALSE },
  { "short-word", "abc", "no “abc”", TRUE },
  { "short-word-alone", "a", "a", TRUE },
  { "short-word-last", "abc", "abcabc abc", TRUE },
  { "short-payload", "abc", "AUTH PLAIN " PAYLOAD, TRUE },
};

static void
clear (char *forms[OPT_SCRUB_N_FORMS])
{
  for (guint i = 0; i < OPT_SCRUB_N_FORMS; i++)
    g_clear_pointer (&forms[i], g_free);
}

static void
test_text (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptSecret) secret =
    opt_secret_new (texts[i].password, strlen (texts[i].password), NULL);
  char *forms[OPT_SCRUB_N_FORMS] = { NULL };

  opt_scrub_fill_forms (forms, secret, PAYLOAD);
  g_assert_cmpint (opt_scrub_finds (forms, texts[i].text), ==, texts[i].found);
  clear (forms);
}

static void
test_before_the_password (void)
{
  char *forms[OPT_SCRUB_N_FORMS] = { NULL };

  g_assert_false (opt_scrub_finds (forms, "* OK hello"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_strconcat ("/scrub/", texts[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_text);
    }
  g_test_add_func ("/scrub/before-the-password", test_before_the_password);

  return g_test_run ();
}
