/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-session.h"

G_BEGIN_DECLS

/**
 * OptAccountHint:
 * @icon_name: what to show beside it
 * @style: the style class of that icon
 * @text: (nullable): what to say, translated; %NULL for nothing
 * @suggestions: (nullable) (transfer none): whose suggestions are offered
 * @offers_servers: whether servers can be entered by hand
 *
 * What an address tells, in a line.
 */
typedef struct
{
  const char *icon_name;
  const char *style;
  char *text;
  OptDetection *suggestions;
  gboolean offers_servers;
} OptAccountHint;

/**
 * opt_account_hint_create:
 * @session: what was typed
 *
 * Returns: the line for the address as it stands; free its text
 */
OptAccountHint opt_account_hint_create (OptSession *session);

G_END_DECLS
