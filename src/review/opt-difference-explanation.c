/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The differences for manuals: in the same words as those that were found, by way of an example. */
#include "opt-difference-explanation.h"

#include "opt-difference-private.h"

/* What stands in the example of a kind. */
static const struct
{
  const char *now, *wanted;
} examples[OPT_N_DIFFERENCES] = {
  [OPT_DIFFERENCE_HOST_RETIRED] = { "pop.example.net", "mail.example.net" },
  [OPT_DIFFERENCE_HOST_SIBLING] = { "mail.example.com", "mail.example.net" },
  [OPT_DIFFERENCE_HOST_NAMESAKE] = { "old.example.net", "mail.example.net" },
  [OPT_DIFFERENCE_HOST_OTHER] = { "mail.example.org", "mail.example.net" },
  [OPT_DIFFERENCE_HOST_SPACE] = { " mail.example.net", "mail.example.net" },
  [OPT_DIFFERENCE_HOST_INVALID] = { "mail,example,net", "mail.example.net" },
  [OPT_DIFFERENCE_NO_TLS] = { "none", "tls" },
  [OPT_DIFFERENCE_TLS_OPTIONAL] = { "starttls-if-offered", "tls" },
  [OPT_DIFFERENCE_SECURITY_PORT] = { "starttls:993", "tls:993" },
  [OPT_DIFFERENCE_SECURITY_OTHER] = { "starttls", "tls" },
  [OPT_DIFFERENCE_PORT_OTHER] = { "2525", "465" },
  [OPT_DIFFERENCE_PORT_INVALID] = { "0", "993" },
  [OPT_DIFFERENCE_USER_NOT_ADDRESS] = { "jane", "jane@example.net" },
  [OPT_DIFFERENCE_USER_CASE] = { "Jane@example.net", "jane@example.net" },
  [OPT_DIFFERENCE_USER_OTHER] = { "joe@example.net", "jane@example.net" },
  [OPT_DIFFERENCE_USER_SPACE] = { " jane@example.net", "jane@example.net" },
  [OPT_DIFFERENCE_USER_MISSING] = { NULL, "jane@example.net" },
  [OPT_DIFFERENCE_AUTH_NONE] = { NULL, "jane@example.net" },
  [OPT_DIFFERENCE_SENDER_CASE] = { "Jane@example.net", "jane@example.net" },
  [OPT_DIFFERENCE_ADDRESS_TYPO] = { "jane@example.nte", "jane@example.net" },
  [OPT_DIFFERENCE_OUTGOING_MISSING] = { NULL, "tls://mail.example.net:465" },
  [OPT_DIFFERENCE_INCOMING_MISSING] = { NULL, "tls://mail.example.net:993" },
};

static OptExplanation *
create_explanation (OptDifferenceKind kind)
{
  const OptDifference example = {
    .kind = kind,
    .severity = opt_difference_table[kind].severity,
    .service = kind == OPT_DIFFERENCE_OUTGOING_MISSING ? OPT_SERVICE_SMTP : OPT_SERVICE_IMAP,
    .now = (char *) examples[kind].now,
    .wanted = (char *) examples[kind].wanted,
  };
  OptExplanation *self = g_new (OptExplanation, 1);

  *self = (OptExplanation){
    .kind = OPT_EXPLAINED_DIFFERENCE,
    .id = opt_difference_kind_to_string (kind),
    .title = opt_difference_create_text (&example),
    .text = opt_difference_create_advice (&example),
    .action = OPT_ACTION_NONE,
  };

  return self;
}

void
opt_differences_explain (GPtrArray *explanations)
{
  g_return_if_fail (explanations != NULL);

  for (guint i = 0; i < OPT_N_DIFFERENCES; i++)
    g_ptr_array_add (explanations, create_explanation (i));
}

gboolean
opt_difference_find_severity (const char *id, OptSeverity *severity)
{
  g_return_val_if_fail (id != NULL && severity != NULL, FALSE);

  for (guint i = 0; i < OPT_N_DIFFERENCES; i++)
    if (g_str_equal (opt_difference_table[i].id, id))
      {
        *severity = opt_difference_table[i].severity;
        return TRUE;
      }

  return FALSE;
}
