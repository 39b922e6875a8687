/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-difference-explanation.h"

#include <string.h>

static void
assert_new (GHashTable *seen, char *text)
{
  g_assert_nonnull (text);
  g_assert_cmpstr (text, !=, "");
  g_assert_true (g_hash_table_add (seen, text));
}

/* Plain, whole, and nothing left of a place for a value. */
static void
assert_sentence (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_regex_match_simple ("^(\\p{Lu}|now|[a-z]+\\.example\\.)", text, 0, 0));
  g_assert_null (strpbrk (text, "<>&%\n"));
  g_assert_null (strstr (text, "  "));
  g_assert_cmpint (g_utf8_strlen (text, -1), <=, 130);
}

static OptDifference
make_difference (OptDifferenceKind kind)
{
  OptDifference difference = { kind, OPT_SEVERITY_OLD, TRUE, OPT_SERVICE_SMTP, "now", "wanted" };

  if (kind == OPT_DIFFERENCE_NO_TLS || kind == OPT_DIFFERENCE_TLS_OPTIONAL ||
      kind == OPT_DIFFERENCE_SECURITY_OTHER)
    {
      difference.now = "starttls-if-offered";
      difference.wanted = "tls";
    }
  else if (kind == OPT_DIFFERENCE_SECURITY_PORT)
    {
      difference.now = "starttls:993";
      difference.wanted = "tls:993";
    }
  else if (kind == OPT_DIFFERENCE_OUTGOING_MISSING || kind == OPT_DIFFERENCE_INCOMING_MISSING)
    difference.wanted = "tls://mail.example.net:465";

  return difference;
}

static void
test_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < OPT_N_DIFFERENCES; i++)
    {
      OptDifference difference = make_difference (i);
      char *text = opt_difference_create_text (&difference);
      char *advice = opt_difference_create_advice (&difference);

      g_autofree char *works = NULL;

      g_test_message ("%s: %s %s", opt_difference_kind_to_string (i), text, advice);
      assert_sentence (text);
      difference.works = TRUE;
      works = opt_difference_create_text (&difference);
      assert_sentence (works);
      assert_sentence (advice);
      assert_new (seen, text);
      assert_new (seen, advice);
      assert_new (seen, g_strdup (opt_difference_kind_to_string (i)));
    }
  for (guint i = 0; i <= OPT_SEVERITY_BROKEN; i++)
    {
      assert_new (seen, g_strdup (opt_severity_to_string (i)));
      assert_new (seen, g_strdup (opt_severity_get_title (i)));
    }
}

/* With the diagnoses and the keyring, and no id twice; the values of an example all stand there. */
static void
test_explanations (void)
{
  g_autoptr (GPtrArray) all = opt_explanations_create ();
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint first = all->len;

  opt_differences_explain (all);
  g_assert_cmpuint (all->len, ==, first + OPT_N_DIFFERENCES);
  for (guint i = 0; i < all->len; i++)
    {
      const OptExplanation *one = g_ptr_array_index (all, i);
      OptSeverity severity;

      g_assert_true (g_hash_table_add (ids, (gpointer) one->id));
      g_assert_cmpint (one->kind == OPT_EXPLAINED_DIFFERENCE, ==, i >= first);
      g_assert_cmpint (opt_difference_find_severity (one->id, &severity), ==, i >= first);
      g_assert_true (opt_explanations_find_nearest (all, one->id) == one);
      if (i < first)
        continue;

      assert_sentence (one->title);
      assert_sentence (one->text);
      g_assert_null (one->cause);
      g_assert_false (g_regex_match_simple ("“”| [.,]", one->title, 0, 0));
      g_assert_false (g_regex_match_simple ("“”| [.,]", one->text, 0, 0));
    }
}

static const struct
{
  const char *name;
  OptDifference difference;
  const char *text, *advice;
} words[] = {
  { "port-that-works",
    { OPT_DIFFERENCE_PORT_OTHER, OPT_SEVERITY_OLD, TRUE, OPT_SERVICE_SMTP, "25", "465", TRUE },
    "Your provider does not name port 25. It works today, but may stop.",
    "Change the port to 465." },
  { "retired",
    { OPT_DIFFERENCE_HOST_RETIRED,
      OPT_SEVERITY_BROKEN,
      TRUE,
      OPT_SERVICE_POP3,
      "pop.optonline.net",
      "mail.optonline.net" },
    "Your provider has switched pop.optonline.net off, so nothing answers there.",
    "Use mail.optonline.net as the server instead." },
  { "pair",
    { OPT_DIFFERENCE_SECURITY_PORT,
      OPT_SEVERITY_BROKEN,
      TRUE,
      OPT_SERVICE_IMAP,
      "none:993",
      "tls:993" },
    "The connection security “None” does not go with port 993, so the program cannot connect.",
    "Set the connection security to SSL/TLS and the port to 993." },
  { "security",
    { OPT_DIFFERENCE_TLS_OPTIONAL,
      OPT_SEVERITY_NOT_SAFE,
      TRUE,
      OPT_SERVICE_IMAP,
      "starttls-if-offered",
      "starttls" },
    "This connection is protected only when the server offers it, so somebody on the way can "
    "switch that off and read your password.",
    "Change the connection security from “STARTTLS, if available” to STARTTLS." },
  { "server",
    { OPT_DIFFERENCE_OUTGOING_MISSING,
      OPT_SEVERITY_BROKEN,
      TRUE,
      OPT_SERVICE_SMTP,
      NULL,
      "tls://mail.optonline.net:465" },
    "The program has no server for sending, so it can only receive mail.",
    "Add mail.optonline.net, with SSL/TLS and port 465, as the server for sending." },
  { "hostile",
    { OPT_DIFFERENCE_USER_OTHER,
      OPT_SEVERITY_BROKEN,
      TRUE,
      OPT_SERVICE_IMAP,
      "\xe2\x80\xae%2$s",
      "jane@x.example" },
    "The program signs in as %2$s, so your provider takes you for somebody else.",
    "Enter your own email address, jane@x.example, as the user name." },
};

static void
test_sentence (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *text = opt_difference_create_text (&words[i].difference);
  g_autofree char *advice = opt_difference_create_advice (&words[i].difference);

  g_assert_cmpstr (text, ==, words[i].text);
  g_assert_cmpstr (advice, ==, words[i].advice);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/difference-text/every-kind", test_words);
  g_test_add_func ("/difference-text/explanations", test_explanations);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *path = g_strconcat ("/difference-text/", words[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_sentence);
    }

  return g_test_run ();
}
