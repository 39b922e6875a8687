/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The only file that knows libsecret. Passwords pass through SecretValue, whose memory is not
 * swapped out. Each visit has a SecretService of its own: the one that libsecret shares lives on
 * with the thread that made it gone, and does not notice when the keyring is restarted. It decides
 * nothing: what to keep and for how long is up to opt-keyring-libsecret. */
#include "opt-libsecret.h"

#include "opt-error.h"

#include <libsecret/secret.h>

struct _OptLibsecret
{
  /* All replies and signals of the objects that libsecret makes on the way arrive here, so that
   * none of them outlives the visit in somebody else's main context. */
  GMainContext *context;
  GCancellable *cancellable;
  SecretService *service; /* NULL with another back end */
  GAsyncResult *result;
};

static void
on_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OptLibsecret *self = user_data;

  self->result = g_object_ref (result);
}

static GAsyncResult *
wait_for_result (OptLibsecret *self)
{
  while (self->result == NULL)
    g_main_context_iteration (self->context, TRUE);

  return g_steal_pointer (&self->result);
}

static gboolean
is_missing (const GError *error)
{
  if (error->domain != G_DBUS_ERROR)
    return FALSE;

  return error->code == G_DBUS_ERROR_SERVICE_UNKNOWN ||
         error->code == G_DBUS_ERROR_NAME_HAS_NO_OWNER || error->code == G_DBUS_ERROR_NO_SERVER ||
         (error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED &&
          error->code <= G_DBUS_ERROR_SPAWN_NO_MEMORY);
}

/* Takes @cause; always FALSE, for the caller to return. */
static gboolean
fail (GError **error, GError *cause)
{
  OptError code = OPT_ERROR_KEYRING_FAILED;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }

  if (is_missing (cause))
    code = OPT_ERROR_KEYRING_MISSING;
  else if (g_error_matches (cause, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    code = OPT_ERROR_KEYRING_LOCKED;

  g_dbus_error_strip_remote_error (cause);
  g_set_error_literal (error, OPT_ERROR, code, cause->message);
  g_error_free (cause);

  return FALSE;
}

/* Without a session bus GIO has as many errors as there are ways to look for one. */
static gboolean
is_bus_missing (GCancellable *cancellable)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, NULL);

  return bus == NULL && !g_cancellable_is_cancelled (cancellable);
}

/* libsecret has an encrypted file as well; tests and sandboxes ask for it in this way. */
static gboolean
is_on_bus (void)
{
  const char *name = g_getenv ("SECRET_BACKEND");

  return name == NULL || *name == '\0' || g_str_equal (name, "service");
}

static gboolean
open_service (OptLibsecret *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *cause = NULL;

  secret_service_open (SECRET_TYPE_SERVICE,
                       NULL,
                       SECRET_SERVICE_OPEN_SESSION,
                       self->cancellable,
                       on_result,
                       self);
  result = wait_for_result (self);
  self->service = secret_service_open_finish (result, &cause);
  if (self->service != NULL)
    return TRUE;

  if (cause->domain != G_IO_ERROR || !is_bus_missing (self->cancellable))
    return fail (error, cause);

  g_set_error_literal (error, OPT_ERROR, OPT_ERROR_KEYRING_MISSING, cause->message);
  g_error_free (cause);

  return FALSE;
}

