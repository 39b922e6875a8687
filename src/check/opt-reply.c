/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Cuts what a server sends into replies and takes each apart. Everything here comes from a server
 * that may be hostile: lines and their number are bounded, a reply of the wrong protocol is named
 * as such, and nothing is trusted to be text. */
#include "opt-reply.h"

#include <string.h>

struct _OptReplyReader
{
  OptService service;
  GString *bytes;   /* what came */
  gsize n_cut;      /* of those, cut into lines already */
  GPtrArray *lines; /* of the reply under way */
};

OptReply *
opt_reply_copy (const OptReply *self)
{
  OptReply *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_new0 (OptReply, 1);
  copy->status = self->status;
  copy->code = self->code;
  copy->enhanced = g_strdup (self->enhanced);
  copy->response_code = g_strdup (self->response_code);
  copy->text = g_strdup (self->text);
  copy->lines = g_strdupv (self->lines);

  return copy;
}

void
opt_reply_free (OptReply *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->enhanced);
  g_free (self->response_code);
  g_free (self->text);
  g_strfreev (self->lines);
  g_free (self);
}

OptReplyReader *
opt_reply_reader_new (OptService service)
{
  OptReplyReader *self;

  g_return_val_if_fail (service < OPT_N_SERVICES, NULL);

  self = g_new0 (OptReplyReader, 1);
  self->service = service;
  self->bytes = g_string_new (NULL);
  self->lines = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
opt_reply_reader_free (OptReplyReader *self)
{
  g_return_if_fail (self != NULL);

  g_string_free (self->bytes, TRUE);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

void
opt_reply_reader_push (OptReplyReader *self, const char *bytes, gsize n_bytes)
{
  g_return_if_fail (self != NULL);

  g_string_erase (self->bytes, 0, self->n_cut);
  self->n_cut = 0;
  g_string_append_len (self->bytes, bytes, n_bytes);
}

/* What is not cut into lines yet. */
static const char *
get_rest (const OptReplyReader *self, gsize *n_bytes)
{
  *n_bytes = self->bytes->len - self->n_cut;

  return self->bytes->str + self->n_cut;
}

gsize
opt_reply_reader_get_n_bytes (const OptReplyReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->bytes->len - self->n_cut;
}

/* What may be long, and how long: a mailbox of many years, a header that went through many hands.
 */
static const struct
{
  OptCommand command;
  guint max_lines;
} long_replies[] = {
  { OPT_COMMAND_UIDL, 500000 },
  { OPT_COMMAND_TOP, 5000 },
  { OPT_COMMAND_LIST, 5000 },
};

static guint
get_max_lines (OptCommand command)
{
  for (guint i = 0; i < G_N_ELEMENTS (long_replies); i++)
    if (long_replies[i].command == command)
      return long_replies[i].max_lines;

  return OPT_REPLY_MAX_LINES;
}

/* RFC 9051 §4.3: a line that ends in {n} goes on after a line break and n bytes of anything. */
static gboolean
ends_in_literal (const char *line, gsize length, gsize *n_bytes)
{
  g_autofree char *text = g_strchomp (g_strndup (line, length));
  char *open = strrchr (text, '{');
  char *end;

  if (open == NULL || !g_ascii_isdigit (open[1]))
    return FALSE;

  *n_bytes = g_ascii_strtoull (open + 1, &end, 10);

  return g_str_equal (end, "}");
}

/* How long the line is that the bytes begin with, its literals counted in, without its line end;
 * what there is of it while the end has not come, with @whole unset. */
static gsize
measure_line (const OptReplyReader *self, gboolean literals, gboolean *whole, gboolean *too_long)
{
  gsize n_rest;
  const char *rest = get_rest (self, &n_rest);
  gsize from = 0;
  gsize n_literals = 0;

  while (TRUE)
    {
      const char *start = rest + from;
      const char *end = memchr (start, '\n', n_rest - from);
      gsize length = end != NULL ? (gsize) (end - start) : n_rest - from;
      gsize n_bytes = 0;

      *whole = end != NULL;
      *too_long = from + length - n_literals > OPT_REPLY_LINE_MAX_BYTES;
      if (!*whole || *too_long || !literals || !ends_in_literal (start, length, &n_bytes))
        return from + length;

      *too_long = n_bytes > OPT_REPLY_LITERAL_MAX_BYTES - n_literals;
      *whole = n_rest - from > length + n_bytes;
      if (*too_long || !*whole)
        return from + length;

      n_literals += n_bytes;
      from += length + 1 + n_bytes;
    }
}

/* Takes one line. A bare LF ends a line too: servers that send it are old, not hostile. */
static char *
take_line (OptReplyReader *self, gboolean literals, gboolean *too_long)
{
  gboolean whole;
  gsize length = measure_line (self, literals, &whole, too_long);
  char *line;

  if (!whole || *too_long)
    return NULL;

  line = g_utf8_make_valid (self->bytes->str + self->n_cut, length);
  self->n_cut += length + 1;
  if (g_str_has_suffix (line, "\r"))
    line[strlen (line) - 1] = '\0';

  return line;
}

/* Whose reply a line looks like. */
static gboolean
looks_like (OptService service, const char *line)
{
  switch (service)
    {
    case OPT_SERVICE_SMTP:
      return g_ascii_isdigit (line[0]) && line[0] >= '2' && line[0] <= '5' &&
             g_ascii_isdigit (line[1]) && g_ascii_isdigit (line[2]) &&
             (line[3] == ' ' || line[3] == '-' || line[3] == '\0');
    case OPT_SERVICE_POP3:
      return g_str_has_prefix (line, "+OK") || g_str_has_prefix (line, "-ERR");
    case OPT_SERVICE_IMAP:
      return g_str_has_prefix (line, "* ");
    }

  g_assert_not_reached ();
}

static OptRead
name_stranger (const char *line)
{
  if (g_ascii_strncasecmp (line, "HTTP/", 5) == 0)
    return OPT_READ_HTTP;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (looks_like (i, line))
      return OPT_READ_OTHER_PROTOCOL;

  return OPT_READ_MALFORMED;
}

/* RFC 2034 §4: class "." subject "." detail at the start of the text. */
static char *
find_enhanced (const char *text)
{
  static GRegex *regex = NULL;
  g_autoptr (GMatchInfo) match = NULL;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("^[245]\\.\\d{1,3}\\.\\d{1,3}(?=\\s|$)", 0, 0, NULL));

  return g_regex_match (regex, text, 0, &match) ? g_match_info_fetch (match, 0) : NULL;
}

/* Moves `[CODE arguments]` from the start of the text into the reply. */
static const char *
take_response_code (OptReply *reply, const char *text)
{
  const char *end = text[0] == '[' ? strchr (text, ']') : NULL;
  gsize length;

  if (end == NULL)
    return text;

  length = strcspn (text + 1, " ]");
  reply->response_code = g_ascii_strup (text + 1, length);

  return end + 1 + strspn (end + 1, " ");
}

static char **
steal_lines (OptReplyReader *self)
{
  char **lines = g_new0 (char *, self->lines->len + 1);

  for (guint i = 0; i < self->lines->len; i++)
    lines[i] = g_strdup (g_ptr_array_index (self->lines, i));
  g_ptr_array_set_size (self->lines, 0);

  return lines;
}

/* RFC 5321 §4.2: the first digit tells; 421 may come at any time (§3.8). */
static OptRead
finish_smtp (OptReplyReader *self, OptReply **reply)
{
  const char *last = g_ptr_array_index (self->lines, self->lines->len - 1);
  g_autoptr (GString) text = g_string_new (NULL);

  *reply = g_new0 (OptReply, 1);
  (*reply)->code = (guint) g_ascii_strtoull (last, NULL, 10);
  (*reply)->status = last[0] == '2'   ? OPT_REPLY_POSITIVE
                     : last[0] == '3' ? OPT_REPLY_CONTINUE
                                      : OPT_REPLY_NEGATIVE;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const char *line = g_ptr_array_index (self->lines, i);
      const char *words = line + 3 + (line[3] != '\0' ? 1 : 0);
      g_autofree char *enhanced = find_enhanced (words);

      if (enhanced != NULL)
        {
          words += strlen (enhanced);
          words += strspn (words, " ");
          if ((*reply)->enhanced == NULL)
            (*reply)->enhanced = g_steal_pointer (&enhanced);
        }
      g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", words);
    }

  (*reply)->text = g_string_free (g_steal_pointer (&text), FALSE);
  (*reply)->lines = steal_lines (self);

  return OPT_READ_REPLY;
}

