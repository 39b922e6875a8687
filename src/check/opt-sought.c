/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-sought.h"

#include "opt-message.h"

OptSought *
opt_sought_new (const char *message_id)
{
  OptSought *self;

  g_return_val_if_fail (message_id != NULL, NULL);

  self = g_rc_box_new0 (OptSought);
  self->message_id = g_strdup (message_id);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->n_known = -1;

  return self;
}

OptSought *
opt_sought_ref (OptSought *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

static void
clear_sought (gpointer data)
{
  OptSought *self = data;

  g_free (self->message_id);
  g_hash_table_unref (self->known);
  g_free (self->header);
}

void
opt_sought_unref (OptSought *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, clear_sought);
}

gboolean
opt_sought_try_header (OptSought *self, char *header)
{
  g_autofree char *message_id = NULL;

  g_return_val_if_fail (self != NULL && header != NULL, FALSE);

  message_id = opt_message_dup_id (header);
  if (g_strcmp0 (message_id, self->message_id) != 0)
    {
      g_free (header);
      return FALSE;
    }

  g_free (self->header);
  self->header = header;
  self->found_us = g_get_monotonic_time ();

  return TRUE;
}
