/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-server.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OptNetwork:
 *
 * A small world of its own for practice and tests: which ports of this computer stand for which
 * servers, and who vouches for them. Where none is given, the real network is used. A world is
 * closed: a server that it does not know is not there, so practicing never reaches a real one.
 * Reference-counted, one thread.
 */
typedef struct _OptNetwork OptNetwork;

/**
 * opt_network_new:
 * @trust_pem: PEM of the only authorities that are trusted there
 *
 * Returns: (transfer full): a world with no servers
 */
OptNetwork *opt_network_new (const char *trust_pem);

/**
 * opt_network_ref:
 * @self: a network
 *
 * Returns: (transfer full): @self
 */
OptNetwork *opt_network_ref (OptNetwork *self);

/**
 * opt_network_unref:
 * @self: (transfer full): a network
 */
void opt_network_unref (OptNetwork *self);

/**
 * opt_network_add_route:
 * @self: a network
 * @host: a host name in lower-case ASCII
 * @port: a port there
 * @local_port: the port of 127.0.0.1 that stands for it
 */
void opt_network_add_route (OptNetwork *self, const char *host, guint16 port, guint16 local_port);

/**
 * opt_network_find_route:
 * @self: a network
 * @server: a server
 *
 * Returns: the port of 127.0.0.1 that stands for @server, or 0 if it is not there
 */
guint16 opt_network_find_route (const OptNetwork *self, const OptServer *server);

/**
 * opt_network_get_trust:
 * @self: a network
 *
 * Returns: (transfer none): the PEM it was made with
 */
const char *opt_network_get_trust (const OptNetwork *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptNetwork, opt_network_unref)

G_END_DECLS
