/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where other programs' settings lie, and the one way to read them: as bytes, within bounds. What
 * is in a person's home may be anything, a pipe that never ends among it. */
#include "opt-place.h"

#include "opt-error.h"
#include "opt-secret.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void
free_place (gpointer data)
{
  OptPlace *self = data;

  g_free (self->path);
  g_strfreev (self->files);
  g_free (self);
}

GPtrArray *
opt_places_new (void)
{
  return g_ptr_array_new_with_free_func (free_place);
}

/* By what it is and not by its name: a link may lead to what was found before. */
static gboolean
has_place (GPtrArray *places, const GStatBuf *wanted)
{
  for (guint i = 0; i < places->len; i++)
    {
      OptPlace *place = g_ptr_array_index (places, i);
      GStatBuf found;

      if (g_stat (place->path, &found) == 0 && found.st_dev == wanted->st_dev &&
          found.st_ino == wanted->st_ino)
        return TRUE;
    }

  return FALSE;
}

static void
add_place (GPtrArray *places, char *path, char **files)
{
  OptPlace *place = g_new (OptPlace, 1);

  place->path = path;
  place->files = files;
  g_ptr_array_add (places, place);
}

void
opt_places_add_file (GPtrArray *places, char *path)
{
  g_autofree char *own = path;
  const char *files[] = { path, NULL };
  GStatBuf found;

  g_return_if_fail (places != NULL && path != NULL);

  if (places->len >= OPT_PLACE_MAX_FILES || g_stat (path, &found) != 0 || S_ISDIR (found.st_mode) ||
      has_place (places, &found))
    return;

  add_place (places, g_steal_pointer (&own), g_strdupv ((char **) files));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

static char **
list_folder (const char *path, const char *suffix)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && files->len < OPT_PLACE_MAX_FILES &&
         (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, suffix))
      g_ptr_array_add (files, g_build_filename (path, name, NULL));

  if (files->len == 0)
    return NULL;

  g_ptr_array_sort (files, compare_names);
  g_ptr_array_add (files, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&files), FALSE);
}

void
opt_places_add_folder (GPtrArray *places, char *path, const char *suffix)
{
  g_autofree char *own = path;
  g_auto (GStrv) files = NULL;
  GStatBuf found;

  g_return_if_fail (places != NULL && path != NULL && suffix != NULL);

  if (places->len >= OPT_PLACE_MAX_FILES || g_stat (path, &found) != 0 ||
      has_place (places, &found))
    return;

  files = list_folder (path, suffix);
  if (files != NULL)
    add_place (places, g_steal_pointer (&own), g_steal_pointer (&files));
}

void
opt_places_add_subfolders (GPtrArray *places,
                           const char *path,
                           const char *except,
                           const char *name)
{
  g_auto (GStrv) folders = NULL;

  g_return_if_fail (places != NULL && path != NULL && except != NULL && name != NULL);

  folders = list_folder (path, "");
  for (gsize i = 0; folders != NULL && folders[i] != NULL; i++)
    {
      g_autofree char *folder = g_path_get_basename (folders[i]);

      if (!g_str_has_prefix (folder, except))
        opt_places_add_file (places, g_build_filename (folders[i], name, NULL));
    }
}

static void
set_error (GError **error, const char *path)
{
  int saved_errno = errno;
  g_autofree char *name = g_filename_display_name (path);

  g_set_error (error, OPT_ERROR, OPT_ERROR_READ_FAILED, "%s: %s", name, g_strerror (saved_errno));
}

static gboolean
check_kind (const char *path, const struct stat *found, GError **error)
{
  g_autofree char *name = g_filename_display_name (path);

  if (!S_ISREG (found->st_mode))
    g_set_error (error, OPT_ERROR, OPT_ERROR_READ_NOT_FILE, "%s is not a file", name);
  else if (found->st_size > OPT_PLACE_MAX_BYTES)
    g_set_error (error, OPT_ERROR, OPT_ERROR_READ_LARGE, "%s is too large", name);
  else
    return TRUE;

  return FALSE;
}

/* A file for reading, and nothing that only looks like one: to open a pipe lets its writer go on,
 * and to open a device may do anything. So it is looked at first, and again for whoever has put
 * something else there meanwhile. */
static int
open_file (const char *path, gsize *size_bytes, GError **error)
{
  struct stat found;
  int fd;

  if (stat (path, &found) != 0)
    {
      set_error (error, path);
      return -1;
    }

  if (!check_kind (path, &found, error))
    return -1;

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 || fstat (fd, &found) != 0)
    set_error (error, path);
  else if (check_kind (path, &found, error))
    {
      *size_bytes = (gsize) found.st_size;
      return fd;
    }

  if (fd >= 0)
    close (fd);

  return -1;
}

typedef struct
{
  char *bytes;
  gsize size_bytes;
} Content;

static void
free_content (gpointer data)
{
  Content *self = data;

  opt_secret_wipe (self->bytes, self->size_bytes);
  g_free (self->bytes);
  g_free (self);
}

GBytes *
opt_place_read_file (const char *path, GError **error)
{
  Content *content;
  gsize size_bytes = 0;
  gsize n_read = 0;
  gssize n_more = 0;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = open_file (path, &size_bytes, error);
  if (fd < 0)
    return NULL;

  content = g_new0 (Content, 1);
  content->bytes = g_malloc (size_bytes + 1);
  content->size_bytes = size_bytes;
  while (n_read < size_bytes && (n_more = TEMP_FAILURE_RETRY (
                                   read (fd, content->bytes + n_read, size_bytes - n_read))) > 0)
    n_read += (gsize) n_more;
  if (n_more < 0)
    set_error (error, path);
  close (fd);

  if (n_more < 0)
    {
      free_content (content);
      return NULL;
    }

  return g_bytes_new_with_free_func (content->bytes, n_read, free_content, content);
}
