/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-server.h"

G_BEGIN_DECLS

/* What a server was answering. */
typedef enum
{
  OPT_COMMAND_GREETING,     /* nothing: the server speaks first */
  OPT_COMMAND_CAPABILITIES, /* EHLO, CAPA, CAPABILITY */
  OPT_COMMAND_STARTTLS,     /* STARTTLS, STLS */
  OPT_COMMAND_SIGN_IN,      /* AUTH, AUTHENTICATE, LOGIN, PASS */
  OPT_COMMAND_USER,         /* POP3 USER, whose reply proves nothing (RFC 1939 §7) */
  OPT_COMMAND_MAILBOX,      /* STAT, STATUS */
  OPT_COMMAND_MAIL,
  OPT_COMMAND_RCPT,
  OPT_COMMAND_RSET,

  /* Of an errand, see opt-errand.h. */
  OPT_COMMAND_DATA,
  OPT_COMMAND_MESSAGE, /* the message, up to the dot */
  OPT_COMMAND_UIDL,
  OPT_COMMAND_TOP,
  OPT_COMMAND_DELE,
  OPT_COMMAND_QUIT,
  OPT_COMMAND_LIST,    /* IMAP LIST: the names of the mailboxes */
  OPT_COMMAND_EXAMINE, /* to look into a mailbox and change nothing */
  OPT_COMMAND_SELECT,
  OPT_COMMAND_SEARCH,
  OPT_COMMAND_FETCH,
  OPT_COMMAND_STORE,
  OPT_COMMAND_EXPUNGE,
} OptCommand;

typedef enum
{
  OPT_REPLY_POSITIVE, /* 2xx, +OK, OK */
  OPT_REPLY_CONTINUE, /* 3xx, "+" */
  OPT_REPLY_NEGATIVE, /* 4xx and 5xx, -ERR, NO */
  OPT_REPLY_BAD,      /* IMAP BAD: the command was not understood */
  OPT_REPLY_BYE,      /* IMAP * BYE: the server closes */
  OPT_REPLY_PREAUTH,  /* IMAP * PREAUTH, as a greeting */
} OptReplyStatus;

/**
 * OptReply:
 * @status: what it comes down to
 * @code: the SMTP reply code, 200 to 599; 0 for the others
 * @enhanced: (nullable): the enhanced status code (RFC 3463), `5.7.8`
 * @response_code: (nullable): what stands in brackets (RFC 2449 §8, RFC 9051 §7.1), upper case,
 *   without arguments: `AUTHENTICATIONFAILED`, `SYS/TEMP`
 * @text: the words for people, lines separated by newlines; valid UTF-8, may hold anything else
 * @lines: (array zero-terminated=1): every line as it came, without CRLF
 *
 * One reply of a server, taken apart.
 */
typedef struct
{
  OptReplyStatus status;
  guint code;
  char *enhanced;
  char *response_code;
  char *text;
  char **lines;
} OptReply;

/**
 * opt_reply_copy:
 * @self: a reply
 *
 * Returns: (transfer full): a copy
 */
OptReply *opt_reply_copy (const OptReply *self);

/**
 * opt_reply_free:
 * @self: (transfer full): a reply
 */
void opt_reply_free (OptReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptReply, opt_reply_free)

/* The longest line and the longest reply that we listen to. SMTP allows 512 octets (RFC 5321
 * §4.5.3.1.5), POP3 512 (RFC 2449 §4), IMAP servers send capability lines of up to 2 KiB. */
#define OPT_REPLY_LINE_MAX_BYTES 8192
#define OPT_REPLY_MAX_LINES 512

/* The most of a message's header that is fetched by IMAP, in one literal. */
#define OPT_REPLY_LITERAL_MAX_BYTES 65536

/* What opt_reply_reader_read() found. */
typedef enum
{
  OPT_READ_MORE,           /* not a whole reply yet */
  OPT_READ_REPLY,          /* here it is */
  OPT_READ_TOO_LONG,       /* past our bounds */
  OPT_READ_OTHER_PROTOCOL, /* this is another mail protocol's reply */
  OPT_READ_HTTP,           /* this is a web server */
  OPT_READ_TLS,            /* this is a record of TLS (RFC 8446 §5.1) */
  OPT_READ_MALFORMED,      /* this is nothing we know */
} OptRead;

/**
 * OptReplyReader:
 *
 * Cuts what a server sends into replies, within bounds. A list that a mailbox makes long may have
 * more lines than other replies. Pure: it knows no socket.
 */
typedef struct _OptReplyReader OptReplyReader;

/**
 * opt_reply_reader_new:
 * @service: whose protocol is spoken
 *
 * Returns: (transfer full): a reader with nothing in it
 */
OptReplyReader *opt_reply_reader_new (OptService service);

/**
 * opt_reply_reader_free:
 * @self: (transfer full): a reader
 */
void opt_reply_reader_free (OptReplyReader *self);

/**
 * opt_reply_reader_push:
 * @self: a reader
 * @bytes: (array length=n_bytes): what came
 * @n_bytes: how much
 */
void opt_reply_reader_push (OptReplyReader *self, const char *bytes, gsize n_bytes);

/**
 * opt_reply_reader_get_n_bytes:
 * @self: a reader
 *
 * Returns: how many bytes came that no reply has used yet
 */
gsize opt_reply_reader_get_n_bytes (const OptReplyReader *self);

/**
 * opt_reply_reader_read:
 * @self: a reader
 * @command: what is being answered
 * @tag: (nullable): the tag of that command, for IMAP
 * @reply: (out) (nullable): return location for the reply with %OPT_READ_REPLY
 *
 * Returns: what was found
 */
OptRead
opt_reply_reader_read (OptReplyReader *self, OptCommand command, const char *tag, OptReply **reply);

/**
 * opt_reply_reader_read_farewell:
 * @self: a reader at whose connection the end was reached
 *
 * An IMAP server that closes says `* BYE` without a tag (RFC 9051 §7.1.5); that is the answer to
 * whatever was asked last.
 *
 * Returns: (transfer full) (nullable): the farewell
 */
OptReply *opt_reply_reader_read_farewell (OptReplyReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptReplyReader, opt_reply_reader_free)

G_END_DECLS
