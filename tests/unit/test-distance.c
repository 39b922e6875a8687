/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-distance.h"

static void
test_distance (void)
{
  static const struct
  {
    const char *a, *b;
    guint want;
  } words[] = {
    { "", "", 0 },        { "", "abc", 3 },           { "abc", "", 3 },
    { "abc", "abc", 0 },  { "abc", "abd", 1 },        { "abc", "ab", 1 },
    { "abc", "xabc", 1 }, { "abc", "acb", 1 },        { "abcd", "badc", 2 },
    { "ca", "abc", 3 },   { "kitten", "sitting", 3 }, { "optonline.net", "otponline.nte", 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_assert_cmpuint (opt_distance (words[i].a, words[i].b), ==, words[i].want);
      g_assert_cmpuint (opt_distance (words[i].b, words[i].a), ==, words[i].want);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/distance", test_distance);

  return g_test_run ();
}
