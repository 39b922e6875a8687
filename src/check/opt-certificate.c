/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What OpenSSL saw of a handshake, in words that a person can be told: whose certificate, for which
 * names, until when, and everything that is wrong with it. This is the only file of the check that
 * includes OpenSSL. It adds to the verification and never takes away from it. */
#include "opt-certificate.h"

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <string.h>

/* What the callbacks of one SSL_CTX need. */
typedef struct
{
  const char *host;
  OptTls *tls;
} Watch;

static void
free_watch (void *parent, void *data, CRYPTO_EX_DATA *ad, int index, long argl, void *argp)
{
  g_free (data);
}

static int
get_watch_index (void)
{
  static gsize index = 0;

  if (g_once_init_enter (&index))
    g_once_init_leave (&index,
                       (gsize) SSL_CTX_get_ex_new_index (0, NULL, NULL, NULL, free_watch) + 1);

  return (int) index - 1;
}

static char *
name_to_string (const X509_NAME *name)
{
  BIO *bio = BIO_new (BIO_s_mem ());
  char *data;
  long length;
  char *text;

  X509_NAME_print_ex (bio, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
  length = BIO_get_mem_data (bio, &data);
  text = g_utf8_make_valid (data, length);
  BIO_free (bio);

  return text;
}

static gint64
time_to_unix (const ASN1_TIME *when)
{
  struct tm broken_down = { 0 };

  return ASN1_TIME_to_tm (when, &broken_down) == 1 ? (gint64) timegm (&broken_down) : 0;
}

/* RFC 9525 §6.3: only the dNSName entries of subjectAltName name a host. */
static char **
list_names (X509 *x509)
{
  GENERAL_NAMES *general = X509_get_ext_d2i (x509, NID_subject_alt_name, NULL, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (int i = 0; i < sk_GENERAL_NAME_num (general); i++)
    {
      const GENERAL_NAME *name = sk_GENERAL_NAME_value (general, i);

      if (name->type == GEN_DNS)
        g_ptr_array_add (names,
                         g_utf8_make_valid ((const char *) ASN1_STRING_get0_data (name->d.dNSName),
                                            ASN1_STRING_length (name->d.dNSName)));
    }
  GENERAL_NAMES_free (general);
  g_ptr_array_add (names, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

static char *
create_fingerprint (X509 *x509)
{
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  GString *text = g_string_new (NULL);

  X509_digest (x509, EVP_sha256 (), digest, &length);
  for (unsigned int i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", digest[i]);

  return g_string_free (text, FALSE);
}

static OptCertificate *
read_certificate (X509 *x509)
{
  OptCertificate *self = g_new0 (OptCertificate, 1);

  self->subject = name_to_string (X509_get_subject_name (x509));
  self->issuer = name_to_string (X509_get_issuer_name (x509));
  self->names = list_names (x509);
  self->not_before = time_to_unix (X509_get0_notBefore (x509));
  self->not_after = time_to_unix (X509_get0_notAfter (x509));
  self->sha256 = create_fingerprint (x509);

  return self;
}

static OptCertificateProblems
problem_of (int error)
{
  switch (error)
    {
    case X509_V_OK:
      return 0;
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return OPT_CERTIFICATE_EXPIRED;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return OPT_CERTIFICATE_NOT_YET_VALID;
    case X509_V_ERR_HOSTNAME_MISMATCH:
      return OPT_CERTIFICATE_WRONG_NAME;
    default:
      return OPT_CERTIFICATE_UNTRUSTED;
    }
}

static void
note_problem (OptTls *tls, int error)
{
  tls->problems |= problem_of (error);
  if (tls->why == NULL)
    tls->why = g_strdup (X509_verify_cert_error_string (error));
}

static Watch *
get_watch (X509_STORE_CTX *store)
{
  SSL *ssl = X509_STORE_CTX_get_ex_data (store, SSL_get_ex_data_X509_STORE_CTX_idx ());

  return SSL_CTX_get_ex_data (SSL_get_SSL_CTX (ssl), get_watch_index ());
}

/* Writes an error down and goes on, so that the next one is found too; verify_all() fails the
 * handshake in the end. */
static int
on_certificate_error (int ok, X509_STORE_CTX *store)
{
  if (!ok)
    note_problem (get_watch (store)->tls, X509_STORE_CTX_get_error (store));

  return 1;
}

/* Replaces SSL's own call of X509_verify_cert(). */
static int
verify_all (X509_STORE_CTX *store, void *data)
{
  Watch *watch = get_watch (store);
  X509 *leaf = X509_STORE_CTX_get0_cert (store);
  int verified;

  X509_STORE_CTX_set_verify_cb (store, on_certificate_error);
  verified = X509_verify_cert (store);

  if (leaf != NULL)
    {
      g_clear_pointer (&watch->tls->certificate, opt_certificate_free);
      watch->tls->certificate = read_certificate (leaf);
      if (X509_check_host (leaf,
                           watch->host,
                           0,
                           X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                             X509_CHECK_FLAG_NEVER_CHECK_SUBJECT,
                           NULL) != 1)
        note_problem (watch->tls, X509_V_ERR_HOSTNAME_MISMATCH);
    }

  if (verified == 1 && watch->tls->problems == 0 && leaf != NULL)
    return 1;

  /* The server is told the reason as a TLS alert, which the error decides. */
  if (X509_STORE_CTX_get_error (store) == X509_V_OK)
    X509_STORE_CTX_set_error (store, X509_V_ERR_APPLICATION_VERIFICATION);

  return 0;
}

static void
on_handshake (const SSL *ssl, int where, int value)
{
  Watch *watch = SSL_CTX_get_ex_data (SSL_get_SSL_CTX (ssl), get_watch_index ());

  /* Its level, then what it says. Who sent it does not matter: the first one ends the handshake. */
  if (where & SSL_CB_ALERT && value >> 8 == SSL3_AL_FATAL && watch->tls->alert < 0)
    watch->tls->alert = value & 0xff;

  if (where & SSL_CB_HANDSHAKE_DONE && watch->tls->version == NULL)
    {
      watch->tls->version = g_strdup (SSL_get_version (ssl));
      watch->tls->cipher = g_strdup (SSL_get_cipher_name (ssl));
    }
}

/* A server that speaks first, in the clear, leaves its banner where a record header belongs. */
static void
on_message (
  int sent, int version, int content_type, const void *bytes, size_t length, SSL *ssl, void *data)
{
  Watch *watch = data;

  if (!sent && content_type == SSL3_RT_HEADER && watch->tls->n_first_bytes == 0)
    {
      watch->tls->n_first_bytes = MIN (length, sizeof watch->tls->first_bytes);
      memcpy (watch->tls->first_bytes, bytes, watch->tls->n_first_bytes);
    }
}

void
opt_certificate_watch (void *ssl_ctx, const char *host, OptTls *tls)
{
  SSL_CTX *context = ssl_ctx;
  Watch *watch;

  g_return_if_fail (ssl_ctx != NULL && host != NULL && tls != NULL);

  watch = g_new0 (Watch, 1);
  watch->host = host;
  watch->tls = tls;

  SSL_CTX_set_ex_data (context, get_watch_index (), watch);
  SSL_CTX_set_cert_verify_callback (context, verify_all, NULL);
  SSL_CTX_set_info_callback (context, on_handshake);
  SSL_CTX_set_msg_callback (context, on_message);
  SSL_CTX_set_msg_callback_arg (context, watch);
}
