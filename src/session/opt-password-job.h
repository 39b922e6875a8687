/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-check.h"
#include "opt-keyring.h"
#include "opt-network-source.h"
#include "opt-setup-store.h"

G_BEGIN_DECLS

/* How far a changed password has come. */
typedef enum
{
  OPT_PASSWORD_TYPING,
  OPT_PASSWORD_CHECKING,
  OPT_PASSWORD_NOT_PROVEN, /* the check was not passed; see opt_password_job_get_check() */
  OPT_PASSWORD_STORING,
  OPT_PASSWORD_STORED,
  OPT_PASSWORD_FAILED, /* see opt_password_job_get_error() */
} OptPasswordState;

#define OPT_TYPE_PASSWORD_STATE (opt_password_state_get_type ())
GType opt_password_state_get_type (void);

#define OPT_TYPE_PASSWORD_JOB (opt_password_job_get_type ())

/**
 * OptPasswordJob:
 *
 * A password that was changed at the provider: it is checked, and when it works it goes to every
 * place that has the old one. Until then nothing is changed.
 *
 * Properties: `state` (an #OptPasswordState), `has-password`, `places` (a #GStrv).
 */
G_DECLARE_FINAL_TYPE (OptPasswordJob, opt_password_job, OPT, PASSWORD_JOB, GObject)

/**
 * opt_password_job_new:
 * @keyring: where our own items are
 * @account: the account whose password was changed
 * @store: what was set up in other programs
 * @source: (nullable): where the check gets its world from
 *
 * Returns: (transfer full): a job that begins to find out which places have the password
 */
OptPasswordJob *opt_password_job_new (OptKeyring *keyring,
                                      OptAccount *account,
                                      OptSetupStore *store,
                                      OptNetworkSource *source);

/**
 * opt_password_job_get_account:
 * @self: a job
 *
 * Returns: (transfer none): the account
 */
OptAccount *opt_password_job_get_account (OptPasswordJob *self);

/**
 * opt_password_job_set_password:
 * @self: a job
 * @bytes: (array length=n_bytes): the new password as typed
 * @n_bytes: its length in bytes; 0 to forget it
 * @error: return location for an %OPT_ERROR of the OPT_ERROR_PASSWORD_ kind
 *
 * Returns: whether it can be a password
 */
gboolean opt_password_job_set_password (OptPasswordJob *self,
                                        const char *bytes,
                                        gsize n_bytes,
                                        GError **error);

/**
 * opt_password_job_has_password:
 * @self: a job
 *
 * Returns: whether it has a new password
 */
gboolean opt_password_job_has_password (OptPasswordJob *self);

/**
 * opt_password_job_peek_secret:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the new password
 */
OptSecret *opt_password_job_peek_secret (OptPasswordJob *self);

/**
 * opt_password_job_start:
 * @self: a job with a password that is not under way
 *
 * Checks the password, and then puts it where the old one was.
 */
void opt_password_job_start (OptPasswordJob *self);

/**
 * opt_password_job_cancel:
 * @self: a job
 *
 * Ends what is under way; what was changed by then is put back.
 */
void opt_password_job_cancel (OptPasswordJob *self);

/**
 * opt_password_job_get_state:
 * @self: a job
 *
 * Returns: how far it has come
 */
OptPasswordState opt_password_job_get_state (OptPasswordJob *self);

/**
 * opt_password_job_is_busy:
 * @self: a job
 *
 * Returns: whether it is checking or storing
 */
gboolean opt_password_job_is_busy (OptPasswordJob *self);

/**
 * opt_password_job_get_places:
 * @self: a job
 *
 * Returns: (transfer none) (nullable) (array zero-terminated=1): before the end, the places that
 *   have the old password; after it, those that have the new one; %NULL while that is not known
 */
const char *const *opt_password_job_get_places (OptPasswordJob *self);

/**
 * opt_password_job_get_check:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): the last check
 */
OptCheck *opt_password_job_get_check (OptPasswordJob *self);

/**
 * opt_password_job_get_error:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): why the password could not be put everywhere
 */
const GError *opt_password_job_get_error (OptPasswordJob *self);

G_END_DECLS
