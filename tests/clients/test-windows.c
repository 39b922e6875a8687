/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Formats of Windows, which cannot hold everything: what comes back is what went in, or the person
 * hears that it does not fit. */
#include "format-readers.h"
#include "only-file.h"
#include "opt-error.h"

#include <string.h>

#define ADDRESS "jane.doe@optonline.net"
#define X20 "xxxxxxxxxxxxxxxxxxxx"
#define X200 X20 X20 X20 X20 X20 X20 X20 X20 X20 X20

typedef struct
{
  const char *id;
  GHashTable *(*read) (GBytes *file, const OptSettings *settings);
} Format;

static const Format prf = { "outlook-prf", read_prf };
static const Format express = { "outlook-express-reg", read_outlook_express };
static const Format live = { "windows-live-mail", read_live_mail };

typedef struct
{
  const char *name, *in_user, *out_user, *in, *out;
} Values;

static const Values usual = {
  "Jane Doe", ADDRESS, ADDRESS, "tls://in.optimum.net", "tls://out.optimum.net"
};

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
create_settings (const Values *values, OptService incoming)
{
  g_autoptr (OptAddress) address = opt_address_parse (ADDRESS, NULL);
  g_autoptr (OptAccount) account = opt_account_new (values->name, address, NULL);
  g_autoptr (GError) error = NULL;
  OptSettings *settings;

  account = with_server (g_steal_pointer (&account), incoming, values->in, values->in_user);
  account =
    with_server (g_steal_pointer (&account), OPT_SERVICE_SMTP, values->out, values->out_user);
  settings = opt_settings_new (account, incoming, &error);
  g_assert_no_error (error);

  return settings;
}

/* With @name in place of the one that the settings have; NULL for refused. */
static void
assert_reads_back (const Format *format, const OptSettings *settings, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = render_only_file (opt_client_find (format->id), settings, &error);
  g_autoptr (GHashTable) wanted = create_wanted (settings);
  g_autoptr (GHashTable) got = NULL;
  GHashTableIter iter;
  gpointer key, value;

  if (name == NULL)
    {
      g_assert_null (file);
      g_assert_true (g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_NAME) ||
                     g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE));
      return;
    }

  g_assert_no_error (error);
  got = format->read (file, settings);
  g_hash_table_insert (wanted, g_strdup ("name"), g_strdup (name));
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_assert_cmpstr (g_hash_table_lookup (got, key), ==, value);
  g_assert_cmpuint (g_hash_table_size (got), ==, g_hash_table_size (wanted));
}

/* What a person is called, and what each program gets to read; NULL where it is refused. */
static const struct
{
  const char *name, *prf, *express;
} names[] = {
  { "Jane Doe", "Jane Doe", "Jane Doe" },
  { "Jane \"J\" O'Doe \\ \\` $HOME #1 100% ; {x}",
    "Jane \"J\" O'Doe \\ \\` $HOME #1 100% ; {x}",
    "Jane \"J\" O'Doe \\ \\` $HOME #1 100% ; {x}" },
  { "\\\"", "\\\"", "\\\"" },
  { "\"Jane\"", NULL, "\"Jane\"" },
  { "'Jane'", NULL, "'Jane'" },
  { "\"", "\"", "\"" },
  { "'Jane\"", "'Jane\"", "'Jane\"" },
  { "%username%", NULL, "%username%" },
  { "[Account2]", "[Account2]", "[Account2]" },
  { "; Jane = Doe", "; Jane = Doe", "; Jane = Doe" },
  { "Jane? Doe?", "Jane? Doe?", "Jane? Doe?" },
  { "Zoë Ünïcode", "Zoe Unicode", "Zoë Ünïcode" },
  { "Jane – Doe", "Jane - Doe", NULL },
  { "字", NULL, NULL },
  { "יוחנן", NULL, NULL },
  { "Jane 🙂", NULL, NULL },
  { "\u202eeoD", NULL, NULL },
  { X200, X200, X200 },
};

/* Who gets another name is told so; @held is what the file holds, NULL where there is none. */
static void
assert_name_is_told (const OptSettings *settings, const char *name, const char *held)
{
  g_auto (GStrv) steps = opt_client_create_steps (opt_client_find ("outlook-prf"), settings);
  g_autofree char *text = g_strjoinv ("\n", steps);
  g_autofree char *told = g_strdup_printf ("“%s” is “%s”", name, held != NULL ? held : "");
  gboolean differs = held != NULL && !g_str_equal (name, held);

  g_assert_cmpint (strstr (text, "plain letters") != NULL, ==, differs);
  g_assert_cmpint (strstr (text, told) != NULL, ==, differs);
}

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint service = OPT_SERVICE_IMAP; service <= OPT_SERVICE_POP3; service++)
      {
        Values values = usual;
        g_autoptr (OptSettings) settings = NULL;

        values.name = names[i].name;
        settings = create_settings (&values, service);
        assert_reads_back (&prf, settings, names[i].prf);
        assert_name_is_told (settings, names[i].name, names[i].prf);
        assert_reads_back (&express, settings, names[i].express);
        assert_reads_back (&live, settings, names[i].name);
      }
}

/* A name to sign in with is never written in other letters. */
static const struct
{
  const char *user;
  gboolean prf, express;
} users[] = {
  { "jane", TRUE, TRUE },         { "o'neil!#$%&*+-/=?^_`{|}~", TRUE, TRUE },
  { "zoë", FALSE, TRUE },         { "字", FALSE, FALSE },
  { "%a%", FALSE, TRUE },         { "'a'", FALSE, TRUE },
  { "DOMAIN\\jane", TRUE, TRUE },
};

