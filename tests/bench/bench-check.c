/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a whole check takes against servers that are 50 ms away, beside the least that the
 * protocols allow, and beside a client that asks one server after the other, one command at a time.
 * All three in one run, so that the ratios hold on any computer. */
#include "net-world.h"

#include <string.h>

#define DELAY_MS 50
#define N_RUNS 5

/* The longest dialogue: POP3's greeting, CAPA, AUTH and STAT. SMTP needs as many, IMAP one less, so
 * that whoever waits for IMAP's sign-in loses nothing. Connecting costs nothing on the loopback. */
#define MINIMUM_MS (4 * DELAY_MS)

/* What the plain client says, and what it is an answer to that it waits for. */
static const struct
{
  OptCommand command;
  const char *line;
} plain[OPT_N_SERVICES][10] = {
  [OPT_SERVICE_IMAP] = { { OPT_COMMAND_GREETING, "" },
                         { OPT_COMMAND_CAPABILITIES, "A1 CAPABILITY\r\n" },
                         { OPT_COMMAND_SIGN_IN, "A1 LOGIN " NET_ADDRESS " secret\r\n" },
                         { OPT_COMMAND_MAILBOX, "A1 STATUS INBOX (MESSAGES)\r\n" },
                         { OPT_COMMAND_MAILBOX, "A1 LOGOUT\r\n" } },
  [OPT_SERVICE_POP3] = { { OPT_COMMAND_GREETING, "" },
                         { OPT_COMMAND_CAPABILITIES, "CAPA\r\n" },
                         { OPT_COMMAND_USER, "USER " NET_ADDRESS "\r\n" },
                         { OPT_COMMAND_SIGN_IN, "PASS secret\r\n" },
                         { OPT_COMMAND_MAILBOX, "STAT\r\n" },
                         { OPT_COMMAND_MAILBOX, "QUIT\r\n" } },
  [OPT_SERVICE_SMTP] = { { OPT_COMMAND_GREETING, "" },
                         { OPT_COMMAND_CAPABILITIES, "EHLO pc.example.org\r\n" },
                         { OPT_COMMAND_SIGN_IN, "AUTH LOGIN\r\n" },
                         { OPT_COMMAND_SIGN_IN, "amFuZUBvcHRvbmxpbmUubmV0\r\n" },
                         { OPT_COMMAND_SIGN_IN, "c2VjcmV0\r\n" },
                         { OPT_COMMAND_MAIL, "MAIL FROM:<" NET_ADDRESS ">\r\n" },
                         { OPT_COMMAND_RCPT, "RCPT TO:<" NET_ADDRESS ">\r\n" },
                         { OPT_COMMAND_RSET, "RSET\r\n" },
                         { OPT_COMMAND_RSET, "QUIT\r\n" } },
};

static gboolean
on_accept_certificate (GTlsConnection *connection,
                       GTlsCertificate *peer,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  return TRUE;
}

static void
set_up (NetWorld *world, gboolean one_flight)
{
  static const OptPracticeRule rules[] = {
    /* What came in one flight with MAIL needs no way of its own. */
    { "RCPT" },
    { "RSET" },
    { "*", .delay_ms = DELAY_MS },
    { "GREETING", .delay_ms = DELAY_MS },
  };

  net_world_set_up (world, OPT_SECURITY_TLS);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      opt_practice_server_set_account (world->servers[i], NET_ADDRESS, "secret", 3, 100);
      for (guint j = one_flight ? 0 : 2; j < G_N_ELEMENTS (rules); j++)
        opt_practice_server_add_rule (world->servers[i], &rules[j]);
    }
}

static void
ask (GIOStream *stream, OptReplyReader *reader, OptCommand command, const char *line)
{
  g_autoptr (OptReply) reply = NULL;
  char buffer[4096];

  g_output_stream_write_all (g_io_stream_get_output_stream (stream),
                             line,
                             strlen (line),
                             NULL,
                             NULL,
                             NULL);
  while (opt_reply_reader_read (reader, command, "A1", &reply) == OPT_READ_MORE)
    {
      gssize n = g_input_stream_read (g_io_stream_get_input_stream (stream),
                                      buffer,
                                      sizeof buffer,
                                      NULL,
                                      NULL);

      g_assert_cmpint (n, >, 0);
      opt_reply_reader_push (reader, buffer, (gsize) n);
    }
  g_assert_nonnull (reply);
  g_assert_cmpint (reply->status, !=, OPT_REPLY_NEGATIVE);
}

static void
run_plain_service (NetWorld *world, OptService service)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (OptReplyReader) reader = opt_reply_reader_new (service);
  guint16 port = opt_practice_server_get_port (world->servers[service]);
  g_autoptr (GSocketConnection) socket =
    g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  g_autoptr (GIOStream) stream =
    g_initable_new (g_tls_backend_get_client_connection_type (g_tls_backend_get_default ()),
                    NULL,
                    NULL,
                    "base-io-stream",
                    socket,
                    "database",
                    NULL,
                    NULL);

  g_signal_connect (stream, "accept-certificate", G_CALLBACK (on_accept_certificate), NULL);
  for (guint i = 0; plain[service][i].line != NULL; i++)
    ask (stream, reader, plain[service][i].command, plain[service][i].line);
}

static double
run_plain (void)
{
  gint64 begin_us;
  double took_ms;
  NetWorld world;

  set_up (&world, FALSE);
  begin_us = g_get_monotonic_time ();
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    run_plain_service (&world, i);
  took_ms = (double) (g_get_monotonic_time () - begin_us) / 1000;
  net_world_tear_down (&world);

  return took_ms;
}

static double
run_check (void)
{
  NetRun run = { .password = "secret" };
  g_autoptr (OptCheck) check = NULL;
  double took_ms;
  NetWorld world;

  set_up (&world, TRUE);
  check = net_fixture_run (world.net, &run);
  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_WORKS);
  took_ms = (double) opt_check_get_elapsed_us (check) / 1000;
  net_world_tear_down (&world);

  return took_ms;
}

int
main (void)
{
  double check_ms = G_MAXDOUBLE;
  double plain_ms = G_MAXDOUBLE;

  for (guint i = 0; i < N_RUNS; i++)
    {
      check_ms = MIN (check_ms, run_check ());
      plain_ms = MIN (plain_ms, run_plain ());
    }

  g_print ("servers %d ms away, best of %d\n", DELAY_MS, N_RUNS);
  g_print ("check          %7.1f ms\n", check_ms);
  g_print ("minimum        %7.1f ms   the check takes %.2f times as long\n",
           (double) MINIMUM_MS,
           check_ms / MINIMUM_MS);
  g_print ("one by one     %7.1f ms   the check takes %.2f of it\n", plain_ms, check_ms / plain_ms);

  return 0;
}
