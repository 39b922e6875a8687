/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-practice-ca.h"
#include "opt-practice-server.h"

G_BEGIN_DECLS

#define PRACTICE_HOST "mail.optonline.net"
#define PRACTICE_DAY_S (24 * 60 * 60)
#define PRACTICE_TIMEOUT_S 20
#define PRACTICE_TIMEOUT_US (PRACTICE_TIMEOUT_S * G_USEC_PER_SEC)

/* What the server of practice_start_server() says where it speaks SMTP. */
#define PRACTICE_GREETING "220 practice.example.com ESMTP ready\r\n"
#define PRACTICE_EHLO_PLAIN                                                                        \
  "250-practice.example.com\r\n250-PIPELINING\r\n250-SIZE 104857600\r\n250-8BITMIME\r\n"           \
  "250-DSN\r\n250-STARTTLS\r\n250 ENHANCEDSTATUSCODES\r\n"
#define PRACTICE_EHLO_SECURE                                                                       \
  "250-practice.example.com\r\n250-PIPELINING\r\n250-SIZE 104857600\r\n250-8BITMIME\r\n"           \
  "250-DSN\r\n250-AUTH LOGIN PLAIN\r\n250 ENHANCEDSTATUSCODES\r\n"
#define PRACTICE_SIGNED_IN "235 2.7.0 Authentication successful\r\n"

/* Its account for SASL PLAIN, and with another password. */
#define PRACTICE_PLAIN "AGphbmVAb3B0b25saW5lLm5ldABzZWNyZXQ="
#define PRACTICE_WRONG "AGphbmVAb3B0b25saW5lLm5ldAB3cm9uZw=="

/* While practice_run_tests() runs: who signs, and the certificate that all servers have. */
extern OptPracticeCa *practice_ca;
extern GTlsCertificate *practice_ca_certificate;
extern GTlsCertificate *practice_certificate;

/**
 * PracticeClient:
 * @socket: its connection
 * @stream: the socket, or TLS on top of it
 * @authority: whom it trusts
 *
 * A client that blocks, with a deadline: the server has its own thread.
 */
typedef struct
{
  GSocketConnection *socket;
  GIOStream *stream;
  GTlsCertificate *authority;
} PracticeClient;

/* Adds a test for each row of a table that has a `name`; the row's number is its data. */
#define PRACTICE_ADD_TABLE(prefix, table, function)                                                \
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)                                                 \
    {                                                                                              \
      g_autofree char *path = g_strdup_printf ("/practice/" prefix "/%s", table[i].name);          \
                                                                                                   \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), function);                                 \
    }

/**
 * practice_run_tests:
 *
 * As g_test_run(), with certificates.
 *
 * Returns: as g_test_run()
 */
int practice_run_tests (void);

/**
 * practice_start_server:
 * @service: what it speaks
 * @security: its kind of TLS
 *
 * Returns: (transfer full): a server that listens and knows jane@optonline.net, whose password is
 *   "secret" and who has three messages of 100 bytes in all
 */
OptPracticeServer *practice_start_server (OptService service, OptSecurity security);

/**
 * practice_stop_quickly:
 * @server: a server
 *
 * Stops it at once, although something is under way for ever.
 */
void practice_stop_quickly (OptPracticeServer *server);

/**
 * practice_connect_port:
 * @port: a port of the loopback
 *
 * Returns: (transfer full): a client of it
 */
PracticeClient *practice_connect_port (guint16 port);

/**
 * practice_connect_server:
 * @server: a server
 *
 * Returns: (transfer full): a client of it
 */
PracticeClient *practice_connect_server (OptPracticeServer *server);

/**
 * practice_client_free:
 * @client: (transfer full): a client
 */
void practice_client_free (PracticeClient *client);

/**
 * practice_create_tls:
 * @plain: a connection
 *
 * Without the system's authorities, which take long to load: only our own counts here.
 *
 * Returns: (transfer full): TLS on top of it, before the handshake
 */
GIOStream *practice_create_tls (GIOStream *plain);

/**
 * practice_try_tls:
 * @client: a client
 * @error: return location for what went wrong
 *
 * Returns: whether there is TLS from now on
 */
gboolean practice_try_tls (PracticeClient *client, GError **error);

/**
 * practice_start_tls:
 * @client: a client
 *
 * As practice_try_tls(); fails the test where there is none.
 */
void practice_start_tls (PracticeClient *client);

/**
 * practice_say:
 * @client: a client
 * @text: what it sends
 */
void practice_say (PracticeClient *client, const char *text);

/**
 * practice_expect:
 * @client: a client
 * @want: what must come next
 */
void practice_expect (PracticeClient *client, const char *want);

/**
 * practice_ask:
 * @client: a client
 * @command: what it sends
 * @want: what must come then
 */
void practice_ask (PracticeClient *client, const char *command, const char *want);

/**
 * practice_read_once:
 * @client: a client
 * @buffer: (out caller-allocates): for what comes
 * @size_bytes: how much has room
 * @error: return location for what went wrong
 *
 * Returns: what one read returns: at the end 0, or -1 with @error
 */
gssize practice_read_once (PracticeClient *client, char *buffer, gsize size_bytes, GError **error);

/**
 * practice_expect_end:
 * @client: a client whose server must have closed the connection
 */
void practice_expect_end (PracticeClient *client);

/**
 * practice_expect_orderly_end:
 * @client: a client whose server must have said all it had to say
 *
 * The server hears us out: were its socket closed, the second write would fail.
 */
void practice_expect_orderly_end (PracticeClient *client);

/**
 * practice_expect_reset:
 * @client: a client whose server must have reset the connection
 */
void practice_expect_reset (PracticeClient *client);

/**
 * practice_assert_commands:
 * @server: a server
 * @want: the verbs of all commands it must have heard, separated by spaces
 */
void practice_assert_commands (OptPracticeServer *server, const char *want);

/**
 * practice_assert_bytes:
 * @received: (transfer full): what a server received
 * @want: what that must be
 */
void practice_assert_bytes (GBytes *received, const char *want);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeClient, practice_client_free)

G_END_DECLS
