/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-found-item.h"
#include "opt-keyring.h"
#include "opt-machine.h"
#include "opt-network-source.h"
#include "opt-scan.h"

G_BEGIN_DECLS

#define OPT_TYPE_FOUND_LIST (opt_found_list_get_type ())

/**
 * OptFoundList:
 *
 * A #GListModel of #OptFoundItem: the accounts that the programs of this computer have, those that
 * were set up with us first, and those of files that were opened by hand last. It finds, tests, and
 * remembers a password for as long as it lives; it changes nothing but our own list of accounts,
 * where it notes the results of checks.
 *
 * Properties: `scanning`, `can-test-all`, `testing`. Signals: `failed` (a #GError): something that
 * was begun could not be done, such as finding a password.
 */
G_DECLARE_FINAL_TYPE (OptFoundList, opt_found_list, OPT, FOUND_LIST, GObject)

/**
 * opt_found_list_new:
 * @keyring: (nullable): where our own passwords are
 * @providers: the providers that accounts may belong to
 * @store_path: (nullable): the file of accounts that were set up
 *
 * Returns: (transfer full): an empty list
 */
OptFoundList *
opt_found_list_new (OptKeyring *keyring, OptProviders *providers, const char *store_path);

/**
 * opt_found_list_set_machine:
 * @self: a list that has none
 * @machine: (transfer full): where to look
 *
 * Without it opt_found_list_start_scan() looks nowhere, as in practice.
 */
void opt_found_list_set_machine (OptFoundList *self, OptMachine *machine);

/**
 * opt_found_list_set_network_source:
 * @self: a list
 * @source: where tests get their world from
 */
void opt_found_list_set_network_source (OptFoundList *self, OptNetworkSource *source);

/**
 * opt_found_list_start_scan:
 * @self: a list
 *
 * Looks at the machine in the background, once: later calls do nothing.
 */
void opt_found_list_start_scan (OptFoundList *self);

/**
 * opt_found_list_is_scanning:
 * @self: a list
 *
 * Returns: whether it is looking
 */
gboolean opt_found_list_is_scanning (OptFoundList *self);

/**
 * opt_found_list_get_troubles:
 * @self: a list
 *
 * Returns: (transfer none) (nullable) (element-type OptScanTrouble): what could not be read; %NULL
 *   before the end of a scan
 */
GPtrArray *opt_found_list_get_troubles (OptFoundList *self);

/**
 * opt_found_list_refresh_saved:
 * @self: a list
 *
 * An account was set up, or changed, with us: reads our own list again.
 */
void opt_found_list_refresh_saved (OptFoundList *self);

/**
 * opt_found_list_add:
 * @self: a list
 * @found: an account
 * @file: (nullable): the file that it was opened from by hand
 *
 * Returns: (transfer none): the account in the list
 */
OptFoundItem *opt_found_list_add (OptFoundList *self, OptFound *found, const char *file);

/**
 * opt_found_list_find:
 * @self: a list
 * @id: what opt_found_item_get_id() gave
 *
 * Returns: (transfer none) (nullable): that account
 */
OptFoundItem *opt_found_list_find (OptFoundList *self, guint id);

/**
 * opt_found_list_complete:
 * @self: a list
 * @item: an account whose review needs an address, and that is not busy
 * @address: whose it is
 *
 * Puts the account as it is for @address in the place of @item.
 *
 * Returns: (transfer none): the new one
 */
OptFoundItem *
opt_found_list_complete (OptFoundList *self, OptFoundItem *item, const OptAddress *address);

/**
 * opt_found_list_open_async:
 * @self: a list
 * @path: a file that a person has chosen, in the encoding of file names
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Reads the file in another thread and adds its accounts, in the place of those that it had when it
 * was opened before.
 */
void opt_found_list_open_async (OptFoundList *self,
                                const char *path,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * opt_found_list_open_finish:
 * @self: a list
 * @result: what the callback got
 * @error: return location for the errors of opt_scan_file(), and %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type OptFoundItem) (nullable): its accounts, at least one
 */
GPtrArray *opt_found_list_open_finish (OptFoundList *self, GAsyncResult *result, GError **error);

/**
 * opt_found_list_set_password:
 * @self: a list
 * @item: an account of it
 * @bytes: (array length=n_bytes): the password as typed
 * @n_bytes: its length in bytes; 0 to forget it
 * @error: return location for an %OPT_ERROR of the OPT_ERROR_PASSWORD_ kind
 *
 * It is one password for every account of the same address, in whatever program.
 *
 * Returns: whether it can be a password
 */
gboolean opt_found_list_set_password (
  OptFoundList *self, OptFoundItem *item, const char *bytes, gsize n_bytes, GError **error);

/**
 * opt_found_list_may_use_kept_password:
 * @self: a list
 * @item: an account of it
 *
 * Returns: whether the account's own program may keep its password where we could find it
 */
gboolean opt_found_list_may_use_kept_password (OptFoundList *self, OptFoundItem *item);

/**
 * opt_found_list_use_kept_password:
 * @self: a list
 * @item: an account of it, opt_found_list_may_use_kept_password(), not busy
 *
 * The person has agreed: begins to look for the password that the account's own program keeps.
 */
void opt_found_list_use_kept_password (OptFoundList *self, OptFoundItem *item);

/**
 * opt_found_list_dup_unconfirmed_hosts:
 * @self: a list
 * @item: (nullable): an account of it; %NULL for those that opt_found_list_start_test_all() tests
 *
 * Returns: (transfer full) (array zero-terminated=1): the hosts to ask about before a test, each
 *   once
 */
char **opt_found_list_dup_unconfirmed_hosts (OptFoundList *self, OptFoundItem *item);

/**
 * opt_found_list_confirm_host:
 * @self: a list
 * @item: (nullable): the account whose password may go there; %NULL for those that
 *   opt_found_list_start_test_all() tests
 * @host: a host of opt_found_list_dup_unconfirmed_hosts()
 */
void opt_found_list_confirm_host (OptFoundList *self, OptFoundItem *item, const char *host);

/**
 * opt_found_list_can_test:
 * @self: a list
 * @item: an account of it
 *
 * Returns: whether its password is known, it is not busy, and there is anything to test
 */
gboolean opt_found_list_can_test (OptFoundList *self, OptFoundItem *item);

/**
 * opt_found_list_start_test:
 * @self: a list
 * @item: an account that can be tested, with no host left to confirm
 */
void opt_found_list_start_test (OptFoundList *self, OptFoundItem *item);

/**
 * opt_found_list_cancel_test:
 * @self: a list
 * @item: an account of it
 */
void opt_found_list_cancel_test (OptFoundList *self, OptFoundItem *item);

/**
 * opt_found_list_can_test_all:
 * @self: a list
 *
 * Returns: whether any account can be tested
 */
gboolean opt_found_list_can_test_all (OptFoundList *self);

/**
 * opt_found_list_is_testing:
 * @self: a list
 *
 * Returns: whether any account of it is being tested, or waits for that of another
 */
gboolean opt_found_list_is_testing (OptFoundList *self);

/**
 * opt_found_list_start_test_all:
 * @self: a list with no host left to confirm
 *
 * Tests all accounts whose password is known, at the same time.
 */
void opt_found_list_start_test_all (OptFoundList *self);

G_END_DECLS
