/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* msmtp, which sends, and mpop, which fetches: two small programs with one syntax. A line is a
 * command and its argument; there are no escapes, only one outer pair of quotes that is taken off.
 * Each looks into the keyring by itself for the host, the service and the user name that OptSetup
 * keeps a password under, so nothing here speaks of a password. No defaults are set, so that the
 * lines can go into a file that has other accounts. */
#include "opt-client.h"
#include "opt-limit.h"
#include "opt-reading.h"
#include "opt-sections.h"
#include "opt-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Both give up on a longer line (LINEBUFSIZE in their conf.c, less the line feed and the NUL). */
#define LINE_MAX_BYTES 499

static const OptTrace msmtp_traces[] = {
  { OPT_TRACE_PROGRAM, "msmtp" },
  { OPT_TRACE_CONFIG_FOLDER, "msmtp" },
  { OPT_TRACE_NONE },
};

static const OptTrace mpop_traces[] = {
  { OPT_TRACE_PROGRAM, "mpop" },
  { OPT_TRACE_CONFIG_FOLDER, "mpop" },
  { OPT_TRACE_NONE },
};

static void
add_server (GString *config, const OptServer *server)
{
  gboolean starttls = opt_server_get_security (server) == OPT_SECURITY_STARTTLS;

  g_string_append_printf (config, "host %s\n", opt_server_get_host (server));
  g_string_append_printf (config, "port %u\n", (guint) opt_server_get_port (server));
  g_string_append (config, "tls on\n");
  g_string_append_printf (config, "tls_starttls %s\n", starttls ? "on" : "off");
  g_string_append (config, "tls_trust_file system\n");
  g_string_append (config, "auth on\n");
  g_string_append_printf (config, "user \"%s\"\n", opt_server_get_user (server));
}

/* The account is named for the address: nobody has two of that name. An address has no space, comma
 * or colon, which would end the name. */
static void
add_account (GString *config, const OptSettings *settings, const OptServer *server)
{
  g_string_append_printf (config, "account %s\n", opt_settings_get_address (settings));
  add_server (config, server);
}

static void
add_default (GString *config, const OptSettings *settings)
{
  g_string_append_printf (config, "\naccount default : %s\n", opt_settings_get_address (settings));
}

static GBytes *
finish (GString *config, GError **error)
{
  gsize length = 0;

  for (const char *line = config->str; *line != '\0'; line += length + 1)
    {
      length = strcspn (line, "\n");
      if (length > LINE_MAX_BYTES)
        {
          g_string_free (config, TRUE);
          opt_limit_refuse_length (error);
          return NULL;
        }
    }

  return g_string_free_to_bytes (config);
}

/* msmtp takes a sender with one of "?*[" for a pattern of many, and puts names of the machine in
 * place of %U, %H, %C and %M. */
static gboolean
check_sender (const char *address, GError **error)
{
  gboolean literal = strpbrk (address, "?*[") == NULL;

  for (const char *p = address; literal && *p != '\0'; p++)
    literal = *p != '%' || strchr ("UHCM", p[1]) == NULL;

  return literal || opt_limit_refuse_text (address, error);
}

static GBytes *
render_msmtp (const OptSettings *settings, GError **error)
{
  const char *address = opt_settings_get_address (settings);
  GString *config;

  if (!check_sender (address, error))
    return NULL;

  config = g_string_new (NULL);
  add_account (config, settings, opt_settings_get_outgoing (settings));
  g_string_append_printf (config, "from \"%s\"\n", address);
  add_default (config, settings);

  return finish (config, error);
}

/* One file, which mpop makes itself; of a Maildir it wants the folders to be there. An address may
 * have a slash. */
static char *
dup_mbox (const OptSettings *settings)
{
  char *mbox = g_strdup_printf ("%s.mbox", opt_settings_get_address (settings));

  return g_strdelimit (mbox, "/", '_');
}

