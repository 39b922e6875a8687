/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-error.h"
#include "opt-server.h"

#define A63 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define A61 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HOST_253 A63 "." A63 "." A63 "." A61

static const struct
{
  const char *name;
  OptService service;
  const char *input, *want;
} good[] = {
  { "tls", OPT_SERVICE_IMAP, "tls://mail.example.net:1993", "tls://mail.example.net:1993" },
  { "starttls",
    OPT_SERVICE_SMTP,
    "starttls://mail.example.net:25",
    "starttls://mail.example.net:25" },
  { "scheme-case", OPT_SERVICE_IMAP, "TLS://mail.example.net:1993", "tls://mail.example.net:1993" },
  { "host-case", OPT_SERVICE_POP3, "tls://Mail.Example.NET:995", "tls://mail.example.net:995" },
  { "idn", OPT_SERVICE_POP3, "tls://bücher.example:995", "tls://xn--bcher-kva.example:995" },
  { "idn-case", OPT_SERVICE_POP3, "tls://BÜCHER.example:995", "tls://xn--bcher-kva.example:995" },
  { "one-label", OPT_SERVICE_POP3, "tls://localhost:995", "tls://localhost:995" },
  { "digits", OPT_SERVICE_POP3, "tls://3com.example:995", "tls://3com.example:995" },
  { "hyphens", OPT_SERVICE_POP3, "tls://a--b.c-d.example", "tls://a--b.c-d.example:995" },
  { "port-1", OPT_SERVICE_IMAP, "tls://a.example:1", "tls://a.example:1" },
  { "port-65535", OPT_SERVICE_IMAP, "tls://a.example:65535", "tls://a.example:65535" },
  { "host-253", OPT_SERVICE_IMAP, "tls://" HOST_253 ":1", "tls://" HOST_253 ":1" },
  { "imap-tls", OPT_SERVICE_IMAP, "tls://a.example", "tls://a.example:993" },
  { "imap-starttls", OPT_SERVICE_IMAP, "starttls://a.example", "starttls://a.example:143" },
  { "pop3-tls", OPT_SERVICE_POP3, "tls://a.example", "tls://a.example:995" },
  { "pop3-starttls", OPT_SERVICE_POP3, "starttls://a.example", "starttls://a.example:110" },
  { "smtp-tls", OPT_SERVICE_SMTP, "tls://a.example", "tls://a.example:465" },
  { "smtp-starttls", OPT_SERVICE_SMTP, "starttls://a.example", "starttls://a.example:587" },
};

static const struct
{
  const char *name, *input;
  int want; /* an OptError */
} bad[] = {
  { "empty", "", OPT_ERROR_SERVER_SYNTAX },
  { "no-scheme", "mail.example.net", OPT_ERROR_SERVER_SYNTAX },
  { "no-slashes", "tls:mail.example.net", OPT_ERROR_SERVER_SYNTAX },
  { "no-host", "tls://", OPT_ERROR_SERVER_SYNTAX },
  { "only-port", "tls://:993", OPT_ERROR_SERVER_SYNTAX },
  { "path", "tls://mail.example.net:993/x", OPT_ERROR_SERVER_SYNTAX },
  { "slash", "tls://mail.example.net:993/", OPT_ERROR_SERVER_SYNTAX },
  { "query", "tls://mail.example.net?x", OPT_ERROR_SERVER_SYNTAX },
  { "fragment", "tls://mail.example.net#x", OPT_ERROR_SERVER_SYNTAX },
  { "user", "tls://jane@mail.example.net", OPT_ERROR_SERVER_SYNTAX },
  { "port-word", "tls://mail.example.net:imaps", OPT_ERROR_SERVER_SYNTAX },
  { "port-minus", "tls://mail.example.net:-1", OPT_ERROR_SERVER_SYNTAX },
  { "port-space", "tls://mail.example.net: 993", OPT_ERROR_SERVER_SYNTAX },
  { "port-large", "tls://mail.example.net:65536", OPT_ERROR_SERVER_SYNTAX },
  { "port-0", "tls://mail.example.net:0", OPT_ERROR_SERVER_PORT },
  { "host-and-port", "mail.example.net:993", OPT_ERROR_SERVER_SECURITY },
  { "plain", "plain://mail.example.net", OPT_ERROR_SERVER_SECURITY },
  { "none", "none://mail.example.net", OPT_ERROR_SERVER_SECURITY },
  { "ssl", "ssl://mail.example.net", OPT_ERROR_SERVER_SECURITY },
  { "imaps", "imaps://mail.example.net", OPT_ERROR_SERVER_SECURITY },
  { "ipv4", "tls://192.0.2.1:993", OPT_ERROR_SERVER_HOST },
  { "ipv6", "tls://[2001:db8::1]:993", OPT_ERROR_SERVER_HOST },
  { "underscore", "tls://mail_.example.net", OPT_ERROR_SERVER_HOST },
  { "hyphen-first", "tls://-mail.example.net", OPT_ERROR_SERVER_HOST },
  { "hyphen-last", "tls://mail-.example.net", OPT_ERROR_SERVER_HOST },
  { "hyphen-at-end", "tls://mail.example-", OPT_ERROR_SERVER_HOST },
  { "empty-label", "tls://mail..example.net", OPT_ERROR_SERVER_HOST },
  { "dot-first", "tls://.example.net", OPT_ERROR_SERVER_HOST },
  { "dot-last", "tls://mail.example.net.", OPT_ERROR_SERVER_HOST },
  { "label-64", "tls://a" A63 ".net", OPT_ERROR_SERVER_HOST },
  { "host-254", "tls://a" HOST_253, OPT_ERROR_SERVER_HOST },
  { "escaped-newline", "tls://mail%0d%0a.example.net", OPT_ERROR_SERVER_HOST },
  { "escaped-nul", "tls://mail%00.example.net", OPT_ERROR_SERVER_SYNTAX },
};

