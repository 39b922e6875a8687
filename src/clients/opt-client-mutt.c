/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Mutt and NeoMutt read one syntax. Their own file can `source` ours. The password comes from a
 * command between backticks: what it prints is not read as syntax again, and it runs once, when the
 * file is read. */
#include "opt-client.h"
#include "opt-error.h"
#include "opt-lookup.h"
#include "opt-reading.h"
#include "opt-sections.h"
#include "opt-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "neomutt" },       { OPT_TRACE_PROGRAM, "mutt" },
  { OPT_TRACE_CONFIG_FOLDER, "neomutt" }, { OPT_TRACE_CONFIG_FOLDER, "mutt" },
  { OPT_TRACE_HOME_FOLDER, ".mutt" },     { OPT_TRACE_NONE },
};

/* Inside "…" these are read: the end, escapes, variables and commands. */
static void
add_string (GString *config, const char *key, const char *value)
{
  g_string_append_printf (config, "set %s = \"", key);
  for (const char *p = value; *p != '\0'; p++)
    {
      if (strchr ("\\\"$`", *p) != NULL)
        g_string_append_c (config, '\\');
      g_string_append_c (config, *p);
    }
  g_string_append (config, "\"\n");
}

/* All that a command of ours can hold is safe inside "…". */
static gboolean
add_password (GString *config, const char *key, const OptServer *server, GError **error)
{
  g_autofree char *command = opt_lookup_create_command (server, error);

  if (command == NULL)
    return FALSE;

  g_string_append_printf (config, "set %s = \"`%s`\"\n", key, command);

  return TRUE;
}

/* "s" after the scheme is TLS from the start; without it ssl_starttls and ssl_force_tls see to TLS
 * before the password. */
static char *
dup_url (const OptServer *server, const char *scheme, const char *path)
{
  gboolean tls = opt_server_get_security (server) == OPT_SECURITY_TLS;
  g_autofree char *user = g_uri_escape_string (opt_server_get_user (server), NULL, FALSE);

  return g_strdup_printf ("%s%s://%s@%s:%u/%s",
                          scheme,
                          tls ? "s" : "",
                          user,
                          opt_server_get_host (server),
                          (guint) opt_server_get_port (server),
                          path);
}

static gboolean
add_imap (GString *config, const OptServer *server, GError **error)
{
  g_autofree char *folder = dup_url (server, "imap", "");
  g_autofree char *inbox = dup_url (server, "imap", "INBOX");

  add_string (config, "imap_user", opt_server_get_user (server));
  if (!add_password (config, "imap_pass", server, error))
    return FALSE;
  add_string (config, "folder", folder);
  add_string (config, "spoolfile", inbox);

  return TRUE;
}

/* pop_delete is about fetching into a file; the mailbox can be opened as it lies on the server,
 * too. There are no days. */
static gboolean
add_pop (GString *config, const OptServer *server, guint leave_on_server_days, GError **error)
{
  gboolean removes = leave_on_server_days == OPT_LEAVE_ON_SERVER_NEVER;
  g_autofree char *url = dup_url (server, "pop", "");

  add_string (config, "pop_user", opt_server_get_user (server));
  if (!add_password (config, "pop_pass", server, error))
    return FALSE;
  add_string (config, "pop_host", url);
  g_string_append_printf (config, "set pop_delete = %s\n", removes ? "yes" : "no");
  add_string (config, "spoolfile", url);

  return TRUE;
}

static gboolean
add_incoming (GString *config, const OptSettings *settings, GError **error)
{
  const OptServer *server = opt_settings_get_incoming (settings);

  return opt_settings_get_incoming_service (settings) == OPT_SERVICE_IMAP
           ? add_imap (config, server, error)
           : add_pop (config, server, opt_settings_get_leave_on_server (settings), error);
}

static GBytes *
render (const OptSettings *settings, GError **error)
{
  g_autoptr (GString) config = g_string_new (NULL);
  const OptServer *outgoing = opt_settings_get_outgoing (settings);
  g_autofree char *smtp_url = dup_url (outgoing, "smtp", "");

  add_string (config, "realname", opt_settings_get_name (settings));
  add_string (config, "from", opt_settings_get_address (settings));
  g_string_append (config, "set use_from = yes\n");
  g_string_append (config, "set ssl_starttls = yes\n");
  g_string_append (config, "set ssl_force_tls = yes\n");
  if (!add_incoming (config, settings, error))
    return NULL;
  add_string (config, "smtp_url", smtp_url);
  if (!add_password (config, "smtp_pass", outgoing, error))
    return NULL;

  return g_string_free_to_bytes (g_steal_pointer (&config));
}

