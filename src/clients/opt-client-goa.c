/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* GNOME Online Accounts takes no file from anybody: it is given the account by D-Bus (src/setup),
 * or by hand, and keeps what it has in a key file of its own. It takes IMAP only. */
#include "opt-client.h"
#include "opt-found-value.h"
#include "opt-key-file.h"
#include "opt-value.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define GROUP_PREFIX "Account "

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "gnome-control-center" },
  { OPT_TRACE_CONFIG_FOLDER, "goa-1.0" },
  { OPT_TRACE_NONE },
};

static char **
create_steps (const OptSettings *settings)
{
  /* Translators: what stands in quotes as GNOME has it in your language. */
  const char *open = _ ("Open “Settings”, and there “Online Accounts”.");
  /* Translators: “IMAP and SMTP” as GNOME has it in your language. */
  const char *add = _ ("Choose “IMAP and SMTP”.");
  /* Translators: %s is an email address. */
  g_autofree char *values =
    g_strdup_printf (_ ("Enter the values for %s in the order in which it asks for them."),
                     opt_settings_get_address (settings));
  const char *steps[] = { open, add, values, NULL };

  return g_strdupv ((char **) steps);
}

static void
add_server (GPtrArray *values, OptValueGroup group, const OptServer *server)
{
  OptSecurity security = opt_server_get_security (server);
  guint16 usual = opt_server_get_usual_port (opt_server_get_service (server), security);
  g_autofree char *with_port =
    g_strdup_printf ("%s:%u", opt_server_get_host (server), (guint) opt_server_get_port (server));
  gboolean is_usual = opt_server_get_port (server) == usual;

  opt_values_add (values,
                  group,
                  _ ("Server"),
                  is_usual ? opt_server_get_host (server) : with_port,
                  TRUE);
  /* Translators: as GNOME’s online accounts have it in your language. */
  opt_values_add (values, group, _ ("Username"), opt_server_get_user (server), TRUE);
  opt_values_add (values,
                  group,
                  /* Translators: as GNOME’s online accounts have it in your language. */
                  _ ("Encryption"),
                  security == OPT_SECURITY_TLS
                    /* Translators: as GNOME’s online accounts have it in your language. */
                    ? _ ("SSL on a dedicated port")
                    /* Translators: as GNOME’s online accounts have it in your language. */
                    : _ ("STARTTLS after connecting"),
                  FALSE);
}

/* Its two pages, from top to bottom. */
static GPtrArray *
create_values (const OptSettings *settings)
{
  GPtrArray *values = opt_values_new ();

  opt_values_add (values,
                  OPT_VALUE_OF_PERSON,
                  /* Translators: as GNOME’s online accounts have it in your language. */
                  _ ("E-mail"),
                  opt_settings_get_address (settings),
                  TRUE);
  opt_values_add (values,
                  OPT_VALUE_OF_PERSON,
                  _ ("Password"),
                  _ ("the password of this address; it is not written here"),
                  FALSE);
  opt_values_add (values,
                  OPT_VALUE_OF_PERSON,
                  /* Translators: a person’s; as GNOME’s online accounts have it in your language.
                   */
                  _ ("Name"),
                  opt_settings_get_name (settings),
                  TRUE);
  add_server (values, OPT_VALUE_OF_INCOMING, opt_settings_get_incoming (settings));
  add_server (values, OPT_VALUE_OF_OUTGOING, opt_settings_get_outgoing (settings));

  return values;
}

static void
find_places (const OptMachine *machine, GPtrArray *places)
{
  if (machine->config_folder != NULL)
    opt_places_add_file (places,
                         g_build_filename (machine->config_folder, "goa-1.0/accounts.conf", NULL));
}

/* The keys of one server. */
typedef struct
{
  OptService service;
  const char *host, *user, *ssl, *tls, *any_certificate;
} Keys;

static const Keys imap_keys = { OPT_SERVICE_IMAP, "ImapHost",   "ImapUserName",
                                "ImapUseSsl",     "ImapUseTls", "ImapAcceptSslErrors" };
static const Keys smtp_keys = { OPT_SERVICE_SMTP, "SmtpHost",   "SmtpUserName",
                                "SmtpUseSsl",     "SmtpUseTls", "SmtpAcceptSslErrors" };

