/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-client.h"

/* Good input for the reader of @client, in an order that is always the same: arrays of files that
 * belong together. From $OPT_GOLDEN_FOLDER and $OPT_SEEDS_FOLDER. */
GPtrArray *create_read_seeds (const OptClient *client);
