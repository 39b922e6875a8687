/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-explanation.h"

#define TITLE_MAX_CHARS 39

/* Every id once, with all that a manual needs, and found again by its name. */
static void
test_explanations (void)
{
  g_autoptr (GPtrArray) all = opt_explanations_create ();
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (all->len, ==, OPT_N_DIAGNOSES - 1 + 4);
  for (guint i = 0; i < all->len; i++)
    {
      const OptExplanation *one = g_ptr_array_index (all, i);
      OptDiagnosis diagnosis;

      g_assert_true (g_hash_table_add (ids, (gpointer) one->id));
      g_assert_cmpint (g_utf8_strlen (one->title, -1), <=, TITLE_MAX_CHARS);
      g_assert_true (g_str_has_suffix (one->text, "."));
      g_assert_true (g_str_has_suffix (one->cause, "."));
      g_assert_true (opt_explanations_find_nearest (all, one->id) == one);
      g_assert_cmpint (opt_diagnosis_from_string (one->id, &diagnosis),
                       !=,
                       g_str_has_prefix (one->id, "keyring-"));
    }
  g_assert_false (g_hash_table_contains (ids, "works"));
}

static const struct
{
  const char *typed, *id;
} nearest[] = {
  { "pasword-refused", "password-refused" },
  { "Password_Refused", "password-refused" },
  { "password refsued", "password-refused" },
  { "expired", "certificate-expired" },
  { "keyring", "keyring-missing" },
  { "offlin", "offline" },
  { "works", NULL },
  { "", NULL },
  { "e", NULL },
  { "nonsense", NULL },
};

static void
test_nearest (void)
{
  g_autoptr (GPtrArray) all = opt_explanations_create ();

  for (guint i = 0; i < G_N_ELEMENTS (nearest); i++)
    {
      const OptExplanation *found = opt_explanations_find_nearest (all, nearest[i].typed);

      g_assert_cmpstr (found != NULL ? found->id : NULL, ==, nearest[i].id);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/explanation/explanations", test_explanations);
  g_test_add_func ("/explanation/nearest", test_nearest);

  return g_test_run ();
}
