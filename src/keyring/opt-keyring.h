/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-account.h"
#include "opt-keyring-item.h"
#include "opt-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define OPT_TYPE_KEYRING (opt_keyring_get_type ())
G_DECLARE_INTERFACE (OptKeyring, opt_keyring, OPT, KEYRING, GObject)

/**
 * OptKeyringInterface:
 *
 * A place that keeps passwords. The functions block and may wait for a person who is asked to
 * unlock it; they are called in a thread of their own, several at the same time.
 *
 * Their errors, and so those of the functions below, are %G_IO_ERROR_CANCELLED and, all with the
 * keyring's own words for the log:
 * %OPT_ERROR_KEYRING_MISSING: there is none on this computer;
 * %OPT_ERROR_KEYRING_LOCKED: it is locked and does not offer to be unlocked;
 * %OPT_ERROR_KEYRING_DISMISSED: the person did not unlock it, or could not be asked;
 * %OPT_ERROR_KEYRING_FAILED: anything else.
 */
struct _OptKeyringInterface
{
  GTypeInterface parent_iface;

  gboolean (*save) (OptKeyring *self,
                    OptAccount *account,
                    OptSecret *secret,
                    GCancellable *cancellable,
                    GError **error);
  OptSecret *(*find) (OptKeyring *self,
                      OptAccount *account,
                      GCancellable *cancellable,
                      GError **error);
  GPtrArray *(*list) (OptKeyring *self, GCancellable *cancellable, GError **error);
  int (*forget) (OptKeyring *self, const char *address, GCancellable *cancellable, GError **error);
  char *(*describe) (OptKeyring *self, GCancellable *cancellable, GError **error);
  gboolean (*look) (OptKeyring *self,
                    const char *address,
                    gboolean *is_there,
                    GCancellable *cancellable,
                    GError **error);
};

/**
 * opt_keyring_save_async:
 * @self: a keyring
 * @account: an account with at least one server
 * @secret: its password
 * @cancellable: (nullable): to stop it; what was changed by then is put back
 * @callback: called when done
 * @user_data: for @callback
 *
 * Keeps the password for the preferred server of each of the account's services. What was kept
 * for this address before is replaced: afterwards there is one item for each service and no
 * outdated password. After a failure the keyring is as it was before, as far as it lets us.
 */
void opt_keyring_save_async (OptKeyring *self,
                             OptAccount *account,
                             OptSecret *secret,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * opt_keyring_save_finish:
 * @self: a keyring
 * @result: what the callback got
 * @error: return location; see #OptKeyringInterface; %OPT_ERROR_PASSWORD_MIXED when after another
 *   failure an item could not be made what it was before, with its name in the message
 *
 * Returns: whether the password is kept
 */
gboolean opt_keyring_save_finish (OptKeyring *self, GAsyncResult *result, GError **error);

/**
 * opt_keyring_save:
 * @self: a keyring
 * @account: an account with at least one server
 * @secret: its password
 * @cancellable: (nullable): to stop it; what was changed by then is put back
 * @error: return location for the errors of opt_keyring_save_finish()
 *
 * As opt_keyring_save_async(), for a thread that has more to do: blocks.
 *
 * Returns: whether the password is kept
 */
gboolean opt_keyring_save (OptKeyring *self,
                           OptAccount *account,
                           OptSecret *secret,
                           GCancellable *cancellable,
                           GError **error);

/**
 * opt_keyring_look:
 * @self: a keyring
 * @address: an address, as opt_address_get_text() has it
 * @is_there: (out): whether we keep anything for it, locked or not
 * @cancellable: (nullable): to stop it
 * @error: return location; see #OptKeyringInterface
 *
 * Asks nobody to unlock. Blocks, and so is for a thread.
 *
 * Returns: whether the keyring has told
 */
gboolean opt_keyring_look (OptKeyring *self,
                           const char *address,
                           gboolean *is_there,
                           GCancellable *cancellable,
                           GError **error);

/**
 * opt_keyring_find_async:
 * @self: a keyring
 * @account: an account
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Looks for the password that was kept for one of the account's servers: any of them, for the one
 * it was saved for may since have become the second choice; but no other, for a password goes to
 * the servers it was given for and nowhere else.
 */
void opt_keyring_find_async (OptKeyring *self,
                             OptAccount *account,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * opt_keyring_find_finish:
 * @self: a keyring
 * @result: what the callback got
 * @error: return location; see #OptKeyringInterface; %OPT_ERROR_KEYRING_NOT_FOUND when nothing is
 *   kept, an OPT_ERROR_PASSWORD_ code when what is kept cannot be a password
 *
 * Returns: (transfer full) (nullable): the password
 */
OptSecret *opt_keyring_find_finish (OptKeyring *self, GAsyncResult *result, GError **error);

/**
 * opt_keyring_list_async:
 * @self: a keyring
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Lists what we keep, without reading a password and without asking anybody to unlock.
 */
void opt_keyring_list_async (OptKeyring *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * opt_keyring_list_finish:
 * @self: a keyring
 * @result: what the callback got
 * @error: return location; see #OptKeyringInterface; %OPT_ERROR_KEYRING_LOCKED from a keyring
 *   that hides even the names while it is locked
 *
 * Returns: (transfer full) (element-type OptKeyringItem) (nullable): the items by address and
 *   service; may be empty
 */
GPtrArray *opt_keyring_list_finish (OptKeyring *self, GAsyncResult *result, GError **error);

/**
 * opt_keyring_forget_async:
 * @self: a keyring
 * @address: an address, as opt_address_get_text() has it
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Removes all that we keep for an address.
 */
void opt_keyring_forget_async (OptKeyring *self,
                               const char *address,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * opt_keyring_forget_finish:
 * @self: a keyring
 * @result: what the callback got
 * @error: return location; see #OptKeyringInterface
 *
 * Returns: how many items were removed, or -1
 */
int opt_keyring_forget_finish (OptKeyring *self, GAsyncResult *result, GError **error);

/**
 * opt_keyring_describe_async:
 * @self: a keyring
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Finds out where opt_keyring_save_async() would keep a password. Asks nobody to unlock.
 */
void opt_keyring_describe_async (OptKeyring *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/**
 * opt_keyring_describe_finish:
 * @self: a keyring
 * @result: what the callback got
 * @error: return location; see #OptKeyringInterface
 *
 * Returns: (transfer full) (nullable): the name that the person's keyring manager shows, `Login`;
 *   empty when it has no name or is yet to be made
 */
char *opt_keyring_describe_finish (OptKeyring *self, GAsyncResult *result, GError **error);

G_END_DECLS
