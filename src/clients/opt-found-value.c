/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What programs write, as OptFound has it: where several readers would say the same. */
#include "opt-found-value.h"

#include "opt-settings.h"

guint16
opt_found_value_get_port (gint64 number, OptService service, OptFoundSecurity security)
{
  if (number != 0)
    return number > 0 && number <= G_MAXUINT16 ? (guint16) number : 0;

  return opt_server_get_usual_port (service,
                                    security == OPT_FOUND_SECURITY_TLS ? OPT_SECURITY_TLS
                                                                       : OPT_SECURITY_STARTTLS);
}

gint64
opt_found_value_parse_port (const char *text)
{
  guint64 number = 0;

  if (text == NULL || text[0] == '\0')
    return 0;

  return g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, &number, NULL) ? (gint64) number
                                                                              : -1;
}

guint
opt_found_value_get_leave_on_server (gboolean leaves, gint64 days)
{
  if (!leaves)
    return OPT_LEAVE_ON_SERVER_NEVER;

  return days > 0 ? (guint) MIN (days, OPT_LEAVE_ON_SERVER_MAX_DAYS) : OPT_LEAVE_ON_SERVER_ALWAYS;
}

static const struct
{
  const char *prefix;
  OptFoundAuth auth;
} mechanisms[] = {
  { "PLAIN", OPT_FOUND_AUTH_PASSWORD },   { "LOGIN", OPT_FOUND_AUTH_PASSWORD },
  { "CRAM-", OPT_FOUND_AUTH_CHALLENGE },  { "DIGEST-", OPT_FOUND_AUTH_CHALLENGE },
  { "SCRAM-", OPT_FOUND_AUTH_CHALLENGE }, { "NTLM", OPT_FOUND_AUTH_CHALLENGE },
  { "APOP", OPT_FOUND_AUTH_CHALLENGE },   { "GSS", OPT_FOUND_AUTH_OTHER },
  { "KERBEROS", OPT_FOUND_AUTH_OTHER },   { "EXTERNAL", OPT_FOUND_AUTH_OTHER },
  { "XOAUTH", OPT_FOUND_AUTH_OTHER },     { "OAUTH", OPT_FOUND_AUTH_OTHER },
  { "ANONYMOUS", OPT_FOUND_AUTH_NONE },   { "POPB4SMTP", OPT_FOUND_AUTH_NONE },
};

OptFoundAuth
opt_found_value_get_auth (const char *mechanism)
{
  g_autofree char *upper = g_ascii_strup (mechanism != NULL ? mechanism : "", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    if (g_str_has_prefix (upper, mechanisms[i].prefix))
      return mechanisms[i].auth;

  return OPT_FOUND_AUTH_ANY;
}
