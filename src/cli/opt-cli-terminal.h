/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-cli.h"
#include "opt-secret.h"

#include <termios.h>

G_BEGIN_DECLS

/**
 * OptCliBuffer:
 * @bytes: room for the longest password, a line break, and one byte more that tells it is longer
 * @n_bytes: how many there are
 *
 * What is read; wiped when it goes.
 */
typedef struct
{
  char bytes[OPT_SECRET_MAX_BYTES + 3];
  gsize n_bytes;
} OptCliBuffer;

/**
 * opt_cli_buffer_wipe:
 * @self: a buffer
 */
void opt_cli_buffer_wipe (OptCliBuffer *self);

/**
 * opt_cli_buffer_strip:
 * @self: a buffer
 *
 * Removes the one line break that may end it, as echo and text files do; all else belongs to it.
 */
void opt_cli_buffer_strip (OptCliBuffer *self);

/**
 * opt_cli_read_some:
 * @cli: the program
 * @fd: a descriptor
 * @buffer: where to add what comes next
 * @error: return location for a %G_IO_ERROR
 *
 * Returns: how much came; 0 at the end or when the buffer is full; -1 with @error set
 */
gssize opt_cli_read_some (OptCli *cli, int fd, OptCliBuffer *buffer, GError **error);

/**
 * OptCliTerminal:
 * @fd: it, or -1
 * @before: how it was
 *
 * The person's terminal while it is ours.
 */
typedef struct
{
  int fd;
  struct termios before;
} OptCliTerminal;

/**
 * opt_cli_terminal_take:
 * @self: a terminal with no descriptor
 * @fd: (transfer full): a descriptor, or -1
 * @show: whether it goes on showing what is typed
 *
 * Returns: whether @fd is a terminal; @self gives it back as it was
 */
gboolean opt_cli_terminal_take (OptCliTerminal *self, int fd, gboolean show);

/**
 * opt_cli_terminal_release:
 * @self: a terminal
 */
void opt_cli_terminal_release (OptCliTerminal *self);

/**
 * opt_cli_ask:
 * @cli: the program
 * @question: what to write before the answer, translated
 * @show: whether to show what is typed
 * @answer: an empty buffer for the answer
 *
 * Asks the person at the terminal, wherever standard input and output go.
 *
 * Returns: %OPT_CLI_DONE; %OPT_CLI_NO_PASSWORD when there is no terminal; %OPT_CLI_CANCELLED, which
 *   was said
 */
OptCliStatus opt_cli_ask (OptCli *cli, const char *question, gboolean show, OptCliBuffer *answer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OptCliBuffer, opt_cli_buffer_wipe)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OptCliTerminal, opt_cli_terminal_release)

G_END_DECLS
