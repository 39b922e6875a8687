/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-item.h"

#include <string.h>

#define DEFAULT_ALIAS FAKE_ROOT "/aliases/default"

typedef struct
{
  FakeService *service;
  char *path;
  gboolean makes_collection;
} FakePrompt;

static const char *
create_item (FakeService *self, GVariant *properties, GVariant *secret)
{
  g_autoptr (GVariant) attributes =
    g_variant_lookup_value (properties, "org.freedesktop.Secret.Item.Attributes", NULL);
  g_autoptr (GVariant) value = g_variant_get_child_value (secret, 2);
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (value);
  char *label = NULL;

  g_variant_lookup (properties, "org.freedesktop.Secret.Item.Label", "s", &label);

  return fake_item_put (self, attributes, label, bytes);
}

static void
on_collection_call (GDBusConnection *bus,
                    const char *sender,
                    const char *path,
                    const char *interface,
                    const char *method,
                    GVariant *arguments,
                    GDBusMethodInvocation *call,
                    gpointer user_data)
{
  FakeService *self = user_data;
  g_autoptr (GVariant) properties = g_variant_get_child_value (arguments, 0);
  g_autoptr (GVariant) secret = g_variant_get_child_value (arguments, 1);

  gboolean is_lost;

  if (!self->has_collection)
    fake_service_refuse (call,
                         "org.freedesktop.Secret.Error.NoSuchObject",
                         "There is no such collection");
  else if (self->is_locked || self->stays_locked)
    fake_service_refuse (call, "org.freedesktop.Secret.Error.IsLocked", "The collection is locked");
  else if (fake_item_begin_write (self, call, &is_lost))
    fake_item_end_write (self,
                         call,
                         is_lost,
                         g_variant_new ("(oo)", create_item (self, properties, secret), "/"));
}

static GVariant *
on_collection_property (GDBusConnection *bus,
                        const char *sender,
                        const char *path,
                        const char *interface,
                        const char *property,
                        GError **error,
                        gpointer user_data)
{
  FakeService *self = user_data;

  if (g_str_equal (property, "Label"))
    return g_variant_new_string ("Login");
  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (self->is_locked);
  if (g_str_equal (property, "Items"))
    return g_variant_new_objv (NULL, 0);

  return g_variant_new_uint64 (0);
}

static const GDBusInterfaceVTable collection_vtable = { on_collection_call,
                                                        on_collection_property,
                                                        NULL };

static void
complete_prompt (FakePrompt *prompt, gboolean dismissed)
{
  const char *unlocked[] = { FAKE_COLLECTION };
  GVariant *result = prompt->makes_collection
                       ? g_variant_new_object_path (dismissed ? "/" : FAKE_COLLECTION)
                       : g_variant_new_objv (unlocked, dismissed ? 0 : 1);

  g_dbus_connection_emit_signal (prompt->service->bus->connection,
                                 NULL,
                                 prompt->path,
                                 "org.freedesktop.Secret.Prompt",
                                 "Completed",
                                 g_variant_new ("(bv)", dismissed, result),
                                 NULL);
}

static void
on_prompt_call (GDBusConnection *bus,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *arguments,
                GDBusMethodInvocation *call,
                gpointer user_data)
{
  FakePrompt *prompt = user_data;
  FakeService *self = prompt->service;

  g_dbus_method_invocation_return_value (call, NULL);

  if (g_str_equal (method, "Dismiss"))
    {
      self->n_dismissals++;
      complete_prompt (prompt, TRUE);
      return;
    }

  self->n_prompts++;
  if (self->cancel_at_prompt != NULL)
    g_cancellable_cancel (self->cancel_at_prompt);
  if (self->person == FAKE_STARES)
    return;

  if (self->person == FAKE_ACCEPTS)
    {
      self->is_locked = FALSE;
      self->has_collection = TRUE;
    }
  complete_prompt (prompt, self->person == FAKE_DISMISSES);
}

static const GDBusInterfaceVTable prompt_vtable = { on_prompt_call, NULL, NULL };

static void
free_prompt (gpointer data)
{
  FakePrompt *prompt = data;

  g_free (prompt->path);
  g_free (prompt);
}

static const char *
create_prompt (FakeService *self, gboolean makes_collection)
{
  FakePrompt *prompt = g_new0 (FakePrompt, 1);

  prompt->service = self;
  prompt->path = g_strdup_printf (FAKE_ROOT "/prompt/%u", ++self->n_paths);
  prompt->makes_collection = makes_collection;
  fake_bus_export (self->bus,
                   prompt->path,
                   FAKE_SECRET "Prompt",
                   &prompt_vtable,
                   prompt,
                   free_prompt);

  return prompt->path;
}

