/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading the settings of Claws Mail, Sylpheed and the programs for the terminal as people have
 * them: old ones, with what each program uses where nothing is said, and files that mean harm. For
 * msmtp, fetchmail and Mutt some rows were held against `--pretend`, `--configdump` and `-Q`. */
#include "opt-client.h"
#include "opt-error.h"

#include <string.h>

/* Stands in every file that has a password, and must come out of none. */
#define PASSWORD "s3cret"

static void
describe_server (GString *text, OptService service, const OptFoundServer *server)
{
  static const char *const securities[] = { "none", "if-offered", "starttls", "tls" };
  static const char *const auths[] = { "any", "password", "challenge", "other", "no-auth" };

  g_string_append_printf (text,
                          " %s=%s:%u/%s/%s/%s%s%s",
                          opt_service_to_string (service),
                          server->host,
                          (guint) server->port,
                          securities[server->security],
                          auths[server->auth],
                          server->user != NULL ? server->user : "-",
                          server->any_certificate ? "/any-certificate" : "",
                          server->holds_password ? "/password" : "");
}

/* One line for each account, so that whole values are compared. */
static char *
describe (GPtrArray *founds)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < founds->len; i++)
    {
      const OptFound *found = g_ptr_array_index (founds, i);

      g_string_append_printf (text,
                              "%s<%s>",
                              found->name != NULL ? found->name : "",
                              found->address != NULL ? found->address : "");
      for (guint service = 0; service < OPT_N_SERVICES; service++)
        if (found->servers[service] != NULL)
          describe_server (text, service, found->servers[service]);
      if (found->leave_on_server == OPT_LEAVE_ON_SERVER_ALWAYS)
        g_string_append (text, " stays");
      else if (found->leave_on_server != OPT_LEAVE_ON_SERVER_UNKNOWN)
        g_string_append_printf (text, " %u-days", found->leave_on_server);
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

static GPtrArray *
read_text (const char *id, const char *text, gsize n_bytes, GError **error)
{
  g_autoptr (GPtrArray) files = opt_client_files_new ();

  g_ptr_array_add (files, opt_client_file_new ("settings", g_bytes_new (text, n_bytes)));

  return opt_client_read (opt_client_find (id), "/settings", files, error);
}

static const struct
{
  const char *name, *id, *text, *wanted;
} rows[] = {
  /* What is no port is said to be none, and hides no account. */
  { "no-port",
    "msmtp",
    "account a\nhost a.net\nport 70000\ntls on\n",
    "<> smtp=a.net:0/starttls/no-auth/-\n" },
  { "no-port",
    "fetchmail",
    "poll a.net protocol pop3 port 995x user jane ssl\n",
    "<> pop3=a.net:0/tls/any/jane 0-days\n" },
  { "no-port",
    "isync",
    "IMAPAccount a\nHost a.net\nPort abc\nTLSType IMAPS\n",
    "<> imap=a.net:0/tls/any/-\n" },
  /* Claws Mail and Sylpheed */
  { "old",
    "claws",
    "[Account: 1]\nname=Jane Doe\naddress=Jane.Doe@optonline.net\nprotocol=0\n"
    "receive_server=pop.optonline.net\nuser_id=jane.doe\npassword=!" PASSWORD "\nremove_mail=1\n"
    "message_leave_time=0\nssl_pop=0\nset_popport=0\npop_port=1110\nsmtp_server=smtp.optonline."
    "net\n"
    "use_smtp_auth=1\nsmtp_auth_method=2\nconfig_version=4\n",
    "Jane Doe<Jane.Doe@optonline.net>"
    " pop3=pop.optonline.net:110/none/password/jane.doe/password"
    " smtp=smtp.optonline.net:25/none/challenge/jane.doe 0-days\n" },
  { "defaults",
    "claws",
    "[Account: 1]\nreceive_server=a.net\nsmtp_server=b.net\n[Account: 2]\nprotocol=1\n"
    "config_version=4\nreceive_server=a.net\nssl_imap=1\nuser_id=a=b\n",
    "<> pop3=a.net:110/none/password/- smtp=b.net:25/none/no-auth/- 7-days\n"
    "<> imap=a.net:993/tls/any/a=b\n" },
  { "other-mail",
    "claws",
    "[Account: 1]\nprotocol=2\nconfig_version=4\nreceive_server=news.net\nsmtp_server=a.net\n",
    "<> smtp=a.net:25/none/no-auth/-\n" },
  { "before-versions",
    "claws",
    "[Account: 1]\nprotocol=1\nuse_apop_auth=1\nreceive_server=a.net\n[Account: 2]\nprotocol=3\n"
    "receive_server=b.net\nssl_imap=2\n",
    "<> pop3=a.net:110/none/challenge/- 7-days\n<> imap=b.net:143/starttls/any/-\n" },
  { "windows-lines",
    "sylpheed",
    "[Common]\r\nprotocol=9\r\n[Account: 1]\r\nprotocol=3\r\nreceive_server=a.net\r\nssl_imap=1\r\n"
    "set_imapport=1\r\nimap_port=1143\r\nname=[Account: 2]\r\n",
    "[Account: 2]<> imap=a.net:1143/tls/any/-\n" },
  { "nonsense",
    "sylpheed",
    "[Account: 1]\nname=J\033[31m\naddress=\xff\nreceive_server=a.net\nset_popport=1\n"
    "pop_port=99999\nssl_pop=7\nsmtp_server=b.net\nset_smtpport=1\nsmtp_port=587\n"
    "message_leave_time=99999999999999\n",
    "<> pop3=a.net:0/none/password/- smtp=b.net:587/none/no-auth/- 0-days\n" },
  { "unfinished",
    "sylpheed",
    "x=1\n[Account: 1\nreceive_server\n=\nsmtp_server=a.net",
    "<> smtp=a.net:25/none/no-auth/- 7-days\n" },

  /* msmtp and mpop */
  { "old",
    "msmtp",
    "account old\nhost mail.optonline.net\nfrom jane.doe@optonline.net\nauth cram-md5\n"
    "user jane.doe\npassword \"" PASSWORD "\"\n",
    "<jane.doe@optonline.net>"
    " smtp=mail.optonline.net:25/none/challenge/jane.doe/password\n" },
  { "inherits",
    "msmtp",
    "# c\ndefaults\ntls on\n tls_certcheck off\naccount a\nhost a.net\nuser \"a \"b\" c\"\nauth\n"
    "passwordeval echo " PASSWORD "\naccount b : a\ntls_starttls off\nfrom b@b.net\n"
    "account c:a , b\nport 587\nlogfile ~/x\naccount default : a\n",
    "<> smtp=a.net:25/starttls/any/a \"b\" c/any-certificate\n"
    "<b@b.net> smtp=a.net:465/tls/any/a \"b\" c/any-certificate\n"
    "<b@b.net> smtp=a.net:587/tls/any/a \"b\" c/any-certificate\n" },
  { "itself",
    "msmtp",
    "account a : a, b, nobody\naccount b : a\naccount a : b\nhost a.net\n",
    "<> smtp=a.net:25/none/no-auth/-\n" },
  { "new-defaults",
    "msmtp",
    "host no.net\ndefaults\ntls on\ndefaults\naccount a\nhost a.net\nuser \"a\n",
    "<> smtp=a.net:25/none/no-auth/\"a\n" },
  { "old",
    "mpop",
    "defaults\ntls on\naccount a@b.net\nhost pop.optonline.net\nuser jane\ntls off\nauth apop\n"
    "account b\ntls_starttls off\nhost b.net\nkeep on\nport pop3s\n",
    "<a@b.net> pop3=pop.optonline.net:110/none/challenge/jane 0-days\n"
    "<> pop3=b.net:995/tls/any/- stays\n" },

  /* Mutt */
  { "old",
    "mutt",
    "set realname='Jane Doe' # me\nset from=Jane.Doe@optonline.net\nset ssl_force_tls=no\n"
    "set pop_host=pop.optonline.net pop_user=\"jane.doe\" pop_pass=" PASSWORD "\n"
    "set pop_delete; unset ssl_starttls\nset smtp_url = \"smtp://jane.doe@mail.optonline.net/\"\n"
    "set smtp_authenticators = 'cram-md5:digest-md5'\n",
    "Jane Doe<Jane.Doe@optonline.net>"
    " pop3=pop.optonline.net:110/none/any/jane.doe/password"
    " smtp=mail.optonline.net:25/none/challenge/jane.doe 0-days\n" },
  { "variables",
    "mutt",
    "set my_user=jane my_pass=\"" PASSWORD "\"\nset folder=\"imaps://$my_user:${my_pass}@a.net/\"\n"
    "set spoolfile='imaps://$my_user@b.net' imap_pass=`pass a`\nset smtp_url=smtps://$HOME@c.net\n"
    "set nossl_verify_host\n",
    "<> imap=a.net:993/tls/any/jane/any-certificate/password"
    " smtp=c.net:465/tls/any/-/any-certificate\n" },
  { "quoting",
    "mutt",
    "set imap_user=a\\ b\"c\\\" d\"'e\\'#f;set imap_user=x\nset spool_file=\"imap://\\\na.net\"\n"
    "folder-hook . 'set imap_user=x'\nmy_hdr From: \"J. \\\"D\\\"\" <j@a.net>\n",
    "J. \"D\"<j@a.net> imap=a.net:143/starttls/any/a bc\" de\\\n" },
  { "if-offered",
    "mutt",
    "set ssl_force_tls = no\nset folder = imap://a.net imap_pass = `x\nset pop_delete=ask-yes\n",
    "<> imap=a.net:143/if-offered/any/-\n" },
  { "pop-mailbox",
    "mutt",
    "set folder=~/Mail spoolfile=pop://jane@b.net ssl_force_tls=no ssl_starttls=no\n"
    "set pop_delete=no\n",
    "<> pop3=b.net:110/none/any/jane stays\n" },
  { "unclosed",
    "mutt",
    "set from='a\nset folder=\"imap://b@a.net\nset =\nset x=\"`\nset $\nset `",
    "<a> imap=a.net:143/starttls/any/b\n" },

  /* fetchmail */
  { "old",
    "fetchmail",
    "set daemon 300\nset no bouncemail set postmaster \"user\"\n"
    "poll pop.optonline.net with proto POP3\n"
    "  user 'jane.doe' there with password \"" PASSWORD "\" is jane here options nokeep\n"
    "  sslproto '' no sslcertck\n",
    "<> pop3=pop.optonline.net:110/none/any/jane.doe/any-certificate/password 0-days\n" },
  { "several",
    "fetchmail",
    "defaults proto imap user joe # x\npoll a.net via \"b.net\" auth cram-md5 user \"a\\x41b\""
    " with pass q is keep here keep ssl\nand user bob there\nskip \"c.net\" proto apop port 11;"
    "user bea sslproto tls1.2+\npoll d.net",
    "<> imap=b.net:993/tls/challenge/aAb/password\n"
    "<> imap=b.net:143/if-offered/challenge/bob\n"
    "<> pop3=c.net:11/starttls/challenge/bea 0-days\n"
    "<> imap=d.net:143/if-offered/any/joe\n" },
  { "auto",
    "fetchmail",
    "poll a.net\npoll b.net proto etrn\npoll c.net proto auto service imaps",
    "<> imap=a.net:143/if-offered/any/-\n<> imap=c.net:993/if-offered/any/-\n" },
  { "unfinished",
    "fetchmail",
    "user x poll a.net user \"a\\x4\\0",
    "<> imap=a.net:143/if-offered/any/-\n" },

  /* getmail */
  { "old",
    "getmail",
    "# c\n[retriever]\ntype: SimplePOP3Retriever\nServer = pop.optonline.net\nusername = jane.doe\n"
    "password = " PASSWORD "\n  more\n; x\n[options]\ndelete = Yes\ndelete_after = 3\n",
    "<> pop3=pop.optonline.net:110/none/password/jane.doe/password 0-days\n" },
  { "imap",
    "getmail",
    "[retriever]\ntype = MultidropIMAPSSLRetriever\nserver = a.net\nuse_cram_md5 = True\n",
    "<> imap=a.net:993/tls/challenge/-/any-certificate\n" },
  { "days",
    "getmail",
    "[retriever]\ntype = BrokenUIDLPOP3SSLRetriever\nserver = a.net\nca_certs = /x\n[options]\n"
    "delete_after = 30\n",
    "<> pop3=a.net:995/tls/password/- 30-days\n" },
  { "not-one", "getmail", "[destination]\ntype = Maildir\n", "" },
  { "other-type", "getmail", "[retriever]\ntype = External\nserver = a.net\n", "" },

  /* isync */
  { "old",
    "isync",
    "IMAPAccount a\n# c\nhost mail.optonline.net\nUSER \"jane \\\" d\\oe\"\nPass " PASSWORD "\n"
    "SSLType None\nAuthMechs PLAIN LOGIN\n\nHost no.net\nIMAPStore b\nHost b.net\nIMAPStore c\n"
    "Account a\nMaildirStore d\nHost d.net\n",
    "<> imap=mail.optonline.net:143/none/password/jane \" doe/password\n"
    "<> imap=b.net:143/starttls/any/-\n" },
  { "older",
    "isync",
    "IMAPAccount a\nHost a.net\nUseIMAPS yes\n\nIMAPAccount b\nHost b.net\nRequireSSL no\n\n"
    "IMAPAccount c\nHost c.net\nTLSType IMAPS\nAuthMechs PLAIN CRAM-MD5\n\nIMAPAccount d\n"
    "Host d.net\nTunnel \"ssh x\"\n",
    "<> imap=a.net:993/tls/any/-\n<> imap=b.net:143/if-offered/any/-\n"
    "<> imap=c.net:993/tls/any/-\n" },

  /* aerc */
  { "old",
    "aerc",
    "# c\n[A]\nsource = imap+insecure://jane%40a.net:" PASSWORD
    "@a.net\noutgoing = smtp+none://b.net\n"
    "smtp-starttls = no\nfrom = Jane Doe <jane@a.net>\n[B]\nsource = maildir://~/Mail\n"
    "outgoing = /usr/sbin/sendmail\n[C]\nsource = imaps+xoauth2://[2001:db8::1]:1993?x=y\n"
    "outgoing = smtps+login://a@b@c.net\nfrom = \"a@b.net\"\n[D]\noutgoing = smtp://d.net\n",
    "Jane Doe<jane@a.net> imap=a.net:143/none/password/jane@a.net/password"
    " smtp=b.net:587/none/no-auth/-\n"
    "<a@b.net> imap=2001:db8::1:1993/tls/other/- smtp=c.net:465/tls/password/a@b\n"
    "<> smtp=d.net:587/none/password/-\n" },

  /* OfflineIMAP */
  { "old",
    "offlineimap",
    "[general]\n[Repository a]\ntype = IMAP\nremotehost = a.net\nremoteuser = j%%d\n"
    "remotepass = " PASSWORD "\nssl = no\n[Repository b]\nremotehost: b.net\nremoteuser = %(x)s\n"
    "auth_mechanisms = CRAM-MD5\n[Repository c]\nremotehost = c.net\nssl = no\nstarttls = no\n",
    "<> imap=a.net:143/if-offered/any/j%d/any-certificate/password\n"
    "<> imap=b.net:993/tls/challenge/-/any-certificate\n"
    "<> imap=c.net:143/none/any/-/any-certificate\n" },

  /* S-nail */
  { "old",
    "s-nail",
    "set smtp=mail.optonline.net from=\"jane.doe@optonline.net (Jane)\"\nset smtp-auth-user=jane "
    "\\\n"
    "  smtp-auth-password=" PASSWORD " smtp-auth=cram-md5 ssl-verify=ignore\n",
    "<jane.doe@optonline.net (Jane)>"
    " smtp=mail.optonline.net:25/none/challenge/jane/any-certificate/password\n" },
  { "accounts",
    "s-nail",
    "set from='J <j@a.net>'\nset mta=submission://j:" PASSWORD "@a.net\naccount b {\n"
    " set nohold inbox=pop3://b@b.net\n set folder=$HOME user=x\n}\naccount c {\n"
    "  set mta=/usr/bin/x folder=imaps://c.net imap-use-starttls password-c.net=" PASSWORD "\n",
    "J<j@a.net> smtp=a.net:587/starttls/any/j/password\n"
    "J<j@a.net> pop3=b.net:110/none/any/b smtp=a.net:587/starttls/any/j/password 0-days\n"
    "J<j@a.net> imap=c.net:993/tls/any/-/password\n" },
};

static void
test_read (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) founds =
    read_text (rows[i].id, rows[i].text, strlen (rows[i].text), &error);
  g_autofree char *got = NULL;

  g_assert_no_error (error);
  got = describe (founds);
  g_assert_cmpstr (got, ==, rows[i].wanted);
  g_assert_null (strstr (got, PASSWORD));
}

