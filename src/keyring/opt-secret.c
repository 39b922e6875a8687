/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A password in memory of its own. The heap will not do: its pages may be swapped out, land in a
 * core file, and hold other things, so that neither could be forbidden for the password alone.
 * This file refuses what no protocol can carry, and judges nothing else about a password. */
#include "opt-secret.h"

#include "opt-error.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

struct _OptSecret
{
  OptSecretOrigin origin;
  gatomicrefcount ref_count;
  gsize n_bytes;
  char *bytes; /* the start of a mapping of MAPPING_BYTES */
};

/* With its NUL; the kernel rounds up to whole pages, here and in munmap(). */
#define MAPPING_BYTES (OPT_SECRET_MAX_BYTES + 1)

static char *
map_memory (void)
{
  void *memory =
    mmap (NULL, MAPPING_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  /* As g_malloc() has it: nothing sensible can go on from here. */
  if (memory == MAP_FAILED)
    g_error ("no memory for a password");

  /* Best effort: a limit on locked memory, or a kernel without core files, is no reason to
   * refuse the person's password. */
  if (mlock (memory, MAPPING_BYTES) != 0)
    g_debug ("the password cannot be kept out of swap: %s", g_strerror (errno));
  if (madvise (memory, MAPPING_BYTES, MADV_DONTDUMP) != 0)
    g_debug ("the password cannot be kept out of core files: %s", g_strerror (errno));

  return memory;
}

static gboolean
check_bytes (const char *bytes, gsize n_bytes, GError **error)
{
  if (n_bytes == 0)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_PASSWORD_EMPTY, "The password is empty");
      return FALSE;
    }

  if (n_bytes > OPT_SECRET_MAX_BYTES)
    {
      g_set_error (error,
                   OPT_ERROR,
                   OPT_ERROR_PASSWORD_LONG,
                   "The password is longer than %d bytes",
                   OPT_SECRET_MAX_BYTES);
      return FALSE;
    }

  /* g_utf8_validate_len() takes a NUL for an error, too. */
  if (!g_utf8_validate_len (bytes, n_bytes, NULL) || memchr (bytes, '\r', n_bytes) != NULL ||
      memchr (bytes, '\n', n_bytes) != NULL)
    {
      g_set_error (error,
                   OPT_ERROR,
                   OPT_ERROR_PASSWORD_NOT_TEXT,
                   "The password is not UTF-8, or has a line break or NUL inside");
      return FALSE;
    }

  return TRUE;
}

OptSecret *
opt_secret_new (const char *bytes, gsize n_bytes, GError **error)
{
  return opt_secret_new_from (OPT_SECRET_TYPED, bytes, n_bytes, error);
}

OptSecret *
opt_secret_new_from (OptSecretOrigin origin, const char *bytes, gsize n_bytes, GError **error)
{
  OptSecret *self;

  g_return_val_if_fail (bytes != NULL || n_bytes == 0, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!check_bytes (bytes, n_bytes, error))
    return NULL;

  self = g_new0 (OptSecret, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->origin = origin;
  self->n_bytes = n_bytes;
  self->bytes = map_memory ();
  memcpy (self->bytes, bytes, n_bytes); /* the mapping came zeroed: the NUL is there */

  return self;
}

OptSecretOrigin
opt_secret_get_origin (const OptSecret *self)
{
  g_return_val_if_fail (self != NULL, OPT_SECRET_TYPED);

  return self->origin;
}

OptSecret *
opt_secret_ref (OptSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
opt_secret_unref (OptSecret *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  opt_secret_wipe (self->bytes, MAPPING_BYTES);
  munmap (self->bytes, MAPPING_BYTES);
  g_free (self);
}

const char *
opt_secret_peek (const OptSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bytes;
}

gsize
opt_secret_get_size (const OptSecret *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_bytes;
}

void
opt_secret_wipe (void *memory, gsize n_bytes)
{
  g_return_if_fail (memory != NULL || n_bytes == 0);

  if (n_bytes > 0)
    explicit_bzero (memory, n_bytes);
}
