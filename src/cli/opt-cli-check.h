/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-cli-progress.h"
#include "opt-cli.h"

#include "opt-attempt.h"

G_BEGIN_DECLS

/* What was typed after `check`. */
typedef struct
{
  char *address;
  char *password_fd;
  char *services;
  char **servers;
  char *timeout;
  char *report;
  char *from;
  char **confirmed;
  gboolean json;
  gboolean force;
  gboolean all_sign_ins;
  gboolean trace;
  gboolean all;
  gboolean use_kept;
  gboolean delivery;
  char *resume_id;
} OptCliCheckArguments;

/**
 * opt_cli_check_get_parts:
 * @arguments: what was typed
 *
 * Returns: what to print of a check while it runs
 */
OptCliProgressParts opt_cli_check_get_parts (const OptCliCheckArguments *arguments);

/**
 * opt_cli_check_from:
 * @cli: the program
 * @arguments: what was typed, with `--from`
 * @timeouts: how long is too long
 *
 * Tests the accounts of a file, or of a mail program that is here.
 *
 * Returns: how to end
 */
OptCliStatus opt_cli_check_from (OptCli *cli,
                                 const OptCliCheckArguments *arguments,
                                 const OptTimeouts *timeouts);

/**
 * opt_cli_check_all:
 * @cli: the program
 * @arguments: what was typed, with `--all`
 * @timeouts: how long is too long
 *
 * Tests all accounts that are here.
 *
 * Returns: how to end
 */
OptCliStatus
opt_cli_check_all (OptCli *cli, const OptCliCheckArguments *arguments, const OptTimeouts *timeouts);

G_END_DECLS
