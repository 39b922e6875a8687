/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is read of the settings of Evolution, Geary and GNOME Online Accounts: good, old, broken and
 * hostile; and that what is written for the first two is read back as it was. */
#include "found-text.h"
#include "nasty.h"
#include "opt-encoded-word.h"
#include "opt-error.h"

#include <string.h>

#define FILE(name) "==> " name " <==\n"

/* As Evolution 3.46 writes them; a calendar lies among them. */
#define ACCOUNT(rest)                                                                              \
  FILE ("a.source")                                                                                \
  "[Data Source]\nDisplayName=jane\nEnabled=true\nParent=\n\n"                                     \
  "[Mail Account]\nBackendName=pop\nIdentityUid=i\nArchiveFolder=\n\n"                             \
  "[Authentication]\nHost=pop.optonline.net\nUser=jane.doe\n" rest
#define IDENTITY                                                                                   \
  FILE ("i.source")                                                                                \
  "[Data Source]\nEnabled=true\nParent=a\n\n[Mail Identity]\nAddress=Jane.Doe@OptOnline.net\n"     \
  "Name=Jane Doe\n\n[Mail Submission]\nTransportUid=t\n"
#define TRANSPORT(rest)                                                                            \
  FILE ("t.source")                                                                                \
  "[Data Source]\nEnabled=true\nParent=a\n\n[Mail Transport]\nBackendName=smtp\n\n"                \
  "[Authentication]\nHost=mail.optonline.net\n" rest
#define CALENDAR FILE ("system-calendar.source") "[Data Source]\nEnabled=true\n[Calendar]\n"

#define GEARY(status, incoming, outgoing)                                                          \
  "[Metadata]\nversion=1\nstatus=" status "\n\n[Account]\nlabel=Mail\n"                            \
  "sender_mailboxes=Jane Doe <Jane.Doe@OptOnline.net>;Jane <jane@optonline.net>;\n"                \
  "service_provider=other\n\n[Incoming]\nlogin=jane.doe\nhost=imap.optonline.net\n" incoming       \
  "\n[Outgoing]\nhost=mail.optonline.net\n" outgoing
#define OLD_GEARY(rest)                                                                            \
  "[AccountInformation]\nreal_name=Jane Doe\nprimary_email=jane.doe@optonline.net\n"               \
  "service_provider=OTHER\nimap_host=imap.optonline.net\nsmtp_host=smtp.optonline.net\n" rest

#define GOA(id, provider, rest)                                                                    \
  "[Account " id "]\nProvider=" provider "\nIdentity=jane.doe@optonline.net\n"                     \
  "EmailAddress=jane.doe@optonline.net\nName=Jane Doe\n" rest "\n"
#define JANE "Jane Doe <jane.doe@optonline.net>\n"

