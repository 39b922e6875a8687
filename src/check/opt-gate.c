/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A wrong password that three servers refuse is three failed sign-ins, and some providers lock an
 * account for that. So the first server that is ready goes through alone while the others wait,
 * connected and secured. Accepted, the gate opens; refused or not answered, it shuts, and nobody
 * else tries. */
#include "opt-gate.h"

gboolean
opt_gate_may_have_refused (OptProbe *leader)
{
  static const OptDiagnosis about_something_else[] = {
    OPT_DIAGNOSIS_TEMPORARY_FAILURE, OPT_DIAGNOSIS_MAILBOX_IN_USE,      OPT_DIAGNOSIS_MAILBOX_FULL,
    OPT_DIAGNOSIS_AUTH_NOT_OFFERED,  OPT_DIAGNOSIS_ENCRYPTION_REQUIRED, OPT_DIAGNOSIS_BLOCKLISTED,
  };
  const OptEvidence *evidence = opt_probe_get_evidence (leader);

  if (evidence->failure != OPT_FAILURE_REPLY || evidence->reply->status == OPT_REPLY_BYE)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (about_something_else); i++)
    if (opt_probe_get_diagnosis (leader) == about_something_else[i])
      return FALSE;

  return TRUE;
}

static void
watch_leader (OptGate *self)
{
  if (opt_probe_get_evidence (self->leader)->signed_in)
    self->state = OPT_GATE_OPEN;
  else if (!opt_probe_has_ended (self->leader))
    return;
  else if (!opt_gate_may_have_refused (self->leader))
    /* The server had a problem of its own; the password is still unproven. */
    self->state = OPT_GATE_CLOSED;
  else
    self->state = self->all_sign_ins ? OPT_GATE_OPEN : OPT_GATE_SHUT;

  self->leader = NULL;
}

static void
let_through (OptGate *self, OptProbe *probe, OptSecret *secret)
{
  switch (self->state)
    {
    case OPT_GATE_CLOSED:
      self->state = OPT_GATE_BUSY;
      self->leader = probe;
      opt_probe_sign_in (probe, secret);
      break;
    case OPT_GATE_OPEN:
      opt_probe_sign_in (probe, secret);
      break;
    case OPT_GATE_SHUT:
    case OPT_GATE_BUSY:
      break;
    }
}

gboolean
opt_gate_tend (OptGate *self, OptProbe *const *probes, OptSecret *secret)
{
  if (self->leader != NULL)
    watch_leader (self);

  if (self->state == OPT_GATE_SHUT)
    return FALSE;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (probes[i] != NULL && opt_probe_get_state (probes[i]) == OPT_PROBE_READY)
      let_through (self, probes[i], secret);

  return TRUE;
}

void
opt_gate_block (OptGate *self)
{
  self->leader = NULL;
  self->state = OPT_GATE_BUSY;
}
