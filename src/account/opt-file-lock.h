/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OptFileLock:
 *
 * The right to change what is in a folder, among programs of ours.
 */
typedef int OptFileLock;

#define OPT_FILE_UNLOCKED -1

/**
 * opt_file_lock:
 * @path: a file that is read, changed and written again
 *
 * Two programs that do that at the same time must not undo each other's change: waits until no
 * other has the lock. It is on the folder, so that no second file stays behind; where a file system
 * has no locks, it has to do without. May be called from any thread.
 *
 * Returns: the lock, for g_auto() or opt_file_unlock()
 */
OptFileLock opt_file_lock (const char *path);

/**
 * opt_file_unlock:
 * @lock: a lock
 *
 * The end of it.
 */
void opt_file_unlock (OptFileLock *lock);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OptFileLock, opt_file_unlock)

G_END_DECLS
