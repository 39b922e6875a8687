/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-server.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_SERVER_GROUP (opt_server_group_get_type ())

/**
 * OptServerGroup:
 *
 * The entries for one server typed by hand: host, security, port, sign-in name.
 *
 * Signals: `changed`, whenever something was typed or chosen.
 */
G_DECLARE_FINAL_TYPE (OptServerGroup, opt_server_group, OPT, SERVER_GROUP, AdwPreferencesGroup)

/**
 * opt_server_group_new:
 * @service: what the server does
 *
 * Returns: (transfer floating): an empty group
 */
GtkWidget *opt_server_group_new (OptService service);

/**
 * opt_server_group_set_server:
 * @self: a group
 * @server: (nullable): what to show; %NULL for the usual port and no host
 * @user: the sign-in name to show when there is no @server
 */
void opt_server_group_set_server (OptServerGroup *self, OptServer *server, const char *user);

/**
 * opt_server_group_is_empty:
 * @self: a group
 *
 * Returns: whether no host was typed
 */
gboolean opt_server_group_is_empty (OptServerGroup *self);

/**
 * opt_server_group_create_server:
 * @self: a group
 * @error: return location for an %OPT_ERROR of the OPT_ERROR_SERVER_ kind
 *
 * Returns: (transfer full) (nullable): the server as typed
 */
OptServer *opt_server_group_create_server (OptServerGroup *self, GError **error);

/**
 * opt_server_group_mark:
 * @self: a group
 * @error: (nullable): why opt_server_group_create_server() gave nothing
 * @message: what says so
 *
 * Marks the entry that has the error, and takes the mark from the others.
 */
void opt_server_group_mark (OptServerGroup *self, const GError *error, GtkWidget *message);

/**
 * opt_server_group_focus:
 * @self: a group
 *
 * Moves the focus to the entry for the host. As its grab_focus() this would be where Tab leads
 * whenever it comes to the group, past what is before it.
 */
void opt_server_group_focus (OptServerGroup *self);

G_END_DECLS
