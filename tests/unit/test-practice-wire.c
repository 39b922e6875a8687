/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the practice server does to the wire, and what it notes of it. */
#include "practice-client.h"

#include <string.h>

#define FOR_EVER_MS (3600 * 1000)

/* While one client waits, another is served. */
static void
test_delay (void)
{
  g_autoptr (OptPracticeServer) server =
    practice_start_server (OPT_SERVICE_SMTP, OPT_SECURITY_STARTTLS);
  const OptPracticeRule brief = { "NOOP", .delay_ms = 30 };
  const OptPracticeRule endless = { "RSET", .delay_ms = FOR_EVER_MS };
  g_autoptr (PracticeClient) patient = practice_connect_server (server);
  g_autoptr (PracticeClient) other = practice_connect_server (server);
  gint64 start_us;

  opt_practice_server_add_rule (server, &brief);
  opt_practice_server_add_rule (server, &endless);
  practice_expect (patient, PRACTICE_GREETING);
  practice_expect (other, PRACTICE_GREETING);
  practice_ask (patient, "EHLO a\r\nRSET\r\n", PRACTICE_EHLO_PLAIN);

  start_us = g_get_monotonic_time ();
  practice_ask (other, "NOOP\r\n", "250 2.0.0 Ok\r\n");
  g_assert_cmpint (g_get_monotonic_time () - start_us, >=, 30 * 1000);

  practice_stop_quickly (server);
  practice_expect_end (patient);
  practice_expect_end (other);
}

static void
test_drip (void)
{
  g_autoptr (OptPracticeServer) server = practice_start_server (OPT_SERVICE_SMTP, OPT_SECURITY_TLS);
  const OptPracticeRule drip = { "GREETING", .drip_ms = 2 };
  g_autoptr (PracticeClient) client = NULL;
  gint64 start_us;

  opt_practice_server_add_rule (server, &drip);
  client = practice_connect_server (server);
  start_us = g_get_monotonic_time ();
  practice_start_tls (client);
  practice_expect (client, PRACTICE_GREETING);
  g_assert_cmpint (g_get_monotonic_time () - start_us,
                   >=,
                   (gint64) (strlen (PRACTICE_GREETING) - 1) * 2 * 1000);
  practice_ask (client, "NOOP\r\n", "250 2.0.0 Ok\r\n");
}

static void
test_silence (void)
{
  g_autoptr (OptPracticeServer) server = practice_start_server (OPT_SERVICE_POP3, OPT_SECURITY_TLS);
  const OptPracticeRule silence = {
    "CAPA", .times = 1, .reply = "+OK half", .then = OPT_PRACTICE_THEN_SILENCE
  };
  g_autoptr (PracticeClient) client = practice_connect_server (server);
  g_autoptr (PracticeClient) other = practice_connect_server (server);

  opt_practice_server_add_rule (server, &silence);
  practice_start_tls (client);
  practice_start_tls (other);
  practice_expect (client, "+OK practice server ready\r\n");
  practice_expect (other, "+OK practice server ready\r\n");
  practice_ask (client, "CAPA\r\nSTAT\r\n", "+OK half");
  practice_say (client, "NOOP\r\n");
  practice_ask (other, "STAT\r\n", "-ERR Sign in first\r\n");

  practice_assert_commands (server, "CAPA STAT");
  practice_stop_quickly (server);
}

static void
test_flood (gconstpointer data)
{
  OptSecurity security = GPOINTER_TO_UINT (data);
  g_autoptr (OptPracticeServer) server = practice_start_server (OPT_SERVICE_SMTP, security);
  const OptPracticeRule flood = {
    "NOOP", .reply = "250-x\r\n", .then = OPT_PRACTICE_THEN_FLOOD, .times = 2
  };
  g_autoptr (PracticeClient) client = practice_connect_server (server);
  g_autoptr (PracticeClient) stuck = practice_connect_server (server);
  g_autoptr (GString) want = NULL;

  opt_practice_server_add_rule (server, &flood);
  if (security == OPT_SECURITY_TLS)
    {
      practice_start_tls (client);
      practice_start_tls (stuck);
    }
  practice_ask (stuck, "NOOP\r\n", PRACTICE_GREETING "250-x\r\n");
  practice_ask (client, "NOOP\r\n", PRACTICE_GREETING);
  want = g_string_new (NULL);
  while (want->len < 512 * 1024)
    g_string_append (want, "250-x\r\n");
  practice_expect (client, want->str);

  /* One client leaves in the middle, the other reads no more. */
  g_clear_pointer (&client, practice_client_free);
  client = practice_connect_server (server);
  if (security == OPT_SECURITY_TLS)
    practice_start_tls (client);
  practice_ask (client, "NOOP\r\n", PRACTICE_GREETING "250 2.0.0 Ok\r\n");
  practice_stop_quickly (server);
}

