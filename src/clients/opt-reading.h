/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-client.h"

G_BEGIN_DECLS

/**
 * opt_reading_has_line:
 * @file: a file that a person has chosen
 * @start: how a line starts, after any spaces
 *
 * Returns: whether there is such a line
 */
gboolean opt_reading_has_line (const OptClientFile *file, const char *start);

/**
 * opt_reading_has_any_line:
 * @file: a file that a person has chosen
 * @starts: (array zero-terminated=1): how lines start, after any spaces
 *
 * Returns: whether there is one of such lines
 */
gboolean opt_reading_has_any_line (const OptClientFile *file, const char *const *starts);

/**
 * opt_reading_has_word:
 * @file: a file that a person has chosen
 * @start: how a word starts
 *
 * Returns: whether there is such a word, after white space
 */
gboolean opt_reading_has_word (const OptClientFile *file, const char *start);

/**
 * opt_reading_find_files:
 * @machine: where to look
 * @places: (element-type OptPlace): where to add what is there
 * @home: (nullable) (array zero-terminated=1): files below the home folder
 * @config: (nullable) (array zero-terminated=1): files below `$XDG_CONFIG_HOME`
 *
 * Adds the files that are there. Reads the disk.
 */
void opt_reading_find_files (const OptMachine *machine,
                             GPtrArray *places,
                             const char *const *home,
                             const char *const *config);

/**
 * opt_reading_find_folder:
 * @machine: where to look
 * @places: (element-type OptPlace): where to add what is there
 * @home: a folder below the home folder
 * @config: a folder below `$XDG_CONFIG_HOME`
 *
 * Adds every file in the two folders as a place of its own. Reads the disk.
 */
void opt_reading_find_folder (const OptMachine *machine,
                              GPtrArray *places,
                              const char *home,
                              const char *config);

/**
 * opt_reading_get_port:
 * @service: what a server does
 * @security: how the connection is protected
 *
 * Returns: the port of programs that are told none: without TLS from the start, the old one
 */
guint16 opt_reading_get_port (OptService service, OptFoundSecurity security);

/**
 * opt_reading_set_port:
 * @server: a server whose security is known
 * @service: what it does
 * @text: (nullable): its port, as a number or by its name in /etc/services
 *
 * Sets the port, or the usual one when none is said; what is no port is 0, as in #OptFoundServer.
 */
void opt_reading_set_port (OptFoundServer *server, OptService service, const char *text);

/**
 * opt_reading_get_auth:
 * @mechanisms: (nullable): names like `plain` or `cram-md5`, between spaces, commas or colons
 *
 * Returns: what they have in common, or %OPT_FOUND_AUTH_ANY
 */
OptFoundAuth opt_reading_get_auth (const char *mechanisms);

/**
 * opt_reading_take_mailbox:
 * @found: an account that is being filled
 * @text: (nullable): an address, or `Name <address>` as in a header (RFC 5322 §3.4)
 *
 * Takes the address over, and the name where there is one and none was known.
 */
void opt_reading_take_mailbox (OptFound *found, const char *text);

/**
 * OptUrl:
 * @scheme: what stands before `://`, in lower case
 * @user: (nullable): the name to sign in with
 * @has_password: whether there is a password behind the name; it is not taken over
 * @host: the host
 * @port: (nullable): the port
 *
 * A server as several programs write it: `scheme://user:password@host:port/path`.
 */
typedef struct
{
  char *scheme;
  char *user;
  gboolean has_password;
  char *host;
  char *port;
} OptUrl;

/**
 * opt_url_parse:
 * @text: (nullable): a server
 * @scheme: (nullable): what it is where it does not say
 *
 * Lenient: people write what works.
 *
 * Returns: (transfer full) (nullable): its parts; %NULL without any scheme
 */
OptUrl *opt_url_parse (const char *text, const char *scheme);

/**
 * opt_reading_add_url:
 * @found: an account that is being filled
 * @service: a service it has no server for yet
 * @url: a server
 * @security: how the connection is protected
 *
 * Returns: (transfer none): the new server, with what the URL says
 */
OptFoundServer *opt_reading_add_url (OptFound *found,
                                     OptService service,
                                     const OptUrl *url,
                                     OptFoundSecurity security);

/**
 * opt_url_free:
 * @self: (transfer full): a server's parts
 */
void opt_url_free (OptUrl *self);

/**
 * opt_reading_check_whole:
 * @founds: (element-type OptFound): what a file has
 * @has_more: whether it names other files that hold settings, too
 * @error: return location for %OPT_ERROR_READ_PARTIAL
 *
 * Returns: %FALSE when there is no server in it, and may be one in the others
 */
gboolean opt_reading_check_whole (GPtrArray *founds, gboolean has_more, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptUrl, opt_url_free)

G_END_DECLS
