/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * opt_zip_looks_like:
 * @bytes: any file
 *
 * Returns: whether it begins as a ZIP file
 */
gboolean opt_zip_looks_like (GBytes *bytes);

/**
 * opt_zip_read:
 * @zip: a ZIP file, which may be anybody's
 * @name: the name of a file, without a folder
 * @error: return location for %OPT_ERROR_READ_BROKEN when it is no ZIP file, damaged, or locked by
 *   a password; %OPT_ERROR_READ_LARGE when what is asked for comes out larger than
 *   %OPT_PLACE_MAX_BYTES
 *
 * Unpacks in memory, and only what is asked for: no name in it is ever used on a disk.
 *
 * Returns: (transfer full) (element-type GBytes) (nullable): all files of this name in whatever
 *   folder, within reason; may be empty
 */
GPtrArray *opt_zip_read (GBytes *zip, const char *name, GError **error);

G_END_DECLS
