/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * OptPracticeRecord:
 *
 * What one server saw since it was made: bytes, commands and counts. Reference-counted and
 * thread-safe.
 */
typedef struct _OptPracticeRecord OptPracticeRecord;

/* What is counted. */
typedef enum
{
  OPT_PRACTICE_COUNT_CONNECTIONS,
  OPT_PRACTICE_COUNT_FLIGHTS,
  OPT_PRACTICE_COUNT_SIGN_INS_ACCEPTED,
  OPT_PRACTICE_COUNT_SIGN_INS_REFUSED,
  OPT_PRACTICE_COUNT_MESSAGES,
} OptPracticeCount;

#define OPT_PRACTICE_N_COUNTS 5

/**
 * opt_practice_record_new:
 *
 * Returns: (transfer full): an empty record
 */
OptPracticeRecord *opt_practice_record_new (void);

/**
 * opt_practice_record_ref:
 * @self: a record
 *
 * Returns: (transfer full): @self
 */
OptPracticeRecord *opt_practice_record_ref (OptPracticeRecord *self);

/**
 * opt_practice_record_unref:
 * @self: (transfer full): a record
 */
void opt_practice_record_unref (OptPracticeRecord *self);

/**
 * opt_practice_record_set_keeps_bytes:
 * @self: a record
 * @keeps_bytes: whether to keep what is received, passwords included; on at first
 *
 * When off, only the counts are kept.
 */
void opt_practice_record_set_keeps_bytes (OptPracticeRecord *self, gboolean keeps_bytes);

/**
 * opt_practice_record_count:
 * @self: a record
 * @what: what happened once more
 */
void opt_practice_record_count (OptPracticeRecord *self, OptPracticeCount what);

/**
 * opt_practice_record_add_command:
 * @self: a record
 * @verb: the verb of a command, or the name of an occasion
 */
void opt_practice_record_add_command (OptPracticeRecord *self, const char *verb);

/**
 * opt_practice_record_add_received:
 * @self: a record
 * @secure: whether it came inside TLS
 * @data: (array length=size_bytes): what came
 * @size_bytes: how much
 *
 * Keeps the first 4 MiB of each kind.
 */
void opt_practice_record_add_received (OptPracticeRecord *self,
                                       gboolean secure,
                                       const guint8 *data,
                                       gsize size_bytes);

/**
 * opt_practice_record_get_count:
 * @self: a record
 * @what: what was counted
 *
 * Returns: how often it happened
 */
guint opt_practice_record_get_count (OptPracticeRecord *self, OptPracticeCount what);

/**
 * opt_practice_record_dup_commands:
 * @self: a record
 *
 * Returns: (transfer full) (array zero-terminated=1): the verbs in the order of their arrival
 */
char **opt_practice_record_dup_commands (OptPracticeRecord *self);

/**
 * opt_practice_record_dup_received:
 * @self: a record
 * @secure: inside TLS, or in the clear
 *
 * Returns: (transfer full): what came
 */
GBytes *opt_practice_record_dup_received (OptPracticeRecord *self, gboolean secure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptPracticeRecord, opt_practice_record_unref)

G_END_DECLS
