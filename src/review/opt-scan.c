/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the accounts that mail programs have on a machine. It knows no program and no format, only
 * the table of them; and it never writes, so that looking is always safe. */
#include "opt-scan.h"

#include "opt-error.h"

/* What to look for, in the thread that does. */
typedef struct
{
  const OptMachine *machine;
  const OptClient *client; /* NULL for all of them */
  OptAccountStore *store;
} Search;

static void
free_trouble (gpointer data)
{
  OptScanTrouble *self = data;

  g_free (self->path);
  g_error_free (self->error);
  g_free (self);
}

void
opt_scan_free (OptScan *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->founds);
  g_ptr_array_unref (self->troubles);
  g_free (self);
}

static void
add_trouble (OptScan *self, const OptClient *client, const char *path, GError *error)
{
  OptScanTrouble *trouble = g_new (OptScanTrouble, 1);

  trouble->client = client;
  trouble->path = g_strdup (path);
  trouble->error = error;
  g_ptr_array_add (self->troubles, trouble);
}

static void
add_founds (OptScan *self, GPtrArray *founds)
{
  for (guint i = 0; i < founds->len; i++)
    g_ptr_array_add (self->founds, opt_found_ref (g_ptr_array_index (founds, i)));
}

/* One file of several that cannot be read does not hide the others. */
static GPtrArray *
read_files (OptScan *self, const OptClient *client, const OptPlace *place)
{
  GPtrArray *files = opt_client_files_new ();

  for (gsize i = 0; place->files[i] != NULL; i++)
    {
      GError *error = NULL;
      GBytes *bytes = opt_place_read_file (place->files[i], &error);
      g_autofree char *name = g_path_get_basename (place->files[i]);

      if (bytes != NULL)
        g_ptr_array_add (files, opt_client_file_new (name, bytes));
      else
        add_trouble (self, client, place->files[i], error);
    }

  return files;
}

static void
read_place (OptScan *self, const OptClient *client, const OptPlace *place)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) files = read_files (self, client, place);
  g_autoptr (GPtrArray) founds = NULL;

  if (files->len == 0)
    return;

  founds = opt_client_read (client, place->path, files, &error);
  if (founds != NULL)
    add_founds (self, founds);
  else
    add_trouble (self, client, place->path, error);
}

/* Files that were not read are of no matter where the accounts stand in one that was. */
static void
drop_partial (OptScan *self, guint first)
{
  for (guint i = self->troubles->len; i > first; i--)
    {
      const OptScanTrouble *trouble = g_ptr_array_index (self->troubles, i - 1);

      if (g_error_matches (trouble->error, OPT_ERROR, OPT_ERROR_READ_PARTIAL))
        g_ptr_array_remove_index (self->troubles, i - 1);
    }
}

static void
search_client (OptScan *self,
               const OptClient *client,
               const OptMachine *machine,
               GCancellable *cancellable)
{
  g_autoptr (GPtrArray) places = NULL;
  guint n_founds = self->founds->len;
  guint n_troubles = self->troubles->len;

  if (!opt_client_can_read (client))
    return;

  places = opt_client_find_places (client, machine);
  for (guint i = 0; i < places->len && !g_cancellable_is_cancelled (cancellable); i++)
    read_place (self, client, g_ptr_array_index (places, i));

  if (self->founds->len > n_founds)
    drop_partial (self, n_troubles);
}

static void
search_store (OptScan *self, OptAccountStore *store)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) accounts = opt_account_store_list (store, &error);
  g_autofree char *path = opt_account_store_dup_path (store);

  if (accounts == NULL)
    {
      add_trouble (self, NULL, path, error);
      return;
    }

  for (guint i = 0; i < accounts->len; i++)
    {
      OptSavedAccount *saved = g_ptr_array_index (accounts, i);
      OptFound *found = opt_found_new_from_account (saved->account);

      found->path = g_strdup (path);
      g_ptr_array_add (self->founds, found);
    }
}

static void
search_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Search *search = data;
  OptScan *self = g_new (OptScan, 1);
  guint n_clients;
  const OptClient *const *clients = opt_clients_get (&n_clients);

  self->founds = opt_founds_new ();
  self->troubles = g_ptr_array_new_with_free_func (free_trouble);
  if (search->store != NULL)
    search_store (self, search->store);
  for (guint i = 0; i < n_clients && !g_cancellable_is_cancelled (cancellable); i++)
    if (search->client == NULL || search->client == clients[i])
      search_client (self, clients[i], search->machine, cancellable);

  g_task_return_pointer (task, self, (GDestroyNotify) opt_scan_free);
}

