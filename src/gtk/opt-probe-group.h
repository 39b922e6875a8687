/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-check.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_PROBE_GROUP (opt_probe_group_get_type ())

/**
 * OptProbeGroup:
 *
 * The servers of a check, a row each, with the time while it runs. Hidden while it has none.
 */
G_DECLARE_FINAL_TYPE (OptProbeGroup, opt_probe_group, OPT, PROBE_GROUP, AdwPreferencesGroup)

/**
 * opt_probe_group_set_check:
 * @self: a group
 * @check: (nullable): the check to show
 */
void opt_probe_group_set_check (OptProbeGroup *self, OptCheck *check);

/**
 * opt_probe_group_get_row:
 * @self: a group
 * @service: a service
 *
 * Returns: (transfer none) (nullable): the row of its server
 */
GtkWidget *opt_probe_group_get_row (OptProbeGroup *self, OptService service);

G_END_DECLS
