/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the three protocols have in common: one side asks, the other answers in order. The rules
 * that keep a password safe are here and nowhere else: no sign-in before TLS, nothing heard before
 * TLS is remembered after it, not one byte may lie between STARTTLS's reply and the handshake
 * (CVE-2011-0411 and its client twins), and what carries a secret is shown by its verb only. */
#include "opt-errand-private.h"

#include <string.h>

/* Enough for the longest sign-in, so that the buffer never moves and leaves a copy behind. */
#define OUTPUT_SIZE_BYTES 8192

static const OptProtocol *const protocols[OPT_N_SERVICES] = {
  [OPT_SERVICE_IMAP] = &opt_protocol_imap,
  [OPT_SERVICE_POP3] = &opt_protocol_pop3,
  [OPT_SERVICE_SMTP] = &opt_protocol_smtp,
};

OptDialogue *
opt_dialogue_new (OptAddress *address, OptEvidence *evidence, OptTranscript *transcript)
{
  OptDialogue *self;
  OptService service;

  g_return_val_if_fail (address != NULL && evidence != NULL && transcript != NULL, NULL);

  service = opt_server_get_service (evidence->server);
  self = g_new0 (OptDialogue, 1);
  self->protocol = protocols[service];
  self->address = opt_address_ref (address);
  self->evidence = opt_evidence_ref (evidence);
  self->transcript = opt_transcript_ref (transcript);
  self->reader = opt_reply_reader_new (service);
  self->output = g_byte_array_sized_new (OUTPUT_SIZE_BYTES);
  g_queue_init (&self->expected);
  g_queue_init (&self->deferred);
  g_queue_push_tail (&self->expected, GUINT_TO_POINTER (OPT_COMMAND_GREETING));

  return self;
}

static void
free_output (GByteArray *output)
{
  opt_secret_wipe (output->data, output->len);
  g_byte_array_unref (output);
}

void
opt_dialogue_free (OptDialogue *self)
{
  g_return_if_fail (self != NULL);

  opt_address_unref (self->address);
  opt_evidence_unref (self->evidence);
  opt_transcript_unref (self->transcript);
  g_clear_pointer (&self->secret, opt_secret_unref);
  g_clear_pointer (&self->errand, opt_errand_unref);
  opt_reply_reader_free (self->reader);
  free_output (self->output);
  g_queue_clear (&self->expected);
  g_queue_clear_full (&self->deferred, (GDestroyNotify) opt_dialogue_free_hidden);
  for (guint i = 0; i < G_N_ELEMENTS (self->scrubbed); i++)
    opt_dialogue_free_hidden (self->scrubbed[i]);
  g_free (self);
}

void
opt_dialogue_fail (OptDialogue *self, OptFailure failure)
{
  if (self->wants == OPT_DIALOGUE_FAILED)
    return;

  self->wants = OPT_DIALOGUE_FAILED;
  self->evidence->failure = failure;
}

void
opt_dialogue_finish (OptDialogue *self)
{
  if (self->wants == OPT_DIALOGUE_FAILED)
    return;

  if (self->errand == NULL || self->on_errand)
    {
      self->wants = OPT_DIALOGUE_WORKS;
      return;
    }

  self->on_errand = TRUE;
  self->errand->klass->begin (self->errand, self);
}

void
opt_dialogue_wait (OptDialogue *self)
{
  if (self->wants != OPT_DIALOGUE_FAILED)
    self->wants = OPT_DIALOGUE_WAIT;
}

void
opt_dialogue_capable (OptDialogue *self, const char *starttls_command)
{
  const OptCapabilities sign_ins = OPT_CAN_AUTH_PLAIN | OPT_CAN_AUTH_LOGIN | OPT_CAN_PLAIN_COMMAND;

  if (!self->secure && (self->capabilities & OPT_CAN_STARTTLS))
    opt_dialogue_send (self, OPT_COMMAND_STARTTLS, "%s", starttls_command);
  else if (!self->secure)
    opt_dialogue_fail (self, OPT_FAILURE_NO_STARTTLS);
  else if (self->capabilities & sign_ins)
    self->wants = OPT_DIALOGUE_READY;
  else
    opt_dialogue_fail (self,
                       self->capabilities & OPT_CANNOT_LOGIN ? OPT_FAILURE_LOGIN_DISABLED
                                                             : OPT_FAILURE_NO_SIGN_IN);
}

void
opt_dialogue_signed_in (OptDialogue *self)
{
  self->evidence->signed_in = TRUE;
  self->evidence->step = OPT_STEP_VERIFY;
}

/* A server that repeats what it was told must not get it onto the screen or into a report. */
static char *
scrub (OptDialogue *self, char *text)
{
  if (!opt_scrub_finds (self->scrubbed, text))
    return text;

  opt_dialogue_free_hidden (text);

  return g_strdup ("(left out: it repeated the password)");
}

static void
scrub_reply (OptDialogue *self, OptReply *reply)
{
  reply->text = scrub (self, reply->text);
  for (guint i = 0; reply->lines[i] != NULL; i++)
    reply->lines[i] = scrub (self, reply->lines[i]);
}

