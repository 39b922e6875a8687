/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Programs that take no file: whatever order and words they have, every value is there. Their
 * steps and values in full are in tests/golden/. */
#include "opt-client.h"
#include "opt-value.h"

#include <string.h>

#define ADDRESS "jane.doe@optonline.net"
#define NAME "Jane \"J\" O'Doe \\ 🙂"

/* Alpine wants one line for each server, in a syntax of its own. */
static const char *const composing[] = { "alpine", "goa", NULL };

static OptAccount *
with_server (OptAccount *account, OptService service, const char *uri, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptServer) server = opt_server_parse (service, uri, user, &error);
  g_autoptr (OptAccount) before = account;

  g_assert_no_error (error);

  return opt_account_with_server (before, server);
}

static OptSettings *
create_settings (const char *name,
                 OptService incoming,
                 const char *in,
                 const char *in_user,
                 const char *out,
                 const char *out_user)
{
  g_autoptr (OptAddress) address = opt_address_parse (ADDRESS, NULL);
  g_autoptr (OptAccount) account = opt_account_new (name, address, NULL);
  g_autoptr (GError) error = NULL;
  OptSettings *settings;

  account = with_server (g_steal_pointer (&account), incoming, in, in_user);
  account = with_server (g_steal_pointer (&account), OPT_SERVICE_SMTP, out, out_user);
  settings = opt_settings_new (account, incoming, &error);
  g_assert_no_error (error);

  return settings;
}

static guint
count (GPtrArray *values, const char *text)
{
  guint n = 0;

  for (guint i = 0; i < values->len; i++)
    {
      const OptValue *value = values->pdata[i];

      n += value->is_literal && g_str_equal (value->text, text);
    }

  return n;
}

static const char *
find (GPtrArray *values, const char *label)
{
  for (guint i = 0; i < values->len; i++)
    {
      const OptValue *value = values->pdata[i];

      if (g_str_equal (value->label, label))
        return value->text;
    }

  return NULL;
}

static void
assert_order (GPtrArray *values)
{
  OptValueGroup last = OPT_VALUE_OF_PERSON;

  g_assert_cmpuint (values->len, >, 0);
  for (guint i = 0; i < values->len; i++)
    {
      const OptValue *value = values->pdata[i];

      g_assert_cmpuint (value->group, >=, last);
      g_assert_cmpstr (value->label, !=, "");
      g_assert_cmpstr (value->text, !=, "");
      last = value->group;
    }
}

static void
check_client (const OptClient *client, OptService incoming)
{
  g_autoptr (OptSettings) settings = create_settings (NAME,
                                                      incoming,
                                                      "tls://in.optimum.net:1001",
                                                      "in-user",
                                                      "starttls://out.optimum.net:1002",
                                                      "out-user");
  g_autoptr (GPtrArray) values = opt_client_create_values (client, settings);

  assert_order (values);
  if (g_strv_contains (composing, client->id))
    return;

  g_assert_cmpuint (count (values, "in.optimum.net"), ==, 1);
  g_assert_cmpuint (count (values, "out.optimum.net"), ==, 1);
  g_assert_cmpuint (count (values, "1001"), ==, 1);
  g_assert_cmpuint (count (values, "1002"), ==, 1);
  g_assert_cmpuint (count (values, "in-user"), ==, 1);
  g_assert_cmpuint (count (values, "out-user"), ==, 1);
  g_assert_cmpuint (count (values, ADDRESS), >=, 1);
  /* It knows nobody's name but that of the other accounts it has. */
  g_assert_cmpuint (count (values, NAME), ==, g_str_equal (client->id, "outlook-new") ? 0 : 1);
}

static void
test_every_value (void)
{
  guint n, n_checked = 0;
  const OptClient *const *clients = opt_clients_get (&n);

  for (guint i = 0; i < n; i++)
    for (guint service = OPT_SERVICE_IMAP; service <= OPT_SERVICE_POP3; service++)
      if (!opt_client_has_file (clients[i]) && opt_client_takes (clients[i], service))
        {
          check_client (clients[i], service);
          n_checked++;
        }
  g_assert_cmpuint (n_checked, ==, 16);
}

/* Whoever has no name gets no empty line, and whoever has one sign-in name no second one. */
static void
test_left_out (void)
{
  g_autoptr (OptSettings) settings = create_settings (NULL,
                                                      OPT_SERVICE_IMAP,
                                                      "tls://mail.optimum.net",
                                                      ADDRESS,
                                                      "tls://mail.optimum.net",
                                                      ADDRESS);
  g_autoptr (GPtrArray) values =
    opt_client_create_values (opt_client_find ("outlook-express"), settings);

  g_assert_null (find (values, "Display name"));
  g_assert_null (find (values, "Incoming mail (POP3)"));
  g_assert_null (find (values, "Leave a copy of messages on server"));
  g_assert_cmpstr (find (values, "Incoming mail (IMAP)"), ==, "993");
  g_assert_cmpstr (find (values, "Logon information, under “Settings…”"),
                   ==,
                   "Use same settings as my incoming mail server");
  g_assert_cmpuint (count (values, ADDRESS), ==, 2);
}

