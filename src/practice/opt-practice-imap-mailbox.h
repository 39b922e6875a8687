/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-practice-dialogue.h"

G_BEGIN_DECLS

/**
 * opt_practice_imap_run_uid:
 * @self: a conversation
 * @arguments: SEARCH, FETCH, STORE or EXPUNGE with what they are given
 */
void opt_practice_imap_run_uid (OptPracticeDialogue *self, const char *arguments);

/**
 * opt_practice_imap_run_expunge:
 * @self: a conversation
 * @arguments: nothing
 */
void opt_practice_imap_run_expunge (OptPracticeDialogue *self, const char *arguments);

/**
 * opt_practice_imap_run_list:
 * @self: a conversation
 * @arguments: which mailboxes; it names all
 */
void opt_practice_imap_run_list (OptPracticeDialogue *self, const char *arguments);

G_END_DECLS