OptLibsecret *
opt_libsecret_open (GCancellable *cancellable, GError **error)
{
  g_autoptr (OptLibsecret) self = g_new0 (OptLibsecret, 1);

  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  g_set_object (&self->cancellable, cancellable);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (is_on_bus () && !open_service (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
opt_libsecret_close (OptLibsecret *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->service);
  g_clear_object (&self->cancellable);
  while (g_main_context_iteration (self->context, FALSE))
    ;

  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
  g_free (self);
}

void
opt_libsecret_ignore_cancellation (OptLibsecret *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->cancellable);
}

/* The item's schema, for as long as @item lives. Its name is an attribute, too, because the file
 * back end would not look at it otherwise. */
static SecretSchema
describe (const OptForeignItem *item, GHashTable **attributes)
{
  SecretSchema schema = { .name = item->schema, .flags = SECRET_SCHEMA_NONE };

  *attributes = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (*attributes, (char *) "xdg:schema", (char *) item->schema);
  for (guint i = 0; i < OPT_FOREIGN_ITEM_MAX_ATTRIBUTES && item->attributes[2 * i] != NULL; i++)
    {
      schema.attributes[i].name = item->attributes[2 * i];
      schema.attributes[i].type = SECRET_SCHEMA_ATTRIBUTE_STRING;
      g_hash_table_insert (*attributes,
                           (char *) item->attributes[2 * i],
                           (char *) item->attributes[2 * i + 1]);
    }

  return schema;
}

static OptLibsecretEntry *
entry_new (SecretRetrievable *found)
{
  OptLibsecretEntry *entry = g_new0 (OptLibsecretEntry, 1);

  entry->attributes = secret_retrievable_get_attributes (found);
  entry->label = secret_retrievable_get_label (found);
  entry->locked = SECRET_IS_ITEM (found) && secret_item_get_locked (SECRET_ITEM (found));
  entry->found = g_object_ref (G_OBJECT (found));

  return entry;
}

static void
entry_free (OptLibsecretEntry *entry)
{
  g_hash_table_unref (entry->attributes);
  g_free (entry->label);
  g_object_unref (entry->found);
  g_free (entry);
}

/* An empty list is NULL without an error. */
static GList *
search (OptLibsecret *self, const OptForeignItem *item, GError **error)
{
  g_autoptr (GHashTable) attributes = NULL;
  const SecretSchema schema = describe (item, &attributes);
  g_autoptr (GAsyncResult) result = NULL;

  if (self->service == NULL)
    {
      secret_password_searchv (&schema,
                               attributes,
                               SECRET_SEARCH_ALL,
                               self->cancellable,
                               on_result,
                               self);
      result = wait_for_result (self);

      return secret_password_search_finish (result, error);
    }

  secret_service_search (self->service,
                         &schema,
                         attributes,
                         SECRET_SEARCH_ALL,
                         self->cancellable,
                         on_result,
                         self);
  result = wait_for_result (self);

  return secret_service_search_finish (self->service, result, error);
}

GPtrArray *
opt_libsecret_search (OptLibsecret *self, const OptForeignItem *item, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  GError *cause = NULL;
  g_autolist (GObject) found = search (self, item, &cause);

  if (cause != NULL && !fail (error, cause))
    return NULL;

  entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  for (GList *l = found; l != NULL; l = l->next)
    g_ptr_array_add (entries, entry_new (l->data));

  return g_steal_pointer (&entries);
}

/* Items or a collection. The service asks the person; we only hear how it ended. */
static gboolean
unlock (OptLibsecret *self, GList *objects, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *cause = NULL;
  int n_unlocked;

  secret_service_unlock (self->service, objects, self->cancellable, on_result, self);
  result = wait_for_result (self);
  n_unlocked = secret_service_unlock_finish (self->service, result, NULL, &cause);
  if (cause != NULL)
    return fail (error, cause);
  if (n_unlocked > 0)
    return TRUE;

  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_KEYRING_DISMISSED,
               "The keyring was not unlocked when asked");

  return FALSE;
}

GPtrArray *
opt_libsecret_search_unlocked (OptLibsecret *self, const OptForeignItem *item, GError **error)
{
  g_autoptr (GPtrArray) entries = opt_libsecret_search (self, item, error);
  g_autoptr (GList) locked = NULL;

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      OptLibsecretEntry *entry = g_ptr_array_index (entries, i);

      if (entry->locked)
        locked = g_list_prepend (locked, entry->found);
    }

  if (locked == NULL)
    return g_steal_pointer (&entries);
  if (!unlock (self, locked, error))
    return NULL;

  /* Once more, for what was hidden. */
  return opt_libsecret_search (self, item, error);
}

/* There is none with an encrypted file, nor in a keyring before its first item. */
static gboolean
find_default_collection (OptLibsecret *self, SecretCollection **collection, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *cause = NULL;

  if (self->service == NULL)
    return TRUE;

  secret_collection_for_alias (self->service,
                               SECRET_COLLECTION_DEFAULT,
                               SECRET_COLLECTION_NONE,
                               self->cancellable,
                               on_result,
                               self);
  result = wait_for_result (self);
  *collection = secret_collection_for_alias_finish (result, &cause);

  return cause == NULL || fail (error, cause);
}

gboolean
opt_libsecret_unlock_default (OptLibsecret *self, GError **error)
{
  g_autoptr (SecretCollection) collection = NULL;
  g_autoptr (GList) objects = NULL;

  if (!find_default_collection (self, &collection, error))
    return FALSE;
  if (collection == NULL || !secret_collection_get_locked (collection))
    return TRUE;

  objects = g_list_prepend (NULL, collection);

  return unlock (self, objects, error);
}

char *
opt_libsecret_dup_default_label (OptLibsecret *self, GError **error)
{
  g_autoptr (SecretCollection) collection = NULL;

  if (!find_default_collection (self, &collection, error))
    return NULL;

  return collection != NULL ? secret_collection_get_label (collection) : g_strdup ("");
}

