/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Other programs' passwords, where they look for them. One item at a time, whole or not at all; how
 * several belong together is for the caller to know. */
#include "opt-foreign-item.h"

#include "opt-error.h"
#include "opt-libsecret.h"

/* libsecret's list of attributes has an end, and an item that no name tells from others would be
 * all of them. */
static gboolean
is_item (const OptForeignItem *item)
{
  guint n_words = item != NULL ? g_strv_length ((char **) item->attributes) : 0;

  return n_words > 0 && n_words % 2 == 0 && n_words / 2 <= OPT_FOREIGN_ITEM_MAX_ATTRIBUTES;
}

static gboolean
check_free (OptLibsecret *visit, const OptForeignItem *item, GError **error)
{
  g_autoptr (GPtrArray) entries = opt_libsecret_search (visit, item, error);

  if (entries == NULL || entries->len == 0)
    return entries != NULL;

  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_SETUP_EXISTS,
               "the keyring has “%s” already",
               item->label);

  return FALSE;
}

gboolean
opt_foreign_item_check_free (const OptForeignItem *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (OptLibsecret) visit = NULL;

  g_return_val_if_fail (is_item (self), FALSE);

  visit = opt_libsecret_open (cancellable, error);

  return visit != NULL && check_free (visit, self, error);
}

gboolean
opt_foreign_item_look (const OptForeignItem *self,
                       gboolean *is_there,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (OptLibsecret) visit = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  g_return_val_if_fail (is_item (self) && is_there != NULL, FALSE);

  visit = opt_libsecret_open (cancellable, error);
  entries = visit != NULL ? opt_libsecret_search (visit, self, error) : NULL;
  *is_there = entries != NULL && entries->len > 0;

  return entries != NULL;
}

GBytes *
opt_foreign_item_read (const OptForeignItem *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (OptLibsecret) visit = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  g_return_val_if_fail (is_item (self), NULL);

  visit = opt_libsecret_open (cancellable, error);
  entries = visit != NULL ? opt_libsecret_search_unlocked (visit, self, error) : NULL;
  if (entries == NULL)
    return NULL;
  if (entries->len > 0)
    return opt_libsecret_read_bytes (visit, entries->pdata[0], error);

  g_set_error (error, OPT_ERROR, OPT_ERROR_KEYRING_NOT_FOUND, "There is no “%s”", self->label);

  return NULL;
}

/* A call that was cancelled or lost may have been carried out. */
static gboolean
remove_again (OptLibsecret *visit, const OptForeignItem *item)
{
  g_autoptr (GError) cause = NULL;

  opt_libsecret_ignore_cancellation (visit);
  if (opt_libsecret_remove (visit, item, &cause))
    return TRUE;

  g_info ("a keyring item may still be there: %s", cause->message);

  return FALSE;
}

gboolean
opt_foreign_item_store (const OptForeignItem *self,
                        OptSecret *secret,
                        gboolean *is_there,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (OptLibsecret) visit = NULL;

  g_return_val_if_fail (is_item (self) && secret != NULL && is_there != NULL, FALSE);

  *is_there = FALSE;
  visit = opt_libsecret_open (cancellable, error);
  if (visit == NULL || !opt_libsecret_unlock_default (visit, error) ||
      !check_free (visit, self, error))
    return FALSE;

  if (!opt_libsecret_store (visit, self, secret, error))
    {
      *is_there = !remove_again (visit, self);
      return FALSE;
    }
  *is_there = TRUE;

  return TRUE;
}

gboolean
opt_foreign_item_remove (const OptForeignItem *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (OptLibsecret) visit = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  g_return_val_if_fail (is_item (self), FALSE);

  visit = opt_libsecret_open (cancellable, error);
  /* The search is what unlocks; removing does not. */
  entries = visit != NULL ? opt_libsecret_search_unlocked (visit, self, error) : NULL;
  if (entries == NULL)
    return FALSE;

  return entries->len == 0 || opt_libsecret_remove (visit, self, error);
}
