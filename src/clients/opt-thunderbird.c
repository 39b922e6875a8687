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

/* Below the home folder. Each has a profiles.ini. */
static const char *const roots[] = {
  ".thunderbird",
  ".var/app/org.mozilla.Thunderbird/.thunderbird",
  ".var/app/net.thunderbird.Thunderbird/.thunderbird",
  "snap/thunderbird/common/.thunderbird",
};

static gboolean
is_locked (const char *profile, gpointer data)
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

/* Returns the profiles of @root, by the names of their folders. */
static char **
list_profiles (const char *root)
{
  g_autofree char *path = g_build_filename (root, "profiles.ini", NULL);
  g_autoptr (GBytes) bytes = opt_place_read_file (path, NULL);
  g_autoptr (GKeyFile) file = bytes != NULL ? opt_key_file_parse (bytes, NULL) : NULL;
  g_autoptr (GStrvBuilder) profiles = g_strv_builder_new ();
  g_auto (GStrv) groups = file != NULL ? g_key_file_get_groups (file, NULL) : NULL;

  for (gsize i = 0; groups != NULL && groups[i] != NULL; i++)
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

/* Calls @visit for every profile, until it returns TRUE; returns whether it did. */
static gboolean
visit_profiles (const OptMachine *machine,
                gboolean (*visit) (const char *profile, gpointer data),
                gpointer data)
{
  for (gsize i = 0; machine->home_folder != NULL && i < G_N_ELEMENTS (roots); i++)
    {
      g_autofree char *root = g_build_filename (machine->home_folder, roots[i], NULL);
      g_auto (GStrv) profiles = list_profiles (root);

      for (gsize k = 0; profiles[k] != NULL; k++)
        if (visit (profiles[k], data))
          return TRUE;
    }

  return FALSE;
}

gboolean
opt_thunderbird_is_running (const OptMachine *machine)
{
  g_return_val_if_fail (machine != NULL, FALSE);

  return visit_profiles (machine, is_locked, NULL);
}

static gboolean
add_prefs (const char *profile, gpointer places)
{
  opt_places_add_file (places, g_build_filename (profile, "prefs.js", NULL));

  return FALSE;
}

void
opt_thunderbird_find_places (const OptMachine *machine, GPtrArray *places)
{
  g_return_if_fail (machine != NULL && places != NULL);

  visit_profiles (machine, add_prefs, places);
}
