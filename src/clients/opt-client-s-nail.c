/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* S-nail, the `mail` of many systems. Our file defines an account of its own, which changes nothing
 * until it is chosen. The password comes from `netrc-pipe`: a shell command that prints what a
 * .netrc would hold, run only when a password is wanted. */
#include "opt-client.h"
#include "opt-limit.h"
#include "opt-lookup.h"
#include "opt-reading.h"
#include "opt-sections.h"
#include "opt-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "s-nail" },
  { OPT_TRACE_NONE },
};

/* RFC 5322 §3.2.4 */
static void
add_quoted_string (GString *text, const char *value)
{
  g_string_append_c (text, '"');
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (text, '\\');
      g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

/* What a name can have outside of quotes: RFC 5322 §3.2.3 for ASCII. */
static gboolean
goes_unquoted (gunichar c)
{
  return c > 127 || strchr ("()<>[]:;@\\,.\"", (char) c) == NULL;
}

/* Returns NULL when there are none. */
static char *
find_quoted (const char *name)
{
  if (name[0] == ' ' || g_str_has_suffix (name, " "))
    return g_strdup (" ");
  if (strstr (name, "  ") != NULL)
    return g_strdup ("  ");

  return opt_limit_find_characters (name, goes_unquoted);
}

/* In the message that it sends, S-nail encodes letters beyond ASCII (RFC 2047), also between
 * quotes, where nobody decodes them, and may encode the last quote as well. So a name has such
 * letters or has quotes; one that needs both would arrive as something else. */
static gboolean
check_name (const char *name, GError **error)
{
  g_autofree char *quoted = g_str_is_ascii (name) ? NULL : find_quoted (name);

  if (quoted != NULL)
    return opt_limit_refuse_name (name, quoted, error);

  return strstr (name, "=?") == NULL || opt_limit_refuse_name (name, "=?", error);
}

static char *
dup_from (const OptSettings *settings, GError **error)
{
  const char *name = opt_settings_get_name (settings);
  const char *address = opt_settings_get_address (settings);
  GString *from;

  if (!check_name (name, error))
    return NULL;

  from = g_string_new (NULL);
  if (name[0] == '\0')
    return g_string_free (g_string_append (from, address), FALSE);

  if (g_str_is_ascii (name))
    add_quoted_string (from, name);
  else
    g_string_append (from, name);
  g_string_append_printf (from, " <%s>", address);

  return g_string_free (from, FALSE);
}

/* Quotes are those of a shell. */
static void
add_string (GString *config, const char *key, const char *value)
{
  g_autofree char *quoted = g_shell_quote (value);

  g_string_append_printf (config, "  set %s=%s\n", key, quoted);
}

static char *
dup_url (const OptServer *server, const char *path)
{
  gboolean tls = opt_server_get_security (server) == OPT_SECURITY_TLS;
  g_autofree char *user = g_uri_escape_string (opt_server_get_user (server), NULL, FALSE);

  return g_strdup_printf ("%s%s://%s@%s:%u%s",
                          opt_service_to_string (opt_server_get_service (server)),
                          tls ? "s" : "",
                          user,
                          opt_server_get_host (server),
                          (guint) opt_server_get_port (server),
                          path);
}

static void
add_server (GString *config, const char *key, const OptServer *server, const char *path)
{
  g_autofree char *url = dup_url (server, path);

  add_string (config, key, url);
  if (opt_server_get_security (server) == OPT_SECURITY_STARTTLS)
    g_string_append_printf (config,
                            "  set %s-use-starttls\n",
                            opt_service_to_string (opt_server_get_service (server)));
}

/* Prints nothing when the keyring has no such password. */
static gboolean
add_netrc_entry (GString *command, const OptServer *server, GError **error)
{
  g_autofree char *lookup = opt_lookup_create_command (server, error);

  if (lookup == NULL)
    return FALSE;

  g_string_append_printf (command,
                          "%s | sed 's/[\"\\\\]/\\\\&/g;"
                          "s/^/machine %s login %s password \"/;s/$/\"/'; echo",
                          lookup,
                          opt_server_get_host (server),
                          opt_server_get_user (server));

  return TRUE;
}

/* A .netrc knows hosts, not services: who signs in to one host by one name has one password. */
static gboolean
add_passwords (GString *config, const OptSettings *settings, GError **error)
{
  const OptServer *incoming = opt_settings_get_incoming (settings);
  const OptServer *outgoing = opt_settings_get_outgoing (settings);
  g_autoptr (GString) command = g_string_new (NULL);

  if (!add_netrc_entry (command, incoming, error))
    return FALSE;

  if (!g_str_equal (opt_server_get_host (incoming), opt_server_get_host (outgoing)) ||
      !g_str_equal (opt_server_get_user (incoming), opt_server_get_user (outgoing)))
    {
      g_string_append (command, "; ");
      if (!add_netrc_entry (command, outgoing, error))
        return FALSE;
    }

  /* Forgets what was read for another account. */
  g_string_append (config, "  netrc clear\n  set netrc-lookup\n");
  add_string (config, "netrc-pipe", command->str);

  return TRUE;
}

/* Without `hold`, mail that was read goes from the inbox into a file when one leaves. */
static gboolean
removes_mail (const OptSettings *settings)
{
  return opt_settings_get_incoming_service (settings) == OPT_SERVICE_POP3 &&
         opt_settings_get_leave_on_server (settings) == OPT_LEAVE_ON_SERVER_NEVER;
}

static GBytes *
render (const OptSettings *settings, GError **error)
{
  gboolean imap = opt_settings_get_incoming_service (settings) == OPT_SERVICE_IMAP;
  g_autoptr (GString) config = g_string_new (NULL);
  g_autofree char *account = g_shell_quote (opt_settings_get_address (settings));
  g_autofree char *from = dup_from (settings, error);

  if (from == NULL)
    return NULL;

  g_string_append_printf (config, "account %s {\n  set v15-compat\n", account);
  add_string (config, "from", from);
  add_server (config, "inbox", opt_settings_get_incoming (settings), imap ? "/INBOX" : "");
  g_string_append (config, removes_mail (settings) ? "  set nohold\n" : "  set hold\n");
  add_server (config, "mta", opt_settings_get_outgoing (settings), "");
  g_string_append (config, "  set smtp-auth=plain\n  set tls-verify=strict\n");
  if (!add_passwords (config, settings, error))
    return NULL;
  g_string_append (config, "}\n");

  return g_string_free_to_bytes (g_steal_pointer (&config));
}

static const OptWordSyntax syntax = { .ends = "", .single_quotes = TRUE, .expands = TRUE };

static void
set_variable (OptSection *section, char *word, const char *alone)
{
  char *value = strchr (word, '=');

  if (value != NULL)
    *value++ = '\0';
  if (value == NULL && g_str_has_prefix (word, "no"))
    opt_section_set (section, word + 2, "no");
  else
    opt_section_set (section, word, value != NULL ? value : alone);
}

/* Outside of `account NAME { … }`, the first section is meant, which holds for all. */
static OptSection *
read_line (GPtrArray *sections, OptSection *section, char *line, GError **error)
{
  char *rest = line;
  const char *command = opt_text_next_word (&rest, &syntax, NULL);
  gboolean sets;
  char *word;

  if (command == NULL)
    return section;

  if (g_str_equal (command, "}"))
    return g_ptr_array_index (sections, 0);

  if (g_str_equal (command, "account"))
    {
      word = opt_text_next_word (&rest, &syntax, NULL);
      return word != NULL && strchr (rest, '{') != NULL ? opt_sections_add (sections, word, error)
                                                        : section;
    }

  sets = g_str_equal (command, "set");
  if (sets || g_str_equal (command, "unset"))
    while ((word = opt_text_next_word (&rest, &syntax, NULL)) != NULL)
      set_variable (section, word, sets ? "yes" : "no");

  return section;
}

/* What holds for all holds where an account says nothing. */
static const char *
get_value (GPtrArray *sections, guint i, const char *key)
{
  const char *value = opt_section_get (g_ptr_array_index (sections, i), key);

  return value != NULL ? value : opt_section_get (g_ptr_array_index (sections, 0), key);
}

static gboolean
is_on (GPtrArray *sections, guint i, const char *key)
{
  const char *value = get_value (sections, i, key);

  return value != NULL && !g_str_equal (value, "no");
}

/* URLs, in the newer way and in that of before 14.9. */
static const struct
{
  const char *scheme;
  OptService service;
  OptFoundSecurity security;
} schemes[] = {
  { "imap", OPT_SERVICE_IMAP, OPT_FOUND_SECURITY_NONE },
  { "imaps", OPT_SERVICE_IMAP, OPT_FOUND_SECURITY_TLS },
  { "pop3", OPT_SERVICE_POP3, OPT_FOUND_SECURITY_NONE },
  { "pop3s", OPT_SERVICE_POP3, OPT_FOUND_SECURITY_TLS },
  { "smtp", OPT_SERVICE_SMTP, OPT_FOUND_SECURITY_NONE },
  { "submission", OPT_SERVICE_SMTP, OPT_FOUND_SECURITY_STARTTLS },
  { "smtps", OPT_SERVICE_SMTP, OPT_FOUND_SECURITY_TLS },
  { "submissions", OPT_SERVICE_SMTP, OPT_FOUND_SECURITY_TLS },
};

/* A password stands in the URL or in a variable, alone or for a host or for one name there. */
static gboolean
holds_password (GPtrArray *sections, guint i, const OptUrl *url)
{
  g_autofree char *for_host = g_strconcat ("password-", url->host, NULL);
  g_autofree char *for_user =
    g_strconcat ("password-", url->user != NULL ? url->user : "", "@", url->host, NULL);
  const char *const keys[] = { "password", "smtp-auth-password", for_host, for_user };

  for (gsize k = 0; k < G_N_ELEMENTS (keys); k++)
    if (get_value (sections, i, keys[k]) != NULL)
      return TRUE;

  return url->has_password;
}

static OptFoundAuth
get_auth (GPtrArray *sections, guint i, const OptFoundServer *server, const char *protocol)
{
  g_autofree char *key = g_strconcat (protocol, "-auth", NULL);
  const char *auth = get_value (sections, i, key);

  if (auth == NULL && server->user == NULL && g_str_equal (protocol, "smtp"))
    return OPT_FOUND_AUTH_NONE;

  return opt_reading_get_auth (auth);
}

static void
add_found_server (OptFound *found, GPtrArray *sections, guint i, const OptUrl *url, gsize scheme)
{
  OptService service = schemes[scheme].service;
  const char *protocol = opt_service_to_string (service);
  g_autofree char *starttls = g_strconcat (protocol, "-use-starttls", NULL);
  OptFoundSecurity security = schemes[scheme].security;
  const char *verify = get_value (sections, i, "tls-verify");
  OptFoundServer *server;

  if (security == OPT_FOUND_SECURITY_NONE && is_on (sections, i, starttls))
    security = OPT_FOUND_SECURITY_STARTTLS;
  if (verify == NULL)
    verify = get_value (sections, i, "ssl-verify");
  server = opt_reading_add_url (found, service, url, security);
  if (url->port == NULL && schemes[scheme].security == OPT_FOUND_SECURITY_STARTTLS)
    server->port = opt_server_get_usual_port (service, OPT_SECURITY_STARTTLS);
  if (server->user == NULL)
    server->user =
      g_strdup (get_value (sections, i, service == OPT_SERVICE_SMTP ? "smtp-auth-user" : "user"));
  server->auth = get_auth (sections, i, server, protocol);
  server->any_certificate = g_strcmp0 (verify, "ignore") == 0;
  server->holds_password = holds_password (sections, i, url);
}

static void
add_url (OptFound *found, GPtrArray *sections, guint i, const char *key, const char *usual)
{
  g_autoptr (OptUrl) url = opt_url_parse (get_value (sections, i, key), usual);

  for (gsize k = 0; url != NULL && k < G_N_ELEMENTS (schemes); k++)
    if (g_str_equal (url->scheme, schemes[k].scheme) && found->servers[schemes[k].service] == NULL)
      add_found_server (found, sections, i, url, k);
}

/* The system's own settings say `hold`, so it counts unless it is taken back. */
static void
add_found (GPtrArray *founds, GPtrArray *sections, guint i)
{
  OptFound *found = opt_found_new ();

  opt_reading_take_mailbox (found, get_value (sections, i, "from"));
  add_url (found, sections, i, "inbox", NULL);
  add_url (found, sections, i, "folder", NULL);
  add_url (found, sections, i, "mta", NULL);
  add_url (found, sections, i, "smtp", "smtp");
  if (found->servers[OPT_SERVICE_POP3] != NULL)
    found->leave_on_server = g_strcmp0 (get_value (sections, i, "hold"), "no") == 0
                               ? OPT_LEAVE_ON_SERVER_NEVER
                               : OPT_LEAVE_ON_SERVER_ALWAYS;
  g_ptr_array_add (founds, found);
}

static gboolean
read_config (GPtrArray *files, GPtrArray *founds, GError **error)
{
  g_autoptr (OptText) text = opt_text_new (files, error);
  g_autoptr (GPtrArray) sections = opt_sections_new ();
  OptSection *section = opt_sections_add (sections, "", NULL);
  char *line;

  if (text == NULL)
    return FALSE;

  while (section != NULL && (line = opt_text_next_joined_line (text)) != NULL)
    section = read_line (sections, section, line, error);
  if (section == NULL)
    return FALSE;

  for (guint i = 0; i < sections->len; i++)
    add_found (founds, sections, i);

  return TRUE;
}

static gboolean
recognises (const OptClientFile *file)
{
  static const char *const lines[] = {
    "set v15-compat",   "set mta=",      "set smtp=", "set inbox=",
    "set netrc-lookup", "set smtp-auth", NULL
  };

  return opt_reading_has_any_line (file, lines);
}

static void
find_places (const OptMachine *machine, GPtrArray *places)
{
  static const char *const home[] = { ".mailrc", "optsetup.mailrc", NULL };

  opt_reading_find_files (machine, places, home, NULL);
}

static char **
create_steps (const OptSettings *settings)
{
  g_autofree char *quoted = g_shell_quote (opt_settings_get_address (settings));
  const char *move = _ ("Move the file to where it can stay, for example to your home folder. Only "
                        "you may read it, so keep its mode at 600.");
  /* Translators: the line in quotes stays as it is, but for the folder. */
  const char *source = _ ("Add the line “source ~/optsetup.mailrc” to the end of your “~/.mailrc”. "
                          "If there is no such file, make one with this line.");
  g_autofree char *open =
    /* Translators: %s is an email address in quotes as a shell wants them. */
    g_strdup_printf (_ ("To open your mail, type in a terminal: s-nail -A %s"), quoted);
  const char *tool = _ ("The program “secret-tool” has to be there; on Debian and Ubuntu it is in "
                        "the package libsecret-tools. There is no password to enter: it comes from "
                        "the keyring, once it is saved there.");
  const char *leave =
    removes_mail (settings)
      ? _ (
          "Mail that you have read is removed from the server when you leave with “quit”, and kept "
          "in the file “~/mbox”. Change “nohold” to “hold” to leave it on the server.")
      : _ (
          "Mail stays on the server until you delete it; S-nail cannot remove it after some days.");
  const char *steps[] = { move, source, tool, open, leave, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_s_nail = {
  .id = "s-nail",
  .name = N_ ("S-nail"),
  .icon_name = "utilities-terminal-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .leaves = OPT_CLIENT_LEAVES_SENDING | OPT_CLIENT_LEAVES_RECEIVING,
  .file_name = "optsetup.mailrc",
  .media_type = "text/plain",
  .traces = traces,
  .render = render,
  .create_steps = create_steps,
  .find_places = find_places,
  .recognises = recognises,
  .read = read_config,
  .password_path = N_ ("The file has a command that takes it out of the keyring."),
  .proof = "s_nail.test_lists_headers",
  .tried = N_ ("S-nail 14.9.24 on Debian opened the mailbox and sent mail with it, by TLS and by "
               "STARTTLS. With POP3 it leaves mail on the server or moves what was read into a "
               "file; it cannot count days."),
};
