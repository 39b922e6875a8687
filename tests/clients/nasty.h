/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-settings.h"

/* Names of people, and names to sign in with, that some syntax takes for more than a name. */
extern const char *const nasty_names[];
extern const gsize n_nasty_names;

/* Addresses with what RFC 5321 allows. */
extern const char *const nasty_addresses[];
extern const gsize n_nasty_addresses;

/* Settings with servers of optimum.net; whatever is given must be fit for settings at all. */
OptSettings *create_nasty_settings (const char *address,
                                    const char *name,
                                    const char *user,
                                    OptService incoming);

/* (transfer full) on both sides. */
OptAccount *
with_nasty_server (OptAccount *account, OptService service, const char *uri, const char *user);

/* The same with another way of protecting connections, `tls` or `starttls`, and with another time
 * that mail stays on the server. */
OptSettings *vary_nasty_settings (const OptSettings *plain, const char *scheme, guint n_days);
