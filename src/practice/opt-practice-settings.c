/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Host names stand here, against the rule of the house, because these are no facts about a
 * provider: they are what somebody might still have. */
#include "opt-practice-settings.h"

static const OptPracticeSettings all[] = {
  { "thunderbird",
    "works@optonline.net",
    { [OPT_SERVICE_POP3] = { "pop.optonline.net", 110, .user = "works" },
      [OPT_SERVICE_SMTP] = { "mail.optonline.net", 587, .user = "works" } } },
  { "evolution",
    "works@optimum.net",
    { [OPT_SERVICE_IMAP] = { "mail.optimum.net", 993, TRUE, OPT_SECURITY_TLS, "works@optimum.net" },
      [OPT_SERVICE_SMTP] = { "mail.optimum.net",
                             465,
                             TRUE,
                             OPT_SECURITY_TLS,
                             "works@optimum.net" } } },
  { "claws",
    "wrong-password@optonline.net",
    { [OPT_SERVICE_IMAP] = { "mail.optonline.net",
                             993,
                             TRUE,
                             OPT_SECURITY_TLS,
                             "wrong-password@optonline.net" },
      [OPT_SERVICE_SMTP] = { "mail.optonline.net",
                             587,
                             TRUE,
                             OPT_SECURITY_STARTTLS,
                             "wrong-password@optonline.net" } } },
  /* All is right but the name: these servers know the whole address only. */
  { "geary",
    "works@suddenlink.net",
    { [OPT_SERVICE_IMAP] = { "imap.suddenlink.net", 993, TRUE, OPT_SECURITY_TLS, "works" },
      [OPT_SERVICE_SMTP] = { "smtp.suddenlink.net", 465, TRUE, OPT_SECURITY_TLS, "works" } } },
};

const OptPracticeSettings *
opt_practice_settings_get (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = G_N_ELEMENTS (all);

  return all;
}
