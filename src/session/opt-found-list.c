/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The accounts that were found. What is done with them, beyond finding, is in opt-found-test.c. */
#include "opt-found-list-private.h"

static void opt_found_list_init_model (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (OptFoundList,
                               opt_found_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, opt_found_list_init_model))

enum
{
  PROP_SCANNING = 1,
  PROP_CAN_TEST_ALL,
  PROP_TESTING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
get_item_type (GListModel *model)
{
  return OPT_TYPE_FOUND_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return OPT_FOUND_LIST (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  OptFoundList *self = OPT_FOUND_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
opt_found_list_init_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
cancel_items (OptFoundList *self)
{
  for (guint i = 0; i < self->items->len; i++)
    opt_found_list_cancel_test (self, g_ptr_array_index (self->items, i));
}

static void
opt_found_list_dispose (GObject *object)
{
  OptFoundList *self = OPT_FOUND_LIST (object);

  if (self->scan != NULL)
    g_cancellable_cancel (self->scan);
  g_clear_object (&self->scan);
  g_cancellable_cancel (self->cancellable);
  cancel_items (self);
  g_ptr_array_set_size (self->items, 0);
  g_clear_object (&self->keyring);

  G_OBJECT_CLASS (opt_found_list_parent_class)->dispose (object);
}

static void
opt_found_list_finalize (GObject *object)
{
  OptFoundList *self = OPT_FOUND_LIST (object);

  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->troubles, g_ptr_array_unref);
  g_clear_pointer (&self->machine, opt_machine_free);
  g_clear_pointer (&self->network_source, opt_network_source_unref);
  g_clear_pointer (&self->providers, opt_providers_unref);
  g_clear_pointer (&self->store, opt_account_store_free);
  g_object_unref (self->cancellable);
  g_hash_table_unref (self->kept);
  g_hash_table_unref (self->confirmed);

  G_OBJECT_CLASS (opt_found_list_parent_class)->finalize (object);
}

static void
opt_found_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  OptFoundList *self = OPT_FOUND_LIST (object);

  switch (id)
    {
    case PROP_SCANNING:
      g_value_set_boolean (value, self->scan != NULL);
      break;
    case PROP_CAN_TEST_ALL:
      g_value_set_boolean (value, self->could_test_all);
      break;
    case PROP_TESTING:
      g_value_set_boolean (value, self->testing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
opt_found_list_class_init (OptFoundListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = opt_found_list_dispose;
  object_class->finalize = opt_found_list_finalize;
  object_class->get_property = opt_found_list_get_property;

  properties[PROP_SCANNING] = g_param_spec_boolean ("scanning", NULL, NULL, FALSE, readable);
  properties[PROP_CAN_TEST_ALL] =
    g_param_spec_boolean ("can-test-all", NULL, NULL, FALSE, readable);
  properties[PROP_TESTING] = g_param_spec_boolean ("testing", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_signal_new ("failed",
                OPT_TYPE_FOUND_LIST,
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                1,
                G_TYPE_ERROR);
}

static void
opt_found_list_init (OptFoundList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->confirmed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

OptFoundList *
opt_found_list_new (OptKeyring *keyring, OptProviders *providers, const char *store_path)
{
  OptFoundList *self;

  g_return_val_if_fail (providers != NULL, NULL);

  self = g_object_new (OPT_TYPE_FOUND_LIST, NULL);
  g_set_object (&self->keyring, keyring);
  self->providers = opt_providers_ref (providers);
  if (store_path != NULL)
    self->store = opt_account_store_new (store_path, providers);

  return self;
}

void
opt_found_list_set_machine (OptFoundList *self, OptMachine *machine)
{
  g_return_if_fail (OPT_IS_FOUND_LIST (self) && machine != NULL && self->machine == NULL);

  self->machine = machine;
}

void
opt_found_list_set_network_source (OptFoundList *self, OptNetworkSource *source)
{
  g_return_if_fail (OPT_IS_FOUND_LIST (self) && source != NULL && self->network_source == NULL);

  self->network_source = opt_network_source_ref (source);
}

static gboolean
any_is_tested (OptFoundList *self)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      OptFoundItem *item = g_ptr_array_index (self->items, i);

      if (item->testing || item->waiting)
        return TRUE;
    }

  return FALSE;
}

static void
update (OptFoundList *self)
{
  gboolean can = opt_found_list_can_test_all (self);
  gboolean testing = any_is_tested (self);

  if (can != self->could_test_all)
    {
      self->could_test_all = can;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_TEST_ALL]);
    }
  if (testing != self->testing)
    {
      self->testing = testing;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TESTING]);
    }
}

