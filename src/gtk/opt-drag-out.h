/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-client.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OPT_TYPE_DRAG_OUT (opt_drag_out_get_type ())

/**
 * OptDragOut:
 *
 * Lets files be dragged from a widget into another program: a folder, a message, a chat. They are
 * written when the first drag begins, readable by the person alone, and are there as long as the
 * object is: a mail program may read what was dropped on it as late as the message is sent.
 */
G_DECLARE_FINAL_TYPE (OptDragOut, opt_drag_out, OPT, DRAG_OUT, GObject)

/**
 * opt_drag_out_new:
 * @widget: where a drag begins
 *
 * Returns: (transfer full): an object without files, of which nothing can be dragged
 */
OptDragOut *opt_drag_out_new (GtkWidget *widget);

/**
 * opt_drag_out_set_files:
 * @self: an object
 * @files: (element-type OptClientFile) (nullable): files without a password; %NULL when there is
 *   nothing to be dragged
 * @folder_name: (nullable): what to call the folder that is dragged with all of them; %NULL for one
 *   file by itself
 */
void opt_drag_out_set_files (OptDragOut *self, GPtrArray *files, const char *folder_name);

G_END_DECLS
