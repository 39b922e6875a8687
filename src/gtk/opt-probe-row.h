/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-probe.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_PROBE_ROW (opt_probe_row_get_type ())

/**
 * OptProbeRow:
 *
 * One server of a check: its state in an icon and words, how long it took, and, when opened, what
 * to do about it, its steps, its certificate if that does not fit, and the dialogue.
 */
G_DECLARE_FINAL_TYPE (OptProbeRow, opt_probe_row, OPT, PROBE_ROW, AdwExpanderRow)

/**
 * opt_probe_row_new:
 * @probe: the probe to show
 *
 * Returns: (transfer floating): a row that follows @probe
 */
GtkWidget *opt_probe_row_new (OptProbe *probe);

/**
 * opt_probe_row_show_advice:
 * @self: a row
 * @text: what to do about this server, plain text, translated
 * @button: (transfer floating) (nullable): what does it
 */
void opt_probe_row_show_advice (OptProbeRow *self, const char *text, GtkWidget *button);

/**
 * opt_probe_row_set_name_refused:
 * @self: a row
 * @name_refused: whether the password is known to be right, so that a refusal was about the name
 */
void opt_probe_row_set_name_refused (OptProbeRow *self, gboolean name_refused);

/**
 * opt_probe_row_hide_servers:
 * @self: a row of a check that the servers of the session have no part in
 */
void opt_probe_row_hide_servers (OptProbeRow *self);

/**
 * opt_probe_row_get_service_title:
 * @service: a service
 *
 * Returns: (transfer none): what its rows are called, “Receiving mail (IMAP)”
 */
const char *opt_probe_row_get_service_title (OptService service);

/**
 * opt_probe_row_update_time:
 * @self: a row
 *
 * Shows the time that has passed. To be called a few times a second while the probe runs.
 */
void opt_probe_row_update_time (OptProbeRow *self);

G_END_DECLS
