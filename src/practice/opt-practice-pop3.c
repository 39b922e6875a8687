/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A healthy POP3 server (RFC 1939), as far as a mail wizard goes: sign in, count, look,
 * delete, leave. The messages that are only counted are all alike, and cannot be deleted. */
#include "opt-practice-sign-in.h"

#include <string.h>

static const char *const sign_in_replies[OPT_PRACTICE_N_SIGN_INS] = {
  [OPT_PRACTICE_SIGN_IN_ACCEPTED] = "+OK Signed in\r\n",
  /* RFC 3206 §5: the credentials are at fault, and nothing else. */
  [OPT_PRACTICE_SIGN_IN_REFUSED] = "-ERR [AUTH] Authentication failed\r\n",
  [OPT_PRACTICE_SIGN_IN_MALFORMED] = "-ERR Malformed response\r\n",
  [OPT_PRACTICE_SIGN_IN_CANCELLED] = "-ERR Authentication cancelled\r\n",
  [OPT_PRACTICE_SIGN_IN_UNKNOWN_MECHANISM] = "-ERR Mechanism not supported\r\n",
  [OPT_PRACTICE_SIGN_IN_NEEDS_TLS] = "-ERR Use STLS first\r\n",
  [OPT_PRACTICE_SIGN_IN_TWICE] = "-ERR Already signed in\r\n",
};

static void
greet (OptPracticeDialogue *self)
{
  g_string_append (self->reply, "+OK practice server ready\r\n");
}

/* RFC 2449 §5; RFC 2595 §4: what needs TLS is offered inside it only. */
static void
run_capa (OptPracticeDialogue *self, const char *arguments)
{
  g_string_append (self->reply, "+OK Capabilities follow\r\n");
  g_string_append (self->reply, self->secure ? "USER\r\nSASL PLAIN\r\n" : "STLS\r\n");
  g_string_append (self->reply,
                   "PIPELINING\r\nRESP-CODES\r\nAUTH-RESP-CODE\r\nUIDL\r\nTOP\r\n.\r\n");
}

static void
run_stls (OptPracticeDialogue *self, const char *arguments)
{
  if (self->secure)
    {
      g_string_append (self->reply, "-ERR Already using TLS\r\n");
      return;
    }

  g_string_append (self->reply, "+OK Begin TLS now\r\n");
  self->then = OPT_PRACTICE_THEN_START_TLS;
}

static void
run_user (OptPracticeDialogue *self, const char *arguments)
{
  if (!opt_practice_sign_in_check_allowed (self))
    return;

  g_free (self->user);
  self->user = g_strdup (arguments);
  g_string_append (self->reply, "+OK Now the password\r\n");
}

static void
run_pass (OptPracticeDialogue *self, const char *arguments)
{
  g_autofree char *user = g_steal_pointer (&self->user);

  if (!opt_practice_sign_in_check_allowed (self))
    return;

  if (user == NULL)
    g_string_append (self->reply, "-ERR USER comes first\r\n");
  else
    opt_practice_sign_in_try (self, user, arguments);
}

static gboolean
is_signed_in (OptPracticeDialogue *self)
{
  if (!self->signed_in)
    g_string_append (self->reply, "-ERR Sign in first\r\n");

  return self->signed_in;
}

static GPtrArray *
get_maildrop (OptPracticeDialogue *self)
{
  if (self->maildrop == NULL)
    self->maildrop = opt_practice_store_dup_messages (self->mailbox.store, FALSE);

  return self->maildrop;
}

/* The message that was delivered, or NULL for one that is only counted. */
static OptPracticeMessage *
get_message (OptPracticeDialogue *self, guint number)
{
  guint n_counted = self->mailbox.n_messages;

  return number > n_counted ? get_maildrop (self)->pdata[number - n_counted - 1] : NULL;
}

static void
run_stat (OptPracticeDialogue *self, const char *arguments)
{
  if (is_signed_in (self))
    g_string_append_printf (self->reply,
                            "+OK %u %" G_GUINT64_FORMAT "\r\n",
                            self->mailbox.n_messages + get_maildrop (self)->len,
                            self->mailbox.n_bytes);
}

static void
run_noop (OptPracticeDialogue *self, const char *arguments)
{
  if (is_signed_in (self))
    g_string_append (self->reply, "+OK\r\n");
}

/* All counted messages have the same size; the first takes what is left over. */
static guint64
get_message_bytes (OptPracticeDialogue *self, guint number)
{
  const OptPracticeMessage *message = get_message (self, number);
  guint64 each;

  if (message != NULL)
    return strlen (message->text);

  each = self->mailbox.n_bytes / self->mailbox.n_messages;

  return number > 1 ? each : each + self->mailbox.n_bytes % self->mailbox.n_messages;
}

static void
append_size (OptPracticeDialogue *self, guint number)
{
  g_string_append_printf (self->reply,
                          "%u %" G_GUINT64_FORMAT "\r\n",
                          number,
                          get_message_bytes (self, number));
}

