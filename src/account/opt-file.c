/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The one place that writes files: everything goes to a temporary file beside the final name,
 * which appears in one step when the disk has it all. It never follows a link at the final name and
 * never truncates what is there; a folder that it makes appears in one step, too. */
#include "opt-file.h"

#include "opt-error.h"

#include <glib/gstdio.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MODE 0600
#define FOLDER_MODE 0700

/* A name that is taken again and again is no accident. */
#define MAX_TEMPORARY_NAMES 100

/* Eight hexadecimal digits follow. */
#define TEMPORARY_PREFIX ".optsetup-"
#define N_TEMPORARY_DIGITS 8

/* The folder is held open, so that every step means the same one even if it is renamed meanwhile.
 */
typedef struct
{
  const char *path;
  int folder_fd;
  char *name;
  char *temporary_name;
  int unlink_flags; /* what it takes to remove @temporary_name */
} Target;

static void
clear_target (Target *target)
{
  /* Whatever went wrong: nothing half-written stays behind. */
  if (target->temporary_name != NULL)
    unlinkat (target->folder_fd, target->temporary_name, target->unlink_flags);
  g_clear_pointer (&target->temporary_name, g_free);
  g_clear_pointer (&target->name, g_free);
  if (target->folder_fd >= 0)
    close (target->folder_fd);
  target->folder_fd = -1;
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Target, clear_target)

/* What a person can do something about, and the rest. */
static OptError
code_of (int reason)
{
  switch (reason)
    {
    case ENOSPC:
    case EDQUOT:
      return OPT_ERROR_FILE_NO_SPACE;
    case EACCES:
    case EPERM:
    case EROFS:
      return OPT_ERROR_FILE_NOT_ALLOWED;
    default:
      return OPT_ERROR_FILE_NOT_WRITTEN;
    }
}

static gboolean
fail_not_written (const Target *target, int reason, GError **error)
{
  g_set_error (error,
               OPT_ERROR,
               code_of (reason),
               "cannot write “%s”: %s",
               target->path,
               g_strerror (reason));

  return FALSE;
}

static gboolean
open_folder (Target *target, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (target->path);

  /* "x/" names a folder; g_path_get_basename() would make it the file "x". */
  if (target->path[0] == '\0' || g_str_has_suffix (target->path, "/"))
    return fail_not_written (target, target->path[0] == '\0' ? ENOENT : EISDIR, error);

  target->name = g_path_get_basename (target->path);
  target->folder_fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (target->folder_fd < 0)
    return fail_not_written (target, errno, error);

  return TRUE;
}

/* Says in good time what is in the way. Not what protects it: publish() does, in one step. */
static gboolean
check_name_free (const Target *target, OptFileFlags flags, GError **error)
{
  struct stat found;

  if (fstatat (target->folder_fd, target->name, &found, AT_SYMLINK_NOFOLLOW) != 0)
    return errno == ENOENT || fail_not_written (target, errno, error);

  if (S_ISLNK (found.st_mode))
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_FILE_LINK, "“%s” is a symbolic link", target->path);
      return FALSE;
    }

  if (S_ISDIR (found.st_mode))
    return fail_not_written (target, EISDIR, error);

  /* Only a regular file gives way: a device or a pipe there is no old export. */
  if ((flags & OPT_FILE_REPLACE) != 0 && S_ISREG (found.st_mode))
    return TRUE;

  g_set_error (error, OPT_ERROR, OPT_ERROR_FILE_EXISTS, "“%s” is already there", target->path);

  return FALSE;
}

static int
make_file (int folder_fd, const char *name)
{
  return openat (folder_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);
}

static int
make_folder (int folder_fd, const char *name)
{
  int fd = -1;
  int reason;

  if (mkdirat (folder_fd, name, FOLDER_MODE) != 0)
    return -1;

  /* The umask may have taken more than it should. */
  if (fchmodat (folder_fd, name, FOLDER_MODE, 0) == 0)
    fd = openat (folder_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd >= 0)
    return fd;

  reason = errno;
  unlinkat (folder_fd, name, AT_REMOVEDIR);
  errno = reason;

  return -1;
}

static int
open_temporary (Target *target, int (*make) (int folder_fd, const char *name), GError **error)
{
  for (guint i = 0; i < MAX_TEMPORARY_NAMES; i++)
    {
      /* Not made from the final name, which may be as long as a name can be. */
      g_autofree char *name = g_strdup_printf (TEMPORARY_PREFIX "%08x", g_random_int ());
      int fd = make (target->folder_fd, name);

      if (fd >= 0)
        {
          target->temporary_name = g_steal_pointer (&name);
          return fd;
        }

      if (errno != EEXIST && errno != EINTR)
        break;
    }

  fail_not_written (target, errno, error);

  return -1;
}

