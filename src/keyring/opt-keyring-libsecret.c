/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is kept in the desktop's keyring, and how it stays whole: for an address there is one item
 * per service, all with the same password, or none. It never asks to unlock for a mere look at
 * what is there, and gives a password only for a server that it was saved for. */
#include "opt-keyring-libsecret.h"

#include "opt-error.h"
#include "opt-libsecret.h"

#define OPT_TYPE_KEYRING_LIBSECRET (opt_keyring_libsecret_get_type ())
G_DECLARE_FINAL_TYPE (OptKeyringLibsecret, opt_keyring_libsecret, OPT, KEYRING_LIBSECRET, GObject)

struct _OptKeyringLibsecret
{
  GObject parent_instance;
};

/* An item with all that is needed to write it. */
typedef struct
{
  OptKeyringItem *item;
  char *label;
  OptSecret *secret;
} Record;

static void
free_record (Record *record)
{
  opt_keyring_item_free (record->item);
  g_free (record->label);
  opt_secret_unref (record->secret);
  g_free (record);
}

/* What the person's keyring manager shows: a name, like a file's, and so not translated. */
static char *
create_label (OptAccount *account, OptService service)
{
  OptProvider *provider = opt_account_get_provider (account);
  const char *address = opt_address_get_text (opt_account_get_address (account));
  g_autofree char *protocol = g_ascii_strup (opt_service_to_string (service), -1);

  if (provider == NULL)
    return g_strdup_printf ("Mail (%s): %s", protocol, address);

  return g_strdup_printf ("%s mail (%s): %s", opt_provider_get_name (provider), protocol, address);
}

/* Ours for this address, or all of ours. */
static GPtrArray *
search (OptLibsecret *visit, const char *address, gboolean unlocks, GError **error)
{
  const char *const attributes[] = { address != NULL ? "address" : NULL, address, NULL };
  const OptForeignItem ours = { OPT_KEYRING_ITEM_SCHEMA, NULL, attributes };

  return unlocks ? opt_libsecret_search_unlocked (visit, &ours, error)
                 : opt_libsecret_search (visit, &ours, error);
}

static gboolean
store (OptLibsecret *visit, const Record *record, GError **error)
{
  const char *attributes[OPT_KEYRING_ITEM_N_WORDS];
  const OptForeignItem ours = { OPT_KEYRING_ITEM_SCHEMA, record->label, attributes };

  opt_keyring_item_list_attributes (record->item, attributes);

  return opt_libsecret_store (visit, &ours, record->secret, error);
}

static gboolean
remove_item (OptLibsecret *visit, const OptKeyringItem *item, GError **error)
{
  const char *attributes[OPT_KEYRING_ITEM_N_WORDS];
  const OptForeignItem ours = { OPT_KEYRING_ITEM_SCHEMA, NULL, attributes };

  opt_keyring_item_list_attributes (item, attributes);

  return opt_libsecret_remove (visit, &ours, error);
}

static GPtrArray *
create_records (OptAccount *account, OptSecret *secret)
{
  const char *address = opt_address_get_text (opt_account_get_address (account));
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) free_record);

  for (guint service = 0; service < OPT_N_SERVICES; service++)
    {
      OptServer *server = opt_account_get_server (account, service);
      Record *record;

      if (server == NULL)
        continue;

      record = g_new0 (Record, 1);
      record->item = opt_keyring_item_new (address,
                                           opt_server_get_host (server),
                                           service,
                                           opt_server_get_user (server));
      record->label = create_label (account, service);
      record->secret = opt_secret_ref (secret);
      g_ptr_array_add (records, record);
    }

  return records;
}

static Record *
find_record (GPtrArray *records, const OptKeyringItem *item)
{
  for (guint i = 0; i < records->len; i++)
    {
      Record *record = g_ptr_array_index (records, i);

      if (opt_keyring_item_compare (record->item, item) == 0)
        return record;
    }

  return NULL;
}

/* An old item that cannot be read is no reason to refuse a new one: it only cannot be put back. */
static GPtrArray *
read_records (OptLibsecret *visit, GPtrArray *entries, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) free_record);

  for (guint i = 0; i < entries->len; i++)
    {
      OptLibsecretEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (OptKeyringItem) item = opt_keyring_item_new_from_attributes (entry->attributes);
      g_autoptr (GError) cause = NULL;
      OptSecret *secret;
      Record *record;

      if (item == NULL)
        continue;

      secret = opt_libsecret_read (visit, entry, &cause);
      if (secret == NULL)
        {
          if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
            {
              g_propagate_error (error, g_steal_pointer (&cause));
              return NULL;
            }
          g_info ("a keyring item cannot be read: %s", cause->message);
          continue;
        }

      record = g_new0 (Record, 1);
      record->item = g_steal_pointer (&item);
      record->label = g_strdup (entry->label);
      record->secret = secret;
      g_ptr_array_add (records, record);
    }

  return g_steal_pointer (&records);
}

