/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* An account of Microsoft's Internet Account Manager, which Outlook Express keeps in the registry
 * and Windows Live Mail in a file. What has its usual value may be left out. */
#include "opt-internet-account.h"

#include "opt-found-value.h"
#include "opt-found.h"

/* "SMTP Use Sicily"; for incoming mail anything but 0 is the first. */
enum
{
  LOGON_NONE,
  LOGON_SICILY, /* the proof of a password that is now called NTLM */
  LOGON_AS_INCOMING,
  LOGON_OF_ITS_OWN,
};

/* The usual ports, without encryption and with. The one for sending does not change. */
static const struct
{
  const char *prefix;
  guint16 plain_port, tls_port;
} services[] = {
  [OPT_SERVICE_IMAP] = { "imap ", 143, 993 },
  [OPT_SERVICE_POP3] = { "pop3 ", 110, 995 },
  [OPT_SERVICE_SMTP] = { "smtp ", 25, 25 },
};

static const char *
get_string (GHashTable *values, const char *prefix, const char *name)
{
  g_autofree char *key = g_strconcat (prefix, name, NULL);

  return g_hash_table_lookup (values, key);
}

static guint
get_number (GHashTable *values, const char *prefix, const char *name)
{
  const char *text = get_string (values, prefix, name);
  guint64 number = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 16, 0, G_MAXUINT, &number, NULL))
    return 0;

  return (guint) number;
}

static gboolean
contains (const guint *ports, guint port)
{
  while (*ports != 0 && *ports != port)
    ports++;

  return *ports != 0;
}

static OptFoundServer *
add_server (OptFound *found, OptService service, GHashTable *values, const guint *starttls_ports)
{
  const char *prefix = services[service].prefix;
  gboolean encrypts = get_number (values, prefix, "secure connection") != 0;
  guint port = get_number (values, prefix, "port");
  OptFoundServer *server =
    opt_found_add_server (found, service, get_string (values, prefix, "server"));

  if (port == 0)
    port = encrypts ? services[service].tls_port : services[service].plain_port;
  server->port = port <= G_MAXUINT16 ? (guint16) port : 0;
  server->user = g_strdup (get_string (values, prefix, "user name"));
  server->auth = OPT_FOUND_AUTH_PASSWORD;
  if (!encrypts)
    server->security = OPT_FOUND_SECURITY_NONE;
  else if (service == OPT_SERVICE_SMTP && contains (starttls_ports, port))
    server->security = OPT_FOUND_SECURITY_STARTTLS;

  return server;
}

static void
add_outgoing (OptFound *found,
              const OptFoundServer *incoming,
              GHashTable *values,
              const guint *starttls_ports)
{
  OptFoundServer *server = add_server (found, OPT_SERVICE_SMTP, values, starttls_ports);

  switch (get_number (values, "smtp ", "use sicily"))
    {
    case LOGON_NONE:
      server->auth = OPT_FOUND_AUTH_NONE;
      break;
    case LOGON_SICILY:
      server->auth = OPT_FOUND_AUTH_CHALLENGE;
      break;
    case LOGON_AS_INCOMING:
      g_free (server->user);
      server->user = g_strdup (incoming->user);
      server->auth = incoming->auth;
      break;
    default:
      break;
    }
}

static void
add_account (OptService service, GHashTable *values, const guint *starttls_ports, GPtrArray *founds)
{
  OptFound *found = opt_found_new ();
  OptFoundServer *incoming = add_server (found, service, values, starttls_ports);
  guint days = get_number (values, "", "remove when expired") != 0
                 ? get_number (values, "", "expire days")
                 : 0;

  if (get_number (values, services[service].prefix, "use sicily") != 0)
    incoming->auth = OPT_FOUND_AUTH_CHALLENGE;
  found->name = g_strdup (get_string (values, "smtp ", "display name"));
  found->address = g_strdup (get_string (values, "smtp ", "email address"));
  if (service == OPT_SERVICE_POP3)
    found->leave_on_server =
      opt_found_value_get_leave_on_server (get_number (values, "", "leave mail on server") != 0,
                                           days);
  if (get_string (values, "smtp ", "server") != NULL)
    add_outgoing (found, incoming, values, starttls_ports);

  g_ptr_array_add (founds, found);
}

void
opt_internet_account_read (GHashTable *values, const guint *starttls_ports, GPtrArray *founds)
{
  g_return_if_fail (values != NULL && starttls_ports != NULL && founds != NULL);

  for (guint service = OPT_SERVICE_IMAP; service <= OPT_SERVICE_POP3; service++)
    if (get_string (values, services[service].prefix, "server") != NULL)
      add_account (service, values, starttls_ports, founds);
}
