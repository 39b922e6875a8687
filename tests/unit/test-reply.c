/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-reply.h"

#include <string.h>

#define IMAP OPT_SERVICE_IMAP
#define POP3 OPT_SERVICE_POP3
#define SMTP OPT_SERVICE_SMTP
#define GREETING OPT_COMMAND_GREETING
#define CAPABILITIES OPT_COMMAND_CAPABILITIES
#define SIGN_IN OPT_COMMAND_SIGN_IN
#define MAILBOX OPT_COMMAND_MAILBOX
#define YES OPT_REPLY_POSITIVE
#define NO OPT_REPLY_NEGATIVE
#define GO_ON OPT_REPLY_CONTINUE
#define NEXT "250 next\r\n"

/* What each must be read as; @rest is what must be left over. */
static const struct
{
  const char *name;
  OptService service;
  OptCommand command;
  const char *input;
  OptReplyStatus status;
  guint code;
  const char *enhanced, *response_code, *text;
  guint n_lines;
  const char *rest;
} replies[] = {
  { "smtp-greeting", SMTP, GREETING, "220 mx ESMTP\r\n", YES, 220, NULL, NULL, "mx ESMTP", 1, "" },
  { "smtp-lf", SMTP, GREETING, "220 mx\n", YES, 220, NULL, NULL, "mx", 1, "" },
  { "smtp-bare-code", SMTP, SIGN_IN, "235\r\n", YES, 235, NULL, NULL, "", 1, "" },
  { "smtp-rest", SMTP, GREETING, "220 mx\r\n250", YES, 220, NULL, NULL, "mx", 1, "250" },
  { "smtp-ehlo",
    SMTP,
    CAPABILITIES,
    "250-mx\r\n250-SIZE 10\r\n250 AUTH PLAIN\r\n" NEXT,
    YES,
    250,
    NULL,
    NULL,
    "mx\nSIZE 10\nAUTH PLAIN",
    3,
    NEXT },
  { "smtp-ehlo-mixed-ends",
    SMTP,
    CAPABILITIES,
    "250-mx\n250-\r\n250 \n",
    YES,
    250,
    NULL,
    NULL,
    "mx\n\n",
    3,
    "" },
  { "smtp-challenge",
    SMTP,
    SIGN_IN,
    "334 VXNlcm5hbWU6\r\n",
    GO_ON,
    334,
    NULL,
    NULL,
    "VXNlcm5hbWU6",
    1,
    "" },
  { "smtp-enhanced",
    SMTP,
    SIGN_IN,
    "535 5.7.8 Wrong password\r\n",
    NO,
    535,
    "5.7.8",
    NULL,
    "Wrong password",
    1,
    "" },
  { "smtp-enhanced-alone", SMTP, SIGN_IN, "535 5.7.8\r\n", NO, 535, "5.7.8", NULL, "", 1, "" },
  { "smtp-enhanced-lines",
    SMTP,
    OPT_COMMAND_MAIL,
    "550-5.7.26 one\r\n550-5.7.26 two\r\n550 5.7.26 three\r\n",
    NO,
    550,
    "5.7.26",
    NULL,
    "one\ntwo\nthree",
    3,
    "" },
  { "smtp-enhanced-later",
    SMTP,
    OPT_COMMAND_MAIL,
    "550-one\r\n550 5.7.1 two\r\n",
    NO,
    550,
    "5.7.1",
    NULL,
    "one\ntwo",
    2,
    "" },
  { "smtp-not-enhanced",
    SMTP,
    SIGN_IN,
    "535 5.7.8x no\r\n",
    NO,
    535,
    NULL,
    NULL,
    "5.7.8x no",
    1,
    "" },
  { "smtp-address",
    SMTP,
    GREETING,
    "554 192.0.2.1 no\r\n",
    NO,
    554,
    NULL,
    NULL,
    "192.0.2.1 no",
    1,
    "" },
  { "smtp-temporary", SMTP, GREETING, "421 busy\r\n", NO, 421, NULL, NULL, "busy", 1, "" },
  { "smtp-last-code-counts",
    SMTP,
    SIGN_IN,
    "235-x\r\n535 y\r\n",
    NO,
    535,
    NULL,
    NULL,
    "x\ny",
    2,
    "" },
  { "smtp-no-brackets",
    SMTP,
    SIGN_IN,
    "535 [AUTH] no\r\n",
    NO,
    535,
    NULL,
    NULL,
    "[AUTH] no",
    1,
    "" },
  { "pop3-greeting", POP3, GREETING, "+OK ready\r\n", YES, 0, NULL, NULL, "ready", 1, "" },
  { "pop3-bare-ok", POP3, SIGN_IN, "+OK\r\n", YES, 0, NULL, NULL, "", 1, "" },
  { "pop3-bare-err", POP3, SIGN_IN, "-ERR\r\n", NO, 0, NULL, NULL, "", 1, "" },
  { "pop3-code",
    POP3,
    SIGN_IN,
    "-ERR [SYS/TEMP] Later\r\n",
    NO,
    0,
    NULL,
    "SYS/TEMP",
    "Later",
    1,
    "" },
  { "pop3-code-case", POP3, SIGN_IN, "-ERR [auth] No\r\n", NO, 0, NULL, "AUTH", "No", 1, "" },
  { "pop3-code-alone", POP3, SIGN_IN, "-ERR [AUTH]\r\n", NO, 0, NULL, "AUTH", "", 1, "" },
  { "pop3-code-open", POP3, SIGN_IN, "-ERR [AUTH No\r\n", NO, 0, NULL, NULL, "[AUTH No", 1, "" },
  { "pop3-code-late", POP3, SIGN_IN, "-ERR No [AUTH]\r\n", NO, 0, NULL, NULL, "No [AUTH]", 1, "" },
  { "pop3-challenge", POP3, SIGN_IN, "+ \r\n", GO_ON, 0, NULL, NULL, "", 1, "" },
  { "pop3-bare-challenge", POP3, SIGN_IN, "+\r\n", GO_ON, 0, NULL, NULL, "", 1, "" },
  { "pop3-capa",
    POP3,
    CAPABILITIES,
    "+OK list\r\nSASL PLAIN\r\nSTLS\r\n.\r\n+OK",
    YES,
    0,
    NULL,
    NULL,
    "list",
    4,
    "+OK" },
  { "pop3-no-capa", POP3, CAPABILITIES, "-ERR what?\r\n", NO, 0, NULL, NULL, "what?", 1, "" },
  { "pop3-stat", POP3, MAILBOX, "+OK 3 100\r\n", YES, 0, NULL, NULL, "3 100", 1, "" },
  { "imap-greeting",
    IMAP,
    GREETING,
    "* OK [CAPABILITY IMAP4rev1] ready\r\n",
    YES,
    0,
    NULL,
    "CAPABILITY",
    "ready",
    1,
    "" },
  { "imap-preauth",
    IMAP,
    GREETING,
    "* PREAUTH hi\r\n",
    OPT_REPLY_PREAUTH,
    0,
    NULL,
    NULL,
    "hi",
    1,
    "" },
  { "imap-bye",
    IMAP,
    GREETING,
    "* BYE [UNAVAILABLE] later\r\n",
    OPT_REPLY_BYE,
    0,
    NULL,
    "UNAVAILABLE",
    "later",
    1,
    "" },
  { "imap-tagged", IMAP, SIGN_IN, "A7 OK done\r\n* rest", YES, 0, NULL, NULL, "done", 1, "* rest" },
  { "imap-lf", IMAP, SIGN_IN, "A7 OK done\n", YES, 0, NULL, NULL, "done", 1, "" },
  { "imap-case", IMAP, SIGN_IN, "A7 ok Done\r\n", YES, 0, NULL, NULL, "Done", 1, "" },
  { "imap-bare", IMAP, SIGN_IN, "A7 NO\r\n", NO, 0, NULL, NULL, "", 1, "" },
  { "imap-code",
    IMAP,
    SIGN_IN,
    "A7 NO [AUTHENTICATIONFAILED] no\r\n",
    NO,
    0,
    NULL,
    "AUTHENTICATIONFAILED",
    "no",
    1,
    "" },
  { "imap-code-arguments",
    IMAP,
    SIGN_IN,
    "A7 OK [capability IMAP4rev1 X] in\r\n",
    YES,
    0,
    NULL,
    "CAPABILITY",
    "in",
    1,
    "" },
  { "imap-bad", IMAP, SIGN_IN, "A7 BAD what?\r\n", OPT_REPLY_BAD, 0, NULL, NULL, "what?", 1, "" },
  { "imap-untagged",
    IMAP,
    MAILBOX,
    "* STATUS INBOX (MESSAGES 3)\r\n* 4 EXISTS\r\nA7 OK done\r\n",
    YES,
    0,
    NULL,
    NULL,
    "done",
    3,
    "" },
  { "imap-other-tag", IMAP, MAILBOX, "* A7 OK x\r\nA7 OK y\r\n", YES, 0, NULL, NULL, "y", 2, "" },
  { "imap-challenge", IMAP, SIGN_IN, "+ \r\n", GO_ON, 0, NULL, NULL, "", 1, "" },
  { "imap-challenge-words", IMAP, SIGN_IN, "+ go on\r\n", GO_ON, 0, NULL, NULL, "go on", 1, "" },
  { "not-utf8", SMTP, SIGN_IN, "535 \xff no\r\n", NO, 535, NULL, NULL, "\xef\xbf\xbd no", 1, "" },
  { "control", POP3, SIGN_IN, "-ERR \033[31m\a\r\n", NO, 0, NULL, NULL, "\033[31m\a", 1, "" },
};

