/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-refused.h"

#include "opt-gate.h"

gboolean
opt_check_was_refused (OptCheck *check)
{
  for (guint i = 0; check != NULL && i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);

      if (probe != NULL && opt_probe_get_state (probe) == OPT_PROBE_FAILS &&
          opt_probe_get_diagnosis (probe) == OPT_DIAGNOSIS_PASSWORD_REFUSED)
        return TRUE;
    }

  return FALSE;
}

gboolean
opt_check_may_have_been_refused (OptCheck *check)
{
  for (guint i = 0; check != NULL && i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);

      if (probe != NULL && opt_probe_get_state (probe) == OPT_PROBE_FAILS &&
          opt_probe_get_evidence (probe)->step == OPT_STEP_SIGN_IN &&
          opt_gate_may_have_refused (probe))
        return TRUE;
    }

  return FALSE;
}