/* Returns 0, or errno. */
static int
write_all (int fd, const char *data, gsize size_bytes)
{
  while (size_bytes > 0)
    {
      gssize written = write (fd, data, size_bytes);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return errno;

      data += written;
      size_bytes -= written;
    }

  return 0;
}

static gboolean
fill_temporary (Target *target, GBytes *bytes, GError **error)
{
  gsize size_bytes;
  const char *data = g_bytes_get_data (bytes, &size_bytes);
  int fd = open_temporary (target, make_file, error);
  int reason;

  if (fd < 0)
    return FALSE;

  reason = write_all (fd, data, size_bytes);
  /* The umask may have taken more than it should. */
  if (reason == 0 && fchmod (fd, FILE_MODE) != 0)
    reason = errno;
  if (reason == 0 && fsync (fd) != 0)
    reason = errno;
  /* NFS and quotas report a full disk here. The descriptor is gone even on EINTR (Linux). */
  if (close (fd) != 0 && reason == 0 && errno != EINTR)
    reason = errno;

  return reason == 0 || fail_not_written (target, reason, error);
}

/* Gives the file its name in one step; only OPT_FILE_REPLACE may take a name that is in use.
 * Returns 0, or errno. */
static int
publish (Target *target, OptFileFlags flags)
{
  guint how = (flags & OPT_FILE_REPLACE) != 0 ? 0 : RENAME_NOREPLACE;
  int fd = target->folder_fd;

  if (renameat2 (fd, target->temporary_name, fd, target->name, how) == 0)
    {
      g_clear_pointer (&target->temporary_name, g_free);
      return 0;
    }

  /* File systems without RENAME_NOREPLACE (NFS) say EINVAL; a hard link never replaces either, and
   * clear_target() takes the temporary name away. */
  if (how == RENAME_NOREPLACE && (errno == EINVAL || errno == ENOSYS) &&
      linkat (fd, target->temporary_name, fd, target->name, 0) == 0)
    return 0;

  return errno;
}