/* What each program can do about mail on the server; NULL for not asked. */
static const struct
{
  const char *id, *label, *of_14, *never, *always;
} leave[] = {
  { "outlook", "Leave a copy of messages on the server", "ticked", "not ticked", "ticked" },
  { "outlook", "Remove from server after so many days", "14", NULL, NULL },
  { "outlook-express", "Remove from server after so many days", "14", NULL, NULL },
  { "kmail", "Leave messages on the server for so many days", "14", NULL, NULL },
  { "apple-mail",
    "Remove copy from server after retrieving a message",
    "ticked, “After one month”",
    "ticked, “Right away”",
    "not ticked" },
  { "iphone-mail", "Delete from server", "Never", "When removed from Inbox", "Never" },
  { "gmail", "Delete email from server", "Never", "When I delete from Inbox", "Never" },
};

static void
assert_leave (
  const OptSettings *settings, guint days, const char *id, const char *label, const char *want)
{
  g_autoptr (OptSettings) changed = opt_settings_with_leave_on_server (settings, days);
  g_autoptr (GPtrArray) values = opt_client_create_values (opt_client_find (id), changed);

  g_assert_cmpstr (find (values, label), ==, want);
}

static void
test_leave_on_server (void)
{
  g_autoptr (OptSettings) settings = create_settings (NULL,
                                                      OPT_SERVICE_POP3,
                                                      "tls://mail.optimum.net",
                                                      ADDRESS,
                                                      "tls://mail.optimum.net",
                                                      ADDRESS);

  for (gsize i = 0; i < G_N_ELEMENTS (leave); i++)
    {
      assert_leave (settings, 14, leave[i].id, leave[i].label, leave[i].of_14);
      assert_leave (settings,
                    OPT_LEAVE_ON_SERVER_NEVER,
                    leave[i].id,
                    leave[i].label,
                    leave[i].never);
      assert_leave (settings,
                    OPT_LEAVE_ON_SERVER_ALWAYS,
                    leave[i].id,
                    leave[i].label,
                    leave[i].always);
    }
  assert_leave (settings, 1, "apple-mail", leave[4].label, "ticked, “After one day”");
  assert_leave (settings, 7, "apple-mail", leave[4].label, "ticked, “After one week”");
  assert_leave (settings, 31, "apple-mail", leave[4].label, "not ticked");
}

/* Alpine's lines, and what has to stand between quotes there. */
static const struct
{
  const char *user, *in, *name, *from;
} lines[] = {
  { ADDRESS,
    "{in.optimum.net:995/pop3/ssl/user=" ADDRESS "}INBOX",
    "Jane Doe",
    "From: Jane Doe <" ADDRESS ">" },
  { "a}b/c",
    "{in.optimum.net:995/pop3/ssl/user=\"a}b/c\"}INBOX",
    "O'Doe, Jane",
    "From: \"O'Doe, Jane\" <" ADDRESS ">" },
  { "a\"b\\c",
    "{in.optimum.net:995/pop3/ssl/user=\"a\\\"b\\\\c\"}INBOX",
    "\"J\" \\",
    "From: \"\\\"J\\\" \\\\\" <" ADDRESS ">" },
  { "jane", "{in.optimum.net:995/pop3/ssl/user=jane}INBOX", NULL, "From: " ADDRESS },
};

static void
test_alpine (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (OptSettings) settings = create_settings (lines[i].name,
                                                          OPT_SERVICE_POP3,
                                                          "tls://in.optimum.net",
                                                          lines[i].user,
                                                          "starttls://out.optimum.net",
                                                          "jane");
      g_autoptr (GPtrArray) values =
        opt_client_create_values (opt_client_find ("alpine"), settings);

      g_assert_cmpstr (find (values, "Inbox Path"), ==, lines[i].in);
      g_assert_cmpstr (find (values, "Customized Headers"), ==, lines[i].from);
      g_assert_cmpstr (find (values, "SMTP Server (for sending)"),
                       ==,
                       "out.optimum.net:587/tls/user=jane");
      g_assert_cmpstr (find (values, "User Domain"), ==, "optonline.net");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/by-hand/every-value", test_every_value);
  g_test_add_func ("/by-hand/left-out", test_left_out);
  g_test_add_func ("/by-hand/leave-on-server", test_leave_on_server);
  g_test_add_func ("/by-hand/alpine", test_alpine);

  return g_test_run ();
}
