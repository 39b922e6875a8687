/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-service.h"

#include <string.h>

#define ROOT "/org/freedesktop/secrets"
#define COLLECTION ROOT "/collection/login"
#define SECRET "org.freedesktop.Secret."
#define DEFAULT_ALIAS ROOT "/aliases/default"

typedef struct
{
  FakeService *service;
  char *path;
  GVariant *attributes;
  char *label;
  GBytes *secret;
  guint object_id;
} FakeItem;

typedef struct
{
  FakeService *service;
  char *path;
  gboolean makes_collection;
} FakePrompt;

static void
refuse (GDBusMethodInvocation *call, const char *name, const char *message)
{
  g_dbus_method_invocation_return_dbus_error (call, name, message);
}

static void
free_item (FakeItem *item)
{
  g_dbus_connection_unregister_object (item->service->bus->connection, item->object_id);
  g_free (item->path);
  g_variant_unref (item->attributes);
  g_free (item->label);
  g_bytes_unref (item->secret);
  g_free (item);
}

static GVariant *
create_secret (FakeItem *item)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (item->secret, &n_bytes);

  return g_variant_new ("(o@ay@ays)",
                        ROOT "/session/1",
                        g_variant_new_array (G_VARIANT_TYPE_BYTE, NULL, 0),
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, n_bytes, 1),
                        "text/plain");
}

static void
on_item_call (GDBusConnection *bus,
              const char *sender,
              const char *path,
              const char *interface,
              const char *method,
              GVariant *arguments,
              GDBusMethodInvocation *call,
              gpointer user_data)
{
  FakeItem *item = user_data;

  if (item->service->is_locked)
    refuse (call, "org.freedesktop.Secret.Error.IsLocked", "The item is locked");
  else if (g_str_equal (method, "GetSecret"))
    g_dbus_method_invocation_return_value (call,
                                           g_variant_new ("(@(oayays))", create_secret (item)));
  else
    {
      g_dbus_method_invocation_return_value (call, g_variant_new ("(o)", "/"));
      g_ptr_array_remove (item->service->items, item);
    }
}

static GVariant *
on_item_property (GDBusConnection *bus,
                  const char *sender,
                  const char *path,
                  const char *interface,
                  const char *property,
                  GError **error,
                  gpointer user_data)
{
  FakeItem *item = user_data;
  gboolean is_hidden = item->service->is_locked && item->service->hides;

  if (g_str_equal (property, "Label"))
    return g_variant_new_string (is_hidden ? "" : item->label);
  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (item->service->is_locked);
  if (g_str_equal (property, "Attributes"))
    return is_hidden ? g_variant_new_array (G_VARIANT_TYPE ("{ss}"), NULL, 0)
                     : g_variant_ref (item->attributes);

  return g_variant_new_uint64 (0);
}

static const GDBusInterfaceVTable item_vtable = { on_item_call, on_item_property, NULL };

static FakeItem *
find_item (FakeService *self, const char *path, GVariant *attributes)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      FakeItem *item = g_ptr_array_index (self->items, i);

      if (path != NULL ? g_str_equal (item->path, path)
                       : g_variant_equal (item->attributes, attributes))
        return item;
    }

  return NULL;
}

static const char *
create_item (FakeService *self, GVariant *properties, GVariant *secret)
{
  g_autoptr (GVariant) attributes =
    g_variant_lookup_value (properties, "org.freedesktop.Secret.Item.Attributes", NULL);
  g_autoptr (GVariant) bytes = g_variant_get_child_value (secret, 2);
  FakeItem *old = find_item (self, NULL, attributes);
  FakeItem *item = g_new0 (FakeItem, 1);

  if (old != NULL)
    g_ptr_array_remove (self->items, old);

  item->service = self;
  item->path = g_strdup_printf (COLLECTION "/%u", ++self->n_paths);
  item->attributes = g_steal_pointer (&attributes);
  g_variant_lookup (properties, "org.freedesktop.Secret.Item.Label", "s", &item->label);
  item->secret = g_variant_get_data_as_bytes (bytes);
  item->object_id =
    fake_bus_export (self->bus, item->path, SECRET "Item", &item_vtable, item, NULL);
  g_ptr_array_add (self->items, item);

  return item->path;
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

  self->n_creations++;
  if (!self->has_collection)
    refuse (call, "org.freedesktop.Secret.Error.NoSuchObject", "There is no such collection");
  else if (self->is_locked || self->stays_locked)
    refuse (call, "org.freedesktop.Secret.Error.IsLocked", "The collection is locked");
  else if (self->n_creations != self->fail_at)
    g_dbus_method_invocation_return_value (call,
                                           g_variant_new ("(oo)",
                                                          create_item (self, properties, secret),
                                                          "/"));
  else if (self->cancel_at_create == NULL)
    refuse (call, "org.freedesktop.DBus.Error.Failed", "The disk is full");
  else
    {
      /* Carried out, and the answer lost. */
      create_item (self, properties, secret);
      g_object_unref (call);
      g_cancellable_cancel (self->cancel_at_create);
    }
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
  const char *unlocked[] = { COLLECTION };
  GVariant *result = prompt->makes_collection
                       ? g_variant_new_object_path (dismissed ? "/" : COLLECTION)
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
  prompt->path = g_strdup_printf (ROOT "/prompt/%u", ++self->n_paths);
  prompt->makes_collection = makes_collection;
  fake_bus_export (self->bus, prompt->path, SECRET "Prompt", &prompt_vtable, prompt, free_prompt);

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
                                                              ROOT "/session/1"));
      else
        refuse (call, "org.freedesktop.DBus.Error.NotSupported", "Only plain");
    }
  else if (g_str_equal (method, "SearchItems"))
    search_items (self, arguments, call);
  else if (g_str_equal (method, "Unlock"))
    unlock (self, arguments, call);
  else if (g_str_equal (method, "ReadAlias"))
    g_dbus_method_invocation_return_value (call,
                                           g_variant_new ("(o)",
                                                          self->has_collection ? COLLECTION : "/"));
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
  const char *paths[] = { COLLECTION };

  return g_variant_new_objv (paths, self->has_collection ? 1 : 0);
}

static const GDBusInterfaceVTable service_vtable = { on_service_call, on_service_property, NULL };

FakeService *
fake_service_new (void)
{
  FakeService *self = g_new0 (FakeService, 1);

  self->has_collection = TRUE;
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) free_item);
  self->bus = fake_bus_new ("keyring", "fake-service.xml");
  fake_bus_export (self->bus, ROOT, SECRET "Service", &service_vtable, self, NULL);
  fake_bus_export (self->bus, COLLECTION, SECRET "Collection", &collection_vtable, self, NULL);
  fake_bus_export (self->bus, DEFAULT_ALIAS, SECRET "Collection", &collection_vtable, self, NULL);
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

void
fake_service_assert_items (FakeService *self, guint n, const char *password)
{
  g_assert_cmpuint (self->items->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      FakeItem *item = g_ptr_array_index (self->items, i);
      gsize n_bytes;
      const char *bytes = g_bytes_get_data (item->secret, &n_bytes);

      g_assert_cmpmem (bytes, n_bytes, password, strlen (password));
    }
}
