/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-found.h"
#include "opt-server.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_COMPARE_ROW (opt_compare_row_get_type ())

/**
 * OptCompareRow:
 *
 * One server as a program has it beside what it should be; what differs is marked by an icon and by
 * weight.
 */
G_DECLARE_FINAL_TYPE (OptCompareRow, opt_compare_row, OPT, COMPARE_ROW, AdwPreferencesRow)

/**
 * opt_compare_row_new:
 * @service: what the server does
 * @now: (nullable): the server as it is; %NULL when there is none
 * @wanted: (nullable): the server as it should be; %NULL when that is not known
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *opt_compare_row_new (OptService service, const OptFoundServer *now, OptServer *wanted);

G_END_DECLS
