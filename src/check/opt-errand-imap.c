/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks for a message by IMAP (RFC 9051) and deletes it, on one connection. EXAMINE and PEEK leave
 * every flag as it is; a mailbox is opened for writing only to delete what was found, and is
 * searched once more then, because the message may have been moved in between. */
#include "opt-errand-private.h"

#include <string.h>

#define INBOX "INBOX"

/* What the next reply is about. */
typedef enum
{
  STAGE_PREPARE, /* what the server can do, and which mailboxes there are */
  STAGE_LOOK,
  STAGE_OPEN,    /* for writing */
  STAGE_CONFIRM, /* it is still there, under the same number */
  STAGE_MARK,
  STAGE_ALONE, /* nothing else is marked, so that EXPUNGE takes nothing else */
  STAGE_EXPUNGE,
  STAGE_UNMARK,
} Stage;

typedef struct
{
  OptErrand parent;

  OptSought *sought;
  Stage stage;
  gboolean can_expunge_one; /* UIDPLUS, RFC 4315 */
  char *junk;               /* quoted name of the mailbox for junk, or NULL */
  gboolean in_junk;         /* that one is open, not INBOX */
  guint64 uid;
} ImapErrand;

/* What mailboxes for junk are called where SPECIAL-USE (RFC 6154) does not tell. */
static const char *const junk_names[] = { "Junk",        "Spam", "Junk E-mail", "Junk Email",
                                          "Junk E-Mail", "Bulk", "Bulk Mail",   "INBOX.Junk",
                                          "INBOX.Spam",  NULL };

static void
begin (OptErrand *errand, OptDialogue *dialogue)
{
  /* What a server can do may be more after the sign-in (RFC 9051 §6.2.2). */
  opt_dialogue_send (dialogue, OPT_COMMAND_CAPABILITIES, "CAPABILITY");
}

static void
learn_capabilities (ImapErrand *self, const OptReply *reply)
{
  for (guint i = 0; reply->lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = opt_dialogue_split_words (reply->lines[i]);

      for (guint j = 0; words[j] != NULL; j++)
        if (g_ascii_strcasecmp (words[j], "UIDPLUS") == 0 ||
            g_ascii_strcasecmp (words[j], "IMAP4rev2") == 0)
          self->can_expunge_one = TRUE;
    }
}

/* RFC 9051 §7.3.1: `* LIST (\HasNoChildren \Junk) "/" "Spam"`. A name that is a literal is left
 * alone, as one that is neither an atom nor quoted. */
static char *
take_name (const char *line)
{
  const char *end = line + strlen (line);
  const char *start;

  if (g_str_has_suffix (line, "\""))
    {
      for (start = end - 2; start > line && *start != '"'; start--)
        ;
      /* An escape within is too rare to be worth the risk. */
      return start > line && strchr (start, '\\') == NULL ? g_strdup (start) : NULL;
    }

  start = strrchr (line, ' ');

  return start != NULL && start[1] != '{' && start[1] != '\0' ? opt_dialogue_quote (start + 1)
                                                              : NULL;
}

static gboolean
is_called_junk (const char *quoted)
{
  g_autofree char *name = g_strndup (quoted + 1, strlen (quoted) - 2);

  for (guint i = 0; junk_names[i] != NULL; i++)
    if (g_ascii_strcasecmp (name, junk_names[i]) == 0)
      return TRUE;

  return FALSE;
}

static void
learn_mailboxes (ImapErrand *self, const OptReply *reply)
{
  g_autofree char *called_junk = NULL;

  for (guint i = 0; reply->lines[i] != NULL; i++)
    {
      const char *line = reply->lines[i];
      const char *end = strchr (line, ')');
      g_autofree char *flags = NULL;
      g_autofree char *name = NULL;

      if (g_ascii_strncasecmp (line, "* LIST (", strlen ("* LIST (")) != 0 || end == NULL)
        continue;
      name = take_name (end);
      if (name == NULL)
        continue;

      flags = g_ascii_strdown (line + strlen ("* LIST "), end - line - strlen ("* LIST "));
      if (strstr (flags, "\\junk") != NULL && self->junk == NULL)
        self->junk = g_steal_pointer (&name);
      else if (is_called_junk (name) && called_junk == NULL)
        called_junk = g_steal_pointer (&name);
    }

  if (self->junk == NULL)
    self->junk = g_steal_pointer (&called_junk);
}

