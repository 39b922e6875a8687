/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* msmtp, which sends, and mpop, which fetches: two small programs with one syntax. A line is a
 * command and its argument; there are no escapes, only one outer pair of quotes that is taken off.
 * Each looks into the keyring by itself for the host, the service and the user name that OptSetup
 * keeps a password under, so nothing here speaks of a password. No defaults are set, so that the
 * lines can go into a file that has other accounts. */
#include "opt-client.h"
#include "opt-error.h"

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
          g_set_error (error,
                       OPT_ERROR,
                       OPT_ERROR_CLIENT_VALUE,
                       "a line would be longer than %d bytes",
                       LINE_MAX_BYTES);
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

  if (!literal)
    g_set_error (error,
                 OPT_ERROR,
                 OPT_ERROR_CLIENT_VALUE,
                 "msmtp would take the address for a pattern");

  return literal;
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
  /* Translators: %s is an email address; “account” and “account default” stay as they are. */
  g_autofree char *add =
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
  /* Translators: %s is an email address; “account” and “account default” stay as they are. */
  g_autofree char *add =
    g_strdup_printf (_ ("If you have either, copy the lines from “account %s” on to its end. Leave "
                        "out the line “account default” if another account is to stay the usual "
                        "one."),
                     opt_settings_get_address (settings));
  /* Translators: %s is the name of a file; “delivery” stays as it is. */
  g_autofree char *deliver =
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
  .file_name = "optsetup.msmtprc",
  .media_type = "text/plain",
  .traces = msmtp_traces,
  .render = render_msmtp,
  .create_steps = create_msmtp_steps,
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
  .file_name = "optsetup.mpoprc",
  .media_type = "text/plain",
  .traces = mpop_traces,
  .render = render_mpop,
  .create_steps = create_mpop_steps,
  .password_path = N_ ("mpop finds it in the keyring by itself."),
  .proof = "mpop.test_fetches",
  .tried = N_ ("mpop 1.4.18 on Debian fetched mail with it, by TLS and by STARTTLS. It leaves all "
               "mail on the server or none; it cannot count days."),
};
