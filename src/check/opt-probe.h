/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-attempt.h"
#include "opt-diagnosis.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* How far a probe is, and how it ended. */
typedef enum
{
  OPT_PROBE_RUNNING,
  OPT_PROBE_READY, /* waits for opt_probe_sign_in() */
  OPT_PROBE_WORKS,
  OPT_PROBE_FAILS,
  OPT_PROBE_SKIPPED, /* was not let sign in, because another one was refused */
  OPT_PROBE_SEEN,    /* could be signed in to, and was only to be looked at */
} OptProbeState;

#define OPT_TYPE_PROBE (opt_probe_get_type ())

/**
 * OptProbe:
 *
 * The test of one service of an account: its servers are tried in order of preference, the next one
 * after a failure of DNS, connection or TLS, never after a refused password.
 *
 * Signals: `changed`, whenever step, state or server changed.
 */
G_DECLARE_FINAL_TYPE (OptProbe, opt_probe, OPT, PROBE, GObject)

/**
 * opt_probe_new:
 * @servers: (element-type OptServer): the servers in order of preference, at least one
 * @address: the mailbox
 * @group: what its connections belong to
 * @network: (nullable): a world of its own instead of the real network
 * @timeouts: how long is too long; copied
 *
 * Returns: (transfer full): a probe that does nothing until opt_probe_start()
 */
OptProbe *opt_probe_new (GPtrArray *servers,
                         OptAddress *address,
                         OptTransportGroup *group,
                         OptNetwork *network,
                         const OptTimeouts *timeouts);

/**
 * opt_probe_look_only:
 * @self: a probe that was not started
 *
 * From then on it goes no further than to where it could sign in, and leaves.
 */
void opt_probe_look_only (OptProbe *self);

/**
 * opt_probe_start:
 * @self: a probe
 */
void opt_probe_start (OptProbe *self);

/**
 * opt_probe_sign_in:
 * @self: a probe that is %OPT_PROBE_READY
 * @secret: the password
 */
void opt_probe_sign_in (OptProbe *self, OptSecret *secret);

/**
 * opt_probe_stop:
 * @self: a probe
 * @reason: %OPT_FAILURE_CANCELLED, %OPT_FAILURE_SKIPPED or %OPT_FAILURE_DEADLINE
 *
 * Ends it at once, if it has not ended.
 */
void opt_probe_stop (OptProbe *self, OptFailure reason);

/**
 * opt_probe_get_service:
 * @self: a probe
 *
 * Returns: what is tested
 */
OptService opt_probe_get_service (OptProbe *self);

/**
 * opt_probe_get_state:
 * @self: a probe
 *
 * Returns: how far it is, or how it ended
 */
OptProbeState opt_probe_get_state (OptProbe *self);

/**
 * opt_probe_has_ended:
 * @self: a probe
 *
 * Returns: whether it is over
 */
gboolean opt_probe_has_ended (OptProbe *self);

/**
 * opt_probe_get_evidence:
 * @self: a probe
 *
 * While it runs, of the server that is being tried. When it ended well, of the one that works;
 * when none does, of the one that came furthest, and among equals the preferred one.
 *
 * Returns: (transfer none): the evidence to show
 */
const OptEvidence *opt_probe_get_evidence (OptProbe *self);

/**
 * opt_probe_get_diagnosis:
 * @self: a probe
 *
 * Returns: what opt_probe_get_evidence() means; %OPT_DIAGNOSIS_WORKS until it ended
 */
OptDiagnosis opt_probe_get_diagnosis (OptProbe *self);

/**
 * opt_probe_correct_diagnosis:
 * @self: a probe that has ended
 * @diagnosis: what the evidence means in the light of the other servers'
 */
void opt_probe_correct_diagnosis (OptProbe *self, OptDiagnosis diagnosis);

/**
 * opt_probe_get_tried:
 * @self: a probe
 *
 * Returns: (transfer none) (element-type OptEvidence): of every server that was tried, in order,
 *   with the one that is being tried
 */
GPtrArray *opt_probe_get_tried (OptProbe *self);

/**
 * opt_probe_get_transcripts:
 * @self: a probe
 *
 * Returns: (transfer none) (element-type OptTranscript): what was said, in the same order
 */
GPtrArray *opt_probe_get_transcripts (OptProbe *self);

/**
 * opt_probe_get_alternative:
 * @self: a probe
 *
 * A server that does not answer on port 25 is asked whether it does on the ports for submission.
 *
 * Returns: (transfer none) (nullable): one that does answer
 */
OptServer *opt_probe_get_alternative (OptProbe *self);

/**
 * opt_probe_get_elapsed_us:
 * @self: a probe
 *
 * Returns: how long it has been running, or ran, microseconds
 */
gint64 opt_probe_get_elapsed_us (OptProbe *self);

G_END_DECLS
