/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* fetchmail takes mail from the server and gives it to the machine's own mail system. It has no way
 * to ask a keyring or run a command for the password: it asks the person, or reads ~/.netrc, which
 * is theirs to write. What belongs to the server has to stand before `user`. */
#include "opt-client.h"

#include <glib/gi18n-lib.h>

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
  .file_name = "optsetup.fetchmailrc",
  .media_type = "text/plain",
  .traces = traces,
  .render = render,
  .create_steps = create_steps,
  .password_path = N_ ("fetchmail asks for it each time; it has no way to look into the keyring."),
  .proof = "fetchmail.test_fetches",
  .tried = N_ ("fetchmail 6.4.37 on Debian fetched mail with it, by TLS and by STARTTLS. It leaves "
               "all mail on the server or none; it cannot count days."),
};
