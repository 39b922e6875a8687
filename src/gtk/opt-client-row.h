/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_CLIENT_ROW (opt_client_row_get_type ())

/**
 * OptClientRow:
 *
 * A mail program in a list: its icon, its name, and in one line what there is for it. Activated, it
 * opens the program's page; where there is room, a button goes on from there.
 */
G_DECLARE_FINAL_TYPE (OptClientRow, opt_client_row, OPT, CLIENT_ROW, AdwActionRow)

/**
 * opt_client_row_new:
 * @client: a mail program
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *opt_client_row_new (const OptClient *client);

/**
 * opt_client_row_update:
 * @self: a row
 * @session: whose settings the program would get
 *
 * Says what there is for the program, or that it does not take the way in that was chosen.
 */
void opt_client_row_update (OptClientRow *self, OptSession *session);

/**
 * opt_client_row_set_has_room:
 * @self: a row
 * @has_room: whether there is room for a button that does at once what the program's page is for
 *
 * Without room, which is how a row begins, there is only the way to the page.
 */
void opt_client_row_set_has_room (OptClientRow *self, gboolean has_room);

/**
 * opt_client_row_matches:
 * @self: a row
 * @words: (array zero-terminated=1): words of a search, folded by g_str_tokenize_and_fold()
 *
 * Returns: whether each of @words begins a word of its name
 */
gboolean opt_client_row_matches (OptClientRow *self, char **words);

G_END_DECLS
