/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-practice-script.h"
#include "opt-practice-store.h"

#include "opt-server.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OptPracticeServer:
 *
 * A POP3, IMAP or SMTP server on the loopback that behaves as a healthy provider's, or as its
 * script says. It serves any number of connections from a thread of its own. All functions may be
 * called from any thread, but start, stop and the last unref from one at a time.
 */
#define OPT_TYPE_PRACTICE_SERVER (opt_practice_server_get_type ())
G_DECLARE_FINAL_TYPE (OptPracticeServer, opt_practice_server, OPT, PRACTICE_SERVER, GObject)

/**
 * opt_practice_server_new:
 * @service: the protocol to speak
 * @security: TLS from the first byte, or by STARTTLS
 * @certificate: the certificate to show, with its private key
 *
 * Returns: (transfer full): a server that does not listen yet, and has no account
 */
OptPracticeServer *
opt_practice_server_new (OptService service, OptSecurity security, GTlsCertificate *certificate);

/**
 * opt_practice_server_set_account:
 * @self: a server
 * @user: the one name to sign in with
 * @password: (nullable): the password; %NULL to refuse all
 * @n_messages: how many messages there are
 * @n_bytes: their size together
 *
 * Counts for connections that come afterwards.
 */
void opt_practice_server_set_account (OptPracticeServer *self,
                                      const char *user,
                                      const char *password,
                                      guint n_messages,
                                      guint64 n_bytes);

/**
 * opt_practice_server_set_store:
 * @self: a server
 * @store: where what it is sent goes, and what it shows after the messages that are only counted;
 *   at first every server has one of its own
 *
 * Counts for connections that come afterwards.
 */
void opt_practice_server_set_store (OptPracticeServer *self, OptPracticeStore *store);

/**
 * opt_practice_server_add_rule:
 * @self: a server
 * @rule: a rule; copied
 *
 * Puts @rule behind those that are there. Of several that apply, the first wins.
 */
void opt_practice_server_add_rule (OptPracticeServer *self, const OptPracticeRule *rule);

/**
 * opt_practice_server_set_keeps_received:
 * @self: a server
 * @keeps_received: whether to keep what clients send, passwords included, for
 *   opt_practice_server_dup_received_plain() and the like; on at first
 */
void opt_practice_server_set_keeps_received (OptPracticeServer *self, gboolean keeps_received);

/**
 * opt_practice_server_start:
 * @self: a server
 * @error: return location for an error of the domain %G_IO_ERROR
 *
 * Listens on 127.0.0.1, on a port that the system picks.
 *
 * Returns: whether it listens
 */
gboolean opt_practice_server_start (OptPracticeServer *self, GError **error);

/**
 * opt_practice_server_stop:
 * @self: a server
 *
 * Closes all connections and waits for the thread to end, which it does at once. May be called
 * twice; also done when the last reference goes. The record stays, and the server may be started
 * again.
 */
void opt_practice_server_stop (OptPracticeServer *self);

/**
 * opt_practice_server_get_port:
 * @self: a server
 *
 * Returns: the port, or 0 when the server does not listen
 */
guint16 opt_practice_server_get_port (OptPracticeServer *self);

/**
 * opt_practice_server_dup_received:
 * @self: a server
 *
 * Returns: (transfer full): all that was received, first that in the clear, then that inside TLS;
 *   of each kind at most 4 MiB
 */
GBytes *opt_practice_server_dup_received (OptPracticeServer *self);

/**
 * opt_practice_server_dup_received_plain:
 * @self: a server
 *
 * Returns: (transfer full): what was received in the clear; no handshakes
 */
GBytes *opt_practice_server_dup_received_plain (OptPracticeServer *self);

/**
 * opt_practice_server_dup_received_secure:
 * @self: a server
 *
 * Returns: (transfer full): what was received inside TLS, decrypted
 */
GBytes *opt_practice_server_dup_received_secure (OptPracticeServer *self);

/**
 * opt_practice_server_dup_commands:
 * @self: a server
 *
 * Returns: (transfer full) (array zero-terminated=1): the verbs of all commands in upper case, in
 *   the order of their arrival; `RESPONSE` for the answer to a SASL challenge and `MESSAGE` for the
 *   end of a message
 */
char **opt_practice_server_dup_commands (OptPracticeServer *self);

/**
 * opt_practice_server_get_n_connections:
 * @self: a server
 *
 * Returns: how many connections came
 */
guint opt_practice_server_get_n_connections (OptPracticeServer *self);

/**
 * opt_practice_server_get_n_sign_ins:
 * @self: a server
 * @accepted: the good ones, or the refused
 *
 * Counts passwords that were tried and answered, by the script or as usual.
 *
 * Returns: how many sign-ins ended so
 */
guint opt_practice_server_get_n_sign_ins (OptPracticeServer *self, gboolean accepted);

/**
 * opt_practice_server_get_n_flights:
 * @self: a server
 *
 * Returns: how many reads held at least one whole command, which is the number of round trips
 *   after the greeting
 */
guint opt_practice_server_get_n_flights (OptPracticeServer *self);

/**
 * opt_practice_server_get_n_messages:
 * @self: a server
 *
 * Returns: how many messages were sent through it
 */
guint opt_practice_server_get_n_messages (OptPracticeServer *self);

G_END_DECLS
