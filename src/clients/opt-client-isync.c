/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* isync's mbsync keeps a copy of an IMAP mailbox in a folder. In its file an argument with a space
 * stands in double quotes, which toggle; a backslash escapes. Nothing that we write needs one: the
 * look-up admits only plain names. */
#include "opt-client.h"
#include "opt-lookup.h"
#include "opt-reading.h"
#include "opt-sections.h"
#include "opt-terminal.h"
#include "opt-text.h"

#include <glib/gi18n-lib.h>

/* A section ends at an empty line (mbsync(1)). Mail that is deleted on one side stays on the other
 * until the person sets Expunge. */
static const char format[] = "IMAPAccount %1$s\n"
                             "Host %2$s\n"
                             "Port %3$u\n"
                             "SSLType %4$s\n"
                             "User %5$s\n"
                             "PassCmd \"%6$s\"\n"
                             "\n"
                             "IMAPStore %1$s-remote\n"
                             "Account %1$s\n"
                             "\n"
                             "MaildirStore %1$s-local\n"
                             "Path ~/Mail/isync/%1$s/\n"
                             "Inbox ~/Mail/isync/%1$s/INBOX\n"
                             "SubFolders Verbatim\n"
                             "\n"
                             "Channel %1$s\n"
                             "Far :%1$s-remote:\n"
                             "Near :%1$s-local:\n"
                             "Patterns *\n"
                             "Create Near\n"
                             "SyncState *\n";

static GBytes *
render (const OptSettings *settings, GError **error)
{
  OptServer *server = opt_settings_get_incoming (settings);
  gboolean tls = opt_server_get_security (server) == OPT_SECURITY_TLS;
  g_autofree char *label = opt_terminal_create_label (settings);
  g_autofree char *command = opt_lookup_create_command (server, error);
  GString *file;

  if (command == NULL)
    return NULL;

  file = g_string_new (NULL);
  g_string_printf (file,
                   format,
                   label,
                   opt_server_get_host (server),
                   (guint) opt_server_get_port (server),
                   tls ? "IMAPS" : "STARTTLS",
                   opt_server_get_user (server),
                   command);

  return g_string_free_to_bytes (file);
}

static const OptWordSyntax syntax = { .ends = "" };

/* A store can name an account or be one. */
static gboolean
is_account (const char *keyword)
{
  return g_ascii_strcasecmp (keyword, "IMAPAccount") == 0 ||
         g_ascii_strcasecmp (keyword, "IMAPStore") == 0;
}

static gboolean
starts_section (const char *keyword)
{
  static const char *const others[] = { "MaildirStore", "Channel", "Group" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_ascii_strcasecmp (keyword, others[i]) == 0)
      return TRUE;

  return is_account (keyword);
}

/* Of several arguments only those of AuthMechs count, and they need no quotes. */
static void
set_value (OptSection *section, char *keyword, char *rest)
{
  const char *value;

  for (char *p = keyword; *p != '\0'; p++)
    *p = g_ascii_tolower (*p);
  value = g_str_equal (keyword, "authmechs") ? g_strstrip (rest)
                                             : opt_text_next_word (&rest, &syntax, NULL);
  opt_section_set (section, keyword, value != NULL ? value : "");
}

static GPtrArray *
read_sections (OptText *text, GError **error)
{
  g_autoptr (GPtrArray) sections = opt_sections_new ();
  OptSection *section = NULL;
  char *line;

  while ((line = opt_text_next_line (text)) != NULL)
    {
      char *rest = line;
      char *keyword = opt_text_next_word (&rest, &syntax, NULL);

      if (keyword == NULL && *rest == '\0')
        section = NULL;
      else if (keyword != NULL && starts_section (keyword))
        {
          const char *name = opt_text_next_word (&rest, &syntax, NULL);

          section = opt_sections_add (sections, name != NULL ? name : "", error);
          if (section == NULL)
            return NULL;
          if (!is_account (keyword))
            section = NULL;
        }
      else if (keyword != NULL && section != NULL)
        set_value (section, keyword, rest);
    }

  return g_steal_pointer (&sections);
}

