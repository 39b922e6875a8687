/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-machine.h"

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

G_END_DECLS
