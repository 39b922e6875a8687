/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What may be done in a mailbox that is open (RFC 9051 §6.4), by unique ids, as far as somebody
 * needs it who looks for one message and deletes it. The messages that are only counted have the
 * first unique ids; nothing is ever found among them. */
#include "opt-practice-imap-mailbox.h"

#include <string.h>

static guint
get_n_counted (const OptPracticeDialogue *self)
{
  return self->opened == OPT_PRACTICE_OPENED_INBOX ? self->mailbox.n_messages : 0;
}

static GPtrArray *
dup_messages (const OptPracticeDialogue *self)
{
  return opt_practice_store_dup_messages (self->mailbox.store,
                                          self->opened == OPT_PRACTICE_OPENED_JUNK);
}

/* The message whose unique id begins @text, or NULL. */
static OptPracticeMessage *
find_message (const OptPracticeDialogue *self, GPtrArray *messages, const char *text)
{
  guint64 uid = g_ascii_strtoull (text, NULL, 10);

  for (guint i = 0; i < messages->len; i++)
    if (((OptPracticeMessage *) messages->pdata[i])->uid + get_n_counted (self) == uid)
      return messages->pdata[i];

  return NULL;
}

static gboolean
is_open (OptPracticeDialogue *self)
{
  if (self->opened == OPT_PRACTICE_OPENED_NOTHING)
    g_string_append (self->reply, "%t BAD No mailbox is open\r\n");

  return self->opened != OPT_PRACTICE_OPENED_NOTHING;
}

static gboolean
is_writable (OptPracticeDialogue *self)
{
  if (!is_open (self))
    return FALSE;

  if (self->read_only)
    g_string_append (self->reply, "%t NO The mailbox is open for reading only\r\n");

  return !self->read_only;
}

/* HEADER Message-ID <id>, and DELETED. */
static gboolean
fits (const OptPracticeMessage *message, const char *criteria)
{
  const char *key = "HEADER Message-ID ";
  const char *end = strstr (message->text, "\r\n\r\n");
  g_autofree char *header = g_strndup (message->text, end != NULL ? end - message->text : 0);
  g_autofree char *value = NULL;

  if (g_ascii_strcasecmp (criteria, "DELETED") == 0)
    return message->deleted;
  if (g_ascii_strncasecmp (criteria, key, strlen (key)) != 0)
    return FALSE;

  value = g_strdup (criteria + strlen (key));
  g_strdelimit (value, "\"", ' ');

  return strstr (header, g_strstrip (value)) != NULL;
}

static void
run_search (OptPracticeDialogue *self, const char *criteria)
{
  g_autoptr (GPtrArray) messages = NULL;

  if (!is_open (self))
    return;

  messages = dup_messages (self);
  g_string_append (self->reply, "* SEARCH");
  for (guint i = 0; i < messages->len; i++)
    {
      const OptPracticeMessage *message = messages->pdata[i];

      if (fits (message, criteria))
        g_string_append_printf (self->reply, " %u", message->uid + get_n_counted (self));
    }
  g_string_append (self->reply, "\r\n%t OK Done\r\n");
}

/* Only the header, in one literal, whatever was asked for. */
static void
run_fetch (OptPracticeDialogue *self, const char *arguments)
{
  g_autoptr (GPtrArray) messages = NULL;
  const OptPracticeMessage *message;

  if (!is_open (self))
    return;

  messages = dup_messages (self);
  message = find_message (self, messages, arguments);
  if (message != NULL)
    {
      const char *end = strstr (message->text, "\r\n\r\n");
      int length = end != NULL ? (int) (end - message->text) + 4 : 0;
      guint uid = message->uid + get_n_counted (self);

      g_string_append_printf (self->reply,
                              "* %u FETCH (UID %u BODY[HEADER]<0> {%d}\r\n%.*s)\r\n",
                              uid,
                              uid,
                              length,
                              length,
                              message->text);
    }
  g_string_append (self->reply, "%t OK Done\r\n");
}

static void
run_store (OptPracticeDialogue *self, const char *arguments)
{
  g_autoptr (GPtrArray) messages = NULL;
  const OptPracticeMessage *message;

  if (!is_writable (self))
    return;

  messages = dup_messages (self);
  message = find_message (self, messages, arguments);
  if (message != NULL && strstr (arguments, "\\Deleted") != NULL)
    opt_practice_store_mark (self->mailbox.store, message->uid, strstr (arguments, " +") != NULL);
  g_string_append (self->reply, "%t OK Done\r\n");
}

static void
expunge (OptPracticeDialogue *self, const char *only)
{
  g_autoptr (GPtrArray) messages = dup_messages (self);
  const OptPracticeMessage *one = only != NULL ? find_message (self, messages, only) : NULL;

  for (guint i = 0; i < messages->len; i++)
    {
      const OptPracticeMessage *message = messages->pdata[i];

      if (message->deleted && (only == NULL || message == one))
        opt_practice_store_remove (self->mailbox.store, message->uid);
    }
  g_string_append (self->reply, "%t OK Done\r\n");
}

void
opt_practice_imap_run_expunge (OptPracticeDialogue *self, const char *arguments)
{
  if (is_writable (self))
    expunge (self, NULL);
}

void
opt_practice_imap_run_uid (OptPracticeDialogue *self, const char *arguments)
{
  const char *rest = strchr (arguments, ' ');

  if (rest == NULL)
    g_string_append (self->reply, "%t BAD Something is missing\r\n");
  else if (g_ascii_strncasecmp (arguments, "SEARCH ", 7) == 0)
    run_search (self, rest + 1);
  else if (g_ascii_strncasecmp (arguments, "FETCH ", 6) == 0)
    run_fetch (self, rest + 1);
  else if (g_ascii_strncasecmp (arguments, "STORE ", 6) == 0)
    run_store (self, rest + 1);
  else if (g_ascii_strncasecmp (arguments, "EXPUNGE ", 8) == 0)
    {
      if (is_writable (self))
        expunge (self, rest + 1);
    }
  else
    g_string_append (self->reply, "%t BAD Unknown command\r\n");
}

void
opt_practice_imap_run_list (OptPracticeDialogue *self, const char *arguments)
{
  if (!self->signed_in)
    g_string_append (self->reply, "%t BAD Sign in first\r\n");
  else
    g_string_append (self->reply,
                     "* LIST (\\HasNoChildren) \"/\" INBOX\r\n"
                     "* LIST (\\HasNoChildren \\Junk) \"/\" \"Spam\"\r\n"
                     "%t OK Done\r\n");
}
