/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A healthy IMAP4rev1 server (RFC 3501, 9051), as far as a mail wizard goes: sign in, look at
 * INBOX, find a message and delete it, leave. */
#include "opt-practice-imap-mailbox.h"
#include "opt-practice-sign-in.h"

#include <string.h>

static const char *const sign_in_replies[OPT_PRACTICE_N_SIGN_INS] = {
  [OPT_PRACTICE_SIGN_IN_ACCEPTED] = "%t OK [CAPABILITY IMAP4rev1 LITERAL+ UIDPLUS] Signed in\r\n",
  /* Response codes: RFC 5530 §3. */
  [OPT_PRACTICE_SIGN_IN_REFUSED] = "%t NO [AUTHENTICATIONFAILED] Authentication failed\r\n",
  [OPT_PRACTICE_SIGN_IN_MALFORMED] = "%t BAD Malformed response\r\n",
  [OPT_PRACTICE_SIGN_IN_CANCELLED] = "%t BAD Authentication cancelled\r\n",
  [OPT_PRACTICE_SIGN_IN_UNKNOWN_MECHANISM] = "%t NO [CANNOT] Mechanism not supported\r\n",
  [OPT_PRACTICE_SIGN_IN_NEEDS_TLS] = "%t NO [PRIVACYREQUIRED] Use STARTTLS first\r\n",
  [OPT_PRACTICE_SIGN_IN_TWICE] = "%t BAD Already signed in\r\n",
};

static const char *
get_capabilities (const OptPracticeDialogue *self)
{
  /* RFC 9051 §6.2.3: no sign-in is offered before TLS. */
  if (!self->secure)
    return "IMAP4rev1 SASL-IR LITERAL+ STARTTLS LOGINDISABLED";

  return self->signed_in ? "IMAP4rev1 LITERAL+ UIDPLUS" : "IMAP4rev1 SASL-IR AUTH=PLAIN LITERAL+";
}

static void
greet (OptPracticeDialogue *self)
{
  g_string_append_printf (self->reply,
                          "* OK [CAPABILITY %s] practice server ready\r\n",
                          get_capabilities (self));
}

static void
run_capability (OptPracticeDialogue *self, const char *arguments)
{
  g_string_append_printf (self->reply,
                          "* CAPABILITY %s\r\n%%t OK Done\r\n",
                          get_capabilities (self));
}

static void
run_noop (OptPracticeDialogue *self, const char *arguments)
{
  g_string_append (self->reply, "%t OK Done\r\n");
}

static void
run_logout (OptPracticeDialogue *self, const char *arguments)
{
  g_string_append (self->reply, "* BYE Goodbye\r\n%t OK Done\r\n");
  self->then = OPT_PRACTICE_THEN_CLOSE;
}

static void
run_starttls (OptPracticeDialogue *self, const char *arguments)
{
  if (self->secure)
    {
      g_string_append (self->reply, "%t BAD Already using TLS\r\n");
      return;
    }

  g_string_append (self->reply, "%t OK Begin TLS now\r\n");
  self->then = OPT_PRACTICE_THEN_START_TLS;
}

/* A quoted string; @p stands on its first quote. */
static char *
take_quoted (const char **p)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for ((*p)++; **p != '"'; (*p)++)
    {
      if (**p == '\\')
        (*p)++;
      if (**p == '\0')
        return NULL;
      g_string_append_c (text, **p);
    }
  (*p)++;

  return g_strdup (text->str);
}

/* A literal, which is within the line by now; @p stands on its brace. */
static char *
take_literal (const char **p)
{
  const char *data = strstr (*p, "}\r\n");
  guint64 size_bytes = g_ascii_strtoull (*p + 1, NULL, 10);
  char *text;

  if (data == NULL || strlen (data + 3) < size_bytes)
    return NULL;

  text = g_strndup (data + 3, size_bytes);
  *p = data + 3 + size_bytes;

  return text;
}

/* RFC 9051 §9, astring: an atom, a quoted string or a literal; with the space before it. */
static char *
take_string (const char **p)
{
  const char *start;

  while (**p == ' ')
    (*p)++;

  if (**p == '"')
    return take_quoted (p);
  if (**p == '{')
    return take_literal (p);

  start = *p;
  *p += strcspn (*p, " (){\"");

  return *p > start ? g_strndup (start, *p - start) : NULL;
}

static void
run_login (OptPracticeDialogue *self, const char *arguments)
{
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;

  if (!opt_practice_sign_in_check_allowed (self))
    return;

  user = take_string (&arguments);
  if (user != NULL)
    password = take_string (&arguments);

  if (password == NULL || *arguments != '\0')
    opt_practice_sign_in_say (self, OPT_PRACTICE_SIGN_IN_MALFORMED);
  else
    opt_practice_sign_in_try (self, user, password);
}

/* Takes the name of a mailbox; says no unless there is such a one and there is somebody to read it.
 */
