/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-account-store.h"
#include "opt-keyring.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

G_BEGIN_DECLS

#define OPT_CLI_PROGRAM "optsetup-cli"

/* How the program ends; the numbers are part of the product's interface. */
typedef enum
{
  OPT_CLI_DONE = 0,
  OPT_CLI_FAILED = 1,
  OPT_CLI_BAD_USE = 2, /* wrong options or input */
  OPT_CLI_NO_PASSWORD = 3,
  OPT_CLI_CANCELLED = 130, /* 128 + SIGINT, as shells have it */
} OptCliStatus;

/**
 * OptCli:
 * @practice: whether to use the practice servers, and neither keyring nor store
 * @providers: the providers
 * @store: the accounts that were set up
 * @keyring: where passwords are kept
 * @cancellable: cancelled by Ctrl+C
 *
 * What every verb works with.
 */
typedef struct
{
  gboolean practice;
  OptProviders *providers;
  OptAccountStore *store;
  OptKeyring *keyring;
  GCancellable *cancellable;
} OptCli;

/**
 * OptCliVerb:
 * @name: what to type
 * @operands: (nullable): what comes after it, for the help; in brackets if it may be left out
 * @summary: what it does, one line, untranslated
 * @run: does it; `argv[0]` is the verb
 *
 * One thing that the program does: a constant table in a file of its own.
 */
typedef struct _OptCliVerb OptCliVerb;

struct _OptCliVerb
{
  const char *name;
  const char *operands;
  const char *summary;
  OptCliStatus (*run) (OptCli *cli, char **argv);
};

extern const OptCliVerb opt_cli_check, opt_cli_clients, opt_cli_detect, opt_cli_explain,
  opt_cli_export, opt_cli_forget, opt_cli_list, opt_cli_passwd, opt_cli_save, opt_cli_scan,
  opt_cli_setup;

/**
 * opt_cli_keep_result:
 * @source: (nullable): not used
 * @result: what to keep
 * @user_data: a #GAsyncResult ** that holds %NULL
 *
 * The callback to give to a function that opt_cli_wait() shall wait for.
 */
void opt_cli_keep_result (GObject *source, GAsyncResult *result, gpointer user_data);

/**
 * opt_cli_wait:
 * @result: where opt_cli_keep_result() puts the result
 *
 * Runs the main context until the result is there.
 *
 * Returns: (transfer none): the result
 */
GAsyncResult *opt_cli_wait (GAsyncResult **result);

/**
 * opt_cli_print:
 * @stream: stdout or stderr
 * @format: as for printf(), translated
 *
 * Prints text in the character set of the terminal, with look-alikes for what that lacks.
 */
void opt_cli_print (FILE *stream, const char *format, ...) G_GNUC_PRINTF (2, 3);

/**
 * opt_cli_say:
 * @format: as for printf(), translated, without a line break
 *
 * Prints one line to stdout.
 */
void opt_cli_say (const char *format, ...) G_GNUC_PRINTF (1, 2);

/**
 * opt_cli_count_columns:
 *
 * Returns: how wide the terminal is that stdout is, or 80 if it is none
 */
guint opt_cli_count_columns (void);

/**
 * opt_cli_get_measure:
 *
 * Returns: how many columns a line of a paragraph may take, so that it is easy to read
 */
guint opt_cli_get_measure (void);

/**
 * opt_cli_print_hanging:
 * @head: what stands before the first line
 * @indent: in which column all lines begin
 * @text: one paragraph, translated
 *
 * As opt_cli_print_wrapped(), with room on the left.
 */
void opt_cli_print_hanging (const char *head, guint indent, const char *text);

/**
 * opt_cli_print_wrapped:
 * @text: one paragraph, translated
 *
 * Prints it to stdout in lines that are easy to read, and no wider than the terminal.
 */
void opt_cli_print_wrapped (const char *text);

/**
 * opt_cli_dup_quoted:
 * @word: a word
 *
 * Returns: (transfer full): the word as it is typed in a shell
 */
char *opt_cli_dup_quoted (const char *word);

/**
 * opt_cli_complain:
 * @format: as for printf(), translated, without a line break
 *
 * Prints one line to stderr, with the program's name before it.
 */
void opt_cli_complain (const char *format, ...) G_GNUC_PRINTF (1, 2);

/**
 * opt_cli_complain_about:
 * @error: what went wrong
 *
 * Says so in plain words on stderr.
 *
 * Returns: how the program shall end when there is no going on
 */
OptCliStatus opt_cli_complain_about (const GError *error);

/**
 * opt_cli_print_json:
 * @root: what to print on stdout
 */
void opt_cli_print_json (JsonNode *root);

/**
 * opt_cli_add_text:
 * @builder: a builder inside an object
 * @name: a member
 * @text: (nullable): its value
 */
void opt_cli_add_text (JsonBuilder *builder, const char *name, const char *text);

/**
 * opt_cli_add_provider:
 * @builder: a builder inside an object
 * @provider: (nullable): a provider
 *
 * Adds `"provider":{"id":…,"name":…}`, or null.
 */
void opt_cli_add_provider (JsonBuilder *builder, OptProvider *provider);

G_END_DECLS
