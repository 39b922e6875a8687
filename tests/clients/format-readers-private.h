/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "format-readers.h"

#include <libxml/tree.h>

/* What the readers share. A table holds each key once; put() fails the test otherwise. */
GHashTable *create_table (void);
void put (GHashTable *table, const char *prefix, const char *key, const char *value);

/* Both fail the test when there is no such element. */
xmlNode *find_child (xmlNode *parent, const char *name);
char *read_child (xmlNode *parent, const char *name);
