/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-client.h"

/* Reads one file of @client; its name does not matter. NULL with @error. */
GPtrArray *read_bytes (const char *client, const void *data, gsize size_bytes, GError **error);

/* Accounts as text, so that a test compares all of them at once, such as
 *
 *     Jane Doe <jane.doe@optonline.net>
 *     pop3 mail.optonline.net:995 tls password jane.doe@optonline.net
 *     smtp mail.optonline.net:465 tls password jane.doe@optonline.net
 *     leaves 14
 *
 * with "key KEY", "any-certificate" and "holds-password" at the end of a server that has them. */
char *create_found_text (GPtrArray *founds);

/* What create_found_text() makes of settings that were read back, without keys. */
char *create_settings_text (const OptSettings *settings);
