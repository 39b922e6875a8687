/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* fetchmail takes mail from the server and gives it to the machine's own mail system. It has no way
 * to ask a keyring or run a command for the password: it asks the person, or reads ~/.netrc, which
 * is theirs to write. What belongs to the server has to stand before `user`. */
#include "opt-client.h"
#include "opt-reading.h"
#include "opt-sections.h"
#include "opt-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "fetchmail" },
  { OPT_TRACE_NONE },
};

/* fetchmail looks for the end of "…" before it looks at backslashes, so a quote is written by its
 * number. It reads two digits at most. */
static void
add_user (GString *config, const char *user)
{
  g_string_append (config, "  user \"");
  for (const char *p = user; *p != '\0'; p++)
    if (*p == '"' || *p == '\\')
      g_string_append_printf (config, "\\x%02x", (guint) *p);
    else
      g_string_append_c (config, *p);
  g_string_append (config, "\"\n");
}

/* Without `ssl`, the name of a version makes STARTTLS a must (fetchmail 6.4). */
static void
add_security (GString *config, OptSecurity security)
{
  if (security == OPT_SECURITY_TLS)
    g_string_append (config, "  ssl\n");
  g_string_append (config, "  sslproto \"TLS1.2+\"\n");
  g_string_append (config, "  sslcertck\n");
}

/* Of IMAP it keeps what it fetched as well: elsewhere that is what people expect, and by itself
 * fetchmail would remove it. */
static gboolean
removes_mail (const OptSettings *settings)
{
  return opt_settings_get_incoming_service (settings) == OPT_SERVICE_POP3 &&
         opt_settings_get_leave_on_server (settings) == OPT_LEAVE_ON_SERVER_NEVER;
}

static GBytes *
render (const OptSettings *settings, GError **error)
{
  const OptServer *server = opt_settings_get_incoming (settings);
  OptService service = opt_settings_get_incoming_service (settings);
  GString *config = g_string_new (NULL);

  g_string_append_printf (config, "poll %s\n", opt_server_get_host (server));
  g_string_append_printf (config, "  protocol %s\n", opt_service_to_string (service));
  g_string_append_printf (config, "  service %u\n", (guint) opt_server_get_port (server));
  /* By this it knows what it has fetched before. */
  if (service == OPT_SERVICE_POP3)
    g_string_append (config, "  uidl\n");
  add_user (config, opt_server_get_user (server));
  add_security (config, opt_server_get_security (server));
  g_string_append (config, removes_mail (settings) ? "  nokeep\n" : "  keep\n");

  return g_string_free_to_bytes (config);
}

/* What a word of a .fetchmailrc does. */
typedef enum
{
  WORD_STARTS_SERVER,
  WORD_STARTS_DEFAULTS,
  WORD_STARTS_USER, /* its name follows */
  WORD_IS_ABOUT_ALL,
  WORD_HAS_VALUE, /* which follows */
  WORD_IS_SWITCH, /* which `no` turns off */
} WordKind;

typedef struct
{
  const char *word;
  WordKind kind;
  const char *key;
} Word;

/* Whatever is not here is either noise, like `with` and `there`, or of no account; but a value must
 * not be taken for a word. */