static const char *
get_last_step (const OptSettings *settings)
{
  if (opt_settings_get_incoming_service (settings) == OPT_SERVICE_IMAP)
    return _ ("Start it. Your inbox opens; “c” changes to another folder of yours, “m” writes a "
              "message.");
  if (opt_settings_get_leave_on_server (settings) == OPT_LEAVE_ON_SERVER_NEVER)
    return _ ("Start it. Your mailbox opens as it lies on the server; “G” fetches it into a file "
              "and removes it there.");

  return _ ("Start it. Your mailbox opens as it lies on the server, and “G” fetches it into a "
            "file. It cannot remove mail after some days: everything stays until you delete it.");
}

/* A variable of one's own, with which the others are put together. */
#define OWN_PREFIX "my_"

/* Nobody puts more values together. */
#define MAX_EXPANDED 1024

static const OptWordSyntax word_syntax = { .ends = ";#", .single_quotes = TRUE, .expands = TRUE };
static const OptWordSyntax name_syntax = { .ends = "=;#", .single_quotes = TRUE, .expands = TRUE };

typedef struct
{
  OptSection *variables;
  GPtrArray *expanded; /* values that are put together, to be wiped */
  const char *from;    /* of the header, where it is set */
  gboolean has_more;   /* in other files */
} Reading;

static void
free_wiped (gpointer data)
{
  opt_secret_wipe (data, strlen (data));
  g_free (data);
}

static const char computed[] = { OPT_TEXT_COMPUTED, '\0' };

/* The value of `$name` or `${name}` at @p, which goes on behind it; only those of the file. */
static const char *
take_variable (const Reading *self, const char **p)
{
  gboolean braces = **p == '{';
  const char *name = braces ? *p + 1 : *p;
  const char *end = name;
  g_autofree char *key = NULL;
  const char *value;

  while (g_ascii_isalnum (*end) || *end == '_')
    end++;
  *p = braces && *end == '}' ? end + 1 : end;
  key = g_strndup (name, (gsize) (end - name));
  value = opt_section_get (self->variables, key);

  return value != NULL ? value : computed;
}

/* As Mutt does, when a value is set. The text has its whole size from the start, so that no copy of
 * a password is left behind. */
static const char *
expand (Reading *self, const char *value)
{
  GString *text;

  if (strchr (value, OPT_TEXT_VARIABLE) == NULL || self->expanded->len >= MAX_EXPANDED)
    return value;

  text = g_string_sized_new (OPT_FOUND_MAX_BYTES + 1);
  for (const char *p = value; *p != '\0' && text->len < OPT_FOUND_MAX_BYTES;)
    if (*p == OPT_TEXT_VARIABLE)
      {
        const char *part;

        p++;
        part = take_variable (self, &p);
        g_string_append_len (text,
                             part,
                             (gssize) MIN (strlen (part), OPT_FOUND_MAX_BYTES - text->len));
      }
    else
      g_string_append_c (text, *p++);
  g_ptr_array_add (self->expanded, g_string_free (text, FALSE));

  return g_ptr_array_index (self->expanded, self->expanded->len - 1);
}

/* `name`, `noname`, `name = value`, `name=value`, up to a semicolon. */
static void
set_variables (Reading *self, char **rest, const char *alone)
{
  char end = ' ';

  while (end != ';')
    {
      char *name = opt_text_next_word (rest, &name_syntax, &end);
      char *value = NULL;

      if (name == NULL)
        return;

      if (end == ' ' || end == '\t')
        {
          *rest += strspn (*rest, " \t");
          if (**rest == '=')
            end = *(*rest)++;
        }
      if (end == '=')
        value = opt_text_next_word (rest, &word_syntax, &end);
      if (value != NULL)
        opt_section_set (self->variables, name, expand (self, value));
      else if (g_str_has_prefix (name, "no") && !g_str_has_prefix (name, OWN_PREFIX))
        opt_section_set (self->variables, name + 2, "no");
      else
        opt_section_set (self->variables, name, alone);
    }
}

