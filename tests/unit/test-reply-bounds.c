/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Replies that no honest server sends: too long, or not text. */
#include "opt-reply.h"

#include <string.h>

static OptRead
read_once (OptService service, OptCommand command, const char *bytes, gsize n_bytes)
{
  g_autoptr (OptReplyReader) reader = opt_reply_reader_new (service);
  g_autoptr (OptReply) reply = NULL;

  opt_reply_reader_push (reader, bytes, n_bytes);

  return opt_reply_reader_read (reader, command, "A7", &reply);
}

/* A line of @n bytes before its end: whole, and without an end in sight. */
static void
test_line_bound (void)
{
  static const char *const starts[] = {
    [OPT_SERVICE_IMAP] = "* OK ",
    [OPT_SERVICE_POP3] = "+OK ",
    [OPT_SERVICE_SMTP] = "220 ",
  };

  for (guint service = 0; service < OPT_N_SERVICES; service++)
    for (int extra = -1; extra <= 1; extra++)
      {
        gsize n = OPT_REPLY_LINE_MAX_BYTES + extra;
        g_autofree char *fill = g_strnfill (n - strlen (starts[service]), 'x');
        g_autofree char *line = g_strconcat (starts[service], fill, "\n", NULL);

        g_assert_cmpint (read_once (service, OPT_COMMAND_GREETING, line, n + 1),
                         ==,
                         extra > 0 ? OPT_READ_TOO_LONG : OPT_READ_REPLY);
        g_assert_cmpint (read_once (service, OPT_COMMAND_GREETING, line, n),
                         ==,
                         extra > 0 ? OPT_READ_TOO_LONG : OPT_READ_MORE);
      }
}

static OptRead
read_lines (OptService service, guint n_lines)
{
  static const struct
  {
    const char *first, *more, *last;
  } parts[] = {
    [OPT_SERVICE_IMAP] = { "* X\r\n", "* X\r\n", "A7 OK\r\n" },
    [OPT_SERVICE_POP3] = { "+OK\r\n", "X\r\n", ".\r\n" },
    [OPT_SERVICE_SMTP] = { "250-x\r\n", "250-x\r\n", "250 x\r\n" },
  };
  g_autoptr (GString) bytes = g_string_new (parts[service].first);

  for (guint i = 2; i < n_lines; i++)
    g_string_append (bytes, parts[service].more);
  g_string_append (bytes, parts[service].last);

  return read_once (service, OPT_COMMAND_CAPABILITIES, bytes->str, bytes->len);
}

static void
test_lines_bound (void)
{
  for (guint service = 0; service < OPT_N_SERVICES; service++)
    {
      g_assert_cmpint (read_lines (service, OPT_REPLY_MAX_LINES), ==, OPT_READ_REPLY);
      g_assert_cmpint (read_lines (service, OPT_REPLY_MAX_LINES + 1), ==, OPT_READ_TOO_LONG);
    }
}

/* NUL is a byte like any other that is not text. */
static void
test_nul (void)
{
  static const char bytes[] = "-ERR a\0b\r\n";
  g_autoptr (OptReplyReader) reader = opt_reply_reader_new (OPT_SERVICE_POP3);
  g_autoptr (OptReply) reply = NULL;

  opt_reply_reader_push (reader, bytes, sizeof bytes - 1);
  g_assert_cmpint (opt_reply_reader_read (reader, OPT_COMMAND_SIGN_IN, NULL, &reply),
                   ==,
                   OPT_READ_REPLY);
  g_assert_cmpstr (reply->text,
                   ==,
                   "a\xef\xbf\xbd"
                   "b");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reply/line-bound", test_line_bound);
  g_test_add_func ("/reply/lines-bound", test_lines_bound);
  g_test_add_func ("/reply/nul", test_nul);

  return g_test_run ();
}
