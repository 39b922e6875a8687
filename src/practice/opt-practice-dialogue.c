/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the three protocols have in common: a line becomes a verb with arguments, a script may
 * speak instead of the protocol. No input or output here: that is the connection's. */
#include "opt-practice-dialogue.h"

#include "opt-practice-sign-in.h"

#include <string.h>

/* A literal only ever holds a name or a password here. */
#define MAX_LITERAL_BYTES 65536

static const OptPracticeProtocol *const protocols[OPT_N_SERVICES] = {
  [OPT_SERVICE_IMAP] = &opt_practice_imap,
  [OPT_SERVICE_POP3] = &opt_practice_pop3,
  [OPT_SERVICE_SMTP] = &opt_practice_smtp,
};

static void
set_occasion (OptPracticeDialogue *self,
              OptPracticeOccasion occasion,
              const char *verb,
              const char *arguments)
{
  self->occasion = occasion;
  self->carries_password = FALSE;
  g_free (self->verb);
  self->verb = g_ascii_strup (verb, -1);
  g_free (self->arguments);
  self->arguments = g_strdup (arguments);
}

/* Cuts the first word off and returns what follows it. */
static char *
cut_word (char *text)
{
  char *space = strchr (text, ' ');

  if (space == NULL)
    return text + strlen (text);

  *space = '\0';

  return space + 1;
}

static gboolean
command_carries_password (const OptPracticeDialogue *self)
{
  if (g_str_equal (self->verb, self->protocol->sasl_verb))
    return g_ascii_strncasecmp (self->arguments, "PLAIN ", 6) == 0;

  return g_str_equal (self->verb, "LOGIN") || g_str_equal (self->verb, "PASS");
}

static void
hear_command (OptPracticeDialogue *self)
{
  g_autofree char *line = g_strdup (self->line->str);
  char *verb = line;
  char *arguments;

  if (self->protocol->tagged)
    {
      verb = cut_word (line);
      g_free (self->tag);
      self->tag = g_strdup (*line != '\0' ? line : "*");
    }

  arguments = cut_word (verb);
  set_occasion (self, OPT_PRACTICE_OCCASION_COMMAND, verb, arguments);
  self->carries_password = command_carries_password (self);
}

static void
hear_response (OptPracticeDialogue *self)
{
  set_occasion (self, OPT_PRACTICE_OCCASION_RESPONSE, "RESPONSE", self->line->str);

  /* LOGIN asks for the name first. */
  self->carries_password = g_strcmp0 (self->mechanism, "LOGIN") != 0 || self->user != NULL;
  if (g_str_equal (self->arguments, "*"))
    self->carries_password = FALSE;
}

/* RFC 9051 §4.3: {5} waits for the server's leave; {5+}, of RFC 7888, does not. */
static gboolean
announces_literal (const GString *line, gsize *size_bytes, gboolean *waits)
{
  const char *brace = strrchr (line->str, '{');
  char *end = NULL;
  guint64 size;

  if (brace == NULL || !g_ascii_isdigit (brace[1]))
    return FALSE;

  size = g_ascii_strtoull (brace + 1, &end, 10);
  *waits = *end != '+';
  if (!*waits)
    end++;
  *size_bytes = size;

  return g_str_equal (end, "}") && size <= MAX_LITERAL_BYTES;
}

static gboolean
hear_message_line (OptPracticeDialogue *self)
{
  gboolean ends = g_str_equal (self->line->str, ".");

  /* RFC 5321 §4.5.2: a dot before a dot is no part of the message. */
  if (!ends)
    g_string_append_printf (self->message,
                            "%s\r\n",
                            self->line->str + (self->line->str[0] == '.' ? 1 : 0));
  g_string_truncate (self->line, 0);
  self->wants_message = !ends;
  if (ends)
    set_occasion (self, OPT_PRACTICE_OCCASION_MESSAGE, "MESSAGE", "");

  return ends;
}

