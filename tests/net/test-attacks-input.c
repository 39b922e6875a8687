/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person types must not become a command of its own: what could end a line is refused where
 * it is typed, and every password that is left arrives as the one credential that it is. */
#include "net-attack.h"

#include "opt-practice-ca.h"

#include <string.h>

#define AFTER OPT_PRACTICE_TLS_AFTER
#define S50 "aB3$ xY7!0aB3$ xY7!0aB3$ xY7!0aB3$ xY7!0aB3$ xY7!0"

static const struct
{
  const char *name, *text;
  gboolean in_password; /* whether a password may have it */
} unsafe[] = {
  { "cr", "\r" },
  { "lf", "\n" },
  { "crlf", "\r\n" },
  { "command", "\r\nRCPT TO:<x@y.example>\r\n" },
  { "not-utf8", "\xff" },
  { "tab", "\t", TRUE },
  { "escape", "\033", TRUE },
  { "bell", "\a", TRUE },
  { "delete", "\177", TRUE },
  { "next-line", "\302\205", TRUE },
};

/* Around the text, so that nothing is gained by trimming. */
static char *
put_into (const char *before, const char *text, const char *after)
{
  return g_strconcat (before, text, after, NULL);
}

static void
assert_server_refused (const char *host, const char *user)
{
  for (guint service = 0; service < OPT_N_SERVICES; service++)
    {
      g_autofree char *uri = g_strconcat ("tls://", host, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) parse_error = NULL;

      g_assert_null (opt_server_new (service, host, 993, OPT_SECURITY_TLS, user, &error));
      g_assert_nonnull (error);
      g_assert_null (opt_server_parse (service, uri, user, &parse_error));
      g_assert_nonnull (parse_error);
    }
}

static void
test_refused (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  const char *text = unsafe[i].text;
  g_autofree char *local_part = put_into ("ja", text, "ne@optonline.net");
  g_autofree char *domain = put_into ("jane@opton", text, "line.net");
  g_autofree char *display_name = put_into ("Ja", text, "ne <jane@optonline.net>");
  g_autofree char *host = put_into ("mail.opton", text, "line.net");
  g_autofree char *user = put_into ("ja", text, "ne");
  g_autofree char *password = put_into ("pass", text, "word");
  const char *const addresses[] = { local_part, domain };
  g_autoptr (OptSecret) secret = NULL;
  g_autoptr (OptAddress) named = NULL;

  for (guint j = 0; j < G_N_ELEMENTS (addresses); j++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (opt_address_parse (addresses[j], &error));
      g_assert_nonnull (error);
    }
  assert_server_refused (host, "jane");
  assert_server_refused (NET_HOST, user);

  named = opt_address_parse (display_name, NULL);
  if (named != NULL && opt_address_get_display_name (named) != NULL)
    g_assert_null (strstr (opt_address_get_display_name (named), text));

  secret = opt_secret_new (password, strlen (password), NULL);
  g_assert_cmpint (secret != NULL, ==, unsafe[i].in_password);
}

/* A NUL is the end of a string in C, and separates name and password in SASL's PLAIN. */
static void
test_nul (void)
{
  static const char *const passwords[] = { "\0", "pass\0word", "password\0", "\0password" };
  static const gsize sizes[] = { 1, 9, 9, 9 };

  for (guint i = 0; i < G_N_ELEMENTS (passwords); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (opt_secret_new (passwords[i], sizes[i], &error));
      g_assert_nonnull (error);
    }
}

/* The ways to carry a password, and what makes a server offer no other. */
typedef struct
{
  const char *name;
  guint services;
  OptPracticeRule rules[2];
  const char *commands; /* a pattern; POP3 sends a long password on a line of its own */
} Form;

/* clang-format off */
static const Form forms[] = {
  { "auth-plain", NET_SMTP, { { NULL } }, "*EHLO AUTH MAIL*" },
  { "auth-plain", NET_POP3, { { NULL } }, "*CAPA AUTH* STAT*" },
  { "auth-plain", NET_IMAP, { { NULL } }, "*AUTHENTICATE STATUS*" },
  { "auth-plain-asked", NET_IMAP, {
      { "GREETING", AFTER, .reply = "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n" },
      { "CAPABILITY", AFTER, .reply = "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n%t OK\r\n" } },
    "*AUTHENTICATE RESPONSE STATUS*" },
  { "auth-login", NET_SMTP, {
      { "EHLO", AFTER, .reply = "250-mx\r\n250-PIPELINING\r\n250 AUTH LOGIN\r\n" } },
    "*EHLO AUTH RESPONSE RESPONSE MAIL*" },
  { "user-pass", NET_POP3, {
      { "CAPA", AFTER, .reply = "+OK\r\nUSER\r\n.\r\n" } }, "*CAPA USER PASS STAT*" },
  { "user-pass-at-once", NET_POP3, {
      { "CAPA", AFTER, .reply = "+OK\r\nUSER\r\nPIPELINING\r\n.\r\n" } }, "*CAPA USER PASS STAT*" },
  { "login-literal", NET_IMAP, {
      { "GREETING", AFTER, .reply = "* OK [CAPABILITY IMAP4rev1] hi\r\n" },
      { "CAPABILITY", AFTER, .reply = "* CAPABILITY IMAP4rev1\r\n%t OK\r\n" } },
    "*LOGIN STATUS*" },
};
/* clang-format on */

