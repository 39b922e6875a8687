/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-verdict.h"

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
