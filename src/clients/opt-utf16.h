/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* No settings of a Windows program are longer. */
#define OPT_UTF16_MAX_BYTES (1024 * 1024)

/**
 * opt_utf16_create_bytes:
 * @text: valid UTF-8 with lines that end in a line feed
 *
 * Returns: (transfer full): @text as Windows keeps it: UTF-16, little-endian, with a byte order
 * mark and lines that end in CR and LF
 */
GBytes *opt_utf16_create_bytes (const char *text);

/**
 * opt_utf16_dup_text:
 * @bytes: what may be a text of a Windows program
 * @error: return location for %OPT_ERROR_READ_BROKEN when it is no text, or longer than
 *   %OPT_UTF16_MAX_BYTES
 *
 * The opposite of opt_utf16_create_bytes(), for older programs too: UTF-16 with a byte order mark,
 * UTF-8, or else the letters of western Windows.
 *
 * Returns: (transfer full) (nullable): the text as UTF-8, without the mark, in lines that end in
 *   a line feed
 */
char *opt_utf16_dup_text (GBytes *bytes, GError **error);

G_END_DECLS