/* One of its own, because reading moves the place where the next one reads. */
static DIR *
open_stream (int folder_fd)
{
  int fd = openat (folder_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  return fd >= 0 ? fdopendir (fd) : NULL;
}

static gboolean
is_temporary (const char *name)
{
  if (!g_str_has_prefix (name, TEMPORARY_PREFIX))
    return FALSE;
  name += strlen (TEMPORARY_PREFIX);

  return strlen (name) == N_TEMPORARY_DIGITS &&
         strspn (name, "0123456789abcdef") == N_TEMPORARY_DIGITS;
}

/* Best effort: it only takes up space. */
static void
sweep (const Target *target)
{
  DIR *stream = open_stream (target->folder_fd);
  const struct dirent *entry;

  while (stream != NULL && (entry = readdir (stream)) != NULL)
    if (is_temporary (entry->d_name) && unlinkat (target->folder_fd, entry->d_name, 0) == 0)
      g_info ("“%s” was left by a writer that was killed", entry->d_name);
  if (stream != NULL)
    closedir (stream);
}

gboolean
opt_file_check (const char *path, OptFileFlags flags, GError **error)
{
  g_auto (Target) target = { .path = path, .folder_fd = -1 };

  g_return_val_if_fail (path != NULL, FALSE);

  if (!open_folder (&target, error) || !check_name_free (&target, flags, error))
    return FALSE;

  return faccessat (target.folder_fd, ".", W_OK | X_OK, AT_EACCESS) == 0 ||
         fail_not_written (&target, errno, error);
}

gboolean
opt_file_write (const char *path, GBytes *bytes, OptFileFlags flags, GError **error)
{
  g_auto (Target) target = { .path = path, .folder_fd = -1 };
  int reason;

  g_return_val_if_fail (path != NULL && bytes != NULL, FALSE);

  if (!open_folder (&target, error))
    return FALSE;
  if ((flags & OPT_FILE_SWEEP) != 0)
    sweep (&target);
  if (!check_name_free (&target, flags, error) || !fill_temporary (&target, bytes, error))
    return FALSE;

  reason = publish (&target, flags);
  /* It was taken while we wrote: say by what. */
  if (reason == EEXIST && !check_name_free (&target, OPT_FILE_NEW, error))
    return FALSE;
  if (reason != 0)
    return fail_not_written (&target, reason, error);

  /* Best effort: the file is whole, and some file systems cannot sync a folder. */
  fsync (target.folder_fd);

  return TRUE;
}

/* A folder while it is filled. */
typedef struct
{
  Target place; /* with a temporary name as long as it is not there */
  int fd;
  OptFileFlags flags; /* those for each file */
  Target *targets;
  guint n_targets;
  guint n_published;
  gboolean done;
} Folder;

static void
clear_folder (Folder *folder)
{
  /* What gave way is gone; but what was added goes, so that the folder is as it was. */
  for (guint i = 0; i < folder->n_published; i++)
    if (!folder->done && folder->flags == OPT_FILE_NEW)
      unlinkat (folder->fd, folder->targets[i].name, 0);
  for (guint i = 0; i < folder->n_targets; i++)
    clear_target (&folder->targets[i]);
  g_clear_pointer (&folder->targets, g_free);
  if (folder->fd >= 0)
    close (folder->fd);
  clear_target (&folder->place);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folder, clear_folder)

/* Returns 0, or errno: ENOTEMPTY if there is something in it. */
static int
check_empty (int folder_fd)
{
  DIR *stream = open_stream (folder_fd);
  const struct dirent *entry;

  if (stream == NULL)
    return errno;

  do
    entry = readdir (stream);
  while (entry != NULL && (strcmp (entry->d_name, ".") == 0 || strcmp (entry->d_name, "..") == 0));
  closedir (stream);

  return entry == NULL ? 0 : ENOTEMPTY;
}

static gboolean
open_existing_folder (Folder *folder, OptFileFlags flags, GError **error)
{
  Target *place = &folder->place;
  int reason = 0;

  folder->fd =
    openat (place->folder_fd, place->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (folder->fd < 0)
    return fail_not_written (place, errno, error);

  if ((flags & OPT_FILE_REPLACE) == 0)
    reason = check_empty (folder->fd);
  if (reason == ENOTEMPTY)
    {
      g_set_error (error, OPT_ERROR, OPT_ERROR_FILE_EXISTS, "“%s” is not empty", place->path);
      return FALSE;
    }

  folder->flags = flags;

  return reason == 0 || fail_not_written (place, reason, error);
}

static gboolean
open_or_make_folder (Folder *folder, OptFileFlags flags, GError **error)
{
  Target *place = &folder->place;
  struct stat found;

  if (fstatat (place->folder_fd, place->name, &found, AT_SYMLINK_NOFOLLOW) == 0)
    {
      if (S_ISDIR (found.st_mode))
        return open_existing_folder (folder, flags, error);
      if (!S_ISLNK (found.st_mode))
        return fail_not_written (place, ENOTDIR, error);

      g_set_error (error, OPT_ERROR, OPT_ERROR_FILE_LINK, "“%s” is a symbolic link", place->path);
      return FALSE;
    }

  if (errno != ENOENT)
    return fail_not_written (place, errno, error);

  place->unlink_flags = AT_REMOVEDIR;
  folder->fd = open_temporary (place, make_folder, error);

  return folder->fd >= 0;
}

static gboolean
fill_target (Folder *folder, Target *target, const OptFile *file, GError **error)
{
  target->path = folder->place.path;
  target->name = g_strdup (file->name);
  target->folder_fd = fcntl (folder->fd, F_DUPFD_CLOEXEC, 0);
  if (target->folder_fd < 0)
    return fail_not_written (target, errno, error);

  return check_name_free (target, folder->flags, error) &&
         fill_temporary (target, file->bytes, error);
}

static gboolean
fill_folder (Folder *folder, const OptFile *files, guint n_files, GError **error)
{
  folder->targets = g_new0 (Target, n_files);
  for (guint i = 0; i < n_files; i++)
    {
      folder->n_targets++;
      if (!fill_target (folder, &folder->targets[i], &files[i], error))
        return FALSE;
    }

  return TRUE;
}

/* Only when all files are on the disk. */
static gboolean
publish_folder (Folder *folder, GError **error)
{
  Target *place = &folder->place;

  for (; folder->n_published < folder->n_targets; folder->n_published++)
    {
      int reason = publish (&folder->targets[folder->n_published], folder->flags);

      if (reason != 0)
        return fail_not_written (place, reason, error);
    }
  fsync (folder->fd);

  /* A folder never takes the place of anything but an empty folder (POSIX, rename). */
  if (place->temporary_name != NULL &&
      renameat (place->folder_fd, place->temporary_name, place->folder_fd, place->name) != 0)
    return fail_not_written (place, errno, error);

  g_clear_pointer (&place->temporary_name, g_free);
  fsync (place->folder_fd);
  folder->done = TRUE;

  return TRUE;
}

gboolean
opt_file_write_folder (
  const char *path, const OptFile *files, guint n_files, OptFileFlags flags, GError **error)
{
  g_autofree char *bare = NULL;
  g_auto (Folder) folder = { .place.folder_fd = -1, .fd = -1 };
  gsize length;

  g_return_val_if_fail (path != NULL && (files != NULL || n_files == 0), FALSE);

  /* "x/" is as good a name for a folder as "x". */
  length = strlen (path);
  while (length > 1 && path[length - 1] == '/')
    length--;
  bare = g_strndup (path, length);
  folder.place.path = bare;

  return open_folder (&folder.place, error) && open_or_make_folder (&folder, flags, error) &&
         fill_folder (&folder, files, n_files, error) && publish_folder (&folder, error);
}
