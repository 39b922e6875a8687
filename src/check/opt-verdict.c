/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-verdict.h"

#include <glib/gi18n-lib.h>

static const char *const verdict_names[] = {
  [OPT_VERDICT_NONE] = NULL,
  [OPT_VERDICT_WORKS] = "works",
  [OPT_VERDICT_PARTLY] = "partly",
  [OPT_VERDICT_FAILS] = "fails",
  [OPT_VERDICT_CANCELLED] = "cancelled",
};

const char *
opt_verdict_to_string (OptVerdict verdict)
{
  g_return_val_if_fail (verdict < G_N_ELEMENTS (verdict_names), NULL);

  return verdict_names[verdict];
}

char *
opt_verdict_describe_last (const char *verdict, GDateTime *checked)
{
  g_autoptr (GDateTime) local = checked != NULL ? g_date_time_to_local (checked) : NULL;
  g_autofree char *date = local != NULL ? g_date_time_format (local, "%x") : NULL;

  if (date == NULL || verdict == NULL)
    return g_strdup (_ ("Not checked since it was set up"));
  if (g_str_equal (verdict, verdict_names[OPT_VERDICT_WORKS]))
    /* Translators: %s is a date */
    return g_strdup_printf (_ ("Worked on %s"), date);
  if (g_str_equal (verdict, verdict_names[OPT_VERDICT_PARTLY]))
    /* Translators: %s is a date */
    return g_strdup_printf (_ ("Worked in part on %s"), date);

  /* Translators: %s is a date */
  return g_strdup_printf (_ ("Did not work on %s"), date);
}
