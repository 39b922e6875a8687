/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-client.h"

/* Hands @data to @client, whatever is in it, as a file and for recognition. Aborts unless that
 * gives either accounts that can be shown and tested, or one of the errors of a reader. */
void check_read (const OptClient *client, const void *data, gsize size_bytes);

/* Reads @data, which must come to the text @want of create_found_text(); NULL for a broken file. */
void check_read_as (const char *client, const void *data, gsize size_bytes, const char *want);

/* As check_read(), for what was read already. */
void check_founds (GPtrArray *founds, const GError *error);
