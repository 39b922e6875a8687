/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-evidence.h"

G_BEGIN_DECLS

/**
 * opt_certificate_watch:
 * @ssl_ctx: (not nullable): an `SSL_CTX *` for one connection, as CURLOPT_SSL_CTX_FUNCTION gives it
 * @host: the name that the certificate must prove; borrowed until the SSL_CTX is freed
 * @tls: where to write what is seen; borrowed until the SSL_CTX is freed
 *
 * From then on every certificate is checked in full (RFC 5280, and RFC 9525 for the name), all that
 * is wrong with it is written down and not only the first thing, and the handshake fails if there
 * was anything. There is no way to let one pass.
 */
void opt_certificate_watch (void *ssl_ctx, const char *host, OptTls *tls);

G_END_DECLS
