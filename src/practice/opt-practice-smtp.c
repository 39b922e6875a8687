/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A healthy submission server (RFC 6409): nobody sends before the sign-in, nobody signs in before
 * TLS. Messages go into the store of the account, whoever they are for. */
#include "opt-practice-sign-in.h"

#include <string.h>

static const char *const sign_in_replies[OPT_PRACTICE_N_SIGN_INS] = {
  /* RFC 4954 §6 and §4. */
  [OPT_PRACTICE_SIGN_IN_ACCEPTED] = "235 2.7.0 Authentication successful\r\n",
  [OPT_PRACTICE_SIGN_IN_REFUSED] = "535 5.7.8 Authentication failed\r\n",
  [OPT_PRACTICE_SIGN_IN_MALFORMED] = "501 5.5.2 Malformed response\r\n",
  [OPT_PRACTICE_SIGN_IN_CANCELLED] = "501 5.7.0 Authentication cancelled\r\n",
  [OPT_PRACTICE_SIGN_IN_UNKNOWN_MECHANISM] = "504 5.5.4 Mechanism not supported\r\n",
  [OPT_PRACTICE_SIGN_IN_NEEDS_TLS] = "538 5.7.11 Encryption required\r\n",
  [OPT_PRACTICE_SIGN_IN_TWICE] = "503 5.5.1 Already signed in\r\n",
};

static void
greet (OptPracticeDialogue *self)
{
  g_string_append (self->reply, "220 practice.example.com ESMTP ready\r\n");
}

static void
forget_message (OptPracticeDialogue *self)
{
  self->has_sender = FALSE;
  self->n_recipients = 0;
}

static gboolean
has_name (OptPracticeDialogue *self, const char *name)
{
  if (*name == '\0')
    g_string_append (self->reply, "501 5.5.4 A name is missing\r\n");

  return *name != '\0';
}

static void
run_ehlo (OptPracticeDialogue *self, const char *arguments)
{
  if (!has_name (self, arguments))
    return;

  /* RFC 5321 §4.1.4: a second EHLO has the effect of RSET. */
  forget_message (self);
  self->greeted = TRUE;
  g_string_append (self->reply,
                   "250-practice.example.com\r\n"
                   "250-PIPELINING\r\n"
                   "250-SIZE 104857600\r\n"
                   "250-8BITMIME\r\n"
                   "250-DSN\r\n");
  g_string_append (self->reply, self->secure ? "250-AUTH LOGIN PLAIN\r\n" : "250-STARTTLS\r\n");
  g_string_append (self->reply, "250 ENHANCEDSTATUSCODES\r\n");
}

static void
run_helo (OptPracticeDialogue *self, const char *arguments)
{
  if (!has_name (self, arguments))
    return;

  forget_message (self);
  self->greeted = TRUE;
  g_string_append (self->reply, "250 practice.example.com\r\n");
}

static void
run_starttls (OptPracticeDialogue *self, const char *arguments)
{
  if (self->secure)
    g_string_append (self->reply, "503 5.5.1 Already using TLS\r\n");
  else if (*arguments != '\0')
    g_string_append (self->reply, "501 5.5.4 STARTTLS takes no parameters\r\n");
  else
    {
      g_string_append (self->reply, "220 2.0.0 Begin TLS now\r\n");
      self->then = OPT_PRACTICE_THEN_START_TLS;
    }
}

static void
run_auth (OptPracticeDialogue *self, const char *arguments)
{
  if (!self->greeted)
    g_string_append (self->reply, "503 5.5.1 EHLO comes first\r\n");
  else
    opt_practice_sign_in_authenticate (self, arguments);
}

/* RFC 4954 §6: 530 when there has to be TLS, or a sign-in, first. */
static gboolean
may_send (OptPracticeDialogue *self)
{
  if (!self->secure)
    g_string_append (self->reply, "530 5.7.0 Use STARTTLS first\r\n");
  else if (!self->signed_in)
    g_string_append (self->reply, "530 5.7.0 Authentication required\r\n");

  return self->secure && self->signed_in;
}

/* PREFIX<address>, perhaps with parameters; PREFIX is FROM: or TO:. */
static gboolean
is_path (OptPracticeDialogue *self, const char *arguments, const char *prefix)
{
  gsize length = strlen (prefix);
  gboolean valid = g_ascii_strncasecmp (arguments, prefix, length) == 0 &&
                   arguments[length] == '<' && strchr (arguments, '>') != NULL;

  if (!valid)
    g_string_append (self->reply, "501 5.5.4 An address is missing\r\n");

  return valid;
}

static void
run_mail (OptPracticeDialogue *self, const char *arguments)
{
  if (!may_send (self) || !is_path (self, arguments, "FROM:"))
    return;

  if (self->has_sender)
    {
      g_string_append (self->reply, "503 5.5.1 There is a sender already\r\n");
      return;
    }

  self->has_sender = TRUE;
  g_string_append (self->reply, "250 2.1.0 Sender ok\r\n");
}

static void
run_rcpt (OptPracticeDialogue *self, const char *arguments)
{
  if (!may_send (self) || !is_path (self, arguments, "TO:"))
    return;

  if (!self->has_sender)
    {
      g_string_append (self->reply, "503 5.5.1 MAIL comes first\r\n");
      return;
    }

  self->n_recipients++;
  g_string_append (self->reply, "250 2.1.5 Recipient ok\r\n");
}

static void
run_data (OptPracticeDialogue *self, const char *arguments)
{
  if (!may_send (self))
    return;

  if (self->n_recipients == 0)
    {
      g_string_append (self->reply, "503 5.5.1 RCPT comes first\r\n");
      return;
    }

  forget_message (self);
  g_string_truncate (self->message, 0);
  self->wants_message = TRUE;
  g_string_append (self->reply, "354 End with a dot\r\n");
}

static void
run_rset (OptPracticeDialogue *self, const char *arguments)
{
  forget_message (self);
  g_string_append (self->reply, "250 2.0.0 Forgotten\r\n");
}

static void
run_noop (OptPracticeDialogue *self, const char *arguments)
{
  g_string_append (self->reply, "250 2.0.0 Ok\r\n");
}

static void
run_quit (OptPracticeDialogue *self, const char *arguments)
{
  g_string_append (self->reply, "221 2.0.0 Goodbye\r\n");
  self->then = OPT_PRACTICE_THEN_CLOSE;
}

static const OptPracticeCommand commands[] = {
  { "EHLO", run_ehlo }, { "HELO", run_helo }, { "STARTTLS", run_starttls },
  { "AUTH", run_auth }, { "MAIL", run_mail }, { "RCPT", run_rcpt },
  { "DATA", run_data }, { "RSET", run_rset }, { "NOOP", run_noop },
  { "QUIT", run_quit }, { NULL, NULL },
};

const OptPracticeProtocol opt_practice_smtp = {
  .commands = commands,
  .greet = greet,
  .unknown_command = "500 5.5.1 Unknown command\r\n",
  .sign_in_replies = sign_in_replies,
  .challenge = "334 ",
  .sasl_verb = "AUTH",
  .offers_login = TRUE,
};
