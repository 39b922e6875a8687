/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-keyring-item.h"

#include <string.h>

OptKeyringItem *
opt_keyring_item_new (const char *address, const char *host, OptService service, const char *user)
{
  OptKeyringItem *self;

  g_return_val_if_fail (address != NULL && host != NULL && user != NULL, NULL);

  self = g_new0 (OptKeyringItem, 1);
  self->address = g_strdup (address);
  self->host = g_strdup (host);
  self->service = service;
  self->user = g_strdup (user);

  return self;
}

OptKeyringItem *
opt_keyring_item_new_from_attributes (GHashTable *attributes)
{
  const char *address = g_hash_table_lookup (attributes, "address");
  const char *host = g_hash_table_lookup (attributes, "host");
  const char *service_name = g_hash_table_lookup (attributes, "service");
  const char *user = g_hash_table_lookup (attributes, "user");
  OptService service;

  if (address == NULL || host == NULL || service_name == NULL || user == NULL)
    return NULL;
  if (!opt_service_from_string (service_name, &service, NULL))
    return NULL;

  return opt_keyring_item_new (address, host, service, user);
}

void
opt_keyring_item_list_attributes (const OptKeyringItem *self, const char **words)
{
  const char *const attributes[OPT_KEYRING_ITEM_N_WORDS] = {
    "address", self->address, //
    "host",    self->host,    //
    "service", opt_service_to_string (self->service),
    "user",    self->user, //
    NULL,
  };

  memcpy (words, attributes, sizeof attributes);
}

void
opt_keyring_item_free (OptKeyringItem *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->address);
  g_free (self->host);
  g_free (self->user);
  g_free (self);
}

int
opt_keyring_item_compare (const OptKeyringItem *a, const OptKeyringItem *b)
{
  int order = g_strcmp0 (a->address, b->address);

  if (order == 0)
    order = (int) a->service - (int) b->service;
  if (order == 0)
    order = g_strcmp0 (a->host, b->host);
  if (order == 0)
    order = g_strcmp0 (a->user, b->user);

  return order;
}
