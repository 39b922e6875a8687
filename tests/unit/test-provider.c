/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-error.h"
#include "opt-provider.h"

#include <glib/gstdio.h>
#include <string.h>

#define GENERAL_GROUP "*"

static char *root; /* holds "first" and "second", in the order of XDG_CONFIG_DIRS */

static GKeyFile *
load_compiled_in (void)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  GKeyFile *file = g_key_file_new ();

  bytes = g_resources_lookup_data ("/com/example/OptSetup/account/providers.ini",
                                   G_RESOURCE_LOOKUP_FLAGS_NONE,
                                   &error);
  g_assert_no_error (error);
  g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, &error);
  g_assert_no_error (error);

  return file;
}

static gboolean
is_about_a_fact (const char *key)
{
  return g_str_has_suffix (key, "-source") || g_str_has_suffix (key, "-date") ||
         g_str_has_suffix (key, "-grade");
}

static char *
get_about (GKeyFile *file, const char *group, const char *key, const char *what)
{
  g_autofree char *about = g_strconcat (key, what, NULL);
  char *value = g_key_file_get_string (file, group, about, NULL);

  if (value == NULL || value[0] == '\0')
    g_error ("[%s] %s is missing", group, about);

  return value;
}

static void
check_fact (GKeyFile *file, const char *group, const char *key)
{
  g_autofree char *source = get_about (file, group, key, "-source");
  g_autofree char *date = get_about (file, group, key, "-date");
  g_autofree char *grade = get_about (file, group, key, "-grade");

  g_assert_cmpuint (strlen (source), >, 10);
  g_assert_true (g_regex_match_simple ("^20\\d\\d-(0[1-9]|1[0-2])$", date, 0, 0));
  g_assert_true (g_regex_match_simple ("^[ABC]$", grade, 0, 0));
}

/* Every fact says where it is from, and nothing is said of a fact that is not there. */
static void
test_facts (void)
{
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (GKeyFile) file = load_compiled_in ();
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  guint n_facts = 0;

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_auto (GStrv) keys = g_key_file_get_keys (file, groups[i], NULL, NULL);
      guint n_about = 0;
      guint n_here = 0;

      for (guint j = 0; keys[j] != NULL; j++)
        if (is_about_a_fact (keys[j]))
          n_about++;
        else
          {
            check_fact (file, groups[i], keys[j]);
            n_here++;
          }
      g_assert_cmpuint (n_about, ==, 3 * n_here);
      n_facts += n_here;
    }

  g_assert_cmpuint (n_facts, >, 30);
}

static void
check_candidates (OptProvider *provider, OptService service)
{
  g_autoptr (GPtrArray) servers = opt_provider_create_servers (provider, service, "jane@x.example");

  g_assert_cmpuint (servers->len, >=, 1);
  for (guint i = 0; i < servers->len; i++)
    {
      OptServer *server = g_ptr_array_index (servers, i);

      g_assert_cmpint (opt_server_get_service (server), ==, service);
      g_assert_cmpstr (opt_server_get_user (server), ==, "jane@x.example");
      g_assert_cmpint (opt_server_get_security (server), ==, OPT_SECURITY_TLS);
      for (guint j = 0; j < i; j++)
        g_assert_false (opt_server_equal (server, g_ptr_array_index (servers, j)));
    }
}

static void
test_compiled_in (void)
{
  static const char *const ids[] = { "optonline", "optimum", "suddenlink" };
  g_autoptr (OptProviders) providers = opt_providers_load ();

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      OptProvider *provider = opt_providers_find (providers, ids[i]);

      g_assert_nonnull (provider);
      g_assert_true (opt_provider_lowers_local_part (provider));
      for (guint j = 0; j < OPT_N_LINKS; j++)
        g_assert_true (g_str_has_prefix (opt_provider_get_link (provider, j), "https://"));
      for (guint j = 0; j < OPT_N_SERVICES; j++)
        check_candidates (provider, j);
    }
  g_assert_null (opt_providers_find (providers, GENERAL_GROUP));
}

static const struct
{
  const char *provider, *host;
  gboolean want;
} exchangers[] = {
  { "optonline", "mx.mx-altice.prod.cloud.synchronoss.net", TRUE },
  { "optonline", "mx.mx-altice.prod.cloud.synchronoss.net.", TRUE },
  { "optonline", "MX1.Altice.Prod.MSG.Synchronoss.NET", TRUE },
  { "optonline", "a.b.altice.prod.cloud.openwave.ai", TRUE },
  { "optimum", "mx.altice.prod.cloud.synchronoss.net", TRUE },
  { "optonline", "mx.other.prod.cloud.synchronoss.net", FALSE },
  { "optonline", "synchronoss.net", FALSE },
  { "optonline", "openwave.ai", FALSE },
  { "optonline", "mx.altice.prod.cloud.openwave.ai.example.net", FALSE },
  { "suddenlink", "mx.suddenlink.net", TRUE },
  { "suddenlink", "xmx.suddenlink.net", FALSE },
  { "suddenlink", "mx.suddenlink.net.example.net", FALSE },
};