/* What cannot be read, and why. */
static const struct
{
  const char *name;
  OptService service;
  OptCommand command;
  const char *input;
  OptRead want;
} strangers[] = {
  { "smtp-pop3", SMTP, GREETING, "+OK ready\r\n", OPT_READ_OTHER_PROTOCOL },
  { "smtp-imap", SMTP, GREETING, "* OK ready\r\n", OPT_READ_OTHER_PROTOCOL },
  { "pop3-smtp", POP3, GREETING, "220 mx ESMTP\r\n", OPT_READ_OTHER_PROTOCOL },
  { "pop3-imap", POP3, GREETING, "* OK ready\r\n", OPT_READ_OTHER_PROTOCOL },
  { "imap-smtp", IMAP, GREETING, "220-mx ESMTP\r\n", OPT_READ_OTHER_PROTOCOL },
  { "imap-pop3", IMAP, GREETING, "+OK ready\r\n", OPT_READ_OTHER_PROTOCOL },
  { "smtp-http", SMTP, GREETING, "HTTP/1.1 302 Found\r\n", OPT_READ_HTTP },
  { "pop3-http", POP3, GREETING, "HTTP/1.0 400 Bad Request\n", OPT_READ_HTTP },
  { "imap-http", IMAP, GREETING, "http/1.1 200 OK\r\n", OPT_READ_HTTP },
  { "smtp-ssh", SMTP, GREETING, "SSH-2.0-OpenSSH_9.2\r\n", OPT_READ_MALFORMED },
  { "pop3-ssh", POP3, GREETING, "SSH-2.0-OpenSSH_9.2\r\n", OPT_READ_MALFORMED },
  { "imap-ssh", IMAP, GREETING, "SSH-2.0-OpenSSH_9.2\r\n", OPT_READ_MALFORMED },
  { "smtp-empty-line", SMTP, GREETING, "\r\n", OPT_READ_MALFORMED },
  { "pop3-empty-line", POP3, GREETING, "\n", OPT_READ_MALFORMED },
  { "imap-empty-line", IMAP, GREETING, "\r\n", OPT_READ_MALFORMED },
  { "smtp-code-short", SMTP, SIGN_IN, "25 x\r\n", OPT_READ_MALFORMED },
  { "smtp-code-long", SMTP, SIGN_IN, "2500 x\r\n", OPT_READ_MALFORMED },
  { "smtp-code-1", SMTP, SIGN_IN, "100 x\r\n", OPT_READ_MALFORMED },
  { "smtp-code-6", SMTP, SIGN_IN, "600 x\r\n", OPT_READ_MALFORMED },
  { "smtp-second-line", SMTP, CAPABILITIES, "250-mx\r\nhello\r\n", OPT_READ_MALFORMED },
  { "pop3-case", POP3, SIGN_IN, "+ok\r\n", OPT_READ_MALFORMED },
  { "imap-greeting-word", IMAP, GREETING, "* HELLO\r\n", OPT_READ_MALFORMED },
  { "imap-tag-word", IMAP, SIGN_IN, "A7 HELLO\r\n", OPT_READ_MALFORMED },
  { "imap-tag-okay", IMAP, SIGN_IN, "A7 OKAY\r\n", OPT_READ_MALFORMED },
  { "imap-other-tag", IMAP, SIGN_IN, "A8 OK\r\n", OPT_READ_MALFORMED },
  { "imap-longer-tag", IMAP, SIGN_IN, "A77 OK\r\n", OPT_READ_MALFORMED },
};

