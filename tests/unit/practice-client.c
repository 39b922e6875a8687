/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice-client.h"

#include <string.h>

OptPracticeCa *practice_ca;
GTlsCertificate *practice_ca_certificate;
GTlsCertificate *practice_certificate;

OptPracticeServer *
practice_start_server (OptService service, OptSecurity security)
{
  OptPracticeServer *server = opt_practice_server_new (service, security, practice_certificate);
  g_autoptr (GError) error = NULL;

  opt_practice_server_set_account (server, "jane@optonline.net", "secret", 3, 100);
  g_assert_true (opt_practice_server_start (server, &error));
  g_assert_no_error (error);

  return server;
}

static gboolean
on_accept_certificate (GTlsConnection *connection,
                       GTlsCertificate *peer,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new (PRACTICE_HOST, 0);
  PracticeClient *client = user_data;

  return g_tls_certificate_verify (peer, identity, client->authority) == 0;
}

GIOStream *
practice_create_tls (GIOStream *plain)
{
  g_autoptr (GError) error = NULL;
  GIOStream *tls =
    g_initable_new (g_tls_backend_get_client_connection_type (g_tls_backend_get_default ()),
                    NULL,
                    &error,
                    "base-io-stream",
                    plain,
                    "database",
                    NULL,
                    NULL);

  g_assert_no_error (error);

  return tls;
}

gboolean
practice_try_tls (PracticeClient *client, GError **error)
{
  g_autoptr (GIOStream) plain = g_steal_pointer (&client->stream);

  client->stream = practice_create_tls (plain);
  g_signal_connect (client->stream,
                    "accept-certificate",
                    G_CALLBACK (on_accept_certificate),
                    client);

  return g_tls_connection_handshake (G_TLS_CONNECTION (client->stream), NULL, error);
}

void
practice_start_tls (PracticeClient *client)
{
  g_autoptr (GError) error = NULL;

  practice_try_tls (client, &error);
  g_assert_no_error (error);
}

PracticeClient *
practice_connect_port (guint16 port)
{
  g_autoptr (GSocketClient) factory = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  PracticeClient *client = g_new0 (PracticeClient, 1);

  g_socket_client_set_enable_proxy (factory, FALSE);
  g_socket_client_set_timeout (factory, PRACTICE_TIMEOUT_S);
  client->socket = g_socket_client_connect_to_host (factory, "127.0.0.1", port, NULL, &error);
  g_assert_no_error (error);
  client->stream = g_object_ref (G_IO_STREAM (client->socket));
  client->authority = g_object_ref (practice_ca_certificate);

  return client;
}

PracticeClient *
practice_connect_server (OptPracticeServer *server)
{
  return practice_connect_port (opt_practice_server_get_port (server));
}

void
practice_client_free (PracticeClient *client)
{
  g_object_unref (client->stream);
  g_object_unref (client->socket);
  g_object_unref (client->authority);
  g_free (client);
}

void
practice_say (PracticeClient *client, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (client->stream),
                             text,
                             strlen (text),
                             NULL,
                             NULL,
                             &error);
  g_assert_no_error (error);
}

void
practice_expect (PracticeClient *client, const char *want)
{
  g_autofree char *got = g_malloc0 (strlen (want) + 1);
  g_autoptr (GError) error = NULL;

  g_input_stream_read_all (g_io_stream_get_input_stream (client->stream),
                           got,
                           strlen (want),
                           NULL,
                           NULL,
                           &error);
  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, want);
}

void
practice_ask (PracticeClient *client, const char *command, const char *want)
{
  practice_say (client, command);
  practice_expect (client, want);
}

gssize
practice_read_once (PracticeClient *client, char *buffer, gsize size_bytes, GError **error)
{
  return g_input_stream_read (g_io_stream_get_input_stream (client->stream),
                              buffer,
                              size_bytes,
                              NULL,
                              error);
}

void
practice_expect_end (PracticeClient *client)
{
  g_autoptr (GError) error = NULL;
  char byte;

  g_assert_cmpint (practice_read_once (client, &byte, 1, &error), ==, 0);
  g_assert_no_error (error);
}

void
practice_expect_orderly_end (PracticeClient *client)
{
  practice_expect_end (client);
  practice_say (client, "NOOP\r\n");
  practice_say (client, "NOOP\r\n");
}

void
practice_expect_reset (PracticeClient *client)
{
  g_autoptr (GError) error = NULL;
  char byte;

  g_assert_cmpint (practice_read_once (client, &byte, 1, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

void
practice_stop_quickly (OptPracticeServer *server)
{
  gint64 start_us = g_get_monotonic_time ();

  opt_practice_server_stop (server);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, PRACTICE_TIMEOUT_US);
  g_assert_cmpint (opt_practice_server_get_port (server), ==, 0);
}

void
practice_assert_commands (OptPracticeServer *server, const char *want)
{
  g_auto (GStrv) commands = opt_practice_server_dup_commands (server);
  g_autofree char *got = g_strjoinv (" ", commands);

  g_assert_cmpstr (got, ==, want);
}

void
practice_assert_bytes (GBytes *received, const char *want)
{
  g_autofree char *got = g_strndup (g_bytes_get_data (received, NULL), g_bytes_get_size (received));

  g_assert_cmpstr (got, ==, want);
  g_bytes_unref (received);
}

static void
make_certificates (void)
{
  static const char *const hosts[] = { PRACTICE_HOST, "127.0.0.1", NULL };
  const OptPracticeIdentity identity = { hosts, -PRACTICE_DAY_S, PRACTICE_DAY_S, FALSE };
  g_autoptr (GError) error = NULL;

  practice_ca = opt_practice_ca_new (&error);
  g_assert_no_error (error);
  practice_ca_certificate =
    g_tls_certificate_new_from_pem (opt_practice_ca_get_pem (practice_ca), -1, &error);
  g_assert_no_error (error);
  practice_certificate = opt_practice_ca_issue (practice_ca, &identity, &error);
  g_assert_no_error (error);
}

int
practice_run_tests (void)
{
  int result;

  make_certificates ();
  result = g_test_run ();

  g_object_unref (practice_certificate);
  g_object_unref (practice_ca_certificate);
  g_object_unref (practice_ca);

  return result;
}
