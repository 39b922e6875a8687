/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which accounts were set up. The file is written whole or not at all, never with a password, and
 * never over one that we could not read. A server that is the provider's own first choice comes
 * back with its siblings, so that a check can still turn to them. */
#include "opt-account-store.h"

#include "opt-error.h"
#include "opt-file-lock.h"
#include "opt-file.h"

#include <errno.h>
#include <string.h>

#define FOLDER_MODE 0700
#define MAX_SIZE_BYTES (1024 * 1024)
#define TIME_FORMAT "%Y-%m-%dT%H:%M:%SZ"

struct _OptAccountStore
{
  char *path;
  OptProviders *providers;
};

void
opt_saved_account_free (OptSavedAccount *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->account, opt_account_unref);
  g_clear_pointer (&self->saved, g_date_time_unref);
  g_clear_pointer (&self->checked, g_date_time_unref);
  g_free (self->verdict);
  g_free (self);
}

char *
opt_account_store_dup_default_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "optsetup", "accounts.ini", NULL);
}

OptAccountStore *
opt_account_store_new (const char *path, OptProviders *providers)
{
  OptAccountStore *self;

  g_return_val_if_fail (path != NULL && providers != NULL, NULL);

  self = g_new0 (OptAccountStore, 1);
  self->path = g_strdup (path);
  self->providers = opt_providers_ref (providers);

  return self;
}

void
opt_account_store_free (OptAccountStore *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->path);
  opt_providers_unref (self->providers);
  g_free (self);
}

char *
opt_account_store_dup_path (OptAccountStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup (self->path);
}

static gboolean
fail_invalid (const OptAccountStore *self,
              const char *section,
              const GError *reason,
              GError **error)
{
  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_ACCOUNTS_INVALID,
               "“%s”%s%s: %s",
               self->path,
               section != NULL ? ", section " : "",
               section != NULL ? section : "",
               reason->message);

  return FALSE;
}

/* Nothing that we wrote is so large, or has a NUL in it: that is what some file systems leave of a
 * file after a power cut, and a key file's parser takes it for an empty one. */
static gboolean
is_plausible (const char *text, gsize size_bytes)
{
  return size_bytes <= MAX_SIZE_BYTES && memchr (text, '\0', size_bytes) == NULL;
}

static GKeyFile *
read_file (const OptAccountStore *self, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = NULL;
  gsize size_bytes;

  if (!g_file_get_contents (self->path, &text, &size_bytes, &reason))
    {
      if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return g_steal_pointer (&file);
    }
  else if (!is_plausible (text, size_bytes))
    g_set_error_literal (&reason,
                         G_KEY_FILE_ERROR,
                         G_KEY_FILE_ERROR_PARSE,
                         "not a list of accounts");
  else
    g_key_file_load_from_data (file, text, size_bytes, G_KEY_FILE_KEEP_COMMENTS, &reason);

  if (reason == NULL)
    return g_steal_pointer (&file);

  fail_invalid (self, NULL, reason, error);

  return NULL;
}

static char *
dup_user_key (OptService service)
{
  return g_strconcat (opt_service_to_string (service), "-user", NULL);
}

/* Returns %FALSE for an error; a service without a server is none. */
static gboolean
read_server (
  GKeyFile *file, const char *section, OptService service, OptServer **server, GError **error)
{
  const char *key = opt_service_to_string (service);
  g_autofree char *user_key = dup_user_key (service);
  g_autofree char *text = NULL;
  g_autofree char *user = NULL;

  if (!g_key_file_has_key (file, section, key, NULL))
    return TRUE;

  text = g_key_file_get_string (file, section, key, error);
  if (text == NULL)
    return FALSE;

  user = g_key_file_get_string (file, section, user_key, error);
  if (user == NULL)
    return FALSE;

  *server = opt_server_parse (service, text, user, error);

  return *server != NULL;
}

static gboolean
read_servers (GKeyFile *file, const char *section, OptAccount **account, GError **error)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_autoptr (OptServer) server = NULL;
      OptServer *usual = opt_account_get_server (*account, i);
      OptAccount *changed;

      if (!read_server (file, section, i, &server, error))
        return FALSE;
      if (server == NULL || (usual != NULL && opt_server_equal (server, usual)))
        continue;

      changed = opt_account_with_server (*account, server);
      opt_account_unref (*account);
      *account = changed;
    }

  return TRUE;
}