/* mpop has no days: it keeps everything or nothing. */
static GBytes *
render_mpop (const OptSettings *settings, GError **error)
{
  gboolean keeps = opt_settings_get_leave_on_server (settings) != OPT_LEAVE_ON_SERVER_NEVER;
  g_autofree char *mbox = dup_mbox (settings);
  GString *config = g_string_new (NULL);

  add_account (config, settings, opt_settings_get_incoming (settings));
  g_string_append_printf (config, "keep %s\n", keeps ? "on" : "off");
  g_string_append_printf (config, "delivery mbox ~/%s\n", mbox);
  add_default (config, settings);

  return finish (config, error);
}

/* All that counts, so that however much a file has, little is handed on from account to account. */
static const char *const known[] = {
  "host", "port", "tls",      "tls_starttls", "tls_certcheck",  "tls_fingerprint",
  "auth", "user", "password", "from",         "from_full_name", "keep",
  NULL
};

/* Marks an account that is another by a second name, like the usual `account default : NAME`. */
#define ALIAS ":"

static void
copy_values (OptSection *to, const OptSection *from)
{
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  g_hash_table_iter_init (&iter, from->values);
  while (g_hash_table_iter_next (&iter, &key, &value))
    opt_section_set (to, key, value);
}

/* `NAME` begins with what holds for all, `NAME : OTHER, …` with what others have. They stand
 * before, so nothing goes round in circles. */
static OptSection *
start_account (GPtrArray *accounts, const OptSection *defaults, char *argument, GError **error)
{
  char *bases = strchr (argument, ':');
  OptSection *account;

  if (bases != NULL)
    *bases++ = '\0';
  account = opt_sections_add (accounts, g_strchomp (argument), error);
  if (account == NULL || bases == NULL)
    {
      if (account != NULL)
        copy_values (account, defaults);
      return account;
    }

  while (bases != NULL)
    {
      char *next = strchr (bases, ',');
      const OptSection *base;

      if (next != NULL)
        *next++ = '\0';
      base = opt_sections_find (accounts, g_strstrip (bases));
      if (base != NULL && base != account)
        copy_values (account, base);
      bases = next;
    }
  opt_section_set (account, ALIAS, "");

  return account;
}

static void
set_value (OptSection *account, const char *command, char *argument)
{
  gsize n_bytes = strlen (argument);

  if (account == NULL || !g_strv_contains (known, command))
    return;

  if (n_bytes > 1 && argument[0] == '"' && argument[n_bytes - 1] == '"')
    {
      argument[n_bytes - 1] = '\0';
      argument++;
    }
  g_hash_table_remove (account->values, ALIAS);
  opt_section_set (account, command, argument);
}

/* `eval` and `passwordeval` are commands, which are none of our business. */
static gboolean
read_accounts (OptText *text, GPtrArray *accounts, GPtrArray *defaults, GError **error)
{
  OptSection *account = NULL;
  char *line;

  while ((line = opt_text_next_line (text)) != NULL)
    {
      char *command = g_strstrip (line);
      char *argument = command + strcspn (command, " \t");

      if (*argument != '\0')
        *argument++ = '\0';
      g_strchug (argument);
      if (g_str_equal (command, "defaults"))
        {
          g_ptr_array_set_size (defaults, 0);
          account = opt_sections_add (defaults, command, error);
        }
      else if (g_str_equal (command, "account"))
        {
          account = start_account (accounts, g_ptr_array_index (defaults, 0), argument, error);
          if (account == NULL)
            return FALSE;
        }
      else
        set_value (account, command, argument);
    }

  return TRUE;
}

static OptFoundSecurity
get_security (const OptSection *account)
{
  if (!opt_section_get_switch (account, "tls", FALSE))
    return OPT_FOUND_SECURITY_NONE;

  return opt_section_get_switch (account, "tls_starttls", TRUE) ? OPT_FOUND_SECURITY_STARTTLS
                                                                : OPT_FOUND_SECURITY_TLS;
}

/* mpop always signs in, msmtp only where it is told to. */
static OptFoundAuth
get_auth (const OptSection *account, OptService service)
{
  const char *auth = g_hash_table_lookup (account->values, "auth");

  if (auth == NULL && service == OPT_SERVICE_SMTP)
    return OPT_FOUND_AUTH_NONE;

  return opt_reading_get_auth (auth);
}

