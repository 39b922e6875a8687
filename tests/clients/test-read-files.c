/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is read of the files that other programs are handed: those that we write, old ones, and
 * those that are not quite right. */
#include "found-check.h"
#include "found-text.h"
#include "nasty.h"
#include "opt-error.h"
#include "opt-utf16.h"

#include <string.h>

#define ADDRESS "jane.doe@optimum.net"

/* Of each format, what it has no place for. */
static const struct Format
{
  const char *id;
  gboolean has_address, has_leave_on_server, has_both_ways_in, is_ascii;
} formats[] = {
  { "json", TRUE, TRUE, TRUE, FALSE },
  { "k9", TRUE, FALSE, FALSE, FALSE },
  { "apple", TRUE, FALSE, FALSE, FALSE },
  { "outlook-prf", TRUE, TRUE, FALSE, TRUE },
  { "outlook-autodiscover", FALSE, FALSE, TRUE, FALSE },
  { "outlook-express-reg", TRUE, TRUE, FALSE, FALSE },
  { "windows-live-mail", TRUE, TRUE, FALSE, FALSE },
};

typedef struct Format Format;

/* The lines that the format can give back. */
static char **
create_wanted_lines (const Format *format, const OptSettings *settings)
{
  g_autofree char *text = create_settings_text (settings);
  g_autofree char *name = NULL;
  char **lines = g_strsplit (text, "\n", -1);
  guint n = g_strv_length (lines);

  if (format->is_ascii)
    {
      name = g_str_to_ascii (lines[0], "C");
      g_free (lines[0]);
      lines[0] = g_steal_pointer (&name);
    }
  if (!format->has_address)
    lines[0][strlen (opt_settings_get_name (settings))] = '\0';
  if (!format->has_leave_on_server && g_str_has_prefix (lines[n - 2], "leaves "))
    *lines[n - 2] = '\0';

  return lines;
}

static void
assert_lines (const Format *format, const OptSettings *settings, GPtrArray *founds)
{
  g_auto (GStrv) wanted = create_wanted_lines (format, settings);
  g_autofree char *text = create_found_text (founds);
  g_auto (GStrv) got = g_strsplit (text, "\n", -1);

  g_assert_cmpuint (founds->len, ==, 1);
  if (!format->has_address)
    got[0][strlen (opt_settings_get_name (settings))] = '\0';
  for (guint i = 0; wanted[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) got, wanted[i]))
      g_error ("%s: no “%s” in\n%s", format->id, wanted[i], text);

  g_assert_cmpint (((OptFound *) founds->pdata[0])->servers[OPT_SERVICE_IMAP] != NULL &&
                     ((OptFound *) founds->pdata[0])->servers[OPT_SERVICE_POP3] != NULL,
                   ==,
                   format->has_both_ways_in);
}

static guint
check_round_trip (const Format *format, const OptSettings *settings)
{
  const OptClient *client = opt_client_find (format->id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = opt_client_render_files (client, settings, &error);
  g_autoptr (GPtrArray) founds = NULL;

  if (files == NULL)
    {
      g_assert_true (g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_NAME) ||
                     g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE));
      return 0;
    }

  for (guint i = 0; i < files->len; i++)
    g_assert_true (opt_client_recognises (client, files->pdata[i]));
  founds = opt_client_read (client, "/there", files, &error);
  g_assert_no_error (error);
  assert_lines (format, settings, founds);

  return 1;
}

static guint
check_round_trips (const Format *format, const char *name, const char *user, guint days)
{
  static const char *const schemes[] = { "tls", "starttls" };
  guint n = 0;

  for (guint service = OPT_SERVICE_IMAP; service <= OPT_SERVICE_POP3; service++)
    for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
      {
        g_autoptr (OptSettings) plain = create_nasty_settings (ADDRESS, name, user, service);
        g_autoptr (OptSettings) settings = vary_nasty_settings (plain, schemes[i], days);

        n += check_round_trip (format, settings);
      }

  return n;
}

