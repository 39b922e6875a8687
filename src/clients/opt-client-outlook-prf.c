/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A profile file of classic Outlook. It is read like an old Windows INI file: ASCII, lines that end
 * in CR and LF, no escapes; quotes around a value are taken off, and %NAME% is replaced. So a name
 * is written in ASCII letters that come near, and what none come near is refused. */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-found-value.h"
#include "opt-ini.h"
#include "opt-limit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* In PROP_POP_LEAVE_ON_SERVER the days stand above these. */
#define LEAVE_ON_SERVER 0x1
#define LEAVE_FOR_DAYS 0x2
#define LEAVE_DAYS_SHIFT 16

#define LEAVE_DAYS_MASK 0x3fff

/* PROP_SMTP_SECURE_CONNECTION */
#define SECURE_TLS 1
#define SECURE_STARTTLS 2

static const OptFoundSecurity securities[] = {
  OPT_FOUND_SECURITY_NONE,
  [SECURE_TLS] = OPT_FOUND_SECURITY_TLS,
  [SECURE_STARTTLS] = OPT_FOUND_SECURITY_STARTTLS,
  OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED, /* Outlook finds it out */
};

/* PROP_SMTP_USE_AUTH_METHOD */
#define AUTH_AS_INCOMING 0
#define AUTH_OF_ITS_OWN 1

/* Where nothing is said; Outlook does not change it for encryption. */
#define DEFAULT_SMTP_PORT 25

#define LIST_SECTION "Internet Account List"

#define TIMEOUT_S 60

/* The keys of the two kinds of account, with the properties that Outlook shall make of them. */
static const struct
{
  const char *section, *type, *prefix;
} kinds[] = {
  [OPT_SERVICE_IMAP] = { "IMAP_I_Mail", "IMAP", "IMAP" },
  [OPT_SERVICE_POP3] = { "I_Mail", "POP3", "POP3" },
};

static const char property_table[] = "AccountName=PT_UNICODE,0x0002\n"
                                     "DisplayName=PT_UNICODE,0x000B\n"
                                     "EmailAddress=PT_UNICODE,0x000C\n"
                                     "@Server=PT_UNICODE,0x0100\n"
                                     "@UserName=PT_UNICODE,0x0101\n"
                                     "@UseSPA=PT_LONG,0x0108\n"
                                     "@Port=PT_LONG,0x0104\n"
                                     "@UseSSL=PT_LONG,0x0105\n"
                                     "SMTPServer=PT_UNICODE,0x0200\n"
                                     "SMTPUseAuth=PT_LONG,0x0203\n"
                                     "SMTPAuthMethod=PT_LONG,0x0208\n"
                                     "SMTPUserName=PT_UNICODE,0x0204\n"
                                     "SMTPUseSPA=PT_LONG,0x0207\n"
                                     "SMTPPort=PT_LONG,0x0201\n"
                                     "SMTPSecureConnection=PT_LONG,0x020A\n"
                                     "ConnectionType=PT_LONG,0x000F\n"
                                     "ServerTimeOut=PT_LONG,0x0209\n";

/* For IMAP the same number is another property. */
static const char pop3_property[] = "LeaveOnServer=PT_LONG,0x1000\n";

/* What of ASCII letters Outlook would not read as it stands, or NULL. */
static const char *
find_trouble (const char *value)
{
  gsize length = strlen (value);
  const char *percent = strchr (value, '%');

  if (percent != NULL && strchr (percent + 1, '%') != NULL)
    return "%";
  if (length > 0 && (value[0] == ' ' || value[length - 1] == ' '))
    return " ";
  if (length > 1 && value[length - 1] == value[0])
    return value[0] == '"' ? "\"" : value[0] == '\'' ? "'" : NULL;

  return NULL;
}

static gboolean
add_string (GString *prf, const char *prefix, const char *key, const char *value, GError **error)
{
  if (!g_str_is_ascii (value) || find_trouble (value) != NULL)
    return opt_limit_refuse_text (value, error);

  g_string_append_printf (prf, "%s%s=%s\n", prefix, key, value);

  return TRUE;
}

static guint
count_question_marks (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '?';

  return n;
}

/* A name as the file can hold it, or NULL. g_str_to_ascii() puts a question mark where it knows of
 * nothing near. "C" keeps the language of this computer out of it. */
