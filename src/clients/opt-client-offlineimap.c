/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* OfflineIMAP keeps a copy of an IMAP mailbox in a folder. It reads its file with Python's
 * ConfigParser, where a % would have to be doubled; the look-up admits none. Its STARTTLS checks no
 * certificate and goes on without when the server offers none, so that is refused. */
#include "opt-client.h"
#include "opt-limit.h"
#include "opt-lookup.h"
#include "opt-reading.h"
#include "opt-sections.h"
#include "opt-terminal.h"
#include "opt-text.h"

#include <glib/gi18n-lib.h>

static const char format[] =
  "[general]\n"
  "accounts = %1$s\n"
  "ui = basic\n"
  "\n"
  "[Account %1$s]\n"
  "localrepository = %1$s-local\n"
  "remoterepository = %1$s-remote\n"
  "\n"
  "[Repository %1$s-local]\n"
  "type = Maildir\n"
  "localfolders = ~/Mail/offlineimap/%1$s\n"
  "\n"
  "[Repository %1$s-remote]\n"
  "type = IMAP\n"
  "remotehost = %2$s\n"
  "remoteport = %3$u\n"
  "ssl = yes\n"
  "starttls = no\n"
  "sslcacertfile = OS-DEFAULT\n"
  "remoteuser = %4$s\n"
  "remotepasseval = __import__(\"subprocess\").check_output([\"%5$s\"]).decode(\"utf-8\")\n";

static GBytes *
render (const OptSettings *settings, GError **error)
{
  OptServer *server = opt_settings_get_incoming (settings);
  g_autofree char *label = opt_terminal_create_label (settings);
  g_auto (GStrv) lookup = NULL;
  g_autofree char *command = NULL;
  GString *file;

  if (opt_server_get_security (server) != OPT_SECURITY_TLS)
    {
      /* It would check no certificate. */
      opt_limit_refuse_security (server, error);
      return NULL;
    }

  lookup = opt_lookup_create_arguments (server, error);
  if (lookup == NULL)
    return NULL;

  command = g_strjoinv ("\", \"", lookup);
  file = g_string_new (NULL);
  g_string_printf (file,
                   format,
                   label,
                   opt_server_get_host (server),
                   (guint) opt_server_get_port (server),
                   opt_server_get_user (server),
                   command);

  return g_string_free_to_bytes (file);
}

/* Python puts other values in place of %(name)s, and a % in place of two. */
static char *
dup_value (const OptSection *section, const char *key)
{
  const char *value = opt_section_get (section, key);
  GString *text;

  if (value == NULL)
    return NULL;

  text = g_string_new (NULL);
  for (const char *p = value; *p != '\0'; p++)
    if (p[0] == '%' && p[1] == '%')
      g_string_append_c (text, *p++);
    else
      g_string_append_c (text, *p == '%' ? OPT_TEXT_COMPUTED : *p);

  return g_string_free (text, FALSE);
}

/* Its STARTTLS is what the server makes of it. */
static OptFoundSecurity
get_security (const OptSection *section)
{
  if (opt_section_get_switch (section, "ssl", TRUE))
    return OPT_FOUND_SECURITY_TLS;

  return opt_section_get_switch (section, "starttls", TRUE) ? OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED
                                                            : OPT_FOUND_SECURITY_NONE;
}

static void
add_found (GPtrArray *founds, const OptSection *section)
{
  OptFound *found = opt_found_new ();
  g_autofree char *host = dup_value (section, "remotehost");
  OptFoundServer *server = opt_found_add_server (found, OPT_SERVICE_IMAP, host);

  server->security = get_security (section);
  opt_reading_set_port (server, OPT_SERVICE_IMAP, opt_section_get (section, "remoteport"));
  server->auth = opt_reading_get_auth (opt_section_get (section, "auth_mechanisms"));
  server->user = dup_value (section, "remoteuser");
  server->any_certificate = server->security != OPT_FOUND_SECURITY_TLS ||
                            (opt_section_get (section, "sslcacertfile") == NULL &&
                             opt_section_get (section, "cert_fingerprint") == NULL);
  server->holds_password = opt_section_get (section, "remotepass") != NULL;
  g_ptr_array_add (founds, found);
}

static gboolean
recognises (const OptClientFile *file)
{
  return opt_reading_has_line (file, "[general]") && opt_reading_has_line (file, "[Repository ");
}

/* The folder may have more than settings. */
static gboolean
read_config (GPtrArray *files, GPtrArray *founds, GError **error)
{
  g_autoptr (OptText) text = NULL;
  g_autoptr (GPtrArray) sections = NULL;

  if (!recognises (g_ptr_array_index (files, 0)))
    return TRUE;

  text = opt_text_new (files, error);
  if (text != NULL)
    sections = opt_sections_read (text, OPT_SECTIONS_PYTHON, error);
  if (sections == NULL)
    return FALSE;

  for (guint i = 0; i < sections->len; i++)
    {
      const OptSection *section = g_ptr_array_index (sections, i);

      if (g_str_has_prefix (section->name, "Repository ") &&
          opt_section_get (section, "remotehost") != NULL)
        add_found (founds, section);
    }

  return TRUE;
}

static void
find_places (const OptMachine *machine, GPtrArray *places)
{
  static const char *const home[] = { ".offlineimaprc", NULL };

  opt_reading_find_files (machine, places, home, NULL);
  opt_reading_find_folder (machine, places, ".offlineimap", "offlineimap");
}

static char **
create_steps (const OptSettings *settings)
{
  g_autofree char *label = opt_terminal_create_label (settings);
  g_autofree char *save =
    /* Translators: %s is the name of a file; “~/.config/offlineimap” stays as it is. */
    g_strdup_printf (_ ("Save the file as “%s” in the folder “~/.config/offlineimap”, beside a "
                        "configuration that may be there."),
                     label);
  const char *both = _ ("Know that it works both ways: what you delete in the folder is deleted on "
                        "the server, too.");
  g_autofree char *command = g_strdup_printf ("offlineimap -c ~/.config/offlineimap/%s", label);
  g_autofree char *run = opt_terminal_create_run_step (command);
  const char *steps[] = { opt_terminal_get_keyring_step (), save, both, run, NULL };

  return g_strdupv ((char **) steps);
}

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "offlineimap" },
  { OPT_TRACE_CONFIG_FOLDER, "offlineimap" },
  { OPT_TRACE_HOME_FOLDER, ".offlineimap" },
  { OPT_TRACE_NONE },
};

const OptClient opt_client_offlineimap = {
  .id = "offlineimap",
  .name = N_ ("OfflineIMAP"),
  .icon_name = "utilities-terminal-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP,
  .leaves = OPT_CLIENT_LEAVES_SENDING,
  .file_name = "offlineimap.offlineimaprc",
  .media_type = "text/plain",
  .traces = traces,
  .render = render,
  .create_steps = create_steps,
  .find_places = find_places,
  .recognises = recognises,
  .read = read_config,
  .password_path = N_ ("It takes it out of the keyring, by the program secret-tool."),
  .proof = "offlineimap.test_fetches",
  .tried = N_ ("Fetched mail with OfflineIMAP 8.0 on Debian; only receives mail and has no safe "
               "STARTTLS. Not tried on a Mac."),
};
