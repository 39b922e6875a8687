/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-address.h"
#include "opt-provider.h"

G_BEGIN_DECLS

/* How an address was recognised. */
typedef enum
{
  OPT_DETECTED_BY_DOMAIN, /* the domain is a provider's */
  OPT_DETECTED_BY_TYPO,   /* it looks like a slip of the finger; there is a suggestion */
  OPT_DETECTED_BY_MX,     /* a domain of one's own with its mail at a provider */
  OPT_DETECTED_BY_NONE,   /* not an address of any provider we know */
} OptDetectedBy;

/**
 * OptDetection:
 *
 * What could be told from an address. Immutable and reference-counted.
 */
typedef struct _OptDetection OptDetection;

#define OPT_TYPE_DETECTION (opt_detection_get_type ())
GType opt_detection_get_type (void);

/**
 * opt_detected_by_to_string:
 * @how: how an address was recognised
 *
 * Returns: (transfer none): `domain`, `typo`, `mx` or `none`
 */
const char *opt_detected_by_to_string (OptDetectedBy how);

/**
 * opt_detect:
 * @providers: the providers to look in
 * @address: an address
 *
 * Looks at the domain alone, at once and without the network.
 *
 * Returns: (transfer full): what was found; never %OPT_DETECTED_BY_MX
 */
OptDetection *opt_detect (OptProviders *providers, OptAddress *address);

/**
 * opt_detect_async:
 * @providers: the providers to look in
 * @address: an address
 * @cancellable: (nullable): to stop the look-up
 * @callback: called when done
 * @user_data: for @callback
 *
 * Like opt_detect(), and for a domain that is no provider's asks DNS where its mail goes. A
 * look-up that fails, or takes more than five seconds, finds nothing.
 */
void opt_detect_async (OptProviders *providers,
                       OptAddress *address,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);

/**
 * opt_detect_finish:
 * @result: what the callback got
 * @error: return location; only ever %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was found, or %NULL when cancelled
 */
OptDetection *opt_detect_finish (GAsyncResult *result, GError **error);

/**
 * opt_detection_ref:
 * @self: a detection
 *
 * Returns: (transfer full): @self. Thread-safe.
 */
OptDetection *opt_detection_ref (OptDetection *self);

/**
 * opt_detection_unref:
 * @self: (transfer full): a detection
 *
 * Thread-safe.
 */
void opt_detection_unref (OptDetection *self);

/**
 * opt_detection_get_how:
 * @self: a detection
 *
 * Returns: how the address was recognised
 */
OptDetectedBy opt_detection_get_how (const OptDetection *self);

/**
 * opt_detection_get_address:
 * @self: a detection
 *
 * Returns: (transfer none): the address in the form that the provider wants
 */
OptAddress *opt_detection_get_address (const OptDetection *self);

/**
 * opt_detection_get_provider:
 * @self: a detection
 *
 * Returns: (transfer none) (nullable): the provider, when found by domain or MX; never for a typo,
 *   which somebody has to confirm first
 */
OptProvider *opt_detection_get_provider (const OptDetection *self);

/**
 * opt_detection_get_suggestions:
 * @self: a detection
 *
 * Returns: (transfer none) (element-type OptAddress): what may have been meant, likeliest first;
 *   empty unless found by typo
 */
GPtrArray *opt_detection_get_suggestions (const OptDetection *self);

/**
 * opt_detection_is_company_domain:
 * @self: a detection
 *
 * Returns: whether the domain is the company's own, which no customer has
 */
gboolean opt_detection_is_company_domain (const OptDetection *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OptDetection, opt_detection_unref)

G_END_DECLS
