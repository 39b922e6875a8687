/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-client.h"
#include "opt-setup-record.h"
#include "opt-setup-store.h"

G_BEGIN_DECLS

/**
 * OptSetup:
 *
 * A mail program that can be set up from here, with no file to bring in: "Set it up now". First
 * opt_setup_plan_async() finds out what will be changed, for the person to see and agree to. Then
 * opt_setup_apply_async() does that and nothing else, or, where it fails, leaves everything as it
 * was; what it has done is in a record that it also keeps in a list. From that
 * opt_setup_undo_async() takes exactly the same away again, at once or at any time later.
 *
 * All of it goes on in threads; the callbacks come in the caller's main context. Nothing here knows
 * of practice: whoever practices does not call it.
 */
typedef struct _OptSetup OptSetup;

/**
 * OptSetupPlan:
 *
 * What will be changed. Reference-counted; can be applied once.
 */
typedef struct _OptSetupPlan OptSetupPlan;

#define OPT_TYPE_SETUP_PLAN (opt_setup_plan_get_type ())
GType opt_setup_plan_get_type (void);

/**
 * OptSetupLeftover:
 * @what: (array zero-terminated=1): what is still there, as opt_setup_record_describe_undo() has it
 * @reason: why. Of %OPT_ERROR, with words in opt_advice_get_error_text(): it is worth to try again;
 *   of %G_IO_ERROR, with a message in the person's language: it is not ours to take, and stays
 *
 * Something that could not be taken back.
 */
typedef struct
{
  char **what;
  GError *reason;
} OptSetupLeftover;

/**
 * opt_setup_find:
 * @client_id: the id of a client
 *
 * Returns: (transfer none) (nullable): how to set this client up; %NULL for one that takes a file
 *   only. Whether the program is installed is for opt_client_is_installed() to say.
 */
const OptSetup *opt_setup_find (const char *client_id);

/**
 * opt_setup_get_client:
 * @self: a program
 *
 * Returns: (transfer none): the client
 */
const OptClient *opt_setup_get_client (const OptSetup *self);

/**
 * opt_setup_check_async:
 * @self: a program
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Finds out whether it can be done on this computer at all: whether to offer it. Starts nothing.
 */
void opt_setup_check_async (const OptSetup *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/**
 * opt_setup_check_finish:
 * @result: what the callback got
 * @error: return location for %OPT_ERROR_SETUP_MISSING, %OPT_ERROR_SETUP_FAILED,
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it can
 */
gboolean opt_setup_check_finish (GAsyncResult *result, GError **error);

/**
 * opt_setup_plan_async:
 * @self: a program
 * @settings: what it shall be given
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Finds out what will be changed, and changes nothing. May start the program's service.
 */
void opt_setup_plan_async (const OptSetup *self,
                           OptSettings *settings,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/**
 * opt_setup_plan_finish:
 * @result: what the callback got
 * @error: return location for %OPT_ERROR_SETUP_MISSING, %OPT_ERROR_SETUP_RUNNING when the program
 *   has to be closed first, %OPT_ERROR_SETUP_EXISTS when it has this address already,
 *   or the keyring its password, %OPT_ERROR_SETUP_FOLDER, %OPT_ERROR_SETUP_FAILED,
 * %OPT_ERROR_CLIENT_PROTOCOL, %OPT_ERROR_CLIENT_NAME, %OPT_ERROR_CLIENT_VALUE,
 * %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the plan
 */
OptSetupPlan *opt_setup_plan_finish (GAsyncResult *result, GError **error);

/**
 * opt_setup_plan_ref:
 * @self: a plan
 *
 * Returns: (transfer full): @self. Thread-safe.
 */
OptSetupPlan *opt_setup_plan_ref (OptSetupPlan *self);

/**
 * opt_setup_plan_unref:
 * @self: (transfer full): a plan
 *
 * Thread-safe.
 */
void opt_setup_plan_unref (OptSetupPlan *self);

/**
 * opt_setup_plan_describe:
 * @self: a plan that was not applied yet
 *
 * Returns: (transfer full) (array zero-terminated=1): what will be changed, in the person's
 *   language, a line each: `New file “/home/jane/.config/geary/account_01/geary.ini”`
 */
char **opt_setup_plan_describe (const OptSetupPlan *self);

/**
 * opt_setup_apply_async:
 * @plan: a plan that was not applied yet
 * @secret: the password
 * @store: the list that the record goes into
 * @cancellable: (nullable): to stop it; what was changed by then is taken back
 * @callback: called when done
 * @user_data: for @callback
 *
 * Sets the program up. May wait for a person who is asked to unlock the keyring.
 */
void opt_setup_apply_async (OptSetupPlan *plan,
                            OptSecret *secret,
                            OptSetupStore *store,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/**
 * opt_setup_apply_finish:
 * @result: what the callback got
 * @error: return location for %OPT_ERROR_SETUP_MISSING, %OPT_ERROR_SETUP_RUNNING,
 *   %OPT_ERROR_SETUP_EXISTS, %OPT_ERROR_SETUP_KNOWN when it was set up from here before,
 *   %OPT_ERROR_SETUP_FAILED, %OPT_ERROR_SETUPS_INVALID, an OPT_ERROR_KEYRING_ or OPT_ERROR_FILE_
 *   code, %G_IO_ERROR_CANCELLED. All is then as it was before; should something resist even that,
 *   it is in the list, to be undone from there.
 *
 * Returns: (transfer full) (nullable): exactly what was changed
 */
OptSetupRecord *opt_setup_apply_finish (GAsyncResult *result, GError **error);

/**
 * opt_setup_undo_async:
 * @record: what was changed, from opt_setup_apply_finish() or opt_setup_store_find()
 * @store: the list that the record is in
 * @cancellable: (nullable): to stop it before it begins; it is not left half done
 * @callback: called when done
 * @user_data: for @callback
 *
 * Takes exactly that away again. What is no longer there is no failure.
 */
void opt_setup_undo_async (OptSetupRecord *record,
                           OptSetupStore *store,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/**
 * opt_setup_undo_finish:
 * @result: what the callback got
 * @error: return location for %OPT_ERROR_SETUP_RUNNING when the program has to be closed first,
 *   %OPT_ERROR_SETUPS_INVALID, an OPT_ERROR_FILE_ code, %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type OptSetupLeftover) (nullable): what could not be taken
 * back; empty when all of it was. What can be tried again is still in the list.
 */
GPtrArray *opt_setup_undo_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptSetupPlan, opt_setup_plan_unref)

G_END_DECLS
