/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_VALUES_BOX (opt_values_box_get_type ())

/**
 * OptValuesBox:
 *
 * What a mail program asks for, in its order, to be copied from. Folded where there is a file that
 * saves the typing.
 */
G_DECLARE_FINAL_TYPE (OptValuesBox, opt_values_box, OPT, VALUES_BOX, GtkBox)

/**
 * opt_values_box_show:
 * @self: a box
 * @client: a mail program
 * @settings: what it shall be given
 */
void opt_values_box_show (OptValuesBox *self, const OptClient *client, const OptSettings *settings);

/**
 * opt_values_box_clear:
 * @self: a box
 *
 * Shows nothing.
 */
void opt_values_box_clear (OptValuesBox *self);

G_END_DECLS