static void
start_search (const Search *search,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, start_search);
  g_task_set_task_data (task, g_memdup2 (search, sizeof *search), g_free);
  g_task_run_in_thread (task, search_in_thread);
}

void
opt_scan_machine_async (const OptMachine *machine,
                        OptAccountStore *store,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  const Search search = { .machine = machine, .store = store };

  g_return_if_fail (machine != NULL);

  start_search (&search, cancellable, callback, user_data);
}

void
opt_scan_client_async (const OptMachine *machine,
                       const OptClient *client,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  const Search search = { .machine = machine, .client = client };

  g_return_if_fail (machine != NULL && client != NULL);

  start_search (&search, cancellable, callback, user_data);
}

OptScan *
opt_scan_machine_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static const OptClient *
find_reader (const OptClientFile *file)
{
  guint n_clients;
  const OptClient *const *clients = opt_clients_get (&n_clients);

  for (guint i = 0; i < n_clients; i++)
    if (opt_client_can_read (clients[i]) && opt_client_recognises (clients[i], file))
      return clients[i];

  return NULL;
}

static GPtrArray *
read_chosen (const OptClient *client, const char *path, GPtrArray *files, GError **error)
{
  g_autoptr (GPtrArray) founds = opt_client_read (client, path, files, error);

  if (founds != NULL && founds->len == 0)
    {
      g_autofree char *name = g_filename_display_basename (path);

      g_set_error (error, OPT_ERROR, OPT_ERROR_READ_EMPTY, "%s has no account", name);
      return NULL;
    }

  return g_steal_pointer (&founds);
}

static gboolean
add_file (GPtrArray *files, const char *path, GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  GBytes *bytes = opt_place_read_file (path, error);

  if (bytes == NULL)
    return FALSE;

  g_ptr_array_add (files, opt_client_file_new (name, bytes));

  return TRUE;
}

/* The first program that has files of such names in a folder; NULL if none has. */
static const OptClient *
find_folder_reader (const char *path, GPtrArray *places)
{
  guint n_clients;
  const OptClient *const *clients = opt_clients_get (&n_clients);

  for (guint i = 0; i < n_clients; i++)
    {
      if (clients[i]->folder_suffix != NULL)
        opt_places_add_folder (places, g_strdup (path), clients[i]->folder_suffix);
      if (places->len > 0)
        return clients[i];
    }

  return NULL;
}

/* What somebody has chosen is read as a whole or not at all. */
static GPtrArray *
read_folder (const OptClient *client, const OptPlace *place, GError **error)
{
  g_autoptr (GPtrArray) files = opt_client_files_new ();

  for (gsize i = 0; place->files[i] != NULL; i++)
    if (!add_file (files, place->files[i], error))
      return NULL;

  return read_chosen (client, place->path, files, error);
}

/* One of several files that are an account only together stands for them all. */
static const OptClient *
find_whole_folder (const char *path, GPtrArray *places)
{
  guint n_clients;
  const OptClient *const *clients = opt_clients_get (&n_clients);

  for (guint i = 0; i < n_clients; i++)
    if (clients[i]->folder_suffix != NULL && clients[i]->recognises == NULL &&
        g_str_has_suffix (path, clients[i]->folder_suffix))
      {
        opt_places_add_folder (places, g_path_get_dirname (path), clients[i]->folder_suffix);
        return places->len > 0 ? clients[i] : NULL;
      }

  return NULL;
}

static GPtrArray *
scan_single_file (const char *path, GPtrArray *files, GError **error)
{
  const OptClient *client = find_reader (g_ptr_array_index (files, 0));
  g_autofree char *name = NULL;

  if (client != NULL)
    return read_chosen (client, path, files, error);

  name = g_filename_display_basename (path);
  g_set_error (error, OPT_ERROR, OPT_ERROR_READ_UNKNOWN, "%s is of no known format", name);

  return NULL;
}

GPtrArray *
opt_scan_file (const char *path, GError **error)
{
  g_autoptr (GPtrArray) places = opt_places_new ();
  g_autoptr (GPtrArray) files = opt_client_files_new ();
  const OptClient *client;

  g_return_val_if_fail (path != NULL, NULL);

  client = g_file_test (path, G_FILE_TEST_IS_DIR) ? find_folder_reader (path, places) : NULL;
  if (client == NULL && !add_file (files, path, error))
    return NULL;
  if (client == NULL)
    client = find_whole_folder (path, places);

  return client != NULL ? read_folder (client, g_ptr_array_index (places, 0), error)
                        : scan_single_file (path, files, error);
}
