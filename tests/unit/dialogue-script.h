/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-dialogue.h"

G_BEGIN_DECLS

/* The tables are to be read as dialogues, so their words are short. */
#define IMAP OPT_SERVICE_IMAP
#define POP3 OPT_SERVICE_POP3
#define SMTP OPT_SERVICE_SMTP
#define TLS OPT_SECURITY_TLS
#define STARTTLS OPT_SECURITY_STARTTLS

#define LISTEN OPT_DIALOGUE_LISTEN
#define START_TLS OPT_DIALOGUE_START_TLS
#define READY OPT_DIALOGUE_READY
#define WORKS OPT_DIALOGUE_WORKS
#define FAILED OPT_DIALOGUE_FAILED

#define PASSWORD "Tr0ub4dor"
#define PASSWORD_64 "VHIwdWI0ZG9y"
#define USER "jane@optonline.net"
#define USER_64 "amFuZUBvcHRvbmxpbmUubmV0"
#define PLAIN_64 "AGphbmVAb3B0b25saW5lLm5ldABUcjB1YjRkb3I="
#define AUTH "AUTH PLAIN " PLAIN_64 "\r\n"

/* In place of what the server says. */
#define SECURED "\001"
#define SIGN_IN "\002"
#define CLOSED "\003"

/* What servers can do that can do all of it, and one that can do only one thing at a time. */
#define CAN "250-mx\r\n250-PIPELINING\r\n250-SIZE 99\r\n250 AUTH LOGIN PLAIN\r\n"
#define CAN_BARE "250-mx\r\n250 AUTH PLAIN\r\n"
#define CAPA "+OK\r\nUSER\r\nSASL PLAIN\r\nPIPELINING\r\n.\r\n"

/**
 * DialogueStep:
 * @in: what happens: what the server says, or one of the above in its place
 * @out: what must go out then
 * @wants: what must be wanted then
 */
typedef struct
{
  const char *in, *out;
  OptDialogueWants wants;
} DialogueStep;

/**
 * DialogueScript:
 * @name: its name as a test
 * @service: the protocol
 * @security: the kind of TLS
 * @steps: what happens, up to the first that says nothing
 * @failure: how it must end
 * @command: and with %OPT_FAILURE_REPLY, at what
 * @evidence: (nullable): "MESSAGES BYTES LARGEST" when it works, else the server's words
 *
 * A dialogue from its beginning to its end.
 */
typedef struct
{
  const char *name;
  OptService service;
  OptSecurity security;
  DialogueStep steps[12];
  OptFailure failure;
  OptCommand command;
  const char *evidence;
} DialogueScript;

/**
 * DialogueFixture:
 * @evidence: what it finds
 * @transcript: what is noted of it
 * @secret: the password
 * @dialogue: the dialogue
 *
 * One dialogue with all that it needs.
 */
typedef struct
{
  OptEvidence *evidence;
  OptTranscript *transcript;
  OptSecret *secret;
  OptDialogue *dialogue;
} DialogueFixture;

/**
 * dialogue_add_scripts:
 * @protocol: what they are called together
 * @dialogues: (array length=n): the scripts; not copied
 * @n: how many
 *
 * Adds two tests for each: one where a whole step comes at once, and one where each byte comes
 * alone.
 */
void dialogue_add_scripts (const char *protocol, const DialogueScript *dialogues, gsize n);

/**
 * dialogue_fixture_set_up:
 * @fixture: (out caller-allocates): a fixture
 * @service: the protocol
 * @security: the kind of TLS
 * @password: the password of %USER
 */
void dialogue_fixture_set_up (DialogueFixture *fixture,
                              OptService service,
                              OptSecurity security,
                              const char *password);

/**
 * dialogue_fixture_tear_down:
 * @fixture: a fixture
 */
void dialogue_fixture_tear_down (DialogueFixture *fixture);

/**
 * dialogue_fixture_take_in:
 * @fixture: a fixture
 * @in: as in #DialogueStep
 * @bytewise: whether each byte comes alone
 *
 * Returns: what is wanted then
 */
OptDialogueWants
dialogue_fixture_take_in (DialogueFixture *fixture, const char *in, gboolean bytewise);

/**
 * dialogue_fixture_take_output:
 * @fixture: a fixture
 *
 * Returns: (transfer full): what goes out
 */
char *dialogue_fixture_take_output (DialogueFixture *fixture);

/**
 * dialogue_fixture_join_transcript:
 * @fixture: a fixture
 *
 * Returns: (transfer full): all that was noted, in lines
 */
char *dialogue_fixture_join_transcript (DialogueFixture *fixture);

/**
 * dialogue_assert_no_password:
 * @text: (nullable): what somebody gets to see
 *
 * Fails the test if %PASSWORD is in there, in a form that a sign-in has.
 */
void dialogue_assert_no_password (const char *text);

G_END_DECLS
