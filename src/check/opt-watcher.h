/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-attempt.h"
#include "opt-diagnosis.h"
#include "opt-sought.h"

G_BEGIN_DECLS

typedef enum
{
  OPT_WATCHER_PREPARING, /* signs in, and finds out what is there */
  OPT_WATCHER_RESTS,     /* opt_watcher_look() when it is time */
  OPT_WATCHER_LOOKS,
  OPT_WATCHER_FOUND,  /* over: the message was there, and was deleted or not */
  OPT_WATCHER_FAILED, /* over: see opt_watcher_get_problem() */
} OptWatcherState;

/**
 * OptWatcher:
 *
 * Watches a mailbox for one message: by IMAP on one connection, as long as that lasts; by POP3 with
 * a connection for each look. A connection that is lost after it has once worked is no failure: the
 * next look makes another one.
 */
typedef struct _OptWatcher OptWatcher;

/**
 * OptWatcherFunc:
 * @self: the watcher
 * @user_data: what was given with the function
 *
 * Called whenever the state changed, from the main context; it may free the watcher.
 */
typedef void (*OptWatcherFunc) (OptWatcher *self, gpointer user_data);

/**
 * opt_watcher_new:
 * @server: a server for IMAP or POP3
 * @address: the mailbox
 * @secret: its password; a reference is held
 * @sought: what to look for
 * @group: what its connections belong to
 * @network: (nullable): a world of its own instead of the real network
 * @timeouts: how long is too long; copied
 * @changed: called when the state changed
 * @user_data: for @changed
 *
 * Returns: (transfer full): a watcher that does nothing until opt_watcher_prepare()
 */
OptWatcher *opt_watcher_new (OptServer *server,
                             OptAddress *address,
                             OptSecret *secret,
                             OptSought *sought,
                             OptTransportGroup *group,
                             OptNetwork *network,
                             const OptTimeouts *timeouts,
                             OptWatcherFunc changed,
                             gpointer user_data);

/**
 * opt_watcher_free:
 * @self: (transfer full): a watcher
 *
 * Hangs up, without another call back.
 */
void opt_watcher_free (OptWatcher *self);

/**
 * opt_watcher_prepare:
 * @self: a new watcher
 *
 * To be called before the message is sent, and waited for.
 */
void opt_watcher_prepare (OptWatcher *self);

/**
 * opt_watcher_prepare_nothing:
 * @self: a new watcher
 *
 * For a message that was sent long ago: rests, and learns what it needs when it looks.
 */
void opt_watcher_prepare_nothing (OptWatcher *self);

/**
 * opt_watcher_look:
 * @self: a watcher that is %OPT_WATCHER_RESTS
 */
void opt_watcher_look (OptWatcher *self);

/**
 * opt_watcher_get_state:
 * @self: a watcher
 *
 * Returns: how far it is
 */
OptWatcherState opt_watcher_get_state (const OptWatcher *self);

/**
 * opt_watcher_get_problem:
 * @self: a watcher
 *
 * Returns: (transfer none) (nullable): evidence of what went wrong with the last connection, or
 *   %NULL if nothing did
 */
const OptEvidence *opt_watcher_get_problem (const OptWatcher *self);

/**
 * opt_watcher_get_transcripts:
 * @self: a watcher
 *
 * Returns: (transfer none) (element-type OptTranscript): what was said, a dialogue each
 */
GPtrArray *opt_watcher_get_transcripts (const OptWatcher *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptWatcher, opt_watcher_free)

G_END_DECLS