static GDateTime *
read_time (GKeyFile *file, const char *section, const char *key, GError **error)
{
  g_autofree char *text = g_key_file_get_string (file, section, key, error);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) when = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;

  if (when != NULL)
    return g_date_time_to_utc (when);

  if (text != NULL)
    g_set_error (error,
                 G_KEY_FILE_ERROR,
                 G_KEY_FILE_ERROR_INVALID_VALUE,
                 "“%s” is not a time",
                 text);

  return NULL;
}

static OptAccount *
read_account (const OptAccountStore *self, GKeyFile *file, const char *section, GError **error)
{
  g_autoptr (OptAddress) address = opt_address_parse (section, error);
  g_autofree char *id = g_key_file_get_string (file, section, "provider", NULL);
  g_autofree char *name = NULL;
  g_autoptr (OptAccount) account = NULL;

  if (address == NULL)
    return NULL;

  if (g_key_file_has_key (file, section, "name", NULL))
    {
      name = g_key_file_get_string (file, section, "name", error);
      if (name == NULL)
        return NULL;
    }

  /* A provider that an administrator took away leaves the servers as they were saved. */
  account =
    opt_account_new (name, address, id != NULL ? opt_providers_find (self->providers, id) : NULL);

  return read_servers (file, section, &account, error) ? g_steal_pointer (&account) : NULL;
}

static OptSavedAccount *
read_section (const OptAccountStore *self, GKeyFile *file, const char *section, GError **error)
{
  g_autoptr (OptSavedAccount) saved = g_new0 (OptSavedAccount, 1);

  saved->account = read_account (self, file, section, error);
  if (saved->account == NULL)
    return NULL;

  saved->saved = read_time (file, section, "saved", error);
  if (saved->saved == NULL)
    return NULL;

  if (!g_key_file_has_key (file, section, "checked", NULL))
    return g_steal_pointer (&saved);

  saved->checked = read_time (file, section, "checked", error);
  if (saved->checked == NULL)
    return NULL;

  saved->verdict = g_key_file_get_string (file, section, "verdict", error);

  return saved->verdict != NULL ? g_steal_pointer (&saved) : NULL;
}

static GPtrArray *
read_accounts (const OptAccountStore *self, GKeyFile *file, GError **error)
{
  g_autoptr (GPtrArray) accounts =
    g_ptr_array_new_with_free_func ((GDestroyNotify) opt_saved_account_free);
  g_auto (GStrv) sections = g_key_file_get_groups (file, NULL);

  for (guint i = 0; sections[i] != NULL; i++)
    {
      g_autoptr (GError) reason = NULL;
      OptSavedAccount *account = read_section (self, file, sections[i], &reason);

      if (account == NULL)
        {
          fail_invalid (self, sections[i], reason, error);
          return NULL;
        }
      g_ptr_array_add (accounts, account);
    }

  return g_steal_pointer (&accounts);
}

/* For a change: only of a file that is right from beginning to end. */
static GKeyFile *
read_valid_file (const OptAccountStore *self, GError **error)
{
  g_autoptr (GKeyFile) file = read_file (self, error);
  g_autoptr (GPtrArray) accounts = file != NULL ? read_accounts (self, file, error) : NULL;

  return accounts != NULL ? g_steal_pointer (&file) : NULL;
}

static gboolean
write_file (const OptAccountStore *self, GKeyFile *file, GError **error)
{
  gsize size_bytes;
  char *text = g_key_file_to_data (file, &size_bytes, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, size_bytes);

  return opt_file_write (self->path, bytes, OPT_FILE_REPLACE | OPT_FILE_SWEEP, error);
}

GPtrArray *
opt_account_store_list (OptAccountStore *self, GError **error)
{
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  file = read_file (self, error);

  return file != NULL ? read_accounts (self, file, error) : NULL;
}

static gboolean
fail_unknown (const OptAddress *address, GError **error)
{
  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_ACCOUNT_UNKNOWN,
               "nothing is saved for %s",
               opt_address_get_text (address));

  return FALSE;
}

