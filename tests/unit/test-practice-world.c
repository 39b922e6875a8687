/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The servers that stand behind the practice addresses. */
#include "practice-client.h"

#include "opt-practice-world.h"

static const struct
{
  const char *name, *address, *host;
  guint16 port;
  gboolean there;
  const char *command, *want;
} doors[] = {
  { "works", "works@optonline.net", PRACTICE_HOST, 465, TRUE, "NOOP\r\n", "250 2.0.0 Ok\r\n" },
  { "case", "Works@Optonline.NET", "MAIL.optimum.net", 995, TRUE, "NOOP\r\n", "-ERR Sign" },
  { "anybody",
    "jane@optimum.net",
    PRACTICE_HOST,
    995,
    TRUE,
    "USER jane@optimum.net\r\nPASS practice\r\n",
    "+OK Now the password\r\n+OK Signed" },
  { "local-part-imap",
    "works@optonline.net",
    PRACTICE_HOST,
    993,
    TRUE,
    "a LOGIN works practice\r\n",
    "a NO [AUTHENTICATIONFAILED]" },
  { "local-part-pop3",
    "works@optonline.net",
    PRACTICE_HOST,
    995,
    TRUE,
    "USER works\r\nPASS practice\r\n",
    "+OK Now the password\r\n-ERR [AUTH]" },
  /* NUL works NUL practice, in base64. */
  { "local-part-smtp",
    "works@optonline.net",
    PRACTICE_HOST,
    465,
    TRUE,
    "HELO x\r\nAUTH PLAIN AHdvcmtzAHByYWN0aWNl\r\n",
    "250 practice.example.com\r\n535 5.7.8 " },
  { "somebody-else",
    "works@optonline.net",
    PRACTICE_HOST,
    993,
    TRUE,
    "a LOGIN jane@optonline.net practice\r\n",
    "a NO [AUTHENTICATIONFAILED]" },
  { "wrong-password",
    "wrong-password@optonline.net",
    PRACTICE_HOST,
    995,
    TRUE,
    "USER wrong-password@optonline.net\r\nPASS wrong\r\n",
    "+OK Now the password\r\n-ERR [AUTH]" },
  { "access-off",
    "access-off@optimum.net",
    "mail.optimum.net",
    993,
    TRUE,
    "a LOGIN access-off@optimum.net practice\r\n",
    "a NO [AUTHENTICATIONFAILED]" },
  { "busy",
    "busy@optonline.net",
    PRACTICE_HOST,
    993,
    TRUE,
    "a LOGIN busy@optonline.net practice\r\n",
    "a NO [UNAVAILABLE]" },
  { "sending-blocked",
    "sending-blocked@optonline.net",
    PRACTICE_HOST,
    465,
    TRUE,
    "MAIL FROM:<a@b.c>\r\n",
    "550 5.7.1 " },
  { "suddenlink",
    "works@suddenlink.net",
    "pop.suddenlink.net",
    995,
    TRUE,
    "NOOP\r\n",
    "-ERR Sign" },
  { "wrong-host", "works@optonline.net", "pop.optonline.net", 995 },
  { "moved-to",
    "moved@optonline.net",
    "mail.optimum.net",
    465,
    TRUE,
    "NOOP\r\n",
    "250 2.0.0 Ok\r\n" },
  { "stranger", "jane@example.com", PRACTICE_HOST, 465 },
  { "no-address", "", PRACTICE_HOST, 465 },
};

