/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-account-store.h"
#include "opt-client.h"
#include "opt-found.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OptScanTrouble:
 * @client: (nullable): whose settings they are; %NULL for our own list
 * @path: the file or folder, in the encoding of file names
 * @error: why it could not be read, an %OPT_ERROR
 *
 * Settings that are there and could not be read.
 */
typedef struct
{
  const OptClient *client;
  char *path;
  GError *error;
} OptScanTrouble;

/**
 * OptScan:
 * @founds: (element-type OptFound): the accounts, ours first, then by program, the best known first
 * @troubles: (element-type OptScanTrouble): what could not be read
 *
 * What a look at a machine has found.
 */
typedef struct
{
  GPtrArray *founds;
  GPtrArray *troubles;
} OptScan;

/**
 * opt_scan_free:
 * @self: (transfer full): a scan
 */
void opt_scan_free (OptScan *self);

/**
 * opt_scan_machine_async:
 * @machine: where to look; read in another thread, so it stays as it is until the callback
 * @store: (nullable): our own accounts; likewise
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Looks for the accounts of every mail program that we can read. Only files are read: nothing is
 * changed, and no program is run. One broken file does not keep the others from being read.
 */
void opt_scan_machine_async (const OptMachine *machine,
                             OptAccountStore *store,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * opt_scan_machine_finish:
 * @result: what the callback got
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was found
 */
OptScan *opt_scan_machine_finish (GAsyncResult *result, GError **error);

/**
 * opt_scan_file:
 * @path: a file that a person has chosen, or a folder of a program's files, in the encoding of file
 *   names
 * @error: return location for the errors of opt_place_read_file(), %OPT_ERROR_READ_UNKNOWN when no
 *   format that we know has such files, %OPT_ERROR_READ_BROKEN, %OPT_ERROR_READ_EMPTY when there is
 *   no account in it
 *
 * Finds out by what is in it whose settings a file holds, and of a folder by the names in it, as
 * OptClient's folder_suffix has them. A file that is an account only together with others of its
 * folder stands for the folder. Blocks; may be called from any thread.
 *
 * Returns: (transfer full) (element-type OptFound) (nullable): its accounts, at least one
 */
GPtrArray *opt_scan_file (const char *path, GError **error);

/**
 * opt_scan_client_async:
 * @machine: where to look; read in another thread, so it stays as it is until the callback
 * @client: the one program to look for
 * @cancellable: (nullable): to stop it
 * @callback: called when done
 * @user_data: for @callback
 *
 * As opt_scan_machine_async(), for one program; ends with opt_scan_machine_finish().
 */
void opt_scan_client_async (const OptMachine *machine,
                            const OptClient *client,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptScan, opt_scan_free)

G_END_DECLS