static void
test_exchangers (void)
{
  g_autoptr (OptProviders) providers = opt_providers_load ();

  for (guint i = 0; i < G_N_ELEMENTS (exchangers); i++)
    {
      OptProvider *provider = opt_providers_find (providers, exchangers[i].provider);

      g_test_message ("%s", exchangers[i].host);
      g_assert_cmpint (opt_provider_owns_mail_exchanger (provider, exchangers[i].host),
                       ==,
                       exchangers[i].want);
    }
}

static const struct
{
  const char *provider, *host;
  gboolean want;
} retired[] = {
  { "optonline", "pop.optonline.net", TRUE },
  { "optonline", "pop.optimum.net", TRUE },
  { "optonline", "POP.Optonline.NET", TRUE },
  { "optimum", "pop.optonline.net", TRUE },
  { "optimum", "pop.optimum.net", TRUE },
  { "optonline", "mail.optonline.net", FALSE },
  { "optonline", "xpop.optonline.net", FALSE },
  { "optonline", "pop.optonline.net.example", FALSE },
  { "optonline", "", FALSE },
  { "suddenlink", "pop.suddenlink.net", FALSE },
  { "suddenlink", "pop.optonline.net", FALSE },
};

static void
test_retired (void)
{
  g_autoptr (OptProviders) providers = opt_providers_load ();

  for (guint i = 0; i < G_N_ELEMENTS (retired); i++)
    {
      OptProvider *provider = opt_providers_find (providers, retired[i].provider);

      g_test_message ("%s %s", retired[i].provider, retired[i].host);
      g_assert_cmpint (opt_provider_is_retired_host (provider, retired[i].host),
                       ==,
                       retired[i].want);
    }
}

#define SERVERS "imap=tls://i.example\npop3=tls://p.example\nsmtp=tls://s.example\n"

static const struct
{
  const char *name, *text;
  gboolean want;
} sections[] = {
  { "least", "name=X\ndomains=x.example\n" SERVERS, TRUE },
  { "no-name", "domains=x.example\n" SERVERS, FALSE },
  { "empty-name", "name=\ndomains=x.example\n" SERVERS, FALSE },
  { "no-domains", "name=X\n" SERVERS, FALSE },
  { "empty-domains", "name=X\ndomains=\n" SERVERS, FALSE },
  { "no-smtp", "name=X\ndomains=x.example\nimap=tls://i.example\npop3=tls://p.example\n", FALSE },
  { "plain-server", "name=X\ndomains=x.example\n" SERVERS "imap=plain://i.example\n", FALSE },
  { "numeric-server", "name=X\ndomains=x.example\n" SERVERS "imap=tls://192.0.2.1\n", FALSE },
  { "second-server-bad",
    "name=X\ndomains=x.example\n" SERVERS "imap=tls://i.example;tls://j_.example\n",
    FALSE },
  { "mx", "name=X\ndomains=x.example\n" SERVERS "mx=*.mx.example\n", TRUE },
  { "mx-all", "name=X\ndomains=x.example\n" SERVERS "mx=*\n", FALSE },
  { "mx-one-all", "name=X\ndomains=x.example\n" SERVERS "mx=a.example;*\n", FALSE },
  { "retired", "name=X\ndomains=x.example\n" SERVERS "retired-hosts=o.example\n", TRUE },
  { "retired-in-use",
    "name=X\ndomains=x.example\n" SERVERS "retired-hosts=o.example;s.example\n",
    FALSE },
  { "https", "name=X\ndomains=x.example\n" SERVERS "link-contact=https://x.example/\n", TRUE },
  { "http", "name=X\ndomains=x.example\n" SERVERS "link-contact=http://x.example/\n", FALSE },
  { "javascript", "name=X\ndomains=x.example\n" SERVERS "link-contact=javascript:x\n", FALSE },
};

