/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything that has an id, for manuals: the diagnoses of a check, and the keyring's failures in
 * the same manner. */
#include "opt-explanation.h"

#include "opt-distance.h"
#include "opt-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_SLIPS 2

static const struct
{
  const char *id;
  OptError code;
  const char *title;
  const char *cause;
  OptAction action;
} keyring_rows[] = {
  { "keyring-missing",
    OPT_ERROR_KEYRING_MISSING,
    N_ ("There is no keyring"),
    N_ ("Nobody on the session bus is org.freedesktop.secrets, and none can be started."),
    OPT_ACTION_NONE },
  { "keyring-locked",
    OPT_ERROR_KEYRING_LOCKED,
    N_ ("The keyring is locked"),
    N_ ("The Secret Service says that the collection is locked, and nobody can be asked."),
    OPT_ACTION_TRY_AGAIN },
  { "keyring-dismissed",
    OPT_ERROR_KEYRING_DISMISSED,
    N_ ("The keyring was not unlocked"),
    N_ ("The prompt of the Secret Service was dismissed."),
    OPT_ACTION_TRY_AGAIN },
  { "keyring-failed",
    OPT_ERROR_KEYRING_FAILED,
    N_ ("The keyring could not do it"),
    N_ ("The Secret Service answered with an error, whose words are quoted."),
    OPT_ACTION_TRY_AGAIN },
};

static void
free_explanation (OptExplanation *self)
{
  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

static OptExplanation *
create_for_diagnosis (OptDiagnosis diagnosis)
{
  OptExplanation *self = g_new (OptExplanation, 1);

  *self = (OptExplanation){
    .kind = OPT_EXPLAINED_DIAGNOSIS,
    .id = opt_diagnosis_to_string (diagnosis),
    .title = g_strdup (opt_advice_get_title (diagnosis)),
    .cause = opt_advice_get_cause (diagnosis),
    .text = opt_advice_create_general_text (diagnosis),
    .action = opt_advice_get_action (diagnosis),
    .wait_s = opt_advice_get_wait_s (diagnosis),
  };

  return self;
}

static OptExplanation *
create_for_keyring (guint row)
{
  g_autoptr (GError) error = g_error_new_literal (OPT_ERROR, keyring_rows[row].code, "");
  OptExplanation *self = g_new (OptExplanation, 1);

  *self = (OptExplanation){
    .kind = OPT_EXPLAINED_KEYRING,
    .id = keyring_rows[row].id,
    .title = g_strdup (_ (keyring_rows[row].title)),
    .cause = _ (keyring_rows[row].cause),
    .text = g_strdup (opt_advice_get_error_text (error)),
    .action = keyring_rows[row].action,
  };

  return self;
}

GPtrArray *
opt_explanations_create (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) free_explanation);

  for (guint i = 0; i < OPT_N_DIAGNOSES; i++)
    if (i != OPT_DIAGNOSIS_WORKS)
      g_ptr_array_add (all, create_for_diagnosis (i));
  for (guint i = 0; i < G_N_ELEMENTS (keyring_rows); i++)
    g_ptr_array_add (all, create_for_keyring (i));

  return all;
}

/* Half an id, such as `expired`, is as far from it as it is short, but stands in it. */
static guint
measure (const char *id, const char *typed)
{
  guint slips = opt_distance (id, typed);

  if (slips > MAX_SLIPS && strlen (typed) > MAX_SLIPS && strstr (id, typed) != NULL)
    return MAX_SLIPS;

  return slips;
}

const OptExplanation *
opt_explanations_find_nearest (GPtrArray *explanations, const char *id)
{
  g_autofree char *typed = NULL;
  const OptExplanation *nearest = NULL;
  guint fewest = MAX_SLIPS + 1;

  g_return_val_if_fail (explanations != NULL && id != NULL, NULL);

  typed = g_ascii_strdown (id, -1);
  g_strdelimit (typed, "_ ", '-');
  for (guint i = 0; i < explanations->len; i++)
    {
      const OptExplanation *other = g_ptr_array_index (explanations, i);
      guint slips = measure (other->id, typed);

      if (slips < fewest)
        {
          nearest = other;
          fewest = slips;
        }
    }

  return nearest;
}
