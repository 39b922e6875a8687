/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What opt_file_write() may do beyond making a new file. */
typedef enum
{
  OPT_FILE_NEW = 0,          /* the file must not be there yet */
  OPT_FILE_REPLACE = 1 << 0, /* a regular file of this name gives way */
  OPT_FILE_SWEEP = 1 << 1,   /* what a writer that was killed has left in the folder goes; for who
                                holds opt_file_lock() there */
} OptFileFlags;

/**
 * OptFile:
 * @name: what to call it; no folder in it
 * @bytes: what it shall hold
 *
 * One of the files of opt_file_write_folder().
 */
typedef struct
{
  const char *name;
  GBytes *bytes;
} OptFile;

/**
 * opt_file_check:
 * @path: where a file shall be
 * @flags: whether a file that is already there gives way
 * @error: return location for the errors of opt_file_write()
 *
 * For use before work whose result would be lost without the file. Writes nothing, and promises
 * nothing: things may be different when the time comes.
 *
 * Returns: whether there is nothing yet to keep opt_file_write() from writing it
 */
gboolean opt_file_check (const char *path, OptFileFlags flags, GError **error);

/**
 * opt_file_write:
 * @path: where the file shall be, in the encoding of file names
 * @bytes: what it shall hold
 * @flags: what may go
 * @error: return location for %OPT_ERROR_FILE_EXISTS, %OPT_ERROR_FILE_LINK,
 *   %OPT_ERROR_FILE_NO_SPACE, %OPT_ERROR_FILE_NOT_ALLOWED or %OPT_ERROR_FILE_NOT_WRITTEN, the last
 *   with the system's reason in its message
 *
 * The one place that writes files. The file has mode 0600 and is there whole or not at all: after
 * an error the folder is as it was. Without %OPT_FILE_REPLACE nothing that is there gives way, not
 * even what appears in the same instant. A symbolic link at the end of @path is refused, dangling
 * or not; links among the folders before it are followed. Blocks until the disk has the file; may
 * be called from any thread.
 *
 * Returns: whether the file was written
 */
gboolean opt_file_write (const char *path, GBytes *bytes, OptFileFlags flags, GError **error);

/**
 * opt_file_write_folder:
 * @path: where the folder shall be, in the encoding of file names
 * @files: (array length=n_files): what it shall hold
 * @n_files: how many there are; none makes an empty folder
 * @flags: whether a folder that is already there and holds something is written to
 * @error: return location for the errors of opt_file_write()
 *
 * A new folder has mode 0700, its files 0600, and it is there with all of them or not at all. A
 * folder that is there and empty is filled. One that holds something is refused with
 * %OPT_ERROR_FILE_EXISTS; with %OPT_FILE_REPLACE the files of these names give way, which happens
 * when all of the new ones are on the disk, and all else in it stays. A symbolic link in place of
 * the folder or of a file is refused. Blocks; may be called from any thread.
 *
 * Returns: whether all was written
 */
gboolean opt_file_write_folder (
  const char *path, const OptFile *files, guint n_files, OptFileFlags flags, GError **error);

G_END_DECLS
