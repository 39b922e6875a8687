/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the settings of desktop programs are found on a machine; and what is read of a
 * configuration for Thunderbird: good, old, broken and hostile. */
#include "found-text.h"
#include "nasty.h"
#include "opt-error.h"
#include "tree.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

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
    "- <->\npop3 pop.optonline.net:0 tls any -\nleaves 3650\n" },
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

/* What a configuration for everybody of a domain has no place for: the name, the address, and a
 * sign-in name that is a part of it. */
static char *
create_config_text (const OptSettings *settings)
{
  g_autofree char *text = create_settings_text (settings);
  const char *user = opt_server_get_user (opt_settings_get_incoming (settings));
  const char *address = opt_settings_get_address (settings);
  g_autofree char *local = g_strndup (address, strcspn (address, "@"));
  g_autoptr (GString) config = g_string_new (strchr (text, '\n'));

  g_string_prepend (config, "- <->");
  if (g_str_equal (user, address) || g_str_equal (user, local))
    {
      g_autofree char *end = g_strdup_printf (" %s\n", user);

      g_string_replace (config, end, " -\n", 0);
    }

  return g_string_free (g_steal_pointer (&config), FALSE);
}

/* The way in that was not chosen is in the file, too. */
static void
drop_other_way_in (GPtrArray *founds, OptService chosen)
{
  OptFound *found = founds->pdata[0];
  OptService other = chosen == OPT_SERVICE_IMAP ? OPT_SERVICE_POP3 : OPT_SERVICE_IMAP;
  OptFoundServer *server = g_steal_pointer (&found->servers[other]);

  g_assert_nonnull (server);
  g_free (server->host);
  g_free (server->user);
  g_free (server->user_pattern);
  g_free (server->key);
  g_free (server);
  if (chosen == OPT_SERVICE_IMAP)
    found->leave_on_server = OPT_LEAVE_ON_SERVER_UNKNOWN;
}

static const char *const users[] = { "jane.doe@optonline.net", "jane.doe", "Jane & <Joe>" };
static const guint days[] = { 14, 3650, OPT_LEAVE_ON_SERVER_NEVER, OPT_LEAVE_ON_SERVER_ALWAYS };

static void
assert_config_round_trip (const char *user, OptService service, guint n_days)
{
  const OptClient *client = opt_client_find ("autoconfig");
  g_autoptr (OptSettings) settings =
    create_nasty_settings ("jane.doe@optonline.net", "Jane", user, service);
  g_autoptr (OptSettings) changed = opt_settings_with_leave_on_server (settings, n_days);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rendered = opt_client_render_files (client, changed, &error);
  g_autoptr (GPtrArray) founds = opt_client_read (client, "/there", rendered, &error);
  g_autofree char *want = create_config_text (changed);
  g_autofree char *got = NULL;

  g_assert_no_error (error);
  g_assert_true (opt_client_recognises (client, rendered->pdata[0]));
  drop_other_way_in (founds, service);
  got = create_found_text (founds);
  g_assert_cmpstr (got, ==, want);
}

static void
test_config_round_trip (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (users); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (days); k++)
      {
        assert_config_round_trip (users[i], OPT_SERVICE_IMAP, days[k]);
        assert_config_round_trip (users[i], OPT_SERVICE_POP3, days[k]);
      }
}

#define MAX_FILES 6

/* Files below a home folder, those that end in / being folders; and the places that are found in
 * it, one a line. */
