/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_PREVIEW_ROW (opt_preview_row_get_type ())

/**
 * OptPreviewRow:
 *
 * A file that can be looked into before it is saved, folded at first.
 */
G_DECLARE_FINAL_TYPE (OptPreviewRow, opt_preview_row, OPT, PREVIEW_ROW, AdwExpanderRow)

/**
 * opt_preview_row_new:
 * @file: a file without a password
 *
 * Returns: (transfer floating) (nullable): a row for it; %NULL if it is not text to be read
 */
GtkWidget *opt_preview_row_new (const OptClientFile *file);

G_END_DECLS
