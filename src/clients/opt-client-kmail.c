/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* KMail's accounts live in Akonadi, which takes them from nobody else's file: set up by hand. */
#include "opt-by-hand.h"

#include <glib/gi18n-lib.h>

#define PERSON OPT_VALUE_OF_PERSON
#define IN OPT_VALUE_OF_INCOMING
#define OUT OPT_VALUE_OF_OUTGOING

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "kmail" },
  { OPT_TRACE_FLATPAK, "org.kde.kmail2" },
  { OPT_TRACE_FLATPAK, "org.kde.kontact" },
  { OPT_TRACE_NONE },
};

static const OptFieldRow rows[] = {
  { PERSON, N_ ("Your name"), OPT_FIELD_NAME },
  { PERSON, N_ ("Email address"), OPT_FIELD_ADDRESS },
  { IN,
    N_ ("Kind of account"),
    OPT_FIELD_WAY_IN,
    { N_ ("IMAP E-Mail Server"), N_ ("POP3 E-Mail Server") } },
  { IN, N_ ("Account name"), OPT_FIELD_ADDRESS },
  { IN, N_ ("IMAP server"), OPT_FIELD_IN_HOST, .only = OPT_CLIENT_TAKES_IMAP },
  { IN, N_ ("Incoming server"), OPT_FIELD_IN_HOST, .only = OPT_CLIENT_TAKES_POP3 },
  { IN, N_ ("Username"), OPT_FIELD_IN_USER },
  { IN, N_ ("Password"), OPT_FIELD_PASSWORD },
  { IN,
    N_ ("Leave fetched messages on the server"),
    OPT_FIELD_LEAVE,
    { N_ ("ticked"), N_ ("not ticked") },
    OPT_CLIENT_TAKES_POP3 },
  { IN,
    N_ ("Leave messages on the server for so many days"),
    OPT_FIELD_LEAVE_DAYS,
    .only = OPT_CLIENT_TAKES_POP3 },
  { IN, N_ ("Encryption"), OPT_FIELD_IN_SECURITY, { "SSL/TLS", "STARTTLS" } },
  { IN, N_ ("Port"), OPT_FIELD_IN_PORT },
  { IN, N_ ("Authentication"), OPT_FIELD_CHOICE, { "PLAIN" } },
  { OUT, N_ ("Outgoing mail server"), OPT_FIELD_OUT_HOST },
  { OUT, N_ ("Server requires authentication"), OPT_FIELD_CHOICE, { N_ ("ticked") } },
  { OUT, N_ ("Login"), OPT_FIELD_OUT_USER },
  { OUT, N_ ("Password"), OPT_FIELD_PASSWORD },
  { OUT, N_ ("Encryption"), OPT_FIELD_OUT_SECURITY, { "SSL/TLS", "STARTTLS" } },
  { OUT, N_ ("Port"), OPT_FIELD_OUT_PORT },
  { OUT, N_ ("Authentication"), OPT_FIELD_CHOICE, { "PLAIN" } },
  { 0 },
};

static GPtrArray *
create_values (const OptSettings *settings)
{
  return opt_by_hand_create_values (rows, settings);
}

static char **
create_steps (const OptSettings *settings)
{
  g_autofree char *who =
    /* Translators: %s is an email address; what stands in quotes as KMail has it. */
    g_strdup_printf (_ ("Open KMail. In the menu “Settings”, choose “Configure "
                        "KMail…”. Under “Identities”, add one with the name "
                        "and %s."),
                     opt_settings_get_address (settings));
  /* Translators: what stands in quotes as KMail has it in your language. */
  const char *in = _ ("Under “Accounts”, “Receiving”, choose “Add”, then “Custom Account…”, and "
                      "fill in the values for incoming mail; the last three are under "
                      "“Advanced”.");
  /* Translators: what stands in quotes as KMail has it in your language. */
  const char *out = _ ("Under “Accounts”, “Sending”, choose “Add…”, and fill in the values for "
                       "outgoing mail; the last three are under “Advanced”.");
  const char *steps[] = { who, in, out, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_kmail = {
  .id = "kmail",
  .name = N_ ("KMail"),
  .icon_name = "kmail",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .traces = traces,
  .create_steps = create_steps,
  .create_values = create_values,
  .password_path = N_ ("You type it, and KMail keeps it in KWallet."),
  .tried = N_ ("Written from documentation; not tried with KMail."),
};
