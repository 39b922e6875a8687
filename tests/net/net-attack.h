/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net-fixture.h"

G_BEGIN_DECLS

/* Masks for net_attack_add(). */
#define NET_IMAP (1u << OPT_SERVICE_IMAP)
#define NET_POP3 (1u << OPT_SERVICE_POP3)
#define NET_SMTP (1u << OPT_SERVICE_SMTP)
#define NET_ALL (NET_IMAP | NET_POP3 | NET_SMTP)

#define NET_TLS (1u << OPT_SECURITY_TLS)
#define NET_STARTTLS (1u << OPT_SECURITY_STARTTLS)
#define NET_BOTH (NET_TLS | NET_STARTTLS)

/**
 * NetAttack:
 * @row: (transfer none) (nullable): the row of the test's own table
 * @service: the service that is attacked
 * @security: its kind of TLS
 *
 * One attack on one kind of server: what a test of net_attack_add() gets as its data.
 */
typedef struct
{
  gconstpointer row;
  OptService service;
  OptSecurity security;
} NetAttack;

/**
 * net_attack_add:
 * @path: the attack and the case, such as `1-injected-replies/same-packet`
 * @services: bit mask of the services that can be attacked so
 * @securities: bit mask of the kinds of TLS that can
 * @row: (nullable): what the tests get; not copied
 * @test: the test
 *
 * Adds a test for each service and kind of TLS: `/net/attacks/@path/SERVICE/SECURITY`.
 */
void net_attack_add (
  const char *path, guint services, guint securities, gconstpointer row, GTestDataFunc test);

/**
 * net_attack_add_rules:
 * @server: a server
 * @rules: (array): rules, up to @n_rules or the first that names no occasion
 * @n_rules: how many there may be
 */
void net_attack_add_rules (OptPracticeServer *server, const OptPracticeRule *rules, guint n_rules);

/**
 * net_attack_dup_commands:
 * @server: a server
 *
 * Returns: (transfer full): the verbs of all commands it heard, separated by spaces
 */
char *net_attack_dup_commands (OptPracticeServer *server);

/**
 * net_attack_print:
 * @text: what somebody sent, of whatever bytes
 *
 * Notes it in the test's output, in one line of plain text.
 */
void net_attack_print (const char *text);

/**
 * net_attack_assert_nothing_out:
 * @server: a server
 *
 * Fails the test if the password is in anything that the server received, in the clear or inside
 * TLS, or if it was so much as asked to let somebody in.
 */
void net_attack_assert_nothing_out (OptPracticeServer *server);

/**
 * net_attack_has_password:
 * @text: (nullable): what somebody gets to see
 *
 * Returns: whether net_contains_password() finds the password in it
 */
gboolean net_attack_has_password (const char *text);

/**
 * net_attack_create_account:
 * @attack: what is attacked
 * @user: the name to sign in with
 *
 * Returns: (transfer full): the account of all tests with one server, %NET_HOST at its usual port
 */
OptAccount *net_attack_create_account (const NetAttack *attack, const char *user);

/**
 * net_attack_create_network:
 * @attack: what is attacked
 * @server: a server that does not listen yet
 * @trust_pem: PEM of who is trusted
 *
 * For certificates and accounts that #NetFixture does not have. Starts @server.
 *
 * Returns: (transfer full): a world where @server is %NET_HOST
 */
OptNetwork *net_attack_create_network (const NetAttack *attack,
                                       OptPracticeServer *server,
                                       const char *trust_pem);

/**
 * net_attack_run:
 * @account: an account
 * @network: (nullable): a world of its own instead of the real network
 *
 * Runs a check with %NET_PASSWORD to its end, with the deadlines of a person who waits; one that
 * does not end fails the test.
 *
 * Returns: (transfer full): the check
 */
OptCheck *net_attack_run (OptAccount *account, OptNetwork *network);

G_END_DECLS