void
opt_dialogue_keep_reply (OptDialogue *self, const OptReply *reply)
{
  g_clear_pointer (&self->evidence->reply, opt_reply_free);
  self->evidence->reply = opt_reply_copy (reply);
  self->evidence->reply_secure = self->secure;
  /* Only what is shown: a password like INBOX stands in what has to be understood. */
  scrub_reply (self, self->evidence->reply);
}

void
opt_dialogue_refuse (OptDialogue *self, OptCommand command, const OptReply *reply)
{
  if (self->wants == OPT_DIALOGUE_FAILED)
    return;

  self->evidence->command = command;
  opt_dialogue_keep_reply (self, reply);
  opt_dialogue_fail (self, OPT_FAILURE_REPLY);
}

/* What tells of somebody's mail stays out of every report, and so does what is endless. */
static gboolean
is_private (OptCommand command)
{
  return command == OPT_COMMAND_UIDL || command == OPT_COMMAND_TOP || command == OPT_COMMAND_LIST ||
         command == OPT_COMMAND_FETCH;
}

static void
note_length (OptDialogue *self, const OptReply *reply)
{
  g_autofree char *length = g_strdup_printf ("(%u lines)", g_strv_length (reply->lines));

  opt_transcript_add_received (self->transcript, length);
}

static void
note_reply (OptDialogue *self, OptCommand command, const OptReply *reply)
{
  self->evidence->greeted = TRUE;
  if (is_private (command) && reply->status == OPT_REPLY_POSITIVE)
    {
      note_length (self, reply);
      return;
    }

  for (guint i = 0; reply->lines[i] != NULL; i++)
    {
      g_autofree char *line = scrub (self, g_strdup (reply->lines[i]));

      opt_transcript_add_received (self->transcript, line);
    }
}

static void
start_tls (OptDialogue *self, const OptReply *reply)
{
  if (reply->status != OPT_REPLY_POSITIVE)
    opt_dialogue_refuse (self, OPT_COMMAND_STARTTLS, reply);
  else if (opt_reply_reader_get_n_bytes (self->reader) > 0)
    opt_dialogue_fail (self, OPT_FAILURE_INJECTED);
  else
    self->wants = OPT_DIALOGUE_START_TLS;
}

/* The server asks for more of a sign-in. */
static void
continue_sign_in (OptDialogue *self)
{
  char *line = g_queue_pop_head (&self->deferred);

  if (line == NULL)
    {
      opt_dialogue_fail (self, OPT_FAILURE_MALFORMED);
      return;
    }

  opt_transcript_add_sent (self->transcript, "(hidden)");
  opt_dialogue_append_line (self, line);
  opt_dialogue_free_hidden (line);
  g_queue_push_head (&self->expected, GUINT_TO_POINTER (OPT_COMMAND_SIGN_IN));
}

static void
handle_reply (OptDialogue *self, OptCommand command, const OptReply *reply)
{
  note_reply (self, command, reply);

  /* A positive answer where the server must not have one yet, or a stray "go on". */
  if (self->on_errand)
    self->errand->klass->replied (self->errand, self, command, reply);
  else if (reply->status == OPT_REPLY_CONTINUE && command != OPT_COMMAND_SIGN_IN)
    opt_dialogue_fail (self, OPT_FAILURE_MALFORMED);
  else if (reply->status == OPT_REPLY_CONTINUE)
    continue_sign_in (self);
  else if (command == OPT_COMMAND_STARTTLS)
    start_tls (self, reply);
  else if (command != OPT_COMMAND_GREETING)
    self->protocol->replied (self, command, reply);
  else if (reply->status == OPT_REPLY_PREAUTH)
    opt_dialogue_fail (self, OPT_FAILURE_PREAUTH);
  else if (reply->status == OPT_REPLY_POSITIVE)
    self->protocol->greeted (self, reply);
  else
    opt_dialogue_refuse (self, command, reply);
}

static OptFailure
failure_of (OptRead read)
{
  switch (read)
    {
    case OPT_READ_TOO_LONG:
      return OPT_FAILURE_TOO_LONG;
    case OPT_READ_OTHER_PROTOCOL:
      return OPT_FAILURE_OTHER_PROTOCOL;
    case OPT_READ_HTTP:
      return OPT_FAILURE_HTTP;
    case OPT_READ_TLS:
      return OPT_FAILURE_TLS_FIRST;
    case OPT_READ_MALFORMED:
    case OPT_READ_MORE:
    case OPT_READ_REPLY:
      return OPT_FAILURE_MALFORMED;
    }

  g_assert_not_reached ();
}