static const Word words[] = {
  { "poll", WORD_STARTS_SERVER, "poll" },
  { "server", WORD_STARTS_SERVER, "poll" },
  { "skip", WORD_STARTS_SERVER, "poll" },
  { "defaults", WORD_STARTS_DEFAULTS, NULL },
  { "user", WORD_STARTS_USER, "user" },
  { "username", WORD_STARTS_USER, "user" },
  { "set", WORD_IS_ABOUT_ALL, NULL },
  { "via", WORD_HAS_VALUE, "via" },
  { "proto", WORD_HAS_VALUE, "proto" },
  { "protocol", WORD_HAS_VALUE, "proto" },
  { "port", WORD_HAS_VALUE, "port" },
  { "service", WORD_HAS_VALUE, "port" },
  { "auth", WORD_HAS_VALUE, "auth" },
  { "authenticate", WORD_HAS_VALUE, "auth" },
  { "pass", WORD_HAS_VALUE, "password" },
  { "password", WORD_HAS_VALUE, "password" },
  { "sslproto", WORD_HAS_VALUE, "sslproto" },
  { "sslfingerprint", WORD_HAS_VALUE, "sslfingerprint" },
  { "is", WORD_HAS_VALUE, NULL },
  { "to", WORD_HAS_VALUE, NULL },
  { "aka", WORD_HAS_VALUE, NULL },
  { "folder", WORD_HAS_VALUE, NULL },
  { "mda", WORD_HAS_VALUE, NULL },
  { "esmtpname", WORD_HAS_VALUE, NULL },
  { "esmtppassword", WORD_HAS_VALUE, NULL },
  { "ssl", WORD_IS_SWITCH, "ssl" },
  { "sslcertck", WORD_IS_SWITCH, "sslcertck" },
  { "keep", WORD_IS_SWITCH, "keep" },
};

/* What belongs to a server and holds for each of its users. */
static const char *const server_keys[] = { "poll", "via", "proto", "port", "auth" };

/* \n is never part of a name, so it may become anything; \xHH and \0OO are numbers. */
static void
unescape (char *text)
{
  char *write = text;

  for (char *p = text; *p != '\0';)
    {
      gboolean hexadecimal = p[0] == '\\' && p[1] == 'x';
      gboolean octal = p[0] == '\\' && p[1] == '0';
      guint number = 0;

      if (p[0] == '\\' && p[1] != '\0')
        p++;
      if (!hexadecimal && !octal)
        {
          *write++ = *p++;
          continue;
        }

      p++;
      for (guint i = 0; i < 2 && g_ascii_isxdigit (*p); i++)
        number = number * (hexadecimal ? 16 : 8) + (guint) g_ascii_xdigit_value (*p++);
      *write++ = number != 0 ? (char) number : OPT_TEXT_COMPUTED;
    }
  *write = '\0';
}

/* The next word, or what stands in quotes; lines mean nothing. */
static char *
take_word (char **rest, gboolean *is_quoted)
{
  char *p = *rest;
  char *word;

  while (*p != '\0' && (g_ascii_isspace (*p) || strchr (",:;#", *p) != NULL))
    p += *p == '#' ? strcspn (p, "\n") : 1;

  *is_quoted = *p == '"' || *p == '\'';
  if (*p == '\0')
    return NULL;

  word = *is_quoted ? p + 1 : p;
  p = word + (*is_quoted ? strcspn (word, (char[]){ *p, '\0' }) : strcspn (word, " \t\r\n,:;#"));
  *rest = *p == '\0' ? p : p + 1;
  *p = '\0';
  if (*is_quoted)
    unescape (word);

  return word;
}

static const Word *
find_word (const char *text, gboolean *is_negated)
{
  if (strncmp (text, "no", 2) == 0 && text[2] != '\0')
    {
      *is_negated = TRUE;
      text += 2;
    }

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].word, text))
      return &words[i];

  return NULL;
}

/* `set daemon 300`: nothing of it is about an account. */
static void
skip_setting (char **rest)
{
  static const char *const have_value[] = { "daemon",  "postmaster", "logfile", "idfile",
                                            "pidfile", "properties", "mintls",  NULL };
  gboolean is_quoted;
  const char *name = take_word (rest, &is_quoted);

  if (name != NULL && (g_str_equal (name, "no") || g_strv_contains (have_value, name)))
    take_word (rest, &is_quoted);
}

typedef struct
{
  char *rest;
  GPtrArray *users;    /* one section each, with what its server has */
  GPtrArray *defaults; /* one section */
  OptSection *section; /* what is filled now */
} Reading;

static OptSection *
add_user_section (Reading *self, GError **error)
{
  const OptSection *defaults = g_ptr_array_index (self->defaults, 0);
  OptSection *section = opt_sections_add (self->users, "", error);
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  if (section == NULL)
    return NULL;

  g_hash_table_iter_init (&iter, defaults->values);
  while (g_hash_table_iter_next (&iter, &key, &value))
    opt_section_set (section, key, value);

  return section;
}

