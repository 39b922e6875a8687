/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-client.h"

G_BEGIN_DECLS

/**
 * OptAccountrc:
 * @imap: what the program's `protocol` is for IMAP
 * @more: further lines for every account, each with its line feed
 * @more_pop3: further lines for POP3
 *
 * What is peculiar to one of the programs that keep their accounts in an `accountrc`.
 */
typedef struct
{
  guint imap;
  const char *more;
  const char *more_pop3;
} OptAccountrc;

/**
 * opt_accountrc_render:
 * @self: what is peculiar to the program
 * @settings: settings
 * @error: return location for %OPT_ERROR_CLIENT_VALUE when a value is too long for the program
 *
 * Returns: (transfer full) (nullable): an `accountrc` with one account
 */
GBytes *
opt_accountrc_render (const OptAccountrc *self, const OptSettings *settings, GError **error);

/**
 * opt_accountrc_create_steps:
 * @settings: settings
 * @program: what the program is called
 * @folder: where its settings are, like `~/.sylpheed-2.0`
 * @first: what to do where it was never used, in the person's language
 * @last: what to do when it has started, in the person's language
 *
 * Returns: (transfer full) (array zero-terminated=1): what a person does to bring the account in
 */
char **opt_accountrc_create_steps (const OptSettings *settings,
                                   const char *program,
                                   const char *folder,
                                   const char *first,
                                   const char *last);

/**
 * opt_accountrc_read:
 * @files: (element-type OptClientFile): one `accountrc`
 * @founds: (element-type OptFound): where to add its accounts
 * @error: return location for %OPT_ERROR_READ_BROKEN
 *
 * Returns: whether it could be read
 */
gboolean opt_accountrc_read (GPtrArray *files, GPtrArray *founds, GError **error);

/**
 * opt_accountrc_recognises:
 * @file: a file
 * @has_version: whether the program writes a version into it
 *
 * Returns: whether it is an `accountrc` of such a program
 */
gboolean opt_accountrc_recognises (const OptClientFile *file, gboolean has_version);

G_END_DECLS
