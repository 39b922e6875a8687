/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * opt_setup_bus_get:
 * @cancellable: (nullable): to stop it
 * @error: return location for %OPT_ERROR_SETUP_MISSING when there is none
 *
 * Returns: (transfer full) (nullable): the session bus
 */
GDBusConnection *opt_setup_bus_get (GCancellable *cancellable, GError **error);

/**
 * opt_setup_bus_find_name:
 * @bus: the session bus
 * @prefix: how the name begins
 * @cancellable: (nullable): to stop it
 * @error: return location for %OPT_ERROR_SETUP_MISSING when there is no such name
 *
 * Some services have a number at the end of their name, which changes with their interface.
 *
 * Returns: (transfer full) (nullable): the name with the highest number, or none, behind @prefix
 *   whose service runs; else one that can be started
 */
char *opt_setup_bus_find_name (GDBusConnection *bus,
                               const char *prefix,
                               GCancellable *cancellable,
                               GError **error);

/**
 * opt_setup_bus_has_owner:
 * @bus: the session bus
 * @name: a name
 * @owned: (out): whether somebody has it
 * @cancellable: (nullable): to stop it
 * @error: return location
 *
 * Starts nothing.
 *
 * Returns: whether the bus knows
 */
gboolean opt_setup_bus_has_owner (GDBusConnection *bus,
                                  const char *name,
                                  gboolean *owned,
                                  GCancellable *cancellable,
                                  GError **error);

/**
 * OptSetupBusTarget:
 * @bus: the session bus
 * @name: whose object it is
 * @path: the object
 * @interface: the interface
 *
 * What a call goes to.
 */
typedef struct
{
  GDBusConnection *bus;
  const char *name;
  const char *path;
  const char *interface;
} OptSetupBusTarget;

/**
 * opt_setup_bus_call:
 * @target: what it goes to
 * @method: a method
 * @arguments: (nullable): its arguments; a floating reference is taken
 * @reply: the type of the reply
 * @cancellable: (nullable): to stop waiting; the call may be carried out all the same
 * @error: return location for %OPT_ERROR_SETUP_MISSING when the service is not there,
 *   %OPT_ERROR_SETUP_EXISTS when it says that there is such a thing already,
 *   %OPT_ERROR_SETUP_FAILED with its own words for anything else
 *
 * Waits for long enough that a person can be asked for something.
 *
 * Returns: (transfer full) (nullable): the reply
 */
GVariant *opt_setup_bus_call (const OptSetupBusTarget *target,
                              const char *method,
                              GVariant *arguments,
                              const char *reply,
                              GCancellable *cancellable,
                              GError **error);

/**
 * opt_setup_bus_send:
 * @target: what it goes to
 * @method: a method without arguments
 *
 * As opt_setup_bus_call(), but only to a service that runs, and without waiting for its answer.
 */
void opt_setup_bus_send (const OptSetupBusTarget *target, const char *method);

G_END_DECLS