static void
examine (ImapErrand *self, OptDialogue *dialogue, gboolean junk)
{
  self->in_junk = junk;
  opt_dialogue_send (dialogue, OPT_COMMAND_EXAMINE, "EXAMINE %s", junk ? self->junk : INBOX);
}

static void
search (ImapErrand *self, OptDialogue *dialogue)
{
  opt_dialogue_send (dialogue,
                     OPT_COMMAND_SEARCH,
                     "UID SEARCH HEADER Message-ID %s",
                     self->sought->message_id);
}

static void
go_on (OptErrand *errand, OptDialogue *dialogue)
{
  ImapErrand *self = (ImapErrand *) errand;

  self->stage = STAGE_LOOK;
  examine (self, dialogue, FALSE);
}

static void
look_further (ImapErrand *self, OptDialogue *dialogue)
{
  if (self->junk != NULL && !self->in_junk)
    examine (self, dialogue, TRUE);
  else
    opt_dialogue_wait (dialogue);
}

/* The numbers of `* SEARCH 2 84` (RFC 3501 §7.2.5); of several the first, and how many there are.
 */
static guint64
find_uid (const OptReply *reply, guint *n)
{
  guint64 first = 0;

  *n = 0;
  for (guint i = 0; reply->lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = opt_dialogue_split_words (reply->lines[i]);

      if (g_strv_length (words) < 3 || g_ascii_strcasecmp (words[1], "SEARCH") != 0)
        continue;
      for (guint j = 2; words[j] != NULL; j++)
        {
          guint64 uid;

          if (!g_ascii_string_to_unsigned (words[j], 10, 1, G_MAXUINT32, &uid, NULL))
            continue;
          first = first == 0 ? uid : first;
          (*n)++;
        }
    }

  return first;
}

/* What lies between `{n}` and the closing bracket; the reader has counted the bytes. */
static char *
create_header (const OptReply *reply)
{
  for (guint i = 0; reply->lines[i] != NULL; i++)
    {
      const char *start = strstr (reply->lines[i], "}\r\n");
      const char *end = strrchr (reply->lines[i], ')');

      if (start != NULL && end != NULL && end > start)
        return g_strndup (start + 3, end - start - 3);
    }

  return g_strdup ("");
}

/* With @uid it is that one alone (RFC 4315). */
static void
expunge (ImapErrand *self, OptDialogue *dialogue, guint64 uid)
{
  self->stage = STAGE_EXPUNGE;
  self->sought->removal = OPT_REMOVAL_AT_RISK;
  if (uid == 0)
    opt_dialogue_send (dialogue, OPT_COMMAND_EXPUNGE, "EXPUNGE");
  else
    opt_dialogue_send (dialogue, OPT_COMMAND_EXPUNGE, "UID EXPUNGE %" G_GUINT64_FORMAT, uid);
}

static void
searched (ImapErrand *self, OptDialogue *dialogue, const OptReply *reply)
{
  guint n;
  guint64 uid = find_uid (reply, &n);

  if (self->stage == STAGE_LOOK && uid == 0)
    look_further (self, dialogue);
  else if (self->stage == STAGE_LOOK)
    {
      self->uid = uid;
      opt_dialogue_send (dialogue,
                         OPT_COMMAND_FETCH,
                         "UID FETCH %" G_GUINT64_FORMAT " (BODY.PEEK[HEADER]<0.%u>)",
                         uid,
                         OPT_REPLY_LITERAL_MAX_BYTES);
    }
  else if (self->stage == STAGE_CONFIRM && uid == self->uid)
    {
      self->stage = STAGE_MARK;
      opt_dialogue_send (dialogue,
                         OPT_COMMAND_STORE,
                         "UID STORE %" G_GUINT64_FORMAT " +FLAGS.SILENT (\\Deleted)",
                         uid);
    }
  else if (self->stage == STAGE_ALONE && n == 1 && uid == self->uid)
    expunge (self, dialogue, 0);
  else if (self->stage == STAGE_ALONE)
    {
      self->stage = STAGE_UNMARK;
      opt_dialogue_send (dialogue,
                         OPT_COMMAND_STORE,
                         "UID STORE %" G_GUINT64_FORMAT " -FLAGS.SILENT (\\Deleted)",
                         self->uid);
    }
  else
    opt_dialogue_finish (dialogue);
}

