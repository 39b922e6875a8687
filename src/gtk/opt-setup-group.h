/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-setup-job.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_SETUP_GROUP (opt_setup_group_get_type ())

/**
 * OptSetupGroup:
 *
 * Setting a mail program up from here: before, what will be changed; after, what was changed, and a
 * button that takes it back. It starts nothing itself, but activates the window's actions.
 */
G_DECLARE_FINAL_TYPE (OptSetupGroup, opt_setup_group, OPT, SETUP_GROUP, AdwPreferencesGroup)

/**
 * opt_setup_group_set_job:
 * @self: a group
 * @job: (nullable): what to show; %NULL for nothing
 *
 * Follows @job. The group is visible as long as @job can be done.
 */
void opt_setup_group_set_job (OptSetupGroup *self, OptSetupJob *job);

/**
 * opt_setup_group_get_job:
 * @self: a group
 *
 * Returns: (transfer none) (nullable): what it shows
 */
OptSetupJob *opt_setup_group_get_job (OptSetupGroup *self);

/**
 * opt_setup_group_focus:
 * @self: a visible group
 *
 * Moves the focus to what it says, so that a screen reader speaks it.
 */
void opt_setup_group_focus (OptSetupGroup *self);

G_END_DECLS
