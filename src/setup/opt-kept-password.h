/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-found.h"
#include "opt-secret.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The password that another mail program keeps in the keyring. It is the person's own, but they
 * have to agree before we use what they gave to somebody else. */

/**
 * opt_kept_password_may_be_there:
 * @found: an account as some program has it
 *
 * Returns: whether it is of a program that keeps passwords where we can find them: whether to offer
 *   it. Looks at nothing.
 */
gboolean opt_kept_password_may_be_there (const OptFound *found);

/**
 * opt_kept_password_find_async:
 * @found: an account for which opt_kept_password_may_be_there()
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Call it when the person has agreed. May wait for them to unlock the keyring.
 */
void opt_kept_password_find_async (OptFound *found,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * opt_kept_password_find_finish:
 * @result: what the callback got
 * @error: return location for the errors of #OptKeyringInterface, %OPT_ERROR_KEYRING_NOT_FOUND when
 *   the program keeps none there, an OPT_ERROR_PASSWORD_ code when what is kept cannot be a
 * password
 *
 * Returns: (transfer full) (nullable): the password
 */
OptSecret *opt_kept_password_find_finish (GAsyncResult *result, GError **error);

G_END_DECLS
