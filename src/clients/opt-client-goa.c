/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* GNOME Online Accounts reads no file: it is given the account by D-Bus (src/setup), or by hand. It
 * takes IMAP only. */
#include "opt-client.h"
#include "opt-value.h"

#include <glib/gi18n-lib.h>

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

const OptClient opt_client_goa = {
  .id = "goa",
  .name = N_ ("GNOME Online Accounts"),
  .icon_name = "goa-panel",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP,
  .traces = traces,
  .create_steps = create_steps,
  .create_values = create_values,
  .password_path = N_ ("When it is set up from here, it is given the password, and keeps it in the "
                       "keyring; by hand it asks for it."),
  .proof = "goa.test_gives_the_password",
  .tried = N_ ("GNOME Online Accounts 3.46 on Debian took the account, gave the password back, and "
               "signed in; a password with “\"”, “\\” or letters beyond English it keeps, but "
               "cannot sign in with."),
};
