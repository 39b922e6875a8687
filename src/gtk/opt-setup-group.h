/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-job-group.h"

#include "opt-setup-job.h"

G_BEGIN_DECLS

#define OPT_TYPE_SETUP_GROUP (opt_setup_group_get_type ())

/**
 * OptSetupGroup:
 *
 * Setting a mail program up from here: before, what will be changed; after, what was changed, and a
 * button that takes it back.
 */
G_DECLARE_FINAL_TYPE (OptSetupGroup, opt_setup_group, OPT, SETUP_GROUP, OptJobGroup)

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

G_END_DECLS
