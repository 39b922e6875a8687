/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* For the lists that several of our programs may change at the same time. */
#include "opt-file-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

OptFileLock
opt_file_lock (const char *path)
{
  g_autofree char *folder = NULL;
  int fd;

  g_return_val_if_fail (path != NULL, OPT_FILE_UNLOCKED);

  folder = g_path_get_dirname (path);
  fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0 && flock (fd, LOCK_EX) != 0)
    g_debug ("cannot lock “%s”: %s", folder, g_strerror (errno));

  return fd;
}

void
opt_file_unlock (OptFileLock *lock)
{
  g_return_if_fail (lock != NULL);

  if (*lock >= 0)
    close (*lock);
  *lock = OPT_FILE_UNLOCKED;
}