static OptFoundSecurity
read_security (GKeyFile *file, const char *group, const Keys *keys)
{
  if (opt_key_file_get_boolean (file, group, keys->ssl, FALSE))
    return OPT_FOUND_SECURITY_TLS;

  return opt_key_file_get_boolean (file, group, keys->tls, FALSE) ? OPT_FOUND_SECURITY_STARTTLS
                                                                  : OPT_FOUND_SECURITY_NONE;
}

/* HOST or HOST:PORT, where HOST may be an IPv6 address in brackets. Cuts @host short. */
static gint64
split_port (char *host)
{
  char *colon = strrchr (host, ':');

  if (colon == NULL || (strchr (host, ':') != colon && host[0] != '['))
    return 0;
  if (strchr (colon, ']') != NULL)
    return 0;

  *colon = '\0';

  return opt_found_value_parse_port (colon + 1);
}

static OptFoundServer *
read_server (OptFound *found, GKeyFile *file, const char *group, const Keys *keys)
{
  g_autofree char *host = opt_key_file_dup_text (file, group, keys->host);
  gint64 port = host != NULL ? split_port (host) : 0;
  OptFoundServer *server = opt_found_add_server (found, keys->service, host);

  server->security = read_security (file, group, keys);
  server->port = opt_found_value_get_port (port, keys->service, server->security);
  server->auth = OPT_FOUND_AUTH_PASSWORD;
  server->user = opt_key_file_dup_text (file, group, keys->user);
  server->key = g_strdup (group + strlen (GROUP_PREFIX));
  server->any_certificate = opt_key_file_get_boolean (file, group, keys->any_certificate, FALSE);

  return server;
}

/* Other providers sign in by OAuth 2, without a password. */
static gboolean
is_mail_account (GKeyFile *file, const char *group)
{
  g_autofree char *provider = opt_key_file_dup_text (file, group, "Provider");

  return g_str_has_prefix (group, GROUP_PREFIX) && g_strcmp0 (provider, "imap_smtp") == 0 &&
         opt_key_file_get_boolean (file, group, "MailEnabled", TRUE) &&
         opt_key_file_get_boolean (file, group, "Enabled", TRUE);
}

static OptFound *
read_account (GKeyFile *file, const char *group)
{
  OptFound *found = opt_found_new ();
  OptFoundServer *smtp;

  found->name = opt_key_file_dup_text (file, group, "Name");
  found->address = opt_key_file_dup_text (file, group, "EmailAddress");
  read_server (found, file, group, &imap_keys);
  smtp = read_server (found, file, group, &smtp_keys);
  if (!opt_key_file_get_boolean (file, group, "SmtpUseAuth", FALSE))
    {
      smtp->auth = OPT_FOUND_AUTH_NONE;
      g_clear_pointer (&smtp->user, g_free);
    }

  return found;
}

static gboolean
read_file (GBytes *bytes, GPtrArray *founds, GError **error)
{
  g_autoptr (GKeyFile) file = opt_key_file_parse (bytes, error);
  g_auto (GStrv) groups = NULL;

  if (file == NULL)
    return FALSE;

  groups = g_key_file_get_groups (file, NULL);
  for (gsize i = 0; groups[i] != NULL && founds->len < OPT_CLIENT_MAX_FOUNDS; i++)
    if (is_mail_account (file, groups[i]))
      g_ptr_array_add (founds, read_account (file, groups[i]));

  return TRUE;
}

static gboolean
read_files (GPtrArray *files, GPtrArray *founds, GError **error)
{
  return opt_client_read_each (files, founds, read_file, error);
}

const OptClient opt_client_goa = {
  .id = "goa",
  .name = N_ ("GNOME Online Accounts"),
  .icon_name = "goa-panel",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP,
  .traces = traces,
  .create_steps = create_steps,
  .create_values = create_values,
  .find_places = find_places,
  .read = read_files,
  .password_path = N_ ("When it is set up from here, it is given the password, and keeps it in the "
                       "keyring; by hand it asks for it."),
  .proof = "goa.test_gives_the_password",
  .tried = N_ ("GNOME Online Accounts 3.46 on Debian took the account, gave the password back, and "
               "signed in; a password with “\"”, “\\” or letters beyond English it keeps, but "
               "cannot sign in with."),
};