static void
append_unique_id (OptPracticeDialogue *self, guint number)
{
  const OptPracticeMessage *message = get_message (self, number);

  if (message != NULL)
    g_string_append_printf (self->reply, "%u delivered-%u\r\n", number, message->uid);
  else
    g_string_append_printf (self->reply, "%u practice-%u\r\n", number, number);
}

/* 0, having said so, when @text is not the number of a message. */
static guint
parse_number (OptPracticeDialogue *self, const char *text)
{
  guint n_messages = self->mailbox.n_messages + get_maildrop (self)->len;
  guint64 number = 0;

  if (n_messages == 0 || !g_ascii_string_to_unsigned (text, 10, 1, n_messages, &number, NULL))
    g_string_append (self->reply, "-ERR There is no such message\r\n");

  return number;
}

/* LIST and UIDL: one line for the message asked for, or one for each. */
static void
list_messages (OptPracticeDialogue *self,
               const char *arguments,
               void (*append) (OptPracticeDialogue *, guint))
{
  guint n_messages;
  guint number;

  if (!is_signed_in (self))
    return;

  if (*arguments != '\0')
    {
      number = parse_number (self, arguments);
      if (number == 0)
        return;
      g_string_append (self->reply, "+OK ");
      append (self, number);
      return;
    }

  g_string_append (self->reply, "+OK The list follows\r\n");
  n_messages = self->mailbox.n_messages + get_maildrop (self)->len;
  for (guint i = 1; i <= n_messages; i++)
    append (self, i);
  g_string_append (self->reply, ".\r\n");
}

static void
run_list (OptPracticeDialogue *self, const char *arguments)
{
  list_messages (self, arguments, append_size);
}

static void
run_uidl (OptPracticeDialogue *self, const char *arguments)
{
  list_messages (self, arguments, append_unique_id);
}

static void
append_text (OptPracticeDialogue *self, const char *text, gboolean header_only)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (header_only && *lines[i] == '\0')
        break;
      /* RFC 1939 §3. */
      g_string_append_printf (self->reply, "%s%s\r\n", lines[i][0] == '.' ? "." : "", lines[i]);
    }
}

static void
retrieve (OptPracticeDialogue *self, const char *arguments, gboolean header_only)
{
  g_autofree char *text = g_strndup (arguments, strcspn (arguments, " "));
  const OptPracticeMessage *message;
  guint number;

  if (!is_signed_in (self))
    return;

  number = parse_number (self, text);
  if (number == 0)
    return;

  message = get_message (self, number);
  g_string_append (self->reply, "+OK The message follows\r\n");
  append_text (self,
               message != NULL ? message->text
                               : "From: practice@example.com\r\n"
                                 "Subject: Practice\r\n"
                                 "\r\n"
                                 "This is a practice message.",
               header_only);
  g_string_append (self->reply, ".\r\n");
}

static void
run_top (OptPracticeDialogue *self, const char *arguments)
{
  retrieve (self, arguments, TRUE);
}

static void
run_retr (OptPracticeDialogue *self, const char *arguments)
{
  retrieve (self, arguments, FALSE);
}

static void
run_dele (OptPracticeDialogue *self, const char *arguments)
{
  OptPracticeMessage *message;
  guint number;

  if (!is_signed_in (self))
    return;

  number = parse_number (self, arguments);
  if (number == 0)
    return;

  message = get_message (self, number);
  if (message != NULL)
    message->deleted = TRUE;
  g_string_append (self->reply, message != NULL ? "+OK Marked\r\n" : "-ERR This one stays\r\n");
}

/* RFC 1939 §6: only now are messages deleted. */
static void
update (OptPracticeDialogue *self)
{
  for (guint i = 0; self->maildrop != NULL && i < self->maildrop->len; i++)
    {
      const OptPracticeMessage *message = self->maildrop->pdata[i];

      if (message->deleted)
        opt_practice_store_remove (self->mailbox.store, message->uid);
    }
}

static void
run_quit (OptPracticeDialogue *self, const char *arguments)
{
  update (self);
  g_string_append (self->reply, "+OK Goodbye\r\n");
  self->then = OPT_PRACTICE_THEN_CLOSE;
}

static const OptPracticeCommand commands[] = {
  { "CAPA", run_capa }, { "STLS", run_stls }, { "AUTH", opt_practice_sign_in_authenticate },
  { "USER", run_user }, { "PASS", run_pass }, { "STAT", run_stat },
  { "NOOP", run_noop }, { "LIST", run_list }, { "UIDL", run_uidl },
  { "TOP", run_top },   { "RETR", run_retr }, { "DELE", run_dele },
  { "QUIT", run_quit }, { NULL, NULL },
};

const OptPracticeProtocol opt_practice_pop3 = {
  .commands = commands,
  .greet = greet,
  .unknown_command = "-ERR Unknown command\r\n",
  .sign_in_replies = sign_in_replies,
  .challenge = "+ ",
  .sasl_verb = "AUTH",
};