/* Hooks come into force in a folder only, `source` is not followed, and nothing is run. */
static void
read_line (Reading *self, char *line)
{
  char *rest = line;
  char end = ';';

  while (*rest != '\0')
    {
      char *command = opt_text_next_word (&rest, &word_syntax, &end);

      if (command == NULL)
        return;

      self->has_more = self->has_more || g_str_equal (command, "source");
      if (g_str_equal (command, "set"))
        set_variables (self, &rest, "yes");
      else if (g_str_equal (command, "unset"))
        set_variables (self, &rest, "no");
      else if (g_str_equal (command, "my_hdr") && g_str_has_prefix (rest, "From: "))
        {
          self->from = rest + strlen ("From: ");
          return;
        }
      else if (end != ';')
        while (opt_text_next_word (&rest, &word_syntax, &end) != NULL && end != ';')
          continue;
    }
}

/* "s" after the scheme is TLS. Without it $ssl_force_tls, which is on by itself since Mutt 2.0,
 * makes STARTTLS a must. */
static OptFoundSecurity
get_security (const OptSection *variables, const OptUrl *url)
{
  const char *starttls = opt_section_get (variables, "ssl_starttls");

  if (g_str_has_suffix (url->scheme, "s"))
    return OPT_FOUND_SECURITY_TLS;

  if (opt_section_get_switch (variables, "ssl_force_tls", TRUE))
    return OPT_FOUND_SECURITY_STARTTLS;

  return g_strcmp0 (starttls, "no") == 0 ? OPT_FOUND_SECURITY_NONE
                                         : OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED;
}

/* A password that comes from a command is not in the file. */
static gboolean
holds_password (const OptSection *variables, const char *key)
{
  const char *password = opt_section_get (variables, key);

  return password != NULL && strchr (password, OPT_TEXT_COMPUTED) == NULL;
}

static const struct
{
  OptService service;
  const char *scheme, *default_scheme; /* the latter for the first variable only */
  const char *urls[4];                 /* variables, the first that is such a URL counts */
  const char *user, *password, *auth;
} services[] = {
  { OPT_SERVICE_IMAP,
    "imap",
    NULL,
    { "folder", "spoolfile", "spool_file" },
    "imap_user",
    "imap_pass",
    "imap_authenticators" },
  { OPT_SERVICE_POP3,
    "pop",
    "pop",
    { "pop_host", "spoolfile", "spool_file", "folder" },
    "pop_user",
    "pop_pass",
    "pop_authenticators" },
  { OPT_SERVICE_SMTP,
    "smtp",
    NULL,
    { "smtp_url" },
    "smtp_user",
    "smtp_pass",
    "smtp_authenticators" },
};

static OptUrl *
find_url (const OptSection *variables, gsize i)
{
  for (gsize j = 0; j < G_N_ELEMENTS (services[i].urls) && services[i].urls[j] != NULL; j++)
    {
      g_autoptr (OptUrl) url = opt_url_parse (opt_section_get (variables, services[i].urls[j]),
                                              j == 0 ? services[i].default_scheme : NULL);

      if (url != NULL && g_str_has_prefix (url->scheme, services[i].scheme))
        return g_steal_pointer (&url);
    }

  return NULL;
}

/* To send, it signs in only where there is a name to do so. */
static void
add_found_server (OptFound *found, const OptSection *variables, gsize i)
{
  g_autoptr (OptUrl) url = find_url (variables, i);
  OptFoundServer *server;

  if (url == NULL)
    return;

  server = opt_reading_add_url (found, services[i].service, url, get_security (variables, url));
  server->auth = opt_reading_get_auth (opt_section_get (variables, services[i].auth));
  if (server->user == NULL)
    server->user = g_strdup (opt_section_get (variables, services[i].user));
  if (server->user == NULL && services[i].service == OPT_SERVICE_SMTP)
    server->auth = OPT_FOUND_AUTH_NONE;
  server->any_certificate = !opt_section_get_switch (variables, "ssl_verify_host", TRUE);
  if (holds_password (variables, services[i].password))
    server->holds_password = TRUE;
}

static guint
get_leave_on_server (const OptSection *variables)
{
  const char *removes = opt_section_get (variables, "pop_delete");

  if (g_strcmp0 (removes, "ask-yes") == 0)
    return OPT_LEAVE_ON_SERVER_UNKNOWN;

  return g_strcmp0 (removes, "yes") == 0 ? OPT_LEAVE_ON_SERVER_NEVER : OPT_LEAVE_ON_SERVER_ALWAYS;
}

