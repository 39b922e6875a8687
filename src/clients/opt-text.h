/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-client.h"

G_BEGIN_DECLS

/* No settings have a longer line; what has is something else. */
#define OPT_TEXT_MAX_LINE_BYTES (64 * 1024)

/* What stands for a `$` that calls for a variable in a word of opt_text_next_word(), and for what
 * only the program itself could work out: a command, or a character that no name has. Both are
 * control characters, so a value that still has one is given up by opt_found_complete(). */
#define OPT_TEXT_VARIABLE '\001'
#define OPT_TEXT_COMPUTED '\002'

/**
 * OptText:
 *
 * A working copy of a settings file, which readers take apart in place: lines, words and values are
 * pieces of it and are never copied, so that a password among them is wiped with it.
 */
typedef struct _OptText OptText;

/**
 * opt_text_new:
 * @files: (element-type OptClientFile): what a reader was given; the first counts
 * @error: return location for %OPT_ERROR_READ_BROKEN when it is no text, or has a line longer than
 *   %OPT_TEXT_MAX_LINE_BYTES
 *
 * Returns: (transfer full) (nullable): its text
 */
OptText *opt_text_new (GPtrArray *files, GError **error);

/**
 * opt_text_free:
 * @self: (transfer full): a text
 *
 * Wipes it.
 */
void opt_text_free (OptText *self);

/**
 * opt_text_next_line:
 * @self: a text
 *
 * Returns: (transfer none) (nullable): the next line without its end, for the caller to take apart;
 *   %NULL after the last
 */
char *opt_text_next_line (OptText *self);

/**
 * opt_text_next_joined_line:
 * @self: a text
 *
 * As opt_text_next_line(), for programs that go on in the next line after a backslash.
 *
 * Returns: (transfer none) (nullable): the next line
 */
char *opt_text_next_joined_line (OptText *self);

/**
 * opt_text_take_rest:
 * @self: a text
 *
 * Returns: (transfer none): all that is left, for a program to which lines mean nothing
 */
char *opt_text_take_rest (OptText *self);

/**
 * OptWordSyntax:
 * @ends: what ends a word beside white space, outside of quotes; a `#` among them begins a comment,
 *   which otherwise begins only where a word could
 * @single_quotes: whether everything in '…' stands for itself
 * @expands: whether `$` and backticks call for variables and commands
 *
 * How a program tells words apart. In every program, "…" keeps spaces together and a backslash
 * takes the next character as it is.
 */
typedef struct
{
  const char *ends;
  gboolean single_quotes;
  gboolean expands;
} OptWordSyntax;

/**
 * opt_text_next_word:
 * @rest: (inout): where to go on; then behind the word and what ended it, or at a comment
 * @syntax: how the program tells words apart
 * @end: (out) (optional): the character that ended the word, or NUL
 *
 * Takes the quotes off. A quote that is not closed ends with the text.
 *
 * Returns: (transfer none) (nullable): the next word, %NULL when there is none before the end or a
 *   comment
 */
char *opt_text_next_word (char **rest, const OptWordSyntax *syntax, char *end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptText, opt_text_free)

G_END_DECLS