static void
add_found (GPtrArray *founds, const OptSection *account, OptService service)
{
  OptFound *found = opt_found_new ();
  OptFoundServer *server = opt_found_add_server (found, service, opt_section_get (account, "host"));
  const char *from = opt_section_get (account, "from");

  server->security = get_security (account);
  opt_reading_set_port (server, service, opt_section_get (account, "port"));
  server->auth = get_auth (account, service);
  server->user = g_strdup (opt_section_get (account, "user"));
  server->any_certificate = !opt_section_get_switch (account, "tls_certcheck", TRUE) &&
                            opt_section_get (account, "tls_fingerprint") == NULL;
  server->holds_password = opt_section_get (account, "password") != NULL;
  if (service == OPT_SERVICE_POP3)
    found->leave_on_server = opt_section_get_switch (account, "keep", FALSE)
                               ? OPT_LEAVE_ON_SERVER_ALWAYS
                               : OPT_LEAVE_ON_SERVER_NEVER;
  found->name = g_strdup (opt_section_get (account, "from_full_name"));
  /* People, and we, call an account by its address. */
  found->address =
    g_strdup (from == NULL && strchr (account->name, '@') != NULL ? account->name : from);
  g_ptr_array_add (founds, found);
}

static gboolean
read_config (GPtrArray *files, GPtrArray *founds, OptService service, GError **error)
{
  g_autoptr (OptText) text = opt_text_new (files, error);
  g_autoptr (GPtrArray) accounts = opt_sections_new ();
  g_autoptr (GPtrArray) defaults = opt_sections_new ();

  opt_sections_add (defaults, "", NULL);
  if (text == NULL || !read_accounts (text, accounts, defaults, error))
    return FALSE;

  for (guint i = 0; i < accounts->len; i++)
    {
      const OptSection *account = g_ptr_array_index (accounts, i);

      if (!g_hash_table_contains (account->values, ALIAS))
        add_found (founds, account, service);
    }

  return TRUE;
}

static gboolean
read_msmtp (GPtrArray *files, GPtrArray *founds, GError **error)
{
  return read_config (files, founds, OPT_SERVICE_SMTP, error);
}

static gboolean
read_mpop (GPtrArray *files, GPtrArray *founds, GError **error)
{
  return read_config (files, founds, OPT_SERVICE_POP3, error);
}

static gboolean
is_config (const OptClientFile *file)
{
  return opt_reading_has_line (file, "account ") && opt_reading_has_line (file, "host ");
}

/* The usual names say whose it is, in whatever form a person has copied them; then what only one of
 * the two knows. */
static gboolean
is_of_mpop (const OptClientFile *file)
{
  static const char *const only_mpop[] = { "delivery ", "keep ",     "only_new ", "uidls_file ",
                                           "killsize ", "skipsize ", "filter ",   NULL };

  if (strstr (file->name, "msmtp") != NULL)
    return FALSE;

  return strstr (file->name, "mpop") != NULL ||
         (opt_reading_has_any_line (file, only_mpop) && !opt_reading_has_line (file, "from "));
}

static gboolean
recognises_mpop (const OptClientFile *file)
{
  return is_config (file) && is_of_mpop (file);
}

static gboolean
recognises_msmtp (const OptClientFile *file)
{
  return is_config (file) && !is_of_mpop (file);
}

static void
find_msmtp_places (const OptMachine *machine, GPtrArray *places)
{
  static const char *const home[] = { ".msmtprc", NULL };
  static const char *const config[] = { "msmtp/config", NULL };

  opt_reading_find_files (machine, places, home, config);
}

static void
find_mpop_places (const OptMachine *machine, GPtrArray *places)
{
  static const char *const home[] = { ".mpoprc", NULL };
  static const char *const config[] = { "mpop/config", NULL };

  opt_reading_find_files (machine, places, home, config);
}

/* How a person tries the account out; the address may have what a shell reads. */
static char *
dup_command (const char *command, const OptSettings *settings)
{
  g_autofree char *quoted = g_shell_quote (opt_settings_get_address (settings));

  return g_strconcat (command, quoted, NULL);
}

