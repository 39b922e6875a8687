/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * OptPracticeAccount:
 * @id: what is special about it, `wrong-password`; unique together with the domain of @address
 * @title: what happens with it, for people; untranslated, for g_dgettext()
 * @address: the address to type
 * @password: the password to type
 *
 * One example account.
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *address;
  const char *password;
} OptPracticeAccount;

/**
 * OptPracticeWorld:
 *
 * All the servers that the product could meet, healthy and broken, under the names of the real
 * ones but on the loopback: what `--practice` talks to. A server starts when it is first asked
 * for. Not thread-safe.
 */
#define OPT_TYPE_PRACTICE_WORLD (opt_practice_world_get_type ())
G_DECLARE_FINAL_TYPE (OptPracticeWorld, opt_practice_world, OPT, PRACTICE_WORLD, GObject)

/**
 * opt_practice_world_new:
 * @error: return location for an error of the domain %G_TLS_ERROR
 *
 * Returns: (transfer full) (nullable): a world in which nothing listens yet
 */
OptPracticeWorld *opt_practice_world_new (GError **error);

/**
 * opt_practice_world_get_accounts:
 * @self: a world
 * @n: (out): return location for their number
 *
 * Returns: (transfer none) (array length=n): the example accounts, the one that works first
 */
const OptPracticeAccount *opt_practice_world_get_accounts (OptPracticeWorld *self, guint *n);

/**
 * opt_practice_world_get_port:
 * @self: a world
 * @address: the address of the account being set up
 * @host: the host that it would connect to
 * @port: the port that it would connect to
 *
 * Any address of the provider's domains that is not an example works with the password of the
 * examples; any other address has no servers. The name to sign in with is @address, as a whole.
 * Of passwords typed here nothing is kept.
 *
 * Returns: the port on 127.0.0.1 to connect to instead, which refuses connections if the server is
 *   down or has no such port, or 0 when there is no such server
 */
guint16 opt_practice_world_get_port (OptPracticeWorld *self,
                                     const char *address,
                                     const char *host,
                                     guint16 port);

/**
 * opt_practice_world_get_ca_pem:
 * @self: a world
 *
 * Returns: (transfer none): the one authority to trust in it, as PEM
 */
const char *opt_practice_world_get_ca_pem (OptPracticeWorld *self);

G_END_DECLS
