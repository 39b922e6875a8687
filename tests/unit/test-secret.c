/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-secret.h"

#include "opt-error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LITERAL(text) text, sizeof text - 1

static const struct
{
  const char *name, *bytes;
  gsize n_bytes;
} good[] = {
  { "plain", LITERAL ("hunter2") },
  { "one", LITERAL (" ") },
  { "spaces", LITERAL ("  two  spaces  ") },
  { "tab", LITERAL ("a\tb") },
  { "quotes", LITERAL ("a\"b'c\\d #e%f$g;h{i}") },
  { "utf-8", LITERAL ("Grüße, 世界 🔑") },
  { "control", LITERAL ("\x01\x7f") }, /* a protocol can carry it: not ours to refuse */
};

static const struct
{
  const char *name, *bytes;
  gsize n_bytes;
  int want; /* an OptError */
} bad[] = {
  { "empty", LITERAL (""), OPT_ERROR_PASSWORD_EMPTY },
  { "nothing", NULL, 0, OPT_ERROR_PASSWORD_EMPTY },
  { "nul-inside", LITERAL ("a\0b"), OPT_ERROR_PASSWORD_NOT_TEXT },
  { "nul-last", LITERAL ("a\0"), OPT_ERROR_PASSWORD_NOT_TEXT },
  { "cr", LITERAL ("a\rb"), OPT_ERROR_PASSWORD_NOT_TEXT },
  { "lf-last", LITERAL ("a\n"), OPT_ERROR_PASSWORD_NOT_TEXT },
  { "latin-1", LITERAL ("gr\xfc\xdf"), OPT_ERROR_PASSWORD_NOT_TEXT },
  { "cut-short", LITERAL ("gr\xc3"), OPT_ERROR_PASSWORD_NOT_TEXT },
  { "overlong", LITERAL ("\xc0\xaf"), OPT_ERROR_PASSWORD_NOT_TEXT },
  { "surrogate", LITERAL ("\xed\xa0\x80"), OPT_ERROR_PASSWORD_NOT_TEXT },
};

static void
test_good (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (OptSecret) secret = opt_secret_new (good[i].bytes, good[i].n_bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (opt_secret_get_size (secret), ==, good[i].n_bytes);
  g_assert_cmpmem (opt_secret_peek (secret),
                   opt_secret_get_size (secret) + 1,
                   good[i].bytes,
                   good[i].n_bytes + 1);
}

static void
test_bad (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;

  g_assert_null (opt_secret_new (bad[i].bytes, bad[i].n_bytes, &error));
  g_assert_error (error, OPT_ERROR, bad[i].want);
}

static void
test_longest (void)
{
  g_autofree char *bytes = g_strnfill (OPT_SECRET_MAX_BYTES + 1, 'x');
  g_autoptr (OptSecret) secret = opt_secret_new (bytes, OPT_SECRET_MAX_BYTES, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (strlen (opt_secret_peek (secret)), ==, OPT_SECRET_MAX_BYTES);

  g_assert_null (opt_secret_new (bytes, OPT_SECRET_MAX_BYTES + 1, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_PASSWORD_LONG);
}

/* What is refused is not quoted: an error text ends in a log. */
static void
test_error_keeps_silent (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (opt_secret_new (LITERAL ("hunter2\n"), &error));
  g_assert_null (strstr (error->message, "hunter2"));
}

static void
test_wipe (void)
{
  char buffer[] = "hunter2 and more";
  static const char zeros[sizeof buffer] = "";

  opt_secret_wipe (buffer, 7);
  g_assert_cmpmem (buffer, 7, zeros, 7);
  g_assert_cmpstr (buffer + 7, ==, " and more");

  opt_secret_wipe (buffer, sizeof buffer);
  g_assert_cmpmem (buffer, sizeof buffer, zeros, sizeof buffer);

  opt_secret_wipe (NULL, 0);
}

/* Whether the kernel still has the page; to read it would be the end of the test. */
static gboolean
is_mapped (const char *address)
{
  gsize page_size = sysconf (_SC_PAGESIZE);
  unsigned char state;

  if (mincore ((void *) ((gsize) address & ~(page_size - 1)), 1, &state) == 0)
    return TRUE;

  g_assert_cmpint (errno, ==, ENOMEM);

  return FALSE;
}

static void
test_last_reference (void)
{
  OptSecret *secret = opt_secret_new (LITERAL ("hunter2"), NULL);
  const char *bytes = opt_secret_peek (secret);

  g_assert_true (opt_secret_ref (secret) == secret);
  opt_secret_unref (secret);
  g_assert_cmpstr (opt_secret_peek (secret), ==, "hunter2");
  g_assert_true (is_mapped (bytes));

  opt_secret_unref (secret);
  g_assert_false (is_mapped (bytes));
}

/* The flags of the mapping that holds @address (proc(5), smaps). */
static char *
dup_mapping_flags (const char *address)
{
  g_autofree char *smaps = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean is_ours = FALSE;

  if (!g_file_get_contents ("/proc/self/smaps", &smaps, NULL, NULL))
    return NULL;

  lines = g_strsplit (smaps, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize start, end;

      if (sscanf (lines[i], "%zx-%zx ", &start, &end) == 2)
        is_ours = (gsize) address >= start && (gsize) address < end;
      else if (is_ours && g_str_has_prefix (lines[i], "VmFlags:"))
        return g_strconcat (lines[i], " ", NULL);
    }

  return NULL;
}

static void
test_origin (void)
{
  g_autoptr (OptSecret) typed = opt_secret_new (LITERAL ("hunter2"), NULL);
  g_autoptr (OptSecret) kept = opt_secret_new_from (OPT_SECRET_KEPT, LITERAL ("hunter2"), NULL);

  g_assert_cmpint (opt_secret_get_origin (typed), ==, OPT_SECRET_TYPED);
  g_assert_cmpint (opt_secret_get_origin (kept), ==, OPT_SECRET_KEPT);
  g_assert_cmpstr (opt_secret_peek (kept), ==, "hunter2");
  g_assert_null (opt_secret_new_from (OPT_SECRET_KEPT, LITERAL ("a\nb"), NULL));
}

/* Whether it is locked depends on the machine's limits, and sanitizers leave it out. */
static void
test_not_dumped (void)
{
  g_autoptr (OptSecret) secret = opt_secret_new (LITERAL ("hunter2"), NULL);
  g_autofree char *flags = dup_mapping_flags (opt_secret_peek (secret));

  if (flags == NULL)
    {
      g_test_skip ("no /proc/self/smaps with VmFlags");
      return;
    }

  g_assert_nonnull (strstr (flags, " dd "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *path = g_strconcat ("/secret/good/", good[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_good);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/secret/bad/", bad[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bad);
    }
  g_test_add_func ("/secret/longest", test_longest);
  g_test_add_func ("/secret/origin", test_origin);
  g_test_add_func ("/secret/error-keeps-silent", test_error_keeps_silent);
  g_test_add_func ("/secret/wipe", test_wipe);
  g_test_add_func ("/secret/last-reference", test_last_reference);
  g_test_add_func ("/secret/not-dumped", test_not_dumped);

  return g_test_run ();
}
