/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-account.h"

G_BEGIN_DECLS

/**
 * OptSavedAccount:
 * @account: the account
 * @saved: when it was saved, UTC
 * @checked: (nullable): when it was last checked, UTC
 * @verdict: (nullable): what came of it: `works`, `partly` or `fails`
 *
 * One account that was set up. Immutable.
 */
typedef struct
{
  OptAccount *account;
  GDateTime *saved;
  GDateTime *checked;
  char *verdict;
} OptSavedAccount;

/**
 * opt_saved_account_free:
 * @self: (transfer full): a saved account
 */
void opt_saved_account_free (OptSavedAccount *self);

/**
 * OptAccountStore:
 *
 * Which accounts were set up: a key file with one section for each address, never with a password.
 * It keeps nothing in memory: every call reads the file, so that the wizard and the command line
 * see each other's changes. Calls block; the file is small and local. One thread.
 */
typedef struct _OptAccountStore OptAccountStore;

/**
 * opt_account_store_dup_default_path:
 *
 * Returns: (transfer full): `$XDG_CONFIG_HOME/optsetup/accounts.ini`
 */
char *opt_account_store_dup_default_path (void);

/**
 * opt_account_store_new:
 * @path: where the file is, or will be
 * @providers: the providers that its accounts may belong to
 *
 * Returns: (transfer full): a store; nothing is read or made yet
 */
OptAccountStore *opt_account_store_new (const char *path, OptProviders *providers);

/**
 * opt_account_store_free:
 * @self: (transfer full): a store
 */
void opt_account_store_free (OptAccountStore *self);

/**
 * opt_account_store_dup_path:
 * @self: a store
 *
 * Returns: (transfer full): where the file is, or will be
 */
char *opt_account_store_dup_path (OptAccountStore *self);

/**
 * opt_account_store_list:
 * @self: a store
 * @error: return location for %OPT_ERROR_ACCOUNTS_INVALID
 *
 * A file that is not there holds no accounts. One that cannot be read in full is an error here and
 * in every call below, and stays as it is: somebody may still mend it.
 *
 * Returns: (transfer full) (element-type OptSavedAccount) (nullable): the accounts in the order in
 *   which they were saved
 */
GPtrArray *opt_account_store_list (OptAccountStore *self, GError **error);

/**
 * opt_account_store_find:
 * @self: a store
 * @address: an address
 * @error: return location for %OPT_ERROR_ACCOUNTS_INVALID, or %OPT_ERROR_ACCOUNT_UNKNOWN when
 *   nothing is saved for @address
 *
 * An address that differs only in the case of its local part is found when there is no better one.
 *
 * Returns: (transfer full) (nullable): the account
 */
OptSavedAccount *
opt_account_store_find (OptAccountStore *self, const OptAddress *address, GError **error);

/**
 * opt_account_store_save:
 * @self: a store
 * @account: an account
 * @now: the time
 * @error: return location for %OPT_ERROR_ACCOUNTS_INVALID or an OPT_ERROR_FILE_ code
 *
 * Adds the account with the preferred server of each service, or replaces the one of the same
 * address together with the result of its last check. Makes the folder if need be.
 *
 * Returns: whether it is saved
 */
gboolean opt_account_store_save (OptAccountStore *self,
                                 const OptAccount *account,
                                 GDateTime *now,
                                 GError **error);

/**
 * opt_account_store_set_checked:
 * @self: a store
 * @address: the address of a saved account, letter by letter
 * @verdict: `works`, `partly` or `fails`
 * @now: the time
 * @error: return location for %OPT_ERROR_ACCOUNTS_INVALID, %OPT_ERROR_ACCOUNT_UNKNOWN or an
 *   OPT_ERROR_FILE_ code
 *
 * Returns: whether the result of the check is saved
 */
gboolean opt_account_store_set_checked (OptAccountStore *self,
                                        const OptAddress *address,
                                        const char *verdict,
                                        GDateTime *now,
                                        GError **error);

/**
 * opt_account_store_forget:
 * @self: a store
 * @address: the address of a saved account, letter by letter
 * @error: return location for %OPT_ERROR_ACCOUNTS_INVALID, %OPT_ERROR_ACCOUNT_UNKNOWN or an
 *   OPT_ERROR_FILE_ code
 *
 * Returns: whether it was there and is gone
 */
gboolean
opt_account_store_forget (OptAccountStore *self, const OptAddress *address, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptSavedAccount, opt_saved_account_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptAccountStore, opt_account_store_free)

G_END_DECLS