static OptRead
finish_pop3 (OptReplyReader *self, OptReply **reply)
{
  const char *first = g_ptr_array_index (self->lines, 0);
  gboolean positive = first[0] == '+';
  const char *words = first + (positive ? strlen ("+OK") : strlen ("-ERR"));

  *reply = g_new0 (OptReply, 1);
  (*reply)->status = positive ? OPT_REPLY_POSITIVE : OPT_REPLY_NEGATIVE;
  words = take_response_code (*reply, words + strspn (words, " "));
  (*reply)->text = g_strdup (words);
  (*reply)->lines = steal_lines (self);

  return OPT_READ_REPLY;
}

/* RFC 9051 §7.1: the status responses, tagged or not. */
static const struct
{
  const char *word;
  OptReplyStatus status;
} imap_words[] = {
  { "OK", OPT_REPLY_POSITIVE }, { "NO", OPT_REPLY_NEGATIVE },     { "BAD", OPT_REPLY_BAD },
  { "BYE", OPT_REPLY_BYE },     { "PREAUTH", OPT_REPLY_PREAUTH },
};

static gboolean
parse_imap_status (OptReply *reply, const char *words)
{
  for (guint i = 0; i < G_N_ELEMENTS (imap_words); i++)
    {
      gsize length = strlen (imap_words[i].word);

      if (g_ascii_strncasecmp (words, imap_words[i].word, length) != 0 ||
          (words[length] != ' ' && words[length] != '\0'))
        continue;

      reply->status = imap_words[i].status;
      words = take_response_code (reply, words + length + strspn (words + length, " "));
      reply->text = g_strdup (words);
      return TRUE;
    }

  return FALSE;
}

