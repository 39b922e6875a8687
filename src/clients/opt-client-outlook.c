/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Outlook in its three shapes, set up by hand. */
#include "opt-by-hand.h"

#include <glib/gi18n-lib.h>

#define PERSON OPT_VALUE_OF_PERSON
#define IN OPT_VALUE_OF_INCOMING
#define OUT OPT_VALUE_OF_OUTGOING

static const OptFieldRow classic_rows[] = {
  { PERSON, N_ ("Your Name"), OPT_FIELD_NAME },
  { PERSON, N_ ("Email Address"), OPT_FIELD_ADDRESS },
  { IN, N_ ("Account Type"), OPT_FIELD_WAY_IN, { "IMAP", "POP3" } },
  { IN, N_ ("Incoming mail server"), OPT_FIELD_IN_HOST },
  { IN, N_ ("Outgoing mail server (SMTP)"), OPT_FIELD_OUT_HOST },
  { IN, N_ ("User Name"), OPT_FIELD_IN_USER },
  { IN, N_ ("Password"), OPT_FIELD_PASSWORD },
  { OUT,
    N_ ("My outgoing server (SMTP) requires authentication"),
    OPT_FIELD_CHOICE,
    { N_ ("ticked") } },
  { OUT,
    N_ ("Sign-in for outgoing mail"),
    OPT_FIELD_OUT_LOGIN,
    { N_ ("Use same settings as my incoming mail server"), N_ ("Log on using") } },
  { OUT, N_ ("User Name"), OPT_FIELD_OUT_OTHER_USER },
  { OUT, N_ ("Incoming server (IMAP)"), OPT_FIELD_IN_PORT, .only = OPT_CLIENT_TAKES_IMAP },
  { OUT, N_ ("Incoming server (POP3)"), OPT_FIELD_IN_PORT, .only = OPT_CLIENT_TAKES_POP3 },
  { OUT,
    N_ ("Encrypted connection for incoming mail"),
    OPT_FIELD_IN_SECURITY,
    { "SSL/TLS", "STARTTLS" } },
  { OUT, N_ ("Outgoing server (SMTP)"), OPT_FIELD_OUT_PORT },
  { OUT,
    N_ ("Encrypted connection for outgoing mail"),
    OPT_FIELD_OUT_SECURITY,
    { "SSL/TLS", "STARTTLS" } },
  { OUT,
    N_ ("Leave a copy of messages on the server"),
    OPT_FIELD_LEAVE,
    { N_ ("ticked"), N_ ("not ticked") },
    OPT_CLIENT_TAKES_POP3 },
  { OUT,
    N_ ("Remove from server after so many days"),
    OPT_FIELD_LEAVE_DAYS,
    .only = OPT_CLIENT_TAKES_POP3 },
  { 0 },
};

static GPtrArray *
create_classic_values (const OptSettings *settings)
{
  return opt_by_hand_create_values (classic_rows, settings);
}

