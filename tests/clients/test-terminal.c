/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The files of programs for the terminal. Nothing but such a program reads its syntax, so that it
 * comes to the same values is shown with the real ones (real/); here is what each file says for
 * STARTTLS and for what POP3 leaves on the server, and what it refuses to say. */
#include "only-file.h"
#include "opt-error.h"

#include <string.h>

#define S50 "01234567890123456789012345678901234567890123456789"
#define S450 S50 S50 S50 S50 S50 S50 S50 S50 S50

/* What differs from Jane's account, TLS from the start and the usual 14 days. */
typedef struct
{
  const char *name, *address, *user;
  gboolean starttls;
  guint days;
} Change;

static OptAccount *
with_server (OptAccount *account, OptService service, const Change *change)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *uri =
    g_strdup_printf ("%s://mail.optonline.net", change->starttls ? "starttls" : "tls");
  const char *user = change->user != NULL ? change->user : "jane@optonline.net";
  g_autoptr (OptServer) server = opt_server_parse (service, uri, user, &error);
  OptAccount *changed;

  g_assert_no_error (error);
  changed = opt_account_with_server (account, server);
  opt_account_unref (account);

  return changed;
}

static OptSettings *
create_settings (const Change *change, OptService incoming)
{
  g_autoptr (GError) error = NULL;
  const char *text = change->address != NULL ? change->address : "jane@optonline.net";
  g_autoptr (OptAddress) address = opt_address_parse (text, &error);
  g_autoptr (OptSettings) settings = NULL;
  OptAccount *account;

  g_assert_no_error (error);
  account = opt_account_new (change->name, address, NULL);
  for (guint service = 0; service < OPT_N_SERVICES; service++)
    account = with_server (account, service, change);
  settings = opt_settings_new (account, incoming, &error);
  g_assert_no_error (error);
  opt_account_unref (account);

  return opt_settings_with_leave_on_server (settings, change->days);
}

static const struct
{
  const char *test, *id;
  OptService incoming;
  Change change;
  const char *lines; /* these follow each other in the file */
} rows[] = {
  { "tls", "msmtp", OPT_SERVICE_IMAP, { 0 }, "port 465\ntls on\ntls_starttls off\n" },
  { "starttls",
    "msmtp",
    OPT_SERVICE_IMAP,
    { .starttls = TRUE },
    "port 587\ntls on\ntls_starttls on\n" },
  { "quotes", "msmtp", OPT_SERVICE_IMAP, { .user = "\"a\" \\ " }, "user \"\"a\" \\ \"\n" },
  { "percent", "msmtp", OPT_SERVICE_IMAP, { .address = "10%u%@a.net" }, "from \"10%u%@a.net\"\n" },
  { "tls", "mpop", OPT_SERVICE_POP3, { 0 }, "port 995\ntls on\ntls_starttls off\n" },
  { "starttls",
    "mpop",
    OPT_SERVICE_POP3,
    { .starttls = TRUE },
    "port 110\ntls on\ntls_starttls on\n" },
  { "never", "mpop", OPT_SERVICE_POP3, { .days = OPT_LEAVE_ON_SERVER_NEVER }, "keep off\n" },
  { "days", "mpop", OPT_SERVICE_POP3, { .days = 14 }, "keep on\n" },
  { "always", "mpop", OPT_SERVICE_POP3, { .days = OPT_LEAVE_ON_SERVER_ALWAYS }, "keep on\n" },
  { "slash",
    "mpop",
    OPT_SERVICE_POP3,
    { .address = "a/b@a.net" },
    "delivery mbox ~/a_b@a.net.mbox\n" },
  { "escapes",
    "mutt",
    OPT_SERVICE_IMAP,
    { .name = "\\\"$`'#;" },
    "set realname = \"\\\\\\\"\\$\\`'#;\"\n" },
  { "starttls",
    "mutt",
    OPT_SERVICE_IMAP,
    { .user = "jane", .starttls = TRUE },
    "set folder = \"imap://jane@mail.optonline.net:143/\"\n"
    "set spoolfile = \"imap://jane@mail.optonline.net:143/INBOX\"\n"
    "set smtp_url = \"smtp://jane@mail.optonline.net:587/\"\n" },
  { "starttls",
    "mutt",
    OPT_SERVICE_POP3,
    { .user = "jane+a", .starttls = TRUE },
    "set pop_host = \"pop://jane%2Ba@mail.optonline.net:110/\"\n" },
  { "tls",
    "mutt",
    OPT_SERVICE_POP3,
    { .user = "jane" },
    "set smtp_url = \"smtps://jane@mail.optonline.net:465/\"\n" },
  { "never",
    "mutt",
    OPT_SERVICE_POP3,
    { .days = OPT_LEAVE_ON_SERVER_NEVER },
    "set pop_delete = yes\n" },
  { "days", "mutt", OPT_SERVICE_POP3, { .days = 14 }, "set pop_delete = no\n" },
  { "escapes",
    "fetchmail",
    OPT_SERVICE_IMAP,
    { .user = "\"a\\b'c #" },
    "  user \"\\x22a\\x5cb'c #\"\n" },
  { "tls",
    "fetchmail",
    OPT_SERVICE_IMAP,
    { 0 },
    "  service 993\n  user \"jane@optonline.net\"\n  ssl\n  sslproto \"TLS1.2+\"\n  sslcertck\n" },
  { "starttls",
    "fetchmail",
    OPT_SERVICE_POP3,
    { .starttls = TRUE },
    "  service 110\n  uidl\n  user \"jane@optonline.net\"\n  sslproto \"TLS1.2+\"\n" },
  { "never", "fetchmail", OPT_SERVICE_POP3, { .days = OPT_LEAVE_ON_SERVER_NEVER }, "  nokeep\n" },
  { "never", "fetchmail", OPT_SERVICE_IMAP, { .days = OPT_LEAVE_ON_SERVER_NEVER }, "  keep\n" },
  { "days", "fetchmail", OPT_SERVICE_POP3, { .days = 14 }, "  keep\n" },
  { "no-name", "s-nail", OPT_SERVICE_IMAP, { 0 }, "  set from='jane@optonline.net'\n" },
  { "quotes",
    "s-nail",
    OPT_SERVICE_IMAP,
    { .name = "\"J\" O'Doe \\" },
    "  set from='\"\\\"J\\\" O'\\''Doe \\\\\" <jane@optonline.net>'\n" },
  { "letters",
    "s-nail",
    OPT_SERVICE_IMAP,
    { .name = "Zoë Doe" },
    "  set from='Zoë Doe <jane@optonline.net>'\n" },
  { "tls",
    "s-nail",
    OPT_SERVICE_POP3,
    { .days = 14 },
    "  set inbox='pop3s://jane%40optonline.net@mail.optonline.net:995'\n  set hold\n"
    "  set mta='smtps://jane%40optonline.net@mail.optonline.net:465'\n  set smtp-auth=plain\n" },
  { "starttls",
    "s-nail",
    OPT_SERVICE_IMAP,
    { .starttls = TRUE },
    "  set inbox='imap://jane%40optonline.net@mail.optonline.net:143/INBOX'\n"
    "  set imap-use-starttls\n  set hold\n"
    "  set mta='smtp://jane%40optonline.net@mail.optonline.net:587'\n"
    "  set smtp-use-starttls\n" },
  { "never", "s-nail", OPT_SERVICE_POP3, { .days = OPT_LEAVE_ON_SERVER_NEVER }, "  set nohold\n" },
  { "never", "s-nail", OPT_SERVICE_IMAP, { .days = OPT_LEAVE_ON_SERVER_NEVER }, "  set hold\n" },
};