/* Since 1.5 it is TLSType; before 1.2 there were two switches. */
static OptFoundSecurity
get_security (const OptSection *section)
{
  const char *type = opt_section_get (section, "tlstype");

  if (type == NULL)
    type = opt_section_get (section, "ssltype");
  if (type == NULL && opt_section_get_switch (section, "useimaps", FALSE))
    return OPT_FOUND_SECURITY_TLS;
  if (type == NULL)
    return opt_section_get_switch (section, "requiressl", TRUE)
             ? OPT_FOUND_SECURITY_STARTTLS
             : OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED;

  if (g_ascii_strcasecmp (type, "IMAPS") == 0)
    return OPT_FOUND_SECURITY_TLS;

  return g_ascii_strcasecmp (type, "None") == 0 ? OPT_FOUND_SECURITY_NONE
                                                : OPT_FOUND_SECURITY_STARTTLS;
}

static void
add_found (GPtrArray *founds, const OptSection *section)
{
  OptFound *found = opt_found_new ();
  OptFoundServer *server =
    opt_found_add_server (found, OPT_SERVICE_IMAP, opt_section_get (section, "host"));

  server->security = get_security (section);
  opt_reading_set_port (server, OPT_SERVICE_IMAP, opt_section_get (section, "port"));
  server->auth = opt_reading_get_auth (opt_section_get (section, "authmechs"));
  server->user = g_strdup (opt_section_get (section, "user"));
  server->holds_password = opt_section_get (section, "pass") != NULL;
  g_ptr_array_add (founds, found);
}

static gboolean
read_config (GPtrArray *files, GPtrArray *founds, GError **error)
{
  g_autoptr (OptText) text = opt_text_new (files, error);
  g_autoptr (GPtrArray) sections = text != NULL ? read_sections (text, error) : NULL;

  if (sections == NULL)
    return FALSE;

  for (guint i = 0; i < sections->len; i++)
    {
      const OptSection *section = g_ptr_array_index (sections, i);

      /* Through a tunnel it talks to a command, not to a server. */
      if (opt_section_get (section, "host") != NULL && opt_section_get (section, "tunnel") == NULL)
        add_found (founds, section);
    }

  return TRUE;
}

static gboolean
recognises (const OptClientFile *file)
{
  return (opt_reading_has_line (file, "IMAPAccount ") ||
          opt_reading_has_line (file, "IMAPStore ")) &&
         opt_reading_has_line (file, "Host ");
}

static void
find_places (const OptMachine *machine, GPtrArray *places)
{
  static const char *const home[] = { ".mbsyncrc", NULL };
  static const char *const config[] = { "isyncrc", NULL };

  opt_reading_find_files (machine, places, home, config);
}

static char **
create_steps (const OptSettings *settings)
{
  g_autofree char *label = opt_terminal_create_label (settings);
  g_autofree char *make = g_strdup_printf ("mkdir -p ~/Mail/isync/%s", label);
  g_autofree char *folder = opt_terminal_create_run_step (make);
  const char *save =
    /* Translators: “~/.mbsyncrc” stays as it is. */
    _ ("Save the file as “~/.mbsyncrc” in your home folder. If you have such a "
       "file, do not replace it: add an empty line and the exported lines to its end.");
  g_autofree char *command = g_strdup_printf ("mbsync %s", label);
  g_autofree char *run = opt_terminal_create_run_step (command);
  const char *steps[] = { opt_terminal_get_keyring_step (), folder, save, run, NULL };

  return g_strdupv ((char **) steps);
}

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "mbsync" },
  { OPT_TRACE_NONE },
};

const OptClient opt_client_isync = {
  .id = "isync",
  .name = N_ ("isync (mbsync)"),
  .icon_name = "utilities-terminal-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP,
  .leaves = OPT_CLIENT_LEAVES_SENDING,
  .file_name = "isync.mbsyncrc",
  .media_type = "text/plain",
  .traces = traces,
  .render = render,
  .create_steps = create_steps,
  .find_places = find_places,
  .recognises = recognises,
  .read = read_config,
  .password_path = N_ ("It takes it out of the keyring, by the program secret-tool."),
  .proof = "isync.test_fetches",
  .tried = N_ ("Fetched mail with mbsync 1.4 on Debian, with TLS and STARTTLS; only receives mail. "
               "Not tried on a Mac."),
};
