/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a server does for the account, in the order in which people read it. */
typedef enum
{
  OPT_SERVICE_IMAP, /* RFC 9051, 3501 */
  OPT_SERVICE_POP3, /* RFC 1939 */
  OPT_SERVICE_SMTP, /* message submission, RFC 6409 */
} OptService;

#define OPT_N_SERVICES 3

/* How the connection becomes TLS. There is no third way: we never sign in without. */
typedef enum
{
  OPT_SECURITY_TLS,      /* from the first byte, "implicit TLS" of RFC 8314 §3 */
  OPT_SECURITY_STARTTLS, /* RFC 2595 (IMAP, POP3), RFC 3207 (SMTP) */
} OptSecurity;

/**
 * OptServer:
 *
 * Where one service is and what name signs in there; never a password. Immutable and
 * reference-counted; may be shared between threads.
 */
typedef struct _OptServer OptServer;

#define OPT_TYPE_SERVER (opt_server_get_type ())
GType opt_server_get_type (void);

/**
 * opt_service_to_string:
 * @service: a service
 *
 * Returns: (transfer none): `imap`, `pop3` or `smtp`, as in the JSON and the keyring
 */
const char *opt_service_to_string (OptService service);

/**
 * opt_service_from_string:
 * @text: `imap`, `pop3` or `smtp`
 * @service: (out): return location
 * @error: return location for %OPT_ERROR_SERVICE_UNKNOWN
 *
 * Returns: whether @text named a service
 */
gboolean opt_service_from_string (const char *text, OptService *service, GError **error);

/**
 * opt_security_to_string:
 * @security: a kind of security
 *
 * Returns: (transfer none): `tls` or `starttls`
 */
const char *opt_security_to_string (OptSecurity security);

/**
 * opt_server_get_usual_port:
 * @service: a service
 * @security: a kind of security
 *
 * Returns: the port that is registered for the two
 */
guint16 opt_server_get_usual_port (OptService service, OptSecurity security);

/**
 * opt_server_new:
 * @service: what the server does
 * @host: host name, in any script; kept in lower-case ASCII
 * @port: 1 to 65535
 * @security: how the connection becomes TLS
 * @user: the name to sign in with
 * @error: return location for %OPT_ERROR_SERVER_HOST, %OPT_ERROR_SERVER_PORT or
 *   %OPT_ERROR_SERVER_USER
 *
 * A numeric address is not a host: a certificate could not prove it (RFC 8314 §3.2).
 *
 * Returns: (transfer full) (nullable): the server
 */
OptServer *opt_server_new (OptService service,
                           const char *host,
                           guint port,
                           OptSecurity security,
                           const char *user,
                           GError **error);

/**
 * opt_server_parse:
 * @service: what the server does
 * @text: `tls://HOST:PORT` or `starttls://HOST:PORT`; without a port, the one IANA registered
 * @user: the name to sign in with
 * @error: return location for an %OPT_ERROR of the OPT_ERROR_SERVER_ kind
 *
 * Returns: (transfer full) (nullable): the server
 */
OptServer *
opt_server_parse (OptService service, const char *text, const char *user, GError **error);

/**
 * opt_server_ref:
 * @self: a server
 *
 * Returns: (transfer full): @self. Thread-safe.
 */
OptServer *opt_server_ref (OptServer *self);

/**
 * opt_server_unref:
 * @self: (transfer full): a server
 *
 * Thread-safe.
 */
void opt_server_unref (OptServer *self);

/**
 * opt_server_get_service:
 * @self: a server
 *
 * Returns: what the server does
 */
OptService opt_server_get_service (const OptServer *self);

/**
 * opt_server_get_host:
 * @self: a server
 *
 * Returns: (transfer none): the host name in lower-case ASCII
 */
const char *opt_server_get_host (const OptServer *self);

/**
 * opt_server_get_port:
 * @self: a server
 *
 * Returns: the port, 1 to 65535
 */
guint16 opt_server_get_port (const OptServer *self);

/**
 * opt_server_get_security:
 * @self: a server
 *
 * Returns: how the connection becomes TLS
 */
OptSecurity opt_server_get_security (const OptServer *self);

/**
 * opt_server_get_user:
 * @self: a server
 *
 * Returns: (transfer none): the name to sign in with
 */
const char *opt_server_get_user (const OptServer *self);

/**
 * opt_server_to_string:
 * @self: a server
 *
 * Returns: (transfer full): `tls://HOST:PORT` or `starttls://HOST:PORT`, as opt_server_parse()
 *   takes it
 */
char *opt_server_to_string (const OptServer *self);

/**
 * opt_server_equal:
 * @a: a server
 * @b: a server
 *
 * Returns: whether every value of the two is the same
 */
gboolean opt_server_equal (const OptServer *a, const OptServer *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptServer, opt_server_unref)

G_END_DECLS
