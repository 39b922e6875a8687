/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads an `accountrc`. Both programs once counted protocols alike; Claws Mail has done so in
 * another way since it writes a version. */
#include "opt-accountrc.h"
#include "opt-reading.h"
#include "opt-sections.h"

/* Both keep what was fetched for a week when they are told to remove it, but not when. */
#define LEAVE_DEFAULT_DAYS 7

/* imap_auth_method, and smtp_auth_method with the PLAIN of either. */
static OptFoundAuth
get_auth (guint method)
{
  switch (method)
    {
    case 1:
    case 8:
    case 16:
      return OPT_FOUND_AUTH_PASSWORD;
    case 2:
    case 4:
      return OPT_FOUND_AUTH_CHALLENGE;
    default:
      return OPT_FOUND_AUTH_ANY;
    }
}

static OptFoundSecurity
get_security (const OptSection *section, const char *key)
{
  static const OptFoundSecurity kinds[] = { OPT_FOUND_SECURITY_NONE,
                                            OPT_FOUND_SECURITY_TLS,
                                            OPT_FOUND_SECURITY_STARTTLS };
  guint ssl = opt_section_get_number (section, key, 0);

  return ssl < G_N_ELEMENTS (kinds) ? kinds[ssl] : OPT_FOUND_SECURITY_NONE;
}

/* The port counts only where its switch is on. */
static void
set_port (OptFoundServer *server,
          OptService service,
          const OptSection *section,
          const char *key,
          const char *switch_key)
{
  const char *port =
    opt_section_get_switch (section, switch_key, FALSE) ? opt_section_get (section, key) : NULL;

  opt_reading_set_port (server, service, port);
}

static guint
get_leave_on_server (const OptSection *section)
{
  guint days = opt_section_get_number (section, "message_leave_time", LEAVE_DEFAULT_DAYS);

  if (!opt_section_get_switch (section, "remove_mail", TRUE))
    return OPT_LEAVE_ON_SERVER_ALWAYS;

  return MIN (days, OPT_LEAVE_ON_SERVER_MAX_DAYS);
}

static void
add_incoming (OptFound *found, const OptSection *section, OptService service)
{
  gboolean imap = service == OPT_SERVICE_IMAP;
  OptFoundServer *server =
    opt_found_add_server (found, service, opt_section_get (section, "receive_server"));

  server->security = get_security (section, imap ? "ssl_imap" : "ssl_pop");
  set_port (server,
            service,
            section,
            imap ? "imap_port" : "pop_port",
            imap ? "set_imapport" : "set_popport");
  server->user = g_strdup (opt_section_get (section, "user_id"));
  server->holds_password = opt_section_get (section, "password") != NULL;
  if (imap)
    server->auth = get_auth (opt_section_get_number (section, "imap_auth_method", 0));
  else
    {
      gboolean apop = opt_section_get_switch (section, "use_apop_auth", FALSE);

      server->auth = apop ? OPT_FOUND_AUTH_CHALLENGE : OPT_FOUND_AUTH_PASSWORD;
      found->leave_on_server = get_leave_on_server (section);
    }
}

/* Without a name of its own, that of the way in. */
static void
add_outgoing (OptFound *found, const OptSection *section)
{
  OptFoundServer *server =
    opt_found_add_server (found, OPT_SERVICE_SMTP, opt_section_get (section, "smtp_server"));
  const char *user = opt_section_get (section, "smtp_user_id");

  server->security = get_security (section, "ssl_smtp");
  set_port (server, OPT_SERVICE_SMTP, section, "smtp_port", "set_smtpport");
  server->auth = OPT_FOUND_AUTH_NONE;
  if (!opt_section_get_switch (section, "use_smtp_auth", FALSE))
    return;

  server->auth = get_auth (opt_section_get_number (section, "smtp_auth_method", 0));
  server->user = g_strdup (user != NULL ? user : opt_section_get (section, "user_id"));
  server->holds_password = opt_section_get (section, "smtp_password") != NULL;
}

/* What neither fetches mail by POP3 nor by IMAP: news, local mail, nothing. */
static gboolean
get_incoming (const OptSection *section, OptService *service)
{
  gboolean counts_anew = opt_section_get_number (section, "config_version", 0) > 0;
  guint protocol = opt_section_get_number (section, "protocol", 0);
  guint imap = counts_anew ? 1 : 3;

  *service = protocol == imap ? OPT_SERVICE_IMAP : OPT_SERVICE_POP3;

  /* Between the two lie APOP and RPOP, which are POP3 as well. */
  return protocol <= imap;
}

static void
add_account (GPtrArray *founds, const OptSection *section)
{
  OptFound *found = opt_found_new ();
  OptService service;

  found->name = g_strdup (opt_section_get (section, "name"));
  found->address = g_strdup (opt_section_get (section, "address"));
  if (get_incoming (section, &service))
    add_incoming (found, section, service);
  add_outgoing (found, section);
  g_ptr_array_add (founds, found);
}

gboolean
opt_accountrc_read (GPtrArray *files, GPtrArray *founds, GError **error)
{
  g_autoptr (OptText) text = NULL;
  g_autoptr (GPtrArray) sections = NULL;

  g_return_val_if_fail (files != NULL && founds != NULL, FALSE);

  text = opt_text_new (files, error);
  if (text != NULL)
    sections = opt_sections_read (text, OPT_SECTIONS_RAW, error);
  if (sections == NULL)
    return FALSE;

  for (guint i = 0; i < sections->len; i++)
    {
      const OptSection *section = g_ptr_array_index (sections, i);

      if (g_str_has_prefix (section->name, "Account: "))
        add_account (founds, section);
    }

  return TRUE;
}

/* Only Claws Mail has a version in it. */
gboolean
opt_accountrc_recognises (const OptClientFile *file, gboolean has_version)
{
  g_return_val_if_fail (file != NULL, FALSE);

  return opt_reading_has_line (file, "[Account: ") && opt_reading_has_line (file, "protocol=") &&
         opt_reading_has_line (file, "config_version=") == has_version;
}