/* A wanted text of NULL: the files are broken. */
static const struct
{
  const char *name, *client, *files, *want;
} rows[] = {
  { "old",
    "evolution",
    ACCOUNT ("Method=CRAM-MD5\nPort=110\n\n[Security]\nMethod=none\n\n"
             "[Pop Backend]\nKeepOnServer=false\n")
      IDENTITY TRANSPORT ("Method=LOGIN\nPort=25\nUser=jane.doe\n\n[Security]\nMethod=none\n")
        CALENDAR,
    "Jane Doe <Jane.Doe@OptOnline.net>\n"
    "pop3 pop.optonline.net:110 none challenge jane.doe key a\n"
    "smtp mail.optonline.net:25 none password jane.doe key t\n"
    "leaves nothing\n" },
  { "usual-values",
    "evolution",
    ACCOUNT ("") IDENTITY TRANSPORT (""),
    "Jane Doe <Jane.Doe@OptOnline.net>\n"
    "pop3 pop.optonline.net:110 none password jane.doe key a\n"
    "smtp mail.optonline.net:25 none no-auth - key t\n"
    "leaves nothing\n" },
  { "usual-ports-of-tls",
    "evolution",
    ACCOUNT ("\n[Security]\nMethod=ssl-on-alternate-port\n[Pop Backend]\nKeepOnServer=true\n")
      IDENTITY TRANSPORT ("Method=PLAIN\n[Security]\nMethod=ssl-on-alternate-port\n"),
    "Jane Doe <Jane.Doe@OptOnline.net>\n"
    "pop3 pop.optonline.net:995 tls password jane.doe key a\n"
    "smtp mail.optonline.net:465 tls password - key t\n"
    "leaves all\n" },
  { "apop",
    "evolution",
    ACCOUNT ("Method=+APOP\n"),
    "- <->\n"
    "pop3 pop.optonline.net:110 none challenge jane.doe key a\nleaves nothing\n" },
  { "sendmail",
    "evolution",
    ACCOUNT ("") IDENTITY FILE ("t.source") "[Mail Transport]\nBackendName=sendmail\n",
    "Jane Doe <Jane.Doe@OptOnline.net>\n"
    "pop3 pop.optonline.net:110 none password jane.doe key a\nleaves nothing\n" },
  { "disabled",
    "evolution",
    FILE ("a.source") "[Data Source]\nEnabled=false\n[Mail Account]\nBackendName=imapx\n"
                      "[Authentication]\nHost=imap.optonline.net\n",
    "" },
  { "local",
    "evolution",
    FILE ("local.source") "[Data Source]\nEnabled=true\n[Mail Account]\nBackendName=maildir\n",
    "" },
  { "of-online-accounts",
    "evolution",
    FILE ("a.source") "[Data Source]\nParent=g\n[Mail Account]\nBackendName=imapx\n"
                      "[Authentication]\nHost=imap.optonline.net\n" FILE (
                        "g.source") "[Collection]\nBackendName=none\n[GNOME Online "
                                    "Accounts]\nAccountId=x\n",
    "" },
  { "of-a-collection-without-mail",
    "evolution",
    FILE ("a.source") "[Data Source]\nParent=g\n[Mail Account]\nBackendName=imapx\n"
                      "[Authentication]\nHost=imap.optonline.net\n" FILE (
                        "g.source") "[Collection]\nMailEnabled=false\n",
    "" },
  { "in-circles",
    "evolution",
    FILE ("a.source") "[Data Source]\nParent=b\n[Mail Account]\nBackendName=imapx\nIdentityUid=a\n"
                      "[Mail Submission]\nTransportUid=a\n[Mail Transport]\nBackendName=smtp\n"
                      "[Authentication]\nHost=mail.optonline.net\n" FILE (
                        "b.source") "[Data Source]\nParent=a\n",
    "- <->\nimap mail.optonline.net:143 none password - key a\n"
    "smtp mail.optonline.net:25 none no-auth - key a\n" },
  { "one-broken",
    "evolution",
    FILE ("0.source") "no key file\n" ACCOUNT (""),
    "- <->\npop3 pop.optonline.net:110 none password jane.doe key a\nleaves nothing\n" },
  { "all-broken", "evolution", FILE ("0.source") "no key file\n" FILE ("1.source") "=\n", NULL },
  { "current",
    "geary",
    GEARY ("enabled",
           "port=993\ntransport_security=transport\ncredentials=custom\n",
           "port=587\ntransport_security=start-tls\ncredentials=use-incoming\n"),
    "Jane Doe <Jane.Doe@OptOnline.net>\n"
    "imap imap.optonline.net:993 tls password jane.doe\n"
    "smtp mail.optonline.net:587 starttls password jane.doe\n" },
  { "unsafe",
    "geary",
    GEARY ("enabled",
           "port=0\ntransport_security=none\ncredentials=custom\n",
           "port=0\ntransport_security=None\ncredentials=none\nlogin=jane\n"),
    "Jane Doe <Jane.Doe@OptOnline.net>\n"
    "imap imap.optonline.net:143 none password jane.doe\n"
    "smtp mail.optonline.net:25 none no-auth -\n" },
  { "disabled", "geary", GEARY ("disabled", "port=993\n", "port=465\n"), "" },
  { "removed", "geary", GEARY ("removed", "port=993\n", "port=465\n"), "" },
  { "before-version-1",
    "geary",
    OLD_GEARY ("imap_username=jane.doe\nimap_port=993\nimap_ssl=true\nimap_starttls=false\n"
               "smtp_username=jane\nsmtp_port=25\nsmtp_ssl=false\nsmtp_starttls=false\n"
               "smtp_use_imap_credentials=false\nsmtp_noauth=false\n"),
    JANE "imap imap.optonline.net:993 tls password jane.doe\n"
         "smtp smtp.optonline.net:25 none password jane\n" },
  { "usual-values-before-version-1",
    "geary",
    OLD_GEARY (""),
    JANE "imap imap.optonline.net:993 tls password jane.doe@optonline.net\n"
         "smtp smtp.optonline.net:587 starttls password jane.doe@optonline.net\n" },
  { "no-sign-in-before-version-1",
    "geary",
    OLD_GEARY ("smtp_use_imap_credentials=false\nsmtp_noauth=true\nsmtp_starttls=false\n"),
    JANE "imap imap.optonline.net:993 tls password jane.doe@optonline.net\n"
         "smtp smtp.optonline.net:25 none no-auth -\n" },
  { "of-gmail", "geary", "[Account]\nservice_provider=gmail\n[Incoming]\nlogin=jane\n", "" },
  { "empty", "geary", "", "" },
  { "broken", "geary", "[Account\n", NULL },
  { "current",
    "goa",
    GOA ("account_1_0",
         "imap_smtp",
         "ImapHost=mail.optonline.net\nImapUserName=jane.doe@optonline.net\nImapUseSsl=true\n"
         "ImapUseTls=false\nSmtpHost=smtp.optonline.net\nSmtpUseAuth=true\n"
         "SmtpUserName=jane.doe\nSmtpAuthPlain=true\nSmtpUseSsl=false\nSmtpUseTls=true"),
    JANE "imap mail.optonline.net:993 tls password jane.doe@optonline.net key account_1_0\n"
         "smtp smtp.optonline.net:587 starttls password jane.doe key account_1_0\n" },
  { "unsafe",
    "goa",
    GOA ("a",
         "imap_smtp",
         "ImapHost=mail.optonline.net:143\nImapUserName=jane\nImapAcceptSslErrors=true\n"
         "SmtpHost=mail.optonline.net:25\nSmtpUserName=jane\nSmtpUseAuth=false"),
    JANE "imap mail.optonline.net:143 none password jane key a any-certificate\n"
         "smtp mail.optonline.net:25 none no-auth - key a\n" },
  { "ports",
    "goa",
    GOA ("a", "imap_smtp", "ImapHost=[2001:db8::1]:1993\nSmtpHost=2001:db8::1")
      GOA ("b", "imap_smtp", "ImapHost=mail.optonline.net:x\nSmtpHost=[2001:db8::1]"),
    JANE "imap [2001:db8::1]:1993 none password - key a\n"
         "smtp 2001:db8::1:587 none no-auth - key a\n" JANE
         "imap mail.optonline.net:0 none password - key b\n"
         "smtp [2001:db8::1]:587 none no-auth - key b\n" },
  { "other-providers",
    "goa",
    GOA ("a", "google", "ImapHost=mail.optonline.net")
      GOA ("b", "imap_smtp", "ImapHost=mail.optonline.net\nMailEnabled=false"),
    "" },
  { "broken", "goa", "ImapHost=mail.optonline.net\n", NULL },
};

