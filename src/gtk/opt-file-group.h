/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_FILE_GROUP (opt_file_group_get_type ())

/**
 * OptFileGroup:
 *
 * What there is to save for a mail program: a file or a folder of several, with the password in it
 * only after a switch and a warning. It can be dragged out, which no password ever is.
 */
G_DECLARE_FINAL_TYPE (OptFileGroup, opt_file_group, OPT, FILE_GROUP, AdwPreferencesGroup)

/**
 * opt_file_group_show:
 * @self: a group
 * @client: a mail program with a file or files
 * @files: (element-type OptClientFile): the files without a password, at least one
 * @offers_password: whether the password can be put in
 * @suggested: whether saving is the one thing to do
 *
 * Shows them, without the password again.
 */
void opt_file_group_show (OptFileGroup *self,
                          const OptClient *client,
                          GPtrArray *files,
                          gboolean offers_password,
                          gboolean suggested);

/**
 * opt_file_group_wants_password:
 * @self: a group
 *
 * Returns: whether the person has switched the password on
 */
gboolean opt_file_group_wants_password (OptFileGroup *self);

/**
 * opt_file_group_focus:
 * @self: a group
 *
 * Moves the focus to the button that saves. As its grab_focus() this would be where Tab leads
 * whenever it comes to the group, past what is before it.
 */
void opt_file_group_focus (OptFileGroup *self);

G_END_DECLS