GBytes *
opt_libsecret_read_bytes (OptLibsecret *self, const OptLibsecretEntry *entry, GError **error)
{
  SecretRetrievable *found = SECRET_RETRIEVABLE (entry->found);
  g_autoptr (GAsyncResult) result = NULL;
  SecretValue *value;
  GError *cause = NULL;
  const char *bytes;
  gsize n_bytes;

  secret_retrievable_retrieve_secret (found, self->cancellable, on_result, self);
  result = wait_for_result (self);
  value = secret_retrievable_retrieve_secret_finish (found, result, &cause);
  if (cause != NULL && !fail (error, cause))
    return NULL;
  if (value == NULL)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_KEYRING_LOCKED, "The item is still locked");
      return NULL;
    }

  bytes = secret_value_get (value, &n_bytes);

  return g_bytes_new_with_free_func (bytes, n_bytes, secret_value_unref, value);
}

OptSecret *
opt_libsecret_read (OptLibsecret *self, const OptLibsecretEntry *entry, GError **error)
{
  g_autoptr (GBytes) content = opt_libsecret_read_bytes (self, entry, error);
  gsize n_bytes;
  const char *bytes = content != NULL ? g_bytes_get_data (content, &n_bytes) : NULL;

  return content != NULL ? opt_secret_new_from (OPT_SECRET_KEPT, bytes, n_bytes, error) : NULL;
}

static gboolean
call_store (OptLibsecret *self, const OptForeignItem *item, SecretValue *value, GError **error)
{
  g_autoptr (GHashTable) attributes = NULL;
  const SecretSchema schema = describe (item, &attributes);
  g_autoptr (GAsyncResult) result = NULL;

  if (self->service == NULL)
    {
      secret_password_storev_binary (&schema,
                                     attributes,
                                     NULL,
                                     item->label,
                                     value,
                                     self->cancellable,
                                     on_result,
                                     self);
      result = wait_for_result (self);

      return secret_password_store_finish (result, error);
    }

  secret_service_store (self->service,
                        &schema,
                        attributes,
                        NULL,
                        item->label,
                        value,
                        self->cancellable,
                        on_result,
                        self);
  result = wait_for_result (self);

  return secret_service_store_finish (self->service, result, error);
}

gboolean
opt_libsecret_store (OptLibsecret *self,
                     const OptForeignItem *item,
                     OptSecret *secret,
                     GError **error)
{
  g_autoptr (SecretValue) value =
    secret_value_new (opt_secret_peek (secret), opt_secret_get_size (secret), "text/plain");
  GError *cause = NULL;

  if (call_store (self, item, value, &cause))
    return TRUE;

  /* Where there was no collection, libsecret has one made. This is what it says when the person,
   * asked for that one's password, gave none. */
  if (!g_error_matches (cause, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT))
    return fail (error, cause);

  g_set_error_literal (error, OPT_ERROR, OPT_ERROR_KEYRING_DISMISSED, cause->message);
  g_error_free (cause);

  return FALSE;
}

gboolean
opt_libsecret_replace (OptLibsecret *self,
                       const OptLibsecretEntry *entry,
                       const OptForeignItem *item,
                       GBytes *content,
                       GError **error)
{
  const OptForeignItem same = { item->schema, entry->label, item->attributes };
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (content, &n_bytes);
  g_autoptr (SecretValue) value = secret_value_new (bytes, n_bytes, "text/plain");
  g_autoptr (GAsyncResult) result = NULL;
  GError *cause = NULL;

  if (!SECRET_IS_ITEM (entry->found))
    return call_store (self, &same, value, &cause) || fail (error, cause);

  secret_item_set_secret (SECRET_ITEM (entry->found), value, self->cancellable, on_result, self);
  result = wait_for_result (self);

  return secret_item_set_secret_finish (SECRET_ITEM (entry->found), result, &cause) ||
         fail (error, cause);
}

gboolean
opt_libsecret_remove (OptLibsecret *self, const OptForeignItem *item, GError **error)
{
  g_autoptr (GHashTable) attributes = NULL;
  const SecretSchema schema = describe (item, &attributes);
  g_autoptr (GAsyncResult) result = NULL;
  GError *cause = NULL;

  if (self->service == NULL)
    secret_password_clearv (&schema, attributes, self->cancellable, on_result, self);
  else
    secret_service_clear (self->service, &schema, attributes, self->cancellable, on_result, self);
  result = wait_for_result (self);

  if (self->service == NULL)
    secret_password_clear_finish (result, &cause);
  else
    secret_service_clear_finish (self->service, result, &cause);

  return cause == NULL || fail (error, cause);
}