static void
add_file (GPtrArray *files, const char *name, const char *text)
{
  g_ptr_array_add (files, opt_client_file_new (name, g_bytes_new (text, strlen (text))));
}

/* One without a name is for a program that does not look at it. */
static GPtrArray *
create_files (const char *text)
{
  GPtrArray *files = opt_client_files_new ();
  g_auto (GStrv) parts = g_strsplit (text, "==> ", -1);

  if (parts[0] == NULL || parts[1] == NULL)
    add_file (files, "file", text);
  for (gsize i = 1; parts[0] != NULL && parts[i] != NULL; i++)
    {
      char *end = strstr (parts[i], " <==\n");

      *end = '\0';
      add_file (files, parts[i], end + strlen (" <==\n"));
    }

  return files;
}

static void
test_row (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = create_files (rows[i].files);
  g_autoptr (GPtrArray) founds =
    opt_client_read (opt_client_find (rows[i].client), "/there", files, &error);
  g_autofree char *text = founds != NULL ? create_found_text (founds) : NULL;

  if (rows[i].want == NULL)
    g_assert_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN);
  else
    g_assert_no_error (error);
  g_assert_cmpstr (text, ==, rows[i].want);
}

static void
test_many_accounts (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) founds = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text,
                            "[Account %u]\nProvider=imap_smtp\nImapHost=mail.optonline.net\n",
                            i);
  founds = read_bytes ("goa", text->str, text->len, NULL);
  g_assert_cmpuint (founds->len, ==, OPT_CLIENT_MAX_FOUNDS);
}

