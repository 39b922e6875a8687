/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-keyring.h"

G_BEGIN_DECLS

/**
 * opt_keyring_libsecret_new:
 *
 * The desktop's keyring, through libsecret: the Secret Service on the session bus, or an encrypted
 * file where libsecret is told to use one. Items carry the schema `com.example.OptSetup` and the
 * attributes `address`, `host`, `service` and `user`; the last three are those that msmtp, mpop
 * and `secret-tool lookup` look for.
 *
 * Returns: (transfer full): the keyring. Nothing is contacted before the first call.
 */
OptKeyring *opt_keyring_libsecret_new (void);

G_END_DECLS
