/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-settings.h"

/* Read a file back as the programs do that it is for: with a parser of its format, never with what
 * wrote it. Each gives the values that the format holds under the keys of create_wanted(); a file
 * that does not parse fails the test. */
GHashTable *read_thunderbird (GBytes *file, const OptSettings *settings);
GHashTable *read_autoconfig (GBytes *file, const OptSettings *settings);
GHashTable *read_sheet_html (GBytes *file, const OptSettings *settings);
GHashTable *read_sheet_text (GBytes *file, const OptSettings *settings);
GHashTable *read_json (GBytes *file, const OptSettings *settings);

/* What they must find: name, address, in.service, in.host, in.port, in.security, in.user, and the
 * same for out. */
GHashTable *create_wanted (const OptSettings *settings);

/* The one file of an archive, which must be called @name. */
char *read_only_entry (GBytes *file, const char *name);