static void
test_users (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (users); i++)
    for (guint where = 0; where < 3; where++)
      {
        Values values = usual;
        g_autoptr (OptSettings) settings = NULL;

        if (where != 0)
          values.in_user = users[i].user;
        if (where != 1)
          values.out_user = users[i].user;
        settings = create_settings (&values, OPT_SERVICE_POP3);
        assert_reads_back (&prf, settings, users[i].prf ? usual.name : NULL);
        assert_reads_back (&express, settings, users[i].express ? usual.name : NULL);
        assert_reads_back (&live, settings, usual.name);
      }
}

/* What is on a port decides what these programs do there. */
static const struct
{
  const char *in, *out;
  gboolean prf, express, live;
} servers[] = {
  { "tls://in.optimum.net", "tls://out.optimum.net", TRUE, TRUE, TRUE },
  { "tls://in.optimum.net:1", "tls://out.optimum.net:2", TRUE, TRUE, TRUE },
  { "tls://in.optimum.net", "starttls://out.optimum.net", TRUE, FALSE, TRUE },
  { "tls://in.optimum.net", "starttls://out.optimum.net:2525", TRUE, FALSE, FALSE },
  { "tls://in.optimum.net", "tls://out.optimum.net:587", TRUE, TRUE, FALSE },
  { "starttls://in.optimum.net", "tls://out.optimum.net", FALSE, FALSE, FALSE },
};

static void
test_servers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      Values values = usual;
      g_autoptr (OptSettings) settings = NULL;

      values.in = servers[i].in;
      values.out = servers[i].out;
      settings = create_settings (&values, OPT_SERVICE_POP3);
      assert_reads_back (&prf, settings, servers[i].prf ? usual.name : NULL);
      /* Its reader takes port 587 for STARTTLS, as Windows Live Mail does. */
      if (!g_str_has_suffix (values.out, "tls://out.optimum.net:587"))
        assert_reads_back (&express, settings, servers[i].express ? usual.name : NULL);
      assert_reads_back (&live, settings, servers[i].live ? usual.name : NULL);
    }
}

static const struct
{
  guint days;
  const char *prf, *express, *live;
} leave[] = {
  { 14,
    "\r\nLeaveOnServer=0xE0003\r\n",
    "\n\"Leave Mail On Server\"=dword:00000001\n\"Remove When Expired\"=dword:00000001\n"
    "\"Expire Days\"=dword:0000000e\n",
    ">00000001</Leave_Mail_On_Server>\n <Remove_When_Expired type=\"DWORD\">00000001"
    "</Remove_When_Expired>\n <Expire_Days type=\"DWORD\">0000000e<" },
  { OPT_LEAVE_ON_SERVER_NEVER,
    "\r\nLeaveOnServer=0x0\r\n",
    "\n\"Leave Mail On Server\"=dword:00000000\n\"SMTP",
    ">00000000</Leave_Mail_On_Server>\n <SMTP" },
  { OPT_LEAVE_ON_SERVER_ALWAYS,
    "\r\nLeaveOnServer=0x1\r\n",
    "\n\"Leave Mail On Server\"=dword:00000001\n\"SMTP",
    ">00000001</Leave_Mail_On_Server>\n <SMTP" },
};

static void
assert_holds (const char *id, const OptSettings *settings, const char *want)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = render_only_file (opt_client_find (id), settings, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  text = g_str_equal (id, "outlook-prf")
           ? g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file))
           : read_utf16 (file);
  g_assert_nonnull (strstr (text, want));
}

static void
test_leave_on_server (void)
{
  g_autoptr (OptSettings) settings = create_settings (&usual, OPT_SERVICE_POP3);

  for (gsize i = 0; i < G_N_ELEMENTS (leave); i++)
    {
      g_autoptr (OptSettings) changed = opt_settings_with_leave_on_server (settings, leave[i].days);

      assert_holds ("outlook-prf", changed, leave[i].prf);
      assert_holds ("outlook-express-reg", changed, leave[i].express);
      assert_holds ("windows-live-mail", changed, leave[i].live);
    }
}

/* The second file says where the first one is. */
static void
test_autodiscover_reg (void)
{
  g_autoptr (OptSettings) settings = create_settings (&usual, OPT_SERVICE_POP3);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files =
    opt_client_render_files (opt_client_find ("outlook-autodiscover"), settings, &error);
  const OptClientFile *reg;
  g_autoptr (GHashTable) entries = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, 2);
  reg = files->pdata[1];
  g_assert_cmpstr (((const OptClientFile *) files->pdata[0])->name, ==, "autodiscover.xml");
  g_assert_cmpstr (reg->name, ==, "outlook-autodiscover.reg");
  entries =
    read_reg (reg->bytes,
              "HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Outlook\\AutoDiscover");
  g_assert_cmpuint (g_hash_table_size (entries), ==, 2);
  g_assert_cmpstr (g_hash_table_lookup (entries, "PreferLocalXML"), ==, "00000001");
  g_assert_cmpstr (g_hash_table_lookup (entries, "optonline.net"),
                   ==,
                   "C:\\Users\\Public\\autodiscover.xml");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/windows/names", test_names);
  g_test_add_func ("/windows/users", test_users);
  g_test_add_func ("/windows/servers", test_servers);
  g_test_add_func ("/windows/leave-on-server", test_leave_on_server);
  g_test_add_func ("/windows/autodiscover-reg", test_autodiscover_reg);

  return g_test_run ();
}