/* Whether every wanted attribute is there with the wanted value. */
static gboolean
is_match (GVariant *attributes, GVariant *wanted)
{
  GVariantIter iter;
  const char *name, *value;

  g_variant_iter_init (&iter, wanted);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &value))
    {
      const char *got = NULL;

      if (!g_variant_lookup (attributes, name, "&s", &got) || !g_str_equal (got, value))
        return FALSE;
    }

  return TRUE;
}

static void
search_items (FakeService *self, GVariant *arguments, GDBusMethodInvocation *call)
{
  g_autoptr (GVariant) wanted = g_variant_get_child_value (arguments, 0);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  GVariant *found, *none;

  for (guint i = 0; i < self->items->len; i++)
    {
      FakeItem *item = g_ptr_array_index (self->items, i);

      if (is_match (item->attributes, wanted))
        g_ptr_array_add (paths, item->path);
    }

  found = g_variant_new_objv ((const char *const *) paths->pdata, paths->len);
  none = g_variant_new_objv (NULL, 0);
  g_dbus_method_invocation_return_value (call,
                                         g_variant_new ("(@ao@ao)",
                                                        self->is_locked ? none : found,
                                                        self->is_locked ? found : none));
}

static void
unlock (FakeService *self, GVariant *arguments, GDBusMethodInvocation *call)
{
  g_autoptr (GVariant) objects = g_variant_get_child_value (arguments, 0);

  if (self->is_locked)
    g_dbus_method_invocation_return_value (call,
                                           g_variant_new ("(@aoo)",
                                                          g_variant_new_objv (NULL, 0),
                                                          create_prompt (self, FALSE)));
  else
    g_dbus_method_invocation_return_value (call, g_variant_new ("(@aoo)", objects, "/"));
}

static void
on_service_call (GDBusConnection *bus,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *method,
                 GVariant *arguments,
                 GDBusMethodInvocation *call,
                 gpointer user_data)
{
  FakeService *self = user_data;
  const char *algorithm;

  if (g_str_equal (method, "OpenSession"))
    {
      g_variant_get_child (arguments, 0, "&s", &algorithm);
      if (g_str_equal (algorithm, "plain"))
        g_dbus_method_invocation_return_value (call,
                                               g_variant_new ("(vo)",
                                                              g_variant_new_string (""),
                                                              FAKE_ROOT "/session/1"));
      else
        fake_service_refuse (call, "org.freedesktop.DBus.Error.NotSupported", "Only plain");
    }
  else if (g_str_equal (method, "SearchItems"))
    search_items (self, arguments, call);
  else if (g_str_equal (method, "Unlock"))
    unlock (self, arguments, call);
  else if (g_str_equal (method, "ReadAlias"))
    g_dbus_method_invocation_return_value (call,
                                           g_variant_new ("(o)",
                                                          self->has_collection ? FAKE_COLLECTION
                                                                               : "/"));
  else if (g_str_equal (method, "CreateCollection"))
    g_dbus_method_invocation_return_value (call,
                                           g_variant_new ("(oo)", "/", create_prompt (self, TRUE)));
}

static GVariant *
on_service_property (GDBusConnection *bus,
                     const char *sender,
                     const char *path,
                     const char *interface,
                     const char *property,
                     GError **error,
                     gpointer user_data)
{
  FakeService *self = user_data;
  const char *paths[] = { FAKE_COLLECTION };

  return g_variant_new_objv (paths, self->has_collection ? 1 : 0);
}

static const GDBusInterfaceVTable service_vtable = { on_service_call, on_service_property, NULL };

FakeService *
fake_service_new (void)
{
  FakeService *self = g_new0 (FakeService, 1);

  self->has_collection = TRUE;
  self->items = fake_items_new ();
  self->bus = fake_bus_new ("keyring", "fake-service.xml");
  fake_bus_export (self->bus, FAKE_ROOT, FAKE_SECRET "Service", &service_vtable, self, NULL);
  fake_bus_export (self->bus,
                   FAKE_COLLECTION,
                   FAKE_SECRET "Collection",
                   &collection_vtable,
                   self,
                   NULL);
  fake_bus_export (self->bus,
                   DEFAULT_ALIAS,
                   FAKE_SECRET "Collection",
                   &collection_vtable,
                   self,
                   NULL);
  fake_bus_own (self->bus, "org.freedesktop.secrets");

  return self;
}

void
fake_service_free (FakeService *self)
{
  g_ptr_array_unref (self->items);
  fake_bus_free (self->bus);
  g_free (self);
}
