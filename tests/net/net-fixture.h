/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net-system.h"

#include "opt-check.h"
#include "opt-practice-server.h"

G_BEGIN_DECLS

/* The account of all tests: every server knows it. The password has something for every encoding
 * to change, and is long enough to be found nowhere by chance. */
#define NET_ADDRESS "jane@optonline.net"
#define NET_PASSWORD "p%ss W\xc3\xb6rd/+\"9~~~"
#define NET_HOST "mail.optonline.net"
#define NET_SIBLING "mail.optimum.net"

/* What a server's certificate is like. Each service has one of its own. */
typedef enum
{
  NET_IDENTITY_GOOD,
  NET_IDENTITY_EXPIRED,
  NET_IDENTITY_NOT_YET_VALID,
  NET_IDENTITY_WRONG_NAME,
  NET_IDENTITY_UNTRUSTED,
  NET_IDENTITY_FOREIGN,     /* another name, and nobody vouches for it */
  NET_IDENTITY_EXPIRED_ONE, /* expired, and the same certificate for all services */
} NetIdentity;

#define NET_N_IDENTITIES 7

/* What DNS says. */
typedef enum
{
  NET_DNS_NOT_FOUND,
  NET_DNS_FAILURE,
  NET_DNS_SILENCE, /* until it is cancelled */
  NET_DNS_LOOPBACK,
  NET_DNS_NO_ROUTE, /* an address that no network leads to */
} NetDns;

/**
 * NetFixture:
 *
 * A world of practice servers under the real names, and the way to check an account against it.
 * DNS and the desktop are scripted too, for checks without that world. Nothing here ever leaves the
 * loopback.
 */
typedef struct _NetFixture NetFixture;

/**
 * NetRun:
 * @services: bit mask of the services to check; 0 for all
 * @look_only: bit mask of the services that are only looked at
 * @security: the kind of TLS of all servers
 * @n_hosts: 1 for %NET_HOST alone, 2 with %NET_SIBLING as second candidate; 0 is 1
 * @ports: the ports of the servers; 0 for the usual one
 * @dns: whether to do without the world: names are looked up, and every port is that of the
 *   loopback
 * @password: (nullable): what to sign in with; %NULL for the right one
 * @all_sign_ins: as in #OptCheckOptions
 * @timeouts: (nullable): %NULL for some that no healthy server needs
 * @cancellable: (nullable): ends the check
 * @changed: (nullable): called on every change
 * @user_data: for @changed
 *
 * How to check.
 */
typedef struct
{
  guint services;
  guint look_only;
  OptSecurity security;
  guint n_hosts;
  guint16 ports[OPT_N_SERVICES];
  gboolean dns;
  const char *password;
  gboolean all_sign_ins;
  const OptTimeouts *timeouts;
  GCancellable *cancellable;
  void (*changed) (OptCheck *check, gpointer user_data);
  gpointer user_data;
} NetRun;

/**
 * net_fixture_new:
 *
 * Returns: (transfer full): an empty world, on a desktop that says nothing special
 */
NetFixture *net_fixture_new (void);

/**
 * net_fixture_free:
 * @self: (transfer full): a world
 *
 * Stops its servers, and lets everything end that is still under way.
 */
void net_fixture_free (NetFixture *self);

/**
 * net_fixture_add_server:
 * @self: a world
 * @host: the name that it is to have, with the usual port
 * @service: what it speaks
 * @security: the kind of TLS
 * @identity: what its certificate is like
 *
 * Returns: (transfer none): a server that listens, with the account of all tests
 */
OptPracticeServer *net_fixture_add_server (NetFixture *self,
                                           const char *host,
                                           OptService service,
                                           OptSecurity security,
                                           NetIdentity identity);

/**
 * net_fixture_add_route:
 * @self: a world
 * @host: a name
 * @service: a service there
 * @security: a kind of TLS there
 * @local_port: the port of the loopback that is to have this name and the usual port
 */
void net_fixture_add_route (
  NetFixture *self, const char *host, OptService service, OptSecurity security, guint16 local_port);

/**
 * net_fixture_add_port:
 * @self: a world
 * @host: a name
 * @port: a port there
 * @local_port: the port of the loopback that is to have this name and port
 */
void net_fixture_add_port (NetFixture *self, const char *host, guint16 port, guint16 local_port);

/**
 * net_fixture_set_dns:
 * @self: a world
 * @dns: what DNS says from now on
 */
void net_fixture_set_dns (NetFixture *self, NetDns dns);

/**
 * net_fixture_get_network:
 * @self: a world
 *
 * Returns: (transfer none): what leads to its servers
 */
OptNetwork *net_fixture_get_network (NetFixture *self);

/**
 * net_fixture_run:
 * @self: a world
 * @run: how to check
 *
 * Runs a check to its end; one that does not end fails the test.
 *
 * Returns: (transfer full): the check
 */
OptCheck *net_fixture_run (NetFixture *self, const NetRun *run);

/**
 * net_run_to_end:
 * @check: a check that has not run
 * @password: what to sign in with
 * @cancellable: (nullable): ends the check
 *
 * Runs @check to its end; one that does not end fails the test.
 */
void net_run_to_end (OptCheck *check, const char *password, GCancellable *cancellable);

/**
 * net_find_closed_port:
 *
 * Returns: a port of the loopback that refuses connections
 */
guint16 net_find_closed_port (void);

/**
 * NetBlackHole:
 *
 * A port that answers no connection, neither with yes nor with no, as behind a firewall.
 */
typedef struct _NetBlackHole NetBlackHole;

/**
 * net_black_hole_new:
 * @address: a numeric address of this computer
 * @port: the port, or 0 for any
 *
 * Returns: (transfer full) (nullable): a black hole, or %NULL where @address does not exist
 */
NetBlackHole *net_black_hole_new (const char *address, guint16 port);

/**
 * net_black_hole_free:
 * @self: (transfer full): a black hole
 */
void net_black_hole_free (NetBlackHole *self);

/**
 * net_black_hole_get_port:
 * @self: a black hole
 *
 * Returns: its port
 */
guint16 net_black_hole_get_port (NetBlackHole *self);

/**
 * net_contains_password:
 * @bytes: what somebody got to see
 *
 * Returns: whether %NET_PASSWORD is in there: as it is, backwards, in hexadecimal, percent-encoded,
 *   or in base64 wherever it may begin
 */
gboolean net_contains_password (GBytes *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NetFixture, net_fixture_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (NetBlackHole, net_black_hole_free)

G_END_DECLS