/* A server that is down refuses connections; it is not gone. */
static void
test_world_down (void)
{
  static const struct
  {
    const char *address, *host;
    guint16 port;
  } closed[] = {
    { "server-down@optonline.net", PRACTICE_HOST, 465 },
    { "moved@optonline.net", PRACTICE_HOST, 465 },
    { "works@optonline.net", PRACTICE_HOST, 25 },
    { "works@suddenlink.net", "pop.suddenlink.net", 993 },
  };
  g_autoptr (OptPracticeWorld) world = opt_practice_world_new (NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  for (guint i = 0; i < G_N_ELEMENTS (closed); i++)
    {
      guint16 port =
        opt_practice_world_get_port (world, closed[i].address, closed[i].host, closed[i].port);
      g_autoptr (GSocketConnection) connection = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (port, !=, 0);
      connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
    }
}

/* The world has an authority of its own; TLS is checked against that in test_world_certificates().
 */
static void
test_door (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (OptPracticeWorld) world = opt_practice_world_new (&error);
  guint16 port =
    opt_practice_world_get_port (world, doors[i].address, doors[i].host, doors[i].port);
  g_autoptr (PracticeClient) client = NULL;
  char byte = 0;

  g_assert_no_error (error);
  g_assert_cmpint (port != 0, ==, doors[i].there);
  if (port == 0)
    return;

  g_assert_cmpint (opt_practice_world_get_port (world,
                                                doors[i].address,
                                                doors[i].host,
                                                doors[i].port),
                   ==,
                   port);
  client = practice_connect_port (port);
  g_object_unref (client->authority);
  client->authority =
    g_tls_certificate_new_from_pem (opt_practice_world_get_ca_pem (world), -1, &error);
  g_assert_no_error (error);
  practice_start_tls (client);
  while (byte != '\n')
    g_assert_cmpint (practice_read_once (client, &byte, 1, NULL), ==, 1);
  practice_ask (client, doors[i].command, doors[i].want);
}

static const struct
{
  const char *address;
  GTlsCertificateFlags want;
} certificates[] = {
  { "works@optonline.net", 0 },
  { "old-certificate@optonline.net", G_TLS_CERTIFICATE_EXPIRED },
  { "wrong-name@optonline.net", G_TLS_CERTIFICATE_BAD_IDENTITY },
  { "unknown-certificate@optonline.net", G_TLS_CERTIFICATE_UNKNOWN_CA },
};

static gboolean
on_see_certificate (GTlsConnection *connection,
                    GTlsCertificate *peer,
                    GTlsCertificateFlags errors,
                    gpointer user_data)
{
  GTlsCertificate **seen = user_data;

  g_set_object (seen, peer);

  return TRUE;
}

static void
test_world_certificates (void)
{
  g_autoptr (OptPracticeWorld) world = opt_practice_world_new (NULL);
  g_autoptr (GTlsCertificate) authority =
    g_tls_certificate_new_from_pem (opt_practice_world_get_ca_pem (world), -1, NULL);
  g_autoptr (GSocketConnectable) host = g_network_address_new (PRACTICE_HOST, 0);

  for (guint i = 0; i < G_N_ELEMENTS (certificates); i++)
    {
      g_autoptr (PracticeClient) client = practice_connect_port (
        opt_practice_world_get_port (world, certificates[i].address, PRACTICE_HOST, 465));
      g_autoptr (GIOStream) tls = practice_create_tls (client->stream);
      g_autoptr (GTlsCertificate) seen = NULL;

      g_signal_connect (tls, "accept-certificate", G_CALLBACK (on_see_certificate), &seen);
      g_assert_true (g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL));
      g_assert_cmpint (g_tls_certificate_verify (seen, host, authority), ==, certificates[i].want);
    }
}

static void
test_world_accounts (void)
{
  g_autoptr (OptPracticeWorld) world = opt_practice_world_new (NULL);
  const OptPracticeAccount *accounts;
  guint n = 0;

  accounts = opt_practice_world_get_accounts (world, &n);
  g_assert_cmpint (n, >=, 7);
  g_assert_cmpstr (accounts[0].address, ==, "works@optonline.net");
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (g_str_has_prefix (accounts[i].address, accounts[i].id));
      g_assert_cmpstr (accounts[i].title, !=, "");
      g_assert_cmpstr (accounts[i].password, !=, "");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  PRACTICE_ADD_TABLE ("door", doors, test_door);
  g_test_add_func ("/practice/world-certificates", test_world_certificates);
  g_test_add_func ("/practice/world-down", test_world_down);
  g_test_add_func ("/practice/world-accounts", test_world_accounts);

  return practice_run_tests ();
}
