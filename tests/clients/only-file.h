/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-client.h"

/* As opt_client_render_files(), for a client that must have exactly one file. */
GBytes *render_only_file (const OptClient *client, const OptSettings *settings, GError **error);
