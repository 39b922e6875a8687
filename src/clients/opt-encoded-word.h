/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * opt_encoded_word_decode:
 * @text: a name as in the header of a message
 *
 * Returns: (transfer full): @text with the encoded words of RFC 2047 decoded; those that cannot be
 *   stay as they are
 */
char *opt_encoded_word_decode (const char *text);

/**
 * opt_encoded_word_split_mailbox:
 * @mailbox: a name and an address as in a From line, or an address alone
 * @name: (out) (transfer full) (nullable): the name, decoded
 * @address: (out) (transfer full): the address
 *
 * Takes apart what mail programs write for themselves, not all that RFC 5322 §3.4 allows.
 */
void opt_encoded_word_split_mailbox (const char *mailbox, char **name, char **address);

G_END_DECLS
