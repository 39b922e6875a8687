/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The memory of a practice server, for the assertions of tests: written by the server's thread,
 * read by any other. It is bounded, and keeps no bytes at all where a person plays. */
#include "opt-practice-record.h"

#define MAX_KEPT_BYTES (4 * 1024 * 1024)
#define MAX_KEPT_COMMANDS 10000

struct _OptPracticeRecord
{
  GMutex lock;
  gboolean keeps_bytes;
  guint counts[OPT_PRACTICE_N_COUNTS];
  GPtrArray *commands;     /* of char * */
  GByteArray *received[2]; /* in the clear, inside TLS */
};

static void
clear_record (gpointer data)
{
  OptPracticeRecord *self = data;

  g_ptr_array_unref (self->commands);
  g_byte_array_unref (self->received[FALSE]);
  g_byte_array_unref (self->received[TRUE]);
  g_mutex_clear (&self->lock);
}

OptPracticeRecord *
opt_practice_record_new (void)
{
  OptPracticeRecord *self = g_atomic_rc_box_new0 (OptPracticeRecord);

  g_mutex_init (&self->lock);
  self->keeps_bytes = TRUE;
  self->commands = g_ptr_array_new_with_free_func (g_free);
  self->received[FALSE] = g_byte_array_new ();
  self->received[TRUE] = g_byte_array_new ();

  return self;
}

OptPracticeRecord *
opt_practice_record_ref (OptPracticeRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
opt_practice_record_unref (OptPracticeRecord *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_record);
}

void
opt_practice_record_set_keeps_bytes (OptPracticeRecord *self, gboolean keeps_bytes)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (self != NULL);

  locker = g_mutex_locker_new (&self->lock);
  self->keeps_bytes = keeps_bytes;
}

void
opt_practice_record_count (OptPracticeRecord *self, OptPracticeCount what)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (self != NULL && what < OPT_PRACTICE_N_COUNTS);

  locker = g_mutex_locker_new (&self->lock);
  self->counts[what]++;
}

void
opt_practice_record_add_command (OptPracticeRecord *self, const char *verb)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (self != NULL && verb != NULL);

  locker = g_mutex_locker_new (&self->lock);
  if (self->keeps_bytes && self->commands->len < MAX_KEPT_COMMANDS)
    g_ptr_array_add (self->commands, g_strdup (verb));
}

void
opt_practice_record_add_received (OptPracticeRecord *self,
                                  gboolean secure,
                                  const guint8 *data,
                                  gsize size_bytes)
{
  g_autoptr (GMutexLocker) locker = NULL;
  GByteArray *kept;

  g_return_if_fail (self != NULL && data != NULL);

  locker = g_mutex_locker_new (&self->lock);
  kept = self->received[secure ? TRUE : FALSE];
  if (self->keeps_bytes && kept->len < MAX_KEPT_BYTES)
    g_byte_array_append (kept, data, MIN (size_bytes, MAX_KEPT_BYTES - kept->len));
}

guint
opt_practice_record_get_count (OptPracticeRecord *self, OptPracticeCount what)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (self != NULL && what < OPT_PRACTICE_N_COUNTS, 0);

  locker = g_mutex_locker_new (&self->lock);

  return self->counts[what];
}

char **
opt_practice_record_dup_commands (OptPracticeRecord *self)
{
  g_autoptr (GMutexLocker) locker = NULL;
  char **commands;

  g_return_val_if_fail (self != NULL, NULL);

  locker = g_mutex_locker_new (&self->lock);
  commands = g_new0 (char *, self->commands->len + 1);
  for (guint i = 0; i < self->commands->len; i++)
    commands[i] = g_strdup (g_ptr_array_index (self->commands, i));

  return commands;
}

GBytes *
opt_practice_record_dup_received (OptPracticeRecord *self, gboolean secure)
{
  g_autoptr (GMutexLocker) locker = NULL;
  GByteArray *kept;

  g_return_val_if_fail (self != NULL, NULL);

  locker = g_mutex_locker_new (&self->lock);
  kept = self->received[secure ? TRUE : FALSE];

  return g_bytes_new (kept->data, kept->len);
}