static const struct
{
  const char *name, *host;
  guint port;
  int want; /* an OptError, or 0 */
} made[] = {
  { "plain", "mail.example.net", 993, 0 },
  { "port-0", "mail.example.net", 0, OPT_ERROR_SERVER_PORT },
  { "port-65536", "mail.example.net", 65536, OPT_ERROR_SERVER_PORT },
  { "empty", "", 993, OPT_ERROR_SERVER_HOST },
  { "space", "mail example.net", 993, OPT_ERROR_SERVER_HOST },
  { "newline", "mail.example.net\r\nQUIT", 993, OPT_ERROR_SERVER_HOST },
  { "not-utf8", "mail\xff.example.net", 993, OPT_ERROR_SERVER_HOST },
  { "url", "https://mail.example.net/", 993, OPT_ERROR_SERVER_HOST },
  { "ipv4", "127.0.0.1", 993, OPT_ERROR_SERVER_HOST },
  { "ipv6", "::1", 993, OPT_ERROR_SERVER_HOST },
};

static void
test_good (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (OptServer) server =
    opt_server_parse (good[i].service, good[i].input, "jane@example.net", &error);
  g_autofree char *got = NULL;
  g_autoptr (OptServer) again = NULL;

  g_assert_no_error (error);
  got = opt_server_to_string (server);
  g_assert_cmpstr (got, ==, good[i].want);
  g_assert_cmpint (opt_server_get_service (server), ==, good[i].service);
  g_assert_cmpstr (opt_server_get_user (server), ==, "jane@example.net");

  again = opt_server_parse (good[i].service, got, "jane@example.net", &error);
  g_assert_no_error (error);
  g_assert_true (opt_server_equal (server, again));
}

static void
test_bad (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (OptServer) server = opt_server_parse (OPT_SERVICE_IMAP, bad[i].input, "jane", &error);

  g_assert_null (server);
  g_assert_error (error, OPT_ERROR, bad[i].want);
}

/* A line break in the sign-in name would be a command of its own. */
static void
test_user (void)
{
  const char *const users[] = { "jane\r\nRSET", "jane\n", "ja\177ne", "j\xe4ne" };

  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (opt_server_new (OPT_SERVICE_IMAP,
                                     "mail.example.net",
                                     993,
                                     OPT_SECURITY_TLS,
                                     users[i],
                                     &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_SERVER_USER);
    }
}

static void
test_made (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (OptServer) server =
    opt_server_new (OPT_SERVICE_IMAP, made[i].host, made[i].port, OPT_SECURITY_TLS, "jane", &error);

  if (made[i].want == 0)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (opt_server_get_host (server), ==, made[i].host);
      g_assert_cmpuint (opt_server_get_port (server), ==, made[i].port);
    }
  else
    {
      g_assert_null (server);
      g_assert_error (error, OPT_ERROR, made[i].want);
    }
}

static void
test_names (void)
{
  static const char *const strangers[] = { "", "IMAP", "imaps", "imap ", "pop" };

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptService service = OPT_N_SERVICES;

      g_assert_true (opt_service_from_string (opt_service_to_string (i), &service, NULL));
      g_assert_cmpint (service, ==, i);
    }

  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autoptr (GError) error = NULL;
      OptService service;

      g_assert_false (opt_service_from_string (strangers[i], &service, &error));
      g_assert_error (error, OPT_ERROR, OPT_ERROR_SERVICE_UNKNOWN);
    }

  g_assert_cmpstr (opt_security_to_string (OPT_SECURITY_TLS), ==, "tls");
  g_assert_cmpstr (opt_security_to_string (OPT_SECURITY_STARTTLS), ==, "starttls");
}

static void
test_equal (void)
{
  static const struct
  {
    OptService service;
    const char *text, *user;
  } others[] = {
    { OPT_SERVICE_POP3, "tls://a.example:1", "jane" },
    { OPT_SERVICE_IMAP, "starttls://a.example:1", "jane" },
    { OPT_SERVICE_IMAP, "tls://b.example:1", "jane" },
    { OPT_SERVICE_IMAP, "tls://a.example:2", "jane" },
    { OPT_SERVICE_IMAP, "tls://a.example:1", "Jane" },
  };
  g_autoptr (OptServer) server =
    opt_server_parse (OPT_SERVICE_IMAP, "tls://a.example:1", "jane", NULL);

  g_assert_true (opt_server_equal (server, server));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (OptServer) other =
        opt_server_parse (others[i].service, others[i].text, others[i].user, NULL);

      g_assert_false (opt_server_equal (server, other));
    }
}

#define ADD_TABLE(prefix, table, function)                                                         \
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)                                                 \
    {                                                                                              \
      g_autofree char *path = g_strconcat ("/server/" prefix "/", table[i].name, NULL);            \
                                                                                                   \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), function);                                 \
    }

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_TABLE ("good", good, test_good);
  ADD_TABLE ("bad", bad, test_bad);
  ADD_TABLE ("made", made, test_made);
  g_test_add_func ("/server/names", test_names);
  g_test_add_func ("/server/equal", test_equal);

  g_test_add_func ("/server/user", test_user);

  return g_test_run ();
}
