/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-reply.h"
#include "opt-secret.h"
#include "opt-server.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* The steps of a check, in their order. */
typedef enum
{
  OPT_STEP_RESOLVE,
  OPT_STEP_CONNECT,
  OPT_STEP_SECURE,
  OPT_STEP_GREET,
  OPT_STEP_SIGN_IN,
  OPT_STEP_VERIFY,
} OptStep;

#define OPT_N_STEPS 6

/* In what way a step ended badly; opt_diagnose() makes a diagnosis of it. */
typedef enum
{
  OPT_FAILURE_NONE,
  OPT_FAILURE_NAME_NOT_FOUND, /* DNS says that there is no such name */
  OPT_FAILURE_NAME_LOOKUP,    /* DNS did not say */
  OPT_FAILURE_CONNECT,        /* no address let us in; see connect_error */
  OPT_FAILURE_HANDSHAKE,      /* TLS did not come about; see tls */
  OPT_FAILURE_CLOSED,         /* the server closed or reset the connection */
  OPT_FAILURE_DEADLINE,       /* the step took too long */
  OPT_FAILURE_REPLY,          /* the server said no; see reply */
  OPT_FAILURE_MALFORMED,      /* the server said something that is no reply */
  OPT_FAILURE_TOO_LONG,       /* the server would not stop talking */
  OPT_FAILURE_OTHER_PROTOCOL, /* another kind of mail server answered */
  OPT_FAILURE_HTTP,           /* a web server answered */
  OPT_FAILURE_TLS_FIRST,      /* TLS answered where a greeting in the clear should be */
  OPT_FAILURE_NO_STARTTLS,    /* STARTTLS is not offered */
  OPT_FAILURE_INJECTED,       /* bytes came between STARTTLS's reply and TLS */
  OPT_FAILURE_PREAUTH,        /* signed in before we did */
  OPT_FAILURE_NO_SIGN_IN,     /* no way to sign in that we know is offered */
  OPT_FAILURE_LOGIN_DISABLED, /* IMAP LOGINDISABLED, and nothing in its place */
  OPT_FAILURE_CANCELLED,
  OPT_FAILURE_SKIPPED, /* nothing failed: it was not to sign in */
} OptFailure;

/* What was wrong with a certificate; several may be. */
typedef enum
{
  OPT_CERTIFICATE_EXPIRED = 1 << 0,
  OPT_CERTIFICATE_NOT_YET_VALID = 1 << 1,
  OPT_CERTIFICATE_WRONG_NAME = 1 << 2,
  OPT_CERTIFICATE_UNTRUSTED = 1 << 3, /* self-signed, or nobody we trust vouches for it */
} OptCertificateProblems;

/**
 * OptCertificate:
 * @subject: distinguished name of whom it is for (RFC 4514)
 * @issuer: distinguished name of who vouches for it
 * @names: (array zero-terminated=1): the host names in it, not escaped for display
 * @not_before: start of its validity, seconds since 1970
 * @not_after: end of its validity, seconds since 1970
 * @sha256: fingerprint, lower-case hexadecimal
 *
 * What a server showed as its certificate.
 */
typedef struct
{
  char *subject;
  char *issuer;
  char **names;
  gint64 not_before;
  gint64 not_after;
  char *sha256;
} OptCertificate;

/**
 * OptTls:
 * @version: (nullable): `TLSv1.3`, once agreed
 * @cipher: (nullable): OpenSSL's name of the cipher suite
 * @certificate: (nullable): the server's own certificate
 * @problems: what was wrong with it
 * @why: (nullable): OpenSSL's words for the first problem, English
 * @alert: the TLS alert (RFC 8446 §6) by which either side ended it, or -1
 * @first_bytes: the first bytes the server sent in place of a TLS record header
 * @n_first_bytes: how many of them there are, at most five
 *
 * What was seen of the TLS handshake.
 */
typedef struct
{
  char *version;
  char *cipher;
  OptCertificate *certificate;
  OptCertificateProblems problems;
  char *why;
  int alert;
  guint8 first_bytes[5];
  guint n_first_bytes;
} OptTls;

/**
 * OptEvidence:
 * @server: the server that was tried
 * @step: the step that it came to
 * @failure: in what way that step ended
 * @step_us: how long each step took, microseconds; -1 if it was not reached
 * @address_used: (nullable): the numeric address that let us in
 * @connect_error: the #GIOErrorEnum by which the last address did not, or -1
 * @network_available: whether the system says that there is a network
 * @network_portal: whether the system says that there is a sign-in page in the way
 * @tls: what was seen of TLS
 * @command: what was asked last
 * @reply: (nullable): the reply that failed the step
 * @reply_secure: whether that reply came inside TLS
 * @heard: whether the server said anything, be it half a reply
 * @greeted: whether any reply was read
 * @signed_in: whether the server accepted the password
 * @password_origin: where the password came from that it did or did not accept
 * @n_messages: messages in the mailbox, or -1
 * @n_bytes: their size, or -1
 * @max_message_bytes: the largest message the server takes (RFC 1870), or -1
 *
 * All that one try at one server left behind. Filled in by the attempt, read by everyone else, in
 * one thread.
 */
typedef struct
{
  OptServer *server;
  OptStep step;
  OptFailure failure;
  gint64 step_us[OPT_N_STEPS];
  char *address_used;
  int connect_error;
  gboolean network_available;
  gboolean network_portal;
  OptTls tls;
  OptCommand command;
  OptReply *reply;
  gboolean reply_secure;
  gboolean heard;
  gboolean greeted;
  gboolean signed_in;
  OptSecretOrigin password_origin;
  gint64 n_messages;
  gint64 n_bytes;
  gint64 max_message_bytes;
} OptEvidence;

/**
 * opt_step_to_string:
 * @step: a step
 *
 * Returns: (transfer none): `resolve`, `connect`, `secure`, `greet`, `sign-in` or `verify`
 */
const char *opt_step_to_string (OptStep step);

/**
 * opt_certificate_free:
 * @self: (transfer full): a certificate
 */
void opt_certificate_free (OptCertificate *self);

/**
 * opt_evidence_new:
 * @server: the server to be tried
 *
 * Returns: (transfer full): evidence of nothing yet
 */
OptEvidence *opt_evidence_new (OptServer *server);

/**
 * opt_evidence_ref:
 * @self: evidence
 *
 * Returns: (transfer full): @self
 */
OptEvidence *opt_evidence_ref (OptEvidence *self);

/**
 * opt_evidence_unref:
 * @self: (transfer full): evidence
 */
void opt_evidence_unref (OptEvidence *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptCertificate, opt_certificate_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptEvidence, opt_evidence_unref)

G_END_DECLS
