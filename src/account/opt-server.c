/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One server of an account: a value that every layer passes on. It knows the registered ports, and
 * refuses what TLS cannot vouch for: numeric addresses and connections without TLS. */
#include "opt-server.h"

#include "opt-error.h"

#include <gio/gio.h>
#include <string.h>

struct _OptServer
{
  OptService service;
  char *host;
  guint16 port;
  OptSecurity security;
  char *user;
};

G_DEFINE_BOXED_TYPE (OptServer, opt_server, opt_server_ref, opt_server_unref)

/* Ports: IANA service names; for submission RFC 8314 §3.3 and RFC 6409 §3.1. */
static const struct
{
  const char *name;
  guint16 tls_port, starttls_port;
} services[OPT_N_SERVICES] = {
  [OPT_SERVICE_IMAP] = { "imap", 993, 143 },
  [OPT_SERVICE_POP3] = { "pop3", 995, 110 },
  [OPT_SERVICE_SMTP] = { "smtp", 465, 587 },
};

static const char *const security_names[] = {
  [OPT_SECURITY_TLS] = "tls",
  [OPT_SECURITY_STARTTLS] = "starttls",
};

const char *
opt_service_to_string (OptService service)
{
  g_return_val_if_fail (service < OPT_N_SERVICES, NULL);

  return services[service].name;
}

gboolean
opt_service_from_string (const char *text, OptService *service, GError **error)
{
  g_return_val_if_fail (text != NULL && service != NULL, FALSE);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (g_str_equal (text, services[i].name))
      {
        *service = i;
        return TRUE;
      }

  g_set_error (error, OPT_ERROR, OPT_ERROR_SERVICE_UNKNOWN, "“%s” is no mail service", text);

  return FALSE;
}

const char *
opt_security_to_string (OptSecurity security)
{
  g_return_val_if_fail (security < G_N_ELEMENTS (security_names), NULL);

  return security_names[security];
}

static gboolean
security_from_string (const char *text, OptSecurity *security)
{
  for (guint i = 0; i < G_N_ELEMENTS (security_names); i++)
    /* RFC 3986 §3.1: in any case. */
    if (g_ascii_strcasecmp (text, security_names[i]) == 0)
      {
        *security = i;
        return TRUE;
      }

  return FALSE;
}

/* RFC 1123 §2.1: letters, digits and hyphens in labels of 1 to 63, 253 in all. */
static gboolean
is_host_name (const char *ascii)
{
  gsize label = 0;

  if (strlen (ascii) > 253 || g_hostname_is_ip_address (ascii))
    return FALSE;

  for (const char *p = ascii; *p != '\0'; p++)
    {
      if (*p == '.')
        {
          if (label == 0 || p[-1] == '-')
            return FALSE;
          label = 0;
          continue;
        }

      if (!g_ascii_isalnum (*p) && (*p != '-' || label == 0))
        return FALSE;
      if (++label > 63)
        return FALSE;
    }

  return label > 0 && !g_str_has_suffix (ascii, "-");
}

guint16
opt_server_get_usual_port (OptService service, OptSecurity security)
{
  g_return_val_if_fail (service < OPT_N_SERVICES, 0);

  switch (security)
    {
    case OPT_SECURITY_TLS:
      return services[service].tls_port;
    case OPT_SECURITY_STARTTLS:
      return services[service].starttls_port;
    }

  g_assert_not_reached ();
}

/* A control character could end a protocol line and begin another. */
static gboolean
is_user (const char *user)
{
  if (!g_utf8_validate (user, -1, NULL))
    return FALSE;

  for (const char *p = user; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;

  return TRUE;
}

OptServer *
opt_server_new (OptService service,
                const char *host,
                guint port,
                OptSecurity security,
                const char *user,
                GError **error)
{
  g_autofree char *ascii = NULL;
  OptServer *self;

  g_return_val_if_fail (service < OPT_N_SERVICES && host != NULL && user != NULL, NULL);

  if (g_utf8_validate (host, -1, NULL))
    ascii = g_hostname_to_ascii (host);
  if (ascii == NULL || !is_host_name (ascii))
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_SERVER_HOST, "“%s” is not a host name", host);
      return NULL;
    }

  if (port < 1 || port > G_MAXUINT16)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_SERVER_PORT, "%u is not a port", port);
      return NULL;
    }

  if (!is_user (user))
    {
      g_set_error_literal (error,
                           OPT_ERROR,
                           OPT_ERROR_SERVER_USER,
                           "the sign-in name holds a control character");
      return NULL;
    }

  self = g_atomic_rc_box_new0 (OptServer);
  self->service = service;
  self->host = g_ascii_strdown (ascii, -1);
  self->port = port;
  self->security = security;
  self->user = g_strdup (user);

  return self;
}

OptServer *
opt_server_parse (OptService service, const char *text, const char *user, GError **error)
{
  g_autofree char *scheme = NULL;
  g_autofree char *host = NULL;
  g_autoptr (GError) local_error = NULL;
  OptSecurity security;
  int port;

  g_return_val_if_fail (service < OPT_N_SERVICES && text != NULL && user != NULL, NULL);

  scheme = g_uri_parse_scheme (text);
  if (scheme != NULL && !security_from_string (scheme, &security))
    {
      g_set_error (error,
                   OPT_ERROR,
                   OPT_ERROR_SERVER_SECURITY,
                   "“%s” is not tls or starttls",
                   scheme);
      return NULL;
    }

  if (scheme == NULL ||
      !g_uri_split_network (text, G_URI_FLAGS_NONE, NULL, &host, &port, &local_error) ||
      host == NULL || host[0] == '\0' || strpbrk (strstr (text, "://") + 3, "/?#@") != NULL)
    {
      g_set_error (error,
                   OPT_ERROR,
                   OPT_ERROR_SERVER_SYNTAX,
                   "“%s” is not of the form tls://HOST:PORT",
                   text);
      return NULL;
    }

  if (port == -1)
    port = opt_server_get_usual_port (service, security);

  return opt_server_new (service, host, port, security, user, error);
}

static void
clear_server (gpointer data)
{
  OptServer *self = data;

  g_free (self->host);
  g_free (self->user);
}

OptServer *
opt_server_ref (OptServer *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
opt_server_unref (OptServer *self)
{
  g_atomic_rc_box_release_full (self, clear_server);
}

OptService
opt_server_get_service (const OptServer *self)
{
  g_return_val_if_fail (self != NULL, OPT_SERVICE_IMAP);

  return self->service;
}

const char *
opt_server_get_host (const OptServer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->host;
}

guint16
opt_server_get_port (const OptServer *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->port;
}

OptSecurity
opt_server_get_security (const OptServer *self)
{
  g_return_val_if_fail (self != NULL, OPT_SECURITY_TLS);

  return self->security;
}

const char *
opt_server_get_user (const OptServer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->user;
}

char *
opt_server_to_string (const OptServer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("%s://%s:%u",
                          security_names[self->security],
                          self->host,
                          (guint) self->port);
}

gboolean
opt_server_equal (const OptServer *a, const OptServer *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->service == b->service && a->port == b->port && a->security == b->security &&
         g_str_equal (a->host, b->host) && g_str_equal (a->user, b->user);
}
