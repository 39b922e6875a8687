/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Talks to the services of other programs, and turns what D-Bus says into errors of ours. */
#include "opt-setup-bus.h"

#include "opt-error.h"

#include <string.h>

#define TIMEOUT_MS (2 * 60 * 1000)

static gboolean
is_missing (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
         (error->domain == G_DBUS_ERROR && error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED &&
          error->code <= G_DBUS_ERROR_SPAWN_NO_MEMORY);
}

static OptError
judge (const GError *error)
{
  if (is_missing (error))
    return OPT_ERROR_SETUP_MISSING;

  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS) ? OPT_ERROR_SETUP_EXISTS
                                                                : OPT_ERROR_SETUP_FAILED;
}

/* Takes @cause. */
static void
fail (OptError code, GError *cause, GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, cause);
      return;
    }

  g_dbus_error_strip_remote_error (cause);
  g_set_error_literal (error, OPT_ERROR, code, cause->message);
  g_error_free (cause);
}

GDBusConnection *
opt_setup_bus_get (GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;
  GDBusConnection *bus = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, &cause);

  if (bus == NULL)
    fail (OPT_ERROR_SETUP_MISSING, cause, error);

  return bus;
}

GVariant *
opt_setup_bus_call (const OptSetupBusTarget *target,
                    const char *method,
                    GVariant *arguments,
                    const char *reply,
                    GCancellable *cancellable,
                    GError **error)
{
  GError *cause = NULL;
  GVariant *result = g_dbus_connection_call_sync (target->bus,
                                                  target->name,
                                                  target->path,
                                                  target->interface,
                                                  method,
                                                  arguments,
                                                  G_VARIANT_TYPE (reply),
                                                  G_DBUS_CALL_FLAGS_NONE,
                                                  TIMEOUT_MS,
                                                  cancellable,
                                                  &cause);

  if (result == NULL)
    fail (judge (cause), cause, error);

  return result;
}

void
opt_setup_bus_send (const OptSetupBusTarget *target, const char *method)
{
  g_autoptr (GDBusMessage) message =
    g_dbus_message_new_method_call (target->name, target->path, target->interface, method);
  g_autoptr (GError) cause = NULL;

  g_dbus_message_set_flags (message,
                            G_DBUS_MESSAGE_FLAGS_NO_AUTO_START |
                              G_DBUS_MESSAGE_FLAGS_NO_REPLY_EXPECTED);
  if (!g_dbus_connection_send_message (target->bus,
                                       message,
                                       G_DBUS_SEND_MESSAGE_FLAGS_NONE,
                                       NULL,
                                       &cause) ||
      !g_dbus_connection_flush_sync (target->bus, NULL, &cause))
    g_info ("%s was not told: %s", target->name, cause->message);
}

static OptSetupBusTarget
bus_itself (GDBusConnection *bus)
{
  return (OptSetupBusTarget){
    bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus"
  };
}

/* The number behind @prefix, 0 when there is none; -1: not such a name. */
static gint64
rank_name (const char *name, const char *prefix)
{
  guint64 number = 0;

  if (!g_str_has_prefix (name, prefix))
    return -1;

  name += strlen (prefix);

  return name[0] == '\0' || g_ascii_string_to_unsigned (name, 10, 0, G_MAXINT, &number, NULL)
           ? (gint64) number
           : -1;
}

static char *
find_best (GVariant *reply, const char *prefix)
{
  g_autofree const char **names = NULL;
  const char *best = NULL;
  gint64 best_rank = -1;

  g_variant_get (reply, "(^a&s)", &names);
  for (guint i = 0; names[i] != NULL; i++)
    if (rank_name (names[i], prefix) > best_rank)
      {
        best = names[i];
        best_rank = rank_name (best, prefix);
      }

  return g_strdup (best);
}

char *
opt_setup_bus_find_name (GDBusConnection *bus,
                         const char *prefix,
                         GCancellable *cancellable,
                         GError **error)
{
  static const char *const methods[] = { "ListNames", "ListActivatableNames" };
  const OptSetupBusTarget target = bus_itself (bus);

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (GVariant) reply =
        opt_setup_bus_call (&target, methods[i], NULL, "(as)", cancellable, error);
      char *name;

      if (reply == NULL)
        return NULL;

      name = find_best (reply, prefix);
      if (name != NULL)
        return name;
    }

  g_set_error (error, OPT_ERROR, OPT_ERROR_SETUP_MISSING, "no %s on the bus", prefix);

  return NULL;
}

gboolean
opt_setup_bus_has_owner (GDBusConnection *bus,
                         const char *name,
                         gboolean *owned,
                         GCancellable *cancellable,
                         GError **error)
{
  const OptSetupBusTarget target = bus_itself (bus);
  g_autoptr (GVariant) reply = opt_setup_bus_call (&target,
                                                   "NameHasOwner",
                                                   g_variant_new ("(s)", name),
                                                   "(b)",
                                                   cancellable,
                                                   error);

  if (reply == NULL)
    return FALSE;

  g_variant_get (reply, "(b)", owned);

  return TRUE;
}
