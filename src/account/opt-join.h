/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * opt_join_list:
 * @words: (array zero-terminated=1): names, of programs or servers for example
 *
 * Returns: (transfer full): all of them in a row, as the person's language separates them
 */
char *opt_join_list (const char *const *words);

/**
 * opt_join_in_order:
 * @words: (array zero-terminated=1): names
 *
 * Returns: (transfer full): all of them, as what came after each other in time
 */
char *opt_join_in_order (const char *const *words);

/**
 * opt_join_sentences:
 * @sentences: (array zero-terminated=1): whole sentences, translated
 *
 * Returns: (transfer full): all of them one after the other, as the person's language spaces them
 */
char *opt_join_sentences (const char *const *sentences);

G_END_DECLS
