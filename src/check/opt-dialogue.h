/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-address.h"
#include "opt-errand.h"
#include "opt-evidence.h"
#include "opt-secret.h"
#include "opt-transcript.h"

G_BEGIN_DECLS

/* What a dialogue wants next from whoever owns the connection. */
typedef enum
{
  OPT_DIALOGUE_LISTEN,    /* send the output if there is any, then wait for bytes */
  OPT_DIALOGUE_START_TLS, /* the server agreed: make TLS, then opt_dialogue_secured() */
  OPT_DIALOGUE_READY,     /* greeted over TLS: opt_dialogue_sign_in() when it may */
  OPT_DIALOGUE_WAIT,      /* an errand waits: opt_dialogue_go_on() when it is time */
  OPT_DIALOGUE_WORKS,     /* everything was verified, and the errand is done */
  OPT_DIALOGUE_FAILED,    /* it is over; the evidence says why */
} OptDialogueWants;

/**
 * OptDialogue:
 *
 * The conversation with one POP3, IMAP or SMTP server from its greeting to the proof that the
 * mailbox works, as a machine without a socket: bytes go in, bytes come out. It never lets a
 * password out before opt_dialogue_secured().
 */
typedef struct _OptDialogue OptDialogue;

/**
 * opt_dialogue_new:
 * @address: the mailbox, which is also the sender that SMTP is asked about
 * @evidence: where it writes down what it learns
 * @transcript: where it writes down what was said
 *
 * Returns: (transfer full): a dialogue with @evidence's server, waiting for its greeting or, with
 *   TLS from the start, for opt_dialogue_secured()
 */
OptDialogue *
opt_dialogue_new (OptAddress *address, OptEvidence *evidence, OptTranscript *transcript);

/**
 * opt_dialogue_free:
 * @self: (transfer full): a dialogue
 */
void opt_dialogue_free (OptDialogue *self);

/**
 * opt_dialogue_receive:
 * @self: a dialogue
 * @bytes: (array length=n_bytes): what the server sent
 * @n_bytes: how much
 *
 * Returns: what the dialogue wants next
 */
OptDialogueWants opt_dialogue_receive (OptDialogue *self, const char *bytes, gsize n_bytes);

/**
 * opt_dialogue_closed:
 * @self: a dialogue
 *
 * Tells it that the server closed the connection.
 *
 * Returns: %OPT_DIALOGUE_FAILED, unless everything was verified already
 */
OptDialogueWants opt_dialogue_closed (OptDialogue *self);

/**
 * opt_dialogue_secured:
 * @self: a dialogue
 *
 * Tells it that the connection is TLS with a verified certificate. All that was heard before is
 * forgotten (RFC 3207 §4.2, RFC 2595 §4).
 *
 * Returns: what the dialogue wants next
 */
OptDialogueWants opt_dialogue_secured (OptDialogue *self);

/**
 * opt_dialogue_sign_in:
 * @self: a dialogue that wanted %OPT_DIALOGUE_READY
 * @secret: the password
 *
 * Returns: what the dialogue wants next
 */
OptDialogueWants opt_dialogue_sign_in (OptDialogue *self, OptSecret *secret);

/**
 * opt_dialogue_set_errand:
 * @self: a dialogue that has not begun
 * @errand: what to do once everything was verified
 */
void opt_dialogue_set_errand (OptDialogue *self, OptErrand *errand);

/**
 * opt_dialogue_go_on:
 * @self: a dialogue that wanted %OPT_DIALOGUE_WAIT
 *
 * Returns: what the dialogue wants next
 */
OptDialogueWants opt_dialogue_go_on (OptDialogue *self);

/**
 * opt_dialogue_take_output:
 * @self: a dialogue
 *
 * The bytes may hold the password; wipe them with opt_secret_wipe() when they are sent.
 *
 * Returns: (transfer full) (nullable): bytes to send, or %NULL
 */
GByteArray *opt_dialogue_take_output (OptDialogue *self);

/**
 * opt_dialogue_get_farewell:
 * @self: a dialogue
 *
 * Returns: (transfer none) (nullable): what to send before closing, whose reply is not waited for;
 *   %NULL while the server has not had its say, because it may not be spoken to then, and in the
 *   midst of an errand, because to hang up is what leaves everything as it was
 */
const char *opt_dialogue_get_farewell (const OptDialogue *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptDialogue, opt_dialogue_free)

G_END_DECLS
