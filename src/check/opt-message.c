/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The test message, going and coming: GMime writes it and reads its header, this file says what
 * belongs into the one and what to look for in the other. */
#include "opt-message.h"

#include <gmime/gmime.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeObject, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeStream, g_object_unref)

#define ID_PREFIX "optsetup-"

/* More hops than any honest way has; RFC 5321 §6.3 calls 100 a loop. */
#define MAX_SERVERS 50

/* What filters write, in any case. */
static const struct
{
  const char *header;
  const char *begins;
} junk_marks[] = {
  { "X-Spam-Flag", "yes" },
  { "X-Spam-Status", "yes" },
  { "X-Spam", "yes" },
};

static void
prepare_gmime (void)
{
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      g_mime_init ();
      g_once_init_leave (&ready, 1);
    }
}

static GMimeObject *
create_part (const char *text)
{
  GMimeTextPart *part = g_mime_text_part_new_with_subtype ("plain");

  g_mime_text_part_set_charset (part, "utf-8");
  g_mime_text_part_set_text (part, text);
  /* Readable to whoever looks at it raw, and safe on the way through any server (RFC 2045 §6.7). */
  g_mime_part_set_content_encoding (GMIME_PART (part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);

  return GMIME_OBJECT (part);
}

static GBytes *
write_message (GMimeMessage *message)
{
  g_autoptr (GMimeStream) stream = g_mime_stream_mem_new ();
  GMimeFormatOptions *format = g_mime_format_options_new ();
  GByteArray *bytes;

  g_mime_format_options_set_newline_format (format, GMIME_NEWLINE_FORMAT_DOS);
  g_mime_object_write_to_stream (GMIME_OBJECT (message), format, stream);
  g_mime_format_options_free (format);
  bytes = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));

  return g_bytes_new (bytes->data, bytes->len);
}

/* From and To are one and the same. */
static void
set_mailboxes (GMimeMessage *message, OptAccount *account)
{
  const char *address = opt_address_get_text (opt_account_get_address (account));
  const char *name = opt_account_get_name (account);

  name = *name != '\0' ? name : NULL;
  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_FROM, name, address);
  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_TO, name, address);
}

static char *
create_id (OptAccount *account)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strconcat (ID_PREFIX,
                      uuid,
                      "@",
                      opt_address_get_domain (opt_account_get_address (account)),
                      NULL);
}

OptMessage *
opt_message_new (OptAccount *account, const char *subject, const char *text, GDateTime *now)
{
  g_autoptr (GMimeMessage) message = NULL;
  g_autoptr (GMimeObject) part = NULL;
  g_autofree char *id = NULL;
  OptMessage *self;

  g_return_val_if_fail (account != NULL && subject != NULL && text != NULL && now != NULL, NULL);

  prepare_gmime ();
  id = create_id (account);
  self = opt_message_new_sent (id, subject, g_date_time_to_unix (now));
  message = g_mime_message_new (TRUE);
  set_mailboxes (message, account);
  g_mime_message_set_subject (message, subject, "utf-8");
  g_mime_message_set_date (message, now);
  g_mime_message_set_message_id (message, self->id);
  g_mime_object_set_header (GMIME_OBJECT (message), "Auto-Submitted", "auto-generated", NULL);
  part = create_part (text);
  g_mime_message_set_mime_part (message, part);
  self->bytes = write_message (message);

  return self;
}

OptMessage *
opt_message_new_sent (const char *id, const char *subject, gint64 sent_s)
{
  OptMessage *self;

  g_return_val_if_fail (id != NULL && subject != NULL, NULL);

  self = g_new0 (OptMessage, 1);
  self->id = g_strdup (id);
  self->subject = g_strdup (subject);
  self->sent_s = sent_s;

  return self;
}

void
opt_message_free (OptMessage *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->id);
  g_free (self->subject);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

gboolean
opt_message_is_id (const char *id)
{
  g_autofree char *uuid = NULL;
  const char *at;

  g_return_val_if_fail (id != NULL, FALSE);

  at = strchr (id, '@');
  if (!g_str_has_prefix (id, ID_PREFIX) || at == NULL || at[1] == '\0' ||
      strspn (at + 1, "abcdefghijklmnopqrstuvwxyz0123456789.-") != strlen (at + 1))
    return FALSE;

  uuid = g_strndup (id + strlen (ID_PREFIX), at - id - strlen (ID_PREFIX));

  return g_uuid_string_is_valid (uuid);
}