static void
fetched (ImapErrand *self, OptDialogue *dialogue, const OptReply *reply)
{
  if (!opt_sought_try_header (self->sought, create_header (reply)))
    {
      look_further (self, dialogue);
      return;
    }

  self->sought->in_junk = self->in_junk;
  self->stage = STAGE_OPEN;
  opt_dialogue_send (dialogue, OPT_COMMAND_SELECT, "SELECT %s", self->in_junk ? self->junk : INBOX);
}

static void
marked (ImapErrand *self, OptDialogue *dialogue)
{
  if (self->stage == STAGE_UNMARK)
    opt_dialogue_finish (dialogue);
  else if (self->can_expunge_one)
    expunge (self, dialogue, self->uid);
  else
    {
      self->stage = STAGE_ALONE;
      opt_dialogue_send (dialogue, OPT_COMMAND_SEARCH, "UID SEARCH DELETED");
    }
}

static void
examined (ImapErrand *self, OptDialogue *dialogue)
{
  if (self->stage == STAGE_PREPARE)
    opt_dialogue_wait (dialogue);
  else
    search (self, dialogue);
}

/* Junk is a place to look, too, but nobody's mail fails for want of it. */
static gboolean
can_do_without (const ImapErrand *self, OptCommand command)
{
  return command == OPT_COMMAND_LIST || (self->stage == STAGE_LOOK && self->in_junk);
}

static void
refused (ImapErrand *self, OptDialogue *dialogue, OptCommand command, const OptReply *reply)
{
  self->sought->removal = OPT_REMOVAL_NOTHING;
  if (!can_do_without (self, command))
    opt_dialogue_refuse (dialogue, command, reply);
  else if (command == OPT_COMMAND_LIST)
    examine (self, dialogue, FALSE);
  else
    {
      g_clear_pointer (&self->junk, g_free);
      opt_dialogue_wait (dialogue);
    }
}

static void
replied (OptErrand *errand, OptDialogue *dialogue, OptCommand command, const OptReply *reply)
{
  ImapErrand *self = (ImapErrand *) errand;

  if (reply->status != OPT_REPLY_POSITIVE)
    refused (self, dialogue, command, reply);
  else if (command == OPT_COMMAND_CAPABILITIES)
    {
      learn_capabilities (self, reply);
      opt_dialogue_send (dialogue, OPT_COMMAND_LIST, "LIST \"\" \"*\"");
    }
  else if (command == OPT_COMMAND_LIST)
    {
      learn_mailboxes (self, reply);
      examine (self, dialogue, FALSE);
    }
  else if (command == OPT_COMMAND_EXAMINE)
    examined (self, dialogue);
  else if (command == OPT_COMMAND_SEARCH)
    searched (self, dialogue, reply);
  else if (command == OPT_COMMAND_FETCH)
    fetched (self, dialogue, reply);
  else if (command == OPT_COMMAND_SELECT)
    {
      self->stage = STAGE_CONFIRM;
      search (self, dialogue);
    }
  else if (command == OPT_COMMAND_STORE)
    marked (self, dialogue);
  else
    {
      self->sought->removal = OPT_REMOVAL_DONE;
      opt_dialogue_finish (dialogue);
    }
}

static void
clear (OptErrand *errand)
{
  ImapErrand *self = (ImapErrand *) errand;

  opt_sought_unref (self->sought);
  g_free (self->junk);
}

static const OptErrandClass imap_class = {
  .begin = begin,
  .replied = replied,
  .go_on = go_on,
  .clear = clear,
};

OptErrand *
opt_errand_imap_new (OptSought *sought)
{
  ImapErrand *self;

  g_return_val_if_fail (sought != NULL, NULL);

  self = g_rc_box_new0 (ImapErrand);
  self->parent.klass = &imap_class;
  self->sought = opt_sought_ref (sought);

  return &self->parent;
}