static const struct
{
  const char *name, *text;
} passwords[] = {
  { "quotes", "pa\"ss'wo`rd\"" },
  { "backslashes", "\\pass\\\\word\\" },
  { "percent", "100%s %n %t %% %d" },
  { "literal", "{5}pass {5+} {99999}word" },
  { "base64-like", "cGFzcw==" },
  { "sasl-words", "* = *" },
  { "star", "*" },
  { "equals", "=" },
  { "dot", "." },
  { "parentheses", "(pass) [word] <x@y.example>" },
  { "command", "x RCPT TO:<x@y.example>" },
  { "angle", "</b>&amp;" },
  { "beyond-ascii", "p\303\244\303\237w\303\266rt \345\257\206\347\240\201 \360\237\230\200" },
  { "decomposed", "pa\314\210ss" },
  { "spaces", "  pass  word  " },
  { "only-spaces", "   " },
  { "tab-and-bell", "\tpass\aword\t" },
  { "one-letter", "x" },
  /* What servers say all the time. */
  { "mailbox", "INBOX" },
  { "messages", "MESSAGES" },
  { "ok", "OK" },
  { "200-characters", S50 S50 S50 S50 },
};

static const struct
{
  const char *name, *text;
} users[] = {
  { "quotes", "ja\"ne" },     { "quote-and-more", "jane\" x" }, { "backslashes", "ja\\ne\\" },
  { "literal", "jane {5}x" }, { "percent", "100%s %n" },        { "parentheses", "(jane) [x] *" },
  { "spaces", "jane doe" },
};

/* One password, or one name, in one way. */
typedef struct
{
  const Form *form;
  const char *text;
} Delivery;

static OptPracticeCa *ca;

/* The server compares every byte, and counts what it was asked. */
static void
assert_delivered (OptPracticeServer *server, OptCheck *check, const Form *form)
{
  g_autofree char *commands = net_attack_dup_commands (server);

  net_attack_print (commands);
  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_WORKS);
  g_assert_cmpuint (opt_practice_server_get_n_sign_ins (server, TRUE), ==, 1);
  g_assert_cmpuint (opt_practice_server_get_n_sign_ins (server, FALSE), ==, 0);
  g_assert_true (g_pattern_match_simple (form->commands, commands));
}

static void
test_password (gconstpointer data)
{
  const NetAttack *attack = data;
  const Delivery *delivery = attack->row;
  NetRun run = {
    .services = 1u << attack->service,
    .security = attack->security,
    .password = delivery->text,
  };
  g_autoptr (NetFixture) fixture = net_fixture_new ();
  g_autoptr (OptCheck) check = NULL;
  OptPracticeServer *server = net_fixture_add_server (fixture,
                                                      NET_HOST,
                                                      attack->service,
                                                      attack->security,
                                                      NET_IDENTITY_GOOD);

  opt_practice_server_set_account (server, NET_ADDRESS, delivery->text, 3, 100);
  net_attack_add_rules (server, delivery->form->rules, G_N_ELEMENTS (delivery->form->rules));
  check = net_fixture_run (fixture, &run);
  assert_delivered (server, check, delivery->form);
}

static void
test_user (gconstpointer data)
{
  static const char *const hosts[] = { NET_HOST, NULL };
  const OptPracticeIdentity identity = { hosts, -3600, 3600 };
  const NetAttack *attack = data;
  const Delivery *delivery = attack->row;
  g_autoptr (GTlsCertificate) certificate = opt_practice_ca_issue (ca, &identity, NULL);
  g_autoptr (OptPracticeServer) server =
    opt_practice_server_new (attack->service, attack->security, certificate);
  g_autoptr (OptAccount) account = net_attack_create_account (attack, delivery->text);
  g_autoptr (OptNetwork) network = NULL;
  g_autoptr (OptCheck) check = NULL;

  opt_practice_server_set_account (server, delivery->text, NET_PASSWORD, 3, 100);
  net_attack_add_rules (server, delivery->form->rules, G_N_ELEMENTS (delivery->form->rules));
  network = net_attack_create_network (attack, server, opt_practice_ca_get_pem (ca));
  check = net_attack_run (account, network);
  assert_delivered (server, check, delivery->form);
}

static void
add_delivery (
  GPtrArray *deliveries, const Form *form, const char *name, const char *text, GTestDataFunc test)
{
  g_autofree char *path = g_strdup_printf ("5-control-characters/%s-%s-%s",
                                           form->name,
                                           test == test_user ? "user" : "password",
                                           name);
  Delivery *delivery = g_new (Delivery, 1);

  *delivery = (Delivery){ form, text };
  g_ptr_array_add (deliveries, delivery);
  net_attack_add (path, form->services, NET_BOTH, delivery, test);
}

static void
add_deliveries (GPtrArray *deliveries)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (passwords); j++)
        add_delivery (deliveries, &forms[i], passwords[j].name, passwords[j].text, test_password);
      for (gsize j = 0; j < G_N_ELEMENTS (users); j++)
        add_delivery (deliveries, &forms[i], users[j].name, users[j].text, test_user);
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) deliveries = g_ptr_array_new_with_free_func (g_free);
  int status;

  g_test_init (&argc, &argv, NULL);
  ca = opt_practice_ca_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (unsafe); i++)
    {
      g_autofree char *path =
        g_strconcat ("/net/attacks/5-control-characters/refused-", unsafe[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refused);
    }
  g_test_add_func ("/net/attacks/5-control-characters/refused-nul", test_nul);
  add_deliveries (deliveries);

  status = g_test_run ();
  g_object_unref (ca);

  return status;
}
