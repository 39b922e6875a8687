/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether Thunderbird has a profile open. The file that it locks stays behind when it ends, and so
 * does its symbolic link after a crash, whose process id means nothing outside of a sandbox: only
 * the lock itself tells. */
#include "opt-client-thunderbird.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define LOCK_FILE ".parentlock"

/* Below the home folder. Each has a profiles.ini. */
static const char *const roots[] = {
  ".thunderbird",
  ".var/app/org.mozilla.Thunderbird/.thunderbird",
  ".var/app/net.thunderbird.Thunderbird/.thunderbird",
  "snap/thunderbird/common/.thunderbird",
};

static gboolean
is_locked (const char *profile)
{
  g_autofree char *path = g_build_filename (profile, LOCK_FILE, NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gboolean locked;

  if (fd < 0)
    return FALSE;

  locked = fcntl (fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  close (fd);

  return locked;
}

static gboolean
has_open_profile (const char *root)
{
  g_autofree char *path = g_build_filename (root, "profiles.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) groups = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return FALSE;

  groups = g_key_file_get_groups (file, NULL);
  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *name = g_key_file_get_value (file, groups[i], "Path", NULL);
      g_autofree char *profile = NULL;

      if (name == NULL)
        continue;

      profile = g_path_is_absolute (name) ? g_strdup (name) : g_build_filename (root, name, NULL);
      if (is_locked (profile))
        return TRUE;
    }

  return FALSE;
}

gboolean
opt_thunderbird_is_running (const OptMachine *machine)
{
  g_return_val_if_fail (machine != NULL, FALSE);

  for (gsize i = 0; machine->home_folder != NULL && i < G_N_ELEMENTS (roots); i++)
    {
      g_autofree char *root = g_build_filename (machine->home_folder, roots[i], NULL);

      if (has_open_profile (root))
        return TRUE;
    }

  return FALSE;
}
