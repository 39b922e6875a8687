/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net-fixture.h"

G_BEGIN_DECLS

/**
 * NetWorld:
 * @net: the world
 * @servers: a server of each kind in it, all at %NET_HOST
 *
 * All that one account needs.
 */
typedef struct
{
  NetFixture *net;
  OptPracticeServer *servers[OPT_N_SERVICES];
} NetWorld;

/**
 * net_world_set_up:
 * @self: (out caller-allocates): the world
 * @security: the kind of TLS of all servers
 */
void net_world_set_up (NetWorld *self, OptSecurity security);

/**
 * net_world_tear_down:
 * @self: the world
 */
void net_world_tear_down (NetWorld *self);

/**
 * net_world_count_sign_ins:
 * @self: a world
 * @accepted: the good ones, or the refused
 *
 * Returns: how many sign-ins ended so at all servers together
 */
guint net_world_count_sign_ins (NetWorld *self, gboolean accepted);

/**
 * net_world_silence_sign_ins:
 * @self: a world
 *
 * From now on nobody who signs in gets an answer.
 */
void net_world_silence_sign_ins (NetWorld *self);

/**
 * net_world_assert_gate_held:
 * @self: a world where sign-ins are silenced
 *
 * Fails the test unless exactly one server got to see the password. Stops the servers.
 */
void net_world_assert_gate_held (NetWorld *self);

/**
 * net_get_state:
 * @check: a check
 * @service: a service of it
 *
 * Returns: the state of its probe
 */
OptProbeState net_get_state (OptCheck *check, OptService service);

/**
 * net_get_id:
 * @check: a check that is over
 * @service: a service of it
 *
 * Returns: (transfer none): the id of its diagnosis
 */
const char *net_get_id (OptCheck *check, OptService service);

G_END_DECLS