/* Both ways in, for names of a person and names to sign in with, and for how long mail may stay. */
static void
test_round_trips (gconstpointer data)
{
  static const guint days[] = { OPT_LEAVE_ON_SERVER_MAX_DAYS,
                                OPT_LEAVE_ON_SERVER_NEVER,
                                OPT_LEAVE_ON_SERVER_ALWAYS };
  const Format *format = data;
  guint n = 0;

  for (gsize i = 0; i < n_nasty_names; i++)
    {
      n += check_round_trips (format, nasty_names[i], ADDRESS, OPT_LEAVE_ON_SERVER_DEFAULT);
      n += check_round_trips (format, "Jane Doe", nasty_names[i], OPT_LEAVE_ON_SERVER_DEFAULT);
    }
  g_assert_cmpuint (n, >, n_nasty_names);

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    g_assert_cmpuint (check_round_trips (format, "Jane Doe", ADDRESS, days[i]), >, 0);
}

#define APPLE(payload)                                                                             \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                                   \
  "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "                                        \
  "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"                                          \
  "<plist version=\"1.0\"><dict><key>PayloadContent</key><array>" payload                          \
  "</array><key>PayloadType</key><string>Configuration</string></dict></plist>\n"
#define MAIL(values)                                                                               \
  "<dict><key>PayloadType</key><string>com.apple.mail.managed</string>" values "</dict>"
#define STRING(key, value) "<key>" key "</key><string>" value "</string>"
#define INTEGER(key, value) "<key>" key "</key><integer>" value "</integer>"
#define OLD_APPLE                                                                                  \
  MAIL (STRING ("EmailAccountType", "EmailTypePOP")                                                \
          STRING ("IncomingMailServerHostName", "pop.optonline.net")                               \
            STRING ("IncomingMailServerUsername", "jane.doe")                                      \
              STRING ("IncomingPassword", "correct horse")                                         \
                STRING ("OutgoingMailServerHostName", "mail.optonline.net"))

#define K9(accounts)                                                                               \
  "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n"                                     \
  "<k9settings version=\"6\" format=\"1\"><accounts>" accounts "</accounts></k9settings>\n"
#define K9_SERVER(tag, type, host, security, auth, more)                                           \
  "<" tag "-server type=\"" type "\"><host>" host "</host><connection-security>" security          \
  "</connection-security><authentication-type>" auth "</authentication-type>" more "</" tag        \
  "-server>"
#define K9_USER "<username>jane</username>"
#define K9_ACCOUNT(security, auth)                                                                 \
  K9 ("<account uuid=\"x\">" K9_SERVER ("incoming",                                                \
                                        "IMAP",                                                    \
                                        "imap.optonline.net",                                      \
                                        security,                                                  \
                                        auth,                                                      \
                                        K9_USER) "</account>")

#define PRF(section)                                                                               \
  "; of the Office Resource Kit\r\n[General]\r\nCustom=1\r\n[Internet Account List]\r\n"           \
  "Account1=I_Mail\r\n[Account1]\r\n" section                                                      \
  "[I_Mail]\r\nAccountType=POP3\r\nPOP3Server=PT_UNICODE,0x0100\r\n"

#define OE_KEY "[HKEY_CURRENT_USER\\Software\\Microsoft\\Internet Account Manager\\Accounts\\"
#define OE(values) "REGEDIT4\r\n\r\n" OE_KEY "00000001]\r\n" values

#define WLM(values)                                                                                \
  "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<MessageAccount>" values "</MessageAccount>"
#define SZ(name, text) "<" name " type=\"SZ\">" text "</" name ">"
#define DWORD(name, number) "<" name " type=\"DWORD\">" number "</" name ">"

#define AUTODISCOVER(protocols)                                                                    \
  "<?xml version=\"1.0\"?><Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/"            \
  "autodiscover/responseschema/2006\"><Response xmlns=\"http://schemas.microsoft.com/exchange/"    \
  "autodiscover/outlook/responseschema/2006a\"><Account><AccountType>email</"                      \
  "AccountType>" protocols "</Account></Response></Autodiscover>"
