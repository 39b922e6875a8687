/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-practice-record.h"
#include "opt-practice-script.h"
#include "opt-practice-store.h"

#include "opt-server.h"

G_BEGIN_DECLS

typedef struct _OptPracticeDialogue OptPracticeDialogue;

/* The one mailbox of a server: messages that are only counted, and after them those in store. */
typedef struct
{
  char *user;
  char *password; /* NULL refuses every sign-in */
  guint n_messages;
  guint64 n_bytes;
  OptPracticeStore *store;
} OptPracticeMailbox;

/* The mailbox of IMAP that is open. */
typedef enum
{
  OPT_PRACTICE_OPENED_NOTHING,
  OPT_PRACTICE_OPENED_INBOX,
  OPT_PRACTICE_OPENED_JUNK,
} OptPracticeOpened;

/* What the server has to react to. */
typedef enum
{
  OPT_PRACTICE_OCCASION_GREETING,
  OPT_PRACTICE_OCCASION_TLS,
  OPT_PRACTICE_OCCASION_COMMAND,
  OPT_PRACTICE_OCCASION_RESPONSE,
  OPT_PRACTICE_OCCASION_MESSAGE,
  OPT_PRACTICE_OCCASION_LITERAL,
} OptPracticeOccasion;

/* A verb and what a healthy server does with it: append to reply, set then. */
typedef struct
{
  const char *verb;
  void (*run) (OptPracticeDialogue *self, const char *arguments);
} OptPracticeCommand;

/* One of the three protocols, as data. `%t` in a reply stands for the tag. */
typedef struct
{
  const OptPracticeCommand *commands; /* ends with a verb of NULL */
  void (*greet) (OptPracticeDialogue *self);
  const char *unknown_command;
  const char *const *sign_in_replies; /* by OptPracticeSignIn, of opt-practice-sign-in.h */
  const char *challenge;              /* what stands before a SASL challenge */
  const char *sasl_verb;
  gboolean tagged;       /* commands have tags, and literals (RFC 9051 §4.3) */
  gboolean offers_login; /* the SASL mechanism LOGIN */
} OptPracticeProtocol;

extern const OptPracticeProtocol opt_practice_imap;
extern const OptPracticeProtocol opt_practice_pop3;
extern const OptPracticeProtocol opt_practice_smtp;

/* One conversation, without its connection: lines in, replies out. The protocols write to it. */
struct _OptPracticeDialogue
{
  const OptPracticeProtocol *protocol;
  OptPracticeMailbox mailbox;
  OptPracticeRecord *record;

  gboolean secure;
  gboolean signed_in;

  /* What was heard last. */
  OptPracticeOccasion occasion;
  char *tag;
  char *verb;
  char *arguments;
  gboolean carries_password;

  /* What is heard next. */
  GString *line;           /* a command of which more is to come */
  gsize literal_bytes;     /* bytes of a literal before the rest of the line */
  gboolean wants_response; /* to a SASL challenge */
  gboolean wants_message;  /* lines of a message, up to a dot */

  /* A sign-in under way. */
  const char *mechanism; /* PLAIN or LOGIN */
  char *user;
  gboolean scripted_yes;

  /* SMTP. */
  gboolean greeted;
  gboolean has_sender;
  guint n_recipients;
  GString *message;

  /* IMAP. */
  OptPracticeOpened opened;
  gboolean read_only;

  /* POP3: what was there at the sign-in (RFC 1939 §4), less what was deleted at once by number. */
  GPtrArray *maildrop; /* of OptPracticeMessage; NULL before it is first needed */

  /* What is said next. */
  GString *reply;
  OptPracticeThen then;
};

/**
 * opt_practice_dialogue_new:
 * @service: the protocol to speak
 * @mailbox: whom to let in; copied
 * @record: where to count sign-ins and messages
 *
 * Returns: (transfer full): a conversation before its first word
 */
OptPracticeDialogue *opt_practice_dialogue_new (OptService service,
                                                const OptPracticeMailbox *mailbox,
                                                OptPracticeRecord *record);

/**
 * opt_practice_dialogue_free:
 * @self: (transfer full): a conversation
 */
void opt_practice_dialogue_free (OptPracticeDialogue *self);

/**
 * opt_practice_dialogue_begin:
 * @self: a conversation
 * @occasion: %OPT_PRACTICE_OCCASION_GREETING or %OPT_PRACTICE_OCCASION_TLS
 *
 * Makes @occasion the one to answer.
 */
void opt_practice_dialogue_begin (OptPracticeDialogue *self, OptPracticeOccasion occasion);

/**
 * opt_practice_dialogue_secured:
 * @self: a conversation
 *
 * TLS stands: all that was said before it is forgotten.
 */
void opt_practice_dialogue_secured (OptPracticeDialogue *self);

/**
 * opt_practice_dialogue_take:
 * @self: a conversation
 * @received: what came; what is understood is removed from it
 * @answers: (out): return location for whether there is something to answer now
 *
 * Takes one line, or the literal that is waited for.
 *
 * Returns: whether something was taken; %FALSE when more has to come first
 */
gboolean
opt_practice_dialogue_take (OptPracticeDialogue *self, GByteArray *received, gboolean *answers);

/**
 * opt_practice_dialogue_get_names:
 * @self: a conversation
 * @names: (out caller-allocates) (array fixed-size=3): return location for the names that a script
 *   may use for the occasion, ending with %NULL; they last until the next call
 */
void opt_practice_dialogue_get_names (const OptPracticeDialogue *self, const char *names[3]);

/**
 * opt_practice_dialogue_answer:
 * @self: a conversation
 * @step: (nullable): what the script wants; %NULL for the usual
 *
 * Sets reply and then for the occasion.
 */
void opt_practice_dialogue_answer (OptPracticeDialogue *self, const OptPracticeStep *step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptPracticeDialogue, opt_practice_dialogue_free)

G_END_DECLS