/* Bytes after the reply to STARTTLS come in the same segment, and then the handshake. */
static void
test_server_injects (void)
{
  static const char reply[] = "220 go\r\n250 injected\r\n";
  g_autoptr (OptPracticeServer) server =
    practice_start_server (OPT_SERVICE_SMTP, OPT_SECURITY_STARTTLS);
  const OptPracticeRule inject = { "STARTTLS",
                                   .reply = reply,
                                   .then = OPT_PRACTICE_THEN_START_TLS };
  g_autoptr (PracticeClient) client = practice_connect_server (server);
  char buffer[100] = { 0 };

  opt_practice_server_add_rule (server, &inject);
  practice_expect (client, PRACTICE_GREETING);
  practice_say (client, "STARTTLS\r\n");
  g_assert_cmpint (practice_read_once (client, buffer, sizeof buffer - 1, NULL),
                   ==,
                   strlen (reply));
  g_assert_cmpstr (buffer, ==, reply);
  practice_start_tls (client);
  practice_ask (client, "EHLO a\r\n", PRACTICE_EHLO_SECURE);
}

/* A healthy server forgets what a client sent after STARTTLS in the clear (CVE-2011-0411). */
static void
test_client_injects (void)
{
  g_autoptr (OptPracticeServer) server =
    practice_start_server (OPT_SERVICE_POP3, OPT_SECURITY_STARTTLS);
  g_autoptr (PracticeClient) client = practice_connect_server (server);

  practice_expect (client, "+OK practice server ready\r\n");
  practice_ask (client, "STLS\r\nUSER mallory\r\n", "+OK Begin TLS now\r\n");
  practice_start_tls (client);
  practice_ask (client, "PASS secret\r\n", "-ERR USER comes first\r\n");
  practice_assert_commands (server, "STLS PASS");
}

