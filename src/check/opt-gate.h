/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-probe.h"

G_BEGIN_DECLS

typedef enum
{
  OPT_GATE_CLOSED, /* nobody has signed in yet */
  OPT_GATE_BUSY,   /* the leader is signing in */
  OPT_GATE_OPEN,   /* the password is right, or the user wants to try everywhere */
  OPT_GATE_SHUT,   /* the password was refused */
} OptGateState;

/**
 * OptGate:
 * @state: who may pass
 * @leader: (nullable): the probe that is signing in first; borrowed from the check
 * @all_sign_ins: whether to go on signing in after a password was refused
 *
 * What the probes of a check wait at before they sign in. All zero, it is a new one.
 */
typedef struct
{
  OptGateState state;
  OptProbe *leader;
  gboolean all_sign_ins;
} OptGate;

/**
 * opt_gate_tend:
 * @self: a gate
 * @probes: (array fixed-size=3): all probes of the check, %NULL where it has none
 * @secret: the password for those who pass
 *
 * Looks how the leader fared, and lets through whoever may pass now. To be called whenever a probe
 * changed; it may be called again while it lets one through.
 *
 * Returns: %FALSE once nobody may pass any more, because the password was refused
 */
gboolean opt_gate_tend (OptGate *self, OptProbe *const *probes, OptSecret *secret);

/**
 * opt_gate_may_have_refused:
 * @leader: a probe that failed in the middle of its sign-in
 *
 * Only an answer that is about something else clears the password: a server that hangs up or falls
 * silent with it in its hands may have counted it as wrong.
 *
 * Returns: whether the password may be wrong for all that the server said
 */
gboolean opt_gate_may_have_refused (OptProbe *leader);

/**
 * opt_gate_block:
 * @self: a gate
 *
 * Lets nobody through from now on, however the leader fares.
 */
void opt_gate_block (OptGate *self);

G_END_DECLS
