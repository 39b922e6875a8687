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
GHashTable *read_k9 (GBytes *file, const OptSettings *settings);
GHashTable *read_apple (GBytes *file, const OptSettings *settings);
GHashTable *read_autodiscover (GBytes *file, const OptSettings *settings);
GHashTable *read_live_mail (GBytes *file, const OptSettings *settings);
GHashTable *read_outlook_express (GBytes *file, const OptSettings *settings);
GHashTable *read_prf (GBytes *file, const OptSettings *settings);

/* What they must find: name, address, in.service, in.host, in.port, in.security, in.user, and the
 * same for out. */
GHashTable *create_wanted (const OptSettings *settings);

/* The one file of an archive, which must be called @name. */
char *read_only_entry (GBytes *file, const char *name);

/* The pixels of a PNG file with nothing but black and white, as text: a line for each row, `#` for
 * black and a space for white; @step pixels are one letter. */
char *read_png (GBytes *file, guint step);

/* The text of a file in UTF-16 as Windows has it, with line feeds only. */
char *read_utf16 (GBytes *file);

/* The values of a .reg file that is all about @key; numbers have eight digits. */
GHashTable *read_reg (GBytes *file, const char *key);