static GMimeMessage *
parse (const char *header)
{
  g_autoptr (GMimeStream) stream = NULL;
  g_autoptr (GMimeParser) parser = NULL;

  prepare_gmime ();
  stream = g_mime_stream_mem_new_with_buffer (header, strlen (header));
  parser = g_mime_parser_new_with_stream (stream);

  return g_mime_parser_construct_message (parser, NULL);
}

char *
opt_message_dup_id (const char *header)
{
  g_autoptr (GMimeMessage) message = NULL;

  g_return_val_if_fail (header != NULL, NULL);

  message = parse (header);

  return message != NULL ? g_strdup (g_mime_message_get_message_id (message)) : NULL;
}

/* RFC 5322 §3.2.2: comments stand in brackets, and in each other. */
static char *
without_comments (const char *text)
{
  GString *rest = g_string_new (NULL);
  guint depth = 0;

  for (; *text != '\0'; text++)
    if (*text == '(')
      depth++;
    else if (*text == ')' && depth > 0)
      depth--;
    else if (depth == 0)
      g_string_append_c (rest, *text);

  return g_string_free (rest, FALSE);
}

/* RFC 5321 §4.4: who took it stands after "by". */
static char *
find_server (const char *received)
{
  g_autofree char *bare = without_comments (received);
  g_auto (GStrv) words = g_strsplit_set (bare, " \t\r\n;", -1);
  gboolean next = FALSE;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (next && *words[i] != '\0')
        return g_strdup (words[i]);
      if (g_ascii_strcasecmp (words[i], "by") == 0)
        next = TRUE;
    }

  return NULL;
}

static gboolean
is_junk_mark (const char *name, const char *value)
{
  for (guint i = 0; i < G_N_ELEMENTS (junk_marks); i++)
    if (g_ascii_strcasecmp (name, junk_marks[i].header) == 0 &&
        g_ascii_strncasecmp (value, junk_marks[i].begins, strlen (junk_marks[i].begins)) == 0)
      return TRUE;

  return FALSE;
}

static void
learn_headers (OptArrival *self, GMimeHeaderList *headers)
{
  g_autoptr (GPtrArray) servers = g_ptr_array_new ();

  for (int i = 0; i < g_mime_header_list_get_count (headers); i++)
    {
      GMimeHeader *header = g_mime_header_list_get_header_at (headers, i);
      const char *name = g_mime_header_get_name (header);
      const char *value = g_mime_header_get_value (header);

      if (name == NULL || value == NULL)
        continue;
      if (g_ascii_strcasecmp (name, "Received") == 0 && servers->len < MAX_SERVERS)
        {
          char *server = find_server (value);

          /* Each server writes above what is there. */
          if (server != NULL)
            g_ptr_array_insert (servers, 0, server);
        }
      else if (is_junk_mark (name, value + strspn (value, " \t")))
        self->marked_junk = TRUE;
    }

  g_ptr_array_add (servers, NULL);
  self->servers = (char **) g_ptr_array_free (g_steal_pointer (&servers), FALSE);
}

OptArrival *
opt_arrival_new (const char *header, const char *subject)
{
  g_autoptr (GMimeMessage) message = NULL;
  OptArrival *self;

  g_return_val_if_fail (header != NULL && subject != NULL, NULL);

  self = g_new0 (OptArrival, 1);
  message = parse (header);
  if (message == NULL)
    {
      self->servers = g_new0 (char *, 1);
      return self;
    }

  learn_headers (self, g_mime_object_get_header_list (GMIME_OBJECT (message)));
  if (g_strcmp0 (g_mime_message_get_subject (message), subject) != 0)
    self->subject = g_strdup (g_mime_message_get_subject (message));

  return self;
}

void
opt_arrival_free (OptArrival *self)
{
  g_return_if_fail (self != NULL);

  g_strfreev (self->servers);
  g_free (self->subject);
  g_free (self);
}
