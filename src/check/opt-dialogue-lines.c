/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The lines that a dialogue sends: what is shown of each is decided here, and what holds a secret
 * is wiped. */
#include "opt-dialogue-private.h"

#include <string.h>

void
opt_dialogue_free_hidden (char *text)
{
  if (text != NULL)
    opt_secret_wipe (text, strlen (text));
  g_free (text);
}

void
opt_dialogue_append_line (OptDialogue *self, const char *line)
{
  g_byte_array_append (self->output, (const guint8 *) line, strlen (line));
  g_byte_array_append (self->output, (const guint8 *) "\r\n", 2);
}

/* IMAP commands carry a tag (RFC 9051 §2.2.1). */
static const char *
next_tag (OptDialogue *self)
{
  if (self->protocol != &opt_protocol_imap)
    return "";

  g_snprintf (self->tag, sizeof self->tag, "A%u ", ++self->n_tags);
  g_byte_array_append (self->output, (const guint8 *) self->tag, strlen (self->tag));

  return self->tag;
}

void
opt_dialogue_send_hidden (OptDialogue *self,
                          OptCommand command,
                          const char *shown,
                          const char *line)
{
  const char *tag = next_tag (self);
  g_autofree char *logged = g_strconcat (tag, shown, NULL);

  opt_transcript_add_sent (self->transcript, logged);
  opt_dialogue_append_line (self, line);
  g_queue_push_tail (&self->expected, GUINT_TO_POINTER (command));
}

void
opt_dialogue_send (OptDialogue *self, OptCommand command, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  opt_dialogue_send_hidden (self, command, line, line);
}

void
opt_dialogue_defer (OptDialogue *self, char *line)
{
  g_queue_push_tail (&self->deferred, line);
}

char *
opt_dialogue_create_plain (OptDialogue *self)
{
  const char *user = opt_server_get_user (self->evidence->server);
  gsize n_user = strlen (user);
  gsize n_password = opt_secret_get_size (self->secret);
  gsize n_plain = n_user + n_password + 2;
  char *plain = g_malloc0 (n_plain);
  char *encoded;

  memcpy (plain + 1, user, n_user);
  memcpy (plain + n_user + 2, opt_secret_peek (self->secret), n_password);
  encoded = g_base64_encode ((const guchar *) plain, n_plain);
  opt_secret_wipe (plain, n_plain);
  g_free (plain);

  return encoded;
}

void
opt_dialogue_send_plain (OptDialogue *self, const char *command, gsize line_max_bytes)
{
  char *plain = opt_dialogue_create_plain (self);
  char *line = g_strconcat (command, " ", plain, NULL);
  g_autofree char *shown = g_strconcat (command, " (hidden)", NULL);

  if (strlen (line) <= line_max_bytes)
    {
      opt_dialogue_send_hidden (self, OPT_COMMAND_SIGN_IN, shown, line);
      opt_dialogue_free_hidden (plain);
    }
  else
    {
      opt_dialogue_defer (self, plain);
      opt_dialogue_send (self, OPT_COMMAND_SIGN_IN, "%s", command);
    }
  opt_dialogue_free_hidden (line);
}

char *
opt_dialogue_quote (const char *text)
{
  GString *quoted = g_string_new ("\"");

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '"');

  return g_string_free (quoted, FALSE);
}

char **
opt_dialogue_split_words (const char *line)
{
  return g_strsplit_set (line, " \t", -1);
}
