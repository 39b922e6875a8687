/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_WAY_IN_GROUP (opt_way_in_group_get_type ())

/**
 * OptWayInGroup:
 *
 * How mail programs shall receive, where the check has left a choice, and for how long POP3 leaves
 * mail on the server.
 */
G_DECLARE_FINAL_TYPE (OptWayInGroup, opt_way_in_group, OPT, WAY_IN_GROUP, AdwPreferencesGroup)

/**
 * opt_way_in_group_set_session:
 * @self: a group that has none yet
 * @session: what it shows and changes
 */
void opt_way_in_group_set_session (OptWayInGroup *self, OptSession *session);

G_END_DECLS
