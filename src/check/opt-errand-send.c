/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* DATA and the message (RFC 5321 §4.1.1.4), after MAIL and RCPT were accepted. Until the dot is out
 * the server must throw away what it has; from then on it may have the message, whatever we hear.
 */
#include "opt-errand-private.h"

#include <string.h>

typedef struct
{
  OptErrand parent;

  GBytes *message;
  OptSending state;
} SendErrand;

static void
begin (OptErrand *errand, OptDialogue *dialogue)
{
  opt_dialogue_send (dialogue, OPT_COMMAND_DATA, "DATA");
}

/* RFC 5321 §4.5.2: a line that begins with a dot gets another. Ends with the dot that ends all; its
 * line end is the command's. */
static char *
create_payload (const SendErrand *self)
{
  gsize size;
  const char *bytes = g_bytes_get_data (self->message, &size);
  g_autofree char *text = g_strndup (bytes, size);
  g_auto (GStrv) lines = NULL;
  GString *payload = g_string_sized_new (size + 16);

  if (g_str_has_suffix (text, "\r\n"))
    text[strlen (text) - 2] = '\0';
  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (payload, "%s%s\r\n", lines[i][0] == '.' ? "." : "", lines[i]);
  g_string_append_c (payload, '.');

  return g_string_free (payload, FALSE);
}

static void
send_message (SendErrand *self, OptDialogue *dialogue)
{
  g_autofree char *payload = create_payload (self);
  g_autofree char *shown = g_strdup_printf ("(the test message, %" G_GSIZE_FORMAT " bytes)",
                                            g_bytes_get_size (self->message));

  self->state = OPT_SENDING_AT_RISK;
  opt_dialogue_send_hidden (dialogue, OPT_COMMAND_MESSAGE, shown, payload);
}

static void
replied (OptErrand *errand, OptDialogue *dialogue, OptCommand command, const OptReply *reply)
{
  SendErrand *self = (SendErrand *) errand;

  if (command == OPT_COMMAND_DATA && reply->status == OPT_REPLY_CONTINUE)
    send_message (self, dialogue);
  else if (command == OPT_COMMAND_MESSAGE && reply->status == OPT_REPLY_POSITIVE)
    {
      self->state = OPT_SENDING_ACCEPTED;
      opt_dialogue_finish (dialogue);
    }
  else if (reply->status == OPT_REPLY_NEGATIVE)
    {
      self->state = OPT_SENDING_NOTHING;
      opt_dialogue_refuse (dialogue, command, reply);
    }
  else
    opt_dialogue_fail (dialogue, OPT_FAILURE_MALFORMED);
}

static void
clear (OptErrand *errand)
{
  g_bytes_unref (((SendErrand *) errand)->message);
}

static const OptErrandClass send_class = {
  .begin = begin,
  .replied = replied,
  .clear = clear,
};

OptErrand *
opt_errand_send_new (GBytes *message)
{
  SendErrand *self;

  g_return_val_if_fail (message != NULL, NULL);

  self = g_rc_box_new0 (SendErrand);
  self->parent.klass = &send_class;
  self->message = g_bytes_ref (message);

  return &self->parent;
}

OptSending
opt_errand_send_get_state (const OptErrand *self)
{
  g_return_val_if_fail (self != NULL && self->klass == &send_class, OPT_SENDING_NOTHING);

  return ((const SendErrand *) self)->state;
}

gsize
opt_errand_get_message_bytes (const OptErrand *self)
{
  if (self == NULL || self->klass != &send_class)
    return 0;

  return g_bytes_get_size (((const SendErrand *) self)->message);
}
