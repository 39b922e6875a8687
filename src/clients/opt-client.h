/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-found.h"
#include "opt-machine.h"
#include "opt-place.h"
#include "opt-secret.h"
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

/* The half of mail that an account in a program can be without, because it leaves that to others:
 * one that only fetches lacks nothing when it has no server for sending. */
typedef enum
{
  OPT_CLIENT_LEAVES_SENDING = 1 << 0,
  OPT_CLIENT_LEAVES_RECEIVING = 1 << 1,
} OptClientLeaves;

/**
 * OptClientFile:
 * @name: what to call it; never has a folder in it
 * @bytes: what is in it
 *
 * One of the files that a program is handed.
 */
typedef struct
{
  char *name;
  GBytes *bytes;
} OptClientFile;

/**
 * OptClient:
 * @id: what the command line calls it; never changes once released
 * @name: its name, untranslated; for people use opt_client_get_name()
 * @icon_name: an icon of the theme
 * @group: where a person meets it
 * @protocols: the ways in that it takes
 * @leaves: what it leaves to other programs. Call opt_client_leaves() instead
 * @file_name: (nullable): what to call the file, or the folder of several; %NULL when there is none
 * @media_type: (nullable): what the file is; %NULL for several
 * @traces: (nullable) (array): how to tell that it is installed, up to %OPT_TRACE_NONE; %NULL for
 *   a format that is no program's own
 * @render: (nullable): makes the file; pure. Call opt_client_render_files() instead
 * @render_files: (nullable): in place of @render, makes several files, which the person gets in a
 *   folder; pure. Call opt_client_render_files() instead
 * @render_with_password: (nullable): as @render, for a format that can hold the password and for
 *   somebody who asked for that. Call opt_client_render_with_password() instead
 * @has_code: whether the program can also scan the code of opt_qr_new() from a screen. Call
 *   opt_client_has_code() instead
 * @is_printable: whether it is words on paper, which we can print ourselves. Call
 *   opt_client_is_printable() instead
 * @create_steps: what a person does to bring the file in, or to set the program up where it takes
 *   no file. Call opt_client_create_steps() instead
 * @create_values: (nullable): what the program asks for, in its order and in its words; %NULL for
 *   the usual. Call opt_client_create_values() instead
 * @is_running: (nullable): whether the program runs now and has to be restarted before it has what
 *   was brought in; looks at the disk only. Call opt_client_is_running() instead
 * @find_places: (nullable): where its settings lie on @machine; looks at the disk, reads what it
 * has to of lists of profiles. Call opt_client_find_places() instead
 * @recognises: (nullable): whether a file that a person has chosen is of this format, by what is in
 *   it; cheap. %NULL where @read takes no single file. Call opt_client_recognises() instead
 * @folder_suffix: (nullable): how the names of its files end, where a person may choose the folder
 *   of them
 * @read: (nullable): the opposite of @render: reads files that belong together, or a single one,
 *   and adds their accounts; pure. Call opt_client_read() instead
 * @password_path: how the program gets the password, one sentence, untranslated
 * @proof: (nullable): the test with the real program, `PROGRAM.test_NAME` in suite `clients`; %NULL
 *   where there is none
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
  OptClientLeaves leaves;
  const char *file_name;
  const char *media_type;
  const OptTrace *traces;
  GBytes *(*render) (const OptSettings *settings, GError **error);
  GPtrArray *(*render_files) (const OptSettings *settings, GError **error);
  GBytes *(*render_with_password) (const OptSettings *settings, OptSecret *secret, GError **error);
  gboolean has_code;
  gboolean is_printable;
  char **(*create_steps) (const OptSettings *settings);
  GPtrArray *(*create_values) (const OptSettings *settings);
  gboolean (*is_running) (const OptMachine *machine);
  void (*find_places) (const OptMachine *machine, GPtrArray *places);
  gboolean (*recognises) (const OptClientFile *file);
  const char *folder_suffix;
  gboolean (*read) (GPtrArray *files, GPtrArray *founds, GError **error);
  const char *password_path;
  const char *proof;
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
 * opt_client_leaves:
 * @self: a client
 * @half: sending or receiving
 *
 * Returns: whether an account of it is complete without a server for @half
 */
gboolean opt_client_leaves (const OptClient *self, OptClientLeaves half);

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
 * opt_client_is_running:
 * @self: a client
 * @machine: where to look
 *
 * Returns: whether the program runs on @machine now and has to be restarted before it has what was
 *   brought in. Reads the disk.
 */
gboolean opt_client_is_running (const OptClient *self, const OptMachine *machine);

/**
 * opt_client_create_restart_text:
 * @self: a client
 *
 * Returns: (transfer full): one sentence for the person whose program opt_client_is_running()
 */
char *opt_client_create_restart_text (const OptClient *self);

/**
 * opt_client_get_password_path:
 * @self: a client
 *
 * Returns: (transfer none): in the person's language, one sentence on how the program gets the
 *   password
 */
const char *opt_client_get_password_path (const OptClient *self);

/**
 * opt_client_has_file:
 * @self: a client
 *
 * Returns: whether there is anything to write for it; if not, there are only steps and values
 */
gboolean opt_client_has_file (const OptClient *self);

/**
 * opt_client_has_folder:
 * @self: a client
 *
 * Returns: whether it takes several files, which go into a folder
 */