/* The values of opt-client-geary.c's writer and of others that write such names. */
static const struct
{
  const char *mailbox, *name, *address;
} mailboxes[] = {
  { "Jane Doe <jane@optonline.net>", "Jane Doe", "jane@optonline.net" },
  { "\"Doe, \\\"J\\\"\" <jane@optonline.net>", "Doe, \"J\"", "jane@optonline.net" },
  { "jane@optonline.net", NULL, "jane@optonline.net" },
  { "<jane@optonline.net>", NULL, "jane@optonline.net" },
  { "=?utf-8?b?Wm/Dqw==?= <j@optonline.net>", "Zoë", "j@optonline.net" },
  { "=?UTF-8?Q?Zo=C3=AB_D?= =?utf-8?q?oe?= <j@optonline.net>", "Zoë Doe", "j@optonline.net" },
  { "=?iso-8859-1*en?q?Zo=EB?=  Doe <j@optonline.net>", "Zoë  Doe", "j@optonline.net" },
  { "=?utf-8?q?=FF?= <j@optonline.net>", "=?utf-8?q?=FF?=", "j@optonline.net" },
  { "=?../x?q?a?= <j@optonline.net>", "=?../x?q?a?=", "j@optonline.net" },
  { "=?utf-8?x?a?= =?utf-8? =? <j", "=?utf-8?x?a?= =?utf-8? =?", "j" },
  { "=?utf-8?q?=4 <j>", "=?utf-8?q?=4", "j" },
  { "", NULL, "" },
  { "<", NULL, "" },
};

static void
test_mailbox (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (mailboxes); i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *address = NULL;

      opt_encoded_word_split_mailbox (mailboxes[i].mailbox, &name, &address);
      g_assert_cmpstr (name, ==, mailboxes[i].name);
      g_assert_cmpstr (address, ==, mailboxes[i].address);
    }
}

/* Evolution's keys depend on the address; that they are there at all is tested above. */
static void
drop_keys (GPtrArray *founds)
{
  for (guint i = 0; i < founds->len; i++)
    for (guint k = 0; k < OPT_N_SERVICES; k++)
      {
        OptFound *found = founds->pdata[i];

        if (found->servers[k] != NULL)
          g_clear_pointer (&found->servers[k]->key, g_free);
      }
}

static void
assert_round_trip (const char *id, const OptSettings *settings)
{
  const OptClient *client = opt_client_find (id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = opt_client_render_files (client, settings, &error);
  g_autoptr (GPtrArray) founds = NULL;
  g_autofree char *want = create_settings_text (settings);
  g_autofree char *got = NULL;

  if (g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_NAME) ||
      g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE))
    return;

  g_assert_no_error (error);
  founds = opt_client_read (client, "/there", files, &error);
  g_assert_no_error (error);
  drop_keys (founds);
  got = create_found_text (founds);
  g_assert_cmpstr (got, ==, want);
}

static const guint days[] = { 14, 1, 365, OPT_LEAVE_ON_SERVER_NEVER, OPT_LEAVE_ON_SERVER_ALWAYS };

static void
test_round_trip (void)
{
  for (gsize i = 0; i < n_nasty_names; i++)
    {
      const char *name = nasty_names[i];
      const char *address = nasty_addresses[i % n_nasty_addresses];
      g_autoptr (OptSettings) imap = create_nasty_settings (address, name, name, OPT_SERVICE_IMAP);
      g_autoptr (OptSettings) pop3 = create_nasty_settings (address, name, name, OPT_SERVICE_POP3);
      g_autoptr (OptSettings) left =
        opt_settings_with_leave_on_server (pop3, days[i % G_N_ELEMENTS (days)]);

      assert_round_trip ("evolution", imap);
      assert_round_trip ("evolution", left);
      assert_round_trip ("geary", imap);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/read-gnome/%s/%s", rows[i].client, rows[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/read-gnome/many-accounts", test_many_accounts);
  g_test_add_func ("/read-gnome/mailbox", test_mailbox);
  g_test_add_func ("/read-gnome/round-trip", test_round_trip);

  return g_test_run ();
}
