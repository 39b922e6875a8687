/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How Evolution's accounts are made and removed, whatever is in them: #opt_setup_kind_sources. */

/* A source's file is its UID with this behind it. */
#define OPT_SETUP_SOURCES_SUFFIX ".source"

/**
 * opt_setup_sources_dup_folder:
 *
 * Returns: (transfer full): where the files are
 */
char *opt_setup_sources_dup_folder (void);

/**
 * opt_setup_sources_check:
 * @cancellable: (nullable): to stop it
 * @error: return location for %OPT_ERROR_SETUP_MISSING, %OPT_ERROR_SETUP_FAILED,
 *   %G_IO_ERROR_CANCELLED
 *
 * Blocks, and starts nothing.
 *
 * Returns: whether sources can be made on this computer
 */
gboolean opt_setup_sources_check (GCancellable *cancellable, GError **error);

G_END_DECLS
