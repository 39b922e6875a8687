/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Apple's Mail on a Mac and on an iPhone, set up by hand. What it asks for on a later page stands
 * last in its group. */
#include "opt-by-hand.h"

#include <glib/gi18n-lib.h>

#define PERSON OPT_VALUE_OF_PERSON
#define IN OPT_VALUE_OF_INCOMING
#define OUT OPT_VALUE_OF_OUTGOING

#define DAYS_A_WEEK 7
#define DAYS_A_MONTH 30

/* Mail on a Mac has these times only; the next longer one loses nothing, and what is
 * longer than all of them is for ever. */
static char *
create_mac_leave (const OptSettings *settings)
{
  guint days = opt_settings_get_leave_on_server (settings);

  if (days == OPT_LEAVE_ON_SERVER_NEVER)
    return g_strdup (_ ("ticked, “Right away”"));
  if (days == 1)
    return g_strdup (_ ("ticked, “After one day”"));
  if (days <= DAYS_A_WEEK)
    return g_strdup (_ ("ticked, “After one week”"));
  if (days <= DAYS_A_MONTH)
    return g_strdup (_ ("ticked, “After one month”"));

  return g_strdup (_ ("not ticked"));
}

static const OptFieldRow mac_rows[] = {
  { PERSON, N_ ("Name"), OPT_FIELD_NAME },
  { PERSON, N_ ("Email Address"), OPT_FIELD_ADDRESS },
  { PERSON, N_ ("Password"), OPT_FIELD_PASSWORD },
  { IN, N_ ("User Name"), OPT_FIELD_IN_USER },
  { IN, N_ ("Account Type"), OPT_FIELD_WAY_IN, { "IMAP", "POP" } },
  { IN, N_ ("Incoming Mail Server"), OPT_FIELD_IN_HOST },
  { IN, N_ ("Outgoing Mail Server"), OPT_FIELD_OUT_HOST },
  { IN, N_ ("Automatically manage connection settings"), OPT_FIELD_CHOICE, { N_ ("not ticked") } },
  { IN, N_ ("Port"), OPT_FIELD_IN_PORT },
  { IN, N_ ("Use TLS/SSL"), OPT_FIELD_CHOICE, { N_ ("ticked") } },
  { IN, N_ ("Authentication"), OPT_FIELD_CHOICE, { N_ ("Password") } },
  { IN,
    N_ ("Remove copy from server after retrieving a message"),
    OPT_FIELD_CHOICE,
    .only = OPT_CLIENT_TAKES_POP3,
    .create = create_mac_leave },
  { OUT, N_ ("User Name"), OPT_FIELD_OUT_USER },
  { OUT, N_ ("Password"), OPT_FIELD_PASSWORD },
  { OUT, N_ ("Automatically manage connection settings"), OPT_FIELD_CHOICE, { N_ ("not ticked") } },
  { OUT, N_ ("Port"), OPT_FIELD_OUT_PORT },
  { OUT, N_ ("Use TLS/SSL"), OPT_FIELD_CHOICE, { N_ ("ticked") } },
  { OUT, N_ ("Authentication"), OPT_FIELD_CHOICE, { N_ ("Password") } },
  { 0 },
};

static GPtrArray *
create_mac_values (const OptSettings *settings)
{
  return opt_by_hand_create_values (mac_rows, settings);
}

