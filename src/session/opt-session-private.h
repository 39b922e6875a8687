/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-session.h"

G_BEGIN_DECLS

/* The session's parts share this header; nobody else includes it. */

/* The properties, for opt_session_notify(). */
typedef enum
{
  OPT_SESSION_PROP_NAME = 1,
  OPT_SESSION_PROP_ADDRESS,
  OPT_SESSION_PROP_INCOMING,
  OPT_SESSION_PROP_LEAVE_ON_SERVER,
  OPT_SESSION_PROP_DETECTION,
  OPT_SESSION_PROP_HAS_PASSWORD,
  OPT_SESSION_PROP_CAN_CHECK,
  OPT_SESSION_PROP_CHECK,
  OPT_SESSION_PROP_CHECKING,
  OPT_SESSION_PROP_SAVE_STATE,
  OPT_SESSION_PROP_KEYRING_LABEL,
  OPT_SESSION_PROP_FOUND,
  OPT_SESSION_PROP_PASSWORD_JOB,
  OPT_SESSION_PROP_DELIVERY_JOB,
  OPT_SESSION_N_PROPS
} OptSessionProperty;

struct _OptSession
{
  GObject parent_instance;

  OptProviders *providers;
  OptKeyring *keyring;
  char *store_path;
  OptNetworkSource *network_source; /* NULL for the real network */

  char *name;
  char *address_text;
  GError *address_error;
  OptAddress *address;
  OptDetection *detection;
  guint lookup_delay;
  GCancellable *lookup;
  OptSecret *secret;
  OptService incoming;
  guint leave_on_server_days;
  OptServer *servers[OPT_N_SERVICES];
  GPtrArray *given_up;         /* servers of this address that another was offered in place of */
  GHashTable *confirmed_hosts; /* not the provider's own, but the person wants them to be asked */

  OptCheck *check;
  GCancellable *check_cancellable;
  gboolean checking;

  OptSaveState save_state;
  GError *save_error;
  GCancellable *save_cancellable;
  GCancellable *label_cancellable;
  char *keyring_label;

  OptSetupStore *setup_store; /* NULL where no program can be set up */
  GHashTable *setups;         /* OptClient -> OptSetupJob, for this address */

  OptFoundList *founds;
  OptFoundItem *found;
  OptPasswordJob *password_job;

  char *delivery_log;           /* NULL for none */
  OptDeliveryJob *delivery_job; /* of the check */
};

/**
 * opt_session_notify:
 * @self: a session
 * @property: what changed
 */
void opt_session_notify (OptSession *self, OptSessionProperty property);

/**
 * opt_session_make_stale:
 * @self: a session
 *
 * Ends and forgets what depends on what was typed: a result is about what was typed then, and about
 * nothing else.
 */
void opt_session_make_stale (OptSession *self);

/**
 * opt_session_forget_saving:
 * @self: a session
 *
 * Ends saving, and forgets that anything was saved: it no longer is what is there.
 */
void opt_session_forget_saving (OptSession *self);

/**
 * opt_session_forget_plans:
 * @self: a session
 *
 * The settings have changed: what was planned for other programs is not what will be done.
 */
void opt_session_forget_plans (OptSession *self);

/**
 * opt_session_drop_setups:
 * @self: a session
 *
 * The address has changed: ends what is being set up, and forgets what was.
 */
void opt_session_drop_setups (OptSession *self);

/**
 * opt_session_create_account:
 * @self: a session
 *
 * Returns: (transfer full) (nullable): the account as typed, whatever a check found
 */
OptAccount *opt_session_create_account (OptSession *self);

/**
 * opt_session_has_set_up:
 * @self: a session
 *
 * Returns: whether another program was set up for the address as it is
 */
gboolean opt_session_has_set_up (OptSession *self);

G_END_DECLS
