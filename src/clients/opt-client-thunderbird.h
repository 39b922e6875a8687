/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-client.h"

G_BEGIN_DECLS

/* How to tell that Thunderbird is installed: it reads two of our formats. */
extern const OptTrace opt_thunderbird_traces[];

/**
 * opt_thunderbird_is_running:
 * @machine: where to look
 *
 * Returns: whether Thunderbird has one of the person's profiles open, be it from a package, from
 *   Flatpak or from Snap. Reads the disk and the locks on it; starts nothing.
 */
gboolean opt_thunderbird_is_running (const OptMachine *machine);

/**
 * opt_thunderbird_find_places:
 * @machine: where to look
 * @places: (element-type OptPlace): where to add the prefs.js of every profile, as in #OptClient,
 *   and every damaged list of profiles, which then cannot be read either
 *
 * Reads the disk.
 */
void opt_thunderbird_find_places (const OptMachine *machine, GPtrArray *places);

/**
 * opt_thunderbird_recognises:
 * @file: any file
 *
 * Returns: whether it is a prefs.js, or a ZIP file, which may hold one
 */
gboolean opt_thunderbird_recognises (const OptClientFile *file);

/**
 * opt_thunderbird_read:
 * @files: (element-type OptClientFile): prefs.js, or ZIP files that hold some
 * @founds: (element-type OptFound): where to add the accounts
 * @error: return location for the errors of opt_client_read()
 *
 * Returns: whether they could be read
 */
gboolean opt_thunderbird_read (GPtrArray *files, GPtrArray *founds, GError **error);

G_END_DECLS
