/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-join.h"
#include "opt-locale.h"

#include <locale.h>

static const struct
{
  const char *words[4];
  const char *list;
  const char *in_order;
  const char *sentences;
} joins[] = {
  { { NULL }, "", "", "" },
  { { "a." }, "a.", "a.", "a." },
  { { "a.", "b." }, "a., b.", "a., then b.", "a. b." },
  { { "%s", "b", "%s" }, "%s, b, %s", "%s, then b, then %s", "%s b %s" },
};

static void
test_join (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (joins); i++)
    {
      g_autofree char *list = opt_join_list (joins[i].words);
      g_autofree char *in_order = opt_join_in_order (joins[i].words);
      g_autofree char *sentences = opt_join_sentences (joins[i].words);

      g_assert_cmpstr (list, ==, joins[i].list);
      g_assert_cmpstr (in_order, ==, joins[i].in_order);
      g_assert_cmpstr (sentences, ==, joins[i].sentences);
    }
}

/* Each name once, in its place, whatever stands between. */
static void
test_languages (void)
{
  static const char *const languages[] = { "ar", "es", "ru", "zh_CN" };
  static const char *const words[] = { "one", "two", "three", NULL };
  guint n_spoken = 0;

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *list = NULL;

      if (setlocale (LC_ALL, languages[i]) == NULL)
        continue;

      list = opt_join_list (words);
      g_assert_true (g_regex_match_simple ("^\\W*one\\W+two\\W+three\\W*$", list, 0, 0));
      n_spoken++;
    }
  setlocale (LC_ALL, "");

  if (n_spoken == 0)
    g_test_skip ("there are no locales");
}

int
main (int argc, char *argv[])
{
  opt_locale_init ();
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/join/join", test_join);
  g_test_add_func ("/join/languages", test_languages);

  return g_test_run ();
}