static char *
create_plain_name (const char *name)
{
  g_autofree char *ascii = g_str_to_ascii (name, "C");

  return count_question_marks (ascii) == count_question_marks (name) ? g_steal_pointer (&ascii)
                                                                     : NULL;
}

static gboolean
has_plain_letter (gunichar c)
{
  char letter[7] = { '\0' };
  g_autofree char *plain = NULL;

  g_unichar_to_utf8 (c, letter);
  plain = create_plain_name (letter);

  return plain != NULL;
}

static gboolean
add_name (GString *prf, const char *name, GError **error)
{
  g_autofree char *plain = create_plain_name (name);
  g_autofree char *foreign = NULL;

  if (plain == NULL)
    {
      foreign = opt_limit_find_characters (name, has_plain_letter);
      return opt_limit_refuse_name (name, foreign != NULL ? foreign : name, error);
    }
  if (find_trouble (plain) != NULL)
    return opt_limit_refuse_name (name, find_trouble (plain), error);

  return plain[0] == '\0' || add_string (prf, "", "DisplayName", plain, error);
}

static guint
get_leave_on_server (const OptSettings *settings)
{
  guint days = opt_settings_get_leave_on_server (settings);

  if (days == OPT_LEAVE_ON_SERVER_NEVER)
    return 0;
  if (days == OPT_LEAVE_ON_SERVER_ALWAYS)
    return LEAVE_ON_SERVER;

  return days << LEAVE_DAYS_SHIFT | LEAVE_ON_SERVER | LEAVE_FOR_DAYS;
}

static gboolean
add_incoming (GString *prf, const OptSettings *settings, GError **error)
{
  OptServer *server = opt_settings_get_incoming (settings);
  OptService service = opt_server_get_service (server);
  const char *prefix = kinds[service].prefix;

  if (opt_server_get_security (server) != OPT_SECURITY_TLS)
    return opt_limit_refuse_security (server, error);

  if (!add_string (prf, prefix, "Server", opt_server_get_host (server), error) ||
      !add_string (prf, prefix, "UserName", opt_server_get_user (server), error))
    return FALSE;

  g_string_append_printf (prf,
                          "%sUseSPA=0\n%sPort=%u\n%sUseSSL=1\n",
                          prefix,
                          prefix,
                          (guint) opt_server_get_port (server),
                          prefix);
  if (service == OPT_SERVICE_POP3)
    g_string_append_printf (prf, "LeaveOnServer=0x%X\n", get_leave_on_server (settings));

  return TRUE;
}

static gboolean
add_outgoing (GString *prf, const OptSettings *settings, GError **error)
{
  OptServer *server = opt_settings_get_outgoing (settings);
  const char *user = opt_server_get_user (server);
  gboolean same = g_str_equal (user, opt_server_get_user (opt_settings_get_incoming (settings)));
  gboolean tls = opt_server_get_security (server) == OPT_SECURITY_TLS;

  if (!add_string (prf, "SMTP", "Server", opt_server_get_host (server), error) ||
      (!same && !add_string (prf, "SMTP", "UserName", user, error)))
    return FALSE;

  g_string_append_printf (prf,
                          "SMTPUseAuth=1\nSMTPAuthMethod=%d\nSMTPUseSPA=0\n"
                          "SMTPPort=%u\nSMTPSecureConnection=%d\n",
                          same ? AUTH_AS_INCOMING : AUTH_OF_ITS_OWN,
                          (guint) opt_server_get_port (server),
                          tls ? SECURE_TLS : SECURE_STARTTLS);

  return TRUE;
}

static gboolean
add_account (GString *prf, const OptSettings *settings, GError **error)
{
  const char *address = opt_settings_get_address (settings);

  g_string_append (prf, "\n[Account1]\nUniqueService=No\n");
  if (!add_string (prf, "", "AccountName", address, error) ||
      !add_name (prf, opt_settings_get_name (settings), error) ||
      !add_string (prf, "", "EmailAddress", address, error) ||
      !add_incoming (prf, settings, error) || !add_outgoing (prf, settings, error))
    return FALSE;

  g_string_append_printf (prf, "ConnectionType=0\nServerTimeOut=%d\n", TIMEOUT_S);

  return TRUE;
}

static void
add_properties (GString *prf, OptService service)
{
  g_autoptr (GString) table = g_string_new (property_table);

  g_string_replace (table, "@", kinds[service].prefix, 0);
  g_string_append_printf (prf,
                          "\n[%s]\nAccountType=%s\n%s%s",
                          kinds[service].section,
                          kinds[service].type,
                          table->str,
                          service == OPT_SERVICE_POP3 ? pop3_property : "");
}

