/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Thunderbird's profiles, and whether it has one of them open. The file that it locks stays behind
 * when it ends, and so does its symbolic link after a crash, whose process id means nothing outside
 * of a sandbox: only the lock itself tells. */
#include "opt-client-thunderbird.h"

#include "opt-key-file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define LOCK_FILE ".parentlock"
#define PROFILES_FILE "profiles.ini"

/* Below the home folder. Each has a list of profiles. */
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

static char *
dup_root (const OptMachine *machine, gsize i)
{
  return machine->home_folder != NULL ? g_build_filename (machine->home_folder, roots[i], NULL)
                                      : NULL;
}

/* Returns the profiles of @root, by the names of their folders; NULL where the list of them is not
 * there or damaged. */
static char **
list_profiles (const char *root)
{
  g_autofree char *path = g_build_filename (root, PROFILES_FILE, NULL);
  g_autoptr (GBytes) bytes = opt_place_read_file (path, NULL);
  g_autoptr (GKeyFile) file = bytes != NULL ? opt_key_file_parse (bytes, NULL) : NULL;
  g_autoptr (GStrvBuilder) profiles = g_strv_builder_new ();
  g_auto (GStrv) groups = file != NULL ? g_key_file_get_groups (file, NULL) : NULL;

  if (groups == NULL)
    return NULL;

  for (gsize i = 0; groups[i] != NULL; i++)
    {
      g_autofree char *name = g_key_file_get_value (file, groups[i], "Path", NULL);
      g_autofree char *profile = NULL;

      if (name == NULL)
        continue;

      profile = g_path_is_absolute (name) ? g_strdup (name) : g_build_filename (root, name, NULL);
      g_strv_builder_add (profiles, profile);
    }

  return g_strv_builder_end (profiles);
}

gboolean
opt_thunderbird_is_running (const OptMachine *machine)
{
  g_return_val_if_fail (machine != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      g_autofree char *root = dup_root (machine, i);
      g_auto (GStrv) profiles = root != NULL ? list_profiles (root) : NULL;

      for (gsize k = 0; profiles != NULL && profiles[k] != NULL; k++)
        if (is_locked (profiles[k]))
          return TRUE;
    }

  return FALSE;
}

/* A list that cannot be read is a place itself, so that whoever reads it hears of the damage. */
static void
find_places_below (const char *root, GPtrArray *places)
{
  g_auto (GStrv) profiles = list_profiles (root);

  if (profiles == NULL)
    opt_places_add_file (places, g_build_filename (root, PROFILES_FILE, NULL));

  for (gsize i = 0; profiles != NULL && profiles[i] != NULL; i++)
    opt_places_add_file (places, g_build_filename (profiles[i], "prefs.js", NULL));
}

void
opt_thunderbird_find_places (const OptMachine *machine, GPtrArray *places)
{
  g_return_if_fail (machine != NULL && places != NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (roots); i++)
    {
      g_autofree char *root = dup_root (machine, i);

      if (root != NULL)
        find_places_below (root, places);
    }
}
