/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-practice-dialogue.h"

G_BEGIN_DECLS

/* How a sign-in can end; each protocol has its words for each. */
typedef enum
{
  OPT_PRACTICE_SIGN_IN_ACCEPTED,
  OPT_PRACTICE_SIGN_IN_REFUSED,
  OPT_PRACTICE_SIGN_IN_MALFORMED,
  OPT_PRACTICE_SIGN_IN_CANCELLED,
  OPT_PRACTICE_SIGN_IN_UNKNOWN_MECHANISM,
  OPT_PRACTICE_SIGN_IN_NEEDS_TLS,
  OPT_PRACTICE_SIGN_IN_TWICE,
} OptPracticeSignIn;

#define OPT_PRACTICE_N_SIGN_INS 7

/**
 * opt_practice_sign_in_try:
 * @dialogue: a conversation
 * @user: a name
 * @password: a password
 *
 * Tries both, counts the try and says the result.
 */
void
opt_practice_sign_in_try (OptPracticeDialogue *dialogue, const char *user, const char *password);

/**
 * opt_practice_sign_in_say:
 * @dialogue: a conversation
 * @how: how a sign-in ended
 *
 * Says so in the words of the protocol.
 */
void opt_practice_sign_in_say (OptPracticeDialogue *dialogue, OptPracticeSignIn how);

/**
 * opt_practice_sign_in_check_allowed:
 * @dialogue: a conversation
 *
 * Returns: whether a sign-in may be tried now; otherwise the refusal has been said
 */
gboolean opt_practice_sign_in_check_allowed (OptPracticeDialogue *dialogue);

/**
 * opt_practice_sign_in_authenticate:
 * @dialogue: a conversation
 * @arguments: mechanism and perhaps initial response
 *
 * The SASL command, which is the same in all three protocols (RFC 4954, 5034, 9051 §6.2.2).
 */
void opt_practice_sign_in_authenticate (OptPracticeDialogue *dialogue, const char *arguments);

/**
 * opt_practice_sign_in_respond:
 * @dialogue: a conversation that wants a response
 * @text: the response, in base64
 */
void opt_practice_sign_in_respond (OptPracticeDialogue *dialogue, const char *text);

G_END_DECLS
