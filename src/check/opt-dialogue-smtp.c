/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Message submission (RFC 6409) as far as the answer to "may I send as myself?": EHLO, AUTH, then
 * MAIL and RCPT to oneself, then RSET. No message is sent, unless that is the errand. */
#include "opt-errand-private.h"

#include <string.h>

/* RFC 5321 §4.5.3.1.4, without CRLF; RFC 4954 §4 holds AUTH to it. */
#define LINE_MAX_BYTES 510

/* EHLO with `[127.0.0.1]` and the like made Optimum's server refuse every sender (2025-05), so both
 * forms look like host names. Neither tells the server what this computer is called. */
static char *
create_introduction (OptDialogue *self)
{
  if (self->introduction == 0)
    return g_strdup ("optsetup.local");

  return g_strconcat ("optsetup.", opt_address_get_domain (self->address), NULL);
}

static void
introduce (OptDialogue *self)
{
  g_autofree char *name = create_introduction (self);

  opt_dialogue_send (self, OPT_COMMAND_CAPABILITIES, "EHLO %s", name);
}

/* Codes by which servers refuse a name (RFC 5321 §4.1.1.1, §4.2.4). */
static gboolean
refuses_introduction (const OptReply *reply)
{
  return reply->code == 501 || reply->code == 504 || reply->code == 550;
}

static void
greeted (OptDialogue *self, const OptReply *greeting)
{
  introduce (self);
}

static void
learn_mechanisms (OptDialogue *self, char **words)
{
  for (; *words != NULL; words++)
    if (g_ascii_strcasecmp (*words, "PLAIN") == 0)
      self->capabilities |= OPT_CAN_AUTH_PLAIN;
    else if (g_ascii_strcasecmp (*words, "LOGIN") == 0)
      self->capabilities |= OPT_CAN_AUTH_LOGIN;
}

static void
learn_capability (OptDialogue *self, const char *line)
{
  g_auto (GStrv) words = opt_dialogue_split_words (line);

  if (words[0] == NULL)
    return;

  if (g_ascii_strcasecmp (words[0], "STARTTLS") == 0)
    self->capabilities |= OPT_CAN_STARTTLS;
  else if (g_ascii_strcasecmp (words[0], "PIPELINING") == 0)
    self->capabilities |= OPT_CAN_PIPELINE;
  else if (g_ascii_strcasecmp (words[0], "SIZE") == 0 && words[1] != NULL)
    self->evidence->max_message_bytes = g_ascii_strtoll (words[1], NULL, 10);
  else if (g_ascii_strcasecmp (words[0], "AUTH") == 0)
    learn_mechanisms (self, words + 1);
  else if (g_ascii_strncasecmp (words[0], "AUTH=", 5) == 0)
    {
      /* From before RFC 2554; Optimum's server says `AUTH=LOGIN` beside the proper line. */
      const char *first[] = { words[0] + 5, NULL };

      learn_mechanisms (self, (char **) first);
      learn_mechanisms (self, words + 1);
    }
}

/* RFC 5321 §4.5.3.1: MAIL, RCPT and RSET may share one flight with PIPELINING (RFC 2920 §3.1). */
static void
ask_to_send (OptDialogue *self)
{
  const char *address = opt_address_get_text (self->address);
  gsize n_bytes = opt_errand_get_message_bytes (self->errand);

  /* RFC 1870 §6: a server that has a limit can say no before the message is sent. */
  if (n_bytes > 0 && self->evidence->max_message_bytes >= 0)
    opt_dialogue_send (self,
                       OPT_COMMAND_MAIL,
                       "MAIL FROM:<%s> SIZE=%" G_GSIZE_FORMAT,
                       address,
                       n_bytes);
  else
    opt_dialogue_send (self, OPT_COMMAND_MAIL, "MAIL FROM:<%s>", address);
  if (!(self->capabilities & OPT_CAN_PIPELINE))
    return;

  opt_dialogue_send (self, OPT_COMMAND_RCPT, "RCPT TO:<%s>", address);
  if (self->errand == NULL)
    opt_dialogue_send (self, OPT_COMMAND_RSET, "RSET");
}