/* Whether the keyring still, or again, has what it had for @item. */
static gboolean
is_as_before (OptLibsecret *visit, const OptKeyringItem *item, const Record *before)
{
  const char *attributes[OPT_KEYRING_ITEM_N_WORDS];
  const OptForeignItem ours = { OPT_KEYRING_ITEM_SCHEMA, NULL, attributes };
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (OptSecret) secret = NULL;

  opt_keyring_item_list_attributes (item, attributes);
  entries = opt_libsecret_search (visit, &ours, NULL);
  if (entries == NULL)
    return FALSE;
  if (before == NULL || entries->len == 0)
    return before == NULL && entries->len == 0;

  secret = opt_libsecret_read (visit, entries->pdata[0], NULL);

  return secret != NULL && g_str_equal (opt_secret_peek (secret), opt_secret_peek (before->secret));
}

/* Puts the first @n_written items of @wanted back to what they were, and returns the one that
 * resists. */
static const Record *
undo (OptLibsecret *visit, GPtrArray *wanted, guint n_written, GPtrArray *old)
{
  const Record *mixed = NULL;

  opt_libsecret_ignore_cancellation (visit);

  for (guint i = 0; i < n_written; i++)
    {
      Record *written = g_ptr_array_index (wanted, i);
      Record *before = find_record (old, written->item);
      g_autoptr (GError) cause = NULL;

      if (before != NULL)
        store (visit, before, &cause);
      else
        remove_item (visit, written->item, &cause);

      if (cause == NULL)
        continue;

      g_info ("a keyring item cannot be put back: %s", cause->message);
      if (!is_as_before (visit, written->item, before))
        mixed = written;
    }

  return mixed;
}

/* For servers that the account no longer has: an outdated password would be found there later. */
static void
remove_outdated (OptLibsecret *visit, GPtrArray *wanted, GPtrArray *entries)
{
  opt_libsecret_ignore_cancellation (visit);

  for (guint i = 0; i < entries->len; i++)
    {
      OptLibsecretEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (OptKeyringItem) item = opt_keyring_item_new_from_attributes (entry->attributes);
      g_autoptr (GError) cause = NULL;

      if (item == NULL || find_record (wanted, item) != NULL)
        continue;
      if (!remove_item (visit, item, &cause))
        g_info ("an outdated keyring item stays: %s", cause->message);
    }
}

static gboolean
write_records (OptLibsecret *visit, GPtrArray *wanted, GPtrArray *old, GError **error)
{
  for (guint i = 0; i < wanted->len; i++)
    {
      const Record *mixed;
      GError *cause = NULL;

      if (store (visit, g_ptr_array_index (wanted, i), &cause))
        continue;

      /* This one, too: a call that was cancelled or lost may have been carried out. */
      mixed = undo (visit, wanted, i + 1, old);
      if (mixed == NULL)
        {
          g_propagate_error (error, cause);
          return FALSE;
        }
      g_set_error_literal (error, OPT_ERROR, OPT_ERROR_PASSWORD_MIXED, mixed->label);
      g_info ("a keyring item was not changed: %s", cause->message);
      g_error_free (cause);
      return FALSE;
    }

  return TRUE;
}

static gboolean
save (OptKeyring *keyring,
      OptAccount *account,
      OptSecret *secret,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (OptLibsecret) visit = opt_libsecret_open (cancellable, error);
  g_autoptr (GPtrArray) wanted = create_records (account, secret);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) old = NULL;

  if (visit == NULL || !opt_libsecret_unlock_default (visit, error))
    return FALSE;

  entries = search (visit, opt_address_get_text (opt_account_get_address (account)), TRUE, error);
  if (entries == NULL)
    return FALSE;

  old = read_records (visit, entries, error);
  if (old == NULL || !write_records (visit, wanted, old, error))
    return FALSE;

  remove_outdated (visit, wanted, entries);

  return TRUE;
}

/* Lower is better; G_MAXUINT: not for a server of the account. */
static guint
rank_item (OptAccount *account, const OptKeyringItem *item)
{
  GPtrArray *servers;

  if (item == NULL)
    return G_MAXUINT;

  servers = opt_account_get_servers (account, item->service);
  for (guint i = 0; i < servers->len; i++)
    {
      OptServer *server = g_ptr_array_index (servers, i);

      if (g_str_equal (opt_server_get_host (server), item->host) &&
          g_str_equal (opt_server_get_user (server), item->user))
        return i * OPT_N_SERVICES + item->service;
    }

  return G_MAXUINT;
}

