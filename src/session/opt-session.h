/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-account.h"
#include "opt-check.h"
#include "opt-client.h"
#include "opt-delivery-job.h"
#include "opt-detect.h"
#include "opt-found-list.h"
#include "opt-keyring.h"
#include "opt-network-source.h"
#include "opt-password-job.h"
#include "opt-qr.h"
#include "opt-settings.h"
#include "opt-setup-job.h"

G_BEGIN_DECLS

/* Where the password is on its way into the keyring. */
typedef enum
{
  OPT_SAVE_NOT_YET,
  OPT_SAVE_BUSY,
  OPT_SAVE_DONE,
  OPT_SAVE_FAILED, /* see opt_session_get_save_error() */
} OptSaveState;

#define OPT_TYPE_SAVE_STATE (opt_save_state_get_type ())
GType opt_save_state_get_type (void);

#define OPT_TYPE_SESSION (opt_session_get_type ())

/**
 * OptSession:
 *
 * What the wizard knows: what was typed, what was made of it, how the check went, what was saved.
 * Pages set its properties and show what it says. An edit makes what depends on it stale. It is
 * the only one, beside the keyring and a check under way, that holds the password.
 *
 * Properties: `name`, `address`, `incoming` (an #OptService) and `leave-on-server` (days) can be
 * written; `detection` (an #OptDetection), `has-password`, `can-check`, `check` (an #OptCheck),
 * `checking`, `save-state`, `keyring-label`, `found` (an #OptFoundItem) and `password-job` (an
 * #OptPasswordJob) follow.
 */
G_DECLARE_FINAL_TYPE (OptSession, opt_session, OPT, SESSION, GObject)

/**
 * opt_session_new:
 * @keyring: (nullable): where passwords are kept; %NULL to keep none
 * @store_path: (nullable): the file of accounts that were set up; %NULL to keep none
 *
 * Returns: (transfer full): a session in which nothing was typed
 */
OptSession *opt_session_new (OptKeyring *keyring, const char *store_path);

/**
 * opt_session_set_network_func:
 * @self: a session
 * @func: chooses the world of a check
 * @user_data: for @func
 * @destroy: (nullable): frees @user_data
 */
void opt_session_set_network_func (OptSession *self,
                                   OptNetworkFunc func,
                                   gpointer user_data,
                                   GDestroyNotify destroy);

/**
 * opt_session_set_name:
 * @self: a session
 * @name: the person's name
 */
void opt_session_set_name (OptSession *self, const char *name);

/**
 * opt_session_set_address_text:
 * @self: a session
 * @text: what was typed
 *
 * Detects the provider at once where the domain tells, and by DNS a moment later where it does not.
 */
void opt_session_set_address_text (OptSession *self, const char *text);

/**
 * opt_session_get_address_error:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): why what was typed is not an address
 */
const GError *opt_session_get_address_error (OptSession *self);

/**
 * opt_session_get_detection:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what the address tells; %NULL if it is not one
 */
OptDetection *opt_session_get_detection (OptSession *self);

/**
 * opt_session_is_looking_up:
 * @self: a session
 *
 * Returns: whether DNS is still being asked about the domain
 */
gboolean opt_session_is_looking_up (OptSession *self);

/**
 * opt_session_set_password:
 * @self: a session
 * @bytes: (array length=n_bytes): the password as typed
 * @n_bytes: its length in bytes; 0 to forget it
 * @error: return location for an %OPT_ERROR of the OPT_ERROR_PASSWORD_ kind
 *
 * Returns: whether it can be a password
 */
gboolean
opt_session_set_password (OptSession *self, const char *bytes, gsize n_bytes, GError **error);

/**
 * opt_session_has_password:
 * @self: a session
 *
 * Returns: whether it has a password
 */
gboolean opt_session_has_password (OptSession *self);

/**
 * opt_session_get_incoming:
 * @self: a session
 *
 * Returns: how mail is to be received, %OPT_SERVICE_IMAP or %OPT_SERVICE_POP3
 */
OptService opt_session_get_incoming (OptSession *self);

/**
 * opt_session_set_incoming:
 * @self: a session
 * @incoming: %OPT_SERVICE_IMAP or %OPT_SERVICE_POP3
 */
void opt_session_set_incoming (OptSession *self, OptService incoming);

/**
 * opt_session_get_leave_on_server:
 * @self: a session
 *
 * Returns: for how many days POP3 leaves mail on the server, as in
 *   opt_settings_with_leave_on_server()
 */
guint opt_session_get_leave_on_server (OptSession *self);

/**
 * opt_session_set_leave_on_server:
 * @self: a session
 * @days: 1 to %OPT_LEAVE_ON_SERVER_MAX_DAYS, %OPT_LEAVE_ON_SERVER_NEVER or
 *   %OPT_LEAVE_ON_SERVER_ALWAYS
 */
