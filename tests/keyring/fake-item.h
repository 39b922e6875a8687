/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-service.h"

/* What the fake service keeps; for itself alone. */

#define FAKE_SECRET "org.freedesktop.Secret."
#define FAKE_ROOT "/org/freedesktop/secrets"
#define FAKE_COLLECTION FAKE_ROOT "/collection/login"

typedef struct
{
  FakeService *service;
  char *path;
  GVariant *attributes;
  char *label;
  GBytes *secret;
  guint object_id;
} FakeItem;

GPtrArray *fake_items_new (void);

/* In the place of one with the same attributes. Takes @label; returns the path. */
const char *fake_item_put (FakeService *service, GVariant *attributes, char *label, GBytes *secret);

void fake_service_refuse (GDBusMethodInvocation *call, const char *name, const char *message);

/* Whether a write may be made; else the call was answered. @is_lost: nobody shall hear of it. */
gboolean
fake_item_begin_write (FakeService *service, GDBusMethodInvocation *call, gboolean *is_lost);
void fake_item_end_write (FakeService *service,
                          GDBusMethodInvocation *call,
                          gboolean is_lost,
                          GVariant *answer);