/* Returns whether there is something to answer. */
static gboolean
hear_line (OptPracticeDialogue *self)
{
  gsize literal_bytes;
  gboolean waits;

  if (self->wants_message)
    return hear_message_line (self);

  if (self->wants_response)
    hear_response (self);
  else if (self->protocol->tagged && announces_literal (self->line, &literal_bytes, &waits))
    {
      g_string_append (self->line, "\r\n");
      self->literal_bytes = literal_bytes;
      set_occasion (self, OPT_PRACTICE_OCCASION_LITERAL, "LITERAL", "");
      return waits;
    }
  else
    hear_command (self);

  g_string_truncate (self->line, 0);

  return TRUE;
}

static gboolean
says_yes (const GString *reply)
{
  return reply->str[0] == '+' || reply->str[0] == '2' || reply->str[0] == '3' ||
         strstr (reply->str, "%t OK") != NULL;
}

static gboolean
is_challenge (const GString *reply)
{
  return g_str_has_prefix (reply->str, "334") || g_str_has_prefix (reply->str, "+ ");
}

static gboolean
is_sasl (const OptPracticeDialogue *self)
{
  return self->occasion == OPT_PRACTICE_OCCASION_RESPONSE ||
         (self->occasion == OPT_PRACTICE_OCCASION_COMMAND &&
          g_str_equal (self->verb, self->protocol->sasl_verb));
}

static void
run_command (OptPracticeDialogue *self)
{
  for (const OptPracticeCommand *command = self->protocol->commands; command->verb != NULL;
       command++)
    if (g_str_equal (command->verb, self->verb))
      {
        command->run (self, self->arguments);
        return;
      }

  g_string_append (self->reply, self->protocol->unknown_command);
}

static void
run_usual (OptPracticeDialogue *self)
{
  switch (self->occasion)
    {
    case OPT_PRACTICE_OCCASION_GREETING:
      self->protocol->greet (self);
      break;
    case OPT_PRACTICE_OCCASION_TLS:
      self->then = OPT_PRACTICE_THEN_START_TLS;
      break;
    case OPT_PRACTICE_OCCASION_COMMAND:
      run_command (self);
      break;
    case OPT_PRACTICE_OCCASION_RESPONSE:
      opt_practice_sign_in_respond (self, self->arguments);
      break;
    case OPT_PRACTICE_OCCASION_MESSAGE:
      opt_practice_record_count (self->record, OPT_PRACTICE_COUNT_MESSAGES);
      opt_practice_store_add (self->mailbox.store, self->message->str);
      g_string_append (self->reply, "250 2.0.0 Message accepted\r\n");
      break;
    case OPT_PRACTICE_OCCASION_LITERAL:
      g_string_append (self->reply, "+ Go ahead\r\n");
      break;
    }
}

/* The effects of a reply that the protocol did not choose; see OptPracticeRule. */
static void
follow_script (OptPracticeDialogue *self, const GString *reply)
{
  if (is_sasl (self) && is_challenge (reply))
    {
      if (self->occasion == OPT_PRACTICE_OCCASION_COMMAND)
        {
          g_clear_pointer (&self->user, g_free);
          self->mechanism = "PLAIN";
        }
      self->wants_response = TRUE;
    }
  else if (says_yes (reply))
    {
      self->scripted_yes = TRUE;
      run_usual (self);
      self->scripted_yes = FALSE;
    }
  else
    {
      self->wants_response = FALSE;
      if (self->carries_password)
        opt_practice_record_count (self->record, OPT_PRACTICE_COUNT_SIGN_INS_REFUSED);
    }

  g_string_truncate (self->reply, 0);
  g_string_append_len (self->reply, reply->str, reply->len);
}

static void
put_tags (OptPracticeDialogue *self)
{
  g_string_replace (self->reply, "%t", self->tag != NULL ? self->tag : "*", 0);
}

OptPracticeDialogue *
opt_practice_dialogue_new (OptService service,
                           const OptPracticeMailbox *mailbox,
                           OptPracticeRecord *record)
{
  OptPracticeDialogue *self;

  g_return_val_if_fail (service < OPT_N_SERVICES && mailbox != NULL && record != NULL, NULL);

  self = g_new0 (OptPracticeDialogue, 1);
  self->protocol = protocols[service];
  self->mailbox = *mailbox;
  self->mailbox.user = g_strdup (mailbox->user);
  self->mailbox.password = g_strdup (mailbox->password);
  self->mailbox.store = opt_practice_store_ref (mailbox->store);
  self->record = opt_practice_record_ref (record);
  self->message = g_string_new (NULL);
  self->line = g_string_new (NULL);
  self->reply = g_string_new (NULL);

  return self;
}

