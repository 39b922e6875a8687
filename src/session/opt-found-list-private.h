/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-found-item-private.h"
#include "opt-found-list.h"

G_BEGIN_DECLS

/* The list's two parts share this header; nobody else includes it. */

struct _OptFoundList
{
  GObject parent_instance;

  OptKeyring *keyring;
  OptProviders *providers;
  OptAccountStore *store; /* NULL to keep no accounts */
  OptNetworkSource *network_source;
  OptMachine *machine;

  GPtrArray *items;
  guint last_id;
  guint n_saved; /* these are the first */
  GPtrArray *troubles;
  GCancellable *scan; /* while it runs */
  gboolean scanned;
  GCancellable *cancellable; /* for what ends with the list */
  GHashTable *kept;          /* addresses of which our keyring has the password */
  GHashTable *confirmed;     /* "ID HOST", that was said yes to */
  gboolean could_test_all;
  gboolean testing;
};

/**
 * opt_found_list_share_secret:
 * @self: a list
 * @address: (nullable): an address
 * @secret: (nullable): the password of every account of that address
 */
void opt_found_list_share_secret (OptFoundList *self, const char *address, OptSecret *secret);

/**
 * opt_found_list_load_kept:
 * @self: a list
 *
 * Begins to find out which passwords our keyring has, without reading one.
 */
void opt_found_list_load_kept (OptFoundList *self);

G_END_DECLS
