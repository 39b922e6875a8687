/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-server.h"

G_BEGIN_DECLS

/**
 * OptPracticeSettingsServer:
 * @host: (nullable): its name; %NULL for no such server
 * @port: its port
 * @is_protected: whether the program uses TLS at all
 * @security: if so, how
 * @user: the name to sign in with
 *
 * One server as some program would have it.
 */
typedef struct
{
  const char *host;
  guint16 port;
  gboolean is_protected;
  OptSecurity security;
  const char *user;
} OptPracticeSettingsServer;

/**
 * OptPracticeSettings:
 * @client_id: whose settings they would be
 * @address: an example account of opt_practice_world_get_accounts()
 * @servers: (array fixed-size=OPT_N_SERVICES): the server of each #OptService
 *
 * Settings to practice repairing.
 */
typedef struct
{
  const char *client_id;
  const char *address;
  OptPracticeSettingsServer servers[OPT_N_SERVICES];
} OptPracticeSettings;

/**
 * opt_practice_settings_get:
 * @n: (out): return location for their number
 *
 * Returns: (transfer none) (array length=n): settings as if they had been found on this computer
 */
const OptPracticeSettings *opt_practice_settings_get (guint *n);

G_END_DECLS