static void
test_lines (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  const OptClient *client = opt_client_find (rows[i].id);
  g_autoptr (OptSettings) settings = create_settings (&rows[i].change, rows[i].incoming);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = render_only_file (client, settings, &error);
  g_autofree char *text = NULL;
  g_autofree char *wanted = g_strconcat ("\n", rows[i].lines, NULL);

  g_assert_no_error (error);
  text = g_strdup_printf ("\n%.*s",
                          (int) g_bytes_get_size (file),
                          (const char *) g_bytes_get_data (file, NULL));
  if (strstr (text, wanted) == NULL)
    g_assert_cmpstr (text, ==, wanted);
}

static const struct
{
  const char *test, *id;
  OptService incoming;
  Change change;
} refused[] = {
  { "long-line", "msmtp", OPT_SERVICE_IMAP, { .user = S450 S50 } },
  { "long-line", "mpop", OPT_SERVICE_POP3, { .user = S450 S50 } },
  { "star", "msmtp", OPT_SERVICE_IMAP, { .address = "a*@a.net" } },
  { "question-mark", "msmtp", OPT_SERVICE_IMAP, { .address = "a?@a.net" } },
  { "user-name", "msmtp", OPT_SERVICE_IMAP, { .address = "a%U@a.net" } },
  { "command", "mutt", OPT_SERVICE_IMAP, { .user = "a`id`" } },
  { "option", "mutt", OPT_SERVICE_POP3, { .user = "-a" } },
  { "command", "s-nail", OPT_SERVICE_IMAP, { .user = "a'id" } },
  { "encoded-word", "s-nail", OPT_SERVICE_IMAP, { .name = "=?utf-8?Q?Jane?=" } },
  { "letters-and-quotes", "s-nail", OPT_SERVICE_IMAP, { .name = "Zoë \"Z\" Doe" } },
  { "letters-and-dot", "s-nail", OPT_SERVICE_IMAP, { .name = "Dr. Zoë Doe" } },
  { "letters-and-spaces", "s-nail", OPT_SERVICE_IMAP, { .name = "Zoë  Doe" } },
  { "host-name", "msmtp", OPT_SERVICE_IMAP, { .address = "a%%H@a.net" } },
};

static void
test_refuses (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptSettings) settings = create_settings (&refused[i].change, refused[i].incoming);
  int wanted = refused[i].change.name != NULL ? OPT_ERROR_CLIENT_NAME : OPT_ERROR_CLIENT_VALUE;
  g_autoptr (GError) error = NULL;

  g_assert_null (render_only_file (opt_client_find (refused[i].id), settings, &error));
  g_assert_error (error, OPT_ERROR, wanted);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/terminal/%s/%s/%s",
                                               rows[i].id,
                                               opt_service_to_string (rows[i].incoming),
                                               rows[i].test);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_lines);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/terminal/%s/refuses/%s", refused[i].id, refused[i].test);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refuses);
    }

  return g_test_run ();
}