static void
assert_reply (const OptReply *reply, gsize i)
{
  g_assert_cmpint (reply->status, ==, replies[i].status);
  g_assert_cmpuint (reply->code, ==, replies[i].code);
  g_assert_cmpstr (reply->enhanced, ==, replies[i].enhanced);
  g_assert_cmpstr (reply->response_code, ==, replies[i].response_code);
  g_assert_cmpstr (reply->text, ==, replies[i].text);
  g_assert_cmpuint (g_strv_length (reply->lines), ==, replies[i].n_lines);
}

/* Split at every byte, what comes first must not be a reply, or already be the whole one. */
static void
test_reply (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  const char *input = replies[i].input;
  gsize n = strlen (input);
  gsize n_reply = n - strlen (replies[i].rest);

  for (gsize split = 0; split <= n; split++)
    {
      g_autoptr (OptReplyReader) reader = opt_reply_reader_new (replies[i].service);
      g_autoptr (OptReply) reply = NULL;
      g_autoptr (OptReply) copy = NULL;
      OptRead read;

      opt_reply_reader_push (reader, input, split);
      read = opt_reply_reader_read (reader, replies[i].command, "A7", &reply);
      g_assert_cmpint (read, ==, split < n_reply ? OPT_READ_MORE : OPT_READ_REPLY);
      opt_reply_reader_push (reader, input + split, n - split);
      if (read == OPT_READ_MORE)
        read = opt_reply_reader_read (reader, replies[i].command, "A7", &reply);

      g_assert_cmpint (read, ==, OPT_READ_REPLY);
      assert_reply (reply, i);
      copy = opt_reply_copy (reply);
      assert_reply (copy, i);
      g_assert_cmpuint (opt_reply_reader_get_n_bytes (reader), ==, n - n_reply);
    }
}

