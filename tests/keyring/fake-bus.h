/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* What every fake service on the session bus needs: a connection of its own, for the product's must
 * not see it as local, and what its interfaces look like. */
typedef struct
{
  GDBusConnection *connection;
  GDBusNodeInfo *info;
  GArray *owner_ids;
  GArray *object_ids;
} FakeBus;

/* @folder and @xml: where the interfaces are described, below tests/. */
FakeBus *fake_bus_new (const char *folder, const char *xml);
void fake_bus_free (FakeBus *self);

/* Returns the object's id. */
guint fake_bus_export (FakeBus *self,
                       const char *path,
                       const char *interface,
                       const GDBusInterfaceVTable *vtable,
                       gpointer data,
                       GDestroyNotify free_data);

/* Waits until the name is there. */
void fake_bus_own (FakeBus *self, const char *name);
