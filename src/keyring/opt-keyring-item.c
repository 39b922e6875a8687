/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-keyring-item.h"

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
opt_keyring_item_copy (const OptKeyringItem *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return opt_keyring_item_new (self->address, self->host, self->service, self->user);
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
