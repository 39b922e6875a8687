/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-value.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_VALUE_ROW (opt_value_row_get_type ())

/**
 * OptValueRow:
 *
 * One value that a mail program asks for, with a button that copies it where it goes in letter by
 * letter.
 */
G_DECLARE_FINAL_TYPE (OptValueRow, opt_value_row, OPT, VALUE_ROW, AdwActionRow)

/**
 * opt_value_row_new:
 * @value: what to show
 * @group: what it is a part of, such as incoming mail, translated; several have a server
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *opt_value_row_new (const OptValue *value, const char *group);

G_END_DECLS
