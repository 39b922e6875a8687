/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-account.h"
#include "opt-probe.h"
#include "opt-verdict.h"

G_BEGIN_DECLS

/**
 * OptCheckOptions:
 * @skip: for every service, whether to leave it out
 * @look_only: for every service, whether to go no further than to where it could sign in, and never
 *   show it the password or the name; its probe ends as %OPT_PROBE_SEEN, which the verdict does not
 *   count as one that works
 * @all_sign_ins: whether to go on signing in after a password was refused, which counts as one
 *   failed sign-in at each server and can lock an account
 * @timeouts: how long is too long
 * @network: (nullable): a world of its own instead of the real network
 * @given_up: (nullable) (element-type OptServer): what earlier checks of this account found not to
 *   answer; opt_remedy_new() offers none of them
 */
typedef struct
{
  gboolean skip[OPT_N_SERVICES];
  gboolean look_only[OPT_N_SERVICES];
  gboolean all_sign_ins;
  OptTimeouts timeouts;
  OptNetwork *network;
  GPtrArray *given_up;
} OptCheckOptions;

/* Every service, one refused password at most, the real network. */
#define OPT_CHECK_OPTIONS_DEFAULT ((OptCheckOptions){ .timeouts = OPT_TIMEOUTS_DEFAULT })

#define OPT_TYPE_CHECK (opt_check_get_type ())

/**
 * OptCheck:
 *
 * One run of all tests of one account, all servers at the same time, with new connections. For
 * another run make another one.
 *
 * Signals: `changed`, whenever anything about any probe changed.
 */
G_DECLARE_FINAL_TYPE (OptCheck, opt_check, OPT, CHECK, GObject)

/**
 * opt_check_new:
 * @account: the account
 * @options: how to go about it; copied, with references to what it points to
 *
 * Returns: (transfer full): a check that does nothing until opt_check_run_async()
 */
OptCheck *opt_check_new (OptAccount *account, const OptCheckOptions *options);

/**
 * opt_check_run_async:
 * @self: a check that has not run
 * @secret: the password; a reference is held until the check is over
 * @cancellable: (nullable): ends the check at once
 * @callback: called when it is over
 * @user_data: for @callback
 */
void opt_check_run_async (OptCheck *self,
                          OptSecret *secret,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/**
 * opt_check_run_finish:
 * @self: a check
 * @result: what the callback got
 *
 * A check cannot fail to have a result: what went wrong at the servers is in the probes.
 *
 * Returns: the verdict; %OPT_VERDICT_CANCELLED when it was cancelled
 */
OptVerdict opt_check_run_finish (OptCheck *self, GAsyncResult *result);

/**
 * opt_check_get_account:
 * @self: a check
 *
 * Returns: (transfer none): the account
 */
OptAccount *opt_check_get_account (OptCheck *self);

/**
 * opt_check_get_probe:
 * @self: a check
 * @service: a service
 *
 * Returns: (transfer none) (nullable): its probe, or %NULL if the account has no such service or
 *   it was left out
 */
OptProbe *opt_check_get_probe (OptCheck *self, OptService service);

/**
 * opt_check_works:
 * @self: a check
 * @service: a service
 *
 * Returns: whether a server of that service was found to work
 */
gboolean opt_check_works (OptCheck *self, OptService service);

/**
 * opt_check_find_incoming:
 * @self: a check
 * @preferred: %OPT_SERVICE_IMAP or %OPT_SERVICE_POP3
 * @incoming: (out): return location for that one if it works, else for the other
 *
 * Returns: whether there is a way of receiving that works
 */
gboolean opt_check_find_incoming (OptCheck *self, OptService preferred, OptService *incoming);

/**
 * opt_check_get_verdict:
 * @self: a check
 *
 * Returns: the verdict; %OPT_VERDICT_NONE until it is over
 */
OptVerdict opt_check_get_verdict (OptCheck *self);

/**
 * opt_check_accepted_password:
 * @self: a check
 *
 * Returns: whether any server has let us in: that proves the password right, whatever is wrong
 *   elsewhere
 */
gboolean opt_check_accepted_password (OptCheck *self);

/**
 * opt_check_get_unused_proxy:
 * @self: a check
 *
 * Mail never goes through a proxy, whatever the system is set to; a person has to be told that.
 *
 * Returns: (transfer none) (nullable): the URI of the proxy that the system is set to use, without
 *   user name and password; %NULL if there is none, or it is not known yet
 */
const char *opt_check_get_unused_proxy (OptCheck *self);

/**
 * opt_check_get_given_up:
 * @self: a check
 *
 * Returns: (transfer none) (nullable) (element-type OptServer): as in #OptCheckOptions
 */
GPtrArray *opt_check_get_given_up (OptCheck *self);

/**
 * opt_check_get_elapsed_us:
 * @self: a check
 *
 * Returns: how long it has been running, or ran, microseconds
 */
gint64 opt_check_get_elapsed_us (OptCheck *self);

/**
 * opt_check_dup_account:
 * @self: a check that is over
 *
 * Returns: (transfer full): the account with those servers first that were found to work
 */
OptAccount *opt_check_dup_account (OptCheck *self);

G_END_DECLS
