/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* getmail fetches mail into a folder. It reads its file with Python's RawConfigParser, where a
 * value is the rest of the line as it stands, and evaluates password_command as a tuple. It checks
 * certificates only if it is told against what. It knows no STARTTLS, and by IMAP only passwords in
 * ASCII, so it gets POP3 with TLS. */
#include "opt-client.h"
#include "opt-limit.h"
#include "opt-lookup.h"
#include "opt-reading.h"
#include "opt-sections.h"
#include "opt-terminal.h"
#include "opt-text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Debian, Ubuntu and Arch; the steps speak of the others. */
#define AUTHORITIES "/etc/ssl/certs/ca-certificates.crt"

static void
add_retriever (GString *file, const OptServer *server, char **lookup)
{
  g_autofree char *command = g_strjoinv ("\", \"", lookup);

  g_string_append_printf (file,
                          "[retriever]\n"
                          "type = SimplePOP3SSLRetriever\n"
                          "server = %s\n"
                          "port = %u\n"
                          "username = %s\n"
                          "password_command = (\"%s\")\n"
                          "ca_certs = " AUTHORITIES "\n",
                          opt_server_get_host (server),
                          (guint) opt_server_get_port (server),
                          opt_server_get_user (server),
                          command);
}

static void
add_options (GString *file, guint days)
{
  g_string_append_printf (file,
                          "[options]\n"
                          "delete = %s\n",
                          days == OPT_LEAVE_ON_SERVER_NEVER ? "true" : "false");
  if (days != OPT_LEAVE_ON_SERVER_NEVER && days != OPT_LEAVE_ON_SERVER_ALWAYS)
    g_string_append_printf (file, "delete_after = %u\n", days);
  g_string_append (file, "read_all = false\n");
}

static GBytes *
render (const OptSettings *settings, GError **error)
{
  OptServer *server = opt_settings_get_incoming (settings);
  g_autofree char *label = opt_terminal_create_label (settings);
  g_auto (GStrv) lookup = NULL;
  GString *file;

  if (opt_server_get_security (server) != OPT_SECURITY_TLS)
    {
      opt_limit_refuse_security (server, error);
      return NULL;
    }

  lookup = opt_lookup_create_arguments (server, error);
  if (lookup == NULL)
    return NULL;

  file = g_string_new (NULL);
  add_retriever (file, server, lookup);
  g_string_append_printf (file,
                          "\n[destination]\ntype = Maildir\npath = ~/Mail/getmail/%s/\n\n",
                          label);
  add_options (file, opt_settings_get_leave_on_server (settings));

  return g_string_free_to_bytes (file);
}

/* Types are SimplePOP3Retriever, BrokenUIDLPOP3SSLRetriever, MultidropIMAPSSLRetriever … */
static gboolean
get_service (const char *type, OptService *service)
{
  *service = type != NULL && strstr (type, "IMAP") != NULL ? OPT_SERVICE_IMAP : OPT_SERVICE_POP3;

  return type != NULL && (strstr (type, "IMAP") != NULL || strstr (type, "POP3") != NULL);
}

