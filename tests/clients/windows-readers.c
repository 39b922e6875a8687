/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What programs on Windows are given. There is none here to ask, so the readers follow what is
 * written of the syntax. */
#include "format-readers-private.h"

#include <libxml/parser.h>
#include <string.h>

char *
read_utf16 (GBytes *file)
{
  gsize size_bytes;
  const guint8 *data = g_bytes_get_data (file, &size_bytes);
  g_autofree gunichar2 *units = g_new0 (gunichar2, size_bytes / 2);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;

  g_assert_cmpuint (size_bytes % 2, ==, 0);
  g_assert_cmpmem (data, 2, "\xff\xfe", 2);
  for (gsize i = 2; i < size_bytes; i += 2)
    units[i / 2 - 1] = data[i] | data[i + 1] << 8;
  text = g_utf16_to_utf8 (units, size_bytes / 2 - 1, NULL, NULL, &error);
  g_assert_no_error (error);

  lines = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_null (strpbrk (lines[i], "\r\n"));

  return g_strjoinv ("\n", lines);
}

static void
put_autodiscover_server (GHashTable *table, const char *prefix, xmlNode *protocol)
{
  g_autofree char *type = read_child (protocol, "Type");
  g_autofree char *service = g_ascii_strdown (type, -1);
  g_autofree char *host = read_child (protocol, "Server");
  g_autofree char *port = read_child (protocol, "Port");
  g_autofree char *user = read_child (protocol, "LoginName");
  g_autofree char *tls = read_child (protocol, "SSL");
  g_autofree char *encryption = read_child (protocol, "Encryption");

  g_assert_cmpstr (tls, ==, "on");
  if (!g_str_equal (encryption, "SSL"))
    g_assert_cmpstr (encryption, ==, "TLS");
  put (table, prefix, "service", service);
  put (table, prefix, "host", host);
  put (table, prefix, "port", port);
  put (table, prefix, "security", g_str_equal (encryption, "SSL") ? "tls" : "starttls");
  put (table, prefix, "user", user);
}

/* It has the name but not the address, which Outlook was told before it reads this. */
GHashTable *
read_autodiscover (GBytes *file, const OptSettings *settings)
{
  GHashTable *table = create_table ();
  gsize size_bytes;
  const char *data = g_bytes_get_data (file, &size_bytes);
  xmlDoc *document = xmlReadMemory (data, size_bytes, NULL, NULL, XML_PARSE_NONET);
  xmlNode *response, *account;
  g_autofree char *name = NULL;

  g_assert_nonnull (document);
  response = find_child (xmlDocGetRootElement (document), "Response");
  name = read_child (find_child (response, "User"), "DisplayName");
  g_assert_cmpstr (name, ==, opt_settings_get_name (settings));
  account = find_child (response, "Account");
  /* The first is the preferred one, the last is for sending. */
  put_autodiscover_server (table, "in.", find_child (account, "Protocol"));
  put_autodiscover_server (table, "out.", xmlGetLastChild (account)->prev);
  xmlFreeDoc (document);

  return table;
}

static void
put_entry (
  GHashTable *table, const char *prefix, const char *key, GHashTable *entries, const char *from)
{
  put (table, prefix, key, g_hash_table_lookup (entries, from));
}

static void
put_number (
  GHashTable *table, const char *prefix, const char *key, GHashTable *entries, const char *from)
{
  g_autofree char *number = NULL;
  const char *hexadecimal = g_hash_table_lookup (entries, from);

  g_assert_nonnull (hexadecimal);
  g_assert_cmpuint (strlen (hexadecimal), ==, 8);
  number = g_strdup_printf ("%" G_GUINT64_FORMAT, g_ascii_strtoull (hexadecimal, NULL, 16));
  put (table, prefix, key, number);
}

