/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-keyring.h"
#include "opt-setup-store.h"

G_BEGIN_DECLS

/* A password that was changed at the provider, in every place on this computer that we have put it
 * in: together, or not at all. */

/**
 * opt_new_password_list_async:
 * @keyring: where our own items are
 * @account: the account
 * @store: what was set up in other programs
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Finds out which places have the password of @account, without reading one and without asking
 * anybody to unlock.
 */
void opt_new_password_list_async (OptKeyring *keyring,
                                  OptAccount *account,
                                  OptSetupStore *store,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * opt_new_password_list_finish:
 * @result: what the callback got
 * @error: return location for %OPT_ERROR_SETUPS_INVALID, an OPT_ERROR_KEYRING_ code,
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (array zero-terminated=1) (nullable): the places in the person's
 *   language, a line each; may be empty
 */
char **opt_new_password_list_finish (GAsyncResult *result, GError **error);

/**
 * opt_new_password_store_async:
 * @keyring: where our own items are
 * @account: the account
 * @store: what was set up in other programs
 * @secret: the new password, which a check has found to work
 * @cancellable: (nullable): to stop it; what was changed by then is put back
 * @callback: called when done
 * @user_data: for @callback
 *
 * Puts the new password in the place of the old one everywhere. May wait for a person who is asked
 * to unlock the keyring.
 */
void opt_new_password_store_async (OptKeyring *keyring,
                                   OptAccount *account,
                                   OptSetupStore *store,
                                   OptSecret *secret,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * opt_new_password_store_finish:
 * @result: what the callback got
 * @error: return location for %OPT_ERROR_SETUPS_INVALID, an OPT_ERROR_KEYRING_
 *   code, %G_IO_ERROR_CANCELLED; every place then has the password that it had
 *   before, as far as it lets us: %OPT_ERROR_PASSWORD_MIXED when one does not, with the name that
 *   its keyring item has in the message
 *
 * Returns: (transfer full) (array zero-terminated=1) (nullable): the places that have the new
 *   password, in the person's language, a line each
 */
char **opt_new_password_store_finish (GAsyncResult *result, GError **error);

/**
 * opt_new_password_get_reminder:
 *
 * Returns: (transfer none): what is still to come elsewhere once a new password is stored, in the
 *   person's language
 */
const char *opt_new_password_get_reminder (void);

G_END_DECLS