OptSavedAccount *
opt_account_store_find (OptAccountStore *self, const OptAddress *address, GError **error)
{
  g_autoptr (GPtrArray) accounts = NULL;
  guint n, similar;

  g_return_val_if_fail (self != NULL && address != NULL, NULL);

  accounts = opt_account_store_list (self, error);
  if (accounts == NULL)
    return NULL;

  n = similar = accounts->len;
  for (guint i = 0; i < accounts->len; i++)
    {
      const OptSavedAccount *saved = g_ptr_array_index (accounts, i);
      const OptAddress *other = opt_account_get_address (saved->account);

      if (opt_address_equal (other, address))
        return g_ptr_array_steal_index (accounts, i);
      if (g_ascii_strcasecmp (opt_address_get_text (other), opt_address_get_text (address)) == 0)
        similar = i;
    }

  if (similar < n)
    return g_ptr_array_steal_index (accounts, similar);

  fail_unknown (address, error);

  return NULL;
}

static void
set_time (GKeyFile *file, const char *section, const char *key, GDateTime *when)
{
  g_autoptr (GDateTime) utc = g_date_time_to_utc (when);
  g_autofree char *text = g_date_time_format (utc, TIME_FORMAT);

  g_key_file_set_string (file, section, key, text);
}

static void
set_account (GKeyFile *file, const OptAccount *account, GDateTime *now)
{
  const char *section = opt_address_get_text (opt_account_get_address (account));
  OptProvider *provider = opt_account_get_provider (account);

  g_key_file_remove_group (file, section, NULL);
  g_key_file_set_string (file, section, "name", opt_account_get_name (account));
  if (provider != NULL)
    g_key_file_set_string (file, section, "provider", opt_provider_get_id (provider));

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptServer *server = opt_account_get_server (account, i);
      g_autofree char *text = server != NULL ? opt_server_to_string (server) : NULL;
      g_autofree char *user_key = dup_user_key (i);

      if (server == NULL)
        continue;
      g_key_file_set_string (file, section, opt_service_to_string (i), text);
      g_key_file_set_string (file, section, user_key, opt_server_get_user (server));
    }
  set_time (file, section, "saved", now);
}

static gboolean
make_folder (const OptAccountStore *self, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (g_mkdir_with_parents (folder, FOLDER_MODE) == 0)
    return TRUE;

  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_FILE_NOT_WRITTEN,
               "cannot make “%s”: %s",
               folder,
               g_strerror (errno));

  return FALSE;
}

gboolean
opt_account_store_save (OptAccountStore *self,
                        const OptAccount *account,
                        GDateTime *now,
                        GError **error)
{
  g_autoptr (GKeyFile) file = NULL;
  g_auto (OptFileLock) lock = OPT_FILE_UNLOCKED;

  g_return_val_if_fail (self != NULL && account != NULL && now != NULL, FALSE);

  if (!make_folder (self, error))
    return FALSE;

  lock = opt_file_lock (self->path);
  file = read_valid_file (self, error);
  if (file == NULL)
    return FALSE;

  set_account (file, account, now);

  return write_file (self, file, error);
}

gboolean
opt_account_store_set_checked (OptAccountStore *self,
                               const OptAddress *address,
                               const char *verdict,
                               GDateTime *now,
                               GError **error)
{
  g_autoptr (GKeyFile) file = NULL;
  g_auto (OptFileLock) lock = OPT_FILE_UNLOCKED;
  const char *section;

  g_return_val_if_fail (self != NULL && address != NULL && verdict != NULL && now != NULL, FALSE);

  lock = opt_file_lock (self->path);
  file = read_valid_file (self, error);
  if (file == NULL)
    return FALSE;

  section = opt_address_get_text (address);
  if (!g_key_file_has_group (file, section))
    return fail_unknown (address, error);

  set_time (file, section, "checked", now);
  g_key_file_set_string (file, section, "verdict", verdict);

  return write_file (self, file, error);
}

gboolean
opt_account_store_forget (OptAccountStore *self, const OptAddress *address, GError **error)
{
  g_autoptr (GKeyFile) file = NULL;
  g_auto (OptFileLock) lock = OPT_FILE_UNLOCKED;

  g_return_val_if_fail (self != NULL && address != NULL, FALSE);

  lock = opt_file_lock (self->path);
  file = read_valid_file (self, error);
  if (file == NULL)
    return FALSE;

  if (!g_key_file_remove_group (file, opt_address_get_text (address), NULL))
    return fail_unknown (address, error);

  return write_file (self, file, error);
}
