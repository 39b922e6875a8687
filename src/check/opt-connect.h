/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* RFC 8305 §5: how long one address has before the next is tried beside it, milliseconds. */
#define OPT_CONNECT_STAGGER_MS 250

/**
 * opt_connect_async:
 * @addresses: (element-type GInetAddress): addresses of one host, as DNS gave them
 * @port: the port to connect to
 * @timeout_ms: for how long to try, milliseconds
 * @cancellable: (nullable): to stop at once
 * @callback: called when done
 * @user_data: for @callback
 *
 * Connects to whichever address answers first ("happy eyeballs", RFC 8305): families take turns,
 * a new address joins every %OPT_CONNECT_STAGGER_MS or as soon as one is refused.
 */
void opt_connect_async (GList *addresses,
                        guint16 port,
                        guint timeout_ms,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);

/**
 * opt_connect_finish:
 * @result: what the callback got
 * @error: return location for a %G_IO_ERROR: of the address that says most, with the reason of
 *   each in its message; %G_IO_ERROR_TIMED_OUT if none answered in time; %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): a connected socket that does not block
 */
GSocket *opt_connect_finish (GAsyncResult *result, GError **error);

G_END_DECLS
