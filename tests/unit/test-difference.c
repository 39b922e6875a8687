/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-client.h"
#include "opt-detect.h"
#include "opt-difference.h"

#include <string.h>

#define ADDRESS "jane.doe@optonline.net"
#define HOST "mail.optonline.net"

#define NONE OPT_FOUND_SECURITY_NONE
#define OPTIONAL OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED
#define STARTTLS OPT_FOUND_SECURITY_STARTTLS
#define TLS OPT_FOUND_SECURITY_TLS

#define IMAP OPT_SERVICE_IMAP
#define POP3 OPT_SERVICE_POP3
#define SMTP OPT_SERVICE_SMTP

/* One server in an account whose other half is as it should be, and what differs in it. */
static const struct
{
  const char *name;
  OptFoundServer server;
  OptService service;
  const char *want;
} servers[] = {
  { "imap", { HOST, 993, TLS, OPT_FOUND_AUTH_PASSWORD, ADDRESS }, IMAP, "" },
  { "pop3", { HOST, 995, TLS, OPT_FOUND_AUTH_ANY, ADDRESS }, POP3, "" },
  { "smtp", { HOST, 465, TLS, OPT_FOUND_AUTH_ANY, ADDRESS }, SMTP, "" },
  { "host-case", { "Mail.Optonline.NET.", 993, TLS, OPT_FOUND_AUTH_ANY, ADDRESS }, IMAP, "" },
  { "retired",
    { "pop.optonline.net", 995, TLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    POP3,
    "pop3 host-retired broken pop.optonline.net>mail.optonline.net\n" },
  { "retired-sibling",
    { "POP.optimum.net", 995, TLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    POP3,
    "pop3 host-retired broken POP.optimum.net>mail.optonline.net\n" },
  { "sibling",
    { "mail.optimum.net", 465, TLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    SMTP,
    "smtp host-sibling old mail.optimum.net>mail.optonline.net\n" },
  { "namesake",
    { "smtp.optonline.net", 465, TLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    SMTP,
    "smtp host-namesake old smtp.optonline.net>mail.optonline.net\n" },
  { "foreign",
    { "mail.optonline.net.example.net", 993, TLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    IMAP,
    "imap host-other not-safe mail.optonline.net.example.net>mail.optonline.net\n" },
  { "foreign-port",
    { "localhost", 1143, TLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    IMAP,
    "imap host-other not-safe localhost>mail.optonline.net\nimap port-other old 1143>993\n" },
  { "address",
    { "192.0.2.1", 993, TLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    IMAP,
    "imap host-other not-safe 192.0.2.1>mail.optonline.net\n" },
  { "comma",
    { "mail,optonline.net", 993, TLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    IMAP,
    "imap host-invalid broken mail,optonline.net>mail.optonline.net\n" },
  { "web-address",
    { "https://mail.optonline.net/", 993, TLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    IMAP,
    "imap host-invalid broken https://mail.optonline.net/>mail.optonline.net\n" },
  { "no-tls",
    { HOST, 110, NONE, OPT_FOUND_AUTH_ANY, ADDRESS },
    POP3,
    "pop3 no-tls not-safe none>tls\npop3 port-other old 110>995\n" },
  { "no-tls-to-tls-port",
    { HOST, 995, NONE, OPT_FOUND_AUTH_ANY, ADDRESS },
    POP3,
    "pop3 security-port broken none:995>tls:995\npop3 no-tls not-safe none>tls\n" },
  { "port-25",
    { HOST, 25, NONE, OPT_FOUND_AUTH_ANY, ADDRESS },
    SMTP,
    "smtp no-tls not-safe none>tls\nsmtp port-other old 25>465\n" },
  { "optional",
    { HOST, 587, OPTIONAL, OPT_FOUND_AUTH_ANY, ADDRESS },
    SMTP,
    "smtp tls-optional not-safe starttls-if-offered>tls\nsmtp port-other old 587>465\n" },
  { "starttls",
    { HOST, 587, STARTTLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    SMTP,
    "smtp security-other old starttls>tls\nsmtp port-other old 587>465\n" },
  { "starttls-to-tls-port",
    { HOST, 465, STARTTLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    SMTP,
    "smtp security-port broken starttls:465>tls:465\n" },
  { "tls-to-starttls-port",
    { HOST, 143, TLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    IMAP,
    "imap security-port broken tls:143>tls:993\n" },
  { "tls-to-port-25",
    { HOST, 25, TLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    SMTP,
    "smtp security-port broken tls:25>tls:465\n" },
  { "port",
    { HOST, 9993, TLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    IMAP,
    "imap port-other broken 9993>993\n" },
  { "host-space",
    { "mail.optonline.net ", 993, TLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    IMAP,
    "imap host-space broken mail.optonline.net >mail.optonline.net\n" },
  { "user-space",
    { HOST, 993, TLS, OPT_FOUND_AUTH_ANY, " " ADDRESS },
    IMAP,
    "imap user-space broken  " ADDRESS ">" ADDRESS "\n" },
  { "no-port",
    { HOST, 0, TLS, OPT_FOUND_AUTH_ANY, ADDRESS },
    IMAP,
    "imap port-invalid broken >993\n" },
  { "certificate",
    { HOST, 993, TLS, OPT_FOUND_AUTH_ANY, ADDRESS, .any_certificate = TRUE },
    IMAP,
    "imap certificate-unchecked not-safe >\n" },
  { "local-part",
    { HOST, 993, TLS, OPT_FOUND_AUTH_ANY, "Jane.Doe" },
    IMAP,
    "imap user-not-address old Jane.Doe>jane.doe@optonline.net\n" },
  { "half-local-part",
    { HOST, 993, TLS, OPT_FOUND_AUTH_ANY, "jane" },
    IMAP,
    "imap user-other broken jane>jane.doe@optonline.net\n" },
  { "user-case",
    { HOST, 993, TLS, OPT_FOUND_AUTH_ANY, "Jane.Doe@Optonline.net" },
    IMAP,
    "imap user-case old Jane.Doe@Optonline.net>jane.doe@optonline.net\n" },
  { "user-other",
    { HOST, 465, TLS, OPT_FOUND_AUTH_ANY, "jane.doe@example.net" },
    SMTP,
    "smtp user-other broken jane.doe@example.net>jane.doe@optonline.net\n" },
  { "user-missing",
    { HOST, 465, TLS, OPT_FOUND_AUTH_ANY },
    SMTP,
    "smtp user-missing broken >jane.doe@optonline.net\n" },
  { "challenge",
    { HOST, 465, TLS, OPT_FOUND_AUTH_CHALLENGE, ADDRESS },
    SMTP,
    "smtp auth-challenge broken >\n" },
  { "oauth",
    { HOST, 993, TLS, OPT_FOUND_AUTH_OTHER, ADDRESS },
    IMAP,
    "imap auth-other broken >\n" },
  { "no-sign-in",
    { HOST, 465, TLS, OPT_FOUND_AUTH_NONE },
    SMTP,
    "smtp auth-none broken >jane.doe@optonline.net\n" },
  { "no-sign-in-to-read",
    { HOST, 993, TLS, OPT_FOUND_AUTH_NONE },
    IMAP,
    "imap auth-other broken >\n" },
  { "password",
    { HOST, 993, TLS, OPT_FOUND_AUTH_ANY, ADDRESS, .holds_password = TRUE },
    IMAP,
    "imap password-in-file not-safe >\n" },
  { "everything",
    { "pop.optonline.net",
      110,
      NONE,
      OPT_FOUND_AUTH_CHALLENGE,
      "jane.doe",
      .any_certificate = TRUE,
      .holds_password = TRUE },
    POP3,
    "pop3 host-retired broken pop.optonline.net>mail.optonline.net\n"
    "pop3 auth-challenge broken >\n"
    "pop3 no-tls not-safe none>tls\n"
    "pop3 password-in-file not-safe >\n"
    "pop3 port-other old 110>995\n"
    "pop3 user-not-address old jane.doe>jane.doe@optonline.net\n" },
};

static OptAccount *
create_wanted (const char *text)
{
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptAddress) typed = opt_address_parse (text, NULL);
  g_autoptr (OptDetection) detection = opt_detect (providers, typed);
  OptProvider *provider = opt_detection_get_provider (detection);

  g_assert_nonnull (provider);

  return opt_account_new ("Jane Doe", opt_detection_get_address (detection), provider);
}

/* As the provider wants it, but for a service. */
static OptFound *
create_found (const OptAccount *wanted, guint services)
{
  OptFound *found = opt_found_new ();

  found->address = g_strdup (opt_address_get_text (opt_account_get_address (wanted)));
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (services & (1u << i))
      {
        OptServer *server = opt_account_get_server (wanted, i);
        OptFoundServer *now = opt_found_add_server (found, i, opt_server_get_host (server));

        now->port = opt_server_get_port (server);
        now->user = g_strdup (opt_server_get_user (server));
      }

  return found;
}

static char *
describe (GPtrArray *differences)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < differences->len; i++)
    {
      const OptDifference *difference = g_ptr_array_index (differences, i);

      g_string_append_printf (text,
                              "%s %s %s %s>%s\n",
                              difference->has_service ? opt_service_to_string (difference->service)
                                                      : "-",
                              opt_difference_kind_to_string (difference->kind),
                              opt_severity_to_string (difference->severity),
                              difference->now != NULL ? difference->now : "",
                              difference->wanted != NULL ? difference->wanted : "");
    }

  return g_string_free (text, FALSE);
}

static void
assert_differences (const OptFound *found, const OptAccount *wanted, const char *want)
{
  g_autoptr (GPtrArray) differences = opt_differences_find (found, wanted);
  g_autofree char *got = describe (differences);

  g_assert_cmpstr (got, ==, want);
}

static void
test_server (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  OptService service = servers[i].service;
  g_autoptr (OptAccount) wanted = create_wanted (ADDRESS);
  g_autoptr (OptFound) found = create_found (wanted, service == SMTP ? 1u << IMAP : 1u << SMTP);
  OptFoundServer *now = opt_found_add_server (found, service, NULL);

  *now = servers[i].server;
  now->host = g_strdup (servers[i].server.host);
  now->user = g_strdup (servers[i].server.user);
  assert_differences (found, wanted, servers[i].want);
}

static const struct
{
  const char *name, *address;
  guint services;
  const char *client;
  guint leave_on_server;
  const char *want;
} accounts[] = {
  { "complete", ADDRESS, 7, NULL, OPT_LEAVE_ON_SERVER_UNKNOWN, "" },
  { "sender",
    "Jane.Doe@optonline.net",
    5,
    "thunderbird",
    OPT_LEAVE_ON_SERVER_UNKNOWN,
    "- sender-case broken Jane.Doe@optonline.net>jane.doe@optonline.net\n" },
  { "sender-of-a-reader", "Jane.Doe@optonline.net", 1, "isync", OPT_LEAVE_ON_SERVER_UNKNOWN, "" },
  { "typo",
    "Jane.Doe@optonlin.net",
    1,
    "isync",
    OPT_LEAVE_ON_SERVER_UNKNOWN,
    "- address-typo broken Jane.Doe@optonlin.net>jane.doe@optonline.net\n" },
  { "domain-case", "jane.doe@Optonline.NET", 5, NULL, OPT_LEAVE_ON_SERVER_UNKNOWN, "" },
  { "no-address", NULL, 5, NULL, OPT_LEAVE_ON_SERVER_UNKNOWN, "" },
  { "nonsense", "Jane", 5, NULL, OPT_LEAVE_ON_SERVER_UNKNOWN, "" },
  { "leave", ADDRESS, 6, NULL, OPT_LEAVE_ON_SERVER_NEVER, "pop3 leave-never old 0>14\n" },
  { "leave-always", ADDRESS, 6, NULL, OPT_LEAVE_ON_SERVER_ALWAYS, "" },
  { "leave-days", ADDRESS, 6, NULL, 3, "" },
  { "leave-imap", ADDRESS, 5, NULL, OPT_LEAVE_ON_SERVER_NEVER, "" },
  { "no-outgoing",
    ADDRESS,
    1,
    "thunderbird",
    OPT_LEAVE_ON_SERVER_UNKNOWN,
    "smtp outgoing-missing broken >tls://mail.optonline.net:465\n" },
  { "no-incoming",
    ADDRESS,
    4,
    "thunderbird",
    OPT_LEAVE_ON_SERVER_UNKNOWN,
    "imap incoming-missing broken >tls://mail.optonline.net:993\n" },
  { "no-incoming-of-ours",
    ADDRESS,
    4,
    NULL,
    OPT_LEAVE_ON_SERVER_UNKNOWN,
    "imap incoming-missing broken >tls://mail.optonline.net:993\n" },
  { "msmtp", ADDRESS, 4, "msmtp", OPT_LEAVE_ON_SERVER_UNKNOWN, "" },
  { "mpop", ADDRESS, 2, "mpop", OPT_LEAVE_ON_SERVER_UNKNOWN, "" },
  { "getmail", ADDRESS, 2, "getmail", OPT_LEAVE_ON_SERVER_UNKNOWN, "" },
  { "fetchmail", ADDRESS, 2, "fetchmail", OPT_LEAVE_ON_SERVER_UNKNOWN, "" },
  { "isync", ADDRESS, 1, "isync", OPT_LEAVE_ON_SERVER_UNKNOWN, "" },
  { "offlineimap", ADDRESS, 1, "offlineimap", OPT_LEAVE_ON_SERVER_UNKNOWN, "" },
  { "mutt-reads", ADDRESS, 1, "mutt", OPT_LEAVE_ON_SERVER_UNKNOWN, "" },
  { "mutt-sends", ADDRESS, 4, "mutt", OPT_LEAVE_ON_SERVER_UNKNOWN, "" },
  { "msmtp-reads",
    ADDRESS,
    1,
    "msmtp",
    OPT_LEAVE_ON_SERVER_UNKNOWN,
    "smtp outgoing-missing broken >tls://mail.optonline.net:465\n" },
};

static void
test_account (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptAccount) wanted = create_wanted (ADDRESS);
  g_autoptr (OptFound) found = create_found (wanted, accounts[i].services);

  g_free (found->address);
  found->address = g_strdup (accounts[i].address);
  found->leave_on_server = accounts[i].leave_on_server;
  if (accounts[i].client != NULL)
    {
      found->client = opt_client_find (accounts[i].client);
      g_assert_nonnull (found->client);
    }
  assert_differences (found, wanted, accounts[i].want);
}

/* Whatever a provider names is as it should be, its first choice above all. */
static void
test_providers (void)
{
  g_autoptr (OptProviders) providers = opt_providers_load ();

  for (guint i = 0; i < opt_providers_get_n_providers (providers); i++)
    {
      OptProvider *provider = opt_providers_get_provider (providers, i);
      g_autofree char *text =
        g_strconcat ("jane.doe@", opt_provider_get_domains (provider)[0], NULL);
      g_autoptr (OptAccount) wanted = create_wanted (text);
      g_autoptr (OptFound) found = opt_found_new_from_account (wanted);

      assert_differences (found, wanted, "");
    }
}

/* A provider with a host for each service takes none of them for another. */
static void
test_other_service (void)
{
  g_autoptr (OptAccount) wanted = create_wanted ("jane.doe@suddenlink.net");
  g_autoptr (OptFound) found = create_found (wanted, 5);

  g_free (found->servers[IMAP]->host);
  found->servers[IMAP]->host = g_strdup ("pop.suddenlink.net");
  assert_differences (found,
                      wanted,
                      "imap host-namesake old pop.suddenlink.net>imap.suddenlink.net\n");
}

/* Nobody knows the provider, but this much is safe with none. */
static void
test_nobodys (void)
{
  g_autoptr (OptFound) found = opt_found_new ();
  OptFoundServer *server = opt_found_add_server (found, POP3, "mail.example.net");

  server->port = 995;
  server->security = TLS;
  assert_differences (found, NULL, "");
  server->any_certificate = TRUE;
  server->holds_password = TRUE;
  assert_differences (found,
                      NULL,
                      "pop3 certificate-unchecked not-safe >\npop3 password-in-file not-safe >\n");
  server->security = NONE;
  server->holds_password = FALSE;
  assert_differences (found, NULL, "pop3 no-tls not-safe none>tls\n");
  g_free (server->host);
  server->host = g_strdup ("127.0.0.1");
  assert_differences (found, NULL, "");
}

/* Servers that somebody typed: there is no provider to ask. */
static void
test_by_hand (void)
{
  g_autoptr (OptAddress) address = opt_address_parse ("jane@example.net", NULL);
  g_autoptr (OptAccount) empty = opt_account_new (NULL, address, NULL);
  g_autoptr (OptServer) server =
    opt_server_new (IMAP, "mail.example.net", 143, OPT_SECURITY_STARTTLS, "jane", NULL);
  g_autoptr (OptAccount) wanted = opt_account_with_server (empty, server);
  g_autoptr (OptFound) found = opt_found_new_from_account (wanted);

  assert_differences (found, wanted, "");
  found->servers[IMAP]->security = TLS;
  found->servers[IMAP]->port = 993;
  assert_differences (found,
                      wanted,
                      "imap security-other old tls>starttls\nimap port-other old 993>143\n");
}

static void
test_severity (void)
{
  g_autoptr (OptAccount) wanted = create_wanted (ADDRESS);
  g_autoptr (OptFound) found = create_found (wanted, 5);
  g_autoptr (GPtrArray) none = opt_differences_find (found, wanted);
  g_autoptr (GPtrArray) differences = NULL;
  OptSeverity severity;

  g_assert_false (opt_differences_get_severity (none, &severity));
  found->servers[IMAP]->port = 143;
  found->servers[SMTP]->any_certificate = TRUE;
  differences = opt_differences_find (found, wanted);
  g_assert_true (opt_differences_get_severity (differences, &severity));
  g_assert_cmpint (severity, ==, OPT_SEVERITY_BROKEN);
}

/* Every id in the tables above, so that no kind is without a row. */
static void
test_every_kind (void)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    g_string_append (all, servers[i].want);
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    g_string_append (all, accounts[i].want);
  for (guint i = 0; i < OPT_N_DIFFERENCES; i++)
    {
      g_autofree char *id = g_strdup_printf (" %s ", opt_difference_kind_to_string (i));

      if (strstr (all->str, id) == NULL)
        g_error ("no row has%s", id);
    }
}

#define ADD_ROWS(folder, rows, function)                                                           \
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)                                                  \
    {                                                                                              \
      g_autofree char *path = g_strconcat ("/difference/" folder "/", rows[i].name, NULL);         \
                                                                                                   \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), function);                                 \
    }

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD_ROWS ("server", servers, test_server)
  ADD_ROWS ("account", accounts, test_account)
  g_test_add_func ("/difference/providers", test_providers);
  g_test_add_func ("/difference/other-service", test_other_service);
  g_test_add_func ("/difference/nobodys", test_nobodys);
  g_test_add_func ("/difference/by-hand", test_by_hand);
  g_test_add_func ("/difference/severity", test_severity);
  g_test_add_func ("/difference/every-kind", test_every_kind);

  return g_test_run ();
}
