/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Looks for traces of programs on a disk. It asks no package manager and starts nothing: that would
 * be slow, and say nothing of a program from elsewhere. */
#include "opt-machine.h"

OptMachine *
opt_machine_new (void)
{
  OptMachine *self = g_new0 (OptMachine, 1);
  g_autoptr (GStrvBuilder) flatpak = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) snap = g_strv_builder_new ();
  g_autofree char *own_flatpak = g_build_filename (g_get_user_data_dir (), "flatpak", NULL);

  g_strv_builder_add_many (flatpak, own_flatpak, "/var/lib/flatpak", NULL);
  /* The first on Debian and Ubuntu, the second on Fedora and Arch. */
  g_strv_builder_add_many (snap, "/snap", "/var/lib/snapd/snap", NULL);

  self->home_folder = g_strdup (g_get_home_dir ());
  self->config_folder = g_strdup (g_get_user_config_dir ());
  self->flatpak_folders = g_strv_builder_end (flatpak);
  self->snap_folders = g_strv_builder_end (snap);
  self->path = g_strdup (g_getenv ("PATH"));

  return self;
}

void
opt_machine_free (OptMachine *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->home_folder);
  g_free (self->config_folder);
  g_strfreev (self->flatpak_folders);
  g_strfreev (self->snap_folders);
  g_free (self->path);
  g_free (self);
}

static gboolean
has_folder (const char *base, const char *middle, const char *name)
{
  g_autofree char *folder = NULL;

  if (base == NULL)
    return FALSE;

  folder = g_build_filename (base, middle, name, NULL);

  return g_file_test (folder, G_FILE_TEST_IS_DIR);
}

static gboolean
has_folder_in (char **bases, const char *middle, const char *name)
{
  for (gsize i = 0; bases != NULL && bases[i] != NULL; i++)
    if (has_folder (bases[i], middle, name))
      return TRUE;

  return FALSE;
}

/* Not g_find_program_in_path(): it reads the real PATH, and takes the current folder for a part of
 * it. */
static gboolean
has_program (const char *path, const char *name)
{
  g_auto (GStrv) folders = g_strsplit (path != NULL ? path : "", ":", -1);

  for (gsize i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *program = g_build_filename (folders[i], name, NULL);

      if (g_path_is_absolute (program) && g_file_test (program, G_FILE_TEST_IS_REGULAR) &&
          g_file_test (program, G_FILE_TEST_IS_EXECUTABLE))
        return TRUE;
    }

  return FALSE;
}

gboolean
opt_machine_has_trace (const OptMachine *self, const OptTrace *trace)
{
  g_return_val_if_fail (self != NULL && trace != NULL, FALSE);

  switch (trace->kind)
    {
    case OPT_TRACE_NONE:
      return FALSE;
    case OPT_TRACE_PROGRAM:
      return has_program (self->path, trace->name);
    case OPT_TRACE_FLATPAK:
      return has_folder_in (self->flatpak_folders, "app", trace->name);
    case OPT_TRACE_SNAP:
      return has_folder_in (self->snap_folders, ".", trace->name);
    case OPT_TRACE_HOME_FOLDER:
      return has_folder (self->home_folder, ".", trace->name);
    case OPT_TRACE_CONFIG_FOLDER:
      return has_folder (self->config_folder, ".", trace->name);
    }

  g_return_val_if_reached (FALSE);
}

char **
opt_machine_list_config_folders (const OptMachine *self, const char *name, const char *flatpak_id)
{
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();

  g_return_val_if_fail (self != NULL && name != NULL, NULL);

  if (self->config_folder != NULL)
    {
      g_autofree char *folder = g_build_filename (self->config_folder, name, NULL);

      g_strv_builder_add (folders, folder);
    }
  if (self->home_folder != NULL && flatpak_id != NULL)
    {
      g_autofree char *folder =
        g_build_filename (self->home_folder, ".var", "app", flatpak_id, "config", name, NULL);

      g_strv_builder_add (folders, folder);
    }

  return g_strv_builder_end (folders);
}