static char **
create_classic_steps (const OptSettings *settings)
{
  /* Translators: what stands in quotes as Windows and Outlook have it in your language. */
  const char *open = _ ("Close Outlook. Open the Control Panel of Windows, search it for “Mail”, "
                        "open “Mail (Microsoft Outlook)” and choose “Email Accounts…”, then "
                        "“New…”.");
  /* Translators: what stands in quotes as Outlook has it in your language. */
  const char *by_hand = _ ("Choose “Manual setup or additional server types”, then “POP or IMAP”.");
  /* Translators: %s is an email address. */
  g_autofree char *fill = g_strdup_printf (_ ("Fill in the values for %s, up to the password."),
                                           opt_settings_get_address (settings));
  /* Translators: what stands in quotes as Outlook has it in your language. */
  const char *more = _ ("Choose “More Settings…” and fill in the rest under “Outgoing Server” and "
                        "“Advanced”. Then choose “OK”, “Next” and “Finish”.");
  const char *steps[] = { open, by_hand, fill, more, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_outlook = {
  .id = "outlook",
  .name = N_ ("Outlook (classic)"),
  .icon_name = "computer-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .create_steps = create_classic_steps,
  .create_values = create_classic_values,
  .password_path = N_ ("You type it, and Outlook keeps it itself."),
  .tried = N_ ("Written from documentation; not tried on Windows."),
};

static const OptFieldRow new_rows[] = {
  { PERSON, N_ ("Email address"), OPT_FIELD_ADDRESS },
  { IN, N_ ("Password"), OPT_FIELD_PASSWORD },
  { IN, N_ ("IMAP username"), OPT_FIELD_IN_USER },
  { IN, N_ ("IMAP incoming server"), OPT_FIELD_IN_HOST },
  { IN, N_ ("IMAP port"), OPT_FIELD_IN_PORT },
  { IN, N_ ("IMAP secure connection type"), OPT_FIELD_IN_SECURITY, { "SSL/TLS", "StartTLS" } },
  { OUT, N_ ("SMTP username"), OPT_FIELD_OUT_USER },
  { OUT, N_ ("SMTP password"), OPT_FIELD_PASSWORD },
  { OUT, N_ ("SMTP outgoing server"), OPT_FIELD_OUT_HOST },
  { OUT, N_ ("SMTP port"), OPT_FIELD_OUT_PORT },
  { OUT, N_ ("SMTP secure connection type"), OPT_FIELD_OUT_SECURITY, { "SSL/TLS", "StartTLS" } },
  { 0 },
};

static GPtrArray *
create_new_values (const OptSettings *settings)
{
  return opt_by_hand_create_values (new_rows, settings);
}

static char **
create_new_steps (const OptSettings *settings)
{
  const char *beware = _ ("Before you begin: the new Outlook has Microsoft's servers fetch the "
                          "mail, so your password and your mail are kept there, too.");
  /* Translators: what stands in quotes as Outlook has it in your language. */
  const char *open = _ ("Open Outlook. Choose “Settings”, then “Accounts”, then “Add account”.");
  /* Translators: %s is an email address; what stands in quotes as Outlook has it in your language.
   */
  g_autofree char *address = g_strdup_printf (_ ("Enter %s and choose “Continue”. If Outlook asks "
                                                 "for the provider, choose “IMAP”."),
                                              opt_settings_get_address (settings));
  /* Translators: what stands in quotes as Outlook has it in your language. */
  const char *more = _ ("Switch “Show more” on, fill in the values and choose “Continue”.");
  const char *steps[] = { beware, open, address, more, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_outlook_new = {
  .id = "outlook-new",
  .name = N_ ("Outlook (new) for Windows"),
  .icon_name = "computer-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP,
  .create_steps = create_new_steps,
  .create_values = create_new_values,
  .password_path = N_ ("You type it; Outlook keeps it, and gives it to Microsoft's servers."),
  .tried = N_ ("Written from documentation, for IMAP only; not tried on Windows."),
};

static const OptFieldRow express_rows[] = {
  { PERSON, N_ ("Display name"), OPT_FIELD_NAME },
  { PERSON, N_ ("E-mail address"), OPT_FIELD_ADDRESS },
  { IN, N_ ("My incoming mail server is"), OPT_FIELD_WAY_IN, { "IMAP", "POP3" } },
  { IN, N_ ("Incoming mail (POP3, IMAP or HTTP) server"), OPT_FIELD_IN_HOST },
  { IN, N_ ("Outgoing mail (SMTP) server"), OPT_FIELD_OUT_HOST },
  { IN, N_ ("Account name"), OPT_FIELD_IN_USER },
  { IN, N_ ("Password"), OPT_FIELD_PASSWORD },
  { OUT, N_ ("My server requires authentication"), OPT_FIELD_CHOICE, { N_ ("ticked") } },
  { OUT,
    N_ ("Logon information, under “Settings…”"),
    OPT_FIELD_OUT_LOGIN,
    { N_ ("Use same settings as my incoming mail server"), N_ ("Log on using") } },
  { OUT, N_ ("Account name"), OPT_FIELD_OUT_OTHER_USER },
  { OUT, N_ ("Outgoing mail (SMTP)"), OPT_FIELD_OUT_PORT },
  { OUT,
    N_ ("This server requires a secure connection (SSL)"),
    OPT_FIELD_CHOICE,
    { N_ ("ticked") } },
  { OUT, N_ ("Incoming mail (IMAP)"), OPT_FIELD_IN_PORT, .only = OPT_CLIENT_TAKES_IMAP },
  { OUT, N_ ("Incoming mail (POP3)"), OPT_FIELD_IN_PORT, .only = OPT_CLIENT_TAKES_POP3 },
  { OUT,
    N_ ("This server requires a secure connection (SSL)"),
    OPT_FIELD_CHOICE,
    { N_ ("ticked") } },
  { OUT,
    N_ ("Leave a copy of messages on server"),
    OPT_FIELD_LEAVE,
    { N_ ("ticked"), N_ ("not ticked") },
    OPT_CLIENT_TAKES_POP3 },
  { OUT,
    N_ ("Remove from server after so many days"),
    OPT_FIELD_LEAVE_DAYS,
    .only = OPT_CLIENT_TAKES_POP3 },
  { 0 },
};

static GPtrArray *
create_express_values (const OptSettings *settings)
{
  return opt_by_hand_create_values (express_rows, settings);
}

static gboolean
starts_plain (const OptServer *server)
{
  return opt_server_get_security (server) == OPT_SECURITY_STARTTLS;
}

static char **
create_express_steps (const OptSettings *settings)
{
  /* Translators: what stands in quotes as Outlook Express has it in your language. */
  const char *open = _ ("Open Outlook Express. Choose “Tools”, then “Accounts…”, then “Add”, then "
                        "“Mail…”.");
  /* Translators: %s is an email address. */
  g_autofree char *fill = g_strdup_printf (_ ("Fill in the values for %s, up to the password, and "
                                              "finish."),
                                           opt_settings_get_address (settings));
  /* Translators: what stands in quotes as Outlook Express has it in your language. */
  const char *more = _ ("Choose the new account in the list, then “Properties”. Fill in the rest "
                        "under “Servers” and “Advanced”.");
  const char *old =
    _ ("Outlook Express knows only old encryption. If it cannot connect, the server "
       "no longer accepts that, and another mail program is needed.");
  const char *cannot = starts_plain (opt_settings_get_incoming (settings)) ||
                           starts_plain (opt_settings_get_outgoing (settings))
                         ? _ ("One of these servers wants STARTTLS, which Outlook Express does not "
                              "know on this port. Choose another server, or another mail program.")
                         : NULL;
  const char *steps[] = { open, fill, more, old, cannot, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_outlook_express = {
  .id = "outlook-express",
  .name = N_ ("Outlook Express"),
  .icon_name = "computer-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .create_steps = create_express_steps,
  .create_values = create_express_values,
  .password_path = N_ ("You type it, and Outlook Express keeps it itself."),
  .tried = N_ ("Written from documentation; not tried on Windows."),
};
