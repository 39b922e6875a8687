/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Formats that no library reads, line by line: what differs with the kind of security, with the
 * time that mail stays on the server and with names and addresses, and what is refused. That the
 * programs read these lines as they are meant is shown in real/. */
#include "only-file.h"
#include "opt-error.h"

#include <string.h>

#define ADDRESS "jane.doe@optonline.net"

#define TLS "tls://mail.optonline.net"
#define STARTTLS "starttls://mail.optonline.net"

static OptAccount *
with_server (OptAccount *account, OptService service, const char *uri, const char *user)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptServer) server = opt_server_parse (service, uri, user, &error);
  OptAccount *changed;

  g_assert_no_error (error);
  changed = opt_account_with_server (account, server);
  opt_account_unref (account);

  return changed;
}

static OptSettings *
create_settings (const char *address_text,
                 const char *name,
                 const char *user,
                 const char *uri,
                 OptService incoming)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptAddress) address = opt_address_parse (address_text, &error);
  g_autoptr (OptAccount) account = NULL;
  OptSettings *settings;

  g_assert_no_error (error);
  account = opt_account_new (name, address, NULL);
  for (guint service = 0; service < OPT_N_SERVICES; service++)
    account = with_server (g_steal_pointer (&account), service, uri, user);
  settings = opt_settings_new (account, incoming, &error);
  g_assert_no_error (error);

  return settings;
}

/* Each line must be there once, as it stands. */
static void
assert_has_line (const char *id, const OptSettings *settings, const char *line)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = render_only_file (opt_client_find (id), settings, &error);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint found = 0;

  g_assert_no_error (error);
  text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  g_assert_true (g_str_has_suffix (text, "\n"));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    found += g_str_equal (lines[i], line);
  if (found != 1)
    g_test_message ("“%s” is %u times in:\n%s", line, found, text);
  g_assert_cmpuint (found, ==, 1);
}

static const struct
{
  const char *id;
  OptService incoming;
  const char *uri, *line;
} secured[] = {
  { "isync", OPT_SERVICE_IMAP, TLS, "SSLType IMAPS" },
  { "isync", OPT_SERVICE_IMAP, TLS, "Port 993" },
  { "isync", OPT_SERVICE_IMAP, STARTTLS, "SSLType STARTTLS" },
  { "isync", OPT_SERVICE_IMAP, STARTTLS, "Port 143" },
  { "aerc",
    OPT_SERVICE_IMAP,
    TLS,
    "source = imaps://jane.doe%40optonline.net@mail.optonline.net:993" },
  { "aerc",
    OPT_SERVICE_IMAP,
    STARTTLS,
    "source = imap://jane.doe%40optonline.net@mail.optonline.net:143" },
  { "aerc",
    OPT_SERVICE_IMAP,
    TLS,
    "outgoing = smtps+plain://jane.doe%40optonline.net@mail.optonline.net:465" },
  { "aerc",
    OPT_SERVICE_IMAP,
    STARTTLS,
    "outgoing = smtp+plain://jane.doe%40optonline.net@mail.optonline.net:587" },
  { "aerc", OPT_SERVICE_IMAP, STARTTLS, "smtp-starttls = yes" },
  { "claws", OPT_SERVICE_IMAP, TLS, "ssl_imap=1" },
  { "claws", OPT_SERVICE_IMAP, STARTTLS, "ssl_imap=2" },
  { "claws", OPT_SERVICE_POP3, TLS, "ssl_pop=1" },
  { "claws", OPT_SERVICE_POP3, STARTTLS, "ssl_pop=2" },
  { "claws", OPT_SERVICE_POP3, STARTTLS, "pop_port=110" },
  { "claws", OPT_SERVICE_POP3, TLS, "ssl_smtp=1" },
  { "claws", OPT_SERVICE_POP3, STARTTLS, "ssl_smtp=2" },
  { "sylpheed", OPT_SERVICE_IMAP, STARTTLS, "ssl_imap=2" },
  { "sylpheed", OPT_SERVICE_IMAP, STARTTLS, "imap_port=143" },
  { "sylpheed", OPT_SERVICE_POP3, STARTTLS, "ssl_pop=2" },
  { "sylpheed", OPT_SERVICE_POP3, STARTTLS, "ssl_smtp=2" },
};

static void
test_secured (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (secured); i++)
    {
      g_autoptr (OptSettings) settings =
        create_settings (ADDRESS, "Jane", ADDRESS, secured[i].uri, secured[i].incoming);

      assert_has_line (secured[i].id, settings, secured[i].line);
    }
}

