/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a part of a file is, as far as a reader is helped by seeing it. What has no mark is a value,
 * or text. */
typedef enum
{
  OPT_MARK_SECTION,     /* begins a part of the file */
  OPT_MARK_NAME,        /* what the value after it is */
  OPT_MARK_PUNCTUATION, /* is there for the program only */
  OPT_MARK_COMMENT,     /* is there for people only */
} OptMarkKind;

/**
 * OptMark:
 * @kind: what it is
 * @start: where it begins, in bytes
 * @end: the byte after it
 */
typedef struct
{
  OptMarkKind kind;
  guint start, end;
} OptMark;

/**
 * opt_syntax_mark:
 * @file_name: what the file is called, which tells its format
 * @text: what is in it
 *
 * For eyes only: it marks files that we have written, and takes others as it can.
 *
 * Returns: (transfer full) (element-type OptMark): marks in the order of @text, none of which
 *   overlap; none at all for a format without syntax
 */
GArray *opt_syntax_mark (const char *file_name, const char *text);

G_END_DECLS
