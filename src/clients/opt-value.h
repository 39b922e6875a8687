/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-settings.h"

G_BEGIN_DECLS

/* What a value belongs to, in the order in which programs ask for it. */
typedef enum
{
  OPT_VALUE_OF_PERSON,
  OPT_VALUE_OF_INCOMING,
  OPT_VALUE_OF_OUTGOING,
} OptValueGroup;

#define OPT_N_VALUE_GROUPS 3

/**
 * OptValue:
 * @group: what it belongs to
 * @label: what it is, in the person's language
 * @text: the value
 * @is_literal: whether @text goes into a program letter by letter, and not words about it
 *
 * One line of the settings as a person types them into a program by hand.
 */
typedef struct
{
  OptValueGroup group;
  char *label;
  char *text;
  gboolean is_literal;
} OptValue;

/**
 * opt_values_new:
 *
 * Returns: (transfer full) (element-type OptValue): no values yet, for a program that asks in an
 *   order and in words of its own
 */
GPtrArray *opt_values_new (void);

/**
 * opt_values_add:
 * @values: (element-type OptValue): an array of opt_values_new()
 * @group: what the value belongs to; not before that of the one before
 * @label: what the program calls it, in the person's language
 * @text: the value
 * @is_literal: whether @text goes into the program letter by letter
 */
void opt_values_add (
  GPtrArray *values, OptValueGroup group, const char *label, const char *text, gboolean is_literal);

/**
 * opt_values_create:
 * @settings: settings
 *
 * Returns: (transfer full) (element-type OptValue): every value that a person needs, sorted by
 *   group; never the password, but a line that says so
 */
GPtrArray *opt_values_create (const OptSettings *settings);

/**
 * opt_values_create_for_server:
 * @group: what they belong to
 * @server: a server
 *
 * Returns: (transfer full) (element-type OptValue): how to reach @server and sign in there
 */
GPtrArray *opt_values_create_for_server (OptValueGroup group, const OptServer *server);

/**
 * opt_value_group_create_title:
 * @group: a group
 * @settings: settings
 *
 * Returns: (transfer full): a heading for it in the person's language, like `Incoming mail (IMAP)`
 */
char *opt_value_group_create_title (OptValueGroup group, const OptSettings *settings);

G_END_DECLS
