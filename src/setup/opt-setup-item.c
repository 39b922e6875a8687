/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The password, in the keyring and under the program's own schema, so that the program finds it as
 * if it had put it there itself. */
#include "opt-setup-change.h"

#include "opt-error.h"
#include "opt-setup-private.h"

#include <glib/gi18n-lib.h>

OptForeignItem
opt_setup_get_item (char **words)
{
  return (OptForeignItem){
    .schema = words[0],
    .label = words[1],
    .attributes = (const char *const *) words + 2,
  };
}

static gboolean
is_valid (char **words, const OptSetupOwn *own)
{
  guint n_words = g_strv_length (words + 2);

  if (own->schema == NULL || !g_str_equal (words[0], own->schema) ||
      n_words != 2 * g_strv_length ((char **) own->attributes))
    return FALSE;

  for (guint i = 0; own->attributes[i] != NULL; i++)
    if (!g_str_equal (words[2 + 2 * i], own->attributes[i]))
      return FALSE;

  return TRUE;
}

/* A keyring that cannot be asked yet, or is not there, is for make() to complain about: that one
 * may have it unlocked. */
static gboolean
check_free (const OptSetupChange *change, GCancellable *cancellable, GError **error)
{
  const OptForeignItem item = opt_setup_get_item (change->words);
  g_autoptr (GError) cause = NULL;

  if (opt_foreign_item_check_free (&item, cancellable, &cause))
    return TRUE;

  if (g_error_matches (cause, OPT_ERROR, OPT_ERROR_SETUP_EXISTS) ||
      g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  g_debug ("the keyring cannot be asked yet: %s", cause->message);

  return TRUE;
}

static gboolean
make (OptSetupChange *change, OptSecret *secret, GCancellable *cancellable, GError **error)
{
  const OptForeignItem item = opt_setup_get_item (change->words);

  return opt_foreign_item_store (&item, secret, &change->is_ours, cancellable, error);
}

static gboolean
take_back (const OptSetupChange *change, GError **error)
{
  const OptForeignItem item = opt_setup_get_item (change->words);

  return opt_foreign_item_remove (&item, NULL, error);
}

static void
describe (const OptSetupChange *change, OptSetupText text, GStrvBuilder *lines)
{
  g_autofree char *line =
    text == OPT_SETUP_TEXT_NEW
      /* Translators: %s is what the keyring manager shows for the item */
      ? g_strdup_printf (_ ("New keyring item “%s”, with the password"), change->words[1])
      /* Translators: %s is what the keyring manager shows for the item */
      : g_strdup_printf (_ ("The keyring item “%s”, with the password"), change->words[1]);

  g_strv_builder_add (lines, line);
}

static char **
dup_item (const OptSetupChange *change)
{
  return g_strdupv (change->words);
}

const OptSetupKind opt_setup_kind_item = {
  .name = "item",
  .n_words = 4,
  .is_valid = is_valid,
  .check_free = check_free,
  .make = make,
  .take_back = take_back,
  .describe = describe,
  .dup_item = dup_item,
};

static GBytes *
pack (OptSecret *secret)
{
  /* It belongs to the secret, which wipes it. */
  return g_bytes_new_with_free_func (opt_secret_peek (secret),
                                     opt_secret_get_size (secret),
                                     (GDestroyNotify) opt_secret_unref,
                                     opt_secret_ref (secret));
}

static OptSecret *
unpack (GBytes *content, OptService service, GError **error)
{
  gsize n_bytes;
  const char *bytes = g_bytes_get_data (content, &n_bytes);

  return opt_secret_new_from (OPT_SECRET_KEPT_ELSEWHERE, bytes, n_bytes, error);
}

const OptSetupPacking opt_setup_packing_plain = { pack, unpack };