static const char *const ids[] = { "claws", "sylpheed",  "msmtp",      "mpop",
                                   "mutt",  "fetchmail", "getmail",    "isync",
                                   "aerc",  "s-nail",    "offlineimap" };

/* Whatever it is, there is a clear answer; a command to read other files comes about by chance. */
static void
assert_harmless (const char *text, gsize n_bytes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) founds = read_text (ids[i], text, n_bytes, &error);

      if (founds == NULL)
        g_assert_true (g_error_matches (error, OPT_ERROR, OPT_ERROR_READ_BROKEN) ||
                       g_error_matches (error, OPT_ERROR, OPT_ERROR_READ_PARTIAL));
      else
        g_assert_cmpuint (founds->len, <=, OPT_CLIENT_MAX_FOUNDS);
    }
}

/* Cut off at any byte, and with any byte turned into one that many a syntax reads. */
static void
test_damaged (void)
{
  static const char bytes[] = { '"', '\'', '\\', '`', '$', '\n', ':', '[', ' ', '\0', (char) 0xff };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      gsize n_bytes = strlen (rows[i].text);

      for (gsize k = 0; k < n_bytes; k++)
        {
          g_autofree char *text = g_strdup (rows[i].text);
          g_autoptr (GPtrArray) founds = read_text (rows[i].id, text, k, NULL);

          g_assert_nonnull (founds);
          text[k] = bytes[k % G_N_ELEMENTS (bytes)];
          assert_harmless (text, n_bytes);
        }
    }
}