void
opt_practice_dialogue_free (OptPracticeDialogue *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->mailbox.user);
  g_free (self->mailbox.password);
  opt_practice_store_unref (self->mailbox.store);
  opt_practice_record_unref (self->record);
  g_string_free (self->message, TRUE);
  g_clear_pointer (&self->maildrop, g_ptr_array_unref);
  g_free (self->tag);
  g_free (self->verb);
  g_free (self->arguments);
  g_string_free (self->line, TRUE);
  g_free (self->user);
  g_string_free (self->reply, TRUE);
  g_free (self);
}

void
opt_practice_dialogue_begin (OptPracticeDialogue *self, OptPracticeOccasion occasion)
{
  g_return_if_fail (self != NULL);

  set_occasion (self, occasion, occasion == OPT_PRACTICE_OCCASION_TLS ? "TLS" : "GREETING", "");
}

void
opt_practice_dialogue_secured (OptPracticeDialogue *self)
{
  g_return_if_fail (self != NULL);

  /* RFC 3207 §4.2, RFC 2595 §4, RFC 9051 §6.2.1: nothing learnt before TLS counts after it. */
  self->secure = TRUE;
  self->signed_in = FALSE;
  self->wants_response = FALSE;
  self->wants_message = FALSE;
  self->literal_bytes = 0;
  g_string_truncate (self->line, 0);
  g_clear_pointer (&self->user, g_free);
  self->greeted = FALSE;
  self->has_sender = FALSE;
  self->n_recipients = 0;
}

gboolean
opt_practice_dialogue_take (OptPracticeDialogue *self, GByteArray *received, gboolean *answers)
{
  const char *data;
  const char *end = NULL;
  gsize line_bytes;

  g_return_val_if_fail (self != NULL && received != NULL && answers != NULL, FALSE);

  data = (const char *) received->data;
  *answers = FALSE;

  if (self->literal_bytes > 0)
    {
      if (received->len < self->literal_bytes)
        return FALSE;
      g_string_append_len (self->line, data, self->literal_bytes);
      g_byte_array_remove_range (received, 0, self->literal_bytes);
      self->literal_bytes = 0;
      return TRUE;
    }

  if (received->len > 0)
    end = memchr (data, '\n', received->len);
  if (end == NULL)
    return FALSE;

  /* A bare LF will do, so that a person with netcat can try it. */
  line_bytes = end - data;
  if (line_bytes > 0 && data[line_bytes - 1] == '\r')
    line_bytes--;
  g_string_append_len (self->line, data, line_bytes);
  g_byte_array_remove_range (received, 0, end + 1 - data);
  *answers = hear_line (self);

  return TRUE;
}

void
opt_practice_dialogue_get_names (const OptPracticeDialogue *self, const char *names[3])
{
  g_return_if_fail (self != NULL && self->verb != NULL);

  names[0] = self->verb;
  names[1] = self->carries_password ? "SIGN-IN" : NULL;
  names[2] = NULL;

  /* A client that makes up such verbs is not taken for the occasion. */
  if (self->occasion == OPT_PRACTICE_OCCASION_COMMAND &&
      (g_str_equal (names[0], "GREETING") || g_str_equal (names[0], "TLS")))
    names[0] = "";
}

void
opt_practice_dialogue_answer (OptPracticeDialogue *self, const OptPracticeStep *step)
{
  g_return_if_fail (self != NULL);

  g_string_truncate (self->reply, 0);
  self->then = OPT_PRACTICE_THEN_GO_ON;

  if (step == NULL)
    run_usual (self);
  else if (step->reply != NULL)
    {
      follow_script (self, step->reply);
      self->then = step->then;
    }
  else if (step->then == OPT_PRACTICE_THEN_GO_ON)
    run_usual (self);
  else
    {
      if (step->then == OPT_PRACTICE_THEN_START_TLS || step->then == OPT_PRACTICE_THEN_FLOOD)
        run_usual (self);
      self->then = step->then;
    }

  put_tags (self);
}
