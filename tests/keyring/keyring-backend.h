/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* The keyrings that the same tests are run with. */

extern gboolean is_gnome_keyring;

/* Runs the tests with libsecret's encrypted file, or with `--gnome-keyring PROGRAM`. */
int keyring_backend_run (int argc, char **argv);
