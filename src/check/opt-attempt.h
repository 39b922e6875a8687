/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-address.h"
#include "opt-errand.h"
#include "opt-evidence.h"
#include "opt-network.h"
#include "opt-secret.h"
#include "opt-transcript.h"
#include "opt-transport-curl.h"

G_BEGIN_DECLS

/**
 * OptTimeouts:
 * @resolve_ms: for DNS to answer
 * @connect_ms: for any address to let us in
 * @reply_ms: for the TLS handshake, and for each flight of commands to be answered in full
 * @total_ms: for a whole check
 * @message_ms: for a message to be accepted once all of it was sent, if that is longer than
 *   @reply_ms: it is scanned then, and nobody has to hurry (RFC 5321 §4.5.3.2.6)
 *
 * How long is too long, in milliseconds.
 */
typedef struct
{
  guint resolve_ms;
  guint connect_ms;
  guint reply_ms;
  guint total_ms;
  guint message_ms;
} OptTimeouts;

/* What suits a person who waits. */
#define OPT_TIMEOUTS_DEFAULT ((OptTimeouts){ 10000, 10000, 15000, 45000, 120000 })

typedef enum
{
  OPT_ATTEMPT_RUNNING,
  OPT_ATTEMPT_READY, /* connected, secured, greeted: waits for opt_attempt_sign_in() */
  OPT_ATTEMPT_WAITS, /* its errand waits for opt_attempt_go_on() */
  OPT_ATTEMPT_ENDED, /* the evidence is complete */
} OptAttemptState;

/**
 * OptAttempt:
 *
 * One connection to one server, from the look-up of its name to the proof that the mailbox works.
 */
typedef struct _OptAttempt OptAttempt;

/**
 * OptAttemptFunc:
 * @self: the attempt
 * @user_data: what was given with the function
 *
 * Called whenever the step or the state changed, from the main context; it may free the attempt.
 */
typedef void (*OptAttemptFunc) (OptAttempt *self, gpointer user_data);

/**
 * opt_attempt_new:
 * @server: the server
 * @address: the mailbox
 * @errand: (nullable): what to do once everything was verified
 * @group: what its connection belongs to
 * @network: (nullable): a world of its own instead of the real network
 * @timeouts: how long is too long; copied
 * @changed: called when something changed
 * @user_data: for @changed
 *
 * Returns: (transfer full): an attempt that does nothing until opt_attempt_start()
 */
OptAttempt *opt_attempt_new (OptServer *server,
                             OptAddress *address,
                             OptErrand *errand,
                             OptTransportGroup *group,
                             OptNetwork *network,
                             const OptTimeouts *timeouts,
                             OptAttemptFunc changed,
                             gpointer user_data);

/**
 * opt_attempt_free:
 * @self: (transfer full): an attempt
 *
 * Ends it without a word and without another call back.
 */
void opt_attempt_free (OptAttempt *self);

/**
 * opt_attempt_start:
 * @self: an attempt
 */
void opt_attempt_start (OptAttempt *self);

/**
 * opt_attempt_sign_in:
 * @self: an attempt that is %OPT_ATTEMPT_READY
 * @secret: the password
 */
void opt_attempt_sign_in (OptAttempt *self, OptSecret *secret);

/**
 * opt_attempt_go_on:
 * @self: an attempt that is %OPT_ATTEMPT_WAITS
 */
void opt_attempt_go_on (OptAttempt *self);

/**
 * opt_attempt_stop:
 * @self: an attempt
 * @reason: %OPT_FAILURE_CANCELLED, %OPT_FAILURE_SKIPPED or %OPT_FAILURE_DEADLINE
 *
 * Ends it at once, if it has not ended, and calls back before returning.
 */
void opt_attempt_stop (OptAttempt *self, OptFailure reason);

/**
 * opt_attempt_get_state:
 * @self: an attempt
 *
 * Returns: how far it is
 */
OptAttemptState opt_attempt_get_state (const OptAttempt *self);

/**
 * opt_attempt_get_evidence:
 * @self: an attempt
 *
 * Returns: (transfer none): what it found so far
 */
OptEvidence *opt_attempt_get_evidence (const OptAttempt *self);

/**
 * opt_attempt_get_transcript:
 * @self: an attempt
 *
 * Returns: (transfer none): what was said so far
 */
OptTranscript *opt_attempt_get_transcript (const OptAttempt *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptAttempt, opt_attempt_free)

G_END_DECLS
