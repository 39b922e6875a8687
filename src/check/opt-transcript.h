/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most lines that a transcript keeps; a server that talks more loses the newest. */
#define OPT_TRANSCRIPT_MAX_LINES 400

/**
 * OptTranscript:
 *
 * The dialogue with one server in a form that may be shown and saved: it is only ever told lines
 * that hold no secret, so there is nothing to take out later. Reference-counted, one thread.
 */
typedef struct _OptTranscript OptTranscript;

/**
 * opt_transcript_new:
 *
 * Returns: (transfer full): an empty transcript
 */
OptTranscript *opt_transcript_new (void);

/**
 * opt_transcript_ref:
 * @self: a transcript
 *
 * Returns: (transfer full): @self
 */
OptTranscript *opt_transcript_ref (OptTranscript *self);

/**
 * opt_transcript_unref:
 * @self: (transfer full): a transcript
 */
void opt_transcript_unref (OptTranscript *self);

/**
 * opt_transcript_add_note:
 * @self: a transcript
 * @note: what happened, English
 */
void opt_transcript_add_note (OptTranscript *self, const char *note);

/**
 * opt_transcript_add_sent:
 * @self: a transcript
 * @line: a command with nothing secret in it, without CRLF
 */
void opt_transcript_add_sent (OptTranscript *self, const char *line);

/**
 * opt_transcript_add_received:
 * @self: a transcript
 * @line: a line from the server, without CRLF; cut short and cleaned of control characters
 */
void opt_transcript_add_received (OptTranscript *self, const char *line);

/**
 * opt_transcript_get_lines:
 * @self: a transcript
 *
 * Returns: (transfer none) (element-type utf8): lines that begin with `* `, `C: ` or `S: `
 */
GPtrArray *opt_transcript_get_lines (const OptTranscript *self);

/**
 * opt_transcript_clean_text:
 * @text: text from a server
 * @max_chars: how many characters to keep at most
 *
 * Makes a server's words safe to show: one line, no control, format or bidirectional characters,
 * no longer than @max_chars, with `…` where something was cut.
 *
 * Returns: (transfer full): clean text, valid UTF-8
 */
char *opt_transcript_clean_text (const char *text, guint max_chars);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptTranscript, opt_transcript_unref)

G_END_DECLS