#define PROTOCOL(type, more)                                                                       \
  "<Protocol><Type>" type "</Type><Server>mail.optonline.net</Server>" more "</Protocol>"

#define JSON_SERVER(port)                                                                          \
  "{\"service\":\"pop3\",\"host\":\"pop.optonline.net\",\"port\":" port                            \
  ",\"security\":\"tls\",\"user\":\"jane\"}"
#define JSON(schema, servers)                                                                      \
  "{\"schema\":" schema ",\"address\":\"jane@optonline.net\",\"servers\":[" servers "]}"

/* A wanted text of NULL: the file is broken. */
static const struct Case
{
  const char *client, *name, *file, *want;
} cases[] = {
  { "apple",
    "old",
    APPLE (OLD_APPLE),
    "- <->\n"
    "pop3 pop.optonline.net:110 none any jane.doe holds-password\n"
    "smtp mail.optonline.net:25 none any -\n" },
  { "apple",
    "several",
    APPLE (
      "<string>no payload</string>"
      "<dict><key>PayloadType</key><string>com.apple.wifi.managed</string></dict>" MAIL (
        STRING ("EmailAddress", "a@optonline.net")
          STRING ("IncomingMailServerHostName",
                  "a.example") "<key>IncomingMailServerUseSSL</key><true/>")
        MAIL (
          STRING ("IncomingMailServerHostName", "b.example")
            INTEGER ("IncomingMailServerPortNumber",
                     "143") "<key>IncomingMailServerUseSSL</key><true/>" STRING ("IncomingMailServe"
                                                                                 "rAuthentication",
                                                                                 "EmailAuthCRAMMD5")
              STRING ("OutgoingMailServerHostName",
                      "c.example") "<key>OutgoingMailServerUseSSL</"
                                   "key><true/>" STRING ("OutgoingMailServerAuthenticatio"
                                                         "n",
                                                         "EmailAuthNone"))),
    "- <a@optonline.net>\nimap a.example:993 tls any -\n"
    "- <->\nimap b.example:143 starttls challenge -\nsmtp c.example:587 starttls no-auth -\n" },
  { "apple",
    "wrong-types",
    APPLE (MAIL (INTEGER ("EmailAddress", "7") STRING ("IncomingMailServerHostName", "a.example")
                   STRING ("IncomingMailServerPortNumber", "143")
                     STRING ("IncomingMailServerUseSSL", "yes"))),
    "- <->\nimap a.example:143 none any -\n" },
  { "apple",
    "huge-port",
    APPLE (MAIL (STRING ("IncomingMailServerHostName", "a.example")
                   INTEGER ("IncomingMailServerPortNumber", "99999999999999999999999"))),
    "- <->\nimap a.example:0 none any -\n" },
  { "apple", "no-payload", APPLE (""), "" },
  { "apple", "no-dict", "<plist version=\"1.0\"><array/></plist>", "" },
  { "apple", "not-xml", "<plist", NULL },
  { "apple", "binary-in-name", "bplist00", NULL },
  { "k9",
    "old",
    K9 (
      "<account uuid=\"x\">" K9_SERVER ("incoming",
                                        "POP3",
                                        "pop.optonline.net",
                                        "SSL_TLS_OPTIONAL",
                                        "CRAM_MD5",
                                        K9_USER "<password>correct horse</password>")
        K9_SERVER ("outgoing",
                   "SMTP",
                   "mail.optonline.net",
                   "STARTTLS_OPTIONAL",
                   "PLAIN",
                   "<username/>") "<settings><value key=\"x\">NEVER</value><value "
                                  "key=\"deletePolicy\">NEVER</value></settings>"
                                  "<identities><identity><name>Jane</"
                                  "name><email>jane@optonline.net</email></identity>"
                                  "<identity><name>Other</name></identity></identities></account>"),
    "Jane <jane@optonline.net>\n"
    "pop3 pop.optonline.net:995 tls challenge jane any-certificate holds-password\n"
    "smtp mail.optonline.net:587 starttls-if-offered no-auth - any-certificate\n"
    "leaves all\n" },
  { "k9",
    "none",
    K9_ACCOUNT ("NONE", "PLAIN"),
    "- <->\nimap imap.optonline.net:143 none password jane\n" },
  { "k9",
    "starttls",
    K9_ACCOUNT ("STARTTLS_REQUIRED", "XOAUTH2"),
    "- <->\nimap imap.optonline.net:143 starttls other jane\n" },
  { "k9",
    "external",
    K9_ACCOUNT ("SSL_TLS_REQUIRED", "EXTERNAL"),
    "- <->\nimap imap.optonline.net:993 tls other jane\n" },
  { "k9",
    "unknown-words",
    K9_ACCOUNT ("ROT13", "PIGEON"),
    "- <->\nimap imap.optonline.net:143 none any jane\n" },
  { "k9",
    "other-kinds",
    K9 ("<account>" K9_SERVER ("incoming", "WebDAV", "a", "NONE", "PLAIN", "") "</account>"),
    "" },
  { "k9",
    "two-of-a-kind",
    K9 ("<account>" K9_SERVER ("incoming", "SMTP", "a", "NONE", "PLAIN", "<port>99999</port>")
          K9_SERVER ("outgoing", "SMTP", "b", "NONE", "PLAIN", "") "</account>"),
    "- <->\nsmtp a:0 none no-auth -\n" },
  { "k9", "empty", "<k9settings/>", "" },
  { "k9", "other-root", "<settings/>", NULL },
  { "k9", "not-closed", "<k9settings>", NULL },
  { "outlook-prf",
    "old",
    PRF ("DisplayName=\"Jane Doe\"\r\nEmailAddress=jane.doe@optonline.net\r\n"
         "POP3Server=pop.optonline.net\r\nPOP3UserName=jane.doe\r\nPOP3UseSPA=1\r\n"
         "pop3server=second.example\r\n"
         "SMTPServer=mail.optonline.net\r\nLeaveOnServer=0x00050003\r\n"),
    "Jane Doe <jane.doe@optonline.net>\n"
    "pop3 pop.optonline.net:110 none challenge jane.doe\n"
    "smtp mail.optonline.net:25 none no-auth -\n"
    "leaves 5\n" },
  { "outlook-prf",
    "outlook-2003",
    PRF ("POP3Server=a\r\nPOP3UseSSL=1\r\nSMTPServer=b\r\nSMTPUseSSL=1\r\nSMTPUseAuth=1\r\n"
         "SMTPAuthMethod=1\r\nSMTPUserName=joe\r\nSMTPPort=465\r\nLeaveOnServer=1\r\n"),
    "- <->\npop3 a:995 tls password -\nsmtp b:465 tls password joe\nleaves all\n" },
  { "outlook-prf",
    "automatic",
    PRF ("POP3Server=a\r\nSMTPServer=b\r\nSMTPSecureConnection=3\r\nSMTPPort=70000\r\n"
         "POP3Port=4294967296\r\n"),
    "- <->\npop3 a:0 none password -\nsmtp b:0 starttls-if-offered no-auth -\nleaves "
    "nothing\n" },
  { "outlook-prf",
    "windows-1252",
    PRF ("DisplayName=Zo\xeb\r\nPOP3Server=a\r\n"),
    "Zoë <->\npop3 a:110 none password -\nleaves nothing\n" },
  { "outlook-prf", "no-such-section", "[Internet Account List]\r\nAccount1=I_Mail\r\n", "" },
  { "outlook-prf",
    "unknown-kind",
    "[Internet Account List]\nAccount1=X\n[Account1]\nPOP3Server=a\n[X]\nAccountType=LDAP\n",
    "" },
  { "outlook-prf", "no-list", "[General]\r\nCustom=1\r\n", NULL },
  { "outlook-prf", "no-text", "\x81\x8d\x8f", NULL },
  { "outlook-express-reg",
    "old",
    OE ("\"Account Name\"=\"Optonline\"\r\n\"POP3 Server\"=\"pop.optonline.net\"\r\n"
        "\"POP3 User Name\"=\"jane.doe\"\r\n\"POP3 Password2\"=hex:01,00,\\\r\n  02\r\n"
        "\"SMTP Server\"=\"mail.optonline.net\"\r\n\"SMTP Display Name\"=\"Zo\xeb \\\"\\\\\"\r\n"
        "\"SMTP Email Address\"=\"jane.doe@optonline.net\"\r\n"),
    "Zoë \"\\ <jane.doe@optonline.net>\n"
    "pop3 pop.optonline.net:110 none password jane.doe\n"
    "smtp mail.optonline.net:25 none no-auth -\n"
    "leaves nothing\n" },
  { "outlook-express-reg",
    "several",
    OE ("\"IMAP Server\"=\"a\"\r\n\"IMAP Secure Connection\"=dword:00000001\r\n"
        "\"IMAP Use Sicily\"=dword:00000001\r\n\"IMAP User Name\"=\"jane\"\r\n"
        "\"SMTP Server\"=\"b\"\r\n\"SMTP Secure Connection\"=dword:00000001\r\n"
        "\"SMTP Use Sicily\"=dword:00000002\r\n") OE_KEY
    "00000002]\r\n\"POP3 Server\"=\"c\"\r\n\"POP3 Port\"=dword:000f03e3\r\n"
    "\"SMTP Server\"=\"d\"\r\n\"SMTP Secure Connection\"=dword:00000001\r\n"
    "\"SMTP Port\"=dword:0000024b\r\n\"SMTP Use Sicily\"=dword:00000001\r\n"
    "[-HKEY_CURRENT_USER\\x]\r\n\"IMAP Server\"=\"e\"\r\n" OE_KEY
    "00000003]\r\n\"NNTP Server\"=\"f\"\r\n",
    "- <->\nimap a:993 tls challenge jane\nsmtp b:25 starttls challenge jane\n"
    "- <->\npop3 c:0 none password -\nsmtp d:587 tls challenge -\nleaves nothing\n" },
  { "outlook-express-reg",
    "odd-lines",
    OE ("\"POP3 Server=\r\n=\r\n\"\"\r\n\"POP3 Server\"\r\n\"POP3 "
        "Server\"=dword:1\r\n@=\"x\"\r\n[\r\n]\r\n"),
    "" },
  { "outlook-express-reg", "no-header", OE_KEY "1]\r\n\"POP3 Server\"=\"a\"\r\n", NULL },
  { "windows-live-mail",
    "old",
    WLM (SZ ("POP3_Server", "pop.optonline.net") DWORD ("POP3_Port", "0000006e")
           SZ ("POP3_User_Name", "jane") SZ ("SMTP_Server", "mail.optonline.net")
             DWORD ("SMTP_Secure_Connection", "00000001") DWORD ("SMTP_Use_Sicily", "00000002")
               DWORD ("Leave_Mail_On_Server", "00000001") DWORD ("Expire_Days", "ffffffff")
                 DWORD ("Remove_When_Expired",
                        "1") "<POP3_Password2 type=\"BINARY\">0100</POP3_Password2>"),
    "- <->\npop3 pop.optonline.net:110 none password jane\n"
    "smtp mail.optonline.net:25 starttls password jane\nleaves 3650\n" },
  { "windows-live-mail", "news", WLM (SZ ("NNTP_Server", "a")), "" },
  { "windows-live-mail", "other-root", "<Account/>", NULL },
  { "outlook-autodiscover",
    "usual-values",
    AUTODISCOVER (PROTOCOL ("POP3", "") PROTOCOL ("POP3", "<Port>110</Port>")
                    PROTOCOL ("EXCH", "")),
    "- <->\npop3 mail.optonline.net:995 tls challenge -\n" },
  { "outlook-autodiscover",
    "old",
    AUTODISCOVER (PROTOCOL ("pop3", "<SSL>off</SSL><SPA>off</SPA><LoginName>jane</LoginName>")
                    PROTOCOL ("SMTP",
                              "<Encryption>Auto</Encryption><AuthRequired>off</AuthRequired>"
                              "<Port>-1</Port>")),
    "- <->\npop3 mail.optonline.net:110 none password jane\n"
    "smtp mail.optonline.net:0 starttls-if-offered no-auth -\n" },
  { "outlook-autodiscover",
    "error",
    "<Autodiscover><Response><Error/></Response></Autodiscover>",
    "" },
  { "outlook-autodiscover",
    "registry",
    "REGEDIT4\n\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\15.0\\Outlook\\AutoDiscover]\n",
    "" },
  { "json",
    "minimal",
    JSON ("1", JSON_SERVER ("995")),
    "- <jane@optonline.net>\npop3 pop.optonline.net:995 tls password jane\n" },
  { "json", "later-schema", JSON ("2", ""), NULL },
  { "json", "schema-as-text", JSON ("\"1\"", ""), NULL },
  { "json", "port-0", JSON ("1", JSON_SERVER ("0")), NULL },
  { "json", "port-large", JSON ("1", JSON_SERVER ("65536")), NULL },
  { "json", "port-huge", JSON ("1", JSON_SERVER ("1e300")), NULL },
  { "json", "port-as-text", JSON ("1", JSON_SERVER ("\"995\"")), NULL },
  { "json", "server-as-text", JSON ("1", "\"x\""), NULL },
  { "json", "no-server", JSON ("1", ""), "" },
  { "json", "array", "[1]", NULL },
  { "json", "null", "null", NULL },
  { "json", "two", JSON ("1", "") JSON ("1", ""), NULL },
  { "json", "number-before", "2" JSON ("1", ""), NULL },
  { "json", "comment", "/* a */" JSON ("1", ""), NULL },
  { "json", "not-closed", "{\"schema\":1", NULL },
};

