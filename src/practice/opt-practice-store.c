/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-practice-store.h"

/* A person who plays sends a handful. */
#define MAX_MESSAGES 1000

struct _OptPracticeStore
{
  GMutex lock;
  GPtrArray *messages;
  guint last_uid;
  guint delay_ms;
  char *header;
  gboolean in_junk;
};

static void
free_message (gpointer data)
{
  OptPracticeMessage *message = data;

  g_free (message->text);
  g_free (message);
}

static void
clear_store (gpointer data)
{
  OptPracticeStore *self = data;

  g_ptr_array_unref (self->messages);
  g_free (self->header);
  g_mutex_clear (&self->lock);
}

OptPracticeStore *
opt_practice_store_new (void)
{
  OptPracticeStore *self = g_atomic_rc_box_new0 (OptPracticeStore);

  g_mutex_init (&self->lock);
  self->messages = g_ptr_array_new_with_free_func (free_message);

  return self;
}

OptPracticeStore *
opt_practice_store_ref (OptPracticeStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
opt_practice_store_unref (OptPracticeStore *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_store);
}

void
opt_practice_store_set_delivery (OptPracticeStore *self,
                                 guint delay_ms,
                                 const char *header,
                                 gboolean in_junk)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (self != NULL);

  locker = g_mutex_locker_new (&self->lock);
  self->delay_ms = delay_ms;
  g_free (self->header);
  self->header = g_strdup (header);
  self->in_junk = in_junk;
}

void
opt_practice_store_add (OptPracticeStore *self, const char *text)
{
  g_autoptr (GMutexLocker) locker = NULL;
  OptPracticeMessage *message;

  g_return_if_fail (self != NULL && text != NULL);

  locker = g_mutex_locker_new (&self->lock);
  if (self->messages->len >= MAX_MESSAGES)
    return;

  message = g_new0 (OptPracticeMessage, 1);
  message->uid = ++self->last_uid;
  message->text = g_strconcat (self->header != NULL ? self->header : "", text, NULL);
  message->in_junk = self->in_junk;
  message->available_us = g_get_monotonic_time () + self->delay_ms * G_GINT64_CONSTANT (1000);
  g_ptr_array_add (self->messages, message);
}

GPtrArray *
opt_practice_store_dup_messages (OptPracticeStore *self, gboolean in_junk)
{
  g_autoptr (GMutexLocker) locker = NULL;
  GPtrArray *found;
  gint64 now_us = g_get_monotonic_time ();

  g_return_val_if_fail (self != NULL, NULL);

  found = g_ptr_array_new_with_free_func (free_message);
  locker = g_mutex_locker_new (&self->lock);
  for (guint i = 0; i < self->messages->len; i++)
    {
      const OptPracticeMessage *message = self->messages->pdata[i];
      OptPracticeMessage *copy;

      if (message->available_us > now_us || message->in_junk != in_junk)
        continue;
      copy = g_new (OptPracticeMessage, 1);
      *copy = *message;
      copy->text = g_strdup (message->text);
      g_ptr_array_add (found, copy);
    }

  return found;
}

/* The index of the message, or the number of all. With the lock held. */
static guint
find (OptPracticeStore *self, guint uid)
{
  guint i;

  for (i = 0; i < self->messages->len; i++)
    if (((OptPracticeMessage *) self->messages->pdata[i])->uid == uid)
      break;

  return i;
}

void
opt_practice_store_mark (OptPracticeStore *self, guint uid, gboolean deleted)
{
  g_autoptr (GMutexLocker) locker = NULL;
  guint i;

  g_return_if_fail (self != NULL);

  locker = g_mutex_locker_new (&self->lock);
  i = find (self, uid);
  if (i < self->messages->len)
    ((OptPracticeMessage *) self->messages->pdata[i])->deleted = deleted;
}

void
opt_practice_store_remove (OptPracticeStore *self, guint uid)
{
  g_autoptr (GMutexLocker) locker = NULL;
  guint i;

  g_return_if_fail (self != NULL);

  locker = g_mutex_locker_new (&self->lock);
  i = find (self, uid);
  if (i < self->messages->len)
    g_ptr_array_remove_index (self->messages, i);
}
