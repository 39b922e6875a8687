/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-machine.h"
#include "opt-settings.h"

G_BEGIN_DECLS

/* Where a person meets the program; the groups of the page "Use your mail". */
typedef enum
{
  OPT_CLIENT_ON_COMPUTER,
  OPT_CLIENT_ON_PHONE,
  OPT_CLIENT_ANYTHING_ELSE,
} OptClientGroup;

/* The ways in that a format can express. */
typedef enum
{
  OPT_CLIENT_TAKES_IMAP = 1 << 0,
  OPT_CLIENT_TAKES_POP3 = 1 << 1,
} OptClientProtocols;

typedef struct _OptClient OptClient;

/**
 * OptClient:
 * @id: what the command line calls it; never changes once released
 * @name: its name, untranslated; for people use opt_client_get_name()
 * @icon_name: an icon of the theme
 * @group: where a person meets it
 * @protocols: the ways in that it takes
 * @file_name: (nullable): what to call the file; %NULL when there is none
 * @media_type: (nullable): what the file is
 * @holds_password: whether the format can hold a password; none of today's can
 * @traces: (nullable) (array): how to tell that it is installed, up to %OPT_TRACE_NONE; %NULL for
 *   a format that is no program's own
 * @render: (nullable): makes the file; pure. Call opt_client_render() instead
 * @create_steps: what a person does to bring the file in. Call opt_client_create_steps() instead
 * @tried: one sentence on what was proven with the real program, untranslated; for people use
 *   opt_client_get_tried()
 *
 * All that is known of one mail program or format: a constant table in a file of its own.
 */
struct _OptClient
{
  const char *id;
  const char *name;
  const char *icon_name;
  OptClientGroup group;
  OptClientProtocols protocols;
  const char *file_name;
  const char *media_type;
  gboolean holds_password;
  const OptTrace *traces;
  GBytes *(*render) (const OptSettings *settings, GError **error);
  char **(*create_steps) (const OptSettings *settings);
  const char *tried;
};

/**
 * opt_clients_get:
 * @n_clients: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_clients): all clients, the best first
 */
const OptClient *const *opt_clients_get (guint *n_clients);

/**
 * opt_client_find:
 * @id: an id
 *
 * Returns: (transfer none) (nullable): the client with this id
 */
const OptClient *opt_client_find (const char *id);

/**
 * opt_client_get_name:
 * @self: a client
 *
 * Returns: (transfer none): its name in the person's language
 */
const char *opt_client_get_name (const OptClient *self);

/**
 * opt_client_get_tried:
 * @self: a client
 *
 * Returns: (transfer none): in the person's language, one sentence on what was proven with the
 *   real program and what was not
 */
const char *opt_client_get_tried (const OptClient *self);

/**
 * opt_client_takes:
 * @self: a client
 * @incoming: a way in
 *
 * Returns: whether the program takes accounts of this kind
 */
gboolean opt_client_takes (const OptClient *self, OptService incoming);

/**
 * opt_client_is_installed:
 * @self: a client
 * @machine: where to look
 *
 * Returns: whether @machine has the program or its settings; never for a format that is no
 *   program's own. Reads the disk.
 */
gboolean opt_client_is_installed (const OptClient *self, const OptMachine *machine);

/**
 * opt_client_render:
 * @self: a client with a file
 * @settings: what to hand over
 * @error: return location for %OPT_ERROR_CLIENT_PROTOCOL when the program does not take this way
 *   in, %OPT_ERROR_CLIENT_VALUE when its format cannot express a value
 *
 * Pure: the same settings in the same language make the same bytes. Never a password.
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *opt_client_render (const OptClient *self, const OptSettings *settings, GError **error);

/**
 * opt_client_create_steps:
 * @self: a client
 * @settings: what is handed over
 *
 * Returns: (transfer full) (array zero-terminated=1): what a person does to bring the file in, in
 *   their language and with their own values; plain text, one sentence or two each
 */
char **opt_client_create_steps (const OptClient *self, const OptSettings *settings);

G_END_DECLS