/* The text @n times over. */
static void
assert_harmless_repeated (const char *text, gsize n)
{
  GString *many = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    g_string_append (many, text);
  assert_harmless (many->str, many->len);
  g_string_free (many, TRUE);
}

static void
test_many (void)
{
  static const char *const texts[] = { "[Account: 1]\nreceive_server=a.net\n",
                                       "account a\nhost a.net\n",
                                       "account a : a, a, a, a\nhost a.net\n",
                                       "defaults\n",
                                       "poll a.net user b\n",
                                       "user b ",
                                       "no ",
                                       "IMAPAccount a\nHost a.net\n\n",
                                       "[retriever]\nserver = a.net\n",
                                       "[general]\n[Repository a]\nremotehost = a.net\n",
                                       "account a {\nset inbox=imap://a.net\n}\n",
                                       "set my_a=$my_a$my_a.\n",
                                       "set a=b ",
                                       "\\\n",
                                       "\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_harmless_repeated (texts[i], 100000);
}

/* `source` is not followed, and only of matter where there is no account without it. */
static void
test_source (void)
{
  static const char only[] = "set realname=Jane\nsource ~/.mutt/opt.rc\n";
  static const char beside[] = "source ~/.mutt/colors\nset smtp_url=smtps://jane@a.net\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) founds = read_text ("mutt", only, strlen (only), &error);

  g_assert_null (founds);
  g_assert_error (error, OPT_ERROR, OPT_ERROR_READ_PARTIAL);
  founds = read_text ("mutt", beside, strlen (beside), NULL);
  g_assert_cmpuint (founds->len, ==, 1);
}

/* What is no text is refused, not read in part. */
static void
test_refused (void)
{
  g_autofree char *long_line = g_strnfill (1024 * 1024, 'a');
  static const char start[] = "[retriever]\n[general]\n[Repository a]\n";
  static const char binary[] = "account a\0host a.net\n[retriever]\n[general]\n[Repository a]\n";

  memcpy (long_line, start, strlen (start));
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr (GError) binary_error = NULL;
      g_autoptr (GError) long_error = NULL;
      g_autoptr (GPtrArray) none = read_text (ids[i], "", 0, NULL);

      g_assert_null (read_text (ids[i], binary, sizeof binary - 1, &binary_error));
      g_assert_error (binary_error, OPT_ERROR, OPT_ERROR_READ_BROKEN);
      g_assert_null (read_text (ids[i], long_line, 1024 * 1024, &long_error));
      g_assert_error (long_error, OPT_ERROR, OPT_ERROR_READ_BROKEN);
      g_assert_cmpuint (none->len, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/read-terminal/%s/%s", rows[i].id, rows[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_read);
    }
  g_test_add_func ("/read-terminal/damaged", test_damaged);
  g_test_add_func ("/read-terminal/many", test_many);
  g_test_add_func ("/read-terminal/source", test_source);
  g_test_add_func ("/read-terminal/refused", test_refused);

  return g_test_run ();
}
