/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-settings.h"

G_BEGIN_DECLS

/**
 * OptSheetGroup:
 * @title: a heading
 * @values: (element-type OptValue): what stands below it; at least one
 */
typedef struct
{
  char *title;
  GPtrArray *values;
} OptSheetGroup;

/**
 * OptSheet:
 * @title: its heading: whose settings, and for which address
 * @groups: (element-type OptSheetGroup): the values, in the order in which a program asks for them
 * @steps_title: a heading for @steps
 * @steps: (array zero-terminated=1): what to do with the values
 * @note: that the password is not there
 *
 * The settings on one sheet of paper, in the person's language, for them to type into any program:
 * the words, whatever they are drawn or written with. Never the password.
 */
typedef struct
{
  char *title;
  GPtrArray *groups;
  char *steps_title;
  char **steps;
  char *note;
} OptSheet;

/**
 * opt_sheet_new:
 * @settings: what to hand over
 *
 * Returns: (transfer full): the sheet
 */
OptSheet *opt_sheet_new (const OptSettings *settings);

/**
 * opt_sheet_free:
 * @self: (transfer full): a sheet
 */
void opt_sheet_free (OptSheet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptSheet, opt_sheet_free)

G_END_DECLS