/* Both Outlook Express and its heirs keep this under the same names, but for the spaces. */
static GHashTable *
read_account (GHashTable *entries)
{
  GHashTable *table = create_table ();
  gboolean pop3 = g_hash_table_contains (entries, "POP3 Server");
  const char *in = pop3 ? "POP3 " : "IMAP ";
  g_autofree char *host = g_strconcat (in, "Server", NULL);
  g_autofree char *port = g_strconcat (in, "Port", NULL);
  g_autofree char *user = g_strconcat (in, "User Name", NULL);
  g_autofree char *secure = g_strconcat (in, "Secure Connection", NULL);
  gboolean same = g_strcmp0 (g_hash_table_lookup (entries, "SMTP Use Sicily"), "00000002") == 0;
  const char *out_port = g_hash_table_lookup (entries, "SMTP Port");

  g_assert_cmpstr (g_hash_table_lookup (entries, secure), ==, "00000001");
  g_assert_cmpstr (g_hash_table_lookup (entries, "SMTP Secure Connection"), ==, "00000001");
  put_entry (table, "", "name", entries, "SMTP Display Name");
  put_entry (table, "", "address", entries, "SMTP Email Address");
  put (table, "in.", "service", pop3 ? "pop3" : "imap");
  put_entry (table, "in.", "host", entries, host);
  put_number (table, "in.", "port", entries, port);
  put (table, "in.", "security", "tls");
  put_entry (table, "in.", "user", entries, user);
  put (table, "out.", "service", "smtp");
  put_entry (table, "out.", "host", entries, "SMTP Server");
  put_number (table, "out.", "port", entries, "SMTP Port");
  put (table, "out.", "security", g_strcmp0 (out_port, "0000024b") == 0 ? "starttls" : "tls");
  put_entry (table, "out.", "user", entries, same ? user : "SMTP User Name");

  return table;
}

GHashTable *
read_live_mail (GBytes *file, const OptSettings *settings)
{
  g_autoptr (GHashTable) entries = create_table ();
  gsize size_bytes;
  const char *data = g_bytes_get_data (file, &size_bytes);
  xmlDoc *document = xmlReadMemory (data, size_bytes, NULL, NULL, XML_PARSE_NONET);
  g_autofree char *text = read_utf16 (file);
  xmlNode *root;

  g_assert_true (g_str_has_prefix (text, "<?xml version=\"1.0\" encoding=\"utf-16\"?>\n"));
  g_assert_nonnull (document);
  root = xmlDocGetRootElement (document);
  g_assert_cmpstr ((const char *) root->name, ==, "MessageAccount");
  for (xmlNode *node = xmlFirstElementChild (root); node != NULL;
       node = xmlNextElementSibling (node))
    {
      g_autofree char *key = g_strdelimit (g_strdup ((const char *) node->name), "_", ' ');
      g_autofree char *value = read_child (root, (const char *) node->name);

      put (entries, "", key, value);
    }
  xmlFreeDoc (document);

  return read_account (entries);
}

/* A string in a .reg file ends at the first quote without a backslash. */
static char *
read_reg_string (const char **p)
{
  GString *text = g_string_new (NULL);

  g_assert_cmpint (*(*p)++, ==, '"');
  for (; **p != '"'; (*p)++)
    {
      g_assert_cmpint (**p, !=, '\n');
      g_assert_cmpint (**p, !=, '\0');
      if (**p == '\\')
        {
          (*p)++;
          g_assert_true (**p == '\\' || **p == '"');
        }
      g_string_append_c (text, **p);
    }
  (*p)++;

  return g_string_free (text, FALSE);
}

GHashTable *
read_reg (GBytes *file, const char *key)
{
  GHashTable *entries = create_table ();
  g_autofree char *text = read_utf16 (file);
  g_autofree char *head = g_strdup_printf ("Windows Registry Editor Version 5.00\n\n[%s]\n", key);
  const char *p = text + strlen (head);

  g_assert_true (g_str_has_prefix (text, head));
  while (*p != '\n')
    {
      g_autofree char *name = read_reg_string (&p);
      g_autofree char *value = NULL;

      g_assert_cmpint (*p++, ==, '=');
      if (*p == '"')
        value = read_reg_string (&p);
      else
        {
          g_assert_true (g_str_has_prefix (p, "dword:"));
          value = g_strndup (p + strlen ("dword:"), 8);
          p += strlen ("dword:") + 8;
        }
      g_assert_cmpint (*p++, ==, '\n');
      put (entries, "", name, value);
    }
  g_assert_cmpstr (p, ==, "\n");

  return entries;
}