static const struct
{
  const char *name, *client;
  const char *files[MAX_FILES]; /* a name, and after = what is in it */
  const char *want;
} machines[] = {
  { "profiles",
    "thunderbird",
    { ".thunderbird/profiles.ini=[Profile1]\nIsRelative=1\nPath=b.old\n[Profile0]\nPath=a\n"
      "[Profile2]\nPath=gone\n[Install1]\nDefault=a\n",
      ".thunderbird/a/prefs.js=",
      ".thunderbird/b.old/prefs.js=",
      ".thunderbird/unlisted/prefs.js=" },
    ".thunderbird/b.old/prefs.js\n.thunderbird/a/prefs.js\n" },
  { "absolute-profile",
    "thunderbird",
    { ".thunderbird/profiles.ini=[Profile0]\nIsRelative=0\nPath=HOME/mail\n", "mail/prefs.js=" },
    "mail/prefs.js\n" },
  { "sandboxes",
    "thunderbird",
    { ".var/app/net.thunderbird.Thunderbird/.thunderbird/profiles.ini=[Profile0]\nPath=a\n",
      ".var/app/net.thunderbird.Thunderbird/.thunderbird/a/prefs.js=",
      "snap/thunderbird/common/.thunderbird/profiles.ini=[Profile0]\nPath=a\n",
      "snap/thunderbird/common/.thunderbird/a/prefs.js=" },
    ".var/app/net.thunderbird.Thunderbird/.thunderbird/a/prefs.js\n"
    "snap/thunderbird/common/.thunderbird/a/prefs.js\n" },
  { "broken-profiles",
    "thunderbird",
    { ".thunderbird/profiles.ini=Path=a\n", ".thunderbird/a/prefs.js=" },
    ".thunderbird/profiles.ini\n" },
  { "folder-for-profiles", "thunderbird", { ".thunderbird/profiles.ini/" }, "" },
  { "sources",
    "evolution",
    { "config/evolution/sources/b.source=",
      "config/evolution/sources/a.source=",
      "config/evolution/sources/note.txt=",
      ".var/app/org.gnome.Evolution/config/evolution/sources/c.source=" },
    "config/evolution/sources: a.source b.source\n"
    ".var/app/org.gnome.Evolution/config/evolution/sources: c.source\n" },
  { "folders",
    "geary",
    { "config/geary/account_02/geary.ini=",
      "config/geary/account_01/geary.ini=",
      "config/geary/jane.doe@optonline.net/geary.ini=",
      "config/geary/goa_account_1/geary.ini=",
      "config/geary/empty/",
      ".var/app/org.gnome.Geary/config/geary/account_01/geary.ini=" },
    "config/geary/account_01/geary.ini\nconfig/geary/account_02/geary.ini\n"
    "config/geary/jane.doe@optonline.net/geary.ini\n"
    ".var/app/org.gnome.Geary/config/geary/account_01/geary.ini\n" },
  { "accounts", "goa", { "config/goa-1.0/accounts.conf=" }, "config/goa-1.0/accounts.conf\n" },
  { "nothing", "goa", { "config/" }, "" },
};

static void
make_file (const char *root, const char *description)
{
  g_auto (GStrv) parts = g_strsplit (description, "=", 2);
  g_autofree char *path = g_build_filename (root, parts[0], NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GString) text = g_string_new (parts[1]);

  if (g_str_has_suffix (parts[0], "/"))
    {
      g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
      return;
    }

  g_string_replace (text, "HOME", root, 0);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
}

static char *
create_places_text (GPtrArray *places, const char *root)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < places->len; i++)
    {
      const OptPlace *place = places->pdata[i];

      g_assert_true (g_str_has_prefix (place->path, root));
      g_string_append (text, place->path + strlen (root) + 1);
      if (!g_str_equal (place->files[0], place->path))
        g_string_append_c (text, ':');
      for (gsize k = 0; !g_str_equal (place->files[0], place->path) && place->files[k]; k++)
        g_string_append_printf (text, " %s", place->files[k] + strlen (place->path) + 1);
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}

static void
test_places (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *root = g_dir_make_tmp ("opt-places-XXXXXX", NULL);
  g_autoptr (OptMachine) machine = g_new0 (OptMachine, 1);
  g_autoptr (GPtrArray) places = NULL;
  g_autofree char *text = NULL;

  machine->home_folder = g_strdup (root);
  machine->config_folder = g_build_filename (root, "config", NULL);
  for (gsize k = 0; k < MAX_FILES && machines[i].files[k] != NULL; k++)
    make_file (root, machines[i].files[k]);

  places = opt_client_find_places (opt_client_find (machines[i].client), machine);
  text = create_places_text (places, root);
  g_assert_cmpstr (text, ==, machines[i].want);
  remove_tree (root);
}

/* Nobody writes to it, so whoever opens it waits for ever. */
static void
test_pipe_for_profiles (void)
{
  g_autofree char *root = g_dir_make_tmp ("opt-places-XXXXXX", NULL);
  g_autofree char *pipe = g_build_filename (root, ".thunderbird", "profiles.ini", NULL);
  g_autoptr (OptMachine) machine = g_new0 (OptMachine, 1);
  g_autoptr (GPtrArray) places = NULL;

  machine->home_folder = g_strdup (root);
  make_file (root, ".thunderbird/");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  places = opt_client_find_places (opt_client_find ("thunderbird"), machine);
  g_assert_cmpuint (places->len, ==, 1);
  g_assert_false (opt_client_is_running (opt_client_find ("thunderbird"), machine));
  remove_tree (root);
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

  for (gsize i = 0; i < G_N_ELEMENTS (machines); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/read-desktop/places/%s/%s", machines[i].client, machines[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_places);
    }
  g_test_add_func ("/read-desktop/autoconfig/round-trip", test_config_round_trip);
  g_test_add_func ("/read-desktop/places/pipe", test_pipe_for_profiles);

  return g_test_run ();
}
