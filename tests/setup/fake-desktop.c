/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-desktop.h"

#include <string.h>

/* The number is no real one's: nobody may count on it. */
#define REGISTRY_NAME "org.gnome.evolution.dataserver.Sources42"
#define REGISTRY_PATH "/org/gnome/evolution/dataserver/SourceManager"
#define ACCOUNTS_NAME "org.gnome.OnlineAccounts"
#define ACCOUNTS_PATH "/org/gnome/OnlineAccounts"

static void
export_object (FakeDesktop *self,
               const char *path,
               const char *interface,
               const GDBusInterfaceVTable *vtable)
{
  guint id = fake_bus_export (self->bus, path, interface, vtable, self, NULL);

  g_hash_table_insert (self->object_ids, g_strdup (path), GUINT_TO_POINTER (id));
}

static void
refuse (GDBusMethodInvocation *call, FakeTemper temper)
{
  if (temper == FAKE_HAS_ALREADY)
    {
      g_dbus_method_invocation_return_error_literal (call,
                                                     G_IO_ERROR,
                                                     G_IO_ERROR_EXISTS,
                                                     "It is already in use");
      return;
    }

  g_dbus_method_invocation_return_dbus_error (call,
                                              "org.freedesktop.DBus.Error.Failed",
                                              "The disk is full");
}

static char *
dup_source_path (const char *uid)
{
  g_autofree char *name = g_strdelimit (g_strdup (uid), "-", '_');

  return g_strconcat (REGISTRY_PATH "/", name, NULL);
}

/* `a_b_c` at the end of the path stands for the source `a-b-c`, else it is an account's id. */
static void
remove_object (FakeDesktop *self, const char *path)
{
  const char *name = strrchr (path, '/') + 1;
  g_autofree char *uid = g_strdelimit (g_strdup (name), "_", '-');
  gpointer id = g_hash_table_lookup (self->object_ids, path);

  g_hash_table_remove (self->sources, uid);
  g_hash_table_remove (self->accounts, name);
  g_dbus_connection_unregister_object (self->bus->connection, GPOINTER_TO_UINT (id));
  g_hash_table_remove (self->object_ids, path);
}

static void
on_object_call (GDBusConnection *bus,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *arguments,
                GDBusMethodInvocation *call,
                gpointer user_data)
{
  FakeDesktop *self = user_data;

  if (g_str_equal (method, "EnsureCredentials"))
    {
      self->n_sign_ins++;
      g_dbus_method_invocation_return_value (call, NULL);
      return;
    }
  if (self->remove == FAKE_REFUSES)
    {
      refuse (call, self->remove);
      return;
    }

  g_dbus_method_invocation_return_value (call, NULL);
  remove_object (self, path);
}

static const GDBusInterfaceVTable removable_vtable = { on_object_call, NULL, NULL };

static void
create_sources (FakeDesktop *self, GVariant *sources)
{
  GVariantIter iter;
  const char *uid, *data;

  g_variant_iter_init (&iter, sources);
  while (g_variant_iter_next (&iter, "{&s&s}", &uid, &data))
    {
      g_autofree char *path = dup_source_path (uid);

      g_assert_true (g_hash_table_insert (self->sources, g_strdup (uid), g_strdup (data)));
      export_object (self,
                     path,
                     "org.gnome.evolution.dataserver.Source.Removable",
                     &removable_vtable);
      if (self->create == FAKE_LOSES_ANSWERS && g_hash_table_size (self->sources) == 2)
        return;
    }
}

static void
on_create_sources (GDBusConnection *bus,
                   const char *sender,
                   const char *path,
                   const char *interface,
                   const char *method,
                   GVariant *arguments,
                   GDBusMethodInvocation *call,
                   gpointer user_data)
{
  FakeDesktop *self = user_data;
  g_autoptr (GVariant) sources = g_variant_get_child_value (arguments, 0);

  if (self->on_create != NULL)
    self->on_create ();
  if (self->create != FAKE_REFUSES)
    create_sources (self, sources);
  if (self->create == FAKE_WORKS)
    g_dbus_method_invocation_return_value (call, NULL);
  else
    refuse (call, self->create);
}

static const GDBusInterfaceVTable registry_vtable = { on_create_sources, NULL, NULL };

