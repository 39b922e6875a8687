/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The password, in the keyring and under the program's own schema, so that the program finds it as
 * if it had put it there itself. */
#include "opt-setup-change.h"

#include "opt-foreign-item.h"

#include <glib/gi18n-lib.h>

static OptForeignItem
get_item (const OptSetupChange *change)
{
  return (OptForeignItem){
    .schema = change->words[0],
    .label = change->words[1],
    .attributes = (const char *const *) change->words + 2,
  };
}

static gboolean
make (OptSetupChange *change, OptSecret *secret, GCancellable *cancellable, GError **error)
{
  const OptForeignItem item = get_item (change);

  return opt_foreign_item_store (&item, secret, &change->before, cancellable, error);
}

/* Only in the same run is there anything to put back: no record ever has a password. */
static gboolean
take_back (const OptSetupChange *change, GError **error)
{
  const OptForeignItem item = get_item (change);

  return change->before != NULL ? opt_foreign_item_store (&item, change->before, NULL, NULL, error)
                                : opt_foreign_item_remove (&item, NULL, error);
}

static void
describe (const OptSetupChange *change, GStrvBuilder *lines)
{
  /* Translators: %s is what the keyring manager shows for the item */
  g_autofree char *line =
    g_strdup_printf (_ ("New keyring item “%s”, with the password"), change->words[1]);

  g_strv_builder_add (lines, line);
}

const OptSetupKind opt_setup_kind_item = {
  .name = "item",
  .n_words = 4,
  .make = make,
  .take_back = take_back,
  .describe = describe,
};
