/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Google's app on Android takes accounts of other providers, too, set up by hand. */
#include "opt-by-hand.h"

#include <glib/gi18n-lib.h>

#define PERSON OPT_VALUE_OF_PERSON
#define IN OPT_VALUE_OF_INCOMING
#define OUT OPT_VALUE_OF_OUTGOING

static const OptFieldRow rows[] = {
  { PERSON, N_ ("Email"), OPT_FIELD_ADDRESS },
  { IN,
    N_ ("Kind of account"),
    OPT_FIELD_WAY_IN,
    { N_ ("Personal (IMAP)"), N_ ("Personal (POP3)") } },
  { IN, N_ ("Password"), OPT_FIELD_PASSWORD },
  { IN, N_ ("Username"), OPT_FIELD_IN_USER },
  { IN, N_ ("Server"), OPT_FIELD_IN_HOST },
  { IN, N_ ("Port"), OPT_FIELD_IN_PORT },
  { IN, N_ ("Security type"), OPT_FIELD_IN_SECURITY, { "SSL/TLS", "STARTTLS" } },
  { IN,
    N_ ("Delete email from server"),
    OPT_FIELD_LEAVE,
    { N_ ("Never"), N_ ("When I delete from Inbox") },
    OPT_CLIENT_TAKES_POP3 },
  { OUT, N_ ("Require sign-in"), OPT_FIELD_CHOICE, { N_ ("on") } },
  { OUT, N_ ("Username"), OPT_FIELD_OUT_USER },
  { OUT, N_ ("Password"), OPT_FIELD_PASSWORD },
  { OUT, N_ ("SMTP server"), OPT_FIELD_OUT_HOST },
  { OUT, N_ ("Port"), OPT_FIELD_OUT_PORT },
  { OUT, N_ ("Security type"), OPT_FIELD_OUT_SECURITY, { "SSL/TLS", "STARTTLS" } },
  { OUT, N_ ("Your name"), OPT_FIELD_NAME },
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
  /* Translators: what stands in quotes as the Gmail app has it in your language. */
  const char *open = _ ("On the phone, open Gmail. Tap your picture, then “Add another account”, "
                        "then “Other”.");
  g_autofree char *fill =
    /* Translators: %s is an email address; what stands in quotes as Gmail has it. */
    g_strdup_printf (_ ("Enter %s and choose “Manual setup”, then the kind of "
                        "account."),
                     opt_settings_get_address (settings));
  /* Translators: what stands in quotes as the Gmail app has it in your language. */
  const char *more = _ ("Fill in the values page by page, with “Next” after each.");
  const char *steps[] = { open, fill, more, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_gmail = {
  .id = "gmail",
  .name = N_ ("Gmail app on Android"),
  .icon_name = "phone-symbolic",
  .group = OPT_CLIENT_ON_PHONE,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .create_steps = create_steps,
  .create_values = create_values,
  .password_path = N_ ("You type it, and the app keeps it itself."),
  .tried = N_ ("Written from documentation; not tried on a phone. It can only keep or remove mail "
               "on a POP3 server, not by age."),
};
