/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* No settings are longer; what is, is something else. */
#define OPT_PLACE_MAX_BYTES (10 * 1024 * 1024)

/* No program has more files for its accounts, or more places for them. */
#define OPT_PLACE_MAX_FILES 256

/**
 * OptPlace:
 * @path: what to call it: a file, or the folder of several
 * @files: (array zero-terminated=1): the files that belong together and are read together
 *
 * Where a mail program's settings lie. All names are in the encoding of file names.
 */
typedef struct
{
  char *path;
  char **files;
} OptPlace;

/**
 * opt_places_new:
 *
 * Returns: (transfer full) (element-type OptPlace): an array that frees what is in it
 */
GPtrArray *opt_places_new (void);

/**
 * opt_places_add_file:
 * @places: (element-type OptPlace): an array of opt_places_new()
 * @path: (transfer full): a file
 *
 * Adds a place of one file, if there is a file of this name and the place is not there yet, by
 * whatever name. Reads the disk.
 */
void opt_places_add_file (GPtrArray *places, char *path);

/**
 * opt_places_add_folder:
 * @places: (element-type OptPlace): an array of opt_places_new()
 * @path: (transfer full): a folder
 * @suffix: how the names of the files in it end
 *
 * Adds a place of all such files in the folder, sorted by name, at most %OPT_PLACE_MAX_FILES, if
 * there is any. Reads the disk.
 */
void opt_places_add_folder (GPtrArray *places, char *path, const char *suffix);

/**
 * opt_places_add_subfolders:
 * @places: (element-type OptPlace): an array of opt_places_new()
 * @path: a folder
 * @except: how the names of folders begin that are none of the program's own
 * @name: the name of a file
 *
 * Adds a place of one file for every folder in @path that has such a file, sorted by name. Reads
 * the disk.
 */
void opt_places_add_subfolders (GPtrArray *places,
                                const char *path,
                                const char *except,
                                const char *name);

/**
 * opt_place_read_file:
 * @path: a file, in the encoding of file names
 * @error: return location for %OPT_ERROR_READ_NOT_FILE for a folder, a device, a pipe;
 *   %OPT_ERROR_READ_LARGE beyond %OPT_PLACE_MAX_BYTES; %OPT_ERROR_READ_FAILED, the last with the
 *   system's reason in its message
 *
 * The one place that reads other programs' files; it changes nothing, waits for no pipe, and a file
 * that grows meanwhile does not grow beyond its bounds. There may be a password in it, so the bytes
 * are wiped when they are let go. Blocks; may be called from any thread.
 *
 * Returns: (transfer full) (nullable): what is in it
 */
GBytes *opt_place_read_file (const char *path, GError **error);

G_END_DECLS
