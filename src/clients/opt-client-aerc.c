/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* aerc's accounts.conf. Its parser (go-ini) takes what stands between the first and the last
 * backtick of a line as it is, but for %(key)s, which becomes another key's value. In there is an
 * RFC 5322 mailbox, which Go's net/mail reads. */
#include "opt-client.h"
#include "opt-lookup.h"
#include "opt-reading.h"
#include "opt-sections.h"
#include "opt-terminal.h"
#include "opt-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Within a quoted string (RFC 5322 §3.2.4) a backslash may stand before any visible character: it
 * keeps a parenthesis apart from the % before it. */
static void
add_from (GString *file, const OptSettings *settings)
{
  const char *name = opt_settings_get_name (settings);

  g_string_append (file, "from = `");
  if (name[0] != '\0')
    {
      g_string_append_c (file, '"');
      for (const char *p = name; *p != '\0'; p++)
        {
          if (strchr ("\"\\(", *p) != NULL)
            g_string_append_c (file, '\\');
          g_string_append_c (file, *p);
        }
      g_string_append (file, "\" ");
    }
  g_string_append_printf (file, "<%s>`\n", opt_settings_get_address (settings));
}

static gboolean
add_server (GString *file, const OptServer *server, GError **error)
{
  gboolean incoming = opt_server_get_service (server) != OPT_SERVICE_SMTP;
  gboolean tls = opt_server_get_security (server) == OPT_SECURITY_TLS;
  const char *key = incoming ? "source" : "outgoing";
  g_autofree char *user = g_uri_escape_string (opt_server_get_user (server), NULL, FALSE);
  g_autofree char *command = opt_lookup_create_command (server, error);

  if (command == NULL)
    return FALSE;

  g_string_append_printf (file,
                          "%s = %s%s%s://%s@%s:%u\n"
                          "%s-cred-cmd = %s\n",
                          key,
                          incoming ? "imap" : "smtp",
                          tls ? "s" : "",
                          incoming ? "" : "+plain",
                          user,
                          opt_server_get_host (server),
                          (guint) opt_server_get_port (server),
                          key,
                          command);
  /* Without it versions before 0.15 send nothing; later ones always use STARTTLS. */
  if (!incoming && !tls)
    g_string_append (file, "smtp-starttls = yes\n");

  return TRUE;
}

static GBytes *
render (const OptSettings *settings, GError **error)
{
  g_autofree char *label = opt_terminal_create_label (settings);
  g_autoptr (GString) file = g_string_new (NULL);

  g_string_printf (file, "[%s]\n", label);
  if (!add_server (file, opt_settings_get_incoming (settings), error) ||
      !add_server (file, opt_settings_get_outgoing (settings), error))
    return NULL;

  add_from (file, settings);
  g_string_append (file, "default = INBOX\n");

  return g_string_free_to_bytes (g_steal_pointer (&file));
}

/* Takes off a pair of quotes. */
static char *
dup_value (const OptSection *section, const char *key)
{
  const char *value = opt_section_get (section, key);
  gsize n_bytes = value != NULL ? strlen (value) : 0;

  if (n_bytes > 1 && strchr ("`\"'", value[0]) != NULL && value[n_bytes - 1] == value[0])
    return g_strndup (value + 1, n_bytes - 2);

  return g_strdup (value);
}

static gboolean
has_part (char **scheme, const char *part)
{
  return g_strv_contains ((const char *const *) scheme, part);
}

static OptFoundSecurity
get_security (const OptSection *section, char **scheme, const char *plain)
{
  if (!g_str_equal (scheme[0], plain))
    return OPT_FOUND_SECURITY_TLS;

  if (has_part (scheme, "insecure") ||
      (g_str_equal (plain, "smtp") && !opt_section_get_switch (section, "smtp-starttls", FALSE)))
    return OPT_FOUND_SECURITY_NONE;

  return OPT_FOUND_SECURITY_STARTTLS;
}