/* It adds the account to the person's own profile, or makes one where there is none. */
static GBytes *
render (const OptSettings *settings, GError **error)
{
  g_autoptr (GString) prf = g_string_new ("[General]\n"
                                          "Custom=1\n"
                                          "ProfileName=Outlook\n"
                                          "DefaultProfile=Yes\n"
                                          "OverwriteProfile=Append\n"
                                          "ModifyDefaultProfileIfPresent=TRUE\n"
                                          "BackupProfile=No\n"
                                          "\n[Service List]\n"
                                          "\n[" LIST_SECTION "]\n");
  OptService service = opt_settings_get_incoming_service (settings);

  g_string_append_printf (prf, "Account1=%s\n", kinds[service].section);
  if (!add_account (prf, settings, error))
    return NULL;

  add_properties (prf, service);
  g_string_replace (prf, "\n", "\r\n", 0);

  return g_string_free_to_bytes (g_steal_pointer (&prf));
}

static guint16
get_port (GHashTable *account, const char *prefix, guint16 usual)
{
  guint port = opt_ini_get_number (account, prefix, "Port");

  if (opt_ini_get_string (account, prefix, "Port") == NULL)
    return usual;

  return port <= G_MAXUINT16 ? (guint16) port : 0;
}

static void
read_incoming (OptFound *found, OptService service, GHashTable *account)
{
  const char *prefix = kinds[service].prefix;
  OptFoundServer *server =
    opt_found_add_server (found, service, opt_ini_get_string (account, prefix, "Server"));
  guint leave = opt_ini_get_number (account, "", "LeaveOnServer");
  guint16 usual;

  if (opt_ini_get_number (account, prefix, "UseSSL") == 0)
    server->security = OPT_FOUND_SECURITY_NONE;
  usual = opt_found_value_get_port (0, service, server->security);
  server->port = get_port (account, prefix, usual);
  server->user = g_strdup (opt_ini_get_string (account, prefix, "UserName"));
  server->auth = opt_ini_get_number (account, prefix, "UseSPA") != 0 ? OPT_FOUND_AUTH_CHALLENGE
                                                                     : OPT_FOUND_AUTH_PASSWORD;
  if (service == OPT_SERVICE_POP3)
    found->leave_on_server =
      opt_found_value_get_leave_on_server ((leave & LEAVE_ON_SERVER) != 0,
                                           (leave & LEAVE_FOR_DAYS) != 0
                                             ? leave >> LEAVE_DAYS_SHIFT & LEAVE_DAYS_MASK
                                             : 0);
}

/* Before Outlook 2007 there was but one kind of encryption, under another name. */
static OptFoundSecurity
read_outgoing_security (GHashTable *account)
{
  guint number = opt_ini_get_number (account, "SMTP", "SecureConnection");

  if (opt_ini_get_string (account, "SMTP", "SecureConnection") == NULL)
    number = opt_ini_get_number (account, "SMTP", "UseSSL") != 0 ? SECURE_TLS : 0;

  return number < G_N_ELEMENTS (securities) ? securities[number] : OPT_FOUND_SECURITY_NONE;
}

static void
read_outgoing (OptFound *found, const OptFoundServer *incoming, GHashTable *account)
{
  OptFoundServer *server =
    opt_found_add_server (found, OPT_SERVICE_SMTP, opt_ini_get_string (account, "SMTP", "Server"));
  guint method = opt_ini_get_number (account, "SMTP", "AuthMethod");

  server->security = read_outgoing_security (account);
  server->port = get_port (account, "SMTP", DEFAULT_SMTP_PORT);
  server->auth = OPT_FOUND_AUTH_NONE;
  if (opt_ini_get_number (account, "SMTP", "UseAuth") == 0)
    return;

  if (method == AUTH_AS_INCOMING)
    {
      server->user = g_strdup (incoming->user);
      server->auth = incoming->auth;
    }
  else if (method == AUTH_OF_ITS_OWN)
    {
      server->user = g_strdup (opt_ini_get_string (account, "SMTP", "UserName"));
      server->auth = opt_ini_get_number (account, "SMTP", "UseSPA") != 0 ? OPT_FOUND_AUTH_CHALLENGE
                                                                         : OPT_FOUND_AUTH_PASSWORD;
    }
}

