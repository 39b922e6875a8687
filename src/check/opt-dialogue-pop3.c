/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* POP3 (RFC 1939) as far as STAT: it looks into the mailbox and touches no message. */
#include "opt-dialogue-private.h"

#include <string.h>

/* RFC 2449 §4, without CRLF; RFC 5034 §4 holds AUTH's initial response to it. */
#define LINE_MAX_BYTES 253

static void
ask_capabilities (OptDialogue *self)
{
  opt_dialogue_send (self, OPT_COMMAND_CAPABILITIES, "CAPA");
}

static void
greeted (OptDialogue *self, const OptReply *greeting)
{
  ask_capabilities (self);
}

static void
learn_capability (OptDialogue *self, const char *line)
{
  g_auto (GStrv) words = opt_dialogue_split_words (line);

  if (words[0] == NULL)
    return;

  if (g_ascii_strcasecmp (words[0], "STLS") == 0)
    self->capabilities |= OPT_CAN_STARTTLS;
  else if (g_ascii_strcasecmp (words[0], "USER") == 0)
    self->capabilities |= OPT_CAN_PLAIN_COMMAND;
  else if (g_ascii_strcasecmp (words[0], "PIPELINING") == 0)
    self->capabilities |= OPT_CAN_PIPELINE;
  else if (g_ascii_strcasecmp (words[0], "SASL") == 0)
    for (guint i = 1; words[i] != NULL; i++)
      if (g_ascii_strcasecmp (words[i], "PLAIN") == 0)
        self->capabilities |= OPT_CAN_AUTH_PLAIN;
}

static void
learn_capabilities (OptDialogue *self, const OptReply *reply)
{
  if (reply->status == OPT_REPLY_POSITIVE)
    for (guint i = 1; reply->lines[i] != NULL; i++)
      learn_capability (self, reply->lines[i]);
  else
    /* Older than RFC 2449: such a server has USER and PASS, and no way to TLS. */
    self->capabilities |= OPT_CAN_PLAIN_COMMAND;

  opt_dialogue_capable (self, "STLS");
}

static void
send_password (OptDialogue *self)
{
  char *line = g_strconcat ("PASS ", opt_secret_peek (self->secret), NULL);

  opt_dialogue_send_hidden (self, OPT_COMMAND_SIGN_IN, "PASS (hidden)", line);
  opt_dialogue_free_hidden (line);
}

static void
sign_in (OptDialogue *self)
{
  if (!(self->capabilities & OPT_CAN_AUTH_PLAIN))
    {
      opt_dialogue_send (self,
                         OPT_COMMAND_USER,
                         "USER %s",
                         opt_server_get_user (self->evidence->server));
      if (self->capabilities & OPT_CAN_PIPELINE)
        send_password (self);
      return;
    }

  opt_dialogue_send_plain (self, "AUTH PLAIN", LINE_MAX_BYTES);
}

/* RFC 1939 §5: "+OK", the number of messages, their size in octets. */
static void
learn_mailbox (OptDialogue *self, const OptReply *reply)
{
  g_auto (GStrv) words = opt_dialogue_split_words (reply->text);
  guint64 n_messages;
  guint64 n_bytes;

  if (g_strv_length (words) < 2 ||
      !g_ascii_string_to_unsigned (words[0], 10, 0, G_MAXINT64, &n_messages, NULL) ||
      !g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXINT64, &n_bytes, NULL))
    {
      opt_dialogue_fail (self, OPT_FAILURE_MALFORMED);
      return;
    }

  self->evidence->n_messages = (gint64) n_messages;
  self->evidence->n_bytes = (gint64) n_bytes;
  opt_dialogue_finish (self);
}

static void
replied (OptDialogue *self, OptCommand command, const OptReply *reply)
{
  if (command == OPT_COMMAND_CAPABILITIES)
    learn_capabilities (self, reply);
  else if (reply->status != OPT_REPLY_POSITIVE)
    opt_dialogue_refuse (self, command, reply);
  else if (command == OPT_COMMAND_USER)
    {
      if (g_queue_is_empty (&self->expected))
        send_password (self);
    }
  else if (command == OPT_COMMAND_SIGN_IN)
    {
      opt_dialogue_signed_in (self);
      opt_dialogue_send (self, OPT_COMMAND_MAILBOX, "STAT");
    }
  else
    learn_mailbox (self, reply);
}

const OptProtocol opt_protocol_pop3 = {
  .greeted = greeted,
  .ask_capabilities = ask_capabilities,
  .sign_in = sign_in,
  .replied = replied,
  .farewell = "QUIT\r\n",
};
