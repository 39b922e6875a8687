/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-secret.h"

G_BEGIN_DECLS

#define OPT_SCRUB_N_FORMS 9

/**
 * opt_scrub_fill_forms:
 * @forms: (out caller-allocates) (array fixed-size=8): return location for what to look for; %NULL
 *   where there is nothing. Each is a secret: wipe it before freeing it.
 * @secret: the password
 * @payload: what signs in with it in one line, in base64
 *
 * Lists what a server might repeat a password as. A short one is part of too many words to be
 * looked for by itself; then only @payload is.
 */
void
opt_scrub_fill_forms (char *forms[OPT_SCRUB_N_FORMS], const OptSecret *secret, const char *payload);

/**
 * opt_scrub_finds:
 * @forms: (array fixed-size=8): what opt_scrub_fill_forms() gave, or all %NULL
 * @text: what a server said
 *
 * Returns: whether @text holds the password: as it is, with characters between that are not shown,
 *   backwards, percent-encoded, in hexadecimal or in base64, by itself or in something longer
 */
gboolean opt_scrub_finds (char *const forms[OPT_SCRUB_N_FORMS], const char *text);

G_END_DECLS