static OptRead
finish_imap (OptReplyReader *self, const char *words, OptReply **reply)
{
  g_autoptr (OptReply) parsed = g_new0 (OptReply, 1);

  if (!parse_imap_status (parsed, words))
    return OPT_READ_MALFORMED;

  parsed->lines = steal_lines (self);
  *reply = g_steal_pointer (&parsed);

  return OPT_READ_REPLY;
}

static OptRead
finish_continuation (OptReplyReader *self, OptReply **reply)
{
  const char *last = g_ptr_array_index (self->lines, self->lines->len - 1);

  *reply = g_new0 (OptReply, 1);
  (*reply)->status = OPT_REPLY_CONTINUE;
  (*reply)->text = g_strdup (last + 1 + strspn (last + 1, " "));
  (*reply)->lines = steal_lines (self);

  return OPT_READ_REPLY;
}

static OptRead
read_smtp_line (OptReplyReader *self, const char *line, OptReply **reply)
{
  if (!looks_like (OPT_SERVICE_SMTP, line))
    return name_stranger (line);

  return line[3] == '-' ? OPT_READ_MORE : finish_smtp (self, reply);
}

/* RFC 1939 §3 and RFC 2449 §5: what is answered by lines up to a lone dot. */
static gboolean
is_list (OptCommand command)
{
  return command == OPT_COMMAND_CAPABILITIES || command == OPT_COMMAND_UIDL ||
         command == OPT_COMMAND_TOP;
}