static OptPracticeOpened
take_mailbox (OptPracticeDialogue *self, const char **arguments)
{
  g_autofree char *name = take_string (arguments);

  if (!self->signed_in)
    g_string_append (self->reply, "%t BAD Sign in first\r\n");
  else if (name == NULL)
    g_string_append (self->reply, "%t BAD A mailbox is missing\r\n");
  else if (g_ascii_strcasecmp (name, "INBOX") == 0)
    return OPT_PRACTICE_OPENED_INBOX;
  else if (g_str_equal (name, "Spam"))
    return OPT_PRACTICE_OPENED_JUNK;
  else
    g_string_append (self->reply, "%t NO [NONEXISTENT] There is no such mailbox\r\n");

  return OPT_PRACTICE_OPENED_NOTHING;
}

static guint
count_messages (const OptPracticeDialogue *self, OptPracticeOpened mailbox)
{
  g_autoptr (GPtrArray) messages =
    opt_practice_store_dup_messages (self->mailbox.store, mailbox == OPT_PRACTICE_OPENED_JUNK);

  return messages->len + (mailbox == OPT_PRACTICE_OPENED_INBOX ? self->mailbox.n_messages : 0);
}

/* RFC 9051 §6.3.11; SIZE is there too. Appends one item, or knows it not. */
static gboolean
append_status (const OptPracticeDialogue *self, const char *item, GString *status)
{
  const struct
  {
    const char *name;
    guint64 value;
  } items[] = {
    { "MESSAGES", count_messages (self, OPT_PRACTICE_OPENED_INBOX) },
    { "RECENT", 0 },
    { "UNSEEN", 0 },
    { "UIDNEXT", self->mailbox.n_messages + 1 },
    { "UIDVALIDITY", 1 },
    { "SIZE", self->mailbox.n_bytes },
  };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    if (g_ascii_strcasecmp (items[i].name, item) == 0)
      {
        g_string_append_printf (status,
                                "%s%s %" G_GUINT64_FORMAT,
                                status->len > 0 ? " " : "",
                                items[i].name,
                                items[i].value);
        return TRUE;
      }

  return FALSE;
}

static void
run_status (OptPracticeDialogue *self, const char *arguments)
{
  g_autoptr (GString) status = g_string_new (NULL);
  g_autofree char *list = NULL;
  g_auto (GStrv) items = NULL;
  gsize length;

  if (take_mailbox (self, &arguments) != OPT_PRACTICE_OPENED_INBOX)
    return;

  length = strlen (arguments);
  if (length < 4 || !g_str_has_prefix (arguments, " (") || arguments[length - 1] != ')')
    {
      g_string_append (self->reply, "%t BAD The items are missing\r\n");
      return;
    }

  list = g_strndup (arguments + 2, length - 3);
  items = g_strsplit (list, " ", -1);
  for (guint i = 0; items[i] != NULL; i++)
    if (!append_status (self, items[i], status))
      {
        g_string_append (self->reply, "%t BAD Unknown item\r\n");
        return;
      }

  g_string_append_printf (self->reply, "* STATUS INBOX (%s)\r\n%%t OK Done\r\n", status->str);
}

static void
open_mailbox (OptPracticeDialogue *self, const char *arguments, gboolean read_only)
{
  self->opened = take_mailbox (self, &arguments);
  self->read_only = read_only;
  if (self->opened == OPT_PRACTICE_OPENED_NOTHING)
    return;

  g_string_append_printf (self->reply,
                          "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n"
                          "* %u EXISTS\r\n"
                          "* 0 RECENT\r\n"
                          "* OK [UIDVALIDITY 1] Unique for ever\r\n"
                          "%%t OK [%s] Done\r\n",
                          count_messages (self, self->opened),
                          read_only ? "READ-ONLY" : "READ-WRITE");
}

static void
run_select (OptPracticeDialogue *self, const char *arguments)
{
  open_mailbox (self, arguments, FALSE);
}

static void
run_examine (OptPracticeDialogue *self, const char *arguments)
{
  open_mailbox (self, arguments, TRUE);
}

static const OptPracticeCommand commands[] = {
  { "CAPABILITY", run_capability },
  { "NOOP", run_noop },
  { "LOGOUT", run_logout },
  { "STARTTLS", run_starttls },
  { "AUTHENTICATE", opt_practice_sign_in_authenticate },
  { "LOGIN", run_login },
  { "STATUS", run_status },
  { "SELECT", run_select },
  { "EXAMINE", run_examine },
  { "LIST", opt_practice_imap_run_list },
  { "UID", opt_practice_imap_run_uid },
  { "EXPUNGE", opt_practice_imap_run_expunge },
  { NULL, NULL },
};

const OptPracticeProtocol opt_practice_imap = {
  .commands = commands,
  .greet = greet,
  .unknown_command = "%t BAD Unknown command\r\n",
  .sign_in_replies = sign_in_replies,
  .challenge = "+ ",
  .sasl_verb = "AUTHENTICATE",
  .tagged = TRUE,
};