typedef struct Case Case;

static void
test_case (gconstpointer data)
{
  const Case *c = data;

  check_read_as (c->client, c->file, strlen (c->file), c->want);
}

/* Windows' own encoding, the other byte order, and without a mark, for whoever may have it so. */
static void
test_encodings (void)
{
  static const char reg[] =
    "Windows Registry Editor Version 5.00\n\n" OE_KEY "1]\n\"IMAP Server\"=\"bücher.example\"\n";
  static const char want[] = "- <->\nimap bücher.example:143 none password -\n";
  g_autoptr (GBytes) little = opt_utf16_create_bytes (reg);
  g_autofree char *big = NULL;
  gsize size_bytes;
  const char *data = g_bytes_get_data (little, &size_bytes);

  big = g_convert (data, (gssize) size_bytes, "UTF-16BE", "UTF-16LE", NULL, &size_bytes, NULL);
  check_read_as ("outlook-express-reg", data, g_bytes_get_size (little), want);
  check_read_as ("outlook-express-reg", big, size_bytes, want);
  check_read_as ("outlook-express-reg", reg, strlen (reg), want);
  /* Half a letter, and half of a pair. */
  check_read_as ("outlook-express-reg", data, g_bytes_get_size (little) - 1, NULL);
  check_read_as ("outlook-express-reg", "\xff\xfe\x00\xd8", 4, NULL);
  check_read_as ("outlook-express-reg",
                 "\xff\xfe"
                 "a\0\0\0b\0",
                 8,
                 NULL);
}

static void
add_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/read-files/%s/%s", cases[i].client, cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *path = g_strdup_printf ("/read-files/%s/round-trips", formats[i].id);

      g_test_add_data_func (path, &formats[i], test_round_trips);
    }
  add_cases ();
  g_test_add_func ("/read-files/encodings", test_encodings);

  return g_test_run ();
}
