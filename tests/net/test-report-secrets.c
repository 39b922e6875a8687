/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a report must not say: the password, whatever a server does with it. */
#include "net-world.h"

#include "opt-report.h"

#include <string.h>

#define IMAP OPT_SERVICE_IMAP
#define POP3 OPT_SERVICE_POP3
#define SMTP OPT_SERVICE_SMTP
#define LEFT_OUT "(left out: it repeated the password)"
/* Makes a sign-in too long for a line of POP3 and SMTP. */
#define LONG_PASSWORD                                                                              \
  NET_PASSWORD NET_PASSWORD NET_PASSWORD NET_PASSWORD NET_PASSWORD NET_PASSWORD NET_PASSWORD       \
    NET_PASSWORD NET_PASSWORD NET_PASSWORD NET_PASSWORD NET_PASSWORD NET_PASSWORD NET_PASSWORD     \
      NET_PASSWORD NET_PASSWORD NET_PASSWORD NET_PASSWORD NET_PASSWORD NET_PASSWORD NET_PASSWORD

static char *
create_raw (const char *password)
{
  return g_strdup (password);
}

static char *
create_base64 (const char *password)
{
  return g_base64_encode ((const guchar *) password, strlen (password));
}

static char *
create_payload (const char *password)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  g_string_append_c (plain, '\0');
  g_string_append (plain, NET_ADDRESS);
  g_string_append_c (plain, '\0');
  g_string_append (plain, password);

  return g_base64_encode ((const guchar *) plain->str, plain->len);
}

/* As an HTTP client would sign in: another cut of base64's groups of three. */
static char *
create_pair (const char *password)
{
  g_autofree char *pair = g_strconcat (NET_ADDRESS ":", password, NULL);

  return create_base64 (pair);
}

static char *
create_percent (const char *password)
{
  return g_uri_escape_string (password, NULL, FALSE);
}

/* As a web form sends it, where a space is a plus. */
static char *
create_form (const char *password)
{
  g_autofree char *escaped = g_uri_escape_string (password, NULL, FALSE);
  g_auto (GStrv) words = g_strsplit (escaped, "%20", -1);

  return g_strjoinv ("+", words);
}

static char *
print_bytes (const char *password, gboolean upper)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = password; *p != '\0'; p++)
    if (upper)
      g_string_append_printf (text, "%02X", (guint8) *p);
    else
      g_string_append_printf (text, "%02x", (guint8) *p);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
create_hex (const char *password)
{
  return print_bytes (password, FALSE);
}

static char *
create_upper_hex (const char *password)
{
  return print_bytes (password, TRUE);
}

static char *
create_reversed (const char *password)
{
  return g_utf8_strreverse (password, -1);
}

static char *
create_reversed_bytes (const char *password)
{
  char *reversed = g_strdup (password);
  gsize n = strlen (reversed);

  for (gsize i = 0; i < n; i++)
    reversed[i] = password[n - 1 - i];

  return reversed;
}

/* What is not shown must not keep it from being found. */
static char *
create_veiled (const char *password)
{
  return g_strdup_printf ("%.1s\001\342\200\213%s", password, password + 1);
}

/* What a server may make of a password. */
static const struct
{
  const char *name;
  char *(*create) (const char *password);
} forms[] = {
  { "raw", create_raw },           { "base64", create_base64 },
  { "payload", create_payload },   { "pair", create_pair },
  { "percent", create_percent },   { "form", create_form },
  { "hex", create_hex },           { "upper-hex", create_upper_hex },
  { "reversed", create_reversed }, { "reversed-bytes", create_reversed_bytes },
  { "veiled", create_veiled },
};

static const char *const refusals[OPT_N_SERVICES] = {
  [IMAP] = "%t NO [AUTHENTICATIONFAILED] no %s here\r\n",
  [POP3] = "-ERR [AUTH] no %s here\r\n",
  [SMTP] = "535-5.7.8 no\r\n535 5.7.8 no %s here\r\n",
};

static const char *const welcomes[OPT_N_SERVICES] = {
  [IMAP] = "* 1 EXISTS\r\n%t OK hello %s there\r\n",
  [POP3] = "+OK hello %s there\r\n",
  [SMTP] = "235 2.7.0 hello %s there\r\n",
};

/* Every way to sign in. */
static const struct
{
  const char *name;
  OptPracticeRule rules[OPT_N_SERVICES][2];
  const char *password; /* NULL for the right one */
  gboolean works;
} situations[] = {
  { "usual", { { { NULL } } }, NULL, TRUE },
  { "other-ways",
    { [IMAP] = { { "GREETING", .tls = OPT_PRACTICE_TLS_AFTER, .reply = "* OK hello\r\n" },
                 { "CAPABILITY",
                   .tls = OPT_PRACTICE_TLS_AFTER,
                   .reply = "* CAPABILITY IMAP4rev1\r\n%t OK done\r\n" } },
      [POP3] = { { "CAPA", .tls = OPT_PRACTICE_TLS_AFTER, .reply = "+OK\r\nUSER\r\n.\r\n" } },
      [SMTP] = { { "EHLO",
                   .tls = OPT_PRACTICE_TLS_AFTER,
                   .reply = "250-practice\r\n250 AUTH LOGIN\r\n" } } },
    NULL,
    TRUE },
  { "long", { { { NULL } } }, LONG_PASSWORD, FALSE },
};

