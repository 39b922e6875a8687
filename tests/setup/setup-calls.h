/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../keyring/keyring-calls.h"

#include "opt-setup.h"

/* What the tests of setting up share: calls that wait for their answer, and for each test a session
 * bus and folders of its own. */

#define JANE "jane.doe@optonline.net"

/* The folders of this test; $PATH is in it, too. */
extern char *root;

void setup_calls_init (void);
void setup_calls_clear (void);
void add_on_bus (const char *path, GTestFunc test);

void make_file (const char *name, const char *text, guint mode);

/* All files and folders below, one a line. */
void append_tree (GString *text, const char *path);
void assert_tree (const char *want);

OptSetupStore *open_store (void);
OptSetupPlan *call_plan (const char *client, OptService incoming, GError **error);
OptSetupRecord *
call_apply (OptSetupPlan *plan, const char *password, GCancellable *cancellable, GError **error);
OptSetupRecord *set_up (const char *client, GError **error);
GPtrArray *call_undo (OptSetupRecord *record, GError **error);

/* The record as a later run finds it; NULL: there is none. */
OptSetupRecord *find_record (const char *client);
void assert_no_record (const char *client);
void assert_undone (OptSetupRecord *record);
