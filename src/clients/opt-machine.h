/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a program leaves on a machine. */
typedef enum
{
  OPT_TRACE_NONE,          /* ends an array */
  OPT_TRACE_PROGRAM,       /* an executable in PATH */
  OPT_TRACE_FLATPAK,       /* a Flatpak application id */
  OPT_TRACE_SNAP,          /* a Snap name */
  OPT_TRACE_HOME_FOLDER,   /* its settings, below the home folder */
  OPT_TRACE_CONFIG_FOLDER, /* its settings, below $XDG_CONFIG_HOME */
} OptTraceKind;

typedef struct
{
  OptTraceKind kind;
  const char *name;
} OptTrace;

/**
 * OptMachine:
 * @home_folder: the home folder
 * @config_folder: `$XDG_CONFIG_HOME`
 * @flatpak_folders: (array zero-terminated=1): Flatpak installations
 * @snap_folders: (array zero-terminated=1): where Snaps are mounted
 * @path: `$PATH`
 *
 * Where to look for programs. A plain struct, so that a test can point it at a folder of its own.
 */
typedef struct
{
  char *home_folder;
  char *config_folder;
  char **flatpak_folders;
  char **snap_folders;
  char *path;
} OptMachine;

/**
 * opt_machine_new:
 *
 * Returns: (transfer full): this machine, as the environment describes it
 */
OptMachine *opt_machine_new (void);

/**
 * opt_machine_free:
 * @self: (transfer full): a machine from opt_machine_new()
 */
void opt_machine_free (OptMachine *self);

/**
 * opt_machine_has_trace:
 * @self: a machine
 * @trace: what to look for
 *
 * Looks at the disk only; starts nothing.
 *
 * Returns: whether it is there
 */
gboolean opt_machine_has_trace (const OptMachine *self, const OptTrace *trace);

/**
 * opt_machine_list_config_folders:
 * @self: a machine
 * @name: a folder below `$XDG_CONFIG_HOME`
 * @flatpak_id: (nullable): the Flatpak application that has one of the same name for itself
 *
 * Returns: (transfer full) (array zero-terminated=1): where a program may keep its settings,
 *   whether or not there is anything
 */
char **
opt_machine_list_config_folders (const OptMachine *self, const char *name, const char *flatpak_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptMachine, opt_machine_free)

G_END_DECLS
