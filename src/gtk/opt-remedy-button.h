/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-remedy.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define OPT_TYPE_REMEDY_BUTTON (opt_remedy_button_get_type ())

/**
 * OptRemedyButton:
 *
 * Does the one thing that helps, by an action of the window's. Where one has to wait first it
 * counts the time down, but never starts by itself: another failed sign-in could do harm.
 */
G_DECLARE_FINAL_TYPE (OptRemedyButton, opt_remedy_button, OPT, REMEDY_BUTTON, GtkButton)

/**
 * opt_remedy_button_new:
 * @check: a check that is over
 * @service: a service of it whose probe did not work
 * @remedy: what to do about it
 * @suggested: whether it is the one thing to do next on its page
 *
 * Returns: (transfer floating) (nullable): a button; %NULL if there is nothing to press, such as
 * for a page that the provider does not have
 */
GtkWidget *opt_remedy_button_new (OptCheck *check,
                                  OptService service,
                                  const OptRemedy *remedy,
                                  gboolean suggested);

G_END_DECLS
