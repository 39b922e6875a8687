/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that somebody made to harm: none of them may take all memory, lead out of itself, or make a
 * reader fall. */
#include "found-check.h"
#include "found-text.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static char *
repeat (const char *head, const char *unit, gsize n)
{
  GString *text = g_string_new (head);

  while (n-- > 0)
    g_string_append (text, unit);

  return g_string_free (text, FALSE);
}

/* No format has a use for it, and none may fall over it. */
static void
test_nesting (void)
{
  static const struct
  {
    const char *client, *head, *unit;
  } deep[] = {
    { "json", "", "[" },
    { "json", "{\"schema\":1,\"servers\":", "[" },
    { "json", "{\"schema\":1,", "\"a\":{" },
    { "k9", "<k9settings>", "<a>" },
    { "windows-live-mail", "<MessageAccount>", "<a>" },
    { "outlook-autodiscover", "<Autodiscover>", "<a>" },
    { "apple", "<plist>", "<array>" },
    { "apple", "<plist>", "<dict><key>a</key>" },
    { "apple", "<!DOCTYPE a ", "[" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (deep); i++)
    {
      g_autofree char *file = repeat (deep[i].head, deep[i].unit, 100000);

      check_read_as (deep[i].client, file, strlen (file), NULL);
    }
}

#define LAUGHS(root)                                                                               \
  "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"                  \
  "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">"         \
  "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;\">"         \
  "<!ENTITY g \"&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;\"><!ENTITY h \"&g;&g;&g;&g;&g;&g;&g;&g;\">]>"       \
  "<" root ">&h;</" root ">"

static void
test_laughs (void)
{
  check_read_as ("k9", LAUGHS ("k9settings"), strlen (LAUGHS ("k9settings")), NULL);
  check_read_as ("windows-live-mail",
                 LAUGHS ("MessageAccount"),
                 strlen (LAUGHS ("MessageAccount")),
                 NULL);
  check_read_as ("outlook-autodiscover",
                 LAUGHS ("Autodiscover"),
                 strlen (LAUGHS ("Autodiscover")),
                 NULL);
  check_read_as ("apple", LAUGHS ("plist"), strlen (LAUGHS ("plist")), NULL);
}

/* @format has %s for an entity that leads out of the file: to another file, and to a server. */
static void
check_entity (const char *client, const char *format, const char *uri)
{
  g_autofree char *entity = g_strdup_printf ("<!DOCTYPE x [<!ENTITY e SYSTEM \"%s\">]>", uri);
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *file = g_strconcat (parts[0], entity, parts[1], NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) founds = read_bytes (client, file, strlen (file), &error);
  g_autofree char *text = founds != NULL ? create_found_text (founds) : g_strdup ("");

  check_founds (founds, error);
  g_assert_null (strstr (text, "outside.example"));
}

static void
test_external_entities (void)
{
  static const char *const files[][2] = {
    { "k9",
      "%s<k9settings><accounts><account><incoming-server type=\"IMAP\"><host>&e;</host>"
      "</incoming-server></account></accounts></k9settings>" },
    { "windows-live-mail", "%s<MessageAccount><IMAP_Server>&e;</IMAP_Server></MessageAccount>" },
    { "outlook-autodiscover",
      "%s<Autodiscover><Response><Account><Protocol><Type>IMAP</Type>"
      "<Server>&e;</Server></Protocol></Account></Response></Autodiscover>" },
    { "apple",
      "%s<plist><dict><key>PayloadContent</key><array><dict><key>PayloadType</key><string>"
      "com.apple.mail.managed</string><key>IncomingMailServerHostName</key>"
      "<string>&e;</string></dict></array></dict></plist>" },
  };
  g_autofree char *folder = g_dir_make_tmp ("optsetup-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "outside", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autofree char *http = NULL;

  g_assert_true (g_file_set_contents (path, "outside.example", -1, NULL));
  g_assert_true (g_socket_bind (socket, any, FALSE, NULL) && g_socket_listen (socket, NULL));
  address = g_socket_get_local_address (socket, NULL);
  http = g_strdup_printf ("http://127.0.0.1:%u/",
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      check_entity (files[i][0], files[i][1], uri);
      check_entity (files[i][0], files[i][1], http);
    }
  g_assert_false (g_socket_condition_check (socket, G_IO_IN) & G_IO_IN);

  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

/* Everything that no program has ever written, for each of them. */
static void
test_garbage (gconstpointer data)
{
  const OptClient *client = data;
  g_autofree char *nuls = g_malloc0 (4096);
  g_autofree char *line = repeat ("", "a", 2 * 1024 * 1024);
  g_autofree char *brackets = repeat ("", "[a]\n", 100000);
  g_autofree char *quotes = repeat ("", "\"\\", 100000);

  check_read (client, "", 0);
  check_read (client, "\n", 1);
  check_read (client, nuls, 4096);
  check_read (client,
              "\x7f"
              "ELF\x02\x01\x01",
              7);
  check_read (client, "\xff\xfe", 2);
  check_read (client, "\xef\xbb\xbf", 3);
  check_read (client, line, strlen (line));
  check_read (client, brackets, strlen (brackets));
  check_read (client, quotes, strlen (quotes));
}

int
main (int argc, char **argv)
{
  guint n_clients;
  const OptClient *const *clients = opt_clients_get (&n_clients);

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < n_clients; i++)
    {
      g_autofree char *path = g_strdup_printf ("/read-hostile/%s/garbage", clients[i]->id);

      if (opt_client_can_read (clients[i]))
        g_test_add_data_func (path, clients[i], test_garbage);
    }
  g_test_add_func ("/read-hostile/nesting", test_nesting);
  g_test_add_func ("/read-hostile/laughs", test_laughs);
  g_test_add_func ("/read-hostile/external-entities", test_external_entities);

  return g_test_run ();
}
