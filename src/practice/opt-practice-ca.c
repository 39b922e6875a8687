/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes the certificates of the practice servers, good ones and, on request, expired, premature,
 * misnamed or self-signed ones. Keys are P-256 because those cost a millisecond to make. Nothing
 * is ever written to a disk. */
#include "opt-practice-ca.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#define DAY_S (G_GINT64_CONSTANT (24) * 60 * 60)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_EXTENSION, X509_EXTENSION_free)

struct _OptPracticeCa
{
  GObject parent_instance;

  EVP_PKEY *key;
  X509 *certificate;
  char *pem;
};

G_DEFINE_FINAL_TYPE (OptPracticeCa, opt_practice_ca, G_TYPE_OBJECT)

/* One extension in the words of OpenSSL's x509v3_config(5). */
typedef struct
{
  int nid;
  const char *value;
} Extension;

/* What distinguishes one certificate from another; the rest is the same for all. */
typedef struct
{
  const char *common_name;
  gint64 not_before_s, not_after_s;
  const Extension *extensions; /* ends with a value of NULL */
} Template;

static void
set_error (GError **error, const char *what)
{
  char reason[256];

  ERR_error_string_n (ERR_get_error (), reason, sizeof reason);
  ERR_clear_error ();
  g_set_error (error, G_TLS_ERROR, G_TLS_ERROR_MISC, "Cannot make %s: %s", what, reason);
}

static gboolean
set_serial (X509 *certificate)
{
  guint64 serial;

  /* RFC 5280 §4.1.2.2 asks for uniqueness under one issuer; 63 random bits are enough here. */
  if (RAND_bytes ((unsigned char *) &serial, sizeof serial) != 1)
    return FALSE;

  return ASN1_INTEGER_set_uint64 (X509_get_serialNumber (certificate), serial >> 1) == 1;
}

static gboolean
set_subject (X509 *certificate, const char *common_name)
{
  X509_NAME *name = X509_get_subject_name (certificate);
  const unsigned char *organisation = (const unsigned char *) "OptSetup practice";
  const unsigned char *text = (const unsigned char *) common_name;

  return X509_NAME_add_entry_by_txt (name, "O", MBSTRING_UTF8, organisation, -1, -1, 0) == 1 &&
         X509_NAME_add_entry_by_txt (name, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1;
}

static gboolean
add_extensions (X509 *certificate, X509 *issuer, const Extension *extensions)
{
  X509V3_CTX context;

  X509V3_set_ctx (&context, issuer, certificate, NULL, NULL, 0);

  for (const Extension *e = extensions; e->value != NULL; e++)
    {
      g_autoptr (X509_EXTENSION) extension = X509V3_EXT_conf_nid (NULL, &context, e->nid, e->value);

      if (extension == NULL || X509_add_ext (certificate, extension, -1) != 1)
        return FALSE;
    }

  return TRUE;
}

/* Without @issuer the certificate vouches for itself. */
static X509 *
make_certificate (const Template *template, EVP_PKEY *key, X509 *issuer, EVP_PKEY *issuer_key)
{
  g_autoptr (X509) certificate = X509_new ();
  X509 *signer = issuer != NULL ? issuer : certificate;

  if (certificate == NULL || X509_set_version (certificate, X509_VERSION_3) != 1 ||
      !set_serial (certificate) || !set_subject (certificate, template->common_name))
    return NULL;

  if (X509_set_issuer_name (certificate, X509_get_subject_name (signer)) != 1 ||
      X509_set_pubkey (certificate, key) != 1)
    return NULL;

  if (X509_gmtime_adj (X509_getm_notBefore (certificate), template->not_before_s) == NULL ||
      X509_gmtime_adj (X509_getm_notAfter (certificate), template->not_after_s) == NULL)
    return NULL;

  if (!add_extensions (certificate, signer, template->extensions) ||
      X509_sign (certificate, issuer_key, EVP_sha256 ()) == 0)
    return NULL;

  return g_steal_pointer (&certificate);
}

static char *
dup_pem (X509 *certificate, EVP_PKEY *key)
{
  g_autoptr (BIO) memory = BIO_new (BIO_s_mem ());
  char *data = NULL;
  long size_bytes;

  if (memory == NULL || PEM_write_bio_X509 (memory, certificate) != 1)
    return NULL;
  if (key != NULL && PEM_write_bio_PKCS8PrivateKey (memory, key, NULL, NULL, 0, NULL, NULL) != 1)
    return NULL;

  size_bytes = BIO_get_mem_data (memory, &data);

  return g_strndup (data, size_bytes);
}

static char *
dup_alternative_names (const char *const *hosts)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; hosts != NULL && hosts[i] != NULL; i++)
    g_string_append_printf (names,
                            "%s%s:%s",
                            i > 0 ? "," : "",
                            g_hostname_is_ip_address (hosts[i]) ? "IP" : "DNS",
                            hosts[i]);

  return g_string_free (names, names->len == 0);
}

