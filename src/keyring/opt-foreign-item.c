/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Other programs' passwords, where they look for them. One item at a time, whole or not at all; how
 * several belong together is for the caller to know. */
#include "opt-foreign-item.h"

#include "opt-libsecret.h"

/* What cannot be read cannot be put back, and is no reason to refuse a new one. */
static gboolean
read_before (OptLibsecret *visit, const OptForeignItem *item, OptSecret **before, GError **error)
{
  g_autoptr (GPtrArray) entries = opt_libsecret_search_foreign (visit, item, error);
  g_autoptr (GError) cause = NULL;

  if (entries == NULL)
    return FALSE;

  *before = entries->len > 0 ? opt_libsecret_read (visit, entries->pdata[0], &cause) : NULL;
  if (cause == NULL)
    return TRUE;

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  g_info ("a keyring item cannot be read: %s", cause->message);

  return TRUE;
}

/* A call that was cancelled or lost may have been carried out. */
static void
put_back (OptLibsecret *visit, const OptForeignItem *item, OptSecret *before)
{
  g_autoptr (GError) cause = NULL;

  opt_libsecret_ignore_cancellation (visit);
  if (before != NULL)
    opt_libsecret_store_foreign (visit, item, before, &cause);
  else
    opt_libsecret_remove_foreign (visit, item, &cause);

  if (cause != NULL)
    g_info ("a keyring item cannot be put back: %s", cause->message);
}

gboolean
opt_foreign_item_store (const OptForeignItem *self,
                        OptSecret *secret,
                        OptSecret **before,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (OptLibsecret) visit = NULL;
  g_autoptr (OptSecret) old = NULL;

  g_return_val_if_fail (self != NULL && secret != NULL, FALSE);

  visit = opt_libsecret_open (cancellable, error);
  if (visit == NULL || !opt_libsecret_unlock_default (visit, error) ||
      !read_before (visit, self, &old, error))
    return FALSE;

  if (!opt_libsecret_store_foreign (visit, self, secret, error))
    {
      put_back (visit, self, old);
      return FALSE;
    }

  if (before != NULL)
    *before = g_steal_pointer (&old);

  return TRUE;
}

gboolean
opt_foreign_item_remove (const OptForeignItem *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (OptLibsecret) visit = NULL;
  g_autoptr (GPtrArray) entries = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  visit = opt_libsecret_open (cancellable, error);
  /* The search is what unlocks; removing does not. */
  entries = visit != NULL ? opt_libsecret_search_foreign (visit, self, error) : NULL;
  if (entries == NULL)
    return FALSE;

  return entries->len == 0 || opt_libsecret_remove_foreign (visit, self, error);
}
