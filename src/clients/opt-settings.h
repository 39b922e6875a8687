/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-account.h"

G_BEGIN_DECLS

/* How long POP3 mail stays on the server after it was fetched. */
#define OPT_LEAVE_ON_SERVER_NEVER 0          /* it is removed at once */
#define OPT_LEAVE_ON_SERVER_ALWAYS G_MAXUINT /* it is never removed */
#define OPT_LEAVE_ON_SERVER_DEFAULT 14       /* so that a second device still finds it */
#define OPT_LEAVE_ON_SERVER_MAX_DAYS 3650

/**
 * OptSettings:
 *
 * What is handed to a mail program: an account, the way in that was chosen, and what POP3 leaves on
 * the server. No field has a control character, so no format can be made to say more than it
 * should. Never a password. Immutable and reference-counted; may be shared between threads.
 */
typedef struct _OptSettings OptSettings;

#define OPT_TYPE_SETTINGS (opt_settings_get_type ())
GType opt_settings_get_type (void);

/**
 * opt_settings_new:
 * @account: the account; its preferred servers should be those that were tried
 * @incoming: %OPT_SERVICE_IMAP or %OPT_SERVICE_POP3
 * @error: return location for %OPT_ERROR_CLIENT_PROTOCOL when the account has no such way in or
 *   none out, %OPT_ERROR_CLIENT_VALUE when a value has a control character, is not UTF-8, or
 *   a user name is empty
 *
 * Returns: (transfer full) (nullable): the settings
 */
OptSettings *opt_settings_new (OptAccount *account, OptService incoming, GError **error);

/**
 * opt_settings_with_leave_on_server:
 * @self: settings
 * @days: 1 to %OPT_LEAVE_ON_SERVER_MAX_DAYS, %OPT_LEAVE_ON_SERVER_NEVER or
 *   %OPT_LEAVE_ON_SERVER_ALWAYS
 *
 * Returns: (transfer full): @self with another time; it means nothing for IMAP
 */
OptSettings *opt_settings_with_leave_on_server (const OptSettings *self, guint days);

/**
 * opt_settings_ref:
 * @self: settings
 *
 * Returns: (transfer full): @self. Thread-safe.
 */
OptSettings *opt_settings_ref (OptSettings *self);

/**
 * opt_settings_unref:
 * @self: (transfer full): settings
 *
 * Thread-safe.
 */
void opt_settings_unref (OptSettings *self);

/**
 * opt_settings_get_account:
 * @self: settings
 *
 * Returns: (transfer none): the account
 */
OptAccount *opt_settings_get_account (const OptSettings *self);

/**
 * opt_settings_get_name:
 * @self: settings
 *
 * Returns: (transfer none): the person's name, or the empty string
 */
const char *opt_settings_get_name (const OptSettings *self);

/**
 * opt_settings_get_address:
 * @self: settings
 *
 * Returns: (transfer none): the address as text
 */
const char *opt_settings_get_address (const OptSettings *self);

/**
 * opt_settings_get_provider_name:
 * @self: settings
 *
 * Returns: (transfer none): the provider's name or, where nobody is known, the address's domain
 */
const char *opt_settings_get_provider_name (const OptSettings *self);

/**
 * opt_settings_get_incoming_service:
 * @self: settings
 *
 * Returns: the way in that was chosen
 */
OptService opt_settings_get_incoming_service (const OptSettings *self);

/**
 * opt_settings_get_incoming:
 * @self: settings
 *
 * Returns: (transfer none): the preferred server of the way in that was chosen
 */
OptServer *opt_settings_get_incoming (const OptSettings *self);

/**
 * opt_settings_get_other_incoming:
 * @self: settings
 *
 * Returns: (transfer none) (nullable): the preferred server of the way in that was not chosen
 */
OptServer *opt_settings_get_other_incoming (const OptSettings *self);

/**
 * opt_settings_get_outgoing:
 * @self: settings
 *
 * Returns: (transfer none): the preferred server for sending
 */
OptServer *opt_settings_get_outgoing (const OptSettings *self);

/**
 * opt_settings_get_leave_on_server:
 * @self: settings
 *
 * Returns: for POP3, for how many days mail stays on the server
 */
guint opt_settings_get_leave_on_server (const OptSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptSettings, opt_settings_unref)

G_END_DECLS
