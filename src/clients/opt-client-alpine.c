/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Alpine asks for whole servers in one line of its own syntax (c-client's naming of mailboxes). */
#include "opt-by-hand.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PERSON OPT_VALUE_OF_PERSON
#define IN OPT_VALUE_OF_INCOMING
#define OUT OPT_VALUE_OF_OUTGOING

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "alpine" },
  { OPT_TRACE_NONE },
};

static gboolean
is_bare (const char *text, const char *punctuation)
{
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr (punctuation, *p) == NULL)
      return FALSE;

  return TRUE;
}

/* As it is, or between quotes with a backslash before what would end them (RFC 5322 §3.2.4, and
 * c-client does the same). */
static char *
quote (const char *text, const char *punctuation)
{
  GString *quoted;

  if (is_bare (text, punctuation))
    return g_strdup (text);

  quoted = g_string_new ("\"");
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *p);
    }
  g_string_append_c (quoted, '"');

  return g_string_free (quoted, FALSE);
}

/* HOST:PORT/ssl/user=NAME; what @service is called stands between, if it needs to be said. */
static char *
create_server (const OptServer *server, const char *service)
{
  g_autofree char *user = quote (opt_server_get_user (server), "._+@-");

  return g_strdup_printf ("%s:%u%s/%s/user=%s",
                          opt_server_get_host (server),
                          (guint) opt_server_get_port (server),
                          service,
                          opt_server_get_security (server) == OPT_SECURITY_TLS ? "ssl" : "tls",
                          user);
}

static char *
create_domain (const OptSettings *settings)
{
  OptAddress *address = opt_account_get_address (opt_settings_get_account (settings));

  return g_strdup (opt_address_get_domain (address));
}

static char *
create_smtp_server (const OptSettings *settings)
{
  return create_server (opt_settings_get_outgoing (settings), "");
}

static char *
create_inbox_path (const OptSettings *settings)
{
  gboolean imap = opt_settings_get_incoming_service (settings) == OPT_SERVICE_IMAP;
  g_autofree char *server =
    create_server (opt_settings_get_incoming (settings), imap ? "/imap" : "/pop3");

  return g_strdup_printf ("{%s}INBOX", server);
}

/* Without it the address is made of the name that signs in to this computer. */
static char *
create_from (const OptSettings *settings)
{
  g_autofree char *name = quote (opt_settings_get_name (settings), " -");

  return name[0] != '\0'
           ? g_strdup_printf ("From: %s <%s>", name, opt_settings_get_address (settings))
           : g_strdup_printf ("From: %s", opt_settings_get_address (settings));
}

static const OptFieldRow rows[] = {
  { PERSON, N_ ("Personal Name"), OPT_FIELD_NAME },
  { PERSON, N_ ("User Domain"), OPT_FIELD_COMPOSED, .create = create_domain },
  { IN, N_ ("SMTP Server (for sending)"), OPT_FIELD_COMPOSED, .create = create_smtp_server },
  { IN, N_ ("Inbox Path"), OPT_FIELD_COMPOSED, .create = create_inbox_path },
  { OUT, N_ ("Customized Headers"), OPT_FIELD_COMPOSED, .create = create_from },
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
  const char *open = _ ("Start alpine. In the main menu, press S for Setup, then C for Config.");
  const char *fill = _ ("For each value, find its line, if need be with W for WhereIs, press C to "
                        "change it, and paste it. The headers are much further down.");
  /* Translators: %s is an email address. */
  g_autofree char *leave = g_strdup_printf (_ ("Press E to leave, and Y to keep the changes. Start "
                                               "alpine again, and enter the password of %s when "
                                               "asked."),
                                            opt_settings_get_address (settings));
  const char *pop3 = opt_settings_get_incoming_service (settings) == OPT_SERVICE_POP3
                       ? _ ("Alpine reads POP3 mail where it is: it stays on the server until you "
                            "delete it.")
                       : NULL;
  const char *steps[] = { open, fill, leave, pop3, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_alpine = {
  .id = "alpine",
  .name = N_ ("Alpine"),
  .icon_name = "utilities-terminal-symbolic",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .leaves = OPT_CLIENT_LEAVES_SENDING,
  .traces = traces,
  .create_steps = create_steps,
  .create_values = create_values,
  .password_path = N_ ("Alpine asks for it every time."),
  .tried = N_ ("Written from documentation; not tried with Alpine."),
};