gboolean opt_client_has_folder (const OptClient *self);

/**
 * opt_client_is_text:
 * @self: a client
 *
 * Returns: whether its file is text that a terminal can show
 */
gboolean opt_client_is_text (const OptClient *self);

/**
 * opt_client_render_files:
 * @self: a client with files
 * @settings: what to hand over
 * @error: return location for %OPT_ERROR_CLIENT_PROTOCOL when the program does not take this way
 *   in, %OPT_ERROR_CLIENT_NAME or %OPT_ERROR_CLIENT_VALUE when its format cannot hold the name or
 *   another value
 *
 * Pure: the same settings in the same language make the same bytes. Never a password.
 *
 * Returns: (transfer full) (nullable) (element-type OptClientFile): at least one file
 */
GPtrArray *
opt_client_render_files (const OptClient *self, const OptSettings *settings, GError **error);

/**
 * opt_client_can_hold_password:
 * @self: a client
 *
 * Returns: whether its file can hold the password, for somebody who asks for that
 */
gboolean opt_client_can_hold_password (const OptClient *self);

/**
 * opt_client_render_with_password:
 * @self: a client that can hold the password
 * @settings: what to hand over
 * @secret: the password
 * @error: return location, as in opt_client_render_files()
 *
 * As opt_client_render_files(), but whoever gets hold of the file can read the mail: ask first.
 *
 * Returns: (transfer full) (nullable): the file
 */
GBytes *opt_client_render_with_password (const OptClient *self,
                                         const OptSettings *settings,
                                         OptSecret *secret,
                                         GError **error);

/**
 * opt_client_has_code:
 * @self: a client
 *
 * Returns: whether the program can also scan the code of opt_qr_new() from a screen
 */
gboolean opt_client_has_code (const OptClient *self);

/**
 * opt_client_is_printable:
 * @self: a client
 *
 * Returns: whether it is the sheet of opt_sheet_new(), for who draws on paper
 */
gboolean opt_client_is_printable (const OptClient *self);

/**
 * opt_client_create_values:
 * @self: a client
 * @settings: what is handed over
 *
 * Returns: (transfer full) (element-type OptValue): what to type into the program, in the order in
 *   which it asks; never the password
 */
GPtrArray *opt_client_create_values (const OptClient *self, const OptSettings *settings);

/**
 * opt_client_find_places:
 * @self: a client
 * @machine: where to look
 *
 * Reads the disk; starts nothing.
 *
 * Returns: (transfer full) (element-type OptPlace): where its settings lie; empty for a program
 * that is not used here, or whose settings we cannot read
 */
GPtrArray *opt_client_find_places (const OptClient *self, const OptMachine *machine);

/**
 * opt_client_recognises:
 * @self: a client
 * @file: a file that a person has chosen
 *
 * Returns: whether opt_client_read() can be expected to make something of it
 */
gboolean opt_client_recognises (const OptClient *self, const OptClientFile *file);

/**
 * opt_client_can_read:
 * @self: a client
 *
 * Returns: whether we can read its settings
 */
gboolean opt_client_can_read (const OptClient *self);

/**
 * opt_client_read:
 * @self: a client that we can read
 * @path: what to call where the files come from, in the encoding of file names
 * @files: (element-type OptClientFile): files that belong together
 * @error: return location for %OPT_ERROR_READ_BROKEN when they are not of this format, or damaged;
 *   %OPT_ERROR_READ_LARGE when they unpack to more than settings can be; %OPT_ERROR_READ_SIGNED
 *   when they are wrapped in a signature; %OPT_ERROR_READ_PARTIAL when there may be an account in
 *   files that they name, and is none in them
 *
 * Pure, bounded, and suspicious: the files may be anybody's. A password in them is not taken over.
 *
 * Returns: (transfer full) (element-type OptFound) (nullable): the accounts in the order in which
 *   they stand there; may be empty
 */
GPtrArray *
opt_client_read (const OptClient *self, const char *path, GPtrArray *files, GError **error);

/**
 * opt_client_read_each:
 * @files: (element-type OptClientFile): files, as for the @read of #OptClient
 * @founds: (element-type OptFound): where to add their accounts
 * @read_file: reads what is in one of them
 * @error: return location for the errors of @read_file
 *
 * For the @read of a client whose files each stand for themselves.
 *
 * Returns: whether all of them could be read
 */
gboolean
opt_client_read_each (GPtrArray *files,
                      GPtrArray *founds,
                      gboolean (*read_file) (GBytes *bytes, GPtrArray *founds, GError **error),
                      GError **error);

/* Nobody has more accounts in one place. */
#define OPT_CLIENT_MAX_FOUNDS 256

/**
 * opt_founds_new:
 *
 * Returns: (transfer full) (element-type OptFound): an array that frees what is in it
 */
GPtrArray *opt_founds_new (void);

/**
 * opt_client_file_new:
 * @name: what to call it
 * @bytes: (transfer full): what is in it
 *
 * Returns: (transfer full): a file for an array of opt_client_files_new()
 */
OptClientFile *opt_client_file_new (const char *name, GBytes *bytes);

/**
 * opt_client_files_new:
 *
 * Returns: (transfer full) (element-type OptClientFile): an array that frees what is in it
 */
GPtrArray *opt_client_files_new (void);

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