static void
introduced (OptDialogue *self, const OptReply *reply)
{
  if (reply->status == OPT_REPLY_POSITIVE)
    {
      self->capabilities = 0;
      /* The first line is the server's name (RFC 5321 §4.1.1.1). */
      for (guint i = 1; reply->lines[i] != NULL; i++)
        if (strlen (reply->lines[i]) > 4)
          learn_capability (self, reply->lines[i] + 4);

      if (self->evidence->signed_in)
        ask_to_send (self);
      else
        opt_dialogue_capable (self, "STARTTLS");
    }
  else if (self->introduction == 0 && refuses_introduction (reply))
    {
      self->introduction++;
      introduce (self);
    }
  else if (!self->evidence->signed_in)
    opt_dialogue_refuse (self, OPT_COMMAND_CAPABILITIES, reply);
  else
    {
      /* A second EHLO was not welcome; what MAIL was answered stays the evidence. */
      self->evidence->command = OPT_COMMAND_MAIL;
      opt_dialogue_fail (self, OPT_FAILURE_REPLY);
    }
}

static char *
create_base64 (const char *text, gsize n_bytes)
{
  return g_base64_encode ((const guchar *) text, n_bytes);
}

static void
sign_in (OptDialogue *self)
{
  const char *user = opt_server_get_user (self->evidence->server);

  if (!(self->capabilities & OPT_CAN_AUTH_PLAIN))
    {
      opt_dialogue_defer (self, create_base64 (user, strlen (user)));
      opt_dialogue_defer (self,
                          create_base64 (opt_secret_peek (self->secret),
                                         opt_secret_get_size (self->secret)));
      opt_dialogue_send (self, OPT_COMMAND_SIGN_IN, "AUTH LOGIN");
      return;
    }

  opt_dialogue_send_plain (self, "AUTH PLAIN", LINE_MAX_BYTES);
}

/* The 550 that comes of a disliked EHLO looks like one that is about the sender: try once more
 * under another name before believing it. The rest of the flight is answered first. */
static void
mail_refused (OptDialogue *self, const OptReply *reply)
{
  opt_dialogue_keep_reply (self, reply);
  self->try_other_introduction = TRUE;
}

static void
after_flight (OptDialogue *self)
{
  if (self->try_other_introduction && g_queue_is_empty (&self->expected))
    {
      self->try_other_introduction = FALSE;
      self->introduction++;
      introduce (self);
    }
}

static void
replied_to_envelope (OptDialogue *self, OptCommand command, const OptReply *reply)
{
  if (self->try_other_introduction)
    return;

  if (reply->status != OPT_REPLY_POSITIVE)
    {
      if (command == OPT_COMMAND_MAIL && self->introduction == 0 && refuses_introduction (reply))
        mail_refused (self, reply);
      else
        opt_dialogue_refuse (self, command, reply);
    }
  else if (command == OPT_COMMAND_RCPT)
    opt_dialogue_finish (self);
  else if (command == OPT_COMMAND_MAIL && g_queue_is_empty (&self->expected))
    {
      self->open_transaction = TRUE;
      opt_dialogue_send (self,
                         OPT_COMMAND_RCPT,
                         "RCPT TO:<%s>",
                         opt_address_get_text (self->address));
    }
}

static void
signed_in (OptDialogue *self, const OptReply *reply)
{
  if (reply->status != OPT_REPLY_POSITIVE)
    {
      opt_dialogue_refuse (self, OPT_COMMAND_SIGN_IN, reply);
      return;
    }

  opt_dialogue_signed_in (self);
  ask_to_send (self);
}

static void
replied (OptDialogue *self, OptCommand command, const OptReply *reply)
{
  if (command == OPT_COMMAND_CAPABILITIES)
    introduced (self, reply);
  else if (command == OPT_COMMAND_SIGN_IN)
    signed_in (self, reply);
  else
    {
      replied_to_envelope (self, command, reply);
      after_flight (self);
    }
}

/* QUIT in one flight with RSET would be pipelining that was not offered (RFC 2920 §3.1). */
const OptProtocol opt_protocol_smtp = {
  .greeted = greeted,
  .ask_capabilities = introduce,
  .sign_in = sign_in,
  .replied = replied,
  .farewell = "QUIT\r\n",
  .abandon = "RSET\r\n",
};