static OptSecret *
find (OptKeyring *keyring, OptAccount *account, GCancellable *cancellable, GError **error)
{
  const char *address = opt_address_get_text (opt_account_get_address (account));
  g_autoptr (OptLibsecret) visit = opt_libsecret_open (cancellable, error);
  g_autoptr (GPtrArray) entries = NULL;
  OptLibsecretEntry *best = NULL;
  guint best_rank = G_MAXUINT;

  if (visit == NULL)
    return NULL;

  entries = search (visit, address, TRUE, error);
  if (entries == NULL)
    return NULL;

  for (guint i = 0; i < entries->len; i++)
    {
      OptLibsecretEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (OptKeyringItem) item = opt_keyring_item_new_from_attributes (entry->attributes);
      guint rank = rank_item (account, item);

      if (rank < best_rank)
        {
          best = entry;
          best_rank = rank;
        }
    }

  if (best == NULL)
    {
      g_set_error (error,
                   OPT_ERROR,
                   OPT_ERROR_KEYRING_NOT_FOUND,
                   "No password is kept for %s",
                   address);
      return NULL;
    }

  return opt_libsecret_read (visit, best, error);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  return opt_keyring_item_compare (*(OptKeyringItem *const *) a, *(OptKeyringItem *const *) b);
}

static GPtrArray *
list (OptKeyring *keyring, GCancellable *cancellable, GError **error)
{
  g_autoptr (OptLibsecret) visit = opt_libsecret_open (cancellable, error);
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) items = NULL;

  if (visit == NULL)
    return NULL;

  entries = search (visit, NULL, FALSE, error);
  if (entries == NULL)
    return NULL;

  items = g_ptr_array_new_with_free_func ((GDestroyNotify) opt_keyring_item_free);
  for (guint i = 0; i < entries->len; i++)
    {
      OptLibsecretEntry *entry = g_ptr_array_index (entries, i);
      OptKeyringItem *item = opt_keyring_item_new_from_attributes (entry->attributes);

      if (item != NULL)
        g_ptr_array_add (items, item);
      else if (entry->locked)
        {
          /* To leave it out would say that nothing is kept. */
          g_set_error (error,
                       OPT_ERROR,
                       OPT_ERROR_KEYRING_LOCKED,
                       "The keyring is locked and hides its items");
          return NULL;
        }
    }

  g_ptr_array_sort (items, compare_items);

  return g_steal_pointer (&items);
}

static int
forget (OptKeyring *keyring, const char *address, GCancellable *cancellable, GError **error)
{
  g_autoptr (OptLibsecret) visit = opt_libsecret_open (cancellable, error);
  g_autoptr (GPtrArray) entries = NULL;
  int n_removed = 0;

  if (visit == NULL)
    return -1;

  entries = search (visit, address, TRUE, error);
  if (entries == NULL)
    return -1;

  for (guint i = 0; i < entries->len; i++)
    {
      OptLibsecretEntry *entry = g_ptr_array_index (entries, i);
      g_autoptr (OptKeyringItem) item = opt_keyring_item_new_from_attributes (entry->attributes);

      if (item == NULL)
        continue;
      if (!remove_item (visit, item, error))
        return -1;
      n_removed++;
    }

  return n_removed;
}

static gboolean
look (OptKeyring *keyring,
      const char *address,
      gboolean *is_there,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (OptLibsecret) visit = opt_libsecret_open (cancellable, error);
  g_autoptr (GPtrArray) entries = visit != NULL ? search (visit, address, FALSE, error) : NULL;

  *is_there = entries != NULL && entries->len > 0;

  return entries != NULL;
}

static char *
describe (OptKeyring *keyring, GCancellable *cancellable, GError **error)
{
  g_autoptr (OptLibsecret) visit = opt_libsecret_open (cancellable, error);

  return visit != NULL ? opt_libsecret_dup_default_label (visit, error) : NULL;
}

static void
opt_keyring_libsecret_implement (OptKeyringInterface *iface)
{
  iface->save = save;
  iface->find = find;
  iface->list = list;
  iface->forget = forget;
  iface->describe = describe;
  iface->look = look;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (OptKeyringLibsecret,
                               opt_keyring_libsecret,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OPT_TYPE_KEYRING,
                                                      opt_keyring_libsecret_implement))

static void
opt_keyring_libsecret_class_init (OptKeyringLibsecretClass *klass)
{
}

static void
opt_keyring_libsecret_init (OptKeyringLibsecret *self)
{
}

OptKeyring *
opt_keyring_libsecret_new (void)
{
  return g_object_new (OPT_TYPE_KEYRING_LIBSECRET, NULL);
}
