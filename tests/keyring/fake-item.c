/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-item.h"

#include <string.h>

void
fake_service_refuse (GDBusMethodInvocation *call, const char *name, const char *message)
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
                        FAKE_ROOT "/session/1",
                        g_variant_new_array (G_VARIANT_TYPE_BYTE, NULL, 0),
                        g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, bytes, n_bytes, 1),
                        "text/plain");
}

gboolean
fake_item_begin_write (FakeService *self, GDBusMethodInvocation *call, gboolean *is_lost)
{
  guint n = ++self->n_writes;

  *is_lost = FALSE;
  if (n != self->fail_at && (n < self->fail_at || n > self->fail_until))
    return TRUE;

  if (self->cancel_at_write == NULL)
    {
      fake_service_refuse (call, "org.freedesktop.DBus.Error.Failed", "The disk is full");
      return FALSE;
    }

  /* Carried out, and the answer lost. */
  *is_lost = TRUE;

  return TRUE;
}

void
fake_item_end_write (FakeService *self,
                     GDBusMethodInvocation *call,
                     gboolean is_lost,
                     GVariant *answer)
{
  if (!is_lost)
    {
      g_dbus_method_invocation_return_value (call, answer);
      return;
    }

  if (answer != NULL)
    g_variant_unref (g_variant_ref_sink (answer));
  g_object_unref (call);
  g_cancellable_cancel (self->cancel_at_write);
}

static void
set_secret (FakeItem *item, GVariant *arguments, GDBusMethodInvocation *call)
{
  g_autoptr (GVariant) secret = g_variant_get_child_value (arguments, 0);
  g_autoptr (GVariant) bytes = g_variant_get_child_value (secret, 2);
  gboolean is_lost;

  if (!fake_item_begin_write (item->service, call, &is_lost))
    return;

  g_bytes_unref (item->secret);
  item->secret = g_variant_get_data_as_bytes (bytes);
  fake_item_end_write (item->service, call, is_lost, NULL);
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
    fake_service_refuse (call, "org.freedesktop.Secret.Error.IsLocked", "The item is locked");
  else if (g_str_equal (method, "GetSecret"))
    {
      item->service->n_reads++;
      g_dbus_method_invocation_return_value (call,
                                             g_variant_new ("(@(oayays))", create_secret (item)));
    }
  else if (g_str_equal (method, "SetSecret"))
    set_secret (item, arguments, call);
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

const char *
fake_item_put (FakeService *self, GVariant *attributes, char *label, GBytes *secret)
{
  FakeItem *old = find_item (self, NULL, attributes);
  FakeItem *item = g_new0 (FakeItem, 1);

  if (old != NULL)
    g_ptr_array_remove (self->items, old);

  item->service = self;
  item->path = g_strdup_printf (FAKE_COLLECTION "/%u", ++self->n_paths);
  item->attributes = g_variant_ref_sink (attributes);
  item->label = label;
  item->secret = g_bytes_ref (secret);
  item->object_id =
    fake_bus_export (self->bus, item->path, FAKE_SECRET "Item", &item_vtable, item, NULL);
  g_ptr_array_add (self->items, item);

  return item->path;
}

GPtrArray *
fake_items_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) free_item);
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

void
fake_service_add (
  FakeService *self, const char *schema, const char *name, const char *value, const char *content)
{
  GVariantBuilder attributes = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));
  g_autoptr (GBytes) secret = g_bytes_new (content, strlen (content));

  g_variant_builder_add (&attributes, "{ss}", "xdg:schema", schema);
  g_variant_builder_add (&attributes, "{ss}", name, value);
  fake_item_put (self, g_variant_builder_end (&attributes), g_strdup (schema), secret);
}

void
fake_service_remove (FakeService *self, const char *label)
{
  for (guint i = self->items->len; i > 0; i--)
    {
      const FakeItem *item = g_ptr_array_index (self->items, i - 1);

      if (g_str_has_prefix (item->label, label))
        g_ptr_array_remove_index (self->items, i - 1);
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

char *
fake_service_print (FakeService *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->items->len; i++)
    {
      const FakeItem *item = g_ptr_array_index (self->items, i);
      gsize n_bytes;
      const char *bytes = g_bytes_get_data (item->secret, &n_bytes);

      g_ptr_array_add (lines, g_strdup_printf ("%s: %.*s\n", item->label, (int) n_bytes, bytes));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv (NULL, (char **) lines->pdata);
}