static void
test_stranger (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  const char *input = strangers[i].input;
  OptRead read = OPT_READ_MORE;
  g_autoptr (OptReplyReader) reader = opt_reply_reader_new (strangers[i].service);
  g_autoptr (OptReply) reply = NULL;

  for (gsize j = 0; input[j] != '\0'; j++)
    {
      g_assert_cmpint (read, ==, OPT_READ_MORE);
      opt_reply_reader_push (reader, input + j, 1);
      read = opt_reply_reader_read (reader, strangers[i].command, "A7", &reply);
    }

  g_assert_cmpint (read, ==, strangers[i].want);
  g_assert_null (reply);
}

static void
test_two (void)
{
  g_autoptr (OptReplyReader) reader = opt_reply_reader_new (OPT_SERVICE_SMTP);
  static const char bytes[] = "250-a\r\n250 b\r\n550 5.1.1 c\r\n";
  g_autoptr (OptReply) first = NULL;
  g_autoptr (OptReply) second = NULL;
  g_autoptr (OptReply) third = NULL;

  opt_reply_reader_push (reader, bytes, strlen (bytes));
  opt_reply_reader_read (reader, OPT_COMMAND_MAIL, NULL, &first);
  opt_reply_reader_read (reader, OPT_COMMAND_RCPT, NULL, &second);

  g_assert_cmpstr (first->text, ==, "a\nb");
  g_assert_cmpstr (second->text, ==, "c");
  g_assert_cmpint (opt_reply_reader_read (reader, OPT_COMMAND_RSET, NULL, &third),
                   ==,
                   OPT_READ_MORE);
  g_assert_null (third);
}

static const struct
{
  OptService service;
  const char *input;
  const char *want; /* response code and text, or NULL */
} farewells[] = {
  { IMAP, "* BYE [UNAVAILABLE] going down\r\n", "UNAVAILABLE going down" },
  { IMAP, "* 3 EXISTS\r\n* bye later\r\n", "(null) later" },
  { IMAP, "* 3 EXISTS\r\n", NULL },
  { IMAP, "* BYE cut off", NULL },
  { IMAP, "* BYEBYE\r\n", NULL },
  { IMAP, "", NULL },
  { POP3, "+OK bye\r\n", NULL },
  { SMTP, "421-bye\r\n", NULL },
};

static void
test_farewell (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (farewells); i++)
    {
      g_autoptr (OptReplyReader) reader = opt_reply_reader_new (farewells[i].service);
      g_autoptr (OptReply) reply = NULL;
      g_autoptr (OptReply) farewell = NULL;
      g_autofree char *got = NULL;

      opt_reply_reader_push (reader, farewells[i].input, strlen (farewells[i].input));
      opt_reply_reader_read (reader, OPT_COMMAND_CAPABILITIES, "A7", &reply);
      farewell = opt_reply_reader_read_farewell (reader);
      if (farewell != NULL)
        {
          got =
            g_strdup_printf ("%s %s",
                             farewell->response_code != NULL ? farewell->response_code : "(null)",
                             farewell->text);
          g_assert_cmpint (farewell->status, ==, OPT_REPLY_BYE);
        }

      g_assert_cmpstr (got, ==, farewells[i].want);
    }
}

#define ADD_TABLE(prefix, table, function)                                                         \
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)                                                 \
    {                                                                                              \
      g_autofree char *path = g_strconcat ("/reply/" prefix "/", table[i].name, NULL);             \
                                                                                                   \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), function);                                 \
    }

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TABLE ("read", replies, test_reply);
  ADD_TABLE ("stranger", strangers, test_stranger);
  g_test_add_func ("/reply/two", test_two);
  g_test_add_func ("/reply/farewell", test_farewell);

  return g_test_run ();
}
