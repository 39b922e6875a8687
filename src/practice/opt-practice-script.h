/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a rule cares for TLS. */
typedef enum
{
  OPT_PRACTICE_TLS_ANY,
  OPT_PRACTICE_TLS_BEFORE, /* only while the connection is in the clear */
  OPT_PRACTICE_TLS_AFTER,  /* only inside TLS */
} OptPracticeTls;

/* What follows a reply. */
typedef enum
{
  OPT_PRACTICE_THEN_GO_ON,
  OPT_PRACTICE_THEN_CLOSE,     /* an orderly end: the peer reads end-of-file, never a reset */
  OPT_PRACTICE_THEN_RESET,     /* RST */
  OPT_PRACTICE_THEN_SILENCE,   /* stay connected, go on recording, never answer again */
  OPT_PRACTICE_THEN_START_TLS, /* the TLS handshake, whatever the reply said */
  OPT_PRACTICE_THEN_FLOOD,     /* the reply over and over, until the peer goes */
} OptPracticeThen;

/**
 * OptPracticeRule:
 * @when: a verb in any case, `EHLO`, `STAT`, `AUTHENTICATE`, ..., or one of the occasions below
 * @tls: whether the rule cares for TLS
 * @times: how many times the rule applies; 0 for always
 * @delay_ms: how long to wait before anything is sent
 * @drip_ms: pause between the bytes of the reply; 0 to send it at once
 * @reply: (nullable): the exact bytes to send, line ends included, with `%t` replaced by the tag of
 *   the IMAP command (`*` where there is none)
 * @reply_bytes: size of @reply when it contains NUL; 0 for all up to its terminating NUL
 * @then: what follows the reply
 *
 * One line of a script. Occasions that @when may name besides verbs:
 *
 * - `GREETING`: a connection came, before the greeting (after the handshake where TLS comes first)
 * - `TLS`: just before the TLS handshake; a @reply goes out in the clear, and only with
 *   %OPT_PRACTICE_THEN_START_TLS does the handshake still follow
 * - `RESPONSE`: a line that answers a SASL challenge (`334`, `+`)
 * - `SIGN-IN`: whatever carries the password: `AUTH PLAIN` with initial response, `RESPONSE`,
 *   `LOGIN`, `PASS`
 * - `MESSAGE`: the end of a message after `DATA`
 * - `LITERAL`: an IMAP literal was announced and waits for the server's `+`
 * - `*`: any of these but `GREETING` and `TLS`
 *
 * Without @reply the server answers as usual when @then is to go on, to start TLS or to flood, and
 * says nothing otherwise. A scripted reply that says yes (`2xx`, `3xx`, `+`, `%t OK`) has the
 * effects of the command, up to a sign-in with a wrong password; one that says no has none. A
 * scripted `334` or `+ ` to a sign-in makes the next line a `RESPONSE`. A handshake follows a
 * scripted reply only with %OPT_PRACTICE_THEN_START_TLS.
 */
typedef struct
{
  const char *when;
  OptPracticeTls tls;
  guint times;
  guint delay_ms;
  guint drip_ms;
  const char *reply;
  gsize reply_bytes;
  OptPracticeThen then;
} OptPracticeRule;

/* What is left of a rule once it applies. */
typedef struct
{
  guint delay_ms, drip_ms;
  GString *reply; /* NULL for the usual one */
  OptPracticeThen then;
} OptPracticeStep;

/**
 * opt_practice_step_free:
 * @self: (transfer full): a step
 */
void opt_practice_step_free (OptPracticeStep *self);

/**
 * OptPracticeScript:
 *
 * The rules of one server. Reference-counted and thread-safe.
 */
typedef struct _OptPracticeScript OptPracticeScript;

/**
 * opt_practice_script_new:
 *
 * Returns: (transfer full): a script without rules
 */
OptPracticeScript *opt_practice_script_new (void);

/**
 * opt_practice_script_ref:
 * @self: a script
 *
 * Returns: (transfer full): @self
 */
OptPracticeScript *opt_practice_script_ref (OptPracticeScript *self);

/**
 * opt_practice_script_unref:
 * @self: (transfer full): a script
 */
void opt_practice_script_unref (OptPracticeScript *self);

/**
 * opt_practice_script_add:
 * @self: a script
 * @rule: what to do; copied
 *
 * Puts @rule behind the others.
 */
void opt_practice_script_add (OptPracticeScript *self, const OptPracticeRule *rule);

/**
 * opt_practice_script_take:
 * @self: a script
 * @names: (array zero-terminated=1): every name of what happened
 * @secure: whether it happened inside TLS
 *
 * Looks for the first rule that applies and counts it as used once.
 *
 * Returns: (transfer full) (nullable): what to do, or %NULL for the usual
 */
OptPracticeStep *
opt_practice_script_take (OptPracticeScript *self, const char *const *names, gboolean secure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptPracticeStep, opt_practice_step_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptPracticeScript, opt_practice_script_unref)

G_END_DECLS