gboolean
opt_found_list_is_testing (OptFoundList *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_LIST (self), FALSE);

  return self->testing;
}

/* A password that was typed is that of every account of its address, found before or after. */
static void
take_password (OptFoundList *self, OptFoundItem *item)
{
  const char *address = opt_found_item_get_address (item);

  if (address == NULL)
    return;

  opt_found_item_set_kept (item, g_hash_table_contains (self->kept, address));
  for (guint i = 0; i < self->items->len; i++)
    {
      OptFoundItem *other = g_ptr_array_index (self->items, i);

      if (other->secret != NULL && g_strcmp0 (opt_found_item_get_address (other), address) == 0)
        opt_found_item_set_secret (item, other->secret);
    }
}

static OptFoundItem *
insert (OptFoundList *self, guint position, OptFound *found, const char *file)
{
  OptFoundItem *item = opt_found_item_new (++self->last_id, found, self->providers, file);

  take_password (self, item);
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_ptr_array_insert (self->items, (int) position, item);
  if (opt_found_item_is_saved (item) && file == NULL)
    self->n_saved++;
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
  update (self);

  return item;
}

OptFoundItem *
opt_found_list_add (OptFoundList *self, OptFound *found, const char *file)
{
  g_return_val_if_fail (OPT_IS_FOUND_LIST (self) && found != NULL, NULL);

  return insert (self, self->items->len, found, file);
}

OptFoundItem *
opt_found_list_find (OptFoundList *self, guint id)
{
  g_return_val_if_fail (OPT_IS_FOUND_LIST (self), NULL);

  for (guint i = 0; i < self->items->len; i++)
    if (opt_found_item_get_id (g_ptr_array_index (self->items, i)) == id)
      return g_ptr_array_index (self->items, i);

  return NULL;
}

/* Returns: its position among those that were set up with us, or that behind the last of them */
static guint
find_saved (OptFoundList *self, const char *address)
{
  guint i = 0;

  while (i < self->n_saved &&
         g_strcmp0 (opt_found_item_get_address (g_ptr_array_index (self->items, i)), address) != 0)
    i++;

  return i;
}

static void
remove_item (OptFoundList *self, guint position)
{
  OptFoundItem *item = g_ptr_array_index (self->items, position);

  opt_found_list_cancel_test (self, item);
  g_signal_handlers_disconnect_by_data (item, self);
  g_ptr_array_remove_index (self->items, position);
  if (position < self->n_saved)
    self->n_saved--;
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  update (self);
}

/* An account that was set up once more may have other servers now. */
static void
refresh_item (OptFoundList *self, const OptSavedAccount *saved)
{
  const char *address = opt_address_get_text (opt_account_get_address (saved->account));
  guint position = find_saved (self, address);
  OptFoundItem *item = position < self->n_saved ? g_ptr_array_index (self->items, position) : NULL;

  if (item != NULL && !g_date_time_equal (item->saved, saved->saved))
    {
      remove_item (self, position);
      item = NULL;
    }
  if (item == NULL)
    {
      g_autoptr (OptFound) found = opt_found_new_from_account (saved->account);

      item = insert (self, position, found, NULL);
    }
  opt_found_item_set_saved (item, saved);
}