void opt_session_set_leave_on_server (OptSession *self, guint days);

/**
 * opt_session_can_receive_by:
 * @self: a session
 * @service: %OPT_SERVICE_IMAP or %OPT_SERVICE_POP3
 *
 * Returns: whether the last check found that this way in works
 */
gboolean opt_session_can_receive_by (OptSession *self, OptService service);

/**
 * opt_session_set_server:
 * @self: a session
 * @server: a server typed by hand, in place of the provider's
 */
void opt_session_set_server (OptSession *self, OptServer *server);

/**
 * opt_session_clear_servers:
 * @self: a session
 *
 * Goes back to the provider's servers.
 */
void opt_session_clear_servers (OptSession *self);

/**
 * opt_session_has_own_servers:
 * @self: a session
 *
 * Returns: whether any server was typed by hand
 */
gboolean opt_session_has_own_servers (OptSession *self);

/**
 * opt_session_dup_unconfirmed_hosts:
 * @self: a session
 *
 * The password goes to the provider's own hosts, and to any other one only when the person has
 * been asked about it by name.
 *
 * Returns: (transfer full) (array zero-terminated=1): the hosts to ask about before a check, each
 *   once, in lower-case ASCII
 */
char **opt_session_dup_unconfirmed_hosts (OptSession *self);

/**
 * opt_session_confirm_host:
 * @self: a session
 * @host: a host of opt_session_dup_unconfirmed_hosts()
 *
 * Remembers that the person wants the password to go there, until the address is changed.
 */
void opt_session_confirm_host (OptSession *self, const char *host);

/**
 * opt_session_dup_account:
 * @self: a session
 *
 * Returns: (transfer full) (nullable): the account as it stands: after a check with the servers
 *   that work; %NULL while the address is not one or nothing is known of its servers
 */
OptAccount *opt_session_dup_account (OptSession *self);

/**
 * opt_session_dup_settings:
 * @self: a session
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what an export needs
 */
OptSettings *opt_session_dup_settings (OptSession *self, GError **error);

/**
 * opt_session_create_files:
 * @self: a session with an account
 * @client: a client with a file or files
 * @with_password: whether to put the password in, for a session that has it and a client that can
 *   hold it; ask first
 * @error: return location for the errors of opt_client_render_files()
 *
 * Returns: (transfer full) (nullable) (element-type OptClientFile): what to write for it
 */
GPtrArray *opt_session_create_files (OptSession *self,
                                     const OptClient *client,
                                     gboolean with_password,
                                     GError **error);

/**
 * opt_session_create_code:
 * @self: a session with an account
 * @with_password: whether to put the password in, for a session that has it; ask first
 * @error: return location for the errors of opt_settings_new() and opt_qr_new()
 *
 * Returns: (transfer full) (nullable): the code for a phone to scan
 */
OptQr *opt_session_create_code (OptSession *self, gboolean with_password, GError **error);

/**
 * opt_session_can_check:
 * @self: a session
 *
 * Returns: whether there are an address, its servers and a password
 */
gboolean opt_session_can_check (OptSession *self);

/**
 * opt_session_start_check:
 * @self: a session that can check, with no host left to confirm
 * @all_sign_ins: whether to go on signing in after a refusal
 */
void opt_session_start_check (OptSession *self, gboolean all_sign_ins);

/**
 * opt_session_cancel_check:
 * @self: a session
 */
void opt_session_cancel_check (OptSession *self);

/**
 * opt_session_get_check:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the last check, if nothing was edited since
 */
OptCheck *opt_session_get_check (OptSession *self);

/**
 * opt_session_create_report:
 * @self: a session with a check that is over
 *
 * Returns: (transfer full): all that somebody who helps would ask for, with the test message if one
 *   was sent; plain text
 */
char *opt_session_create_report (OptSession *self);

/**
 * opt_session_is_checking:
 * @self: a session
 *
 * Returns: whether a check is under way
 */
gboolean opt_session_is_checking (OptSession *self);

/**
 * opt_session_start_saving:
 * @self: a session with an account and a password
 *
 * Puts the password into the keyring, and the account into the list of those that were set up.
 */
void opt_session_start_saving (OptSession *self);

/**
 * opt_session_get_save_state:
 * @self: a session
 *
 * Returns: how saving went
 */
OptSaveState opt_session_get_save_state (OptSession *self);

/**
 * opt_session_get_save_error:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): why saving failed
 */
const GError *opt_session_get_save_error (OptSession *self);

/**
 * opt_session_keeps_passwords:
 * @self: a session
 *
 * Returns: whether it was made with a keyring
 */
gboolean opt_session_keeps_passwords (OptSession *self);

