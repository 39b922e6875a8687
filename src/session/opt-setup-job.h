/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-setup.h"

G_BEGIN_DECLS

/* How far setting a program up has come. */
typedef enum
{
  OPT_SETUP_CHECKING, /* whether it can be done here at all */
  OPT_SETUP_NOT_HERE, /* it cannot */
  OPT_SETUP_READY,    /* it can */
  OPT_SETUP_PLANNING, /* finding out what will be changed */
  OPT_SETUP_PLANNED,  /* for the person to agree to */
  OPT_SETUP_APPLYING,
  OPT_SETUP_DONE,
  OPT_SETUP_UNDOING,
} OptSetupState;

#define OPT_TYPE_SETUP_STATE (opt_setup_state_get_type ())
GType opt_setup_state_get_type (void);

#define OPT_TYPE_SETUP_JOB (opt_setup_job_get_type ())

/**
 * OptSetupJob:
 *
 * One program being set up for one address: what opt-setup does, as a property to watch. What was
 * set up in an earlier session is done from the start, and can be undone.
 *
 * Properties: `state` (an #OptSetupState).
 */
G_DECLARE_FINAL_TYPE (OptSetupJob, opt_setup_job, OPT, SETUP_JOB, GObject)

/**
 * opt_setup_job_new:
 * @setup: how to set the program up
 * @address: whose mail it is
 * @store: the list of what was set up
 *
 * Begins to find out whether it can be done. Reads the disk.
 *
 * Returns: (transfer full): the job
 */
OptSetupJob *opt_setup_job_new (const OptSetup *setup, const char *address, OptSetupStore *store);

/**
 * opt_setup_job_get_client:
 * @self: a job
 *
 * Returns: (transfer none): the program
 */
const OptClient *opt_setup_job_get_client (OptSetupJob *self);

/**
 * opt_setup_job_get_state:
 * @self: a job
 *
 * Returns: how far it is
 */
OptSetupState opt_setup_job_get_state (OptSetupJob *self);

/**
 * opt_setup_job_get_error:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): why the last step has failed
 */
const GError *opt_setup_job_get_error (OptSetupJob *self);

/**
 * opt_setup_job_describe:
 * @self: a job
 *
 * Returns: (transfer full) (array zero-terminated=1): what will be changed, or once that is done
 *   what an undo takes away, in the person's language, a line each; nothing where neither is known
 */
char **opt_setup_job_describe (OptSetupJob *self);

/**
 * opt_setup_job_get_leftovers:
 * @self: a job
 *
 * Returns: (transfer none) (nullable) (element-type OptSetupLeftover): what the undo that was the
 *   last step could not take back; %NULL after any other step
 */
GPtrArray *opt_setup_job_get_leftovers (OptSetupJob *self);

/**
 * opt_setup_job_plan:
 * @self: a job that is %OPT_SETUP_READY
 * @settings: what the program shall be given
 *
 * Finds out what will be changed.
 */
void opt_setup_job_plan (OptSetupJob *self, OptSettings *settings);

/**
 * opt_setup_job_apply:
 * @self: a job that is %OPT_SETUP_PLANNED
 * @secret: the password
 */
void opt_setup_job_apply (OptSetupJob *self, OptSecret *secret);

/**
 * opt_setup_job_undo:
 * @self: a job that is %OPT_SETUP_DONE
 */
void opt_setup_job_undo (OptSetupJob *self);

/**
 * opt_setup_job_cancel:
 * @self: a job
 *
 * Stops planning, applying, or waiting for a yes. What was changed by then is taken back.
 */
void opt_setup_job_cancel (OptSetupJob *self);

/**
 * opt_setup_job_forget_plan:
 * @self: a job
 *
 * For when the settings have changed: what was planned is not what will be done.
 */
void opt_setup_job_forget_plan (OptSetupJob *self);

G_END_DECLS