static OptRead
read_pop3_line (OptReplyReader *self, OptCommand command, const char *line, OptReply **reply)
{
  gboolean first = self->lines->len == 1;

  if (first && line[0] == '+' && (line[1] == ' ' || line[1] == '\0'))
    return finish_continuation (self, reply);
  if (first && !looks_like (OPT_SERVICE_POP3, line))
    return name_stranger (line);
  if (!is_list (command) || (first && line[0] == '-'))
    return finish_pop3 (self, reply);

  return g_str_equal (line, ".") ? finish_pop3 (self, reply) : OPT_READ_MORE;
}

static OptRead
read_imap_line (
  OptReplyReader *self, OptCommand command, const char *tag, const char *line, OptReply **reply)
{
  gsize n_tag = tag != NULL ? strlen (tag) : 0;

  if (command == OPT_COMMAND_GREETING)
    return looks_like (OPT_SERVICE_IMAP, line) ? finish_imap (self, line + 2, reply)
                                               : name_stranger (line);
  if (line[0] == '+' && (line[1] == ' ' || line[1] == '\0'))
    return finish_continuation (self, reply);
  if (n_tag > 0 && strncmp (line, tag, n_tag) == 0 && line[n_tag] == ' ')
    return finish_imap (self, line + n_tag + 1, reply);

  return looks_like (OPT_SERVICE_IMAP, line) ? OPT_READ_MORE : name_stranger (line);
}

static OptRead
read_line (
  OptReplyReader *self, OptCommand command, const char *tag, const char *line, OptReply **reply)
{
  switch (self->service)
    {
    case OPT_SERVICE_SMTP:
      return read_smtp_line (self, line, reply);
    case OPT_SERVICE_POP3:
      return read_pop3_line (self, command, line, reply);
    case OPT_SERVICE_IMAP:
      return read_imap_line (self, command, tag, line, reply);
    }

  g_assert_not_reached ();
}

/* A TLS server that is tired of waiting for us says so in its own way: an alert. */
static gboolean
begins_with_tls (const OptReplyReader *self)
{
  gsize n_bytes;
  const guint8 *bytes = (const guint8 *) get_rest (self, &n_bytes);

  return self->lines->len == 0 && n_bytes >= 2 && bytes[0] >= 20 && bytes[0] <= 23 && bytes[1] == 3;
}

OptRead
opt_reply_reader_read (OptReplyReader *self, OptCommand command, const char *tag, OptReply **reply)
{
  OptRead found = OPT_READ_MORE;

  g_return_val_if_fail (self != NULL && reply != NULL, OPT_READ_MALFORMED);

  *reply = NULL;
  if (command == OPT_COMMAND_GREETING && begins_with_tls (self))
    return OPT_READ_TLS;

  while (found == OPT_READ_MORE)
    {
      gboolean too_long;
      char *line = take_line (self, command == OPT_COMMAND_FETCH, &too_long);

      if (too_long || self->lines->len == get_max_lines (command))
        {
          g_free (line);
          return OPT_READ_TOO_LONG;
        }
      if (line == NULL)
        return OPT_READ_MORE;

      g_ptr_array_add (self->lines, line);
      found = read_line (self, command, tag, line, reply);
    }

  return found;
}

OptReply *
opt_reply_reader_read_farewell (OptReplyReader *self)
{
  OptReply *reply = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->service != OPT_SERVICE_IMAP)
    return NULL;

  for (guint i = 0; i < self->lines->len; i++)
    {
      const char *line = g_ptr_array_index (self->lines, i);

      if (g_ascii_strncasecmp (line, "* BYE", strlen ("* BYE")) == 0)
        {
          finish_imap (self, line + 2, &reply);
          return reply;
        }
    }

  return NULL;
}