void
opt_found_list_refresh_saved (OptFoundList *self)
{
  g_autoptr (GPtrArray) accounts = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (OPT_IS_FOUND_LIST (self));

  if (self->store == NULL)
    return;

  accounts = opt_account_store_list (self->store, &error);
  /* The scan has it among its troubles. */
  if (accounts == NULL)
    {
      g_debug ("accounts: %s", error->message);
      return;
    }

  for (guint i = 0; i < accounts->len; i++)
    refresh_item (self, g_ptr_array_index (accounts, i));
  opt_found_list_load_kept (self);
}

static void
end_scan (OptFoundList *self, OptScan *scan)
{
  g_clear_object (&self->scan);
  self->troubles = g_ptr_array_ref (scan->troubles);
  for (guint i = 0; i < scan->founds->len; i++)
    {
      OptFound *found = g_ptr_array_index (scan->founds, i);

      if (found->client != NULL)
        opt_found_list_add (self, found, NULL);
    }
  opt_found_list_refresh_saved (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCANNING]);
}

static void
scan_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptScan) scan = opt_scan_machine_finish (result, &error);
  g_autoptr (OptFoundList) self = user_data;

  if (scan != NULL && self->scan != NULL)
    end_scan (self, scan);
}

void
opt_found_list_start_scan (OptFoundList *self)
{
  g_return_if_fail (OPT_IS_FOUND_LIST (self));

  if (self->machine == NULL || self->scanned)
    return;

  self->scanned = TRUE;
  self->scan = g_cancellable_new ();
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCANNING]);
  opt_scan_machine_async (self->machine, self->store, self->scan, scan_done, g_object_ref (self));
}

gboolean
opt_found_list_is_scanning (OptFoundList *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_LIST (self), FALSE);

  return self->scan != NULL;
}

GPtrArray *
opt_found_list_get_troubles (OptFoundList *self)
{
  g_return_val_if_fail (OPT_IS_FOUND_LIST (self), NULL);

  return self->troubles;
}

OptFoundItem *
opt_found_list_complete (OptFoundList *self, OptFoundItem *item, const OptAddress *address)
{
  g_autoptr (OptFound) found = NULL;
  g_autofree char *file = NULL;
  guint position;

  g_return_val_if_fail (OPT_IS_FOUND_LIST (self) && OPT_IS_FOUND_ITEM (item), NULL);
  g_return_val_if_fail (g_ptr_array_find (self->items, item, &position), NULL);

  found = opt_found_with_address (opt_found_item_get_found (item), address);
  file = g_strdup (opt_found_item_get_file (item));
  remove_item (self, position);

  return insert (self, position, found, file);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *founds = opt_scan_file (data, &error);

  if (founds != NULL)
    g_task_return_pointer (task, founds, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

void
opt_found_list_open_async (OptFoundList *self,
                           const char *path,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (OPT_IS_FOUND_LIST (self) && path != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, opt_found_list_open_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, open_in_thread);
}

static void
remove_file (OptFoundList *self, const char *path)
{
  for (guint i = self->items->len; i > 0; i--)
    {
      OptFoundItem *item = g_ptr_array_index (self->items, i - 1);

      if (g_strcmp0 (opt_found_item_get_file (item), path) == 0)
        remove_item (self, i - 1);
    }
}

GPtrArray *
opt_found_list_open_finish (OptFoundList *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) founds = NULL;
  const char *path;
  GPtrArray *items;

  g_return_val_if_fail (OPT_IS_FOUND_LIST (self) && g_task_is_valid (result, self), NULL);

  founds = g_task_propagate_pointer (G_TASK (result), error);
  if (founds == NULL)
    return NULL;

  path = g_task_get_task_data (G_TASK (result));
  remove_file (self, path);
  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < founds->len; i++)
    g_ptr_array_add (items,
                     g_object_ref (opt_found_list_add (self, g_ptr_array_index (founds, i), path)));

  return items;
}