GHashTable *
read_outlook_express (GBytes *file, const OptSettings *settings)
{
  g_autoptr (GHashTable) entries =
    read_reg (file,
              "HKEY_CURRENT_USER\\Software\\Microsoft\\Internet Account Manager\\Accounts\\"
              "00000901");

  return read_account (entries);
}

/* As GetPrivateProfileString() does it: blanks and one pair of quotes go. Outlook replaces %NAME%
 * by what the computer knows under that name. */
static GHashTable *
read_ini (GBytes *file, const char *section)
{
  GHashTable *entries = create_table ();
  g_autofree char *text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  g_autofree char *head = g_strdup_printf ("[%s]", section);
  gboolean inside = FALSE;

  g_assert_true (g_str_is_ascii (text));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *equals = strchr (lines[i], '=');

      g_assert_null (strpbrk (lines[i], "\r\n"));
      if (lines[i][0] == '[')
        inside = g_str_equal (lines[i], head);
      else if (inside && equals != NULL)
        {
          char *value = g_strstrip (equals + 1);
          gsize length = strlen (value);

          *equals = '\0';
          if (length > 1 && strchr ("\"'", value[0]) != NULL && value[length - 1] == value[0])
            {
              value[length - 1] = '\0';
              value++;
            }
          g_assert_true (strchr (value, '%') == strrchr (value, '%'));
          put (entries, "", g_strstrip (lines[i]), value);
        }
    }

  return entries;
}

GHashTable *
read_prf (GBytes *file, const OptSettings *settings)
{
  GHashTable *table = create_table ();
  g_autoptr (GHashTable) accounts = read_ini (file, "Internet Account List");
  g_autoptr (GHashTable) entries = read_ini (file, "Account1");
  const char *kind = g_hash_table_lookup (accounts, "Account1");
  g_autoptr (GHashTable) properties = read_ini (file, kind);
  gboolean pop3 = g_str_equal (kind, "I_Mail");
  const char *secure = g_hash_table_lookup (entries, "SMTPSecureConnection");
  gboolean same = g_strcmp0 (g_hash_table_lookup (entries, "SMTPAuthMethod"), "0") == 0;
  const char *user = pop3 ? "POP3UserName" : "IMAPUserName";
  GHashTableIter iter;
  gpointer key;

  /* Outlook takes only what it is told the property of. */
  g_hash_table_iter_init (&iter, entries);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_assert_true (g_str_equal (key, "UniqueService") || g_hash_table_contains (properties, key));
  g_assert_cmpstr (g_hash_table_lookup (properties, "AccountType"), ==, pop3 ? "POP3" : "IMAP");
  g_assert_cmpstr (g_hash_table_lookup (entries, pop3 ? "POP3UseSSL" : "IMAPUseSSL"), ==, "1");

  put_entry (table, "", "name", entries, "DisplayName");
  put_entry (table, "", "address", entries, "EmailAddress");
  put (table, "in.", "service", pop3 ? "pop3" : "imap");
  put_entry (table, "in.", "host", entries, pop3 ? "POP3Server" : "IMAPServer");
  put_entry (table, "in.", "port", entries, pop3 ? "POP3Port" : "IMAPPort");
  put (table, "in.", "security", "tls");
  put_entry (table, "in.", "user", entries, user);
  put (table, "out.", "service", "smtp");
  put_entry (table, "out.", "host", entries, "SMTPServer");
  put_entry (table, "out.", "port", entries, "SMTPPort");
  put (table, "out.", "security", g_strcmp0 (secure, "1") == 0 ? "tls" : "starttls");
  put_entry (table, "out.", "user", entries, same ? user : "SMTPUserName");

  return table;
}
