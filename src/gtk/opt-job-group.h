/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * OptJobButton:
 * @label: (nullable): with a mnemonic, translated
 * @action: (nullable): the window's action that it activates; %NULL for no such button
 */
typedef struct
{
  const char *label;
  const char *action;
} OptJobButton;

/**
 * OptJobView:
 * @title: what the job is, or how far, translated
 * @subtitle: (nullable): more of it, translated
 * @done: whether it went well: a tick stands beside the title
 * @icon_name: (nullable): an icon for the title, if it did not
 * @busy: whether it is under way
 * @error: (nullable): what went wrong, translated
 * @lines: (nullable): more to read, translated
 * @primary: the one thing to do next
 * @secondary: something else to do
 *
 * What there is to see of a job at one time.
 */
typedef struct
{
  const char *title;
  const char *subtitle;
  gboolean done;
  const char *icon_name;
  gboolean busy;
  const char *error;
  const char *lines;
  OptJobButton primary;
  OptJobButton secondary;
} OptJobView;

#define OPT_TYPE_JOB_GROUP (opt_job_group_get_type ())

/**
 * OptJobGroup:
 *
 * Something that takes a while and is started, stopped or undone by buttons of its own. It starts
 * nothing itself, but activates the window's actions. What is shown is up to who derives from it.
 */
G_DECLARE_DERIVABLE_TYPE (OptJobGroup, opt_job_group, OPT, JOB_GROUP, AdwPreferencesGroup)

struct _OptJobGroupClass
{
  AdwPreferencesGroupClass parent_class;
};

/**
 * opt_job_group_show:
 * @self: a group
 * @view: (nullable): what to show; %NULL for nothing at all
 */
void opt_job_group_show (OptJobGroup *self, const OptJobView *view);

/**
 * opt_job_group_set_title:
 * @self: a group
 * @title: the title that it has now, translated
 *
 * For what changes every second, which is shown and not spoken.
 */
void opt_job_group_set_title (OptJobGroup *self, const char *title);

/**
 * opt_job_group_focus:
 * @self: a visible group
 *
 * Moves the focus to what it says, so that a screen reader speaks it.
 */
void opt_job_group_focus (OptJobGroup *self);

G_END_DECLS
