/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-keyring-libsecret.h"

/* The keyring's calls, each waited for on the default main context, and what the tests keep. */

OptAccount *account_new (const char *address, const char *imap, const char *pop3, const char *smtp);
OptSecret *secret_new (const char *password);

GAsyncResult *wait_for_result (GAsyncResult **result);
void keep_result (GObject *source, GAsyncResult *result, gpointer user_data);

gboolean
call_save (OptAccount *account, const char *password, GCancellable *cancellable, GError **error);
OptSecret *call_find (OptAccount *account, GCancellable *cancellable, GError **error);
GPtrArray *call_list (GCancellable *cancellable, GError **error);
int call_forget (const char *address, GCancellable *cancellable, GError **error);
char *call_describe (GCancellable *cancellable, GError **error);

void assert_saved (OptAccount *account, const char *password);
void assert_found (OptAccount *account, const char *password);
void assert_not_found (OptAccount *account);
/* @want: "address service host user" per line, as opt_keyring_list_finish() sorts them. */
void assert_listed (const char *want);
