/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Removes a folder of a test's own with all that is in it; follows no link. */
void remove_tree (const char *path);