static char *
add_account (FakeDesktop *self, GVariant *arguments)
{
  g_autofree char *id = g_strdup_printf ("account_%u", ++self->n_accounts);
  char *path = g_strconcat (ACCOUNTS_PATH "/Accounts/", id, NULL);
  const char *address;

  g_variant_get_child (arguments, 1, "&s", &address);
  g_clear_pointer (&self->details, g_variant_unref);
  self->details = g_variant_get_child_value (arguments, 4);
  g_hash_table_insert (self->accounts, g_steal_pointer (&id), g_strdup (address));
  export_object (self, path, "org.gnome.OnlineAccounts.Account", &removable_vtable);

  return path;
}

static void
on_add_account (GDBusConnection *bus,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *arguments,
                GDBusMethodInvocation *call,
                gpointer user_data)
{
  FakeDesktop *self = user_data;
  g_autofree char *account = NULL;

  if (self->on_create != NULL)
    self->on_create ();
  if (self->create != FAKE_REFUSES)
    account = add_account (self, arguments);
  if (self->create == FAKE_WORKS)
    g_dbus_method_invocation_return_value (call, g_variant_new ("(o)", account));
  else
    refuse (call, self->create);
}

static const GDBusInterfaceVTable accounts_vtable = { on_add_account, NULL, NULL };

static void
add_interface (GVariantBuilder *interfaces, const char *name, const char *const properties[])
{
  GVariantBuilder values = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  for (guint i = 0; properties[i] != NULL; i += 2)
    g_variant_builder_add (&values,
                           "{sv}",
                           properties[i],
                           g_variant_new_string (properties[i + 1]));
  g_variant_builder_add (interfaces, "{sa{sv}}", name, &values);
}

static void
add_source (GVariantBuilder *objects, const char *uid, const char *data)
{
  GVariantBuilder interfaces = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sa{sv}}"));
  g_autofree char *path = dup_source_path (uid);
  const char *const properties[] = { "UID", uid, "Data", data, NULL };

  add_interface (&interfaces, "org.gnome.evolution.dataserver.Source", properties);
  g_variant_builder_add (objects, "{oa{sa{sv}}}", path, &interfaces);
}

static void
add_online_account (GVariantBuilder *objects, const char *id, const char *address)
{
  GVariantBuilder interfaces = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sa{sv}}"));
  g_autofree char *path = g_strconcat (ACCOUNTS_PATH "/Accounts/", id, NULL);
  const char *const account[] = { "Id", id, "ProviderType", "imap_smtp", NULL };
  const char *const mail[] = { "EmailAddress", address, NULL };

  add_interface (&interfaces, "org.gnome.OnlineAccounts.Account", account);
  add_interface (&interfaces, "org.gnome.OnlineAccounts.Mail", mail);
  g_variant_builder_add (objects, "{oa{sa{sv}}}", path, &interfaces);
}

static void
on_get_objects (GDBusConnection *bus,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *arguments,
                GDBusMethodInvocation *call,
                gpointer user_data)
{
  FakeDesktop *self = user_data;
  gboolean registry = g_str_equal (path, REGISTRY_PATH);
  GVariantBuilder objects = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{oa{sa{sv}}}"));
  GHashTableIter iter;
  gpointer key, value;

  g_hash_table_iter_init (&iter, registry ? self->sources : self->accounts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (registry)
      add_source (&objects, key, value);
    else
      add_online_account (&objects, key, value);

  g_dbus_method_invocation_return_value (call, g_variant_new ("(a{oa{sa{sv}}})", &objects));
}

static const GDBusInterfaceVTable manager_vtable = { on_get_objects, NULL, NULL };

FakeDesktop *
fake_desktop_new (void)
{
  FakeDesktop *self = g_new0 (FakeDesktop, 1);

  self->bus = fake_bus_new ("setup", "fake-desktop.xml");
  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->object_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  export_object (self, REGISTRY_PATH, "org.freedesktop.DBus.ObjectManager", &manager_vtable);
  export_object (self,
                 REGISTRY_PATH,
                 "org.gnome.evolution.dataserver.SourceManager",
                 &registry_vtable);
  export_object (self, ACCOUNTS_PATH, "org.freedesktop.DBus.ObjectManager", &manager_vtable);
  export_object (self,
                 ACCOUNTS_PATH "/Manager",
                 "org.gnome.OnlineAccounts.Manager",
                 &accounts_vtable);
  fake_bus_own (self->bus, REGISTRY_NAME);
  fake_bus_own (self->bus, ACCOUNTS_NAME);

  return self;
}

void
fake_desktop_free (FakeDesktop *self)
{
  fake_bus_free (self->bus);
  g_hash_table_unref (self->sources);
  g_hash_table_unref (self->accounts);
  g_hash_table_unref (self->object_ids);
  g_clear_pointer (&self->details, g_variant_unref);
  g_free (self);
}
