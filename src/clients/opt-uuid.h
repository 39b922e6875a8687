/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-settings.h"

G_BEGIN_DECLS

/**
 * opt_uuid_create:
 * @settings: settings
 * @purpose: what it shall identify, untranslated
 *
 * A name-based UUID (RFC 9562 §5.5) of the address, the way in and @purpose: formats want one, and
 * the same settings shall make the same file, which then replaces the one before.
 *
 * Returns: (transfer full): the UUID in lower case
 */
char *opt_uuid_create (const OptSettings *settings, const char *purpose);

G_END_DECLS
