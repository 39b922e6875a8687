/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Holds the account of a review against what its provider wants, and afterwards the differences
 * against what the test has shown. */
#include "opt-difference-private.h"
#include "opt-owner.h"
#include "opt-review-private.h"

#include "opt-detect.h"

static OptAccount *
create_wanted (const OptFound *found, OptProviders *providers)
{
  g_autoptr (OptAddress) address = opt_owner_find_address (found, providers);
  g_autoptr (OptAddress) meant = NULL;
  g_autoptr (OptDetection) detection = NULL;

  if (address == NULL)
    return NULL;

  detection = opt_detect (providers, address);
  meant = opt_owner_find_meant (found, detection, providers);
  if (meant != NULL)
    {
      opt_detection_unref (detection);
      detection = opt_detect (providers, meant);
    }

  return opt_detection_get_provider (detection) != NULL
           ? opt_account_new (found->name,
                              opt_detection_get_address (detection),
                              opt_detection_get_provider (detection))
           : NULL;
}

static OptAccount *
create_anybodys (const OptFound *found, OptProviders *providers)
{
  g_autoptr (OptAddress) address = opt_owner_find_anybody (found, providers);
  OptProvider *provider =
    address != NULL ? opt_providers_find_domain (providers, opt_address_get_domain (address))
                    : NULL;

  return provider != NULL ? opt_account_new (NULL, address, provider) : NULL;
}

/* What the person's own address would have to be in says nothing yet. */
static void
drop_anybodys (GPtrArray *differences, const OptAccount *anybodys)
{
  const char *address = opt_address_get_text (opt_account_get_address (anybodys));

  for (guint i = differences->len; i > 0; i--)
    {
      const OptDifference *difference = g_ptr_array_index (differences, i - 1);

      if (g_strcmp0 (difference->wanted, address) == 0)
        g_ptr_array_remove_index (differences, i - 1);
    }
}

static GPtrArray *
find_differences (const OptReviewState *self)
{
  GPtrArray *differences = opt_differences_find (self->found, self->compared);

  if (self->compared != NULL && self->wanted == NULL)
    drop_anybodys (differences, self->compared);

  return differences;
}

/* What the program has, and what it is missing. */
static void
find_needed (OptReviewState *self)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    self->needed[i] = self->found->servers[i] != NULL;

  for (guint i = 0; i < self->differences->len; i++)
    {
      const OptDifference *difference = g_ptr_array_index (self->differences, i);

      if (difference->has_service)
        self->needed[difference->service] = TRUE;
    }
}

void
opt_review_state_compare (OptReviewState *self, OptProviders *providers)
{
  OptFound *found;

  g_return_if_fail (self != NULL && self->found != NULL && providers != NULL);

  found = self->found;
  self->wanted = create_wanted (found, providers);
  self->compared =
    self->wanted != NULL ? opt_account_ref (self->wanted) : create_anybodys (found, providers);
  self->differences = find_differences (self);
  find_needed (self);
}

static gboolean
is_about_user (OptDifferenceKind kind)
{
  return kind == OPT_DIFFERENCE_USER_NOT_ADDRESS || kind == OPT_DIFFERENCE_USER_CASE;
}

/* What lets mail through is not broken, and a name that was refused is not merely another. */
static void
revise_difference (const OptReviewState *self, OptDifference *difference)
{
  OptProbe *probe = difference->has_service && self->check_now != NULL
                      ? opt_check_get_probe (self->check_now, difference->service)
                      : NULL;

  if (probe == NULL)
    return;

  difference->works = opt_probe_get_state (probe) == OPT_PROBE_WORKS;
  if (difference->works && opt_difference_can_work (difference->kind))
    difference->severity = OPT_SEVERITY_OLD;
  if (opt_probe_get_diagnosis (probe) == OPT_DIAGNOSIS_PASSWORD_REFUSED &&
      is_about_user (difference->kind) && opt_review_state_was_name_refused (self))
    difference->severity = OPT_SEVERITY_BROKEN;
}

void
opt_review_state_revise (OptReviewState *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->differences);
  self->differences = find_differences (self);
  for (guint i = 0; i < self->differences->len; i++)
    revise_difference (self, g_ptr_array_index (self->differences, i));
  opt_differences_sort (self->differences);
}
