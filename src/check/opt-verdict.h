/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a check comes to, all servers together. */
typedef enum
{
  OPT_VERDICT_NONE, /* not over yet */
  OPT_VERDICT_WORKS,
  OPT_VERDICT_PARTLY,
  OPT_VERDICT_FAILS,
  OPT_VERDICT_CANCELLED,
} OptVerdict;

/**
 * opt_verdict_to_string:
 * @verdict: a verdict, not %OPT_VERDICT_NONE
 *
 * Returns: (transfer none): `works`, `partly`, `fails` or `cancelled`
 */
const char *opt_verdict_to_string (OptVerdict verdict);

/**
 * opt_verdict_describe_last:
 * @verdict: (nullable): what opt_verdict_to_string() gave for the last check of an account
 * @checked: (nullable): when that was
 *
 * Returns: (transfer full): it in the person's language, with the day
 */
char *opt_verdict_describe_last (const char *verdict, GDateTime *checked);

G_END_DECLS
