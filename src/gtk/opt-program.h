/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-client.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * opt_program_find:
 * @client: a mail program
 *
 * Returns: (transfer full) (nullable): what starts it on this desktop, if the desktop knows of it
 */
GAppInfo *opt_program_find (const OptClient *client);

G_END_DECLS