static void
add_found (GPtrArray *founds, const Reading *self)
{
  OptFound *found = opt_found_new ();

  found->name = g_strdup (opt_section_get (self->variables, "realname"));
  if (found->name == NULL)
    found->name = g_strdup (opt_section_get (self->variables, "real_name"));
  opt_reading_take_mailbox (found,
                            self->from != NULL ? self->from
                                               : opt_section_get (self->variables, "from"));
  for (gsize i = 0; i < G_N_ELEMENTS (services); i++)
    add_found_server (found, self->variables, i);
  if (found->servers[OPT_SERVICE_POP3] != NULL)
    found->leave_on_server = get_leave_on_server (self->variables);
  g_ptr_array_add (founds, found);
}

static gboolean
read_config (GPtrArray *files, GPtrArray *founds, GError **error)
{
  g_autoptr (OptText) text = opt_text_new (files, error);
  g_autoptr (GPtrArray) sections = opt_sections_new ();
  g_autoptr (GPtrArray) expanded = g_ptr_array_new_with_free_func (free_wiped);
  Reading reading = { .expanded = expanded };
  char *line;

  if (text == NULL)
    return FALSE;

  reading.variables = opt_sections_add (sections, "", NULL);
  while ((line = opt_text_next_joined_line (text)) != NULL)
    read_line (&reading, line);
  add_found (founds, &reading);

  return opt_reading_check_whole (founds, reading.has_more, error);
}

static gboolean
recognises (const OptClientFile *file)
{
  static const char *const lines[] = { "set imap_user",
                                       "set imap_pass",
                                       "set pop_host",
                                       "set smtp_url",
                                       "set ssl_starttls",
                                       "set spoolfile",
                                       NULL };

  return opt_reading_has_any_line (file, lines);
}

/* Files that are kept for the main one to `source` lie beside it: the person's own, and ours. */
static void
find_places (const OptMachine *machine, GPtrArray *places)
{
  static const char *const home[] = {
    ".neomuttrc", ".neomutt/neomuttrc", ".muttrc", ".mutt/muttrc", NULL
  };
  static const char *const config[] = {
    "neomutt/neomuttrc", "mutt/muttrc", "mutt/optsetup.muttrc", NULL
  };

  opt_reading_find_files (machine, places, home, config);
}

static char **
create_steps (const OptSettings *settings)
{
  const char *move =
    _ ("Move the file to where it can stay, for example to “~/.config/mutt/”. Only "
       "you may read it, so keep its mode at 600.");
  /* Translators: the line in quotes stays as it is, but for the folder. */
  const char *source = _ ("Add the line “source ~/.config/mutt/optsetup.muttrc” to the end of your "
                          "“~/.muttrc” or “~/.config/mutt/muttrc”; for NeoMutt, to “~/.neomuttrc” "
                          "or “~/.config/neomutt/neomuttrc”. If you have neither, make the first "
                          "with this line.");
  const char *tool = _ ("The program “secret-tool” has to be there; on Debian and Ubuntu it is in "
                        "the package libsecret-tools.");
  /* Translators: %s is an email address. */
  g_autofree char *password = g_strdup_printf (_ ("There is no password to enter: that of %s comes "
                                                  "from the keyring, once it is saved there."),
                                               opt_settings_get_address (settings));
  const char *steps[] = { move, source, tool, password, get_last_step (settings), NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_mutt = {
  .id = "mutt",
  .name = N_ ("Mutt and NeoMutt"),
  .icon_name = "utilities-terminal-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .leaves = OPT_CLIENT_LEAVES_SENDING | OPT_CLIENT_LEAVES_RECEIVING,
  .file_name = "optsetup.muttrc",
  .media_type = "text/plain",
  .traces = traces,
  .render = render,
  .create_steps = create_steps,
  .find_places = find_places,
  .recognises = recognises,
  .read = read_config,
  .password_path = N_ ("The file has a command that takes it out of the keyring."),
  .proof = "mutt.test_opens_the_mailbox",
  .tried =
    N_ ("Mutt 2.2.12 and NeoMutt 20220429 on Debian opened the mailbox and sent mail with it, "
        "by TLS and by STARTTLS. With POP3 they leave mail on the server or remove it at "
        "once; they cannot count days."),
};
