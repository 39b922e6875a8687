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

/* RFC 9051 §4.3: in the reply to FETCH, and nowhere else, a line goes on after its literals. The
 * header of a message may look like the end of the reply. */
static void
test_literals (void)
{
  static const struct
  {
    OptCommand command;
    const char *bytes;
    OptRead read;
    guint n_lines;
  } rows[] = {
    { OPT_COMMAND_FETCH, "* 1 FETCH (X {8}\r\nA7 OK\r\n)\r\nA7 OK done\r\n", OPT_READ_REPLY, 2 },
    { OPT_COMMAND_FETCH, "* 1 FETCH (X {7}\r\nA7 OK\r\n)\r\nA7 OK done\r\n", OPT_READ_REPLY, 2 },
    { OPT_COMMAND_FETCH,
      "* 1 FETCH (X {7}\r\nA7 OK\r\n Y {2}\r\n\r\n)\r\nA7 OK\r\n",
      OPT_READ_REPLY,
      2 },
    { OPT_COMMAND_FETCH, "* 1 FETCH (X {0}\r\n)\r\nA7 OK done\r\n", OPT_READ_REPLY, 2 },
    { OPT_COMMAND_FETCH, "* 1 FETCH (X {70}\r\nA7 OK\r\n", OPT_READ_MORE, 0 },
    { OPT_COMMAND_FETCH, "* 1 FETCH (X {65537}\r\n", OPT_READ_TOO_LONG, 0 },
    { OPT_COMMAND_FETCH, "* 1 FETCH (X {18446744073709551615}\r\n", OPT_READ_TOO_LONG, 0 },
    { OPT_COMMAND_FETCH, "* 1 FETCH (X {65000}\r\n", OPT_READ_MORE, 0 },
    { OPT_COMMAND_FETCH, "A7 OK {x}\r\n", OPT_READ_REPLY, 1 },
    { OPT_COMMAND_SEARCH, "* X {7}\r\nA7 OK\r\n", OPT_READ_REPLY, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (OptReplyReader) reader = opt_reply_reader_new (OPT_SERVICE_IMAP);
      g_autoptr (OptReply) reply = NULL;

      g_test_message ("row %u", i);
      opt_reply_reader_push (reader, rows[i].bytes, strlen (rows[i].bytes));
      g_assert_cmpint (opt_reply_reader_read (reader, rows[i].command, "A7", &reply),
                       ==,
                       rows[i].read);
      if (reply != NULL)
        g_assert_cmpuint (g_strv_length (reply->lines), ==, rows[i].n_lines);
    }
}

/* Two literals may not be larger together than one may be. */
static void
test_literal_bound (void)
{
  g_autofree char *half = g_strnfill (OPT_REPLY_LITERAL_MAX_BYTES / 2, 'x');

  for (int extra = 0; extra <= 1; extra++)
    {
      g_autofree char *bytes =
        g_strdup_printf ("* 1 FETCH (X {%d}\r\n%s Y {%d}\r\n%s)\r\nA7 OK done\r\n",
                         OPT_REPLY_LITERAL_MAX_BYTES / 2,
                         half,
                         OPT_REPLY_LITERAL_MAX_BYTES / 2 + extra,
                         half);

      g_assert_cmpint (read_once (OPT_SERVICE_IMAP, OPT_COMMAND_FETCH, bytes, strlen (bytes)),
                       ==,
                       extra > 0 ? OPT_READ_TOO_LONG : OPT_READ_REPLY);
    }
}

/* A mailbox of many years has a long list, and that is bounded, too. */
static void
test_long_lists (void)
{
  static const struct
  {
    OptCommand command;
    guint n_lines;
    OptRead read;
  } rows[] = {
    { OPT_COMMAND_UIDL, 100000, OPT_READ_REPLY },
    { OPT_COMMAND_UIDL, 500001, OPT_READ_TOO_LONG },
    { OPT_COMMAND_TOP, 5000, OPT_READ_REPLY },
    { OPT_COMMAND_TOP, 5001, OPT_READ_TOO_LONG },
    { OPT_COMMAND_CAPABILITIES, OPT_REPLY_MAX_LINES + 1, OPT_READ_TOO_LONG },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) bytes = g_string_new ("+OK\r\n");

      for (guint j = 2; j < rows[i].n_lines; j++)
        g_string_append (bytes, "1 x\r\n");
      g_string_append (bytes, ".\r\n");

      g_test_message ("row %u", i);
      g_assert_cmpint (read_once (OPT_SERVICE_POP3, rows[i].command, bytes->str, bytes->len),
                       ==,
                       rows[i].read);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/reply/line-bound", test_line_bound);
  g_test_add_func ("/reply/lines-bound", test_lines_bound);
  g_test_add_func ("/reply/nul", test_nul);

  g_test_add_func ("/reply/bounds/literals", test_literals);
  g_test_add_func ("/reply/bounds/literal-bytes", test_literal_bound);
  g_test_add_func ("/reply/bounds/long-lists", test_long_lists);

  return g_test_run ();
}