/**
 * opt_session_has_unsaved_result:
 * @self: a session
 *
 * Returns: whether a check has found something that works, which could be kept and was not, and no
 *   program was set up with it; what was written to files, the session does not know
 */
gboolean opt_session_has_unsaved_result (OptSession *self);

/**
 * opt_session_load_keyring_label:
 * @self: a session
 *
 * Begins to find out where passwords are kept; the property `keyring-label` follows.
 */
void opt_session_load_keyring_label (OptSession *self);

/**
 * opt_session_get_keyring_label:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the name of the keyring, for example `Login`, once known
 */
const char *opt_session_get_keyring_label (OptSession *self);

/**
 * opt_session_set_setup_store:
 * @self: a session that has none
 * @store: the list of what was set up in other programs
 *
 * Without it no other program is touched, as in practice.
 */
void opt_session_set_setup_store (OptSession *self, OptSetupStore *store);

/**
 * opt_session_set_delivery_log:
 * @self: a session
 * @path: the log of test messages
 *
 * Without it they are neither limited nor noted, as in practice.
 */
void opt_session_set_delivery_log (OptSession *self, const char *path);

/**
 * opt_session_get_delivery_job:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the test message that the last check allows for; %NULL as
 *   long as there is none
 */
OptDeliveryJob *opt_session_get_delivery_job (OptSession *self);

/**
 * opt_session_get_setup:
 * @self: a session
 * @client: a mail program
 *
 * Returns: (transfer none) (nullable): setting it up from here for the address as it is; %NULL for
 *   a program that takes files only, and while there is no address
 */
OptSetupJob *opt_session_get_setup (OptSession *self, const OptClient *client);

/**
 * opt_session_plan_setup:
 * @self: a session with an account
 * @job: what opt_session_get_setup() gave, %OPT_SETUP_READY
 * @error: return location for the errors of opt_settings_new()
 *
 * Begins to find out what will be changed.
 */
void opt_session_plan_setup (OptSession *self, OptSetupJob *job, GError **error);

/**
 * opt_session_apply_setup:
 * @self: a session with a password
 * @job: what opt_session_get_setup() gave, %OPT_SETUP_PLANNED
 *
 * Begins to set the program up.
 */
void opt_session_apply_setup (OptSession *self, OptSetupJob *job);

/**
 * opt_session_is_setting_up:
 * @self: a session
 *
 * Returns: whether another program is just being changed, and would be left half done
 */
gboolean opt_session_is_setting_up (OptSession *self);

/**
 * opt_session_get_founds:
 * @self: a session
 *
 * Returns: (transfer none): the accounts that other programs have, and those that were set up with
 *   us; empty until opt_found_list_start_scan()
 */
OptFoundList *opt_session_get_founds (OptSession *self);

/**
 * opt_session_create_found_report:
 * @self: a session that looks at an account that was tested
 *
 * Returns: (transfer full): what opt_session_create_report() says, of the account as it is and as
 *   it should be
 */
char *opt_session_create_found_report (OptSession *self);

/**
 * opt_session_set_found:
 * @self: a session
 * @item: (nullable): the account that is looked at
 */
void opt_session_set_found (OptSession *self, OptFoundItem *item);

/**
 * opt_session_get_found:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the account that is looked at
 */
OptFoundItem *opt_session_get_found (OptSession *self);

/**
 * opt_session_take_over:
 * @self: a session
 * @item: an account that was found
 *
 * Makes it the session's own, to be handed to programs: name, address, password if it is known, how
 * mail is received, the servers that were found to work or else those that should be used, and the
 * result of the check that has found them.
 *
 * Returns: whether there is something to hand on; if not, the session has the address at least
 */
gboolean opt_session_take_over (OptSession *self, OptFoundItem *item);

/**
 * opt_session_can_change_password:
 * @self: a session
 * @item: an account that was found
 *
 * Returns: whether a new password can be put where the old one is: for accounts of ours
 */
gboolean opt_session_can_change_password (OptSession *self, OptFoundItem *item);

/**
 * opt_session_begin_new_password:
 * @self: a session
 * @item: an account, opt_session_can_change_password()
 * @error: return location for the errors of opt_account_store_find()
 *
 * The person has a new password for it: the property `password-job` follows.
 *
 * Returns: whether it can be typed now
 */
gboolean opt_session_begin_new_password (OptSession *self, OptFoundItem *item, GError **error);

/**
 * opt_session_end_new_password:
 * @self: a session
 *
 * Ends and forgets what opt_session_begin_new_password() has begun.
 */
void opt_session_end_new_password (OptSession *self);

/**
 * opt_session_get_password_job:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the new password on its way
 */
OptPasswordJob *opt_session_get_password_job (OptSession *self);

G_END_DECLS
