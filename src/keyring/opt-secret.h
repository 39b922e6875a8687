/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Longer than any provider allows; keeps a sign-in line far below RFC 4954 §4's 12288 octets. */
#define OPT_SECRET_MAX_BYTES 1024

/**
 * OptSecret:
 *
 * A password: kept out of swap and core files where the system allows, wiped when the last
 * reference goes, never printed. Reference-counted, immutable.
 */
typedef struct _OptSecret OptSecret;

/* Where a password came from: what is said about one that is refused depends on it. */
typedef enum
{
  OPT_SECRET_TYPED,
  OPT_SECRET_KEPT,           /* with us, in the keyring */
  OPT_SECRET_KEPT_ELSEWHERE, /* by another mail program */
} OptSecretOrigin;

/**
 * opt_secret_new:
 * @bytes: (array length=n_bytes): the password, byte for byte as typed
 * @n_bytes: its length in bytes
 * @error: return location for an %OPT_ERROR of the OPT_ERROR_PASSWORD_ kind
 *
 * Nothing is trimmed. Refused are an empty password, one over %OPT_SECRET_MAX_BYTES, and one that
 * no protocol can carry: NUL, CR, LF, or bytes that are not UTF-8 (RFC 4616 §2).
 *
 * Returns: (transfer full) (nullable): the secret
 */
OptSecret *opt_secret_new (const char *bytes, gsize n_bytes, GError **error);

/**
 * opt_secret_new_from:
 * @origin: where it came from
 * @bytes: (array length=n_bytes): the password
 * @n_bytes: its length in bytes
 * @error: as opt_secret_new()
 *
 * As opt_secret_new(), for one that need not have been typed.
 *
 * Returns: (transfer full) (nullable): the secret
 */
OptSecret *
opt_secret_new_from (OptSecretOrigin origin, const char *bytes, gsize n_bytes, GError **error);

/**
 * opt_secret_get_origin:
 * @self: a secret
 *
 * Returns: where it came from
 */
OptSecretOrigin opt_secret_get_origin (const OptSecret *self);

/**
 * opt_secret_ref:
 * @self: a secret
 *
 * Returns: (transfer full): @self. Thread-safe.
 */
OptSecret *opt_secret_ref (OptSecret *self);

/**
 * opt_secret_unref:
 * @self: (transfer full): a secret
 *
 * The last one wipes it. Thread-safe.
 */
void opt_secret_unref (OptSecret *self);

/**
 * opt_secret_peek:
 * @self: a secret
 *
 * For the one line that needs it. Do not copy it anywhere that opt_secret_wipe() does not clear
 * afterwards.
 *
 * Returns: (transfer none): the password, NUL-terminated
 */
const char *opt_secret_peek (const OptSecret *self);

/**
 * opt_secret_get_size:
 * @self: a secret
 *
 * Returns: its length in bytes, 1 to %OPT_SECRET_MAX_BYTES
 */
gsize opt_secret_get_size (const OptSecret *self);

/**
 * opt_secret_wipe:
 * @memory: memory that held a password or something made from it
 * @n_bytes: its size
 *
 * Overwrites the memory in a way that no optimiser removes.
 */
void opt_secret_wipe (void *memory, gsize n_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptSecret, opt_secret_unref)

G_END_DECLS