/* `smtp+login` has how to sign in behind the plus. */
static OptFoundAuth
get_auth (char **scheme)
{
  static const char *const mechanisms[] = { "none", "login", "oauthbearer", "xoauth2" };

  for (guint i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    if (has_part (scheme, mechanisms[i]))
      return opt_reading_get_auth (mechanisms[i]);

  return OPT_FOUND_AUTH_PASSWORD;
}

/* What is no URL, or another kind of mailbox, is no server. */
static void
add_found_server (OptFound *found, const OptSection *section, OptService service)
{
  gboolean incoming = service == OPT_SERVICE_IMAP;
  const char *plain = incoming ? "imap" : "smtp";
  const char *key = incoming ? "source" : "outgoing";
  g_autoptr (OptUrl) url = opt_url_parse (opt_section_get (section, key), NULL);
  g_auto (GStrv) scheme = url != NULL ? g_strsplit (url->scheme, "+", 8) : NULL;
  OptFoundServer *server;

  if (scheme == NULL || scheme[0] == NULL || !g_str_has_prefix (scheme[0], plain))
    return;

  server = opt_reading_add_url (found, service, url, get_security (section, scheme, plain));
  server->auth = get_auth (scheme);
  /* It never uses the old port by itself. */
  if (!incoming && url->port == NULL && server->security != OPT_FOUND_SECURITY_TLS)
    server->port = opt_server_get_usual_port (OPT_SERVICE_SMTP, OPT_SECURITY_STARTTLS);
}

static gboolean
read_config (GPtrArray *files, GPtrArray *founds, GError **error)
{
  g_autoptr (OptText) text = opt_text_new (files, error);
  g_autoptr (GPtrArray) sections =
    text != NULL ? opt_sections_read (text, OPT_SECTIONS_GO, error) : NULL;

  if (sections == NULL)
    return FALSE;

  for (guint i = 0; i < sections->len; i++)
    {
      const OptSection *section = g_ptr_array_index (sections, i);
      g_autofree char *from = dup_value (section, "from");
      OptFound *found = opt_found_new ();

      opt_reading_take_mailbox (found, from);
      add_found_server (found, section, OPT_SERVICE_IMAP);
      add_found_server (found, section, OPT_SERVICE_SMTP);
      g_ptr_array_add (founds, found);
    }

  return TRUE;
}

static gboolean
recognises (const OptClientFile *file)
{
  return opt_reading_has_line (file, "[") && opt_reading_has_line (file, "source") &&
         opt_reading_has_line (file, "outgoing") && opt_reading_has_line (file, "from");
}

static void
find_places (const OptMachine *machine, GPtrArray *places)
{
  static const char *const config[] = { "aerc/accounts.conf", NULL };

  opt_reading_find_files (machine, places, NULL, config);
}

static char **
create_steps (const OptSettings *settings)
{
  gboolean tls = opt_server_get_security (opt_settings_get_outgoing (settings)) == OPT_SECURITY_TLS;
  g_autofree char *label = opt_terminal_create_label (settings);
  /* Translators: the names of the file and of the folder stay as they are. */
  const char *save = _ ("Save the file as “accounts.conf” in the folder “~/.config/aerc”. If you "
                        "have such a file, do not replace it: add the exported lines to its end.");
  /* Translators: %s is a command. */
  g_autofree char *mode = g_strdup_printf (_ ("Let nobody else read it, or aerc will not either: "
                                              "%s"),
                                           "chmod 600 ~/.config/aerc/accounts.conf");
  g_autofree char *run =
    /* Translators: %s is the name of an account. */
    g_strdup_printf (_ ("In a terminal, run “aerc” and open the tab “%s”."), label);
  /* Translators: “smtp-starttls” stays as it is. */
  const char *warning = _ ("If aerc says that “smtp-starttls” is deprecated, take that line out.");
  const char *steps[] = {
    opt_terminal_get_keyring_step (), save, mode, run, tls ? NULL : warning, NULL
  };

  return g_strdupv ((char **) steps);
}

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "aerc" },
  { OPT_TRACE_CONFIG_FOLDER, "aerc" },
  { OPT_TRACE_NONE },
};

const OptClient opt_client_aerc = {
  .id = "aerc",
  .name = N_ ("aerc"),
  .icon_name = "utilities-terminal-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP,
  .leaves = OPT_CLIENT_LEAVES_SENDING,
  .file_name = "aerc-accounts.conf",
  .media_type = "text/plain",
  .traces = traces,
  .render = render,
  .create_steps = create_steps,
  .find_places = find_places,
  .recognises = recognises,
  .read = read_config,
  .password_path = N_ ("It takes it out of the keyring, by the program secret-tool."),
  .proof = "aerc.test_sends",
  .tried = N_ ("Signed in and sent mail with aerc 0.14 on Debian, with TLS and STARTTLS. In mail "
               "that it sends, it turns quotation marks in a name into apostrophes and leaves "
               "backslashes out. Not tried on a Mac."),
};