/* Whoever wrote the file may have named the kinds otherwise; what they are for is in their own
 * sections. */
static gboolean
find_service (GHashTable *ini, const char *kind, OptService *service)
{
  GHashTable *section = opt_ini_find (ini, kind);
  const char *type = section != NULL ? opt_ini_get_string (section, "", "AccountType") : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (type != NULL ? g_ascii_strcasecmp (type, kinds[i].type) == 0
                     : g_ascii_strcasecmp (kind, kinds[i].section) == 0)
      {
        *service = i;
        return TRUE;
      }

  return FALSE;
}

static void
read_account (GHashTable *ini, const char *kind, GHashTable *account, GPtrArray *founds)
{
  OptService service;
  OptFound *found;

  if (!find_service (ini, kind, &service))
    return;

  found = opt_found_new ();
  found->name = g_strdup (opt_ini_get_string (account, "", "DisplayName"));
  found->address = g_strdup (opt_ini_get_string (account, "", "EmailAddress"));
  read_incoming (found, service, account);
  if (opt_ini_get_string (account, "SMTP", "Server") != NULL)
    read_outgoing (found, found->servers[service], account);
  g_ptr_array_add (founds, found);
}

static gboolean
read_file (GBytes *bytes, GPtrArray *founds, GError **error)
{
  g_autoptr (GHashTable) ini = opt_ini_parse (bytes, error);
  GHashTable *list;

  if (ini == NULL)
    return FALSE;

  list = opt_ini_find (ini, LIST_SECTION);
  if (list == NULL)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN, "not a profile file of Outlook");
      return FALSE;
    }

  for (guint i = 1; i <= OPT_CLIENT_MAX_FOUNDS; i++)
    {
      g_autofree char *name = g_strdup_printf ("Account%u", i);
      const char *kind = opt_ini_get_string (list, "", name);
      GHashTable *account = opt_ini_find (ini, name);

      if (kind != NULL && account != NULL)
        read_account (ini, kind, account, founds);
    }

  return TRUE;
}

static gboolean
read_files (GPtrArray *files, GPtrArray *founds, GError **error)
{
  return opt_client_read_each (files, founds, read_file, error);
}

static gboolean
recognises (const OptClientFile *file)
{
  g_autoptr (GHashTable) ini = opt_ini_parse (file->bytes, NULL);

  return ini != NULL && opt_ini_find (ini, LIST_SECTION) != NULL;
}

/* In the file the name is another one, and others see it in the mail. */
static char *
create_name_step (const OptSettings *settings)
{
  const char *name = opt_settings_get_name (settings);
  g_autofree char *plain = create_plain_name (name);

  if (plain == NULL || g_str_equal (plain, name))
    return NULL;

  /* Translators: both %s are the name of a person, first with the letters of any language, then as
   * it is written without accents. */
  return g_strdup_printf (_ ("The file can only hold plain letters: “%s” is “%s” in it. You can "
                             "change it back in the account settings of Outlook."),
                          name,
                          plain);
}

static char **
create_steps (const OptSettings *settings)
{
  const char *close = _ ("Close Outlook on the Windows computer, and copy the file there, for "
                         "example to C:\\Users\\Public.");
  /* Translators: the text in quotes that begins with outlook.exe stays as it is. */
  const char *run = _ ("Press the Windows key and R, type “outlook.exe /importprf "
                       "C:\\Users\\Public\\outlook.prf” and press Enter.");
  /* Translators: %s is an email address. */
  g_autofree char *password = g_strdup_printf (_ ("When asked, enter the password of %s."),
                                               opt_settings_get_address (settings));
  const char *new_one = _ ("The new Outlook for Windows cannot read the file; the classic one of "
                           "Office can.");
  g_autofree char *name = create_name_step (settings);
  const char *steps[] = { close, run, password, new_one, name, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_outlook_prf = {
  .id = "outlook-prf",
  .name = N_ ("Outlook (profile file)"),
  .icon_name = "computer-symbolic",
  .group = OPT_CLIENT_ANYTHING_ELSE,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "outlook.prf",
  .media_type = "text/plain",
  .render = render,
  .create_steps = create_steps,
  .recognises = recognises,
  .read = read_files,
  .password_path = N_ ("Outlook asks for it once, and keeps it itself."),
  .tried = N_ ("Written from documentation; not tried on Windows."),
};
