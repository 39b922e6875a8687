/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is read of a configuration for Thunderbird, and of the settings of Evolution, Geary and
 * GNOME Online Accounts: good, old, broken and hostile; and that what is written for each of them
 * is read back as it was. */
#include "found-text.h"
#include "nasty.h"
#include "opt-error.h"

#include <string.h>

#define CONFIG(servers)                                                                            \
  "<?xml version=\"1.0\"?>\n<clientConfig version=\"1.1\"><emailProvider id=\"optonline.net\">"    \
  "<domain>optonline.net</domain>" servers "</emailProvider></clientConfig>"
#define SERVER(name, type, host, rest)                                                             \
  "<" name " type=\"" type "\"><hostname>" host "</hostname>" rest "</" name ">"
#define IN(type, host, rest) SERVER ("incomingServer", type, host, rest)
#define OUT(host, rest) SERVER ("outgoingServer", "smtp", host, rest)
#define TLS "<socketType>SSL</socketType>"
#define PASSWORD "<authentication>password-cleartext</authentication>"
#define USER(user) "<username>" user "</username>"

/* A wanted text of NULL: the file is broken. */
static const struct
{
  const char *name, *client, *text, *want;
} files[] = {
  { "both-ways-in",
    "autoconfig",
    CONFIG (
      IN ("pop3", "mail.optonline.net", "<port>995</port>" TLS PASSWORD USER ("%EMAILADDRESS%"))
        IN ("imap", "mail.optonline.net", "<port>993</port>" TLS PASSWORD USER ("%EMAILADDRESS%"))
          OUT ("mail.optonline.net", "<port>465</port>" TLS PASSWORD USER ("%EMAILLOCALPART%"))
            OUT ("smtp.optonline.net", TLS PASSWORD USER ("%EMAILADDRESS%"))),
    "- <->\n"
    "imap mail.optonline.net:993 tls password -\n"
    "pop3 mail.optonline.net:995 tls password -\n"
    "smtp mail.optonline.net:465 tls password -\n"
    "leaves 14\n" },
  { "old",
    "autoconfig",
    CONFIG (IN ("pop3",
                "pop.optonline.net",
                "<port>110</port><socketType>plain</socketType>"
                "<authentication>secure</authentication>" USER (
                  "jane.doe") "<pop3><leaveMessagesOnServer>false</leaveMessagesOnServer></pop3>")
              OUT ("mail.optonline.net",
                   "<port>25</port><socketType>plain</socketType>"
                   "<authentication>client-IP-address</authentication>")),
    "- <->\n"
    "pop3 pop.optonline.net:110 none challenge jane.doe\n"
    "smtp mail.optonline.net:25 none no-auth -\n"
    "leaves nothing\n" },
  { "variables",
    "autoconfig",
    CONFIG (IN ("imap", "imap.%EMAILDOMAIN%", TLS USER ("jane@%EMAILDOMAIN%"))
              OUT ("%EMAILLOCALPART%.optonline.net", TLS)),
    "- <jane@optonline.net>\nimap imap.optonline.net:993 tls any jane@optonline.net\n" },
  { "first-that-is-known",
    "autoconfig",
    CONFIG (IN ("imap",
                "imap.optonline.net",
                "<socketType>QUIC</socketType><socketType>STARTTLS</socketType>" TLS
                "<authentication>magic</authentication><authentication>OAuth2</authentication>")),
    "- <->\nimap imap.optonline.net:143 starttls other -\n" },
  { "first-that-is-valid",
    "autoconfig",
    CONFIG (IN ("imap", "a.optonline.net", "<socketType>QUIC</socketType>") IN ("imap", " ", TLS)
              IN ("imap", "b.optonline.net", TLS) IN ("imap", "c.optonline.net", TLS)),
    "- <->\nimap b.optonline.net:993 tls any -\n" },
  { "password",
    "autoconfig",
    CONFIG (IN ("imap", "imap.optonline.net", TLS "<password>hunter2</password>")),
    "- <->\nimap imap.optonline.net:993 tls any - holds-password\n" },
  { "values-of-no-sense",
    "autoconfig",
    CONFIG (IN ("pop3",
                "pop.optonline.net",
                "<port>99999999999999999999</port>" TLS
                "<pop3><daysToLeaveMessagesOnServer>9223372036854775807"
                "</daysToLeaveMessagesOnServer></pop3>")),
    "- <->\npop3 pop.optonline.net:995 tls any -\nleaves 3650\n" },
  { "news", "autoconfig", CONFIG (IN ("nntp", "news.optonline.net", TLS)), "" },
  { "no-provider", "autoconfig", "<clientConfig version='1.1'/>", "" },
  { "another-root", "autoconfig", "<config><emailProvider/></config>", NULL },
  { "truncated", "autoconfig", "<clientConfig><emailProvider>", NULL },
  { "entity",
    "autoconfig",
    "<!DOCTYPE c [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><clientConfig><emailProvider>" IN (
      "imap", "&x;", TLS) "</emailProvider></clientConfig>",
    NULL },
};

static void
test_file (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) founds =
    read_bytes (files[i].client, files[i].text, strlen (files[i].text), &error);
  g_autofree char *text = founds != NULL ? create_found_text (founds) : NULL;

  if (files[i].want == NULL)
    g_assert_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN);
  else
    g_assert_no_error (error);
  g_assert_cmpstr (text, ==, files[i].want);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/read-desktop/%s/%s", files[i].client, files[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_file);
    }

  return g_test_run ();
}
