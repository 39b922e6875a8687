/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Several items of other programs, all changed or none. Everything is read before anything is
 * written, byte for byte, so that what was there can be put back whatever it was. What a failure
 * has left is looked at and not guessed. */
#include "opt-foreign-swap.h"

#include "opt-error.h"
#include "opt-libsecret.h"

struct _OptForeignSwap
{
  GCancellable *cancellable;
  OptLibsecret *visit;
  GPtrArray *places;
};

/* What was found for one item that was asked for. */
typedef struct
{
  char *schema;
  char **attributes;
  GPtrArray *entries;
  guint i_entry;
  GBytes *old;
  GBytes *new;
} Place;

static void
free_place (gpointer data)
{
  Place *place = data;

  g_free (place->schema);
  g_strfreev (place->attributes);
  g_ptr_array_unref (place->entries);
  g_bytes_unref (place->old);
  g_bytes_unref (place->new);
  g_free (place);
}

static const OptLibsecretEntry *
get_entry (const Place *place)
{
  return g_ptr_array_index (place->entries, place->i_entry);
}

OptForeignSwap *
opt_foreign_swap_new (GCancellable *cancellable)
{
  OptForeignSwap *self = g_new0 (OptForeignSwap, 1);

  g_set_object (&self->cancellable, cancellable);
  self->places = g_ptr_array_new_with_free_func (free_place);

  return self;
}

void
opt_foreign_swap_free (OptForeignSwap *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->places);
  g_clear_pointer (&self->visit, opt_libsecret_close);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static gboolean
add_entry (OptForeignSwap *self,
           const OptForeignItem *item,
           GPtrArray *entries,
           guint i_entry,
           GBytes *content,
           GError **error)
{
  GBytes *old = opt_libsecret_read_bytes (self->visit, entries->pdata[i_entry], error);
  Place *place;

  if (old == NULL)
    return FALSE;

  place = g_new0 (Place, 1);
  place->schema = g_strdup (item->schema);
  place->attributes = g_strdupv ((char **) item->attributes);
  place->entries = g_ptr_array_ref (entries);
  place->i_entry = i_entry;
  place->old = old;
  place->new = g_bytes_ref (content);
  g_ptr_array_add (self->places, place);

  return TRUE;
}

gboolean
opt_foreign_swap_add (
  OptForeignSwap *self, const OptForeignItem *item, GBytes *content, guint *n_found, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;

  g_return_val_if_fail (self != NULL && item != NULL && item->attributes[0] != NULL, FALSE);
  g_return_val_if_fail (content != NULL && n_found != NULL, FALSE);

  if (self->visit == NULL)
    self->visit = opt_libsecret_open (self->cancellable, error);
  if (self->visit == NULL)
    return FALSE;

  entries = opt_libsecret_search_unlocked (self->visit, item, error);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    if (!add_entry (self, item, entries, i, content, error))
      return FALSE;
  *n_found = entries != NULL ? entries->len : 0;

  return entries != NULL;
}

static gboolean
put (OptForeignSwap *self, const Place *place, GBytes *content, GError **error)
{
  const OptForeignItem item = { place->schema, NULL, (const char *const *) place->attributes };

  return opt_libsecret_replace (self->visit, get_entry (place), &item, content, error);
}

static gboolean
holds_old (OptForeignSwap *self, const Place *place)
{
  g_autoptr (GBytes) content = opt_libsecret_read_bytes (self->visit, get_entry (place), NULL);

  return content != NULL && g_bytes_equal (content, place->old);
}

/* Goes on past what resists: the more is as it was the better. */
static gboolean
put_back (OptForeignSwap *self, guint n_places, GError **error)
{
  const char *mixed = NULL;

  opt_libsecret_ignore_cancellation (self->visit);
  for (guint i = 0; i < n_places; i++)
    {
      const Place *place = g_ptr_array_index (self->places, i);
      g_autoptr (GError) cause = NULL;

      if (put (self, place, place->old, &cause))
        continue;

      g_info ("a keyring item cannot be put back: %s", cause->message);
      if (!holds_old (self, place))
        mixed = get_entry (place)->label;
    }

  if (mixed != NULL)
    g_set_error_literal (error, OPT_ERROR, OPT_ERROR_PASSWORD_MIXED, mixed);

  return mixed == NULL;
}

gboolean
opt_foreign_swap_write (OptForeignSwap *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = g_ptr_array_index (self->places, i);
      GError *cause = NULL;

      if (put (self, place, place->new, &cause))
        continue;

      /* This one, too: a call that was cancelled or lost may have been carried out. */
      if (put_back (self, i + 1, error))
        {
          g_propagate_error (error, cause);
          return FALSE;
        }
      g_info ("a keyring item was not changed: %s", cause->message);
      g_error_free (cause);
      return FALSE;
    }

  return TRUE;
}

gboolean
opt_foreign_swap_put_back (OptForeignSwap *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->places->len == 0 || put_back (self, self->places->len, error);
}