static char **
create_msmtp_steps (const OptSettings *settings)
{
  g_autofree char *command = dup_command ("msmtp --serverinfo --account=", settings);
  const char *first =
    _ ("If you have neither “~/.msmtprc” nor “~/.config/msmtp/config” yet, move this "
       "file to the first. Only you may read it, so keep its mode at 600.");
  g_autofree char *add =
    /* Translators: %s is an email address; “account” and “account default” stay as they are. */
    g_strdup_printf (_ ("If you have either, copy the lines from “account %s” on to its end. Leave "
                        "out the line “account default” if another account is to stay the usual "
                        "one."),
                     opt_settings_get_address (settings));
  /* Translators: %s is a command. */
  g_autofree char *try =
    g_strdup_printf (_ ("To see that the server answers, type in a terminal: %s"), command);
  /* Translators: %s is an email address. */
  g_autofree char *password = g_strdup_printf (_ ("There is no password to enter: msmtp finds that "
                                                  "of %s in the keyring, once it is saved there."),
                                               opt_settings_get_address (settings));
  const char *steps[] = { first, add, try, password, NULL };

  return g_strdupv ((char **) steps);
}

static char **
create_mpop_steps (const OptSettings *settings)
{
  g_autofree char *command = dup_command ("mpop -- ", settings);
  g_autofree char *mbox = dup_mbox (settings);
  const char *first =
    _ ("If you have neither “~/.mpoprc” nor “~/.config/mpop/config” yet, move this "
       "file to the first. Only you may read it, so keep its mode at 600.");
  g_autofree char *add =
    /* Translators: %s is an email address; “account” and “account default” stay as they are. */
    g_strdup_printf (_ ("If you have either, copy the lines from “account %s” on to its end. Leave "
                        "out the line “account default” if another account is to stay the usual "
                        "one."),
                     opt_settings_get_address (settings));
  g_autofree char *deliver =
    /* Translators: %s is the name of a file; “delivery” stays as it is. */
    g_strdup_printf (_ ("Your mail will be added to the file “~/%s”. Change "
                        "the line “delivery” if you want it elsewhere."),
                     mbox);
  /* Translators: %s is a command. */
  g_autofree char *fetch =
    g_strdup_printf (_ ("To fetch your mail, type in a terminal: %s"), command);
  const char *leave =
    opt_settings_get_leave_on_server (settings) != OPT_LEAVE_ON_SERVER_NEVER
      ? _ ("mpop cannot remove mail from the server after some days: it leaves everything there. "
           "Change “keep on” to “keep off” to have mail removed as soon as it is fetched.")
      : _ ("Mail is removed from the server as soon as it is fetched. Change “keep off” to “keep "
           "on” to leave it there.");
  const char *steps[] = { first, add, deliver, fetch, leave, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_msmtp = {
  .id = "msmtp",
  .name = N_ ("msmtp (sends)"),
  .icon_name = "utilities-terminal-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .leaves = OPT_CLIENT_LEAVES_RECEIVING,
  .file_name = "optsetup.msmtprc",
  .media_type = "text/plain",
  .traces = msmtp_traces,
  .render = render_msmtp,
  .create_steps = create_msmtp_steps,
  .find_places = find_msmtp_places,
  .recognises = recognises_msmtp,
  .read = read_msmtp,
  .password_path = N_ ("msmtp finds it in the keyring by itself."),
  .proof = "msmtp.test_sends",
  .tried =
    N_ ("msmtp 1.8.23 on Debian sent mail with it, by TLS and by STARTTLS. It only sends, so "
        "the way in does not matter."),
};

const OptClient opt_client_mpop = {
  .id = "mpop",
  .name = N_ ("mpop (fetches)"),
  .icon_name = "utilities-terminal-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_POP3,
  .leaves = OPT_CLIENT_LEAVES_SENDING,
  .file_name = "optsetup.mpoprc",
  .media_type = "text/plain",
  .traces = mpop_traces,
  .render = render_mpop,
  .create_steps = create_mpop_steps,
  .find_places = find_mpop_places,
  .recognises = recognises_mpop,
  .read = read_mpop,
  .password_path = N_ ("mpop finds it in the keyring by itself."),
  .proof = "mpop.test_fetches",
  .tried = N_ ("mpop 1.4.18 on Debian fetched mail with it, by TLS and by STARTTLS. It leaves all "
               "mail on the server or none; it cannot count days."),
};