static const struct
{
  const char *id;
  guint days;
  const char *line;
} leave[] = {
  { "getmail", OPT_LEAVE_ON_SERVER_NEVER, "delete = true" },
  { "getmail", 3, "delete = false" },
  { "getmail", 3, "delete_after = 3" },
  { "getmail", OPT_LEAVE_ON_SERVER_ALWAYS, "delete = false" },
  { "claws", OPT_LEAVE_ON_SERVER_NEVER, "remove_mail=1" },
  { "claws", OPT_LEAVE_ON_SERVER_NEVER, "message_leave_time=0" },
  { "claws", 3, "message_leave_time=3" },
  { "claws", OPT_LEAVE_ON_SERVER_ALWAYS, "remove_mail=0" },
  { "sylpheed", OPT_LEAVE_ON_SERVER_NEVER, "remove_mail=1" },
  { "sylpheed", 3, "message_leave_time=3" },
  { "sylpheed", OPT_LEAVE_ON_SERVER_ALWAYS, "remove_mail=0" },
};

static void
test_leave_on_server (void)
{
  g_autoptr (OptSettings) settings =
    create_settings (ADDRESS, "Jane", ADDRESS, TLS, OPT_SERVICE_POP3);

  for (gsize i = 0; i < G_N_ELEMENTS (leave); i++)
    {
      g_autoptr (OptSettings) changed = opt_settings_with_leave_on_server (settings, leave[i].days);

      assert_has_line (leave[i].id, changed, leave[i].line);
    }
}

/* Addresses with what RFC 5321 allows, and names; the user name is a plain one. */
static const struct
{
  const char *id, *address, *name, *line;
} written[] = {
  { "isync", "o'neil/#%*@optonline.net", "Jane", "IMAPAccount o_neil____@optonline.net" },
  { "isync", "o'neil/#%*@optonline.net", "Jane", "Path ~/Mail/isync/o_neil____@optonline.net/" },
  { "getmail", "a/b%c@optonline.net", "Jane", "path = ~/Mail/getmail/a_b_c@optonline.net/" },
  { "offlineimap", "a/b%c@optonline.net", "Jane", "[Account a_b_c@optonline.net]" },
  { "aerc", ADDRESS, "Jane", "from = `\"Jane\" <" ADDRESS ">`" },
  { "aerc", ADDRESS, "", "from = `<" ADDRESS ">`" },
  { "aerc", ADDRESS, "a\"b\\c", "from = `\"a\\\"b\\\\c\" <" ADDRESS ">`" },
  { "aerc", ADDRESS, "%(source)s", "from = `\"%\\(source)s\" <" ADDRESS ">`" },
  { "aerc",
    "a`b@optonline.net",
    "`; # \U0001f600",
    "from = `\"`; # \U0001f600\" <a`b@optonline.net>`" },
  { "claws", ADDRESS, "\"J\" \\n #%=;[x]", "name=\"J\" \\n #%=;[x]" },
  { "sylpheed", "o'neil#%@optonline.net", "Jane", "address=o'neil#%@optonline.net" },
};

static void
test_written (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (written); i++)
    {
      OptService incoming = opt_client_takes (opt_client_find (written[i].id), OPT_SERVICE_IMAP)
                              ? OPT_SERVICE_IMAP
                              : OPT_SERVICE_POP3;
      g_autoptr (OptSettings) settings =
        create_settings (written[i].address, written[i].name, "jane", TLS, incoming);

      assert_has_line (written[i].id, settings, written[i].line);
    }
}

/* What a shell would not leave alone; what a program cannot do safely; what is longer than a line
 * may be. */
static const struct
{
  const char *id;
  OptService incoming;
  const char *uri, *user;
  gsize name_bytes;
  OptError error;
} refused[] = {
  { "isync", OPT_SERVICE_IMAP, TLS, "jane;id", 1, OPT_ERROR_CLIENT_VALUE },
  { "isync", OPT_SERVICE_IMAP, TLS, "jane doe", 1, OPT_ERROR_CLIENT_VALUE },
  { "getmail", OPT_SERVICE_POP3, TLS, "jane\"doe", 1, OPT_ERROR_CLIENT_VALUE },
  { "getmail", OPT_SERVICE_POP3, STARTTLS, "jane", 1, OPT_ERROR_CLIENT_VALUE },
  { "getmail", OPT_SERVICE_IMAP, TLS, "jane", 1, OPT_ERROR_CLIENT_PROTOCOL },
  { "offlineimap", OPT_SERVICE_IMAP, TLS, "jane%doe", 1, OPT_ERROR_CLIENT_VALUE },
  { "offlineimap", OPT_SERVICE_IMAP, STARTTLS, "jane", 1, OPT_ERROR_CLIENT_VALUE },
  { "offlineimap", OPT_SERVICE_POP3, TLS, "jane", 1, OPT_ERROR_CLIENT_PROTOCOL },
  { "aerc", OPT_SERVICE_IMAP, TLS, "$(id)", 1, OPT_ERROR_CLIENT_VALUE },
  { "aerc", OPT_SERVICE_POP3, TLS, "jane", 1, OPT_ERROR_CLIENT_PROTOCOL },
  { "claws", OPT_SERVICE_IMAP, TLS, "jane", 7996, OPT_ERROR_CLIENT_VALUE },
  { "sylpheed", OPT_SERVICE_POP3, TLS, "jane", 7996, OPT_ERROR_CLIENT_VALUE },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *name = g_strnfill (refused[i].name_bytes, 'y');
      g_autoptr (OptSettings) settings =
        create_settings (ADDRESS, name, refused[i].user, refused[i].uri, refused[i].incoming);
      g_autoptr (GError) error = NULL;

      g_assert_null (render_only_file (opt_client_find (refused[i].id), settings, &error));
      g_assert_error (error, OPT_ERROR, (int) refused[i].error);
    }
}

