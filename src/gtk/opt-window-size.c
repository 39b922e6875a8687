/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The size that somebody has given the window, for the next time. It is no more than a convenience:
 * what cannot be read is as good as nothing, and what cannot be written is lost. */
#include "opt-window-private.h"

#include "opt-file.h"

#include <errno.h>
#include <glib/gstdio.h>

#define FOLDER_MODE 0700
#define GROUP "Window"

/* Larger than any screen: not a size that somebody has chosen. */
#define MAX_PX 16384

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "optsetup", "window.ini", NULL);
}

/* Returns: the number, or 0 where there is none that could be a size */
static int
read_px (GKeyFile *file, const char *key)
{
  int value = g_key_file_get_integer (file, GROUP, key, NULL);

  return value > 0 && value <= MAX_PX ? value : 0;
}

void
opt_window_restore_size (OptWindow *self)
{
  g_autofree char *path = dup_path ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  int width, height;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error))
    {
      g_debug ("window: %s", error->message);
      return;
    }

  width = read_px (file, "Width");
  height = read_px (file, "Height");
  if (width > 0 && height > 0)
    gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_key_file_get_boolean (file, GROUP, "Maximized", NULL))
    gtk_window_maximize (GTK_WINDOW (self));
}

void
opt_window_store_size (OptWindow *self)
{
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  char *text;
  gsize length;
  int width, height;

  /* While it is maximized, that is the size to come back to. */
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_key_file_set_integer (file, GROUP, "Width", width);
  g_key_file_set_integer (file, GROUP, "Height", height);
  g_key_file_set_boolean (file, GROUP, "Maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  text = g_key_file_to_data (file, &length, NULL);
  bytes = g_bytes_new_take (text, length);

  if (g_mkdir_with_parents (folder, FOLDER_MODE) != 0 ||
      !opt_file_write (path, bytes, OPT_FILE_REPLACE, &error))
    g_debug ("window: %s", error != NULL ? error->message : g_strerror (errno));
}