static OptFoundAuth
get_auth (const OptSection *retriever)
{
  static const struct
  {
    const char *key;
    OptFoundAuth auth;
  } kinds[] = {
    { "use_apop", OPT_FOUND_AUTH_CHALLENGE },
    { "use_cram_md5", OPT_FOUND_AUTH_CHALLENGE },
    { "use_xoauth2", OPT_FOUND_AUTH_OTHER },
    { "use_kerberos", OPT_FOUND_AUTH_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (opt_section_get_switch (retriever, kinds[i].key, FALSE))
      return kinds[i].auth;

  return OPT_FOUND_AUTH_PASSWORD;
}

static guint
get_leave_on_server (const OptSection *options)
{
  guint days = options != NULL ? opt_section_get_number (options, "delete_after", 0) : 0;

  if (options != NULL && opt_section_get_switch (options, "delete", FALSE))
    return OPT_LEAVE_ON_SERVER_NEVER;

  return days == 0 ? OPT_LEAVE_ON_SERVER_ALWAYS : MIN (days, OPT_LEAVE_ON_SERVER_MAX_DAYS);
}

static void
add_found (GPtrArray *founds, const OptSection *retriever, const OptSection *options)
{
  const char *type = opt_section_get (retriever, "type");
  OptService service;
  OptFound *found;
  OptFoundServer *server;

  if (!get_service (type, &service))
    return;

  found = opt_found_new ();
  server = opt_found_add_server (found, service, opt_section_get (retriever, "server"));
  server->security =
    strstr (type, "SSL") != NULL ? OPT_FOUND_SECURITY_TLS : OPT_FOUND_SECURITY_NONE;
  opt_reading_set_port (server, service, opt_section_get (retriever, "port"));
  server->auth = get_auth (retriever);
  server->user = g_strdup (opt_section_get (retriever, "username"));
  server->any_certificate = server->security == OPT_FOUND_SECURITY_TLS &&
                            opt_section_get (retriever, "ca_certs") == NULL &&
                            opt_section_get (retriever, "ssl_fingerprints") == NULL;
  server->holds_password = opt_section_get (retriever, "password") != NULL;
  if (service == OPT_SERVICE_POP3)
    found->leave_on_server = get_leave_on_server (options);
  g_ptr_array_add (founds, found);
}

static gboolean
recognises (const OptClientFile *file)
{
  return opt_reading_has_line (file, "[retriever]");
}

/* The folder also has what getmail remembers, which is none of our business. */
static gboolean
read_config (GPtrArray *files, GPtrArray *founds, GError **error)
{
  g_autoptr (OptText) text = NULL;
  g_autoptr (GPtrArray) sections = NULL;
  const OptSection *retriever;

  if (!recognises (g_ptr_array_index (files, 0)))
    return TRUE;

  text = opt_text_new (files, error);
  if (text != NULL)
    sections = opt_sections_read (text, OPT_SECTIONS_PYTHON, error);
  if (sections == NULL)
    return FALSE;

  retriever = opt_sections_find (sections, "retriever");
  if (retriever != NULL)
    add_found (founds, retriever, opt_sections_find (sections, "options"));

  return TRUE;
}

static void
find_places (const OptMachine *machine, GPtrArray *places)
{
  opt_reading_find_folder (machine, places, ".getmail", "getmail");
}

static char **
create_steps (const OptSettings *settings)
{
  g_autofree char *label = opt_terminal_create_label (settings);
  g_autofree char *make = g_strdup_printf ("mkdir -p -m 700 ~/.config/getmail "
                                           "~/Mail/getmail/%1$s/cur ~/Mail/getmail/%1$s/new "
                                           "~/Mail/getmail/%1$s/tmp",
                                           label);
  g_autofree char *folders = opt_terminal_create_run_step (make);
  g_autofree char *save =
    /* Translators: %s is the name of a file; “~/.config/getmail” stays as it is. */
    g_strdup_printf (_ ("Save the file as “%s” in the folder “~/.config/getmail”."), label);
  /* Translators: “ca_certs” and the paths stay as they are. */
  const char *authorities = _ ("On Fedora, put “/etc/pki/tls/certs/ca-bundle.crt” after "
                               "“ca_certs =”.");
  g_autofree char *command =
    g_strdup_printf ("getmail --getmaildir ~/.config/getmail --rcfile %s", label);
  g_autofree char *run = opt_terminal_create_run_step (command);
  const char *steps[] = { opt_terminal_get_keyring_step (), folders, save, authorities, run, NULL };

  return g_strdupv ((char **) steps);
}

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "getmail" },
  { OPT_TRACE_CONFIG_FOLDER, "getmail" },
  { OPT_TRACE_HOME_FOLDER, ".getmail" },
  { OPT_TRACE_NONE },
};

const OptClient opt_client_getmail = {
  .id = "getmail",
  .name = N_ ("getmail"),
  .icon_name = "utilities-terminal-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_POP3,
  .leaves = OPT_CLIENT_LEAVES_SENDING,
  .file_name = "getmail.getmailrc",
  .media_type = "text/plain",
  .traces = traces,
  .render = render,
  .create_steps = create_steps,
  .find_places = find_places,
  .recognises = recognises,
  .read = read_config,
  .password_path = N_ ("It takes it out of the keyring, by the program secret-tool."),
  .proof = "getmail.test_fetches",
  .tried = N_ ("Fetched mail with getmail 6.18 on Debian; only receives mail, with TLS from the "
               "start. Not tried on a Mac."),
};
