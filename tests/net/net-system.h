/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * NetSystem:
 * @offline: whether the system says that there is no network
 * @portal: whether it says that a sign-in page stands before the internet
 * @proxy: (nullable): the URI of the proxy that it is set to use
 * @silent: whether it never says which proxy
 *
 * What the desktop says of its network.
 */
typedef struct
{
  gboolean offline;
  gboolean portal;
  const char *proxy;
  gboolean silent;
} NetSystem;

/**
 * net_system_set:
 * @system: what the desktop says from now on; @system->proxy must stay
 *
 * Takes the place of the real desktop's GNetworkMonitor and GProxyResolver, for the whole process.
 * The first call must come before anybody asks for them.
 */
void net_system_set (const NetSystem *system);

G_END_DECLS
