/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-server.h"

G_BEGIN_DECLS

/**
 * OptKeyringItem:
 * @address: whose mail it is
 * @host: the server that takes the password
 * @service: what the server does
 * @user: the name to sign in with
 *
 * What the keyring holds a password for; never the password. Immutable.
 */
typedef struct
{
  char *address;
  char *host;
  OptService service;
  char *user;
} OptKeyringItem;

/**
 * opt_keyring_item_new:
 * @address: whose mail it is
 * @host: the server that takes the password
 * @service: what the server does
 * @user: the name to sign in with
 *
 * Returns: (transfer full): the item
 */
OptKeyringItem *
opt_keyring_item_new (const char *address, const char *host, OptService service, const char *user);

/* What other programs look for, as well: never to be renamed. */
#define OPT_KEYRING_ITEM_SCHEMA "com.example.OptSetup"

/**
 * opt_keyring_item_new_from_attributes:
 * @attributes: (element-type utf8 utf8): what the keyring has
 *
 * Returns: (transfer full) (nullable): the item; %NULL when an attribute is hidden, or is not what
 *   we would have written
 */
OptKeyringItem *opt_keyring_item_new_from_attributes (GHashTable *attributes);

/* The attributes of an item, names and values in turn, and a %NULL. */
#define OPT_KEYRING_ITEM_N_WORDS 9

/**
 * opt_keyring_item_list_attributes:
 * @self: an item
 * @words: (out caller-allocated) (array fixed-size=OPT_KEYRING_ITEM_N_WORDS): its attributes, which
 *   belong to @self
 */
void opt_keyring_item_list_attributes (const OptKeyringItem *self, const char **words);

/**
 * opt_keyring_item_free:
 * @self: (transfer full): an item
 */
void opt_keyring_item_free (OptKeyringItem *self);

/**
 * opt_keyring_item_compare:
 * @a: an item
 * @b: an item
 *
 * Returns: less than, equal to or greater than 0: by address, then service, then host and user
 */
int opt_keyring_item_compare (const OptKeyringItem *a, const OptKeyringItem *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptKeyringItem, opt_keyring_item_free)

G_END_DECLS
