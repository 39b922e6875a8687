/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-evidence.h"
#include "opt-network.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OptTransportGroup:
 *
 * One libcurl multi handle on the thread-default main context, shared by the connections of one
 * check, so that the list of trusted authorities is read only once. Reference-counted, one thread.
 */
typedef struct _OptTransportGroup OptTransportGroup;

/**
 * opt_transport_group_new:
 * @network: (nullable): a world of its own, whose authorities are then the only ones trusted
 *
 * Returns: (transfer full): a group
 */
OptTransportGroup *opt_transport_group_new (OptNetwork *network);

/**
 * opt_transport_group_ref:
 * @self: a group
 *
 * Returns: (transfer full): @self
 */
OptTransportGroup *opt_transport_group_ref (OptTransportGroup *self);

/**
 * opt_transport_group_unref:
 * @self: (transfer full): a group
 */
void opt_transport_group_unref (OptTransportGroup *self);

/**
 * opt_transport_get_library_versions:
 *
 * Returns: (transfer none): the names and versions of what the program runs with, not what it was
 *   built with: libcurl, its TLS library, and what else libcurl uses
 */
const char *opt_transport_get_library_versions (void);

/**
 * OptTransport:
 *
 * One connection that can become TLS. It calls back from the main context only, never from within
 * one of its own functions, and never again after opt_transport_free().
 */
typedef struct _OptTransport OptTransport;

/**
 * OptTransportFunc:
 * @self: the transport
 * @user_data: what was given with the function
 */
typedef void (*OptTransportFunc) (OptTransport *self, gpointer user_data);

/**
 * OptTransportSecuredFunc:
 * @self: the transport
 * @secured: whether the connection is now TLS 1.2 or newer with a verified certificate
 * @user_data: what was given with the function
 */
typedef void (*OptTransportSecuredFunc) (OptTransport *self, gboolean secured, gpointer user_data);

/**
 * opt_transport_new:
 * @group: the group to belong to
 * @socket: a connected socket that does not block
 * @readable: called when there is something to receive, or the end
 * @user_data: for both functions
 *
 * Returns: (transfer full): a transport in the clear
 */
OptTransport *opt_transport_new (OptTransportGroup *group,
                                 GSocket *socket,
                                 OptTransportFunc readable,
                                 gpointer user_data);

/**
 * opt_transport_free:
 * @self: (transfer full): a transport
 *
 * Closes the connection at once, whatever it was doing.
 */
void opt_transport_free (OptTransport *self);

/**
 * opt_transport_secure:
 * @self: a transport in the clear
 * @evidence: whose server's name the certificate must prove, and where what is seen is written
 * @secured: called when done
 *
 * Makes TLS of the connection. Nothing that came before is read again.
 */
void
opt_transport_secure (OptTransport *self, OptEvidence *evidence, OptTransportSecuredFunc secured);

/**
 * opt_transport_receive:
 * @self: a transport
 * @buffer: (array length=size): where to put what came
 * @size: the size of @buffer, bytes
 * @error: return location: %G_IO_ERROR_WOULD_BLOCK when there is nothing yet
 *
 * Returns: how many bytes came; 0 at the end; -1 with @error set
 */
gssize opt_transport_receive (OptTransport *self, char *buffer, gsize size, GError **error);

/**
 * opt_transport_send:
 * @self: a transport
 * @bytes: (transfer full): what to send; wiped afterwards
 *
 * Sends everything, when the connection takes it. A connection that is lost shows when receiving.
 */
void opt_transport_send (OptTransport *self, GByteArray *bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptTransportGroup, opt_transport_group_unref)

G_END_DECLS