static void
test_section (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *text = g_strconcat ("[x]\n", sections[i].text, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (OptProvider) provider = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_key_file_load_from_data (file, text, strlen (text), G_KEY_FILE_NONE, NULL));
  provider = opt_provider_new_from_key_file (file, "x", &error);
  if (sections[i].want)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (opt_provider_get_id (provider), ==, "x");
      g_assert_cmpstr (opt_provider_get_name (provider), ==, "X");
    }
  else
    {
      g_assert_null (provider);
      g_assert_error (error, OPT_ERROR, OPT_ERROR_PROVIDERS_INVALID);
    }
}

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *directory = g_build_filename (root, folder, "optsetup", "providers.d", NULL);
  g_autofree char *path = g_build_filename (directory, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
remove_files (void)
{
  static const char *const folders[] = { "first", "second" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (root, folders[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        remove_tree (path);
    }
}

#define SECTION(id, name, domain) "[" id "]\nname=" name "\ndomains=" domain "\n" SERVERS

static void
test_administrator (void)
{
  g_autoptr (OptProviders) before = opt_providers_load ();
  g_autoptr (OptProviders) after = NULL;
  g_autoptr (GPtrArray) servers = NULL;
  g_autofree char *server = NULL;
  guint n = opt_providers_get_n_providers (before);
  OptProvider *replaced;

  write_file ("first", "10-mine.ini", SECTION ("mine", "Mine", "mine.example"));
  write_file ("first", "20-optimum.ini", SECTION ("optimum", "Our own", "optimum.net"));
  write_file ("first", "notes.txt", SECTION ("text", "Text", "text.example"));
  after = opt_providers_load ();

  g_assert_cmpuint (opt_providers_get_n_providers (after), ==, n + 1);
  g_assert_null (opt_providers_find (after, "text"));
  g_assert_cmpstr (opt_provider_get_id (opt_providers_find_domain (after, "mine.example")),
                   ==,
                   "mine");
  replaced = opt_providers_find (after, "optimum");
  g_assert_cmpstr (opt_provider_get_name (replaced), ==, "Our own");
  g_assert_null (opt_provider_get_link (replaced, OPT_LINK_WEB_MAIL));
  servers = opt_provider_create_servers (replaced, OPT_SERVICE_IMAP, "jane");
  g_assert_cmpuint (servers->len, ==, 1);
  server = opt_server_to_string (g_ptr_array_index (servers, 0));
  g_assert_cmpstr (server, ==, "tls://i.example:993");

  remove_files ();
}

/* XDG base directories: the first folder is the most important; within one, the last name. */
static void
test_precedence (void)
{
  g_autoptr (OptProviders) providers = NULL;

  write_file ("first", "a.ini", SECTION ("one", "First", "one.example"));
  write_file ("second", "z.ini", SECTION ("one", "Second", "one.example"));
  write_file ("second", "a.ini", SECTION ("two", "Early", "two.example"));
  write_file ("second", "b.ini", SECTION ("two", "Late", "two.example"));
  providers = opt_providers_load ();

  g_assert_cmpstr (opt_provider_get_name (opt_providers_find (providers, "one")), ==, "First");
  g_assert_cmpstr (opt_provider_get_name (opt_providers_find (providers, "two")), ==, "Late");

  remove_files ();
}

static void
test_broken (void)
{
  g_autoptr (OptProviders) providers = NULL;

  write_file ("first", "a.ini", "this is no key file\n");
  write_file ("first",
              "b.ini",
              "[optimum]\nname=Broken\n" SECTION ("good", "Good", "good.example"));
  write_file ("first", "c.ini", "");
  write_file ("first", "d.ini", "[*]\ncompany-domains=optonline.net\n");
  g_test_expect_message ("optsetup-account", G_LOG_LEVEL_MESSAGE, "*a.ini: left out: *");
  g_test_expect_message ("optsetup-account",
                         G_LOG_LEVEL_MESSAGE,
                         "*b.ini: left out: *domains: missing*");
  providers = opt_providers_load ();
  g_test_assert_expected_messages ();

  g_assert_cmpstr (opt_provider_get_name (opt_providers_find (providers, "optimum")),
                   ==,
                   "Optimum");
  g_assert_nonnull (opt_providers_find (providers, "good"));
  g_assert_false (opt_providers_is_company_domain (providers, "optonline.net"));
  g_assert_true (opt_providers_is_company_domain (providers, "optimum.com"));

  remove_files ();
}

int
main (int argc, char *argv[])
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *folders = NULL;
  int result;

  /* Before GLib reads it, which it does once. */
  root = g_dir_make_tmp ("optsetup-provider-XXXXXX", NULL);
  first = g_build_filename (root, "first", NULL);
  second = g_build_filename (root, "second", NULL);
  folders = g_strjoin (":", first, second, NULL);
  g_setenv ("XDG_CONFIG_DIRS", folders, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/provider/facts", test_facts);
  g_test_add_func ("/provider/compiled-in", test_compiled_in);
  g_test_add_func ("/provider/exchangers", test_exchangers);
  g_test_add_func ("/provider/retired", test_retired);
  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autofree char *path = g_strconcat ("/provider/section/", sections[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_section);
    }
  g_test_add_func ("/provider/administrator", test_administrator);
  g_test_add_func ("/provider/precedence", test_precedence);
  g_test_add_func ("/provider/broken", test_broken);
  result = g_test_run ();

  remove_tree (root);
  g_free (root);

  return result;
}