static gboolean
make_authority (OptPracticeCa *self, GError **error)
{
  /* RFC 5280 §4.2.1: what an authority must carry. */
  static const Extension extensions[] = {
    { NID_basic_constraints, "critical,CA:TRUE,pathlen:0" },
    { NID_key_usage, "critical,keyCertSign,cRLSign" },
    { NID_subject_key_identifier, "hash" },
    { NID_undef, NULL },
  };
  const Template template = { "OptSetup practice CA", -DAY_S, 365 * DAY_S, extensions };

  self->key = EVP_EC_gen ("P-256");
  if (self->key != NULL)
    self->certificate = make_certificate (&template, self->key, NULL, self->key);
  if (self->certificate != NULL)
    self->pem = dup_pem (self->certificate, NULL);

  if (self->pem == NULL)
    set_error (error, "the practice CA");

  return self->pem != NULL;
}

static X509 *
make_server_certificate (OptPracticeCa *self, const OptPracticeIdentity *identity, EVP_PKEY *key)
{
  g_autofree char *names = dup_alternative_names (identity->hosts);
  /* RFC 5280 §4.2.1, RFC 9525 §6.3. The names come last: without any, the list ends before them. */
  const Extension extensions[] = {
    { NID_basic_constraints, "critical,CA:FALSE" },
    { NID_key_usage, "critical,digitalSignature" },
    { NID_ext_key_usage, "serverAuth" },
    { NID_subject_key_identifier, "hash" },
    { NID_authority_key_identifier, "keyid:always" },
    { NID_subject_alt_name, names },
    { NID_undef, NULL },
  };
  const Template template = {
    identity->common_name != NULL ? identity->common_name : "OptSetup practice server",
    identity->not_before_s,
    identity->not_after_s,
    extensions,
  };

  if (identity->self_signed)
    return make_certificate (&template, key, NULL, key);

  return make_certificate (&template, key, self->certificate, self->key);
}

static void
opt_practice_ca_finalize (GObject *object)
{
  OptPracticeCa *self = OPT_PRACTICE_CA (object);

  g_clear_pointer (&self->key, EVP_PKEY_free);
  g_clear_pointer (&self->certificate, X509_free);
  g_free (self->pem);

  G_OBJECT_CLASS (opt_practice_ca_parent_class)->finalize (object);
}

static void
opt_practice_ca_class_init (OptPracticeCaClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = opt_practice_ca_finalize;
}

static void
opt_practice_ca_init (OptPracticeCa *self)
{
}

OptPracticeCa *
opt_practice_ca_new (GError **error)
{
  g_autoptr (OptPracticeCa) self = g_object_new (OPT_TYPE_PRACTICE_CA, NULL);

  if (!make_authority (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
opt_practice_ca_get_pem (OptPracticeCa *self)
{
  g_return_val_if_fail (OPT_IS_PRACTICE_CA (self), NULL);

  return self->pem;
}

GTlsCertificate *
opt_practice_ca_issue (OptPracticeCa *self, const OptPracticeIdentity *identity, GError **error)
{
  g_autoptr (EVP_PKEY) key = NULL;
  g_autoptr (X509) certificate = NULL;
  g_autofree char *pem = NULL;

  g_return_val_if_fail (OPT_IS_PRACTICE_CA (self) && identity != NULL, NULL);

  key = EVP_EC_gen ("P-256");
  if (key != NULL)
    certificate = make_server_certificate (self, identity, key);
  if (certificate != NULL)
    pem = dup_pem (certificate, key);

  if (pem == NULL)
    {
      set_error (error, "a certificate");
      return NULL;
    }

  return g_tls_certificate_new_from_pem (pem, -1, error);
}
