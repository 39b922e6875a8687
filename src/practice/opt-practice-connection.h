/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-practice-dialogue.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a connection needs to know of its server. */
typedef struct
{
  OptService service;
  OptSecurity security;
  GTlsCertificate *certificate;
  OptPracticeScript *script;
  OptPracticeRecord *record;
  const OptPracticeMailbox *mailbox;
} OptPracticeSetup;

/**
 * OptPracticeConnection:
 *
 * One client of a practice server. It lives as long as something is under way on it: a read, a
 * write, a pause, a handshake; nobody else need hold it. Belongs to the thread whose main context
 * was the default when it began.
 */
typedef struct _OptPracticeConnection OptPracticeConnection;

/**
 * OptPracticeConnectionGone:
 * @connection: a connection, of which only the address may still be used
 * @user_data: what was given for it
 *
 * Called when nothing is under way any more and the connection is freed.
 */
typedef void (*OptPracticeConnectionGone) (OptPracticeConnection *connection, gpointer user_data);

/**
 * opt_practice_connection_begin:
 * @socket: an accepted connection
 * @setup: what to know of the server; copied
 * @gone: called at the end
 * @user_data: for @gone
 *
 * Serves @socket until the end.
 *
 * Returns: (transfer full): the connection
 */
OptPracticeConnection *opt_practice_connection_begin (GSocketConnection *socket,
                                                      const OptPracticeSetup *setup,
                                                      OptPracticeConnectionGone gone,
                                                      gpointer user_data);

/**
 * opt_practice_connection_ref:
 * @self: a connection
 *
 * Returns: (transfer full): @self. Not thread-safe.
 */
OptPracticeConnection *opt_practice_connection_ref (OptPracticeConnection *self);

/**
 * opt_practice_connection_unref:
 * @self: (transfer full): a connection
 *
 * Not thread-safe.
 */
void opt_practice_connection_unref (OptPracticeConnection *self);

/**
 * opt_practice_connection_close:
 * @self: a connection
 *
 * Ends it at once, whatever is under way; what is, ends in the next turns of the main context.
 */
void opt_practice_connection_close (OptPracticeConnection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptPracticeConnection, opt_practice_connection_unref)

G_END_DECLS
