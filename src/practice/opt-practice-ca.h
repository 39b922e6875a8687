/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * OptPracticeIdentity:
 * @hosts: (nullable) (array zero-terminated=1): host names and numeric addresses for the
 *   subjectAltName; none when %NULL or empty
 * @not_before_s: begin of the validity, in seconds from now; negative for the past
 * @not_after_s: end of the validity, in seconds from now; negative for an expired certificate
 * @self_signed: signed with its own key instead of the CA's
 * @common_name: (nullable): the CN of the subject, which names no host (RFC 9525 §2); %NULL for
 *   words that look like none
 *
 * What a certificate is to say. A healthy one is valid from some time ago to some time ahead.
 */
typedef struct
{
  const char *const *hosts;
  gint64 not_before_s;
  gint64 not_after_s;
  gboolean self_signed;
  const char *common_name;
} OptPracticeIdentity;

/**
 * OptPracticeCa:
 *
 * A certificate authority that lives as long as the process. Its key is made anew each time, stays
 * in memory and vouches for nothing outside: nobody trusts it who was not handed its certificate.
 * Not thread-safe.
 */
#define OPT_TYPE_PRACTICE_CA (opt_practice_ca_get_type ())
G_DECLARE_FINAL_TYPE (OptPracticeCa, opt_practice_ca, OPT, PRACTICE_CA, GObject)

/**
 * opt_practice_ca_new:
 * @error: return location for an error of the domain %G_TLS_ERROR
 *
 * Returns: (transfer full) (nullable): an authority with a new key
 */
OptPracticeCa *opt_practice_ca_new (GError **error);

/**
 * opt_practice_ca_get_pem:
 * @self: an authority
 *
 * Returns: (transfer none): its certificate as PEM, for the client to trust; never the key
 */
const char *opt_practice_ca_get_pem (OptPracticeCa *self);

/**
 * opt_practice_ca_issue:
 * @self: an authority
 * @identity: what the certificate is to say
 * @error: return location for an error of the domain %G_TLS_ERROR
 *
 * Returns: (transfer full) (nullable): a certificate with a new private key, for a server
 */
GTlsCertificate *
opt_practice_ca_issue (OptPracticeCa *self, const OptPracticeIdentity *identity, GError **error);

G_END_DECLS
