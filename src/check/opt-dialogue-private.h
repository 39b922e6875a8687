/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-dialogue.h"
#include "opt-scrub.h"

G_BEGIN_DECLS

/* What a server said that it can do. */
typedef enum
{
  OPT_CAN_STARTTLS = 1 << 0,
  OPT_CAN_AUTH_PLAIN = 1 << 1,       /* RFC 4616 */
  OPT_CAN_AUTH_LOGIN = 1 << 2,       /* the obsolete SASL mechanism */
  OPT_CAN_PLAIN_COMMAND = 1 << 3,    /* POP3 USER and PASS, IMAP LOGIN */
  OPT_CAN_INITIAL_RESPONSE = 1 << 4, /* IMAP SASL-IR, RFC 4959; POP3 and SMTP always can */
  OPT_CAN_PIPELINE = 1 << 5,         /* RFC 2920, RFC 2449 §6.6 */
  OPT_CAN_STATUS_SIZE = 1 << 6,      /* IMAP STATUS=SIZE, RFC 8438 */
  OPT_CANNOT_LOGIN = 1 << 7,         /* IMAP LOGINDISABLED, RFC 9051 §6.2.3 */
} OptCapabilities;

/* How one protocol goes from greeting to proof. Each function sends, or ends the dialogue. */
typedef struct
{
  void (*greeted) (OptDialogue *self, const OptReply *greeting);
  void (*ask_capabilities) (OptDialogue *self);
  void (*sign_in) (OptDialogue *self);
  void (*replied) (OptDialogue *self, OptCommand command, const OptReply *reply);
  const char *farewell;
  const char *abandon; /* in place of the farewell, with a message begun */
} OptProtocol;

extern const OptProtocol opt_protocol_imap;
extern const OptProtocol opt_protocol_pop3;
extern const OptProtocol opt_protocol_smtp;

struct _OptDialogue
{
  const OptProtocol *protocol;
  OptAddress *address;
  OptEvidence *evidence;
  OptTranscript *transcript;
  OptSecret *secret;
  OptErrand *errand;
  gboolean on_errand;
  OptReplyReader *reader;
  GByteArray *output;
  GQueue expected; /* of OptCommand: what was asked and not answered yet */
  GQueue deferred; /* of char *, wiped when freed: what to send when the server says "go on" */
  OptDialogueWants wants;
  OptCapabilities capabilities;
  gboolean secure;
  guint n_tags;
  char tag[8];
  guint introduction; /* which form of EHLO's name is in use */
  gboolean try_other_introduction;
  gboolean open_transaction;         /* MAIL was accepted and RSET not sent */
  char *scrubbed[OPT_SCRUB_N_FORMS]; /* what to keep out of what the server says */
};

/* Sends one command line; "%s" in @format must never be a secret. */
void opt_dialogue_send (OptDialogue *self, OptCommand command, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

/* Sends @line as it is, and shows @shown in the transcript. */
void opt_dialogue_send_hidden (OptDialogue *self,
                               OptCommand command,
                               const char *shown,
                               const char *line);

/* Keeps @line, which may be secret, for when the server says "go on". Takes @line. */
void opt_dialogue_defer (OptDialogue *self, char *line);

/* Signs in by PLAIN: in one line with @command where that is no longer than @line_max_bytes, or
 * else when the server says "go on". */
void opt_dialogue_send_plain (OptDialogue *self, const char *command, gsize line_max_bytes);

/* Appends @line to what is sent, with its line end, and shows nothing. */
void opt_dialogue_append_line (OptDialogue *self, const char *line);

/* Base64 of NUL user NUL password (RFC 4616 §2), for opt_dialogue_free_hidden(). */
char *opt_dialogue_create_plain (OptDialogue *self);

/* Wipes @text before freeing it. */
void opt_dialogue_free_hidden (char *text);

/* Ends the dialogue; the first ending counts. What is kept of a reply never repeats the password.
 */
void opt_dialogue_fail (OptDialogue *self, OptFailure failure);
void opt_dialogue_keep_reply (OptDialogue *self, const OptReply *reply);
void opt_dialogue_refuse (OptDialogue *self, OptCommand command, const OptReply *reply);

/* Everything was verified: goes on to the errand; without one, or after it, the dialogue is over.
 */
void opt_dialogue_finish (OptDialogue *self);

/* There is nothing to ask for the moment. */
void opt_dialogue_wait (OptDialogue *self);

/* The capabilities are known: goes on to STARTTLS or to the sign-in. */
void opt_dialogue_capable (OptDialogue *self, const char *starttls_command);

/* The server accepted the password. */
void opt_dialogue_signed_in (OptDialogue *self);

/* RFC 9051 §9: quoted holds ASCII without CR and LF; `"` and `\` are escaped. */
char *opt_dialogue_quote (const char *text);

/* The words of a line, split at spaces. */
char **opt_dialogue_split_words (const char *line);

G_END_DECLS