/* A server too old for us: a protocol_version alert (RFC 8446 §6) in the place of a handshake. */
static void
test_alert (void)
{
  g_autoptr (OptPracticeServer) server = practice_start_server (OPT_SERVICE_IMAP, OPT_SECURITY_TLS);
  const OptPracticeRule alert = { "TLS",
                                  .reply = "\x15\x03\x01\x00\x02\x02\x46",
                                  .reply_bytes = 7,
                                  .then = OPT_PRACTICE_THEN_CLOSE };
  g_autoptr (GError) error = NULL;
  g_autoptr (PracticeClient) client = NULL;

  opt_practice_server_add_rule (server, &alert);
  client = practice_connect_server (server);
  g_assert_false (practice_try_tls (client, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_TLS_ERROR);
}

/* A plain server where TLS is expected. */
static void
test_no_handshake (void)
{
  g_autoptr (OptPracticeServer) server = practice_start_server (OPT_SERVICE_SMTP, OPT_SECURITY_TLS);
  const OptPracticeRule plain = { "TLS", .reply = "" };
  g_autoptr (PracticeClient) client = NULL;

  opt_practice_server_add_rule (server, &plain);
  client = practice_connect_server (server);
  practice_expect (client, PRACTICE_GREETING);
  practice_ask (client, "NOOP\r\n", "250 2.0.0 Ok\r\n");
}

/* Scripted sign-ins: one that is said to be good is, and each is counted once. */
static void
test_scripted_sign_ins (void)
{
  g_autoptr (OptPracticeServer) server = practice_start_server (OPT_SERVICE_SMTP, OPT_SECURITY_TLS);
  const OptPracticeRule script[] = {
    { "SIGN-IN", .times = 1, .reply = "454 4.7.0 later\r\n" },
    { "RESPONSE", .times = 1, .reply = "334 more\r\n" },
    { "SIGN-IN", .times = 1, .reply = "235 fine\r\n" },
  };
  g_autoptr (PracticeClient) client = practice_connect_server (server);

  for (guint i = 0; i < G_N_ELEMENTS (script); i++)
    opt_practice_server_add_rule (server, &script[i]);
  practice_start_tls (client);
  practice_expect (client, PRACTICE_GREETING);
  practice_ask (client, "EHLO a\r\n", PRACTICE_EHLO_SECURE);
  practice_ask (client, "AUTH PLAIN " PRACTICE_PLAIN "\r\n", "454 4.7.0 later\r\n");
  practice_ask (client, "AUTH PLAIN\r\n", "334 \r\n");
  practice_ask (client, PRACTICE_WRONG "\r\n", "334 more\r\n");
  practice_ask (client, PRACTICE_WRONG "\r\n", "235 fine\r\n");
  practice_ask (client, "MAIL FROM:<>\r\n", "250 2.1.0 Sender ok\r\n");

  g_assert_cmpint (opt_practice_server_get_n_sign_ins (server, TRUE), ==, 1);
  g_assert_cmpint (opt_practice_server_get_n_sign_ins (server, FALSE), ==, 1);
  practice_assert_commands (server, "EHLO AUTH AUTH RESPONSE RESPONSE MAIL");
}

/* RFC 2920: commands in one segment; bytes of one command in several. */
static void
test_pipelining (void)
{
  g_autoptr (OptPracticeServer) server = practice_start_server (OPT_SERVICE_SMTP, OPT_SECURITY_TLS);
  const OptPracticeRule slow = { "RCPT", .delay_ms = 5 };
  g_autoptr (PracticeClient) client = practice_connect_server (server);

  opt_practice_server_add_rule (server, &slow);
  practice_start_tls (client);
  practice_expect (client, PRACTICE_GREETING);
  practice_ask (client, "EHLO a\r\n", PRACTICE_EHLO_SECURE);
  practice_ask (client, "AUTH PLAIN " PRACTICE_PLAIN "\r\n", PRACTICE_SIGNED_IN);
  practice_ask (client,
                "MAIL FROM:<jane@optonline.net>\r\nRCPT TO:<jane@optonline.net>\r\nRSET\r\nNO",
                "250 2.1.0 Sender ok\r\n250 2.1.5 Recipient ok\r\n250 2.0.0 Forgotten\r\n");
  practice_ask (client, "OP\r\n", "250 2.0.0 Ok\r\n");

  g_assert_cmpint (opt_practice_server_get_n_flights (server), ==, 4);
  practice_assert_commands (server, "EHLO AUTH MAIL RCPT RSET NOOP");
}

static void
test_record (void)
{
  g_autoptr (OptPracticeServer) server =
    practice_start_server (OPT_SERVICE_POP3, OPT_SECURITY_STARTTLS);
  g_autoptr (PracticeClient) client = practice_connect_server (server);

  practice_expect (client, "+OK practice server ready\r\n");
  practice_ask (client, "STLS\r\n", "+OK Begin TLS now\r\n");
  practice_start_tls (client);
  practice_ask (client, "STAT\r\n", "-ERR Sign in first\r\n");
  opt_practice_server_set_keeps_received (server, FALSE);
  practice_ask (client, "QUIT\r\n", "+OK Goodbye\r\n");
  practice_expect_end (client);

  practice_assert_bytes (opt_practice_server_dup_received_plain (server), "STLS\r\n");
  practice_assert_bytes (opt_practice_server_dup_received_secure (server), "STAT\r\n");
  practice_assert_bytes (opt_practice_server_dup_received (server), "STLS\r\nSTAT\r\n");
  practice_assert_commands (server, "STLS STAT");
  g_assert_cmpint (opt_practice_server_get_n_flights (server), ==, 3);
}

static void
test_message_count (void)
{
  g_autoptr (OptPracticeServer) server = practice_start_server (OPT_SERVICE_SMTP, OPT_SECURITY_TLS);
  const OptPracticeRule spam = { "MESSAGE", .times = 1, .reply = "554 5.7.1 Spam detected\r\n" };
  g_autoptr (PracticeClient) client = practice_connect_server (server);

  opt_practice_server_add_rule (server, &spam);
  practice_start_tls (client);
  practice_ask (client, "EHLO a\r\n", PRACTICE_GREETING PRACTICE_EHLO_SECURE);
  practice_ask (client, "AUTH PLAIN " PRACTICE_PLAIN "\r\n", PRACTICE_SIGNED_IN);
  for (guint i = 0; i < 2; i++)
    {
      practice_ask (client,
                    "MAIL FROM:<a@b.c>\r\nRCPT TO:<a@b.c>\r\nDATA\r\n",
                    "250 2.1.0 Sender ok\r\n250 2.1.5 Recipient ok\r\n354 End with a dot\r\n");
      practice_ask (client,
                    "x\r\n.\r\n",
                    i == 0 ? "554 5.7.1 Spam detected\r\n" : "250 2.0.0 Message accepted\r\n");
      g_assert_cmpint (opt_practice_server_get_n_messages (server), ==, i);
    }
}

/* A client that connects and never shakes hands, and one that sends a line without end. */
static void
test_stop_in_handshake (void)
{
  g_autoptr (OptPracticeServer) server = practice_start_server (OPT_SERVICE_SMTP, OPT_SECURITY_TLS);
  g_autoptr (PracticeClient) client = practice_connect_server (server);
  gint64 deadline_us = g_get_monotonic_time () + PRACTICE_TIMEOUT_US;

  while (opt_practice_server_get_n_connections (server) == 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      g_thread_yield ();
    }

  practice_stop_quickly (server);
  opt_practice_server_stop (server);

  g_assert_true (opt_practice_server_start (server, NULL));
  g_clear_pointer (&client, practice_client_free);
  client = practice_connect_server (server);
  practice_start_tls (client);
  practice_expect (client, PRACTICE_GREETING);
}

static void
test_endless_line (void)
{
  g_autoptr (OptPracticeServer) server =
    practice_start_server (OPT_SERVICE_SMTP, OPT_SECURITY_STARTTLS);
  g_autoptr (PracticeClient) client = practice_connect_server (server);
  g_autofree char *line = g_strnfill (1024 * 1024, 'x');
  g_autoptr (GError) error = NULL;
  char byte;

  practice_expect (client, PRACTICE_GREETING);
  g_output_stream_write_all (g_io_stream_get_output_stream (client->stream),
                             line,
                             strlen (line),
                             NULL,
                             NULL,
                             NULL);
  g_assert_cmpint (practice_read_once (client, &byte, 1, &error), <=, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/practice/delay", test_delay);
  g_test_add_func ("/practice/drip", test_drip);
  g_test_add_func ("/practice/silence", test_silence);
  g_test_add_data_func ("/practice/flood/tls", GUINT_TO_POINTER (OPT_SECURITY_TLS), test_flood);
  g_test_add_data_func ("/practice/flood/plain",
                        GUINT_TO_POINTER (OPT_SECURITY_STARTTLS),
                        test_flood);
  g_test_add_func ("/practice/server-injects", test_server_injects);
  g_test_add_func ("/practice/client-injects", test_client_injects);
  g_test_add_func ("/practice/alert", test_alert);
  g_test_add_func ("/practice/no-handshake", test_no_handshake);
  g_test_add_func ("/practice/scripted-sign-ins", test_scripted_sign_ins);
  g_test_add_func ("/practice/pipelining", test_pipelining);
  g_test_add_func ("/practice/record", test_record);
  g_test_add_func ("/practice/message-count", test_message_count);
  g_test_add_func ("/practice/stop-in-handshake", test_stop_in_handshake);
  g_test_add_func ("/practice/endless-line", test_endless_line);

  return practice_run_tests ();
}