#define N_FORMS G_N_ELEMENTS (forms)
#define N_SITUATIONS G_N_ELEMENTS (situations)
#define N_REPLIES 3

/* How sign-ins are answered. */
enum
{
  REPLY_USUAL,
  REPLY_REFUSED,
  REPLY_WELCOME,
};

/* One test in one number. */
typedef struct
{
  guint form, reply, situation;
  OptSecurity security;
} Case;

static Case
unpack (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  return (Case){ i % N_FORMS,
                 i / N_FORMS % N_REPLIES,
                 i / N_FORMS / N_REPLIES % N_SITUATIONS,
                 i / N_FORMS / N_REPLIES / N_SITUATIONS };
}

static guint
pack (const Case *self)
{
  return self->form +
         N_FORMS * (self->reply + N_REPLIES * (self->situation + N_SITUATIONS * self->security));
}

/* The fixture's search, with what it does not look for. The base64 of the user's name alone, which
 * AUTH LOGIN sends, would be no secret: the address is in the report anyway. */
static gboolean
holds_password (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  for (guint i = 0; i < N_FORMS; i++)
    {
      g_autofree char *form = forms[i].create (NET_PASSWORD);

      if (strstr (text, form) != NULL)
        return TRUE;
    }

  return net_contains_password (bytes);
}

static char *
create_json (OptCheck *check)
{
  g_autoptr (JsonNode) root = opt_report_create_json (check);

  return json_to_string (root, TRUE);
}

static void
add_rules (NetWorld *world, const Case *data, const char *password)
{
  g_autofree char *form = forms[data->form].create (password);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      const OptPracticeRule *rules = situations[data->situation].rules[i];
      const char *format = data->reply == REPLY_REFUSED ? refusals[i] : welcomes[i];
      g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
      g_autofree char *reply = g_strjoinv (form, parts);
      const OptPracticeRule echo = { "SIGN-IN", .reply = reply };

      for (guint j = 0; j < 2 && rules[j].when != NULL; j++)
        opt_practice_server_add_rule (world->servers[i], &rules[j]);
      if (data->reply != REPLY_USUAL)
        opt_practice_server_add_rule (world->servers[i], &echo);
    }
}

static void
test_no_password (gconstpointer user_data)
{
  const Case data = unpack (user_data);
  const char *password = situations[data.situation].password;
  gboolean works =
    data.reply == REPLY_WELCOME || (data.reply == REPLY_USUAL && situations[data.situation].works);
  NetRun run = { .security = data.security, .password = password, .all_sign_ins = TRUE };
  g_autoptr (OptCheck) check = NULL;
  g_autofree char *text = NULL;
  g_autofree char *json = NULL;
  NetWorld world;

  net_world_set_up (&world, data.security);
  add_rules (&world, &data, password != NULL ? password : NET_PASSWORD);
  check = net_fixture_run (world.net, &run);
  text = opt_report_create_text (check);
  json = create_json (check);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    g_assert_cmpstr (net_get_id (check, i), ==, works ? "works" : "password-refused");
  g_assert_cmpuint (net_world_count_sign_ins (&world, works), >=, OPT_N_SERVICES);
  g_assert_false (holds_password (text));
  g_assert_false (holds_password (json));
  g_assert_nonnull (strstr (text, "(hidden)"));
  g_assert_cmpint (strstr (text, LEFT_OUT) != NULL, ==, data.reply != REPLY_USUAL);
  g_assert_cmpint (strstr (json, LEFT_OUT) != NULL, ==, data.reply == REPLY_REFUSED);

  net_world_tear_down (&world);
}

/* The search above finds what it looks for. */
static void
test_search (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *form = forms[i].create (NET_PASSWORD);
  g_autofree char *planted = g_strdup_printf ("S: A1 NO no %s here\n", form);

  g_assert_true (holds_password (planted));
  g_assert_false (holds_password ("S: A1 NO no (hidden) here\n"));
}

static void
add_case (const char *how, const Case *data)
{
  g_autofree char *path = g_strdup_printf ("/net/report/%s/%s/%s/%s",
                                           how,
                                           situations[data->situation].name,
                                           forms[data->form].name,
                                           opt_security_to_string (data->security));

  g_test_add_data_func (path, GUINT_TO_POINTER (pack (data)), test_no_password);
}

static void
add_cases (OptSecurity security)
{
  for (guint i = 0; i < N_SITUATIONS; i++)
    {
      add_case ("usual", &(Case){ 0, REPLY_USUAL, i, security });
      for (guint j = 0; j < N_FORMS; j++)
        add_case ("refused", &(Case){ j, REPLY_REFUSED, i, security });
      add_case ("welcome", &(Case){ 0, REPLY_WELCOME, i, security });
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < N_FORMS; i++)
    {
      g_autofree char *path = g_strconcat ("/net/report/search/", forms[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_search);
    }
  add_cases (OPT_SECURITY_TLS);
  add_cases (OPT_SECURITY_STARTTLS);

  return g_test_run ();
}
