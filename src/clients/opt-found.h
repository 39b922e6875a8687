/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-account.h"

G_BEGIN_DECLS

typedef struct _OptClient OptClient;

/* How a connection is protected, as some program's settings have it; weaker first. */
typedef enum
{
  OPT_FOUND_SECURITY_NONE,
  OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED, /* whoever sits in between can have it left out */
  OPT_FOUND_SECURITY_STARTTLS,
  OPT_FOUND_SECURITY_TLS,
} OptFoundSecurity;

/* How a program signs in, as its settings have it. */
typedef enum
{
  OPT_FOUND_AUTH_ANY,       /* the program chooses, or does not say */
  OPT_FOUND_AUTH_PASSWORD,  /* the password itself: PLAIN, LOGIN, USER and PASS */
  OPT_FOUND_AUTH_CHALLENGE, /* a proof of it: CRAM-MD5, DIGEST-MD5, APOP, SCRAM, NTLM */
  OPT_FOUND_AUTH_OTHER,     /* no password at all: OAuth 2, Kerberos, a certificate */
  OPT_FOUND_AUTH_NONE,      /* not at all */
} OptFoundAuth;

/**
 * OptFoundServer:
 * @host: as it stands there, UTF-8
 * @port: where nothing is said, what the program then uses; 0 where what stands there is no port
 * @security: how the connection is protected
 * @auth: how the program signs in
 * @user: (nullable): the name to sign in with
 * @user_pattern: (nullable): in place of @user, what it depends on the address by: text with
 *   %OPT_FOUND_WHOLE_ADDRESS or %OPT_FOUND_LOCAL_PART in it
 * @key: (nullable): what the program calls this server, where its password is found by that
 * @any_certificate: whether the program was told not to look at the certificate
 * @holds_password: whether the settings hold the password itself, readable; it is never taken over
 *
 * One server as some program's settings have it, good or bad: an #OptServer could not even say
 * "without TLS".
 */
typedef struct
{
  char *host;
  guint16 port;
  OptFoundSecurity security;
  OptFoundAuth auth;
  char *user;
  char *user_pattern;
  char *key;
  gboolean any_certificate;
  gboolean holds_password;
} OptFoundServer;

/* What stands for an address in settings that are for everybody (draft-ietf-mailmaint-autoconfig).
 */
#define OPT_FOUND_WHOLE_ADDRESS "%EMAILADDRESS%"
#define OPT_FOUND_LOCAL_PART "%EMAILLOCALPART%"

/* For OptFound's leave_on_server, beside the values of opt-settings.h: nothing was said. */
#define OPT_LEAVE_ON_SERVER_UNKNOWN (G_MAXUINT - 1)

/**
 * OptFound:
 * @client: (nullable): whose settings they are; %NULL for an account that was set up with us
 * @path: (nullable): the file or folder they stand in, in the encoding of file names
 * @name: (nullable): the person's name
 * @address: (nullable): the sender's address as it stands there; may be nonsense
 * @domain: (nullable): whose addresses they are for, in settings that are for everybody there
 * @servers: (nullable) (array fixed-size=OPT_N_SERVICES): the server of each #OptService
 * @leave_on_server: for POP3, how long mail stays there, as in opt_settings_with_leave_on_server();
 *   or %OPT_LEAVE_ON_SERVER_UNKNOWN
 *
 * One account as some program's settings have it. Never a password. Filled by who made it, then
 * immutable; reference-counted; may be shared between threads once it is filled.
 */
typedef struct
{
  const OptClient *client;
  char *path;
  char *name;
  char *address;
  char *domain;
  OptFoundServer *servers[OPT_N_SERVICES];
  guint leave_on_server;
} OptFound;

#define OPT_TYPE_FOUND (opt_found_get_type ())
GType opt_found_get_type (void);

/**
 * opt_found_new:
 *
 * Returns: (transfer full): an account of which nothing is known yet
 */
OptFound *opt_found_new (void);

/**
 * opt_found_new_from_account:
 * @account: an account that was set up with us
 *
 * Returns: (transfer full): the same with the preferred server of each service
 */
OptFound *opt_found_new_from_account (const OptAccount *account);

/**
 * opt_found_with_address:
 * @self: an account without an address
 * @address: whose it is
 *
 * Returns: (transfer full): the same, of @address
 */
OptFound *opt_found_with_address (const OptFound *self, const OptAddress *address);

/**
 * opt_found_ref:
 * @self: an account
 *
 * Returns: (transfer full): @self. Thread-safe.
 */
OptFound *opt_found_ref (OptFound *self);

/**
 * opt_found_unref:
 * @self: (transfer full): an account
 *
 * Thread-safe.
 */
void opt_found_unref (OptFound *self);

/**
 * opt_found_add_server:
 * @self: an account that is being filled
 * @service: what the server does; must not have one yet
 * @host: (nullable): its name
 *
 * Returns: (transfer none): the new server, to be filled: the registered port of TLS, and TLS
 */
OptFoundServer *opt_found_add_server (OptFound *self, OptService service, const char *host);

/**
 * opt_found_complete:
 * @self: an account that is being filled
 *
 * To be called once at the end: gives an account without an address that of a sign-in name that is
 * one, and gives up what can be of no use to anybody, such as text that is not UTF-8, or longer
 * than %OPT_FOUND_MAX_BYTES.
 *
 * Returns: whether it is an account at all: it has a server with a host, and every text in it can
 *   be shown
 */
gboolean opt_found_complete (OptFound *self);

/* No honest name, host or address is longer. */
#define OPT_FOUND_MAX_BYTES 1024

/**
 * opt_found_get_client_name:
 * @self: an account
 *
 * Returns: (transfer none): in the person's language, the name of the program whose settings they
 *   are, or ours
 */
const char *opt_found_get_client_name (const OptFound *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptFound, opt_found_unref)

G_END_DECLS
