/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-machine.h"

G_BEGIN_DECLS

/**
 * opt_live_file_check:
 * @machine: whose mail programs
 * @path: where a file shall be, in the encoding of file names
 * @error: return location for %OPT_ERROR_FILE_LIVE
 *
 * What a mail program works with is never replaced, whoever asks for it: it holds more than our
 * settings, and the program may have it open. Call this before opt_file_write(). A file that is
 * reached by another name, by links for example, is known all the same. A name at which there is
 * nothing yet is free, but for the folders of programs that would take anything in there for their
 * own. Reads the disk.
 *
 * Returns: whether no known mail program of @machine works with the file
 */
gboolean opt_live_file_check (const OptMachine *machine, const char *path, GError **error);

G_END_DECLS
