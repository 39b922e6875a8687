/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One look into a POP3 mailbox (RFC 1939). UIDL tells what is new, TOP reads a header without
 * fetching the message, DELE and QUIT delete the one that was found. Anything that goes wrong
 * leaves everything as it was, because nothing is deleted before QUIT. */
#include "opt-errand-private.h"

#include <string.h>

/* The newest of a mailbox that nobody has looked into before the message was sent. */
#define MAX_CANDIDATES 200

typedef struct
{
  char *unique_id; /* NULL where the server has none */
  guint64 number;
} Candidate;

typedef struct
{
  OptErrand parent;

  OptSought *sought;
  gboolean look;
  GArray *candidates; /* of Candidate, the newest last */
} Pop3Errand;

static void
clear_candidate (gpointer data)
{
  g_free (((Candidate *) data)->unique_id);
}

static void
begin (OptErrand *errand, OptDialogue *dialogue)
{
  opt_dialogue_send (dialogue, OPT_COMMAND_UIDL, "UIDL");
}

static void
add_candidate (Pop3Errand *self, guint64 number, const char *unique_id)
{
  Candidate candidate = { g_strdup (unique_id), number };

  g_array_append_val (self->candidates, candidate);
  if (self->candidates->len > MAX_CANDIDATES)
    g_array_remove_index (self->candidates, 0);
}

/* RFC 1939 §7: the number of a message, a space, its unique id. */
static void
learn_listed (Pop3Errand *self, const char *line)
{
  g_auto (GStrv) words = opt_dialogue_split_words (line);
  guint64 number;

  if (g_strv_length (words) < 2 ||
      !g_ascii_string_to_unsigned (words[0], 10, 1, G_MAXINT64, &number, NULL))
    return;

  if (!self->look)
    g_hash_table_add (self->sought->known, g_strdup (words[1]));
  else if (!g_hash_table_contains (self->sought->known, words[1]))
    add_candidate (self, number, words[1]);
}

/* Without UIDL, what has a higher number than there were messages is new. */
static void
count_on (Pop3Errand *self, OptDialogue *dialogue)
{
  gint64 n_messages = dialogue->evidence->n_messages;

  if (!self->look)
    self->sought->n_known = n_messages;
  else
    for (gint64 i = MAX (self->sought->n_known, 0) + 1; i <= n_messages; i++)
      add_candidate (self, i, NULL);
}

static void
ask_next (Pop3Errand *self, OptDialogue *dialogue)
{
  if (self->candidates->len == 0)
    {
      opt_dialogue_finish (dialogue);
      return;
    }

  opt_dialogue_send (dialogue,
                     OPT_COMMAND_TOP,
                     "TOP %" G_GUINT64_FORMAT " 0",
                     g_array_index (self->candidates, Candidate, self->candidates->len - 1).number);
}

/* The lines between the first and the dot, without the dots that were put before dots (§3). */
static char *
create_header (const OptReply *reply)
{
  GString *header = g_string_new (NULL);

  for (guint i = 1; reply->lines[i] != NULL && reply->lines[i + 1] != NULL; i++)
    g_string_append_printf (header,
                            "%s\r\n",
                            reply->lines[i] + (reply->lines[i][0] == '.' ? 1 : 0));

  return g_string_free (header, FALSE);
}

static void
look_at (Pop3Errand *self, OptDialogue *dialogue, const OptReply *reply)
{
  guint last = self->candidates->len - 1;
  Candidate *candidate = &g_array_index (self->candidates, Candidate, last);

  /* Gone since it was listed, or no header to be had: another one. */
  if (reply->status == OPT_REPLY_POSITIVE &&
      opt_sought_try_header (self->sought, create_header (reply)))
    {
      opt_dialogue_send (dialogue, OPT_COMMAND_DELE, "DELE %" G_GUINT64_FORMAT, candidate->number);
      return;
    }

  if (candidate->unique_id != NULL && reply->status == OPT_REPLY_POSITIVE)
    g_hash_table_add (self->sought->known, g_steal_pointer (&candidate->unique_id));
  g_array_remove_index (self->candidates, last);
  ask_next (self, dialogue);
}

/* Without a single header nothing can ever be found. */
static gboolean
has_no_top (const Pop3Errand *self, OptCommand command, const OptReply *reply)
{
  g_autofree char *words = NULL;

  if (command != OPT_COMMAND_TOP || reply->status == OPT_REPLY_POSITIVE)
    return FALSE;

  words = g_ascii_strdown (reply->text, -1);

  return strstr (words, "unknown") != NULL || strstr (words, "unrecognized") != NULL ||
         strstr (words, "not implemented") != NULL || strstr (words, "not supported") != NULL;
}

static void
replied (OptErrand *errand, OptDialogue *dialogue, OptCommand command, const OptReply *reply)
{
  Pop3Errand *self = (Pop3Errand *) errand;
  gboolean positive = reply->status == OPT_REPLY_POSITIVE;

  if (command == OPT_COMMAND_UIDL)
    {
      for (guint i = 1; positive && reply->lines[i] != NULL; i++)
        learn_listed (self, reply->lines[i]);
      if (!positive)
        count_on (self, dialogue);
      ask_next (self, dialogue);
    }
  else if (has_no_top (self, command, reply))
    opt_dialogue_refuse (dialogue, command, reply);
  else if (command == OPT_COMMAND_TOP)
    look_at (self, dialogue, reply);
  else if (!positive)
    {
      self->sought->removal = OPT_REMOVAL_NOTHING;
      opt_dialogue_refuse (dialogue, command, reply);
    }
  else if (command == OPT_COMMAND_DELE)
    {
      self->sought->removal = OPT_REMOVAL_AT_RISK;
      opt_dialogue_send (dialogue, OPT_COMMAND_QUIT, "QUIT");
    }
  else
    {
      self->sought->removal = OPT_REMOVAL_DONE;
      opt_dialogue_finish (dialogue);
    }
}

static void
clear (OptErrand *errand)
{
  Pop3Errand *self = (Pop3Errand *) errand;

  opt_sought_unref (self->sought);
  g_array_unref (self->candidates);
}

static const OptErrandClass pop3_class = {
  .begin = begin,
  .replied = replied,
  .clear = clear,
  .leaves_without_a_word = TRUE,
};

OptErrand *
opt_errand_pop3_new (OptSought *sought, gboolean look)
{
  Pop3Errand *self;

  g_return_val_if_fail (sought != NULL, NULL);

  self = g_rc_box_new0 (Pop3Errand);
  self->parent.klass = &pop3_class;
  self->sought = opt_sought_ref (sought);
  self->look = look;
  self->candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_array_set_clear_func (self->candidates, clear_candidate);

  return &self->parent;
}