static gboolean
start_user (Reading *self, const char *name, GError **error)
{
  const OptSection *before = self->section;
  const OptSection *defaults = g_ptr_array_index (self->defaults, 0);

  /* None of its own yet. */
  if (g_hash_table_lookup (before->values, "user") ==
      g_hash_table_lookup (defaults->values, "user"))
    {
      opt_section_set (self->section, "user", name);
      return TRUE;
    }

  self->section = add_user_section (self, error);
  for (guint i = 0; self->section != NULL && i < G_N_ELEMENTS (server_keys); i++)
    {
      const char *value = g_hash_table_lookup (before->values, server_keys[i]);

      if (value != NULL)
        opt_section_set (self->section, server_keys[i], value);
    }
  if (self->section != NULL)
    opt_section_set (self->section, "user", name);

  return self->section != NULL;
}

static gboolean
follow_word (Reading *self, const Word *word, gboolean is_negated, GError **error)
{
  gboolean is_quoted;
  const char *value = NULL;

  if (word->kind == WORD_IS_ABOUT_ALL)
    skip_setting (&self->rest);
  else if (word->kind == WORD_STARTS_DEFAULTS)
    self->section = g_ptr_array_index (self->defaults, 0);
  else if (word->kind == WORD_IS_SWITCH)
    opt_section_set (self->section, word->key, is_negated ? "no" : "yes");
  else
    value = take_word (&self->rest, &is_quoted);

  if (value == NULL || word->key == NULL)
    return TRUE;

  if (word->kind == WORD_STARTS_USER)
    return start_user (self, value, error);

  if (word->kind == WORD_STARTS_SERVER)
    self->section = add_user_section (self, error);
  if (self->section != NULL)
    opt_section_set (self->section, word->key, value);

  return self->section != NULL;
}

static gboolean
read_words (Reading *self, GError **error)
{
  gboolean is_negated = FALSE;
  gboolean is_quoted;
  const char *text;

  while ((text = take_word (&self->rest, &is_quoted)) != NULL)
    {
      const Word *word = is_quoted ? NULL : find_word (text, &is_negated);

      if (word != NULL && !follow_word (self, word, is_negated, error))
        return FALSE;
      is_negated = !is_quoted && g_str_equal (text, "no");
    }

  return TRUE;
}

/* By itself it takes STARTTLS where it is offered; an empty version forbids it, one of TLS makes it
 * a must. */
static OptFoundSecurity
get_found_security (const OptSection *section)
{
  const char *version = g_hash_table_lookup (section->values, "sslproto");

  if (opt_section_get_switch (section, "ssl", FALSE))
    return OPT_FOUND_SECURITY_TLS;

  if (version == NULL || g_ascii_strcasecmp (version, "auto") == 0)
    return OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED;

  return version[0] == '\0' ? OPT_FOUND_SECURITY_NONE : OPT_FOUND_SECURITY_STARTTLS;
}

/* By itself it tries IMAP first. */
static gboolean
get_service (const char *protocol, OptService *service)
{
  gboolean imap = protocol == NULL || g_ascii_strcasecmp (protocol, "auto") == 0 ||
                  g_ascii_strncasecmp (protocol, "imap", 4) == 0;

  *service = imap ? OPT_SERVICE_IMAP : OPT_SERVICE_POP3;

  return imap || g_ascii_strcasecmp (protocol, "pop3") == 0 ||
         g_ascii_strcasecmp (protocol, "apop") == 0;
}

