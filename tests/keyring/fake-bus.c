/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-bus.h"

FakeBus *
fake_bus_new (const char *folder, const char *xml)
{
  FakeBus *self = g_new0 (FakeBus, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_file_get_contents (g_test_get_filename (G_TEST_DIST, "..", folder, xml, NULL),
                       &text,
                       NULL,
                       &error);
  g_assert_no_error (error);
  self->info = g_dbus_node_info_new_for_xml (text, &error);
  g_assert_no_error (error);
  self->connection =
    g_dbus_connection_new_for_address_sync (g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
                                            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                              G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                            NULL,
                                            NULL,
                                            &error);
  g_assert_no_error (error);
  self->owner_ids = g_array_new (FALSE, FALSE, sizeof (guint));
  self->object_ids = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

void
fake_bus_free (FakeBus *self)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < self->owner_ids->len; i++)
    g_bus_unown_name (g_array_index (self->owner_ids, guint, i));
  g_array_unref (self->owner_ids);
  /* What was called and is not answered yet must not reach them any more. */
  for (guint i = 0; i < self->object_ids->len; i++)
    g_dbus_connection_unregister_object (self->connection,
                                         g_array_index (self->object_ids, guint, i));
  g_array_unref (self->object_ids);
  g_dbus_connection_close_sync (self->connection, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (self->connection);
  g_dbus_node_info_unref (self->info);
  g_free (self);
}

guint
fake_bus_export (FakeBus *self,
                 const char *path,
                 const char *interface,
                 const GDBusInterfaceVTable *vtable,
                 gpointer data,
                 GDestroyNotify free_data)
{
  g_autoptr (GError) error = NULL;
  guint id =
    g_dbus_connection_register_object (self->connection,
                                       path,
                                       g_dbus_node_info_lookup_interface (self->info, interface),
                                       vtable,
                                       data,
                                       free_data,
                                       &error);

  g_assert_no_error (error);
  g_array_append_val (self->object_ids, id);

  return id;
}

static void
on_name_acquired (GDBusConnection *connection, const char *name, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

void
fake_bus_own (FakeBus *self, const char *name)
{
  gboolean is_there = FALSE;
  guint id = g_bus_own_name_on_connection (self->connection,
                                           name,
                                           G_BUS_NAME_OWNER_FLAGS_NONE,
                                           on_name_acquired,
                                           NULL,
                                           &is_there,
                                           NULL);

  g_array_append_val (self->owner_ids, id);
  while (!is_there)
    g_main_context_iteration (NULL, TRUE);
}
