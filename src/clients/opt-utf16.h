/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * opt_utf16_create_bytes:
 * @text: valid UTF-8 with lines that end in a line feed
 *
 * Returns: (transfer full): @text as Windows keeps it: UTF-16, little-endian, with a byte order
 * mark and lines that end in CR and LF
 */
GBytes *opt_utf16_create_bytes (const char *text);

G_END_DECLS
