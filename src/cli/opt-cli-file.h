/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-cli.h"

#include "opt-client.h"

G_BEGIN_DECLS

/**
 * opt_cli_is_stdout:
 * @path: (nullable): where something shall go
 *
 * Returns: whether that is `-`, which stands for standard output
 */
gboolean opt_cli_is_stdout (const char *path);

/**
 * opt_cli_check_file:
 * @path: where a file shall be, or `-`
 * @force: whether a file that is there gives way
 *
 * For use before work that takes time; what is in the way is complained about.
 *
 * Returns: %OPT_CLI_DONE, or how the program shall end
 */
OptCliStatus opt_cli_check_file (const char *path, gboolean force);

/**
 * opt_cli_write_file:
 * @path: where the file shall be, or `-`
 * @bytes: what it shall hold
 * @force: whether a file that is there gives way
 *
 * Writes it as opt_file_write() does, but never over what a mail program works with; what goes
 * wrong is complained about.
 *
 * Returns: %OPT_CLI_DONE, or how the program shall end
 */
OptCliStatus opt_cli_write_file (const char *path, GBytes *bytes, gboolean force);

/**
 * opt_cli_write_client:
 * @client: a client with files
 * @path: where its file or its folder shall be; `-` only for a file
 * @files: (element-type OptClientFile): what was rendered for it
 * @force: whether files that are there give way
 *
 * As opt_cli_write_file(), for whatever @client takes.
 *
 * Returns: %OPT_CLI_DONE, or how the program shall end
 */
OptCliStatus
opt_cli_write_client (const OptClient *client, const char *path, GPtrArray *files, gboolean force);

/**
 * opt_cli_make_folder:
 * @path: where a folder for files shall be
 * @force: whether it may hold something already
 *
 * What goes wrong is complained about.
 *
 * Returns: %OPT_CLI_DONE, or how the program shall end
 */
OptCliStatus opt_cli_make_folder (const char *path, gboolean force);

G_END_DECLS