static char **
create_mac_steps (const OptSettings *settings)
{
  /* Translators: what stands in quotes as Mail on a Mac has it in your language. */
  const char *open = _ ("Open Mail. In the menu “Mail”, choose “Add Account…”, then “Other Mail "
                        "Account…”, then “Continue”.");
  /* Translators: %s is an email address; what stands in quotes as Mail has it in your language. */
  g_autofree char *fill = g_strdup_printf (_ ("Enter the name, %s and the password, and choose "
                                              "“Sign In”."),
                                           opt_settings_get_address (settings));
  const char *servers = _ ("Mail says that it could not verify the account, and asks for the "
                           "servers. Fill them in and sign in again.");
  /* Translators: what stands in quotes as Mail on a Mac has it in your language. */
  const char *more = _ ("In the menu “Mail”, choose “Settings…”, then “Accounts”, and compare the "
                        "rest under “Server Settings”.");
  const char *steps[] = { open, fill, servers, more, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_apple_mail = {
  .id = "apple-mail",
  .name = N_ ("Mail on a Mac"),
  .icon_name = "computer-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .create_steps = create_mac_steps,
  .create_values = create_mac_values,
  .password_path = N_ ("You type it, and Mail keeps it itself."),
  .tried = N_ ("Written from documentation; not tried on an Apple device."),
};

/* An iPhone has no times of its own: it can keep the mail or remove it. */
static const OptFieldRow iphone_rows[] = {
  { PERSON, N_ ("Name"), OPT_FIELD_NAME },
  { PERSON, N_ ("Email"), OPT_FIELD_ADDRESS },
  { PERSON, N_ ("Password"), OPT_FIELD_PASSWORD },
  { PERSON, N_ ("Description"), OPT_FIELD_DESCRIPTION },
  { IN, N_ ("Account type, at the top"), OPT_FIELD_WAY_IN, { "IMAP", "POP" } },
  { IN, N_ ("Host Name"), OPT_FIELD_IN_HOST },
  { IN, N_ ("User Name"), OPT_FIELD_IN_USER },
  { IN, N_ ("Password"), OPT_FIELD_PASSWORD },
  { IN, N_ ("Use SSL"), OPT_FIELD_CHOICE, { N_ ("on") } },
  { IN, N_ ("Authentication"), OPT_FIELD_CHOICE, { N_ ("Password") } },
  { IN,
    N_ ("Delete from server"),
    OPT_FIELD_LEAVE,
    { N_ ("Never"), N_ ("When removed from Inbox") },
    OPT_CLIENT_TAKES_POP3 },
  { IN, N_ ("Server Port"), OPT_FIELD_IN_PORT },
  { OUT, N_ ("Host Name"), OPT_FIELD_OUT_HOST },
  { OUT, N_ ("User Name"), OPT_FIELD_OUT_USER },
  { OUT, N_ ("Password"), OPT_FIELD_PASSWORD },
  { OUT, N_ ("Use SSL"), OPT_FIELD_CHOICE, { N_ ("on") } },
  { OUT, N_ ("Authentication"), OPT_FIELD_CHOICE, { N_ ("Password") } },
  { OUT, N_ ("Server Port"), OPT_FIELD_OUT_PORT },
  { 0 },
};

static GPtrArray *
create_iphone_values (const OptSettings *settings)
{
  return opt_by_hand_create_values (iphone_rows, settings);
}

static char **
create_iphone_steps (const OptSettings *settings)
{
  /* Translators: what stands in quotes as iOS has it in your language. */
  const char *open = _ ("Open “Settings”, then “Apps”, then “Mail”, then “Mail Accounts” (in older "
                        "versions “Settings”, “Mail”, “Accounts”). Choose “Add Account”, then "
                        "“Other”, then “Add Mail Account”.");
  /* Translators: %s is an email address; what stands in quotes as iOS has it in your language. */
  g_autofree char *fill = g_strdup_printf (_ ("Fill in the values for %s, choose “Next”, and fill "
                                              "in both servers. The user name of the outgoing "
                                              "server is not optional, whatever it says."),
                                           opt_settings_get_address (settings));
  /* Translators: what stands in quotes as iOS has it in your language. */
  const char *more = _ ("Choose “Next”, then “Save”. Then open the account again and compare the "
                        "rest, under “Advanced” and under “SMTP”.");
  const char *steps[] = { open, fill, more, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_iphone_mail = {
  .id = "iphone-mail",
  .name = N_ ("Mail on an iPhone or iPad"),
  .icon_name = "phone-symbolic",
  .group = OPT_CLIENT_ON_PHONE,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .create_steps = create_iphone_steps,
  .create_values = create_iphone_values,
  .password_path = N_ ("You type it, and the device keeps it itself."),
  .tried = N_ ("Written from documentation; not tried on an Apple device. It can only keep or "
               "remove mail on a POP3 server, not by age."),
};
