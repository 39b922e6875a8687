/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The longest local part and the longest address, in octets (RFC 5321 §4.5.3.1). */
#define OPT_ADDRESS_LOCAL_PART_MAX_BYTES 64
#define OPT_ADDRESS_MAX_BYTES 254

/**
 * OptAddress:
 *
 * One e-mail address that is safe to put into a protocol line. Immutable and reference-counted;
 * may be shared between threads.
 */
typedef struct _OptAddress OptAddress;

#define OPT_TYPE_ADDRESS (opt_address_get_type ())
GType opt_address_get_type (void);

/**
 * opt_address_parse:
 * @text: what somebody typed or pasted: `jane@optonline.net`, `<jane@optonline.net>`,
 *   `mailto:jane@optonline.net` or `Jane Doe <jane@optonline.net>`, with white space around it
 * @error: return location for an error of the domain %OPT_ERROR whose code names the part that is
 *   wrong
 *
 * The domain comes out in lower case and in its ASCII form (RFC 5890). The local part keeps its
 * case, because only the provider knows whether case matters (RFC 5321 §2.4); see
 * opt_address_lower_local_part().
 *
 * Returns: (transfer full) (nullable): the address, or %NULL with @error set
 */
OptAddress *opt_address_parse (const char *text, GError **error);

/**
 * opt_address_ref:
 * @self: an address
 *
 * Returns: (transfer full): @self. Thread-safe.
 */
OptAddress *opt_address_ref (OptAddress *self);

/**
 * opt_address_unref:
 * @self: (transfer full): an address
 *
 * Thread-safe.
 */
void opt_address_unref (OptAddress *self);

/**
 * opt_address_get_text:
 * @self: an address
 *
 * Returns: (transfer none): local part, `@` and ASCII domain
 */
const char *opt_address_get_text (const OptAddress *self);

/**
 * opt_address_get_local_part:
 * @self: an address
 *
 * Returns: (transfer none): what stands before the `@`
 */
const char *opt_address_get_local_part (const OptAddress *self);

/**
 * opt_address_get_domain:
 * @self: an address
 *
 * Returns: (transfer none): the domain in lower case and ASCII
 */
const char *opt_address_get_domain (const OptAddress *self);

/**
 * opt_address_get_display_name:
 * @self: an address
 *
 * Returns: (transfer none) (nullable): the name that stood before `<...>`, if any
 */
const char *opt_address_get_display_name (const OptAddress *self);

/**
 * opt_address_lower_local_part:
 * @self: an address
 *
 * For a provider that compares the sender with the mailbox name letter by letter.
 *
 * Returns: (transfer full): the address with its local part in lower case; may be @self
 */
OptAddress *opt_address_lower_local_part (OptAddress *self);

/**
 * opt_address_with_domain:
 * @self: an address
 * @domain: another domain, in lower-case ASCII
 *
 * Returns: (transfer full): the same local part at @domain
 */
OptAddress *opt_address_with_domain (const OptAddress *self, const char *domain);

/**
 * opt_address_equal:
 * @a: an address
 * @b: an address
 *
 * Returns: whether both are the same mailbox, letter by letter
 */
gboolean opt_address_equal (const OptAddress *a, const OptAddress *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptAddress, opt_address_unref)

G_END_DECLS