static void
add_found (GPtrArray *founds, const OptSection *section)
{
  const char *protocol = opt_section_get (section, "proto");
  const char *via = opt_section_get (section, "via");
  gboolean apop = protocol != NULL && g_ascii_strcasecmp (protocol, "apop") == 0;
  OptService service;
  OptFound *found;
  OptFoundServer *server;

  if (!get_service (protocol, &service))
    return;

  found = opt_found_new ();
  server =
    opt_found_add_server (found, service, via != NULL ? via : opt_section_get (section, "poll"));
  server->security = get_found_security (section);
  opt_reading_set_port (server, service, opt_section_get (section, "port"));
  server->auth =
    apop ? OPT_FOUND_AUTH_CHALLENGE : opt_reading_get_auth (opt_section_get (section, "auth"));
  server->user = g_strdup (opt_section_get (section, "user"));
  server->any_certificate = !opt_section_get_switch (section, "sslcertck", TRUE) &&
                            opt_section_get (section, "sslfingerprint") == NULL;
  server->holds_password = opt_section_get (section, "password") != NULL;
  if (service == OPT_SERVICE_POP3)
    found->leave_on_server = opt_section_get_switch (section, "keep", FALSE)
                               ? OPT_LEAVE_ON_SERVER_ALWAYS
                               : OPT_LEAVE_ON_SERVER_NEVER;
  g_ptr_array_add (founds, found);
}

static gboolean
read_config (GPtrArray *files, GPtrArray *founds, GError **error)
{
  g_autoptr (OptText) text = opt_text_new (files, error);
  g_autoptr (GPtrArray) users = opt_sections_new ();
  g_autoptr (GPtrArray) defaults = opt_sections_new ();
  Reading reading = { .users = users, .defaults = defaults };

  if (text == NULL)
    return FALSE;

  reading.rest = opt_text_take_rest (text);
  reading.section = opt_sections_add (defaults, "", NULL);
  if (!read_words (&reading, error))
    return FALSE;

  for (guint i = 0; i < users->len; i++)
    add_found (founds, g_ptr_array_index (users, i));

  return TRUE;
}

static gboolean
recognises (const OptClientFile *file)
{
  return (opt_reading_has_line (file, "poll ") || opt_reading_has_line (file, "server ") ||
          opt_reading_has_line (file, "skip ")) &&
         opt_reading_has_word (file, "proto") && opt_reading_has_word (file, "user");
}

static void
find_places (const OptMachine *machine, GPtrArray *places)
{
  static const char *const home[] = { ".fetchmailrc", NULL };

  opt_reading_find_files (machine, places, home, NULL);
}

static char **
create_steps (const OptSettings *settings)
{
  const char *first =
    _ ("If you have no file “~/.fetchmailrc” yet, move this file there; else copy "
       "its lines to the end of yours. fetchmail wants its mode to be 600.");
  /* Translators: “mda” stays as it is. */
  const char *deliver = _ ("fetchmail gives the mail to the mail system of this computer. If there "
                           "is none, add a line “mda” with the program that is to have it.");
  /* Translators: %s is an email address. */
  g_autofree char *fetch =
    g_strdup_printf (_ ("Type “fetchmail” in a terminal, and the password of "
                        "%s when it asks. It cannot look into the keyring."),
                     opt_settings_get_address (settings));
  const char *leave = removes_mail (settings)
                        ? _ ("Mail is removed from the server as soon as it is fetched. Change "
                             "“nokeep” to “keep” to leave it there.")
                        : _ ("fetchmail cannot remove mail from the server after some days: it "
                             "leaves everything there. Change “keep” to “nokeep” to have mail "
                             "removed as soon as it is fetched.");
  const char *steps[] = { first, deliver, fetch, leave, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_fetchmail = {
  .id = "fetchmail",
  .name = N_ ("fetchmail"),
  .icon_name = "utilities-terminal-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .leaves = OPT_CLIENT_LEAVES_SENDING,
  .file_name = "optsetup.fetchmailrc",
  .media_type = "text/plain",
  .traces = traces,
  .render = render,
  .create_steps = create_steps,
  .find_places = find_places,
  .recognises = recognises,
  .read = read_config,
  .password_path = N_ ("fetchmail asks for it each time; it has no way to look into the keyring."),
  .proof = "fetchmail.test_fetches",
  .tried = N_ ("fetchmail 6.4.37 on Debian fetched mail with it, by TLS and by STARTTLS. It leaves "
               "all mail on the server or none; it cannot count days."),
};