OptDialogueWants
opt_dialogue_receive (OptDialogue *self, const char *bytes, gsize n_bytes)
{
  g_return_val_if_fail (self != NULL, OPT_DIALOGUE_FAILED);

  opt_reply_reader_push (self->reader, bytes, n_bytes);
  if (n_bytes > 0)
    self->evidence->heard = TRUE;

  while (self->wants == OPT_DIALOGUE_LISTEN && !g_queue_is_empty (&self->expected))
    {
      OptCommand command = GPOINTER_TO_UINT (g_queue_peek_head (&self->expected));
      g_autofree char *tag = g_strchomp (g_strdup (self->tag));
      g_autoptr (OptReply) reply = NULL;
      OptRead read = opt_reply_reader_read (self->reader, command, tag, &reply);

      self->evidence->command = command;
      if (read == OPT_READ_MORE)
        break;
      if (read != OPT_READ_REPLY)
        {
          opt_dialogue_fail (self, failure_of (read));
          break;
        }

      g_queue_pop_head (&self->expected);
      handle_reply (self, command, reply);
    }

  /* Nobody reads while it waits for its turn to sign in or to look again, so nobody else would stop
   * it. */
  if ((self->wants == OPT_DIALOGUE_READY || self->wants == OPT_DIALOGUE_WAIT) &&
      opt_reply_reader_get_n_bytes (self->reader) > OPT_REPLY_LINE_MAX_BYTES)
    opt_dialogue_fail (self, OPT_FAILURE_TOO_LONG);

  return self->wants;
}

/* A server that hangs up may have said why, even where it was not asked anything. */
static OptReply *
read_last_words (OptDialogue *self)
{
  g_autoptr (OptReply) reply = NULL;

  if (self->wants == OPT_DIALOGUE_READY)
    opt_reply_reader_read (self->reader, self->evidence->command, NULL, &reply);
  if (reply != NULL && reply->status != OPT_REPLY_POSITIVE)
    return g_steal_pointer (&reply);

  return opt_reply_reader_read_farewell (self->reader);
}

OptDialogueWants
opt_dialogue_closed (OptDialogue *self)
{
  g_autoptr (OptReply) farewell = NULL;

  g_return_val_if_fail (self != NULL, OPT_DIALOGUE_FAILED);

  if (self->wants == OPT_DIALOGUE_WORKS)
    return self->wants;

  farewell = read_last_words (self);
  if (farewell != NULL)
    {
      note_reply (self, self->evidence->command, farewell);
      opt_dialogue_refuse (self, self->evidence->command, farewell);
    }
  else
    opt_dialogue_fail (self, OPT_FAILURE_CLOSED);

  return self->wants;
}

OptDialogueWants
opt_dialogue_secured (OptDialogue *self)
{
  gboolean upgraded;

  g_return_val_if_fail (self != NULL && !self->secure, OPT_DIALOGUE_FAILED);

  upgraded = self->wants == OPT_DIALOGUE_START_TLS;
  self->secure = TRUE;
  self->capabilities = 0;
  self->evidence->step = OPT_STEP_GREET;
  self->wants = OPT_DIALOGUE_LISTEN;
  if (upgraded)
    self->protocol->ask_capabilities (self);

  return self->wants;
}

static void
remember_scrubbed (OptDialogue *self)
{
  char *payload = opt_dialogue_create_plain (self);

  opt_scrub_fill_forms (self->scrubbed, self->secret, payload);
  opt_dialogue_free_hidden (payload);
}

OptDialogueWants
opt_dialogue_sign_in (OptDialogue *self, OptSecret *secret)
{
  g_return_val_if_fail (self != NULL && secret != NULL, OPT_DIALOGUE_FAILED);
  g_return_val_if_fail (self->secure && self->wants == OPT_DIALOGUE_READY, OPT_DIALOGUE_FAILED);

  self->secret = opt_secret_ref (secret);
  remember_scrubbed (self);
  self->evidence->step = OPT_STEP_SIGN_IN;
  self->wants = OPT_DIALOGUE_LISTEN;
  self->protocol->sign_in (self);

  /* The server may have said something while we waited, a farewell above all. */
  return opt_dialogue_receive (self, "", 0);
}

void
opt_dialogue_set_errand (OptDialogue *self, OptErrand *errand)
{
  g_return_if_fail (self != NULL && self->errand == NULL && errand != NULL);

  self->errand = opt_errand_ref (errand);
}

OptDialogueWants
opt_dialogue_go_on (OptDialogue *self)
{
  g_return_val_if_fail (self != NULL && self->wants == OPT_DIALOGUE_WAIT, OPT_DIALOGUE_FAILED);

  self->wants = OPT_DIALOGUE_LISTEN;
  self->errand->klass->go_on (self->errand, self);

  return self->wants;
}

GByteArray *
opt_dialogue_take_output (OptDialogue *self)
{
  GByteArray *output;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->output->len == 0)
    return NULL;

  output = self->output;
  self->output = g_byte_array_sized_new (OUTPUT_SIZE_BYTES);

  return output;
}

const char *
opt_dialogue_get_farewell (const OptDialogue *self)
{
  gboolean owed_a_reply;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->errand != NULL && self->errand->klass->leaves_without_a_word)
    return NULL;
  if (self->on_errand && self->wants != OPT_DIALOGUE_WORKS && self->wants != OPT_DIALOGUE_WAIT)
    return NULL;

  owed_a_reply = self->expected.length > 0;
  if (!self->secure || (owed_a_reply && !(self->capabilities & OPT_CAN_PIPELINE)))
    return NULL;

  return self->open_transaction && !self->on_errand ? self->protocol->abandon
                                                    : self->protocol->farewell;
}
