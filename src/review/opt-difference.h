/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-found.h"

G_BEGIN_DECLS

/* How bad it is; worse later. */
typedef enum
{
  OPT_SEVERITY_OLD,      /* may well work, but is not what the provider says */
  OPT_SEVERITY_NOT_SAFE, /* somebody else can get at the password or the mail */
  OPT_SEVERITY_BROKEN,   /* will not work */
} OptSeverity;

/* What differs. The names of opt_difference_kind_to_string() are part of the product's interface
 * and never change once released. */
typedef enum
{
  OPT_DIFFERENCE_HOST_RETIRED,          /* the provider has switched this host off */
  OPT_DIFFERENCE_HOST_SIBLING,          /* the provider's own, but not its first choice */
  OPT_DIFFERENCE_HOST_NAMESAKE,         /* under the provider's domain, but not named */
  OPT_DIFFERENCE_HOST_OTHER,            /* none that the provider names */
  OPT_DIFFERENCE_HOST_SPACE,            /* a space before or after it */
  OPT_DIFFERENCE_HOST_INVALID,          /* what is no host's name at all */
  OPT_DIFFERENCE_NO_TLS,                /* the password goes out unprotected */
  OPT_DIFFERENCE_TLS_OPTIONAL,          /* STARTTLS only if the server offers it */
  OPT_DIFFERENCE_SECURITY_PORT,         /* TLS on the port of STARTTLS, or the other way round */
  OPT_DIFFERENCE_SECURITY_OTHER,        /* STARTTLS where the provider says TLS */
  OPT_DIFFERENCE_PORT_OTHER,            /* a port that the provider does not have */
  OPT_DIFFERENCE_PORT_INVALID,          /* what is no port at all */
  OPT_DIFFERENCE_CERTIFICATE_UNCHECKED, /* anybody can be the server */
  OPT_DIFFERENCE_USER_NOT_ADDRESS,      /* signs in with less than the whole address */
  OPT_DIFFERENCE_USER_CASE,             /* signs in with capital letters */
  OPT_DIFFERENCE_USER_OTHER,            /* signs in as somebody else */
  OPT_DIFFERENCE_USER_SPACE,            /* a space before or after the name to sign in with */
  OPT_DIFFERENCE_USER_MISSING,          /* has no name to sign in with */
  OPT_DIFFERENCE_AUTH_CHALLENGE,        /* CRAM-MD5 and the like, which the provider refuses */
  OPT_DIFFERENCE_AUTH_OTHER,            /* OAuth 2 and the like, which the provider has not */
  OPT_DIFFERENCE_AUTH_NONE,             /* does not sign in to send */
  OPT_DIFFERENCE_PASSWORD_IN_FILE,      /* the settings hold the password, readable */
  OPT_DIFFERENCE_SENDER_CASE,           /* capital letters in the sender's address */
  OPT_DIFFERENCE_ADDRESS_TYPO,          /* a domain that is none of the provider's */
  OPT_DIFFERENCE_LEAVE_NEVER,           /* POP3 mail is removed at once */
  OPT_DIFFERENCE_OUTGOING_MISSING,      /* the program cannot send */
  OPT_DIFFERENCE_INCOMING_MISSING,      /* the program cannot receive */
} OptDifferenceKind;

#define OPT_N_DIFFERENCES (OPT_DIFFERENCE_INCOMING_MISSING + 1)

/**
 * OptDifference:
 * @kind: what differs
 * @severity: how bad it is
 * @has_service: whether it is about one server
 * @service: that server's
 * @now: (nullable): the value as it stands, untranslated: `pop.example.net`, `110`, `none`
 * @wanted: (nullable): the value that it should be, likewise; for a server that is missing, what
 *   opt_server_to_string() gives
 * @works: whether a test has shown that the server works in spite of it
 *
 * One value that is not as the provider wants it. Where port and security do not go together, the
 * value is the two of them, `starttls:993`.
 */
typedef struct
{
  OptDifferenceKind kind;
  OptSeverity severity;
  gboolean has_service;
  OptService service;
  char *now;
  char *wanted;
  gboolean works;
} OptDifference;

/**
 * opt_differences_find:
 * @found: an account as some program has it
 * @wanted: (nullable): the account as the provider wants it, with the servers in order of
 *   preference; without it, only what is safe nowhere differs
 *
 * Pure. A client that by its nature only sends or only receives lacks nothing.
 *
 * Returns: (transfer full) (element-type OptDifference): what differs, the worst first, then in the
 *   order of services; empty when all is as it should be
 */
GPtrArray *opt_differences_find (const OptFound *found, const OptAccount *wanted);

/**
 * opt_differences_get_severity:
 * @differences: (element-type OptDifference): what opt_differences_find() gave
 * @severity: (out): the worst of them
 *
 * Returns: whether there is any
 */
gboolean opt_differences_get_severity (GPtrArray *differences, OptSeverity *severity);

/**
 * opt_difference_kind_to_string:
 * @kind: a kind
 *
 * Returns: (transfer none): its id, `host-retired`
 */
const char *opt_difference_kind_to_string (OptDifferenceKind kind);

/**
 * opt_severity_to_string:
 * @severity: a severity
 *
 * Returns: (transfer none): its id, `old`, `not-safe` or `broken`
 */
const char *opt_severity_to_string (OptSeverity severity);

/**
 * opt_severity_get_title:
 * @severity: a severity
 *
 * Returns: (transfer none): in the person's language: “Will not work”, “Not safe”, “Not as
 *   recommended”
 */
const char *opt_severity_get_title (OptSeverity severity);

/**
 * opt_difference_create_text:
 * @self: a difference
 *
 * Returns: (transfer full): one sentence in the person's language on what is wrong and why it
 *   matters; plain text
 */
char *opt_difference_create_text (const OptDifference *self);

/**
 * opt_difference_create_advice:
 * @self: a difference
 *
 * Returns: (transfer full): one sentence in the person's language on what to change by hand, with
 *   the exact value; plain text
 */
char *opt_difference_create_advice (const OptDifference *self);

G_END_DECLS