/* Which value, which of its characters, and what to do. */
static const struct
{
  const char *id;
  OptService incoming;
  const char *uri, *user, *name;
  OptError error;
  const char *words;
} told[] = {
  { "geary",
    OPT_SERVICE_IMAP,
    TLS,
    "jane",
    "Jane \"JJ\" Doe\\",
    OPT_ERROR_CLIENT_NAME,
    "The name “Jane \"JJ\" Doe\\” has “\"\\”, which this mail program cannot hold. Use another "
    "name "
    "for it." },
  { "geary",
    OPT_SERVICE_IMAP,
    TLS,
    "jane",
    "a=?b",
    OPT_ERROR_CLIENT_NAME,
    "The name “a=?b” has “=?”, which this mail program cannot hold. Use another name for it." },
  { "s-nail",
    OPT_SERVICE_POP3,
    TLS,
    "jane",
    "Müller, Hans",
    OPT_ERROR_CLIENT_NAME,
    "The name “Müller, Hans” has “,”, which this mail program cannot hold. Use another name for "
    "it." },
  { "outlook-prf",
    OPT_SERVICE_POP3,
    TLS,
    "jane",
    "Zoë 😀 دود",
    OPT_ERROR_CLIENT_NAME,
    "The name “Zoë 😀 دود” has “😀دو”, which this mail program cannot hold. Use another name for "
    "it." },
  { "outlook-prf",
    OPT_SERVICE_POP3,
    TLS,
    "jane",
    "'Jane'",
    OPT_ERROR_CLIENT_NAME,
    "The name “'Jane'” has “'”, which this mail program cannot hold. Use another name for it." },
  { "outlook-prf",
    OPT_SERVICE_POP3,
    TLS,
    "zoë",
    "Zoë",
    OPT_ERROR_CLIENT_VALUE,
    "This mail program would take “zoë” for something else. Choose another program." },
  { "outlook-express-reg",
    OPT_SERVICE_POP3,
    TLS,
    "jane",
    "Zoë 😀",
    OPT_ERROR_CLIENT_NAME,
    "The name “Zoë 😀” has “😀”, which this mail program cannot hold. Use another name for it." },
  { "outlook-express-reg",
    OPT_SERVICE_POP3,
    STARTTLS,
    "jane",
    "Jane",
    OPT_ERROR_CLIENT_VALUE,
    "This mail program cannot encrypt as “starttls://mail.optonline.net:110” wants it. Choose "
    "another server, or another program." },
};

static void
test_told (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autoptr (OptSettings) settings =
        create_settings (ADDRESS, told[i].name, told[i].user, told[i].uri, told[i].incoming);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) files =
        opt_client_render_files (opt_client_find (told[i].id), settings, &error);

      g_assert_null (files);
      g_assert_error (error, OPT_ERROR, (int) told[i].error);
      g_assert_cmpstr (error->message, ==, told[i].words);
    }
}

/* The longest that is not refused. */
static void
test_longest (void)
{
  g_autofree char *name = g_strnfill (7995, 'y');
  g_autofree char *line = g_strconcat ("name=", name, NULL);
  g_autoptr (OptSettings) settings = create_settings (ADDRESS, name, "jane", TLS, OPT_SERVICE_POP3);

  assert_has_line ("claws", settings, line);
  assert_has_line ("sylpheed", settings, line);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/lines/secured", test_secured);
  g_test_add_func ("/lines/leave-on-server", test_leave_on_server);
  g_test_add_func ("/lines/written", test_written);
  g_test_add_func ("/lines/refused", test_refused);
  g_test_add_func ("/lines/told", test_told);
  g_test_add_func ("/lines/longest", test_longest);

  return g_test_run ();
}
