/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-found.h"
#include "opt-setup-change.h"
#include "opt-setup.h"

G_BEGIN_DECLS

/**
 * OptSetupPacking:
 * @pack: (transfer full): what a keyring item holds for a password; wiped with the last reference
 * @unpack: (transfer full) (nullable): the password for a service, or %OPT_ERROR_KEYRING_NOT_FOUND,
 *   or an OPT_ERROR_PASSWORD_ code
 *
 * How a program packs passwords into its keyring items.
 */
typedef struct
{
  GBytes *(*pack) (OptSecret *secret);
  OptSecret *(*unpack) (GBytes *content, OptService service, GError **error);
} OptSetupPacking;

/* The password itself, and nothing else. */
extern const OptSetupPacking opt_setup_packing_plain;

/**
 * OptSetup:
 * @client: the client
 * @check: whether it can be done on this computer; starts nothing
 * @check_idle: (nullable): whether the program is closed, where it has to be
 * @own: what may be changed there
 * @check_free: (nullable): whether the program has no account for the address, where the changes do
 *   not look for themselves; else %OPT_ERROR_SETUP_EXISTS
 * @plan: (transfer full) (element-type OptSetupChange): what has to be changed, in this order
 * @packing: how it packs passwords
 * @dup_item: (nullable): where it keeps the password for a server of its own, as words of
 *   #opt_setup_kind_item; %NULL when that cannot be told
 * @add_rest: (nullable): after an undo, adds what the program itself has made of it meanwhile
 *
 * A constant table for each program, in a file of its own. The functions block.
 */
struct _OptSetup
{
  const OptClient *client;
  gboolean (*check) (GCancellable *cancellable, GError **error);
  gboolean (*check_idle) (GCancellable *cancellable, GError **error);
  OptSetupOwn own;
  gboolean (*check_free) (const char *address, GError **error);
  GPtrArray *(*plan) (OptSettings *settings, GCancellable *cancellable, GError **error);
  const OptSetupPacking *packing;
  char **(*dup_item) (const OptFoundServer *server, OptService service);
  void (*add_rest) (const OptSetupRecord *record, GPtrArray *leftovers);
};

extern const OptSetup opt_setup_evolution, opt_setup_goa, opt_setup_geary;

/**
 * opt_setup_nth:
 * @i: a number from 0 on
 *
 * Returns: (transfer none) (nullable): a program; %NULL when there are no more
 */
const OptSetup *opt_setup_nth (guint i);

/**
 * opt_setup_leftovers_new:
 *
 * Returns: (transfer full) (element-type OptSetupLeftover): nothing left so far
 */
GPtrArray *opt_setup_leftovers_new (void);

/**
 * opt_setup_leftovers_add:
 * @leftovers: (element-type OptSetupLeftover): an array of opt_setup_leftovers_new()
 * @what: (transfer full) (array zero-terminated=1): what is still there
 * @reason: (transfer full): why
 */
void opt_setup_leftovers_add (GPtrArray *leftovers, char **what, GError *reason);

/**
 * opt_setup_take_back:
 * @changes: (element-type OptSetupChange): what was changed, in this order
 * @n_changes: how many of them
 * @leftovers: (element-type OptSetupLeftover): where to add what could not be taken back
 *
 * Takes the first @n_changes back, the last of them first. Blocks.
 *
 * Returns: (transfer full) (element-type OptSetupChange): those worth another try, without what
 *   only making them takes
 */
GPtrArray *opt_setup_take_back (GPtrArray *changes, guint n_changes, GPtrArray *leftovers);

G_END_DECLS
